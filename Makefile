# Two commands: `make run` for the site, `make test` for its tests. `make help` lists the rest.

PORT ?= 8000
DEMO ?= 1
export PORT DEMO YES
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; exit; }; done; \
	echo python3)
BOOTSTRAP = "$(PYTHON)" -I housingfirst/local/bootstrap.py

.PHONY: help run setup stop reset test check bench messages schema law vendor lock
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

run: ## the site at http://127.0.0.1:8000 (PORT=…, DEMO=0 for no demo data); Ctrl-C ends it
	@exec $(BOOTSTRAP) run -m housingfirst.local run

setup: ## install what the site needs, and nothing more
	@$(BOOTSTRAP) run

stop: ## end a run from another terminal, or what a killed one left
	@$(BOOTSTRAP) run -m housingfirst.local stop

reset: ## delete the local data (asks first; YES=1 answers)
	@$(BOOTSTRAP) run -m housingfirst.local reset

ARGS ?= --numprocesses=auto --dist=worksteal
test: ## all tests (ARGS="tests/law -q" for some)
	@$(BOOTSTRAP) dev -m pytest $(ARGS)

check: ## everything a change must pass besides its tests
	@$(BOOTSTRAP) dev -m housingfirst.local.checks

bench: ## measure the pages at the size of a region
	@$(BOOTSTRAP) dev -m benchmarks

messages: ## tidy the Danish catalogue and list what is untranslated
	@$(BOOTSTRAP) dev -m housingfirst.ui.messages update && $(BOOTSTRAP) dev -m housingfirst.ui.messages check

schema: ## write docs/api/openapi.yaml
	@$(BOOTSTRAP) dev manage.py spectacular --validate --fail-on-warn --file docs/api/openapi.yaml

law: ## write the rules into docs/law/ from their parameters
	@$(BOOTSTRAP) run -m housingfirst.law.handbook write

vendor: ## fetch the design system and htmx anew (needs npm)
	@$(BOOTSTRAP) dev -m housingfirst.ui.vendor

lock: ## pin the packages of pyproject.toml with their hashes
	@$(BOOTSTRAP) dev -m housingfirst.local.lock
