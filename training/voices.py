"""Fit the trees that tell whether two appearances of a claim have one origin: `python -m training.voices`.

Every two appearances of the labelled claims (`training/gold/voices`) are an example. Measured across folds of whole
stories by what is measured of the shipped ones: claims whose number of origins is right. The shipped trees learn from
all stories, so `tellings evaluate voices` tells less of them than the folds do.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

import tellings.weights
from tellings.comparing.origins import origins, rest
from tellings.comparing.same_origin import NAMES, WEIGHTS, features
from tellings.comparing.scorer import Trees, arrays_of
from tellings.evaluate import stories
from tellings.evaluate.claims import Laid, laid
from tellings.evaluate.corpora import corpora_folder
from tellings.evaluate.voices import Labelled, asked, labels_of
from training.claims.examples import kept, reader
from training.claims.train import trees

SEED, FOLDS = 20261127, 8
SETTINGS = {
    "max_iter": 150, "learning_rate": 0.05, "max_leaf_nodes": 8, "min_samples_leaf": 15, "l2_regularization": 1.0,
    "max_features": 0.4,
}  # fmt: skip
"""Chosen across the folds among five sizes of trees, which differ by a point at most."""


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled story: the features of every two appearances of its claims whose labels are known, and the labels.

    `weight` makes a claim of many appearances count for less than its many pairs.
    """

    one: Laid
    labels: Labelled
    values: NDArray[np.float32]
    same: NDArray[np.bool_]
    weight: NDArray[np.float64]


def main() -> None:
    """Read the stories, tell the folds' figures, fit on all and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, help="the corpora folder")
    parser.add_argument("--reader", default="tellings.reading:read", help="module:function from accounts to readings")
    parser.add_argument("--readings", type=Path, default=Path("out/readings"), help="where readings are kept")
    parser.add_argument("--dry", action="store_true", help="only tell the folds' figures")
    options = parser.parse_args()
    read, labels = kept(reader(options.reader), options.readings), dict(labels_of())
    found = [
        example(laid(story, read([telling.account for telling in story.tellings])), labels[story.name])
        for story in stories.load(corpora_folder(options.corpora))
        if story.name in labels
    ]
    print(f"{len(found)} stories, {sum(len(one.same) for one in found)} pairs")
    right, claims = across(found)
    print(f"origins right across folds: {right / claims:.4f} of {claims}")
    if not options.dry:
        path = Path(tellings.weights.__file__).parent / WEIGHTS
        np.savez_compressed(path, names=np.array(NAMES), **arrays_of(fitted(found), "origins"))  # type: ignore[arg-type] # arrays by name
        print(path.name, path.stat().st_size, "bytes")


def example(one: Laid, labels: Labelled) -> Example:
    """The pairs of a story."""
    values, same, weight = [np.zeros((0, len(NAMES)), dtype=np.float32)], [], []
    for label, rows in asked(one, labels):
        homes = [
            {n for n, group in enumerate(label.origins) if any(place in group for place in one.sentences[row])}
            for row in rows
        ]
        pairs, found = features(one.table, [rest(one.table, row) for row in rows])
        known = [n for n, (a, b) in enumerate(pairs) if homes[a] and homes[b]]
        values.append(found[known])
        same += [bool(homes[a] & homes[b]) for a, b in (pairs[n] for n in known)]
        weight += [len(known) ** -0.5] * len(known)
    return Example(one, labels, np.concatenate(values), np.array(same), np.array(weight))


def across(found: Sequence[Example]) -> tuple[int, int]:
    """Claims whose number of origins is right by trees of the other folds' stories, and all claims."""
    order = np.random.default_rng(SEED).permutation(len(found)) % FOLDS
    told = [
        right
        for fold, made in _unseen(found, order)
        for n in np.flatnonzero(order == fold)
        for right in _right(found[n], made)
    ]
    return sum(told), len(told)


def _right(one: Example, made: Trees) -> list[bool]:
    """Of each claim of a story, whether its number of origins is right."""
    told = list(asked(one.one, one.labels))
    come = origins(one.one.table, [rows for _, rows in told], made)
    return [label.least <= len(found) <= label.most for (label, _), found in zip(told, come, strict=True)]


def _unseen(found: Sequence[Example], order: NDArray[np.int64]) -> Iterator[tuple[int, Trees]]:
    for fold in range(FOLDS):
        yield fold, fitted([one for one, home in zip(found, order, strict=True) if home != fold])


def fitted(found: Sequence[Example]) -> Trees:
    """The trees by some stories."""
    made = HistGradientBoostingClassifier(random_state=SEED, early_stopping=False, **SETTINGS)
    values, same = np.concatenate([one.values for one in found]), np.concatenate([one.same for one in found])
    weight = np.concatenate([one.weight for one in found])
    return trees(made.fit(values, same.astype(np.int64), sample_weight=weight))[0]


if __name__ == "__main__":
    main()
