# Every command does its own set-up; `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test check gate bench docs dist sbom clean

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 14

setup: .venv/.tools ## make .venv with the program and the tools to work on it

demo: .venv/.program ## read the demo dispatches and print what was found
	@$(BIN)/rashomon demo

serve: .venv/.program ## read the demo dispatches and serve them at http://127.0.0.1:8000/
	@mkdir -p .cache
	@$(BIN)/rashomon demo --quiet --json --ledger .cache/demo.db
	@$(BIN)/rashomon serve --ledger .cache/demo.db

test: check ## everything CI asks: format, lint, types, order of imports, tests, coverage, floors
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report
	$(BIN)/python bench/gate.py

check: .venv/.tools ## format, lint, types and the order of imports, without the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

gate: .venv/.tools ## quality and speed against tests/floors.json
	$(BIN)/python bench/gate.py

bench: .venv/.tools ## speed, latency, memory and where the time goes
	$(BIN)/python bench/speed.py

docs: .venv/.tools ## write anew what is made of the program itself, then the site into .cache/site
	$(BIN)/python docs/generate.py
	$(BIN)/python packaging/shipped.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

dist: .venv/.tools ## wheel and sdist into dist/
	$(BIN)/python -m build --outdir dist .

sbom: .venv/.tools ## what the program and all it needs consist of (CycloneDX), into dist/sbom.json
	@rm -rf .cache/bare && $(BIN)/python -m venv --without-pip .cache/bare && mkdir -p dist
	@$(BIN)/python -m pip --python .cache/bare/bin/python install -q --no-compile --disable-pip-version-check .
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --gather-license-texts --output-reproducible \
		-o dist/sbom.json .cache/bare/bin/python

clean: ## remove the environment and what the tools left
	rm -rf .venv .cache .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist

.venv/bin/python:
	@PYTHON="$(PYTHON)" .ci/venv

# Two stamps, so that the demo does not wait for the tools.
.venv/.program: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

# What tests load exports with is large, and PyICU wants ICU's headers: where one of them cannot be had, the tests that
# need it are skipped and say so.
.venv/.tools: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[dev,docs]"
	-$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[exports]"
	-$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[mcp,notebook]"
	-$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[ftm]"
	-$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[ray]"
	@.ci/chromium
	@.ci/postgres
	@touch $@ .venv/.program
