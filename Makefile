# Everything starts here: `make run`, `make test`, `make check`, `make bench`. Nothing else is needed first than
# Python 3.11 or newer and make.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
READY := .venv/.ready
LITELLM := .venv/litellm

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench card browser lock clean

help:
	@echo "make run    set up and open the app        make test   set up and pass the tests"
	@echo "make check  what CI runs                   make bench  measure"
	@echo "make card   measure the offline judge and write its card"

setup: $(READY)

$(READY): pyproject.toml locks/dev.txt locks/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Coach needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv \
	  || { echo "No venv module: on Debian and Ubuntu, sudo apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/uv.txt
	VIRTUAL_ENV=.venv $(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode locks/dev.txt
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q coach
	@touch $(READY)

run: $(READY)
	$(BIN)/coach run --port $(PORT)

test: $(READY)
	$(BIN)/pytest -q -n auto -m "not slow"

check: $(READY) browser $(LITELLM)/.ready
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/coach check
	$(BIN)/pytest -q -n auto -m "not slow"
	$(LITELLM)/bin/python -m pytest -q -n auto -m "" tests/chat_models tests/faults/test_models.py -k "litellm or (chat_models and openai)"
	$(BIN)/pytest -q -n 2 --dist loadgroup --durations 10 -m slow

# LiteLLM holds OpenAI's SDK at its former major: a second environment tests both.
$(LITELLM)/.ready: locks/litellm.txt | $(READY)
	@test -x $(LITELLM)/bin/python || $(BIN)/python -m venv --without-pip $(LITELLM)
	VIRTUAL_ENV=$(LITELLM) $(BIN)/uv pip sync --quiet --require-hashes locks/litellm.txt
	@touch $@

bench: $(READY)
	@$(BIN)/python -m tests.bench

# How far the offline judge can be trusted, measured anew: docs/judge-card.md.
card: $(READY)
	$(BIN)/coach card docs

# The browser journeys use any Chromium, and its headless shell, which draws pages alone, where there is one. This
# installs Debian's where it may, else says how.
browser:
	@for name in chromium chromium-browser google-chrome google-chrome-stable chrome microsoft-edge; do \
	  command -v $$name >/dev/null 2>&1 && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  echo "Installing Chromium for the browser journeys"; export DEBIAN_FRONTEND=noninteractive; \
	  apt-get -qq update && apt-get -qq install -y chromium >/dev/null \
	  && { apt-get -qq install -y chromium-headless-shell >/dev/null 2>&1 || true; }; \
	else echo "No Chromium: the browser journeys are skipped. To run them: sudo apt-get install chromium"; fi

# Hashes for every file, the name of no index: any index that has the files will do.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
  --no-emit-index-url --no-emit-find-links

lock: $(READY)
	$(LOCK) pyproject.toml -o locks/run.txt
	$(LOCK) --group dev pyproject.toml -o locks/dev.txt
	cp locks/dev.txt locks/litellm.txt
	$(LOCK) --group dev --extra litellm pyproject.toml -o locks/litellm.txt
	$(LOCK) locks/uv.in -o locks/uv.txt

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
