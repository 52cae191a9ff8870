"""Train the claim scorer: `python -m training.claims.train`. One command, fixed seed; figures go to RESULTS.md.

Two models of boosted trees over the features of `tellings.comparing.features`: whether two statements tell the same
thing, and how they stand to each other if they do. Out-of-fold scores of five folds by story choose the pairs meant
(`examples.targets`), fit the calibration and set the threshold. Where a judge scored a pair (`judged`), the trees learn
half from the label and half from its probability.

Then the pair model (`pair_model`) on the pairs the trees do not settle: on each half of the stories for scores of the
other, and on all train stories, which ships. Then the second trees, on what both say and on what other pairs say. The
dev stories are looked at last.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from tellings.comparing.pair_model import WEIGHTS as PAIRS
from tellings.comparing.scorer import (
    KINDS,
    WEIGHTS,
    WORTH,
    Cascade,
    Model,
    Sieve,
    Trees,
    mixture,
    save,
    second_values,
)
from tellings.evaluate.claims import best_f1, sentence_scores
from tellings.evaluate.stories import load
from training.claims import judged, pair_model
from training.claims.evaluate import report
from training.claims.examples import Example, Strangers, example, kept, reader, strangers, targets
from training.claims.pair_model import Recipe

ROOT = Path(__file__).resolve().parents[2]
SEED = 7
FOLDS = 5
SIEVE = 40
"""How many trees are asked before the clear cases are let go."""
MATTERS = 0.05
"""The probability from which a pair can stand in a claim."""
LEAST_SHARE = 0.02
"""Of a pair's weight that an answer must have to be learnt at all."""
UNTOLD = 0.1
"""The label up to which a pair is one of the many unrelated ones, of which every second is read."""
DRAWN_FROM = 0.03
"""The trees' probability from which an unrelated pair is worth the pair model's time."""
KINDS_FROM = -4.0
"""The log odds from which the kinds of a pair are scored."""
STRANGE_TURNS = (1, 2)
"""Which strangers the second trees see: none that the first were trained on."""
STRANGE_WEIGHT = 2.0
WEIGHTS_TRIED = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25)
JUDGE = 0.5
"""The weight of a judge's probability beside the label."""
SAME = {
    "max_iter": 200,
    "learning_rate": 0.06,
    "max_leaf_nodes": 15,
    "max_depth": 6,
    "min_samples_leaf": 60,
    "l2_regularization": 5.0,
}
AGAIN = {
    "max_iter": 150,
    "learning_rate": 0.06,
    "max_leaf_nodes": 31,
    "min_samples_leaf": 100,
    "l2_regularization": 10.0,
}
HOW = {
    "max_iter": 60,
    "learning_rate": 0.06,
    "max_leaf_nodes": 7,
    "min_samples_leaf": 40,
    "l2_regularization": 10.0,
}


