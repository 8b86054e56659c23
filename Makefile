# `make demo` shows what the toolkit does, `make test` runs its tests; both set up all they need in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO := reports/demo

.PHONY: demo test fuzz simulate check format wheel clean

demo: $(VENV)/.installed
	@mkdir -p $(DEMO)
	$(BIN)/toolkit extract rules seeds -o $(DEMO)/predictions.jsonl
	$(BIN)/toolkit score gold/news $(DEMO)/predictions.jsonl -o $(DEMO)/card.json
	@$(BIN)/toolkit show $(DEMO)/card.json --format markdown -o $(DEMO)/report.md
	@echo "Left in $(DEMO): predictions.jsonl, card.json (the scorecard), report.md (the full report)."

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

fuzz: $(VENV)/.installed-dev  # the scorer's properties on 25 times as many random documents, half an hour
	EXAMPLES_TIMES=25 $(BIN)/python -m pytest tests/scoring

SIMULATIONS := 5000
simulate: $(VENV)/.installed-dev  # the tables of docs/statistics.md, half an hour; SIMULATIONS=500 for a look
	PYTHONPATH=tests $(BIN)/python -m simulate --simulations $(SIMULATIONS)

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check toolkit tests
	$(BIN)/ruff check toolkit tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/toolkit check

format: $(VENV)/.installed-dev
	$(BIN)/ruff format toolkit tests
	$(BIN)/ruff check --fix toolkit tests

wheel: $(VENV)/.installed-dev
	rm -rf dist
	$(BIN)/python -m pip --quiet wheel --no-deps --wheel-dir dist .

clean:
	rm -rf $(VENV) $(DEMO) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.installed
