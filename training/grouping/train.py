"""Fit the scorer of two accounts on half of the labelled stories, and report on the other half.

    python -m training.grouping.train LEADS.bin BACKGROUND.npz OUT.npz

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
from tellings.grouping import Sketch, group, sketch, unread
from tellings.grouping.features import FEATURES, features
from tellings.grouping.scoring import Scorer
from tellings.grouping.window import Window
from tellings.records import Reading
from training.grouping.leads import kept

TAUGHT = ("gva", "allsides")
READ = ("vectors", "names", "rarest name", "places", "days told", "figures")
"""Features of accounts that were read."""
_HIDDEN, _SEEDS, _ALPHA, _PASSES = 16, 3, 0.05, 25


def sketches(told: Sequence[Grouped], readings: Mapping[str, Reading], *, bare: bool = False) -> list[Sketch]:
    """The sketches of accounts, of those alone that were read unless `bare`."""
    if bare:
        return [unread(one.account) for one in told]
    return [sketch(readings[one.account.id], account=one.account) for one in told if one.account.id in readings]


def pairs(held: Sequence[Sketch], story: Mapping[str, str]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Features of the pairs that the index proposes, and of all others of one story; and which are of one story."""
    window = Window(max(1024, len(held)))
    values, same = [np.zeros((0, 12), np.float32)], [np.zeros(0, bool)]
    rows: dict[str, list[int]] = {}
    for one in held:
        found = window.found(one, 32)
        row = window.add(one, one.day)
        mates = rows.setdefault(story[one.id], [])
        found = np.union1d(found, np.array(mates, dtype=np.int64))
        values.append(features(window, row, found))
        same.append(np.isin(found, mates))
        mates.append(row)
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
    for name in ("leads", "background", "out"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    warnings.filterwarnings("ignore", message="Stochastic Optimizer")
    readings = {reading.account.id: reading for reading in kept(given.leads)}
    collections = {name: grouped(corpora_folder(), name) for name in SETS}
    values, same = [], []
    for name in TAUGHT:
        for bare in (False, True):
            told = [one for one in collections[name] if one.tuned and one.account.id in readings]
            found = pairs(sketches(told, readings, bare=bare), {one.account.id: one.story for one in told})
            values.append(found[0])
            same.append(found[1])
    made = halved(fitted(np.concatenate(values), np.concatenate(same)))
    background = dict(np.load(given.background))
    learnt = {"hidden": made.hidden, "hidden_bias": made.hidden_bias, "out": made.out, "out_bias": made.out_bias}
    np.savez_compressed(given.out, **{**background, **learnt})
    for name, told in collections.items():
        held = sketches(told, readings)
        report(name, told, held, made)
        report(f"{name}, unread", told, [replace(unread(one.account), id=one.account.id) for one in told], made)


def report(name: str, told: Sequence[Grouped], held: Sequence[Sketch], made: Scorer) -> None:
    """Print B-cubed of both halves of a collection by some thresholds."""
    ids = {one.id for one in held}
    wanted = {one.account.id: one.story for one in told if one.account.id in ids}
    half = {
        tuned: [one.account.id for one in told if one.tuned == tuned and one.account.id in ids]
        for tuned in (True, False)
    }
    for join in (0.3, 0.4, 0.5):
        found = {account: story.id for story in group(held, model=made, join=join) for account in story.accounts}
        scores = {tuned: b_cubed(found, wanted, half[tuned]) for tuned in half}
        print(
            name,
            join,
            *(
                f"{'tuned' if t else 'kept'} {s.value} P {s.precision} R {s.recall} ({s.count})"
                for t, s in scores.items()
            ),
        )


if __name__ == "__main__":
    main()
