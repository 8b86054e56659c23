# `make demo` shows what the toolkit does, `make test` runs its tests; both set up all they need in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
BENCH := .venv-bench
SPACY := .venv-spacy
STUDIO := .venv-label-studio
DEMO := reports/demo
GATED := reports/gate/predictions.jsonl

.PHONY: demo test test-live gate baseline screenshots fuzz fuzz-formats simulate bench bench-html extractors check format wheel clean

demo: $(VENV)/.installed
	@mkdir -p $(DEMO)
	$(BIN)/toolkit extract rules seeds -o $(DEMO)/predictions.jsonl
	$(BIN)/toolkit score gold/news $(DEMO)/predictions.jsonl -o $(DEMO)/card.json
	@$(BIN)/toolkit show $(DEMO)/card.json --format markdown -o $(DEMO)/report.md
	@$(BIN)/toolkit show $(DEMO)/card.json --format html --gold gold/news --predictions $(DEMO)/predictions.jsonl -o $(DEMO)/report.html
	@echo "Left in $(DEMO): predictions.jsonl, card.json (the scorecard), report.md (the full report), report.html (to open and click)."

# The built-in extractor against its baseline in reports/baseline.
gate: $(GATED)
	$(BIN)/toolkit gate gold/news $(GATED) --policy .ci/gate.yaml

# After a change of texts or gold, and of the extractor where it is meant: make baseline WHY="longer texts"
baseline: $(GATED)
	@test -n "$$WHY" || { echo 'Say why it is replaced: make baseline WHY="..."' >&2; exit 2; }
	$(BIN)/toolkit baseline accept $(GATED) --gold gold/news --why "$$WHY" $${WHO:+--who "$$WHO"}

.PHONY: $(GATED)
$(GATED): $(VENV)/.installed
	$(BIN)/toolkit extract rules seeds -o $@

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest
	@echo "Left out: tests/live, which need programs beside Python; make test-live runs them."

# What needs a browser or a Label Studio server, which is installed into $(STUDIO); the summary says what was left out.
test-live: $(VENV)/.installed-live
	@$(BROWSER)
	$(BIN)/python -m pytest -m live tests/live

screenshots: $(VENV)/.installed-live demo  # the README's pictures, from the demo's report
	@$(BROWSER)
	$(BIN)/python docs/images/screenshots.py $(DEMO)/report.html

# Installs Chromium where that is allowed without asking, else says how.
BROWSER := command -v chromium chromium-browser google-chrome >/dev/null || \
  { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq chromium; } || \
  { echo "A browser is needed: apt-get install chromium" >&2; exit 2; }

# The scorer's properties on TIMES as many random documents: at 10, ten minutes, 50,000 of them in the test that holds the
# alignment against every other one.
TIMES ?= 10
fuzz: $(VENV)/.installed-dev
	EXAMPLES_TIMES=$(TIMES) $(BIN)/python -m pytest tests/scoring

# Every reader on 10,000 broken files: no traceback, no hang, no more than 500 MB; MUTATIONS=500 for a look.
MUTATIONS := 10000
fuzz-formats: $(VENV)/.installed-fuzz
	$(BIN)/python tests/formats/fuzz.py --mutations $(MUTATIONS)

# Speed beside other scorers, into benchmarks/RESULTS.md; ARGS=--quick for a rough idea.
bench: $(BENCH)/.installed
	FAIREVAL=$(FAIREVAL) $(BENCH)/bin/python -m benchmarks.run $(ARGS)

# Size and speed of the HTML report in Chromium, into docs/report.md, a quarter of an hour; ARGS=1000 for a look.
bench-html: $(VENV)/.installed-live
	@$(BROWSER)
	$(BIN)/python -m benchmarks.pages $(ARGS)

# The extractors `rules` and `spacy` over seeds/, scored, into the README's table.
extractors: $(SPACY)/.installed
	$(SPACY)/bin/python -m benchmarks.extractors

SIMULATIONS := 5000
simulate: $(VENV)/.installed-dev  # the tables of docs/statistics.md, half an hour; SIMULATIONS=500 for a look
	PYTHONPATH=tests $(BIN)/python -m simulate --simulations $(SIMULATIONS)

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check toolkit tests benchmarks
	$(BIN)/ruff check toolkit tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/toolkit check

format: $(VENV)/.installed-dev
	$(BIN)/ruff format toolkit tests benchmarks
	$(BIN)/ruff check --fix toolkit tests benchmarks

wheel: $(VENV)/.installed-dev
	rm -rf dist
	$(BIN)/python -m pip --quiet wheel --no-deps --wheel-dir dist .

clean:
	rm -rf $(VENV) $(BENCH) $(SPACY) $(STUDIO) $(DEMO) $(dir $(GATED)) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python $(BENCH)/bin/python $(SPACY)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 2; }
	$(PYTHON) -m venv $(@D:/bin=)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-fuzz: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[parquet,spacy]'
	@touch $@

$(VENV)/.installed-live: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,live]'
	@touch $@ $(VENV)/.installed $(VENV)/.installed-dev

$(BENCH)/.installed: pyproject.toml benchmarks/requirements.txt | $(BENCH)/bin/python
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check -e . -r benchmarks/requirements.txt
	@touch $@

$(SPACY)/.installed: pyproject.toml | $(SPACY)/bin/python
	$(SPACY)/bin/python -m pip install --quiet --disable-pip-version-check -e '.[spacy]'
	@touch $@