def main() -> None:
    """Read the stories, train, export, evaluate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", default="tellings.reading:read", help="module:function from accounts to readings")
    parser.add_argument("--out", type=Path, default=ROOT / "src/tellings/weights" / WEIGHTS)
    parser.add_argument("--results", type=Path, default=ROOT / "training/claims/RESULTS.md")
    parser.add_argument("--readings", type=Path, default=ROOT / "out/readings", help="where readings are kept")
    parser.add_argument("--rounds", type=int, default=2, help="how often the pairs meant are chosen anew")
    parser.add_argument("--pairs", type=int, default=Recipe().pairs, help="pairs the pair model reads in training")
    parser.add_argument("--note", default="", help="a line for RESULTS.md on what is new in this run")
    options = parser.parse_args()
    began = time.perf_counter()
    reading = kept(reader(options.reader), options.readings)
    examples = [example(story, reading) for story in load()]
    train = [one for one in examples if not one.story.dev]
    first = fit(train, options.rounds)
    read = read_pairs(first, train, options.out.parent / PAIRS, replace(Recipe(), pairs=options.pairs))
    model, lines = with_second(first, read, train)
    np.savez_compressed(options.out, **save(model))  # type: ignore[arg-type] # names are strings
    lines.append(f"time: {time.perf_counter() - began:.0f} s, weights {options.out.stat().st_size / 1024:.0f} kB")
    lines += report([one for one in examples if one.story.dev], model)
    print("\n".join(lines))
    with options.results.open("a", encoding="utf-8") as file:
        file.write(f"\n## {date.today().isoformat()} {options.note}\n\n```\n" + "\n".join(lines) + "\n```\n")


@dataclass(frozen=True, slots=True)
class Data:
    """All pairs to train on, one row a pair: features, label, whether to use it, fold, and weight."""

    values: NDArray[np.float32]
    label: NDArray[np.float64]
    used: NDArray[np.bool_]
    fold: NDArray[np.int64]
    weight: NDArray[np.float64]

    def fit(self, without: int | None = None, settings: Mapping[str, Any] = SAME) -> HistGradientBoostingClassifier:
        """The model of the pairs used, but for those of one fold; a label between 0 and 1 counts as both."""
        chosen = self.used & (self.fold != without)
        values, label, weight = self.values[chosen], self.label[chosen], self.weight[chosen]
        both = np.concatenate([values, values])
        share = np.concatenate([label * weight, (1 - label) * weight])
        yes = np.concatenate([np.ones(len(label)), np.zeros(len(label))])
        counts = share > LEAST_SHARE
        return _classifier(settings).fit(both[counts], yes[counts], sample_weight=share[counts])


def gather(train: Sequence[Example], label: NDArray[np.float64], used: NDArray[np.bool_]) -> Data:
    """The pairs of the stories, then those of strangers; of the unrelated ones every second, with double weight."""
    apart = list(strangers(train))
    values = np.concatenate([*(one.values for one in train), *(one.values for one in apart)])
    folds = [np.full(len(one.kind), fold(one.story.name)) for one in train]
    folds += [np.full(len(one.values), fold(one.story)) for one in apart]
    count = len(values) - len(label)
    label = np.concatenate([label, np.zeros(count)])
    told = label > UNTOLD
    used = np.concatenate([used, np.ones(count, dtype=np.bool_)]) & (told | (np.arange(len(label)) % 2 == 0))
    return Data(values, label, used, np.concatenate(folds), np.where(told, 1.0, 2.0))


@dataclass(frozen=True, slots=True)
class First:
    """The trees, and what they say of every candidate pair of the train stories by models that saw no such story.

    `odds` are calibrated log odds, `kinds` logits of KINDS; `label`, `used` and `soft` are what was learnt of a pair.
    """

    model: Model
    odds: NDArray[np.float64]
    kinds: NDArray[np.float64]
    label: NDArray[np.int64]
    used: NDArray[np.bool_]
    soft: NDArray[np.float64]
    lines: list[str]


def fit(train: Sequence[Example], rounds: int) -> First:
    """The trees of the train stories, and what to tell of them."""
    told = judged.load()
    judge = np.concatenate([_judged(one, told) for one in train])
    scores = np.split(np.where(np.isnan(judge), np.concatenate([_cosine(one) for one in train]), judge), _ends(train))
    for _ in range(rounds):
        label, used = _targets(train, scores)
        soft = _softened(label, used, judge)
        data = gather(train, soft, used | ~np.isnan(judge))
        held_out = _held_out(data)[: len(label)]
        calibration = calibrate(held_out[used], label[used])
        odds = calibration[0] * held_out + calibration[1]
        scores = np.split(_sigmoid(odds), _ends(train))
    same = data.fit()
    threshold, f1 = best_f1([sentence_scores(one, score) for one, score in zip(train, scores, strict=True)])
    sieve = _sieve(trees(same)[0], data.values[: len(label)], calibration)
    values = data.values[: len(label)]
    folds = data.fold[: len(label)]
    kinds = np.zeros((len(label), len(KINDS)))
    for number in range(FOLDS):
        inside = (folds == number) & (odds > KINDS_FROM)
        found = how(train, values, label * (folds != number))
        kinds[inside] = np.stack([one.scores(values[inside]) for one in found], axis=1)
    lines = [
        f"train: {len(train)} stories, {int(used.sum())} pairs of statements, {int(label.sum())} of one claim",
        f"trees, pair F1 out of fold, before clustering: {f1:.3f} at {threshold:.3f}",
    ]
    alone = Cascade(1.0, 0.0, 0.0, 1.0, 0.0)
    first = trees(same)[0]
    whole = Model(train[0].names, first, sieve, how(train, values, label), calibration, alone, first, (1.0, 0.0))
    return First(whole, odds, kinds, label, used | ~np.isnan(judge), soft, lines)


@dataclass(frozen=True, slots=True)
class Apart:
    """Pairs of strangers worth a second look: their numbers, and what trees and pair model say of all (log odds)."""

    pairs: Strangers
    worth: NDArray[np.int64]
    odds: NDArray[np.float64]
    read: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Read:
    """What the pair model says of the pairs that are put to it, by one that saw only the other half of the stories.

    `logits` (pairs x 1 + KINDS) of all candidate pairs of the train stories; `asked` numbers those that have some.
    """

    logits: NDArray[np.float32]
    asked: NDArray[np.int64]
    strangers: tuple[Apart, ...] = ()


def read_pairs(first: First, train: Sequence[Example], out: Path, recipe: Recipe) -> Read:
    """Train the pair model on each half of the stories, score the other, then train on all and write it to `out`."""
    pairs = pair_model.pairs_of(train, first.model.names)
    halves = np.concatenate([np.full(len(one.kind), half(one.story.name)) for one in train])
    kind = np.where(first.label > 0, np.concatenate([one.kind for one in train]), -1)
    share = _sigmoid(first.odds)
    worth = first.used & ((share > DRAWN_FROM) | (first.label > 0) | (first.soft > MATTERS))
    asked = np.flatnonzero((share >= WORTH) & ~np.concatenate([one.within for one in train]))
    found = np.zeros((len(share), 1 + len(KINDS)), dtype=np.float32)
    for without in (0, 1, None):
        draw = np.where(worth & (halves != without), np.sqrt(share + 0.01), 0.0).astype(np.float32)
        targets = pair_model.Targets(first.soft.astype(np.float32), kind, draw)
        count = recipe.pairs if without is None else recipe.pairs // 2
        model = pair_model.train(pairs, targets, replace(recipe, pairs=count))
        if without is not None:
            part = asked[halves[asked] == without]
            found[part] = pair_model.logits(model, pairs, part)
    pair_model.export(model, out)
    return Read(found, asked, tuple(read_strangers(first.model, train, model)))


def read_strangers(first: Model, train: Sequence[Example], model: pair_model.TwoStatements) -> Iterator[Apart]:
    """What trees and pair model say of strangers other than those the trees were trained on."""
    for turn in STRANGE_TURNS:
        for one in strangers(train, turn):
            columns = [one.names.index(name) for name in first.names]
            values = one.values[:, columns]
            odds = first.calibration[0] * first.same.scores(values, first.sieve) + first.calibration[1]
            worth = np.flatnonzero(_sigmoid(odds) >= WORTH)
            read = odds.astype(np.float32)
            if len(worth):
                read[worth] = pair_model.logits(model, pair_model.pairs_of([one], first.names), worth)[:, 0]
                yield Apart(replace(one, values=values), worth, odds, read)


def with_second(first: First, read: Read, train: Sequence[Example]) -> tuple[Model, list[str]]:
    """Weigh trees and pair model together and train the second trees on what they and the other pairs say."""
    kind = np.where(first.label > 0, np.concatenate([one.kind for one in train]), -1)
    cascade, lines = _cascade(first, read, kind)
    values, worth, start = [], [], 0
    for one in train:
        part = slice(start, start + len(one.kind))
        chosen = np.flatnonzero((_sigmoid(first.odds[part]) >= WORTH) & ~one.within)
        odds, logits = first.odds[part], read.logits[part, 0]
        scored = (odds, logits, mixture(cascade, odds, logits, chosen))
        values.append(second_values(one.table, (one.pairs.a, one.pairs.b), chosen, scored, one.values))
        worth.append(chosen + start)
        start = part.stop
    apart = []
    for one in read.strangers:
        mixed = mixture(cascade, one.odds, one.read, one.worth)
        sides = one.pairs.pairs.a, one.pairs.pairs.b
        scored = (one.odds, one.read, mixed)
        apart.append(second_values(one.pairs.table, sides, one.worth, scored, one.pairs.values))
    rows = np.concatenate(worth)
    folds = np.concatenate(
        [np.full(len(chosen), fold(one.story.name)) for one, chosen in zip(train, worth, strict=True)]
    )
    mixed = np.concatenate([part[:, 2] for part in values])
    label, used = _meant(train, rows, mixed)
    count = sum(map(len, apart))
    strange = [np.full(len(found), fold(one.pairs.story)) for one, found in zip(read.strangers, apart, strict=True)]
    data = Data(
        np.concatenate([*values, *apart]),
        np.concatenate([label.astype(np.float64), np.zeros(count)]),
        np.concatenate([used, np.ones(count, dtype=np.bool_)]),
        np.concatenate([folds, *strange]),
        np.concatenate([np.ones(len(rows)), np.full(count, STRANGE_WEIGHT)]),
    )
    held_out = _held_out(data, AGAIN)
    lines.append(
        f"strangers: {count} pairs worth a second look, {_sigmoid(held_out[len(rows) :]).mean():.3f} on average"
    )
    held_out = held_out[: len(rows)]
    calibration = calibrate(held_out[used], label[used])
    for name, found in (("mixture", mixed), ("second trees", _sigmoid(calibration[0] * held_out + calibration[1]))):
        flat = np.zeros(len(first.odds), dtype=np.float32)
        flat[rows] = found
        parts = zip(train, np.split(flat, _ends(train)), strict=True)
        threshold, f1 = best_f1([sentence_scores(one, score) for one, score in parts])
        lines.append(f"{name}, pair F1 out of fold, before clustering: {f1:.3f} at {threshold:.3f}")
    second = trees(data.fit(settings=AGAIN))[0]
    model = replace(first.model, cascade=cascade, second=second, second_calibration=calibration)
    return model, first.lines + lines


def _meant(
    train: Sequence[Example], rows: NDArray[np.int64], mixed: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Labels of some pairs, and which to train on, the pairs meant chosen by the mixture."""
    flat = np.zeros(sum(len(one.kind) for one in train), dtype=np.float32)
    flat[rows] = mixed
    label, used = _targets(train, np.split(flat, _ends(train)))
    return label[rows], used[rows]


