"""What one claim does to another, on ClaimDiff's train part: claim b strengthens claim a, weakens it or does neither.

Each claim is read as an account of its own, and what the comparison sees of the two (pair features, the scorer's and
the pair model's numbers) goes to a small linear classifier (`ridge`). It is cross-validated in folds by topic, so a
topic is answered by what other topics taught; the penalty is chosen within them in the same way. ClaimDiff helped to
teach the judge that labelled pairs for the scorer (docs/model-card.md), so the scorer's numbers have seen a little of
it.

The majority class is told beside, and is hard to beat: neither the vectors and states of both claims nor boosted or
random trees came to much more than a point above it. What the numbers tell shows in the macro F1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import numpy as np

from tellings.comparing.candidates import Candidates, candidates
from tellings.comparing.features import Near, features
from tellings.comparing.pair_model import load as pair_model
from tellings.comparing.scorer import KINDS, score_pairs
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
LEAST = 1e-3
"""Added to a probability whose logarithm is taken."""
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
    values = numbers(pairs, read, seen)
    scores = evaluate(pairs, values)
    wanted = {"stance": round(scores["majority: stance"].value + MORE, 4)}
    return Evaluation("claimdiff", titled("ClaimDiff train, folds by topic", *paths), scores, wanted, {})


def evaluate(pairs: Sequence[ClaimPair], values: Floats) -> dict[str, Score]:
    """Accuracy and macro F1 of the three stances, and of each question by itself, with the majority's beside.

    For the macro F1 the answer is the likeliest class if all were equally common. `values` (pairs x numbers) are what
    the classifier sees of each pair.
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
    found = predicted(values, targets, parted)
    plain = accuracy([(max(classes, key=wanted.count), one) for one in wanted])
    return {
        name: accuracy(_answers(found, wanted, classes)),
        f"{name}, macro F1": macro(_answers(found / targets.mean(axis=0), wanted, classes), classes),
        f"majority: {name}": Score(plain.value, plain.count, pinned=False),
    }


def _answers(found: Floats, wanted: Sequence[str], classes: Sequence[str]) -> list[tuple[str, str]]:
    """The likeliest class of each row beside the right one."""
    return list(zip([classes[n] for n in found.argmax(axis=1)], wanted, strict=True))


def folds(topics: Sequence[str]) -> NDArray[np.int64]:
    """The fold of each pair: topics from the largest on, each to the fold with the fewest pairs so far."""
    sizes = Counter(topics)
    filled = [0] * FOLDS
    place: dict[str, int] = {}
    for topic in sorted(sizes, key=lambda one: (-sizes[one], one)):
        place[topic] = filled.index(min(filled))
        filled[place[topic]] += sizes[topic]
    return np.array([place[topic] for topic in topics], dtype=np.int64)


def numbers(pairs: Sequence[ClaimPair], read: Mapping[str, Reading], see: Seen) -> Floats:
    """What the classifier sees of each pair of claims (pairs x numbers), whose texts are all in `read`.

    Of their pairs of statements the greatest and the mean of each number that `see` gives, then what `_beside` tells of
    the claims themselves. The claims of a topic are seen together, as accounts of one story.
    """
    found: dict[int, Floats] = {}
    for topic in sorted({pair.topic for pair in pairs}):
        chosen = [n for n, pair in enumerate(pairs) if pair.topic == topic]
        together = [(read[pairs[n].a], read[pairs[n].b]) for n in chosen]
        for n, columns, both in zip(chosen, _columns(together, see), together, strict=True):
            greatest = columns.max(axis=0) if len(columns) else np.zeros(columns.shape[1])
            found[n] = np.concatenate([greatest, columns.sum(axis=0) / max(1, len(columns)), _beside(*both)])
    return np.stack([found[n] for n in range(len(pairs))])


def _columns(pairs: Sequence[tuple[Reading, Reading]], see: Seen) -> list[Floats]:
    """The numbers of the pairs of statements of each pair of claims, all claims in one table."""
    table = build(tuple({reading.account.id: reading for both in pairs for reading in both}.values()))
    first = {reading.account.id: table.first[n] for n, reading in enumerate(table.readings)}
    parts = [_candidates(both, [first[reading.account.id] for reading in both]) for both in pairs]
    similar = Near(*(np.concatenate([getattr(part.similar, name) for part in parts]) for name in Near.__slots__))
    rows = [np.concatenate([getattr(part, side) for part in parts]) for side in "ab"]
    values = see(table, Candidates(rows[0], rows[1], similar))
    return np.split(values, np.cumsum([len(part.a) for part in parts])[:-1])


def _candidates(both: tuple[Reading, Reading], first: Sequence[int]) -> Candidates:
    """The pairs of statements of two claims; the rows of each are counted from its `first`."""
    table = build(both)
    found = candidates(table)
    found = found.chosen(table.account[found.a] != table.account[found.b])
    return Candidates(found.a + first[0], found.b - table.first[1] + first[1], found.similar)


def seen(table: Table, pairs: Candidates) -> Floats:
    """Numbers of each pair of statements: features, log odds of one claim, log probabilities of KINDS; of both scorers.

    Raises:
        ModelError: when the shipped scorer or pair model cannot be loaded.

    """
    _, values = features(table, pairs.a, pairs.b, pairs.similar)
    scores = score_pairs(table, pairs)
    odds = np.log((scores.same + LEAST) / (1 + LEAST - scores.same))
    logits = np.zeros((0, 1 + len(KINDS)), dtype=np.float32)
    if len(odds):
        logits = pair_model().logits(table, pairs.a, pairs.b, odds.astype(np.float32))
    kinds = logits[:, 1:] - np.log(np.exp(logits[:, 1:]).sum(axis=1, keepdims=True))
    return np.concatenate(
        [values, odds[:, None], np.log(scores.kinds + LEAST), logits[:, :1], kinds], axis=1, dtype=np.float64
    )


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
