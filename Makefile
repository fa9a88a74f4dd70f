# Everything that is done with Solmu by hand. Bare `make` lists it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PEERS := .venv-peers
PEERS_STAMP := $(PEERS)/.installed
TORCH := $(shell grep '^torch==' constraints.txt)
PORT ?= 8765
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo audit bench peers test check format evaluate sample screenshot clean

help:  ## List what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

demo: $(STAMP)  ## Try Solmu in the browser: no Slack, no settings, nothing leaves this machine
	$(BIN)/python -m bot sandbox --port $(PORT)

bench: $(STAMP)  ## Measure speed and memory, all of it or PARTS="query start" [SIZES="1000 10000"]
	$(BIN)/python -m tests.benchmark $(PARTS) $(addprefix --size ,$(SIZES))

peers: $(STAMP) $(PEERS_STAMP)  ## Solmu beside txtai, LlamaIndex and Haystack: on the sample, or on a set: DIR=folder [CORPUS=folder]
	$(BIN)/python -m tools.peers.compare $(DIR) $(if $(CORPUS),--corpus $(CORPUS)) $(if $(VECTORS),--vectors $(VECTORS))

test: $(STAMP)  ## Run every test, by so many processes side by side: WORKERS=2
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadgroup

check: $(STAMP)  ## Lint, types and the direction of imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy -p knowledge -p indexer -p bot
	$(BIN)/lint-imports

audit: $(STAMP)  ## Known vulnerabilities of the pinned versions, and licences of what is installed
	$(BIN)/python tools/audit.py

format: $(STAMP)  ## Format the code and mend what can be mended by machine
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

evaluate: $(STAMP)  ## Hold the own questions against their record [RECORD=1: record anew], or measure a set: DIR=folder [CORPUS=folder]
ifdef DIR
	$(BIN)/python -m knowledge evaluate $(DIR) $(if $(CORPUS),--corpus $(CORPUS))
else
	$(BIN)/python -m tests.guard $(if $(RECORD),--record)
endif

sample: $(STAMP)  ## Build the sample documents again from their sources
	$(BIN)/python tools/build_sample.py

screenshot: $(STAMP)  ## Take the pictures of the documentation again
	$(BIN)/python tools/screenshot.py

clean:  ## Remove the virtual environments, caches, figures and the sandbox's data
	rm -rf $(VENV) $(PEERS) .benchmarks solmu-demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# torch comes first and by itself: named so, pip takes the CPU build where it finds one.
$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Solmu needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check $(TORCH)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(STAMP)

# An environment of its own: what the peers want must not decide what Solmu gets.
$(PEERS_STAMP): tools/peers/requirements.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --disable-pip-version-check $(TORCH)
	$(PEERS)/bin/pip install --quiet --disable-pip-version-check -r tools/peers/requirements.txt
	touch $(PEERS_STAMP)
