"""What one claim does to another, on ClaimDiff's train part: claim b strengthens claim a, weakens it or does neither.

Each claim is read as an account of its own, and what the comparison sees of the two (pair features, the scorer's and
the pair model's numbers) goes to a small linear classifier (`ridge`). It is cross-validated in folds by topic, so a
topic is answered by what other topics taught; the penalty is chosen within them in the same way. The majority class is
told beside. ClaimDiff helped to teach the judge that labelled pairs for the scorer (docs/model-card.md), so the
scorer's numbers have seen a little of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import numpy as np

from tellings.comparing.candidates import Candidates, candidates
from tellings.comparing.features import features
from tellings.comparing.pair_model import load as pair_model
from tellings.comparing.scorer import KINDS, score_pairs
from tellings.comparing.scorer import load as scorer
from tellings.comparing.table import Table, build
from tellings.comparing.words import DENIALS, HEDGES, NEGATIONS, STOP, words
from tellings.evaluate.corpora import ClaimPair, Stance, claimdiff, titled
from tellings.evaluate.readings import readings
from tellings.evaluate.ridge import predicted
from tellings.evaluate.scores import Evaluation, Score, accuracy, macro

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from tellings.reading.model import Model
    from tellings.records import Reading

    Floats = NDArray[np.float64]

FILES = ("pairs/claimdiff_s_train.jsonl", "pairs/claimdiff_w_train.jsonl")
STANCES: tuple[Stance, ...] = get_args(Stance)
FOLDS = 5
MORE = 0.1
"""How much better than always saying the commonest answer is wanted."""
TURNS = frozenset(
    {"but", "however", "although", "though", "despite", "yet", "while", "instead", "nevertheless", "still"}
)
"""Words by which a claim sets itself against something."""

Seen = Callable[[Table, Candidates], "Floats"]


@dataclass(frozen=True, slots=True)
class _Claim:
    """One claim, with the id its reading goes by."""

    id: str
    text: str


def measure(folder: Path, model: Model) -> Evaluation:
    """ClaimDiff's train pairs, cross-validated.

    Raises:
        CorpusError: when a file is missing.
        ModelError: when the shipped scorer or pair model cannot be loaded.

    """
    paths = [folder / name for name in FILES]
    pairs = list(claimdiff(paths[0], paths[1]))
    texts = sorted({text for pair in pairs for text in (pair.a, pair.b)})
    read = {
        claim.text: reading for claim, reading in readings((_Claim(f"{n:05}", t) for n, t in enumerate(texts)), model)
    }
    values = np.stack([numbers(read[pair.a], read[pair.b], seen) for pair in pairs])
    scores = evaluate(pairs, values)
    wanted = {"stance": round(scores["majority: stance"].value + MORE, 4)}
    return Evaluation("claimdiff", titled("ClaimDiff train, folds by topic", *paths), scores, wanted, {})


def evaluate(pairs: Sequence[ClaimPair], values: Floats) -> dict[str, Score]:
    """Accuracy and macro F1 of the three stances, and of each question by itself, with the majority's beside.

    `values` (pairs x numbers) are what the classifier sees of each pair.
    """
    parted = folds([pair.topic for pair in pairs])
    scores = _scored("stance", values, [pair.stance for pair in pairs], parted)
    for stance in STANCES[:2]:
        scores |= _scored(stance, values, ["yes" if pair.stance == stance else "no" for pair in pairs], parted)
    return scores


def _scored(name: str, values: Floats, wanted: Sequence[str], parted: NDArray[np.int64]) -> dict[str, Score]:
    """The scores of one question whose answers are `wanted`."""
    classes = sorted(set(wanted))
    targets = np.array([[one == name for name in classes] for one in wanted], dtype=np.float64)
    found = [classes[n] for n in predicted(values, targets, parted).argmax(axis=1)]
    both = list(zip(found, wanted, strict=True))
    commonest = max(classes, key=wanted.count)
    plain = accuracy([(commonest, one) for one in wanted])
    return {
        name: accuracy(both),
        f"{name}, macro F1": macro(both, classes),
        f"majority: {name}": Score(plain.value, plain.count, pinned=False),
    }


def folds(topics: Sequence[str]) -> NDArray[np.int64]:
    """The fold of each pair: topics from the largest on, each to the fold with the fewest pairs so far."""
    sizes = Counter(topics)
    filled = [0] * FOLDS
    place: dict[str, int] = {}
    for topic in sorted(sizes, key=lambda one: (-sizes[one], one)):
        place[topic] = filled.index(min(filled))
        filled[place[topic]] += sizes[topic]
    return np.array([place[topic] for topic in topics], dtype=np.int64)


def numbers(a: Reading, b: Reading, see: Seen) -> Floats:
    """What the classifier sees of two claims: of their pairs of statements the greatest and the mean of each number.

    Then of the claims themselves what `_beside` tells.
    """
    table = build((a, b))
    found = candidates(table)
    found = found.chosen(table.account[found.a] != table.account[found.b])
    columns = see(table, found)
    pooled = np.concatenate([columns.max(axis=0, initial=-np.inf), columns.sum(axis=0) / max(1, len(columns))])
    return np.concatenate([np.where(np.isfinite(pooled), pooled, 0.0), _beside(a, b)])


def seen(table: Table, pairs: Candidates) -> Floats:
    """Numbers of each pair of statements: pair features, log odds of one claim, kinds, the pair model's logits.

    Raises:
        ModelError: when the shipped scorer or pair model cannot be loaded.

    """
    names, values = features(table, pairs.a, pairs.b, pairs.similar)
    scores = score_pairs(table, pairs)
    asked = values[:, [names.index(name) for name in scorer().names]]
    if len(asked):
        logits = pair_model().logits(table, pairs.a, pairs.b, asked)
    else:
        logits = np.zeros((0, 1 + len(KINDS)), dtype=np.float32)
    odds = np.log((scores.same + 1e-3) / (1.001 - scores.same))
    return np.concatenate([values, odds[:, None], scores.kinds, logits], axis=1).astype(np.float64)


def _beside(a: Reading, b: Reading) -> Floats:
    """Of the whole claims: lengths, how much of each the other holds, turns and denials, loaded and quoted words."""
    stems = [_stems(one) for one in (a, b)]
    shared = len(stems[0] & stems[1])
    return np.array(
        [shared / max(1, len(one)) for one in stems] + [_cosine(a, b)] + [v for one in (a, b) for v in _alone(one)]
    )


def _stems(one: Reading) -> set[str]:
    return {word.stem for word in words(one.account.text) if word.key not in STOP}


def _cosine(a: Reading, b: Reading) -> float:
    u, v = a.vectors.sum(axis=0), b.vectors.sum(axis=0)
    return float(u @ v / max(1e-6, float(np.linalg.norm(u) * np.linalg.norm(v))))


def _alone(one: Reading) -> list[float]:
    keys = [word.key for word in words(one.account.text)]
    own = set(keys)
    return [
        np.log1p(len(keys)),
        len(one.statements),
        bool(own & TURNS),
        bool(own & NEGATIONS) or any(key.endswith("n't") for key in keys),
        bool(own & DENIALS),
        bool(own & HEDGES),
        len(one.wording),
        bool(one.quotations),
        bool(one.attributions),
        bool(one.figures),
        len(one.entities),
        sum(statement.kind in {"evaluation", "forecast", "demand"} for statement in one.statements),
    ]
