# What a newcomer needs: `make run`. What a contributor needs: `make test`.
PYTHON ?= python3
BIN := .venv/bin
WEB_SOURCES := $(shell git ls-files frontend hatch_build.py 2>/dev/null)
NODE := $(shell node -p 'const [major, minor] = process.versions.node.split(".").map(Number); major > 20 || (major === 20 && minor >= 19) ? "yes" : ""' 2>/dev/null)
# npm writes it last.
NODE_MODULES := $(if $(NODE),$(addsuffix /node_modules/.package-lock.json,frontend tests/conformance))

.PHONY: run dev test lint check-types check-imports check-frontend unit bench evaluate schema screenshots lock clean

run: .venv/installed
	$(BIN)/gallerynet serve

# The server and the app, each anew as its code changes; the app's types follow the schema.
dev: .venv/tested $(NODE_MODULES)
	@$(if $(NODE),$(BIN)/python -m scripts.dev,echo "make dev needs Node 20.19 or newer on PATH." && exit 1)

test: lint check-types check-imports check-frontend unit

lint: .venv/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-types: .venv/tested
	$(BIN)/mypy gallerynet tests benchmarks scripts

check-imports: .venv/tested
	$(BIN)/lint-imports

# Who has no Node gets the app built by one from PyPI (hatch_build.py), and leaves its own checks to CI.
check-frontend: $(NODE_MODULES)
	@$(if $(NODE),cd frontend && npm run --silent check && npm run --silent test,echo "There is no Node 20.19 or newer on PATH: the web app's own checks are skipped.")

unit: .venv/tested $(NODE_MODULES)
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

bench: .venv/tested
	$(BIN)/python -m benchmarks

# Takes some four minutes. Other pictures: make evaluate PICTURES=a/folder/with/a/folder/per/label
# What it is compared with comes without its dependencies: imagededup asks for PyTorch, which its hashes have no need of.
PICTURES ?= $(wildcard ../shared/data/labelled)
MORE ?= $(wildcard ../shared/data/photos ../shared/data/formats)
evaluate: .venv/tested
	-@$(BIN)/pip install --quiet --no-deps czkawka==0.1.2 imagededup==0.3.3.post2
	$(BIN)/gallerynet evaluate $(PICTURES) $(addprefix --more ,$(MORE)) --output docs/quality.md
	@cat docs/quality.md

# The app's documents are checked against it; a test fails when it is stale.
schema: .venv/tested
	$(BIN)/python -m scripts.print_schema

screenshots: .venv/tested
	$(BIN)/python -m scripts.screenshots

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
	$(BIN)/pip install --quiet --no-deps --upgrade --target .venv/guesser clairvoyance==2.5.5
	@scripts/install-test-tools
	@touch $@

# The app's tools, and the clients of other makers that tests/conformance/ runs against the server.
%/node_modules/.package-lock.json: %/package-lock.json
	cd $* && npm ci --ignore-scripts --prefer-offline --loglevel=error
	@touch $@

clean:
	rm -rf .venv gallerynet/web dist
