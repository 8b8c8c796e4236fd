# Two commands do everything: `make run` and `make test`.

SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
DATA_DIR ?= var
HOST ?= 127.0.0.1
PORT ?= 8000
export DATA_DIR HOST PORT

PO := $(wildcard locale/*/LC_MESSAGES/*.po locale/vendor/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)
# Several versions may share DATA_DIR: each collects its own, beside those of the others.
COLLECTED = $(DATA_DIR)/.static$(subst /,-,$(CURDIR))
ASSETS := $(shell find cms articles home search \( -path '*/static/*' -o -path '*/styles/*' \) -type f 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run dev build test test-all bench lint format shell lock audit sbom messages clean

help: ## list these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 18

run: $(VENV)/.installed $(MO) $(COLLECTED) ## everything on http://127.0.0.1:8000 (HOST, PORT, DATA_DIR, DEMO_PASSWORD)
	@exec $(BIN)/python -m cms.serve

dev: $(VENV)/.installed $(MO) ## the autoreloading server, with DEBUG
	@export DJANGO_SETTINGS_MODULE=cms.settings.dev; \
	$(BIN)/python manage.py migrate --verbosity 0 && $(BIN)/python manage.py load_demo && \
	exec $(BIN)/python manage.py runserver $(HOST):$(PORT)

build: $(VENV)/.installed $(MO) $(COLLECTED) ## what production needs: environment, translations, assets in DATA_DIR
	@$(BIN)/python -m compileall -q cms articles home search demo

test: $(VENV)/.installed-dev $(MO) ## lint, checks and the suite on SQLite and PostgreSQL
	@bin/test

test-all: $(VENV)/.installed-dev $(MO) ## beside `make test`: what takes long, on both databases
	@bin/test-all

bench: $(VENV)/.installed-dev $(MO) ## measures at 1,000 and 100,000 pages on both databases (needs wrk; makes content first, which takes long once)
	@$(BIN)/python -m bench

lint: $(VENV)/.installed-dev ## ruff, mypy and the template lint
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/djlint --quiet --lint templates

format: $(VENV)/.installed-dev ## format the code
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

shell: $(VENV)/.installed $(MO) ## Django's shell on the data of `make run`
	@DJANGO_SETTINGS_MODULE=cms.settings.local $(BIN)/python manage.py shell

lock: $(VENV)/.installed-dev ## write the lock files anew from pyproject.toml
	@bin/lock

audit: $(VENV)/.installed-dev ## known advisories of what requirements.lock names (asks PyPI)
	@$(BIN)/pip-audit --requirement requirements.lock --require-hashes --disable-pip --progress-spinner off

sbom: $(VENV)/.installed-dev ## writes what the product is made of to sbom.json (CycloneDX)
	@$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --output-format JSON --output-file sbom.json requirements.lock

messages: $(VENV)/.installed-dev ## collect translatable strings (needs gettext)
	@DJANGO_SETTINGS_MODULE=cms.settings.local $(BIN)/python manage.py makemessages \
		--locale vi --ignore $(VENV) --ignore tests --no-location --no-obsolete --no-wrap

clean: ## remove the environment, compiled translations and collected assets; data stays
	@rm -rf $(VENV) $(MO) $(DATA_DIR)/static $(DATA_DIR)/.static*

$(VENV)/pyvenv.cfg:
	@python=$$(bin/find-python) && "$$python" -m venv $(VENV)

$(VENV)/.installed: requirements.lock $(VENV)/pyvenv.cfg
	@echo "Installing what requirements.lock names…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing what requirements-dev.lock names…"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	@touch $@

%.mo: %.po $(VENV)/.installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

$(COLLECTED): requirements.lock $(ASSETS) $(VENV)/.installed
	@mkdir -p $(DATA_DIR) 2>/dev/null && test -w $(DATA_DIR) || { echo "The folder $(DATA_DIR) can't be written: set DATA_DIR to one that can." >&2; exit 1; }
	@echo "Collecting the assets…"
	@DJANGO_SETTINGS_MODULE=cms.settings.local $(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@touch $@
