"""In how many accounts of general news each term stands: hashed counts, from texts of training parts, without a word.

python -m training.grouping.counts OUT.npz
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tellings.comparing.words import STOP, words
from tellings.evaluate.corpora import corpora_folder, lines
from tellings.grouping.background import BITS, cells
from tellings.grouping.sketching import hashed

_NAMED = re.compile(r"[A-Z][\w'’.]*(?: [A-Z][\w'’.]*)+")
_LEAST = 2  # accounts: a cell of one is as good as none, and there are many


def texts(folder: Path) -> Iterator[str]:
    """The texts that are counted: PolNeAR, NewsDiscourse and FNC-1, their training parts."""
    for record in lines(folder / "polnear/train.jsonl.gz"):
        if record["first"]:
            yield record["text"]
    for record in lines(folder / "newsdiscourse/train.jsonl"):
        yield " ".join([record["headline"] or "", *(one["text"] for one in record["sentences"])])
    for record in lines(folder / "pairs/fnc1_train_bodies.jsonl.gz"):
        yield record["text"]


def named(text: str) -> Iterator[str]:
    """Two to four words in a row that begin with capitals, as names of places and bodies are hashed."""
    for match in _NAMED.finditer(text):
        keys = [word.key for word in words(match.group())]
        for first in range(len(keys)):
            yield from (" ".join(keys[first:last]) for last in range(first + 2, min(first + 4, len(keys)) + 1))


def counts(folder: Path) -> tuple[int, np.ndarray]:
    """How many texts there are, and how many of them have a term of each cell."""
    found = np.zeros(1 << BITS, dtype=np.uint16)
    number = 0
    for text in texts(folder):
        stems = {word.stem for word in words(text) if word.key not in STOP and len(word.key) > 1} | set(named(text))
        numbers = np.fromiter(map(hashed, stems), dtype=np.uint32, count=len(stems))
        found[np.unique(cells(numbers))] += 1
        number += 1
    return number, found


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    number, found = counts(corpora_folder())
    kept = np.flatnonzero(found >= _LEAST)
    np.savez_compressed(
        parser.parse_args().out, accounts=np.int32(number), cells=kept.astype(np.uint32), counts=found[kept]
    )


if __name__ == "__main__":
    main()
