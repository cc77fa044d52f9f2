# Two commands are all you need: `make demo` and `make test`.
.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test bench check clean

PORT ?= 8000
VAR_DIR ?= var
# How many processes the tests run in, and what else to give pytest: make test ARGS=tests/cms
JOBS ?= 2
ARGS ?=
PYTEST := .venv/bin/pytest -n $(JOBS)

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

demo: ## prepare and serve the demo on PORT (8000), with its data in VAR_DIR (var)
	@scripts/demo.sh "$(PORT)" "$(abspath $(VAR_DIR))"

demo-reset: ## throw the demo's data away and start over (asks first; YES=1 doesn't)
	@scripts/demo_reset.sh "$(abspath $(VAR_DIR))"

test: ## the whole suite, on SQLite
	@scripts/env.sh requirements-dev.txt
	$(PYTEST) $(ARGS)

bench: ## measure speed against the same machine's floor
	@scripts/env.sh requirements-dev.txt
	.venv/bin/python -m tests.bench
	.venv/bin/python scripts/bench.py mail

check: ## style, types, imports, templates, migrations, texts
	@scripts/env.sh requirements-dev.txt
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy cms learning campaigns config
	.venv/bin/lint-imports
	.venv/bin/djlint --lint templates
	.venv/bin/python manage.py makemigrations --check --dry-run
	.venv/bin/python scripts/catalogues.py check

clean: ## remove the environment and caches, not the data
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
