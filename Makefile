# The two commands are `make demo` and `make test`; the rest are for those who build.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DEMO_HOME ?= demo-output/home

.PHONY: demo test test-postgres check bench docs format lock clean

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

demo: $(VENV)/.installed
	UPPSIKT_HOME=$(DEMO_HOME) $(BIN)/uppsikt demo --output demo-output --port $(PORT)

$(VENV)/.dev: $(VENV)/.installed requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	touch $@

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

# what is compiled is kept for the next run, and no process waits long for another's last file
test: check
	$(BIN)/python tools/say_what_is_skipped.py
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n auto --dist worksteal

# the rooms that write to the database, once more on a PostgreSQL of their own (where one is installed)
test-postgres: $(VENV)/.dev
	$(BIN)/python tools/test_on_postgres.py -n auto --dist loadfile tests/audit tests/coding tests/ledger \
		tests/planning tests/rounds tests/savings tests/settlements tests/reports tests/demo \
		tests/test_safekeeping.py -m "not browser"

bench: $(VENV)/.dev
	$(BIN)/python bench/run.py

docs: $(VENV)/.dev
	$(BIN)/python tools/make_reference.py

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.dev
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --extra report --extra check --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --extra report --extra check --extra postgres --extra saml --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf demo-output build .pytest_cache .mypy_cache .ruff_cache
