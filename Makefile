PYTHON ?= python3
BIN := .venv/bin

# What the environment says, if it names a PostgreSQL server; else one that answers on this machine.
POSTGRESQL = $$($(BIN)/python -m tests.postgresql)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: .venv/runtime $(if $(filter 0 false no off,$(SITE)),,.venv/site) ## Start the newsroom: admin, API and reference frontend (VAR=, PORT=, SITE_PORT=, SITE=0)
	@exec $(BIN)/python manage.py run

.PHONY: site
site: .venv/site ## Build the reference site

.PHONY: test
test: .venv/development ## Run every check and test
	@$(MAKE) --no-print-directory --jobs=3 chromium site-types types lint check
	@$(MAKE) --no-print-directory test-sqlite test-postgresql

.PHONY: chromium
chromium: ## Install Chromium for the tests in a browser, where apt can
	@sh tests/browser/chromium.sh

.PHONY: lint
lint: .venv/development ## Check style and who imports whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

.PHONY: types
types: .venv/development ## Check types
	$(BIN)/mypy

.PHONY: site-types
site-types: .venv/site ## Build the reference site, and check its types
	$(NPM_SITE) run --silent check

.PHONY: check
check: .venv/development ## Run the system checks, look for missing migrations, hold the contract
	$(BIN)/python manage.py check --settings cms.settings.test --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run --settings cms.settings.test
	$(BIN)/python manage.py contract --settings cms.settings.test check

.PHONY: test-sqlite
test-sqlite: .venv/development .venv/site ## Run the tests on SQLite
	DATABASE_URL= $(BIN)/pytest

.PHONY: test-postgresql
test-postgresql: .venv/development ## Run the tests on PostgreSQL
	@url=$(POSTGRESQL) || exit $${REQUIRE_POSTGRESQL:-0}; \
	DATABASE_URL=$$url $(BIN)/pytest --numprocesses=2 -m "not browser and not once" # the server works too

.PHONY: bench
bench: .venv/runtime ## Measure it beside a bare view, stock Wagtail and nginx, on both databases (ARGS=--quick)
	@$(BIN)/python -m bench $(ARGS)

.PHONY: faults
faults: .venv/development ## Kill its processes while it publishes, on both databases (ARGS="--acts 300")
	@$(BIN)/python -m tests.faults $(ARGS)

.PHONY: contract
contract: .venv/typescript .venv/development ## Publish the contract that the code gives, and its TypeScript types
	$(BIN)/python manage.py contract build
	$(NPM) run --silent generate

.PHONY: pictures
pictures: .venv/development ## Draw the README's pictures, of the newsroom that `make run` has started
	$(BIN)/python docs/pictures/make.py $(or $(CMS_URL),http://localhost:8000) $(or $(VAR),var)/demo-sign-ins.txt

.PHONY: client
client: .venv/typescript ## Pack the TypeScript client for frontends into var/
	@mkdir -p var
	@$(NPM) pack --silent --pack-destination $(CURDIR)/var
	@ls $(CURDIR)/var/dateline-client-*.tgz

.PHONY: format
format: .venv/development ## Format the code and mend what can be mended
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: migrations
migrations: .venv/development ## Write the migrations that the models ask for
	$(BIN)/python manage.py makemigrations --settings cms.settings.test

.PHONY: requirements
requirements: .venv/development ## Pin what pyproject.toml asks for (UPGRADE=1 takes the newest)
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) pyproject.toml --extra redis -c requirements.txt -o requirements-redis.txt
	$(COMPILE) pyproject.toml --extra redis --group dev -c requirements.txt -o requirements-dev.txt

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

NPM = $(BIN)/python -m frontend_contract.node typescript
NPM_SITE = $(BIN)/python -m frontend_contract.node site
SITE_SOURCES = $(shell find frontend_contract/site frontend_contract/typescript/src \
	\( -name node_modules -o -name dist -o -name .astro -o -name __pycache__ \) -prune -o -type f -print)

.venv/typescript: frontend_contract/typescript/package-lock.json .venv/runtime
	@$(NPM) ci --no-audit --no-fund
	@touch $@

.venv/site: $(SITE_SOURCES) | .venv/typescript
	@echo "Installing what the reference site is built with..."
	@$(NPM_SITE) ci --no-audit --no-fund > /dev/null
	@echo "Building the reference site..."
	@$(NPM) run --silent build
	@$(NPM_SITE) run --silent build > /dev/null
	@touch $@

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dateline needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv

.venv/runtime: requirements.txt | .venv/bin/python
	$(INSTALL) -r requirements.txt
	@touch $@

.venv/development: requirements-dev.txt | .venv/bin/python
	$(INSTALL) -r requirements-dev.txt
	@touch $@ .venv/runtime
