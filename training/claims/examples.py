"""Gold stories as scored pairs of statements: readings, tables, candidates and their labels.

The gold labels pairs of sentences; statements may be parts of sentences. A statement stands for every gold sentence
that holds at least half of it. Where several pairs of statements stand for one labelled pair of sentences, which of
them is meant is not labelled: see `targets`.
"""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tellings.comparing.candidates import Candidates, candidates
from tellings.comparing.features import features
from tellings.comparing.scorer import KINDS
from tellings.comparing.table import Table, build, in_order
from tellings.records import Account, Reading
from training.stories import GoldStory, Telling

Reader = Callable[[Iterable[Account]], Iterable[Reading]]
Sentence = tuple[str, int]
_STRANGER = 4
"""How many nearer stories are passed over."""
STRENGTH = ("agree", "narrower", "update", "differ", "conflict")


@dataclass(frozen=True, slots=True)
class Example:
    """One story ready for training: `sentences` of each row, the gold's `kind` (-1 unrelated) of each candidate."""

    story: GoldStory
    table: Table
    pairs: Candidates
    sentences: tuple[tuple[Sentence, ...], ...]
    names: tuple[str, ...]
    values: NDArray[np.float32]
    kind: NDArray[np.int64]
    group: NDArray[np.int64]
    within: NDArray[np.bool_]


def reader(name: str) -> Reader:
    """The reading function named as "module:function"."""
    module, _, function = name.partition(":")
    found: Reader = getattr(importlib.import_module(module), function)
    return found


def example(story: GoldStory, read: Reader) -> Example:
    """Read a story and label its candidate pairs."""
    readings = in_order(list(read([telling.account for telling in story.tellings])))
    table = build(readings)
    pairs = candidates(table)
    sentences = sentences_of(story, table)
    names, values = features(table, pairs.a, pairs.b, pairs.similar)
    gold = gold_pairs(story)
    kind = np.full(len(pairs.a), -1, dtype=np.int64)
    group = np.full(len(pairs.a), -1, dtype=np.int64)
    numbers: dict[frozenset[Sentence], int] = {}
    for n, (a, b) in enumerate(zip(pairs.a, pairs.b, strict=True)):
        for pair in itertools.product(sentences[a], sentences[b]):
            key = frozenset(pair)
            if key in gold:
                kind[n] = KINDS.index(gold[key])
                group[n] = numbers.setdefault(key, len(numbers))
    within = table.account[pairs.a] == table.account[pairs.b]
    return Example(story, table, pairs, sentences, names, values, kind, group, within)


def sentences_of(story: GoldStory, table: Table) -> tuple[tuple[Sentence, ...], ...]:
    """The gold sentences each row stands for."""
    tellings = {telling.account.id: telling for telling in story.tellings}
    return tuple(
        tuple(_sentences(tellings[table.readings[row.reading].account.id], row.record.span)) for row in table.rows
    )


def _sentences(telling: Telling, span: tuple[int, int]) -> Iterator[Sentence]:
    for number, (start, end) in enumerate(telling.sentences):
        common = min(end, span[1]) - max(start, span[0])
        if common > 0 and 2 * common >= min(span[1] - span[0], end - start):
            yield telling.letter, number


def gold_pairs(story: GoldStory) -> dict[frozenset[Sentence], str]:
    """Every labelled pair of sentences with its strongest relation, pairs of one account included."""
    found: dict[frozenset[Sentence], str] = {}
    for claim in story.claims:
        for pair in itertools.combinations(claim.members, 2):
            key = frozenset(pair)
            found[key] = max(found.get(key, "agree"), claim.relation, key=STRENGTH.index)
    return found


def across(pairs: Iterable[frozenset[Sentence]]) -> set[frozenset[Sentence]]:
    """The pairs whose sentences are of two accounts."""
    return {pair for pair in pairs if len({letter for letter, _ in pair}) == 2}


@dataclass(frozen=True, slots=True)
class Strangers:
    """Candidate pairs of two accounts of two stories: near in topic, and of one claim by chance at most."""

    story: str
    values: NDArray[np.float32]


def strangers(examples: Sequence[Example]) -> Iterator[Strangers]:
    """For each story its first account beside the first of another story, one of its near but not nearest.

    The nearest may tell of the same event. The other's date is set to that of the first, so that dates give nothing
    away. Without such pairs the scorer takes the best pair of any two accounts for the same claim.
    """
    means = np.stack([one.table.vectors.mean(axis=0) for one in examples])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    order = np.argsort(-(means @ means.T), axis=1, kind="stable")
    for n, one in enumerate(examples):
        other = examples[int(order[n][_STRANGER + n % 5])]
        first, second = one.table.readings[0], other.table.readings[0]
        account = replace(second.account, published=first.account.published)
        table = build(in_order([first, replace(second, account=account)]))
        pairs = candidates(table)
        across = table.account[pairs.a] != table.account[pairs.b]
        _, values = features(table, pairs.a, pairs.b, pairs.similar)
        yield Strangers(one.story.name, values[across])


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
