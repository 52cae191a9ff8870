"""The same event told by several accounts, on ECB+'s development topics: pairs of annotated event mentions.

Every two mentions of different documents of one topic are a pair, be they of the topic's first event or of the second,
which is like it (Cybulska and Vossen 2014); the pair is right where both mean the same event. Three answers are scored:
that the heads of both mentions are the same word (the baseline, Bugert et al. 2021 call it lemma), that statements that
hold them tell the same claim, and both together.

A mention's head is the word of it that hangs on a word outside. Words are the same where their light stems are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from tellings.comparing.candidates import candidates
from tellings.comparing.scorer import score_pairs
from tellings.comparing.table import Table, build, in_order
from tellings.comparing.words import words
from tellings.evaluate.corpora import EventText, GoldEvent, ecbplus, titled
from tellings.evaluate.readings import readings
from tellings.evaluate.scores import Evaluation, Score, score
from tellings.records import Reading, Word

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from tellings.reading.model import Model

    Floats = NDArray[np.float32]
    Bools = NDArray[np.bool_]

DEVELOPMENT = frozenset({2, 5, 12, 18, 21, 23, 34, 35})
"""The topics that Cybulska and Vossen (2015) and all after them develop on; the rest of 1-35 is for training."""
DOCUMENTS = "stories/ecbplus/topics_1_35.jsonl.gz"
ANNOTATED = "stories/ecbplus/annotated_sentences_1_35.jsonl"
FUNCTION = frozenset({"ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "PUNCT", "SCONJ", "SYM"})
"""Parts of speech that are no mention's head while there is another word."""
BASELINE, CLAIM, BOTH = "same head", "same claim", "same head and claim"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability of the same claim on two mentions mean one event.

    `claim` is asked by itself; of both together, `heads` where the mentions' heads are the same word, `others` where
    they are not.
    """

    claim: float
    heads: float
    others: float


THRESHOLDS = Thresholds(0.5, 0.1, 0.7)
"""The best F1 on the train topics: `python -m training.claims.events`."""


@dataclass(frozen=True, slots=True)
class EventPairs:
    """Pairs of event mentions, an entry a pair.

    `heads` says whether their heads are the same word, `scores` is the greatest probability that a statement with the
    one and a statement with the other tell the same claim, and `coreferent` whether they mean the same event.
    """

    heads: Bools
    scores: Floats
    coreferent: Bools


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
    return Evaluation("events", corpus, scores, {BOTH: scores[BASELINE].value}, {})


def by_topic(read: Iterable[tuple[EventText, Reading]]) -> list[list[tuple[EventText, Reading]]]:
    """Texts with their readings, those of one topic together."""
    ordered = sorted(read, key=lambda one: (one[0].topic, one[0].id))
    return [list(group) for _, group in groupby(ordered, key=lambda one: one[0].topic)]


def evaluate(pairs: EventPairs, least: Thresholds = THRESHOLDS) -> dict[str, Score]:
    """Precision, recall and F1 of the three answers over all pairs; the baseline's is told beside."""
    scores = {
        name: score(int((said & pairs.coreferent).sum()), int(said.sum()), int(pairs.coreferent.sum()))
        for name, said in answers(pairs, least).items()
    }
    base = scores[BASELINE]
    return scores | {BASELINE: Score(base.value, base.count, base.precision, base.recall, pinned=False)}


def answers(pairs: EventPairs, least: Thresholds) -> dict[str, Bools]:
    """Whether each pair means the same event, by the name of the answer."""
    return {
        BASELINE: pairs.heads,
        CLAIM: pairs.scores >= least.claim,
        BOTH: pairs.scores >= np.where(pairs.heads, least.heads, least.others),
    }


def same_claim(table: Table) -> Floats:
    """The shipped scorer's probabilities for all pairs of rows (rows x rows), 0 where a pair is no candidate.

    Raises:
        ModelError: when the shipped scorer cannot be loaded.

    """
    found = candidates(table)
    square = np.zeros((len(table.rows), len(table.rows)), dtype=np.float32)
    square[found.a, found.b] = score_pairs(table, found).same
    return np.maximum(square, square.T)


def topic_pairs(topic: Sequence[tuple[EventText, Reading]], claim: Callable[[Table], Floats]) -> EventPairs:
    """All pairs of event mentions of different texts of a topic; `claim` scores the rows of its table (rows x rows)."""
    table = build(in_order([reading for _, reading in topic]))
    first = {reading.account.id: table.first[n] for n, reading in enumerate(table.readings)}
    mentions = [
        (n, event.chain, head(event, reading), first[text.id] + np.array(holding(event, reading), dtype=np.int64))
        for n, (text, reading) in enumerate(topic)
        for event in text.events
    ]
    best = _greatest(claim(table), [rows for *_, rows in mentions])
    a, b = np.triu_indices(len(mentions), 1)
    where, chains, heads = (np.array([mention[k] for mention in mentions]) for k in range(3))
    apart = where[a] != where[b]
    a, b = a[apart], b[apart]
    return EventPairs(heads[a] == heads[b], best[a, b], chains[a] == chains[b])


def _greatest(square: Floats, mentions: Sequence[NDArray[np.int64]]) -> Floats:
    """For every two groups of rows the greatest of their values, 0 where a group is empty (mentions x mentions)."""
    to_rows = [square[rows].max(axis=0, initial=0.0) for rows in mentions]
    best = np.stack(to_rows) if to_rows else np.zeros((0, len(square)), dtype=np.float32)
    return np.stack([best[:, rows].max(axis=1, initial=0.0) for rows in mentions], axis=1) if to_rows else best


def joined(parts: Sequence[EventPairs]) -> EventPairs:
    """The pairs of several topics, one after another."""
    return EventPairs(
        np.concatenate([np.zeros(0, np.bool_), *(part.heads for part in parts)]),
        np.concatenate([np.zeros(0, np.float32), *(part.scores for part in parts)]),
        np.concatenate([np.zeros(0, np.bool_), *(part.coreferent for part in parts)]),
    )


def head(event: GoldEvent, reading: Reading) -> str:
    """The light stem of a mention's head: of its words that hang on one outside, the first that is no function word.

    Where the reading has none of its words it is the last one.
    """
    top, text = _head_word(event, reading), reading.account.text
    spans = (top.span,) if top else event.spans
    found = [word.stem for span in spans for word in words(text, span)]
    return found[-1] if found else text[spans[-1].start : spans[-1].end].lower()


def holding(event: GoldEvent, reading: Reading) -> list[int]:
    """The numbers of the statements that hold a mention's head; of its whole sentence where none does (a cue)."""
    top, spans = _head_word(event, reading), reading.sentences
    at = top.span.start if top else event.spans[0].start
    told = list(enumerate(reading.statements))
    exact = [n for n, one in told if one.span.start <= at < one.span.end]
    return exact or [n for n, one in told if spans[one.sentence].start <= at < spans[one.sentence].end]


def _head_word(event: GoldEvent, reading: Reading) -> Word | None:
    inside = {n for n, w in enumerate(reading.words) if any(s.start <= w.span.start < s.end for s in event.spans)}
    tops = [reading.words[n] for n in sorted(inside) if reading.words[n].head not in inside]
    return next((word for word in tops if word.upos not in FUNCTION), tops[0] if tops else None)
