"""The same event told by several accounts, on ECB+'s development topics: pairs of annotated event mentions.

Every two mentions of different documents of one topic are a pair, be they of the topic's first event or of the second,
which is like it (Cybulska and Vossen 2014); the pair is right where both mean the same event. Three answers are scored:
`same head`, the baseline: the heads of both are the same word; `same claim`: statements that hold them tell the same
claim; `same event`: a small linear model of all that is seen of the pair (`event_pairs`).

A claim holds several events, and an event recurs in many claims: by itself, or as two thresholds beside the head, the
probability of the same claim does not beat the baseline on the train topics. What claims tell is which documents are of
one event of the topic.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from tellings.comparing.candidates import candidates
from tellings.comparing.scorer import score_pairs
from tellings.evaluate.corpora import EventText, ecbplus, titled
from tellings.evaluate.event_pairs import EventPairs, Topic, joined, topic_pairs
from tellings.evaluate.readings import readings
from tellings.evaluate.scores import Evaluation, Score, score

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from tellings.comparing.table import Table
    from tellings.reading.model import Model
    from tellings.records import Reading

    Floats = NDArray[np.float32]
    Bools = NDArray[np.bool_]

DEVELOPMENT = frozenset({2, 5, 12, 18, 21, 23, 34, 35})
"""The topics that Cybulska and Vossen (2015) and all after them develop on; the rest of 1-35 is for training."""
DOCUMENTS = "stories/ecbplus/topics_1_35.jsonl.gz"
ANNOTATED = "stories/ecbplus/annotated_sentences_1_35.jsonl"
HEAD, CLAIM, EVENT = "same head", "same claim", "same event"


@dataclass(frozen=True, slots=True)
class Weights:
    """How EVIDENCE is weighed: `base` and a weight each, for pairs with the same head and for others; and thresholds.

    `event` is the probability from which on a pair is one event, `claim` the one of the same claim by itself.
    """

    heads: tuple[float, ...]
    others: tuple[float, ...]
    event: float
    claim: float


WEIGHTS = Weights(
    heads=(-1.409, 0.495, 2.074, 3.562, -0.414),
    others=(-6.087, -0.138, 9.554, 1.779, -1.422),
    event=0.35,
    claim=0.8,
)
"""Fitted on the train topics by `python -m training.claims.events`: F1 .627 across folds; `same head` has .507."""


def measure(folder: Path, model: Model) -> Evaluation:
    """Pairs of event mentions in ECB+'s development topics, those of a topic compared as one story.

    Raises:
        CorpusError: when a file is missing.
        ModelError: when the shipped scorer cannot be loaded.

    """
    paths = folder / DOCUMENTS, folder / ANNOTATED
    corpus = titled("ECB+ development topics: events across documents", *paths)
    read = readings((text for text in ecbplus(*paths) if text.topic in DEVELOPMENT), model)
    scores = evaluate(joined([topic_pairs(topic, same_claim) for topic in by_topic(read)]))
    return Evaluation("events", corpus, scores, {EVENT: scores[HEAD].value}, {})


def by_topic(read: Iterable[tuple[EventText, Reading]]) -> list[Topic]:
    """Texts with their readings, those of one topic together."""
    ordered = sorted(read, key=lambda one: (one[0].topic, one[0].id))
    return [list(group) for _, group in groupby(ordered, key=lambda one: one[0].topic)]


def evaluate(pairs: EventPairs, weights: Weights = WEIGHTS) -> dict[str, Score]:
    """Precision, recall and F1 of the three answers over all pairs; the baseline's is told beside."""
    scores = {
        name: score(int((said & pairs.coreferent).sum()), int(said.sum()), int(pairs.coreferent.sum()))
        for name, said in answers(pairs, weights).items()
    }
    base = scores[HEAD]
    return scores | {HEAD: Score(base.value, base.count, base.precision, base.recall, pinned=False)}


def answers(pairs: EventPairs, weights: Weights) -> dict[str, Bools]:
    """Whether each pair means the same event, by the name of the answer."""
    return {
        HEAD: pairs.heads,
        CLAIM: pairs.claim >= weights.claim,
        EVENT: probabilities(pairs, weights) >= weights.event,
    }


def probabilities(pairs: EventPairs, weights: Weights) -> NDArray[np.float64]:
    """The probability that each pair is one event."""
    odds = [
        each[0] + pairs.evidence.astype(np.float64) @ np.array(each[1:]) for each in (weights.heads, weights.others)
    ]
    return np.asarray(1 / (1 + np.exp(-np.where(pairs.heads, *odds)))).round(4)


def same_claim(table: Table) -> Floats:
    """The shipped scorer's probabilities for all pairs of rows (rows x rows), 0 where a pair is no candidate.

    Raises:
        ModelError: when the shipped scorer cannot be loaded.

    """
    found = candidates(table)
    square = np.zeros((len(table.rows), len(table.rows)), dtype=np.float32)
    square[found.a, found.b] = score_pairs(table, found).same
    return np.maximum(square, square.T)
