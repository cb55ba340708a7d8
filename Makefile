# make run    start the service, with what the environment holds
# make fast   the tests that need no server
# make test   check the code, then run all tests
# Each makes .venv first, from the pinned and hashed requirements.

.DEFAULT_GOAL := help
.PHONY: help setup run dev test fast check fix torture bench documents crawl serving browser pooler compiler compiled screenshots lighthouse requirements clean
SHELL := /bin/sh

VENV := .venv
BENCH := .venv-bench
LIGHTHOUSE := .venv-lighthouse
DEFUDDLE := .venv-defuddle
COMPILED := build/compiled
OPT_LEVEL := 3
# Comes before the sources in .venv.
AS_COMPILED := PYTHONPATH=$(COMPILED)
PY := $(VENV)/bin/python
# The first that is 3.11 or later; some of these names may be wrappers that start nothing.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
# The environment's own pip, else the one of $(PYTHON): Debian's has no ensurepip without python3-venv.
PIP = $$($(PY) -m pip --version >/dev/null 2>&1 && echo $(PY) || echo $(PYTHON)) -m pip --python $(PY) \
	install --quiet --no-input --disable-pip-version-check --root-user-action=ignore
# Has the service stop when make itself is killed, where util-linux can.
TIED := $(shell setpriv --pdeathsig TERM true 2>/dev/null && echo setpriv --pdeathsig TERM)
# The tests start the service a hundred times, which takes half as long again without the compiled code.
unexport PYTHONDONTWRITEBYTECODE
# The service takes nine seconds at most to stop; before that it must not be killed.
STOP_SECONDS := 10

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

setup: $(VENV)/.run ## make .venv with what the service needs

run: $(VENV)/.run ## start the service
	@exec $(TIED) $(VENV)/bin/llmstxt-sched serve

dev: $(VENV)/.dev ## start the service, and again after each change of src or sql
	@exec $(TIED) $(VENV)/bin/watchfiles --sigint-timeout $(STOP_SECONDS) '$(VENV)/bin/llmstxt-sched serve' src sql

# Tests are read beside the check, which has use for one core: each process of a first run would do so for itself.
test: $(VENV)/.dev ## check, then run all tests; ARGS=tests/store for some, or any option of pytest
	@$(PY) -m pytest --collect-only -qq $(ARGS) >/dev/null 2>&1 & \
	$(MAKE) --no-print-directory check browser pooler compiler || { kill $$!; exit 1; }; wait
	$(PY) -m pytest -n $(PROCESSES) --maxprocesses 8 $(BY_FILE) $(ARGS)

CORES := $(shell getconf _NPROCESSORS_ONLN)
# Two more than cores, because much of the time a test waits for something; those of `fast` do not.
PROCESSES := $(shell expr 2 + $(CORES))
# A file's tests stay together, for the service that they share, and those of most files of tests/browser
# (tests/support/scheduling.py).  The order of the files is that of tests/conftest.py.
BY_FILE := --dist loadfile --no-loadscope-reorder

fast: $(VENV)/.dev ## the tests that need no server and are not slow; ARGS as for test
	@$(if $(ARGS),$(FAST) $(ARGS),$(MAKE) --no-print-directory --jobs $(words $(PARTS)) --output-sync $(addprefix fast-,$(PARTS)))

# So little is done in each that handing it to a process and its outcome back takes as long: each part is a pytest by
# itself, which reads its own files alone.
fast-%: $(VENV)/.dev
	@$(FAST) --part $*/$(words $(PARTS))

FAST = $(PY) -m pytest -m "not server and not system and not faults and not slow" $(ALL_SERVED) -q
PARTS := $(wordlist 1,8,$(shell seq $(CORES)))

# Folders of which no test is fast, and two files that read the whole API: each process would read them to find none.
ALL_SERVED := $(patsubst %,--ignore tests/%,browser system api/notifications api/operation api/people \
	api/middleware/test_allowed_methods.py api/middleware/test_strictness.py services/maintenance \
	store/documents store/notifications store/people)

