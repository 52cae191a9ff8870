"""Gold stories as scored pairs of statements: readings, tables, candidates and their labels.

The gold labels pairs of sentences; statements may be parts of them (`tellings.evaluate.gold_claims`). Where several
pairs of statements stand for one labelled pair of sentences, which of them is meant is not labelled: see `targets`.
"""

from __future__ import annotations

import hashlib
import importlib
import itertools
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tellings.comparing.candidates import Candidates, candidates
from tellings.comparing.features import features
from tellings.comparing.scorer import KINDS
from tellings.comparing.table import Table, build, in_order
from tellings.evaluate.gold_claims import gold_pairs, pair_kinds, sentences_of
from tellings.evaluate.stories import GoldStory, Sentence
from tellings.records import Account, Reading

Reader = Callable[[Iterable[Account]], Iterable[Reading]]
_WEIGHTS = Path(__file__).resolve().parents[2] / "src/tellings/weights"
_STRANGER = 4
"""How many nearer stories are passed over."""
SHORT = (1, 2, 3, 5, 8)
"""How many statements are left of an account that is shortened."""
_SHORTENED = 0.7
"""The share of a story's accounts that are, of each at random."""


@dataclass(frozen=True, slots=True)
class Example:
    """One story ready for training: `sentences` of each row, the gold's `kind` (-1 unrelated) of each candidate.

    Of a story whose accounts were shortened, `whole` has each pair's number in the whole story, -1 where it has none.
    """

    story: GoldStory
    table: Table
    pairs: Candidates
    sentences: tuple[tuple[Sentence, ...], ...]
    names: tuple[str, ...]
    values: NDArray[np.float32]
    kind: NDArray[np.int64]
    group: NDArray[np.int64]
    within: NDArray[np.bool_]
    whole: NDArray[np.int64] | None = None


def reader(name: str) -> Reader:
    """The reading function named as "module:function"."""
    module, _, function = name.partition(":")
    found: Reader = getattr(importlib.import_module(module), function)
    return found


def kept(read: Reader, folder: Path) -> Reader:
    """The same reader, which keeps each reading in a folder named for the reader's weights and finds it there."""
    digest = hashlib.sha256(b"".join((_WEIGHTS / name).read_bytes() for name in ("reader.onnx", "heads.npz")))
    place = folder / digest.hexdigest()[:12]
    place.mkdir(parents=True, exist_ok=True)

    def reading(account: Account) -> Reading:
        path = place / f"{account.id}-{account.sha256[:12]}.pickle"
        if not path.exists():
            path.write_bytes(pickle.dumps(next(iter(read([account])))))
        found: Reading = pickle.loads(path.read_bytes())
        return found

    return lambda accounts: map(reading, accounts)


def example(story: GoldStory, read: Reader) -> Example:
    """Read a story and label its candidate pairs."""
    return labelled(story, build(in_order(list(read([telling.account for telling in story.tellings])))))


def labelled(story: GoldStory, table: Table) -> Example:
    """Label the candidate pairs of a story's table."""
    pairs = candidates(table)
    sentences = sentences_of(story, table)
    names, values = features(table, pairs.a, pairs.b, pairs.similar)
    gold, kinds = gold_pairs(story), pair_kinds(story)
    kind = np.full(len(pairs.a), -1, dtype=np.int64)
    group = np.full(len(pairs.a), -1, dtype=np.int64)
    numbers: dict[frozenset[Sentence], int] = {}
    for n, (a, b) in enumerate(zip(pairs.a, pairs.b, strict=True)):
        for pair in itertools.product(sentences[a], sentences[b]):
            key = frozenset(pair)
            if key in gold:
                kind[n] = KINDS.index(kinds.get(key, gold[key]))
                group[n] = numbers.setdefault(key, len(numbers))
    within = table.account[pairs.a] == table.account[pairs.b]
    return Example(story, table, pairs, sentences, names, values, kind, group, within)


def shortened(one: Example) -> Example | None:
    """The same story with most of its accounts cut down to a few statements in a row, None where nothing is left.

    News in brief, posts and headlines are such accounts. The trees would take any pair of two of them for one claim,
    because every statement is the nearest there is.
    """
    rng = np.random.default_rng(list(hashlib.sha256(one.story.name.encode()).digest()[:4]))
    table = build(tuple(_cut(reading, rng) for reading in one.table.readings))
    found = labelled(one.story, table)
    if not len(found.kind):
        return None
    own = {(row.reading, row.record.span): n for n, row in enumerate(one.table.rows)}
    rows = np.array([own[row.reading, row.record.span] for row in table.rows])
    numbers = {pair: n for n, pair in enumerate(zip(one.pairs.a.tolist(), one.pairs.b.tolist(), strict=True))}
    pairs = zip(rows[found.pairs.a].tolist(), rows[found.pairs.b].tolist(), strict=True)
    return replace(found, whole=np.array([numbers.get(pair, -1) for pair in pairs], dtype=np.int64))


def _cut(reading: Reading, rng: np.random.Generator) -> Reading:
    """A few statements of a reading, or all."""
    count = int(rng.choice(SHORT))
    start = int(rng.integers(0, max(1, len(reading.statements) - count + 1)))
    if rng.random() > _SHORTENED:
        return reading
    part = slice(start, start + count)
    return replace(reading, statements=reading.statements[part], vectors=reading.vectors[part])


@dataclass(frozen=True, slots=True)
class Strangers:
    """Candidate pairs of two accounts of two stories: near in topic, and of one claim by chance at most."""

    story: str
    table: Table
    pairs: Candidates
    names: tuple[str, ...]
    values: NDArray[np.float32]


def strangers(examples: Sequence[Example], turn: int = 0, *, short: bool = False) -> Iterator[Strangers]:
    """For each story one of its accounts beside one of another story, of its near but not nearest ones.

    The nearest may tell of the same event. The other's date is set to that of the first, so that dates give nothing
    away. Without such pairs the scorer takes the best pair of any two accounts for the same claim. Another `turn`
    gives other pairs of accounts, `short` cuts most of them down as `shortened` does.
    """
    rng = np.random.default_rng(turn)
    means = np.stack([one.table.vectors.mean(axis=0) for one in examples])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    order = np.argsort(-(means @ means.T), axis=1, kind="stable")
    for n, one in enumerate(examples):
        other = examples[int(order[n][_STRANGER + (n + turn) % 5])]
        first, second = (each.table.readings[turn % len(each.table.readings)] for each in (one, other))
        account = replace(second.account, published=first.account.published)
        if short:
            first, second = _cut(first, rng), _cut(second, rng)
        table = build(in_order([first, replace(second, account=account)]))
        found = candidates(table)
        pairs = found.chosen(table.account[found.a] != table.account[found.b])
        names, values = features(table, pairs.a, pairs.b, pairs.similar)
        yield Strangers(one.story.name, table, pairs, names, values)


def targets(one: Example, scores: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Labels (0, 1) and which pairs to train on, given scores so far.

    Of the pairs of statements that stand for one labelled pair of sentences, the best scored one is taken to be the
    labelled one; the others are left out of training unless they score above one half.
    """
    label = np.zeros(len(scores), dtype=np.int64)
    used = one.kind < 0
    order = np.argsort(-scores, kind="stable")
    taken: set[int] = set()
    for n in order:
        group = int(one.group[n])
        if group >= 0 and (group not in taken or scores[n] > 0.5):
            taken.add(group)
            label[n], used[n] = 1, True
    return label, used
