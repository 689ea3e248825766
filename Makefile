# Banmian. `make help` lists the targets.
SEEDS ?= seeds
BUILD ?= build
PORT ?= 8001
PYTHON ?= python3

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q install --require-hashes
LOCKS := requirements-build.lock requirements.lock
WORKERS := --numprocesses auto --maxprocesses 4 --dist worksteal
# What every server of ours is started with, here and in containers.
SERVE_SETTINGS := $(shell cat scripts/deploy/settings)
# Before anything is built or said to be open.
PORT_IS_FREE = $(BIN)/python scripts/deploy/port.py "$(PORT)" $@

# A virtual environment can't be moved: in a folder of another name it is made anew.
ifneq ($(wildcard .venv/folder),)
ifneq ($(file < .venv/folder),$(CURDIR))
$(shell rm -rf .venv)
endif
endif

# Passed by the environment, so that any character may stand in them.
export SEEDS BUILD SCHEDULER
# Tests start some hundred processes: each module is compiled once, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE
# Dask is installed only where a scheduler is named.
NEEDED := .venv/installed$(if $(SCHEDULER),-cluster)
# In another BUILD, seeds are by default those that its database was built from.
ifeq ($(origin SEEDS)$(filter build,$(BUILD)),file)
FOLDERS = --build "$$BUILD"
else
FOLDERS = --seeds "$$SEEDS" --build "$$BUILD"
endif
# What an export or a release is made of: what the public sees where PUBLIC is set.
MADE = $(if $(PUBLIC),public,build)

.DEFAULT_GOAL := help
.PHONY: audit help build serve public serve-public desk review test lint compiled-tests tested check alpha package export export-facts release bench clean docs lock browser worker cluster-test

help:  ## Show this list.
	@echo "Banmian: newspaper pages as open data. Options: SEEDS=folder of pages, BUILD=folder of results, JOBS=processes that read, SCHEDULER=address of a Dask cluster that reads, PORT=8001"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do printf '%-14s %s\n' "$$name" "$$text"; done

build: $(NEEDED)  ## Put the pages of SEEDS together: BUILD/edition.db.
	@$(BIN)/python scripts/build.py build $(FOLDERS)

serve: $(NEEDED)  ## Build, then publish on http://127.0.0.1:8001 until Ctrl-C.
	@$(PORT_IS_FREE)
	@$(BIN)/python scripts/build.py build $(FOLDERS) || { \
		test -f "$$BUILD/edition.db" && echo "Serving $$BUILD/edition.db as it is." >&2; }
	@echo "Open http://127.0.0.1:$(PORT)"
	@exec $(BIN)/datasette serve -i "$$BUILD/edition.db" --host 127.0.0.1 --port $(PORT) --metadata metadata.yml $(SERVE_SETTINGS)

public: build  ## Make BUILD/public/edition.db, without the text that `shown` in editions.yml keeps back; builds then renew it.
	@$(BIN)/python scripts/build.py public --build "$$BUILD"

serve-public: .venv/installed  ## Publish BUILD/public/edition.db as it is, for a proxy on this machine (scripts/deploy/).
	@test -f "$$BUILD/public/edition.db" || { echo "There is no $$BUILD/public/edition.db. Run make public" >&2; exit 1; }
	@$(PORT_IS_FREE)
	@exec $(BIN)/datasette serve -i "$$BUILD/public/edition.db" --host 127.0.0.1 --port $(PORT) --metadata metadata.yml $(SERVE_SETTINGS) >/dev/null

desk: .venv/installed  ## Build, then open the editor's desk on http://127.0.0.1:8001/-/desk until Ctrl-C.
	@$(PORT_IS_FREE)
	@echo "Open http://127.0.0.1:$(PORT)/-/desk"
	@exec $(BIN)/python scripts/build.py desk $(FOLDERS) -- --port $(PORT) --metadata metadata.yml $(SERVE_SETTINGS)

review: $(NEEDED)  ## Print what is least certain, as YAML for editions.yml (LIMIT=20 the first 20, ALL=1 all).
	@$(BIN)/python scripts/build.py build $(FOLDERS) >&2 || { \
		test -f "$$BUILD/edition.db" && echo "Reviewing $$BUILD/edition.db as it is." >&2; }
	@$(BIN)/python scripts/build.py review --build "$$BUILD" $${LIMIT:+--limit "$$LIMIT"} $${ALL:+--all}

test: .venv/installed-test browser  ## Check style and types, then run every test.
	@$(MAKE) --no-print-directory --jobs=2 lint tested

lint:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

# Types take one core for long: the tests run beside them.
tested: compiled-tests
	@$(BIN)/python -m pytest $(WORKERS)

# Else each of the workers compiles them all. What is wrong with them is said when they run.
compiled-tests:
	@$(BIN)/python -m pytest --collect-only >/dev/null || true

alpha: build
	@PYTHON="$(PYTHON)" scripts/alpha.sh "$$BUILD/edition.db"

package: build
	@PYTHON="$(PYTHON)" scripts/data_package.sh "$$BUILD/edition.db"

