"""Pack labelled stories and helping corpora for training a pair model: `python -m training.claims.pack --out FILE`.

The machine that trains it has neither the corpora nor the reader, so everything travels as plain arrays in one .npz
file (`training.claims.packed` reads it). Candidate pairs are those across accounts, in the order of the stories and,
within one, of its candidates: `[one.pairs.a[~one.within] for one in examples]`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tellings.comparing.scorer import KINDS
from tellings.comparing.table import Table
from tellings.evaluate.gold_claims import across, gold_pairs
from tellings.evaluate.stories import Sentence, folder, load
from tellings.reading.tokens import Tokens, tokens
from training.claims.examples import Example, example, reader

Arrays = dict[str, NDArray[np.generic]]
TASKS = ("entailment", "aligned", "strengthens", "weakens")
"""What helping pairs are labelled for; all but the first are yes or no."""
ENTAILMENT = ("entailment", "neutral", "contradiction", "not_entailment")
"""Codes of the first task; the last one is said where a corpus tells only entailed from not entailed."""

# Only what may be trained on (see the policy in the corpora's README): RTE, MRPC, STS and MoNLI state no licence, SICK
# is non-commercial; ClaimDiff and QA-Align are allowed by name.
THREE_WAY = ("mnli_dev", "snli_dev", "cad_train", "cad_dev", "cad_test", "conjnli_train")
TWO_WAY = ("help", "med")
CLAIMDIFF = {"strengthens": "claimdiff_s_train", "weakens": "claimdiff_w_train"}


def main() -> None:
    """Read the stories and the pair corpora, write one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", default="tellings.reading:read", help="module:function from accounts to readings")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--helpers", type=float, default=1.0, help="share of the helping pairs to take, to try out")
    options = parser.parse_args()
    began = time.perf_counter()
    read = reader(options.reader)
    examples = [example(story, read) for story in load()]
    arrays = {**stories(examples), **helpers(list(helping(folder("TELLINGS_CORPORA", "corpora") / "pairs")), options)}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.out, **arrays)  # type: ignore[arg-type] # names are strings
    for name, array in arrays.items():
        print(f"{name:16} {array.dtype!s:8} {array.shape}")
    print(f"{options.out}: {options.out.stat().st_size / 2**20:.1f} MiB, {time.perf_counter() - began:.0f} s")


# ---------------------------------------------------------------- stories


@dataclass(frozen=True, slots=True)
class Story:
    """The arrays of one story, numbered from nought: pieces, rows, places (gold sentences), pairs."""

    pieces: NDArray[np.int64]
    rows: dict[str, NDArray[np.int64]]
    places: int
    row_place: NDArray[np.int64]
    gold: NDArray[np.int64]
    pairs: dict[str, NDArray[Any]]


def stories(examples: Sequence[Example]) -> Arrays:
    """The arrays of all stories, numbered through."""
    parts = [_story(one) for one in examples]
    at = _starts([len(part.pieces) for part in parts])
    first_row = _starts([len(part.rows["account"]) for part in parts])
    first_place = _starts([part.places for part in parts])
    groups = _starts([int(one.group.max(initial=-1)) + 1 for one in examples])
    rows: dict[str, list[NDArray[np.generic]]] = defaultdict(list)
    for n, part in enumerate(parts):
        rows["row_story"].append(np.full(len(part.rows["account"]), n, dtype=np.uint16))
        rows["row_account"].append(part.rows["account"].astype(np.uint8))
        for name in ("statement", "sentence", "speaker"):
            rows[f"row_{name}"].append((part.rows[name] + at[n]).astype(np.uint32))
        rows["row_place"].append((part.row_place + np.array([first_row[n], first_place[n]])).astype(np.uint32))
        rows["gold_place"].append((part.gold[:, :2] + first_place[n]).astype(np.uint32))
        rows["gold_kind"].append(part.gold[:, 2].astype(np.int8))
        rows["gold_story"].append(np.full(len(part.gold), n, dtype=np.uint16))
        rows["pair_a"].append((part.pairs["a"] + first_row[n]).astype(np.uint32))
        rows["pair_b"].append((part.pairs["b"] + first_row[n]).astype(np.uint32))
        rows["pair_kind"].append(part.pairs["kind"].astype(np.int8))
        group = part.pairs["group"]
        rows["pair_group"].append(np.where(group >= 0, group + groups[n], -1).astype(np.int32))
        rows["pair_cosine"].append(part.pairs["cosine"].astype(np.float16))
    return {
        "kinds": np.array(KINDS),
        "colon": tokens(":").ids.astype(np.uint16),
        "story": np.array([one.story.name for one in examples]),
        "dev": np.array([one.story.dev for one in examples]),
        "pieces": np.concatenate([part.pieces for part in parts]).astype(np.uint16),
        **{name: np.concatenate(arrays) for name, arrays in rows.items()},
    }


