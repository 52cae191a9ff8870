"""Fit the scorer of two accounts on half of the labelled stories, and report on the other half.

    python -m training.grouping.train READ.sketches BACKGROUND.npz OUT.npz

Sketches are those that `training.grouping.leads` keeps, the background that of `training.grouping.counts` (or the file
that ships, of which only the counts are taken).

Pairs are those that the index of rare terms proposes, in the order of days; each is learnt from twice, once with what
the reading gives and once without, so that accounts can be grouped unread.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier

from tellings.evaluate.corpora import corpora_folder
from tellings.evaluate.grouped import SETS, Grouped, b_cubed, grouped
from tellings.grouping import Sketch, group
from tellings.grouping.features import FEATURES, features
from tellings.grouping.scoring import Scorer
from tellings.grouping.storing import stored
from tellings.grouping.window import Window

TAUGHT = ("gva", "allsides")
READ = ("vectors", "names", "rarest name", "places", "days told", "figures")
"""Features of accounts that were read."""
_ASKED = 32  # candidates learnt from: twice those that are compared
_JOINS = (0.35, 0.4, 0.45)
_COUNTED = ("accounts", "cells", "counts")
_HIDDEN, _SEEDS, _ALPHA, _PASSES = 16, 3, 0.05, 25


def bare(one: Sketch) -> Sketch:
    """The sketch as of an account that was not read."""
    return replace(
        one, vector=np.zeros_like(one.vector), names=one.names[:0], days=one.days[:0], figures=one.figures[:0]
    )


def pairs(held: Sequence[Sketch], story: Mapping[str, str]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Features of the pairs that the index proposes, and of all others of one story; and which are of one story."""
    window = Window(len(held))
    values, same = [np.zeros((0, len(FEATURES)), np.float32)], [np.zeros(0, bool)]
    mates: dict[str, list[int]] = {}
    for one in held:
        rows, (found,) = window.take([one], [one.day], _ASKED)
        others = np.union1d(found, np.array(mates.setdefault(story[one.id], []), dtype=np.int64))
        values.append(features(window, np.repeat(rows, len(others)), others))
        same.append(np.isin(others, mates[story[one.id]]))
        mates[story[one.id]].append(int(rows[0]))
    return np.concatenate(values), np.concatenate(same)


def fitted(values: NDArray[np.float32], same: NDArray[np.bool_]) -> Scorer:
    """The mean of some networks, folded with the scaling of features into one."""
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    made = [
        MLPClassifier((_HIDDEN,), alpha=_ALPHA, max_iter=_PASSES, random_state=seed).fit((values - mean) / spread, same)
        for seed in range(_SEEDS)
    ]
    hidden = np.concatenate([one.coefs_[0] / spread[:, None] for one in made], axis=1)
    bias = np.concatenate([one.intercepts_[0] - (mean / spread) @ one.coefs_[0] for one in made])
    out = np.concatenate([one.coefs_[1][:, 0] for one in made]) / len(made)
    return Scorer(
        hidden.astype(np.float32),
        bias.astype(np.float32),
        out.astype(np.float32),
        float(np.mean([one.intercepts_[1][0] for one in made])),
    )


def halved(one: Scorer) -> Scorer:
    """The mean of what the network says with all it sees and of what it says of the accounts as if unread."""
    seen = np.array([name not in READ for name in FEATURES], dtype=np.float32)[:, None]
    return Scorer(
        np.concatenate([one.hidden, one.hidden * seen], axis=1),
        np.concatenate([one.hidden_bias, one.hidden_bias]),
        np.concatenate([one.out, one.out]) / 2,
        one.out_bias,
    )


def main() -> None:
    """Fit, write, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("sketches", "background", "out"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    warnings.filterwarnings("ignore", message="Stochastic Optimizer")
    read = {one.id: one for one in stored(given.sketches)}
    collections = {name: grouped(corpora_folder(), name) for name in SETS}
    values, same = [], []
    for name in TAUGHT:
        told = [one for one in collections[name] if one.tuned and one.account.id in read]
        held = [read[one.account.id] for one in told]
        for seen in (held, [bare(one) for one in held]):
            found = pairs(seen, {one.account.id: one.story for one in told})
            values.append(found[0])
            same.append(found[1])
    made = halved(fitted(np.concatenate(values), np.concatenate(same)))
    background = {name: held for name, held in np.load(given.background).items() if name in _COUNTED}
    learnt = {"hidden": made.hidden, "hidden_bias": made.hidden_bias, "out": made.out, "out_bias": made.out_bias}
    np.savez_compressed(given.out, **background, **learnt)
    for name, told in collections.items():
        held = [read[one.account.id] for one in told if one.account.id in read]
        report(name, told, held, made)
        if name in TAUGHT:
            report(f"{name}, unread", told, [bare(one) for one in held], made)


def report(name: str, told: Sequence[Grouped], held: Sequence[Sketch], made: Scorer) -> None:
    """Print B-cubed of both halves of a collection by some thresholds."""
    ids = {one.id for one in held}
    wanted = {one.account.id: one.story for one in told if one.account.id in ids}
    half = {
        tuned: [one.account.id for one in told if one.tuned == tuned and one.account.id in ids]
        for tuned in (True, False)
    }
    for join in _JOINS:
        found = {account: story.id for story in group(held, model=made, join=join) for account in story.accounts}
        scores = {tuned: b_cubed(found, wanted, half[tuned]) for tuned in half}
        print(
            name,
            join,
            *(
                f"{'tuned' if t else 'kept'} {s.value} P {s.precision} R {s.recall} ({s.count})"
                for t, s in scores.items()
            ),
            flush=True,
        )


if __name__ == "__main__":
    main()