check: .venv/installed-test .venv/installed-cluster browser alpha package  ## Check what takes long: properties on many fresh examples, every link, accessibility, every page of an archive, Datasette 1.0.
	@export BANMIAN_EXAMPLES="$${EXAMPLES:-10}"; failed=0; \
	echo "Properties, links, pages, archive, cluster"; \
	$(BIN)/python -m pytest $(WORKERS) --durations=10 \
		-o python_files='test_*.py check_*.py' -m '(hypothesis or check) and not alone' || failed=1; \
	echo "What is measured, with nothing beside it"; \
	$(BIN)/python -m pytest -v -o python_files='check_*.py' -m alone tests/check || failed=1; \
	exit $$failed

audit: .venv-audit/installed  ## Ask the network which locked libraries have known holes, from an environment of its own.
	@for lock in $(LOCKS) requirements-cluster.lock requirements-test.lock; do \
		echo "$$lock"; .venv-audit/bin/pip-audit --disable-pip --require-hashes -r "$$lock" || exit 1; done

cluster-test: .venv/installed-test .venv/installed-cluster  ## Build with a Dask scheduler and two workers here, one of which is killed.
	@$(BIN)/python -m pytest -o python_files='check_*.py' tests/check/check_cluster.py

worker: .venv/installed-cluster  ## Read for the builds of others: a process a core, until Ctrl-C, for the Dask scheduler at SCHEDULER.
	@test -n "$$SCHEDULER" || { echo "Name the scheduler: make worker SCHEDULER=tcp://10.0.0.1:8786" >&2; exit 1; }
	@exec $(BIN)/dask worker "$$SCHEDULER" --nworkers auto --nthreads 1 --no-dashboard

export: $(MADE)  ## Write all tables as CSV and JSON, with SHA256SUMS: BUILD/export/ (PUBLIC=1 of what the public sees: BUILD/public/export/).
	@$(BIN)/python scripts/build.py export --build "$$BUILD"$(if $(PUBLIC),/public)

export-facts: build  ## Write all tables without running text, with a Data Package and SHA256SUMS: BUILD/facts/.
	@$(BIN)/python scripts/build.py export-facts --build "$$BUILD"

release: $(MADE)  ## Put the next release into BUILD/releases/: database, export, Data Package, citation, what changed (PUBLIC=1: BUILD/public/releases/).
	@$(BIN)/python scripts/build.py release --build "$$BUILD"$(if $(PUBLIC),/public)

bench: build  ## Measure what a build and the pages of its site cost on this machine.
	@$(BIN)/python scripts/train/bench.py --seeds "$$SEEDS"
	@$(BIN)/python scripts/train/answers.py "$$BUILD"
	@cd scripts && ../$(BIN)/python -m train.search_bench "$(abspath $(BUILD))"

clean:  ## Remove what was built (the virtual environment stays).
	@test -n "$$BUILD" && cd "$$BUILD" && rm -rf edition.db edition.db.new edition.stamp .lock keys.jsonl.new withdrawn.keys .edition.db.building-* export export.new public/edition.db public/withdrawn.keys public/export public/export.new facts facts.new .cache
	@rm -rf .pytest_cache .ruff_cache .mypy_cache .hypothesis
	@find scripts tests -name __pycache__ -prune -exec rm -rf {} +

.venv/folder:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Banmian needs Python 3.11 or newer as $(PYTHON); name another one with make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Setting up .venv"
	@$(PYTHON) -m venv --clear .venv
	@printf '%s' '$(CURDIR)' > .venv/folder

.venv/installed: $(LOCKS) pyproject.toml | .venv/folder
	@echo "Installing what Banmian needs"
	@$(PIP) -r requirements-build.lock
	@$(PIP) --no-build-isolation -r requirements.lock
	@$(BIN)/python -m pip --disable-pip-version-check -q install --no-build-isolation --no-deps -e .
	@touch $@

# It brings rich, which must not be where Datasette serves.
.venv-audit/installed: requirements-audit.lock
	@$(PYTHON) -m venv --clear .venv-audit
	@.venv-audit/bin/python -m pip --disable-pip-version-check -q install --require-hashes -r requirements-audit.lock
	@touch $@

.venv/installed-test: requirements-test.lock .venv/installed
	@echo "Installing what the tests need"
	@$(PIP) --no-build-isolation -r requirements-test.lock
	@touch $@

.venv/installed-cluster: requirements-cluster.lock .venv/installed
	@echo "Installing what a Dask cluster needs"
	@$(PIP) --no-build-isolation -r requirements-cluster.lock
	@touch $@

browser: .venv/installed-test
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	if [ -f /etc/debian_version ] && [ "$$(id -u)" = 0 ]; then \
		echo "Installing Debian's chromium for the browser tests"; apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
	else $(BIN)/playwright install chromium; fi

docs: .venv/installed  ## Make metadata.yml, the data dictionary and the schema of editions.yml anew.
	@$(BIN)/python scripts/docs/metadata.py
	@$(BIN)/python scripts/docs/dictionary.py
	@$(BIN)/python scripts/docs/editions_schema.py

lock:  ## Renew the lock files from pyproject.toml (needs uv).
	@scripts/lock.sh
