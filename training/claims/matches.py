"""How well scores of candidate pairs find the gold's pairs of sentences, and name their relation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tellings.evaluate.claims import GROUPS
from tellings.evaluate.gold_claims import GROUP
from tellings.evaluate.scores import score as measured
from tellings.evaluate.stories import PARTS
from training.claims.packed import Cells, Floats, Ints, Packed


def figures(
    data: Packed, chosen: NDArray[np.bool_], same: Floats, kinds: Floats, threshold: float | None = None
) -> dict[str, object]:
    """Average precision, best F1, and the relations of the pairs found at it, over chosen stories.

    A pair of sentences has the score of the best pair of statements that stands for it. Both figures count the gold's
    pairs that no candidate stands for as missed. With `threshold`, F1 at that score as well.
    """
    cells, pair = _best(data.cells, chosen, same)
    score, kind = same[pair], data.cells.kind[cells]
    total = int(data.cells.gold[chosen].sum())
    order = np.argsort(-score, kind="stable")
    right = kind[order] >= 0
    correct = np.cumsum(right)
    asked = np.arange(1, len(order) + 1)
    f1 = 2 * correct / (asked + total)
    best = int(np.argmax(f1))
    least = float(score[order][best])
    found: dict[str, object] = {
        "stories": int(chosen.sum()),
        "gold pairs": total,
        "average precision": round(float((correct / asked)[right].sum() / max(1, total)), 4),
        "best f1": round(float(f1[best]), 4),
        "threshold": round(least, 4),
        "by part": _parts(data, chosen, cells, score >= least),
        "relations of pairs found": relations(data.kinds, kind, kinds[pair], (score >= least) & (kind >= 0)),
        "relations of all candidates": relations(data.kinds, kind, kinds[pair], kind >= 0),
    }
    if threshold is not None:
        said = score >= threshold
        found["f1 at the threshold out of fold"] = measured(int((kind[said] >= 0).sum()), int(said.sum()), total).value
    return found


def _best(cells: Cells, chosen: NDArray[np.bool_], same: Floats) -> tuple[Ints, Ints]:
    """The cells of the chosen stories, each with its best scored pair."""
    inside = chosen[cells.story[cells.cell]]
    pair, cell = cells.pair[inside], cells.cell[inside]
    order = np.lexsort((-same[pair], cell))
    numbers, first = np.unique(cell[order], return_index=True)
    return numbers, pair[order][first]


def _parts(data: Packed, chosen: NDArray[np.bool_], cells: Ints, said: NDArray[np.bool_]) -> dict[str, float]:
    """F1 of each part of the gold."""
    found = {}
    for part in PARTS:
        stories = chosen & np.array([name.startswith(part) for name in data.story])
        inside = stories[data.cells.story[cells]] & said
        correct = int((data.cells.kind[cells[inside]] >= 0).sum())
        found[part] = measured(correct, int(inside.sum()), int(data.cells.gold[stories].sum())).value
    return found


def relations(names: Sequence[str], gold: Ints, scores: Floats, where: NDArray[np.bool_]) -> dict[str, object]:
    """Accuracy over the kinds and macro F1 of same / differ / conflict of the pairs `where` says."""
    told = scores[where].argmax(axis=1)
    table = Counter(zip(gold[where].tolist(), told.tolist(), strict=True))
    grouped: Counter[tuple[str, str]] = Counter()
    for (right, kind), times in table.items():
        grouped[GROUP[names[right]], GROUP[names[kind]]] += times
    f1 = {}
    for name in GROUPS:
        predicted = sum(times for (_, kind), times in grouped.items() if kind == name)
        labelled = sum(times for (right, _), times in grouped.items() if right == name)
        f1[name] = measured(grouped[name, name], predicted, labelled).value
    return {
        "count": int(where.sum()),
        "accuracy": round(sum(n for (one, other), n in table.items() if one == other) / max(1, int(where.sum())), 4),
        "macro f1": round(float(np.mean(list(f1.values()))), 4),
        **f1,
    }