check: $(VENV)/.dev ## linter, format, types, layers
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-logo

fix: $(VENV)/.dev ## mend what the linter can mend, then format
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

torture: $(VENV)/.dev ## ten minutes of random faults; ARGS="--minutes 2 --projects 50 --seed 1" for others
	$(PY) -m tests.system.faults.torture $(ARGS)

bench: $(VENV)/.run $(BENCH)/.run compiled ## measure the scheduler, the documents and the crawl beside others; ARGS=--small for a try of the first
	$(PY) -m bench.scheduler --rivals $(BENCH)/bin/python $(ARGS)
	@$(MAKE) --no-print-directory documents
	@$(MAKE) --no-print-directory serving
	@$(MAKE) --no-print-directory crawl ARGS=

crawl: $(VENV)/.run $(BENCH)/.run compiled ## measure a whole crawl alone beside Scrapy and Crawlee; ARGS=--small for a try
	$(AS_COMPILED) $(PY) -m bench.crawl --rivals $(BENCH)/bin/python $(ARGS)

serving: $(VENV)/.run ## measure how fast published documents are sent alone beside others; best with nginx
	$(PY) -m bench.serving

documents: $(VENV)/.run $(BENCH)/.run $(DEFUDDLE)/.run compiled ## measure the documents alone beside others; best with npm
	$(AS_COMPILED) $(PY) -m bench.documents --rivals $(BENCH)/bin/python --defuddle $(DEFUDDLE)

browser: ## Debian's headless Chromium for the tests of the pages, where root and apt are
	@if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1 || command -v $(HEADLESS) >/dev/null 2>&1; then exit; fi; \
	for name in $(BROWSERS); do command -v $$name >/dev/null 2>&1 && ! apt-cache show $(HEADLESS) >/dev/null 2>&1 && exit; done; \
	echo "Installing Chromium"; \
	$(APT_INSTALL) $(HEADLESS) >/dev/null 2>&1 || { apt-get -qq update; $(APT_INSTALL) $(HEADLESS) || $(APT_INSTALL) chromium; } >/dev/null 2>&1 || true

# A page costs a quarter less in it than in those below, which draw a window as well; they do where apt has none.
HEADLESS := chromium-headless-shell
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable
APT_INSTALL := DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends fonts-dejavu-core

