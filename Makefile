# Chronik: what one does with the tree. `make` alone lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARCHIVE ?= archive
STAMP := $(VENV)/.installed
STAMP_DEV := $(VENV)/.installed-dev

.DEFAULT_GOAL := help
.PHONY: help up install test test-replay check bench bench-reading torture torture-long lock train-reading train-relate train-suggest format browser screenshots messages extension clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Chronik needs Python 3.11 or newer; this is $$($(PYTHON) -V). Name another with PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || sh tools/debian-packages python3-venv
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)

$(STAMP): requirements.lock pyproject.toml | $(BIN)/pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(STAMP_DEV): requirements-dev.lock $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

install: $(STAMP) ## install Chronik and what it needs into .venv

up: $(STAMP) ## make an archive with the sample newsroom and serve it on localhost
	@test -f $(ARCHIVE)/chronik.toml || $(BIN)/chronik init --sample $(ARCHIVE)
	$(BIN)/chronik --archive $(ARCHIVE) up

test: $(STAMP_DEV) ## run the tests; those that need a browser are skipped where there is none
	@$(MAKE) --no-print-directory browser || echo "No Chromium: the tests that need one are skipped." >&2
	$(BIN)/python -m pytest -n auto

test-replay: $(STAMP_DEV) browser ## hold our WACZ files against py-wacz and ReplayWeb.page's engine, which it fetches once; needs a network and npm
	$(BIN)/python -m tests.replay.needs
	$(BIN)/python -m pytest tests/replay

check: $(STAMP_DEV) ## lint, types, layers, formatting, message catalogues
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/desk/test_messages.py

bench: $(STAMP_DEV) ## measure speed and quality; prints tables
	$(BIN)/python -m bench

bench-reading: $(STAMP_DEV) ## measure reading beside every open peer, which it installs apart; half an hour the first time
	$(BIN)/python -m bench reading

torture: $(STAMP_DEV) ## kill a working archive 200 times, fail its disk 60 times, cut its power 50 times, turn 1,000 of its bits, and look for losses; ten minutes
	$(BIN)/python -m tests.torture 200
	$(BIN)/python -m tests.torture.faults
	$(BIN)/python -m tests.torture.flips 1000
	$(BIN)/python -m tests.torture.tampers
	$(BIN)/python -m tests.torture.machine 50 50
	$(BIN)/python -m tests.torture.proofs 1025

torture-long: $(STAMP_DEV) ## the same with 1,000 kills, 10,000 bits and 500 runs of 50 steps; an hour
	$(BIN)/python -m tests.torture 1000 --seed 2
	$(BIN)/python -m tests.torture.faults
	$(BIN)/python -m tests.torture.flips 10000 --seed 2
	$(BIN)/python -m tests.torture.tampers
	$(BIN)/python -m tests.torture.machine 500 50 --seed 2
	$(BIN)/python -m tests.torture.proofs 1025

train-reading: $(STAMP_DEV) ## learn the weights of our own reader anew from the shared data; twenty minutes
	OPENBLAS_NUM_THREADS=1 $(BIN)/python tools/train_reading.py

train-relate: $(STAMP_DEV) ## learn anew from the shared data what the evidence of relating weighs; ten minutes
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.stories_training

train-suggest: $(STAMP_DEV) ## learn anew from the shared data what makes an article belong to a dossier; ten minutes
	$(BIN)/python -m bench suggest --train

format: $(STAMP_DEV) ## format the code
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

lock: $(STAMP_DEV) ## make the lock files anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --extra build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --extra build --extra dev pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" bench/peers.in -o bench/peers.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" tests/replay/py-wacz.in -o tests/replay/py-wacz.lock

messages: $(STAMP_DEV) ## collect the interface's texts into the message catalogues, and compile them
	@command -v xgettext >/dev/null || sh tools/debian-packages gettext
	$(BIN)/python tools/messages.py

extension: $(STAMP) ## pack the browser extension for the desk's page, the same bytes every time
	$(BIN)/python tools/extension.py

screenshots: $(STAMP_DEV) browser ## take the README's pictures of a sample archive
	$(BIN)/python tools/screenshots.py docs/images

browser:
	@command -v chromium >/dev/null || sh tools/debian-packages chromium

clean: ## remove what was installed and built; archives stay
	rm -rf $(VENV) .replay dist bench/out
