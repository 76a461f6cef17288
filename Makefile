# Two commands: `make run` and `make test`. PORT=… changes the port; PIP_ARGS=… is handed to pip (see README, "torch").
# `make check` lints and checks types and layers; `make docs` brings the made parts of README.md up to date.
PYTHON ?= python3
PORT ?= 7860
PIP_ARGS ?=
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check docs clean

run: $(VENV)/.run
	@$(BIN)/regelwijzer index status --quiet 2>/dev/null || $(BIN)/regelwijzer index build
	@REGELWIJZER_WEB__PORT=$(PORT) $(BIN)/python app.py

# Three workers keep two cores busy: one is always waiting, for a browser or for a process of its own.
test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.dev
	$(BIN)/regelwijzer index build
	$(BIN)/python tests/readme_blocks.py

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet $(PIP_ARGS) -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet $(PIP_ARGS) -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