pooler: ## Debian's PgBouncer for its tests, where root and apt are and none is there
	@if PATH="$$PATH:/usr/sbin" command -v pgbouncer >/dev/null 2>&1 || [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then exit; fi; \
	echo "Installing PgBouncer"; \
	$(APT_POOLER) >/dev/null 2>&1 || { apt-get -qq update && $(APT_POOLER); } >/dev/null || true

# Its package else starts the server.
APT_POOLER := RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends pgbouncer

compiler: ## Debian's C compiler and Python's headers, where root and apt are and they are missing
	@if $(HAS_COMPILER) || [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then exit; fi; \
	echo "Installing a C compiler"; \
	$(APT_COMPILER) >/dev/null 2>&1 || { apt-get -qq update && $(APT_COMPILER); } >/dev/null || true

HAS_COMPILER = { command -v cc >/dev/null 2>&1 && \
	$(PYTHON) -c 'import os, sysconfig; os.stat(sysconfig.get_path("include") + "/Python.h")' 2>/dev/null; }
APT_COMPILER := DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends gcc libc6-dev python3-dev

compiled: $(COMPILED)/.done ## the package in build/compiled, with the reader of pages compiled as in a container

screenshots: $(VENV)/.dev browser ## pictures of every page in screenshots/; ARGS="list" for some, --readme for the README's
	$(PY) -m bench.pages.screenshots $(ARGS)

lighthouse: $(VENV)/.dev $(LIGHTHOUSE)/.run browser ## measure the pages with Lighthouse; needs npm
	$(PY) -m bench.pages.lighthouse $(LIGHTHOUSE)/node_modules/.bin/lighthouse

requirements: ## pin the current versions again; needs uv
	uv pip compile pyproject.toml --group dev --output-file requirements-dev.txt $(PIN)
	uv pip compile pyproject.toml --constraints requirements-dev.txt --output-file requirements.txt $(PIN)
	echo hatchling | uv pip compile - --constraints requirements-dev.txt --output-file requirements-build.txt $(PIN)
	printf 'hatchling\nmypy\nsetuptools\n' | uv pip compile - --constraints requirements-dev.txt \
		--constraints requirements-build.txt --output-file requirements-compile.txt $(PIN)
	uv pip compile bench/requirements.in --output-file bench/requirements.txt $(PIN)

PIN := --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --quiet

clean: ## remove .venv and every cache
	rm -rf $(VENV) $(BENCH) $(LIGHTHOUSE) $(DEFUDDLE) screenshots build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/.run: requirements.txt requirements-build.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: apt-get install python3" >&2; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv --without-pip $(VENV) \
		|| { echo "This Python cannot make environments: apt-get install python3-venv" >&2; exit 1; }
	@$(PY) -m ensurepip >/dev/null 2>&1 || $(PYTHON) -m pip --python $(PY) --version >/dev/null 2>&1 \
		|| { echo "There is no pip: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing the pinned requirements into $(VENV)"
	@$(PIP) --require-hashes -r requirements.txt -r requirements-build.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt requirements-compile.txt
	@echo "Installing the pinned requirements of the tests into $(VENV)"
	@$(PIP) --require-hashes -r requirements-dev.txt
	@$(PIP) --require-hashes -r requirements-compile.txt
	@touch $@

$(COMPILED)/.done: $(VENV)/.run requirements-compile.txt hatch_build.py $(shell find src sql -type f -not -name '*.pyc') | compiler
	@$(HAS_COMPILER) || { echo "A C compiler and Python's headers are needed: apt-get install gcc python3-dev" >&2; exit 1; }
	@$(PIP) --require-hashes -r requirements-compile.txt
	@echo "Compiling the reader of pages into $(COMPILED)"
	@rm -rf $(COMPILED)
	@HATCH_BUILD_HOOK_ENABLE_CUSTOM=true OPT_LEVEL=$(OPT_LEVEL) $(PIP) --no-deps --no-build-isolation --target $(COMPILED) .
	@touch $@

# Of its own, because arq wants an older client of Redis than the service does.
$(BENCH)/.run: PY := $(BENCH)/bin/python
$(BENCH)/.run: bench/requirements.txt
	@test -x $(PY) || $(PYTHON) -m venv --without-pip $(BENCH)
	@$(PY) -m ensurepip >/dev/null 2>&1 || $(PYTHON) -m pip --python $(PY) --version >/dev/null
	@echo "Installing what the service is measured beside into $(BENCH)"
	@$(PIP) --require-hashes -r bench/requirements.txt
	@touch $@

# The last version that runs on the Node of Debian.
$(LIGHTHOUSE)/.run: Makefile
	@command -v npm >/dev/null || { echo "npm is needed: apt-get install npm" >&2; exit 1; }
	@echo "Installing Lighthouse into $(LIGHTHOUSE)"
	@npm install --prefix $(LIGHTHOUSE) --silent --no-audit --no-fund --ignore-scripts lighthouse@12.8.2
	@touch $@

$(DEFUDDLE)/.run: Makefile
	@mkdir -p $(DEFUDDLE)
	@! command -v npm >/dev/null || { echo "Installing defuddle into $(DEFUDDLE)" && npm install --prefix $(DEFUDDLE) \
		--silent --no-audit --no-fund --ignore-scripts defuddle@0.19.4 linkedom@0.18.15; }
	@touch $@