def _cascade(first: First, read: Read, kind: NDArray[np.int64]) -> tuple[Cascade, list[str]]:
    """The weights of trees and pair model, fitted on pairs that neither has seen."""
    known = read.asked[first.used[read.asked]]
    seen = np.stack([first.odds[known], read.logits[known, 0]], axis=1)
    fitted = LogisticRegression(C=1e3).fit(seen, first.label[known])
    weights = [float(one) for one in (*fitted.coef_[0], fitted.intercept_[0])]
    told = read.asked[kind[read.asked] >= 0]
    tried = [
        (_entropy(a * first.kinds[told] + b * read.logits[told, 1:], kind[told]), a, b)
        for a in WEIGHTS_TRIED
        for b in WEIGHTS_TRIED
    ]
    loss, *kinds = min(tried)
    cascade = Cascade(*weights, *kinds)
    return cascade, [f"cascade: {cascade}, fitted on {len(known)} pairs; kinds on {len(told)}, {loss:.3f} nats"]


def _entropy(logits: NDArray[np.float64], kind: NDArray[np.int64]) -> float:
    top = logits.max(axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(logits - top).sum(axis=1)) + top[:, 0] - logits[np.arange(len(kind)), kind]))


def _sigmoid(values: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(1 / (1 + np.exp(-values)), dtype=np.float32)


def _ends(train: Sequence[Example]) -> NDArray[np.int64]:
    """Where the pairs of each story but the last end among those of all."""
    return np.cumsum([len(one.kind) for one in train])[:-1]


def _judged(one: Example, told: Mapping[str, judged.Judged]) -> NDArray[np.float32]:
    """A judge's probability of each candidate pair, NaN where there is none."""
    found = told.get(one.story.name.replace("/", "_"))
    return np.full(len(one.kind), np.nan, dtype=np.float32) if found is None else judged.matched(one, found)[0]


def _softened(label: NDArray[np.int64], used: NDArray[np.bool_], judge: NDArray[np.float32]) -> NDArray[np.float64]:
    """Labels half as they are and half as a judge sees them; the judge's alone where the gold leaves a pair open."""
    weight = np.where(np.isnan(judge), 0.0, np.where(used, JUDGE, 1.0))
    softened: NDArray[np.float64] = (1 - weight) * label + weight * np.nan_to_num(judge)
    return softened


def _sieve(whole: Trees, values: NDArray[np.float32], calibration: tuple[float, float]) -> Sieve:
    """Where the first trees settle a pair: one in a thousand of those that matter in the end is lost."""
    fields = {name: getattr(whole, name) for name in ("feature", "threshold", "left", "right", "value")}
    start = Trees(**{name: array[:SIEVE] for name, array in fields.items()}, depth=whole.depth, base=whole.base)
    matter = calibration[0] * whole.scores(values) + calibration[1] >= np.log(MATTERS / (1 - MATTERS))
    return Sieve(SIEVE, round(float(np.quantile(start.scores(values[matter]), 0.001)), 4))


def how(train: Sequence[Example], values: NDArray[np.float32], label: NDArray[np.int64]) -> tuple[Trees, ...]:
    """The trees of the kinds of relation; kinds never seen in training get a constant low score."""
    kind = np.concatenate([one.kind for one in train])
    chosen = (label > 0) & (kind >= 0)
    classifier = _classifier(HOW).fit(values[chosen], kind[chosen])
    found = dict(zip(classifier.classes_, trees(classifier), strict=True))
    size = np.zeros((1, 1))
    never = Trees(
        size.astype(np.int16), size.astype(np.float32), size.astype(np.int16), size.astype(np.int16),
        size.astype(np.float32), 1, -9.0,
    )  # fmt: skip
    return tuple(found.get(n, never) for n in range(len(KINDS)))


def fold(name: str) -> int:
    """The fold of a story, by a hash of its name."""
    return hashlib.sha256(f"fold {name}".encode()).digest()[0] % FOLDS


def half(name: str) -> int:
    """The half of the stories a story belongs to, by a hash of its name."""
    return hashlib.sha256(f"half {name}".encode()).digest()[0] % 2


def calibrate(scores: NDArray[np.float64], label: NDArray[np.int64]) -> tuple[float, float]:
    """Slope and intercept that make raw scores log odds (Platt 1999)."""
    fitted = LogisticRegression(C=1e6).fit(scores[:, None], label)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def _classifier(settings: Mapping[str, Any]) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(random_state=SEED, early_stopping=False, **settings)


def _cosine(one: Example) -> NDArray[np.float32]:
    return one.values[:, one.names.index("cosine")] / 2  # below one half: only the best pair is taken at first


def _targets(
    train: Sequence[Example], scores: Sequence[NDArray[np.float32]]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    found = [targets(one, score) for one, score in zip(train, scores, strict=True)]
    return np.concatenate([label for label, _ in found]), np.concatenate([used for _, used in found])


def _held_out(data: Data, settings: Mapping[str, Any] = SAME) -> NDArray[np.float64]:
    """Raw scores of every pair by a model that saw no pair of its fold."""
    raw = np.zeros(len(data.values))
    for number in range(FOLDS):
        inside = data.fold == number
        raw[inside] = data.fit(number, settings).decision_function(data.values[inside])
    return raw


def trees(model: HistGradientBoostingClassifier) -> list[Trees]:
    """The trees of each class of a fitted classifier (one for two classes) as plain arrays."""
    rounds = model._predictors
    bases = np.ravel(model._baseline_prediction)
    return [_arrays([one[n].nodes for one in rounds], float(bases[n])) for n in range(len(rounds[0]))]


def _arrays(nodes: list[NDArray[Any]], base: float) -> Trees:
    """Pad the trees' nodes to one width; a leaf leads to itself."""
    width = max(len(one) for one in nodes)
    shape = (len(nodes), width)
    feature, left, right = (np.zeros(shape, dtype=np.int16) for _ in range(3))
    threshold, value = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.float32)
    for n, one in enumerate(nodes):
        size, leaf, own = len(one), one["is_leaf"].astype(bool), np.arange(len(one))
        feature[n, :size] = np.where(leaf, 0, one["feature_idx"])
        threshold[n, :size] = np.where(leaf, 0, one["num_threshold"])
        left[n, :size] = np.where(leaf, own, one["left"])
        right[n, :size] = np.where(leaf, own, one["right"])
        value[n, :size] = np.where(leaf, one["value"], 0)
    depth = int(max(one["depth"].max() for one in nodes))
    return Trees(feature, threshold, left, right, value, depth, base)


if __name__ == "__main__":
    main()