def _starts(counts: Sequence[int]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _story(one: Example) -> Story:
    texts = [tokens(reading.account.text) for reading in one.table.readings]
    place: dict[Sentence, int] = {}
    for telling in one.story.tellings:
        for number in range(len(telling.sentences)):
            place[telling.letter, number] = len(place)
    row_place = [(row, place[sentence]) for row, found in enumerate(one.sentences) for sentence in found]
    gold = gold_pairs(one.story)
    labelled = [(*sorted(place[sentence] for sentence in pair), KINDS.index(gold[pair])) for pair in across(gold)]
    used = ~one.within
    return Story(
        pieces=np.concatenate([text.ids for text in texts]),
        rows=_rows(one.table, texts),
        places=len(place),
        row_place=np.array(row_place, dtype=np.int64).reshape(-1, 2),
        gold=np.array(sorted(labelled), dtype=np.int64).reshape(-1, 3),
        pairs={
            "a": one.pairs.a[used],
            "b": one.pairs.b[used],
            "kind": one.kind[used],
            "group": one.group[used],
            "cosine": one.pairs.similar.cosine[used],
        },
    )


def _rows(table: Table, texts: Sequence[Tokens]) -> dict[str, NDArray[np.int64]]:
    """Account and piece ranges (rows x 2, half-open) of every statement, its sentence, and its speaker's naming.

    The speaker's range is empty where none is known.
    """
    at = _starts([len(text) for text in texts])
    ranges = np.zeros((3, len(table.rows), 2), dtype=np.int64)
    for n, row in enumerate(table.rows):
        reading, text = table.readings[row.reading], texts[row.reading]
        span = row.record.span
        sentence = reading.sentences[row.record.sentence] if reading.sentences else span
        ranges[0, n] = _pieces(text, *span)
        ranges[1, n] = _pieces(text, min(sentence.start, span.start), max(sentence.end, span.end))
        ranges[2, n] = _pieces(text, *row.speaker.span) if row.speaker else (0, 0)
        ranges[:, n] += at[row.reading]
    return {"account": table.account, "statement": ranges[0], "sentence": ranges[1], "speaker": ranges[2]}


def _pieces(text: Tokens, start: int, end: int) -> tuple[int, int]:
    """The pieces that stand in a span, if only in part."""
    first = int(np.searchsorted(text.ends, start, side="right"))
    return first, max(first, int(np.searchsorted(text.starts, end, side="left")))


# ---------------------------------------------------------------- helping pairs


@dataclass(frozen=True, slots=True)
class Helping:
    """Two sentences labelled for one of TASKS: a code of ENTAILMENT, or how sure the yes is (0 to 1)."""

    a: str
    b: str
    task: str
    label: float


def helping(pairs: Path) -> Iterator[Helping]:
    """Every helping pair of the corpora that may be trained on."""
    for name in (*THREE_WAY, *TWO_WAY):
        for line in _lines(pairs, name):
            label = str(line["label"])
            if name in TWO_WAY and label == "neutral":
                label = "not_entailment"
            yield Helping(str(line["a"]), str(line["b"]), "entailment", ENTAILMENT.index(label))
    yield from _aligned(pairs)
    for task, name in CLAIMDIFF.items():
        for line in _lines(pairs, name):
            yield Helping(str(line["a"]), str(line["b"]), task, float(str(line["label"])))


def _aligned(pairs: Path) -> Iterator[Helping]:
    """Each pair of QA-Align once: the share of its workers who aligned anything."""
    said: dict[str, list[bool]] = defaultdict(list)
    texts: dict[str, tuple[str, str]] = {}
    for line in _lines(pairs, "qa_align_crowd"):
        key = str(line["key"])
        said[key].append(bool(line["label"]))
        texts[key] = str(line["a"]), str(line["b"])
    for key, answers in said.items():
        yield Helping(*texts[key], "aligned", sum(answers) / len(answers))


def _lines(pairs: Path, name: str) -> Iterator[dict[str, object]]:
    path = pairs / f"{name}.jsonl"
    packed = path.with_name(path.name + ".gz")
    with gzip.open(packed, "rt", encoding="utf-8") if packed.exists() else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def helpers(found: Sequence[Helping], options: argparse.Namespace) -> Arrays:
    """The arrays of the helping pairs; each text is kept once."""
    if options.helpers < 1:
        chosen = np.random.default_rng(7).permutation(len(found))[: max(1, int(len(found) * options.helpers))]
        found = [found[n] for n in chosen]
    numbers: dict[str, int] = {}
    for one in found:
        for text in (one.a, one.b):
            numbers.setdefault(text, len(numbers))
    pieces = [tokens(text).ids for text in numbers]
    return {
        "tasks": np.array(TASKS),
        "helper_pieces": np.concatenate(pieces).astype(np.uint16),
        "helper_text": _starts([len(ids) for ids in pieces]).astype(np.uint32),
        "helper_a": np.array([numbers[one.a] for one in found], dtype=np.uint32),
        "helper_b": np.array([numbers[one.b] for one in found], dtype=np.uint32),
        "helper_task": np.array([TASKS.index(one.task) for one in found], dtype=np.uint8),
        "helper_label": np.array([one.label for one in found], dtype=np.float16),
    }


if __name__ == "__main__":
    main()
