# What a newcomer needs: `make run`. What a contributor needs: `make test`.
PYTHON ?= python3
BIN := .venv/bin
WEB_SOURCES := $(shell git ls-files frontend hatch_build.py 2>/dev/null)

.PHONY: run test lint check-types check-imports unit bench evaluate screenshots lock clean

run: .venv/installed
	$(BIN)/gallerynet serve

test: lint check-types check-imports unit

lint: .venv/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-types: .venv/tested
	$(BIN)/mypy gallerynet tests benchmarks scripts

check-imports: .venv/tested
	$(BIN)/lint-imports

unit: .venv/tested
	$(BIN)/pytest

bench: .venv/tested
	$(BIN)/python -m benchmarks

# Resolved for every platform, with hashes; CI and `make run` install exactly these.
lock: .venv/tested
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "GalleryNet needs Python 3.11 or newer: make PYTHON=python3.12 run"; exit 1; }
	@scripts/create-venv "$(PYTHON)"

.venv/installed: .venv/bin/python requirements.lock pyproject.toml $(WEB_SOURCES)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --editable .
	@touch $@

.venv/tested: .venv/installed requirements-dev.lock
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	@scripts/install-chromium
	@touch $@

# Clients of other makers, which tests/conformance/ runs against the server.
tests/conformance/node_modules: tests/conformance/package-lock.json
	@npm ci --silent --prefix tests/conformance
	@touch $@

clean:
	rm -rf .venv gallerynet/web dist
