"""Grouping scored on labelled collections: B-cubed of stories, and whether another order gives the same.

Accounts of BASIL and Giveme5W1H are read (their beginnings, as grouping reads them); of GVA and AllSides, which would
take most of an hour, words and days alone are used: the least that grouping does there. `training.grouping.train`
prints the same of them read. The scorer and its threshold were fitted on half of the stories of GVA and AllSides; all
accounts are grouped together and those of the other half are scored.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from tellings.evaluate.corpora import titled
from tellings.evaluate.grouped import FILES, Grouped, b_cubed, grouped
from tellings.evaluate.scores import Evaluation, Score
from tellings.grouping import Sketch, group, lead, sketch, unread
from tellings.grouping.linking import average_link
from tellings.grouping.window import Window
from tellings.reading import read
from tellings.reading.model import Model

NAMES = {"gva": "GVA, unread", "allsides": "AllSides, unread", "basil": "BASIL", "giveme5w1h": "Giveme5W1H"}
WANTED = {"gva": 0.90, "allsides": 0.87, "basil": 0.99, "giveme5w1h": 0.93}
ORDERS = 0.98
TAUGHT = ("gva", "allsides")
_DAYS = 7


def measure(folder: Path, model: Model) -> Evaluation:
    """Score the stories of four collections and of one of them in another order."""
    scores: dict[str, Score] = {}
    for name, title in NAMES.items():
        told = grouped(folder, name)
        held = [unread(one.account) if name in TAUGHT else _read(one, model) for one in told]
        counted = [one.account.id for one in told if name not in TAUGHT or not one.tuned]
        wanted = {one.account.id: one.story for one in told}
        found = stories(held)
        scores[title] = b_cubed(found, wanted, counted)
        if name not in TAUGHT:
            scores[f"{title}, TF-IDF at its best"] = baseline(held, wanted)
        if name == "gva":
            scores["GVA in another order"] = b_cubed(stories(shuffled(held)), found)
    return Evaluation(
        "grouping",
        titled("GVA, AllSides, BASIL, Giveme5W1H", *(folder / path for path in FILES.values())),
        scores,
        {**{NAMES[name]: value for name, value in WANTED.items()}, "GVA in another order": ORDERS},
        {
            "GVA, unread": ".880, TF-IDF with the best threshold within 7 days",
            "AllSides, unread": ".824, the same on the joined set",
            "BASIL": ".991, the same within 7 days",
            "Giveme5W1H": ".916, the same",
        },
    )


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
    for one in held:
        window.add(one, one.day)
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
