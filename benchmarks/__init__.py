"""How fast the scorer is, beside other scorers of spans; `make bench` runs it."""
