"""Grouping scored on labelled collections: B-cubed of stories, and whether another order gives the same.

Accounts of BASIL and Giveme5W1H are read (their beginnings, as grouping reads them); of a fixed part of GVA and
AllSides, words and days alone are used: the least that grouping does there, at little cost. Where TELLINGS_SKETCHES
names a file of sketches of read accounts (`python -m training.grouping.leads`), GVA and AllSides are scored read as
well, told and not pinned. The scorer and its threshold were fitted on half of the stories of GVA and AllSides; all
accounts of a score are grouped together and those of the other half are counted.
"""

from __future__ import annotations

import os
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar
from zlib import crc32

import numpy as np

from tellings.evaluate.corpora import titled
from tellings.evaluate.grouped import FILES, Grouped, b_cubed, grouped
from tellings.evaluate.scores import Evaluation, Score
from tellings.grouping import Sketch, group, lead, sketch, unread
from tellings.grouping.linking import average_link
from tellings.grouping.storing import stored
from tellings.grouping.window import BLOCK, Window
from tellings.reading import read
from tellings.reading.model import Model

NAMES = {
    "gva": "GVA, a quarter, unread",
    "allsides": "AllSides, a quarter, unread",
    "basil": "BASIL",
    "giveme5w1h": "Giveme5W1H",
}
_T = TypeVar("_T")
BARS = {
    "GVA, read": 0.90, "AllSides, read": 0.87, "BASIL": 0.99, "Giveme5W1H": 0.93, "GVA in another order": 0.98,
}  # fmt: skip
PUBLISHED = {
    "GVA, read": ".880, TF-IDF with the best threshold within 7 days",
    "AllSides, read": ".824, the same on the joined set",
    "BASIL": ".991, the same within 7 days",
    "Giveme5W1H": ".916, the same",
}
TAUGHT = ("gva", "allsides")
KEPT = "TELLINGS_SKETCHES"
_DAYS = 7
_PART = 4  # of so many stories of GVA and AllSides one is grouped unread


def measure(folder: Path, model: Model) -> Evaluation:
    """Score the stories of four collections and of one of them in another order."""
    # A part of a collection is easier than the whole, so what is wanted of the whole stands at the read scores alone.
    scores: dict[str, Score] = {}
    for name, title in NAMES.items():
        told = grouped(folder, name)
        if name in TAUGHT:
            told = tuple(one for one in told if crc32(one.story[::-1].encode()) % _PART == 0)
        held = [unread(one.account) if name in TAUGHT else _read(one, model) for one in told]
        scores[title] = _scored(name, told, stories(held))
        if name not in TAUGHT:
            scores[f"{title}, TF-IDF at its best"] = baseline(held, {one.account.id: one.story for one in told})
        if name == "gva":
            scores["GVA in another order"] = b_cubed(stories(shuffled(held)), stories(held))
    if os.environ.get(KEPT):
        scores |= of_read(folder, Path(os.environ[KEPT]))
    corpus = titled("GVA, AllSides, BASIL, Giveme5W1H", *(folder / path for path in FILES.values()))
    return Evaluation("grouping", corpus, scores, _of(scores, BARS), _of(scores, PUBLISHED))


def _of(scores: Mapping[str, Score], told: Mapping[str, _T]) -> dict[str, _T]:
    """What is told of the scores that were measured; those of read accounts need kept sketches."""
    return {name: value for name, value in told.items() if name in scores}


def of_read(folder: Path, path: Path) -> dict[str, Score]:
    """The scores of GVA and AllSides as read, and of another order, by sketches that were kept.

    Of a collection that was not read to the end the part that was is scored; the count says how much of it.
    """
    read = {one.id: one for one in stored(path)}
    scores: dict[str, Score] = {}
    for name, title in (("gva", "GVA"), ("allsides", "AllSides")):
        told = [one for one in grouped(folder, name) if one.account.id in read]
        held = [read[one.account.id] for one in told]
        found = stories(held)
        scores[f"{title}, read"] = replace(_scored(name, told, found), pinned=False)
        scores[f"{title}, read, in another order"] = replace(b_cubed(stories(shuffled(held)), found), pinned=False)
    return scores


def _scored(name: str, told: Sequence[Grouped], found: Mapping[str, str]) -> Score:
    """B-cubed of all accounts, of GVA and AllSides of those of the half that nothing was fitted on."""
    counted = [one.account.id for one in told if name not in TAUGHT or not one.tuned]
    return b_cubed(found, {one.account.id: one.story for one in told}, counted)


def stories(held: Sequence[Sketch]) -> dict[str, str]:
    """The story of each account."""
    return {account: story.id for story in group(held, capacity=max(1, len(held))) for account in story.accounts}


def shuffled(held: Sequence[Sketch]) -> list[Sketch]:
    """The same accounts in another order, always the same one."""
    mixed = list(held)
    random.Random(8).shuffle(mixed)
    return mixed


def baseline(held: Sequence[Sketch], wanted: Mapping[str, str]) -> Score:
    """Average link by the cosine of TF-IDF within seven days, at the threshold that scores best: told, not pinned."""
    window = Window(max(1024, len(held)))
    for first in range(0, len(held), BLOCK):
        block = held[first : first + BLOCK]
        window.take(block, [one.day for one in block], 1)
    rarity = window.rarity(np.concatenate([one.terms for one in held]))
    cells, where = np.unique(np.concatenate([one.terms for one in held]), return_inverse=True)
    owners = np.repeat(np.arange(len(held)), [len(one.terms) for one in held])
    matrix = np.zeros((len(held), len(cells)), dtype=np.float32)
    matrix[owners, where] = np.concatenate([one.weights for one in held]) * rarity
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-6)
    days = np.array([np.nan if one.day is None else one.day for one in held])
    alike = np.where(np.abs(days[:, None] - days) > _DAYS, 0, matrix @ matrix.T)
    best = max((_linked(alike, least, held, wanted) for least in np.arange(0.04, 0.7, 0.02)), key=lambda one: one.value)
    return Score(best.value, best.count, best.precision, best.recall, pinned=False)


def _linked(
    alike: np.typing.NDArray[np.float32], least: float, held: Sequence[Sketch], wanted: Mapping[str, str]
) -> Score:
    clusters = average_link(alike, least)
    return b_cubed({held[n].id: str(rows[0]) for rows in clusters for n in rows}, wanted)


def _read(one: Grouped, model: Model) -> Sketch:
    return sketch(next(read([lead(one.account)], model=model)), account=one.account)
