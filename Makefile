# `make run` opens the app, `make test` runs the tests. Each sets up what it needs in .venv,
# and is quick when nothing has changed.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
comma := ,

# A venv without pip is filled by the pip outside it.
define install
@pip="$(BIN)/python -m pip"; $$pip --version >/dev/null 2>&1 || pip="$(PYTHON) -m pip --python $(BIN)/python"; \
	$$pip install --quiet --disable-pip-version-check --constraint constraints.txt $(1)
endef

.PHONY: run test soak coverage lint book benchmarks pictures man docs bundle ci clean

run: $(VENV)/.runs
	@$(BIN)/casebook $(ARGS)

test: $(VENV)/.tests
	@$(BIN)/python -m pytest -n auto -m "not soak" $(ARGS)

soak: $(VENV)/.tests
	@$(BIN)/python -m pytest -n auto -m soak $(ARGS)

# Tells how much of the program the tests run through, and which lines they do not.
coverage: $(VENV)/.tests
	@$(BIN)/python -m pytest -n auto -m "not soak" --cov --cov-report=term-missing:skip-covered $(ARGS)

lint: $(VENV)/.tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

book: $(VENV)/.runs
	$(BIN)/casebook build data/niches data/elsewhere -o data/cases.sqlite

# Prints what docs/performance.md reports; PARTS="start reading" for some of it.
benchmarks: $(VENV)/.tests
	@$(BIN)/python -m benchmarks $(PARTS)

# Draws the pictures in the documents; NAMES="library reader" for some of them.
pictures: $(VENV)/.tests
	@$(BIN)/python -m docs.pictures $(NAMES)

# Writes the manual page from the help of the commands.
man: $(VENV)/.tests
	@$(BIN)/python -m docs.man_page

# Makes dist/casebook.pyz and the folder that needs no Python; PARTS="zipapp" for one of them.
bundle: $(VENV)/.tests
	@$(BIN)/python -m bundle $(PARTS)

# Writes anew what the program says of itself in the documents: tables, examples, pictures.
docs: pictures man
	@UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q tests/docs

ci: lint test soak

clean:
	rm -rf $(VENV) dist

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Casebook needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || $(PYTHON) -m venv --without-pip --clear $(VENV)

$(VENV)/.runs: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Setting up Casebook in $(VENV) ..."
	$(call install,--editable '.[export$(comma)import]')
	@touch $@

$(VENV)/.tests: $(VENV)/.runs
	@echo "Setting up the tests in $(VENV) ..."
	$(call install,--editable '.[dev]')
	@touch $@
