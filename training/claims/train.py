"""Train the claim scorer, in two steps; fixed seed; figures go to RESULTS.md.

`python -m training.claims.train first FILE`: boosted trees over the features of `tellings.comparing.features` - whether
two statements tell the same thing, and how they stand to each other if they do. Scores of five folds by story choose
the pairs meant (`examples.targets`), fit the calibration and set the threshold. Where a judge scored a pair
(`judged`), the trees learn half from the label and half from its probability.

Between the two the pair model is trained, where there is a graphics card: `training.claims.pack`, `cross`, `taught`.

`python -m training.claims.train second FILE FOLDER`: the pair model of FOLDER is exported, and second trees are trained
on what it and the first ones say of stories that neither has seen, and on what other pairs say. The dev stories are
looked at last.
"""

from __future__ import annotations

import argparse
import pickle
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
from tellings.comparing.pair_model import load as pair_models
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
from training.claims import judged
from training.claims.evaluate import report
from training.claims.examples import Example, Strangers, example, kept, reader, shortened, strangers, targets
from training.claims.halves import FOLDS, fold

ROOT = Path(__file__).resolve().parents[2]
SEED = 7
SIEVE = 40
"""How many trees are asked before the clear cases are let go."""
MATTERS = 0.05
"""The probability from which a pair can stand in a claim."""
LEAST_SHARE = 0.02
"""Of a pair's weight that an answer must have to be learnt at all."""
UNTOLD = 0.1
"""The label up to which a pair is one of the many unrelated ones, of which every second is read."""
KINDS_FROM = -4.0
"""The log odds from which the kinds of a pair are scored."""
STRANGE_TURNS = (1, 2)
"""Which strangers the second trees see: none that the first were trained on."""
STRANGE_WEIGHT = 2.0
SHORT_TURNS = (3, 4, 5, 6)
"""Which strangers the first trees see in short,"""
SHORT_AGAIN = (7, 8, 9, 10)
"""And which the second."""
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
    """Read the command line and take one of the steps."""
    parser = argparse.ArgumentParser(description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    one = steps.add_parser("first")
    one.add_argument("file", type=Path, help="what is written: the stories with their features, the trees")
    one.add_argument("--reader", default="tellings.reading:read", help="module:function from accounts to readings")
    one.add_argument("--readings", type=Path, default=ROOT / "out/readings", help="where readings are kept")
    one.add_argument("--rounds", type=int, default=2, help="how often the pairs meant are chosen anew")
    two = steps.add_parser("second")
    two.add_argument("file", type=Path, help="what the first step wrote")
    two.add_argument("taught", type=Path, help="the folder training.claims.taught wrote")
    two.add_argument("--out", type=Path, default=ROOT / "src/tellings/weights", help="where the weights go")
    two.add_argument("--results", type=Path, default=ROOT / "training/claims/RESULTS.md")
    two.add_argument("--note", default="", help="a line for RESULTS.md on what is new in this run")
    options = parser.parse_args()
    if options.step == "first":
        reading = kept(reader(options.reader), options.readings)
        examples = [example(story, reading) for story in load()]
        found = fit(with_short([one for one in examples if not one.story.dev]), options.rounds)
        options.file.parent.mkdir(parents=True, exist_ok=True)
        options.file.write_bytes(pickle.dumps((examples, found)))
        print("\n".join(found.lines))
    else:
        second(options)


def second(options: argparse.Namespace) -> None:
    """The pair model to ONNX, the second trees, the figures."""
    from training.claims import pair_model

    began = time.perf_counter()
    examples, first = pickle.loads(options.file.read_bytes())
    train = with_short([one for one in examples if not one.story.dev])
    pair_model.export(pair_model.restored_student(options.taught / "student.npz"), options.out / PAIRS)
    model, lines = with_second(first, read_pairs(first, train, options.taught / "logits.npz"), train)
    np.savez_compressed(options.out / WEIGHTS, **save(model))  # type: ignore[arg-type] # names are strings
    sizes = ", ".join(f"{name} {(options.out / name).stat().st_size / 1024:.0f} kB" for name in (WEIGHTS, PAIRS))
    lines.append(f"time: {time.perf_counter() - began:.0f} s, weights {sizes}")
    lines += report([one for one in examples if one.story.dev], model)
    print("\n".join(lines))
    with options.results.open("a", encoding="utf-8") as file:
        file.write(f"\n## {date.today().isoformat()} {options.note}\n\n```\n" + "\n".join(lines) + "\n```\n")


def with_short(examples: Sequence[Example]) -> list[Example]:
    """The stories, and after them the same with most of their accounts shortened."""
    return [*examples, *(short for one in examples if (short := shortened(one)) is not None)]


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
    whole = [one for one in train if one.whole is None]
    apart = [*strangers(whole), *(one for turn in SHORT_TURNS for one in strangers(whole, turn, short=True))]
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
    threshold, f1 = _best_f1(train, scores)
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


def read_pairs(first: First, train: Sequence[Example], path: Path) -> Read:
    """What the pair models of the halves say of the stories they have not seen, and of strangers (`logits.npz`)."""
    with np.load(path) as file:
        logits, story, number = file["logits"].astype(np.float32), file["pair_story"], file["pair_number"]
        names = {str(name): n for n, name in enumerate(file["story"])}

    def of(name: str, count: int) -> NDArray[np.float32]:
        inside = story == names[name]
        found = np.full((count, 1 + len(KINDS)), np.nan, dtype=np.float32)
        found[number[inside]] = logits[inside]
        return found

    whole = {one.story.name: of(one.story.name, len(one.kind)) for one in train if one.whole is None}
    read = np.concatenate(
        [
            whole[one.story.name]
            if one.whole is None
            else np.where(one.whole[:, None] >= 0, whole[one.story.name][one.whole], np.nan)
            for one in train
        ]
    )
    across = ~np.concatenate([one.within for one in train])
    asked = np.flatnonzero((_sigmoid(first.odds) >= WORTH) & across & ~np.isnan(read[:, 0]))
    apart = []
    for turn, one in strange(train):
        odds = whole_odds(first.model, one.names, one.values)
        worth = np.flatnonzero(_sigmoid(odds) >= WORTH)
        if len(worth):
            said = of(f"{one.story}+{turn}", len(odds))[:, 0]
            columns = [one.names.index(name) for name in first.model.names]
            apart.append(Apart(replace(one, values=one.values[:, columns]), worth, odds, _or(said, odds)))
    apart += _short_strangers(first.model, [one for one in train if one.whole is None])
    read[:, 0] = _or(read[:, 0], first.odds)
    return Read(np.nan_to_num(read), asked, tuple(apart))


def _short_strangers(model: Model, train: Sequence[Example]) -> Iterator[Apart]:
    """Strangers in short, read by the pair model that ships."""
    for turn in SHORT_AGAIN:
        for one in strangers(train, turn, short=True):
            odds = whole_odds(model, one.names, one.values)
            worth = np.flatnonzero(_sigmoid(odds) >= WORTH)
            if len(worth):
                said = odds.astype(np.float32)
                sides = one.pairs.a[worth], one.pairs.b[worth]
                said[worth] = pair_models().logits(one.table, *sides, said[worth])[:, 0]
                columns = [one.names.index(name) for name in model.names]
                yield Apart(replace(one, values=one.values[:, columns]), worth, odds, said)


def _or(said: NDArray[np.float32], odds: NDArray[np.float64]) -> NDArray[np.float32]:
    """What the pair model says, the first trees' log odds where it was not asked."""
    return np.where(np.isnan(said), odds, said).astype(np.float32)


def strange(train: Sequence[Example]) -> Iterator[tuple[int, Strangers]]:
    """Strangers other than those the first trees were trained on, with their turn."""
    for turn in STRANGE_TURNS:
        for one in strangers([one for one in train if one.whole is None], turn):
            yield turn, one


def whole_odds(model: Model, names: Sequence[str], values: NDArray[np.float32]) -> NDArray[np.float64]:
    """The calibrated log odds that the first trees of a model give pairs with these features."""
    chosen = values[:, [list(names).index(name) for name in model.names]]
    slope, intercept = model.calibration
    return slope * model.same.scores(chosen, model.sieve) + intercept


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
        values.append(second_values(one.table, (one.pairs.a, one.pairs.b), chosen, scored, one.values[chosen]))
        worth.append(chosen + start)
        start = part.stop
    apart = []
    for one in read.strangers:
        mixed = mixture(cascade, one.odds, one.read, one.worth)
        sides = one.pairs.pairs.a, one.pairs.pairs.b
        scored = (one.odds, one.read, mixed)
        apart.append(second_values(one.pairs.table, sides, one.worth, scored, one.pairs.values[one.worth]))
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
        threshold, f1 = _best_f1(train, np.split(flat, _ends(train)))
        lines.append(f"{name}, pair F1 out of fold, before clustering: {f1:.3f} at {threshold:.3f}")
    second = trees(data.fit(settings=AGAIN))[0]
    model = replace(first.model, cascade=cascade, second=second, second_calibration=calibration)
    return model, first.lines + lines


def _best_f1(train: Sequence[Example], scores: Sequence[NDArray[np.float32]]) -> tuple[float, float]:
    """The best threshold and its F1, over the whole stories."""
    pairs = zip(train, scores, strict=True)
    return best_f1([sentence_scores(one, score) for one, score in pairs if one.whole is None])


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
