"""Copies scored on pairs of accounts of one GVA incident labelled by us, and on wire edits of invented texts.

The threshold was chosen on half of the labelled pairs; the other half is scored. MinHash beside them has the threshold
that scores best on the very pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from tellings.comparing.words import words
from tellings.evaluate import wire_edits
from tellings.evaluate.corpora import lines, titled
from tellings.evaluate.figures import labels
from tellings.evaluate.grouped import FILES, grouped
from tellings.evaluate.scores import Evaluation, Score, score
from tellings.grouping.copies import copied
from tellings.grouping.minhash import alike, signs
from tellings.reading.model import Model

WANTED = 0.95
_WIRES = 200


def measure(folder: Path, model: Model) -> Evaluation:  # noqa: ARG001 - no model is needed for copies
    """Score which account took text from the other."""
    path = labels("copies.jsonl")
    texts = {one.account.id: one.account.text for one in grouped(folder, "gva")}
    held = [one for one in lines(path) if {one["a"], one["b"]} <= texts.keys()]
    told = [wire_edits.Pair(texts[one["a"]], texts[one["b"]], one["copied"]) for one in held]
    half = [pair for one, pair in zip(held, told, strict=True) if crc32((one["a"] + one["b"]).encode()) % 2]
    wires = list(wire_edits.pairs(_WIRES))
    scores = {}
    for name, pairs in (("labelled pairs", half), ("labelled pairs, all", told), ("wire edits", wires)):
        scores[name] = found(pairs)
        scores[f"{name}, MinHash at its best"] = baseline(pairs)
    wanted = {"labelled pairs": WANTED, "wire edits": WANTED}
    return Evaluation("copied", titled("GVA, labelled pairs", folder / FILES["gva"], path), scores, wanted, {})


def found(pairs: Iterable[wire_edits.Pair]) -> Score:
    """How well copies are told."""
    return _scored([(copied(pair.source, pair.text), pair.copied) for pair in pairs])


def baseline(pairs: Sequence[wire_edits.Pair]) -> Score:
    """MinHash alone, at the threshold that scores best."""
    likeness = np.array([alike(signs(words(pair.source)), signs(words(pair.text))[None])[0] for pair in pairs])
    best = max(
        (
            _scored([(one >= least, p.copied) for one, p in zip(likeness, pairs, strict=True)])
            for least in set(likeness)
        ),
        key=lambda one: one.value,
    )
    return Score(best.value, best.count, best.precision, best.recall, pinned=False)


def _scored(told: Sequence[tuple[bool, bool]]) -> Score:
    right = sum(bool(one) and wanted for one, wanted in told)
    return score(right, sum(bool(one) for one, _ in told), sum(wanted for _, wanted in told))
