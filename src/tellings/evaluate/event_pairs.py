"""Pairs of event mentions of different documents of one topic, and what reading and comparing see of each.

A mention's head is the word of it that hangs on a word outside. Words are the same where their light stems are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from tellings.comparing.table import Table, build, in_order
from tellings.comparing.words import words
from tellings.evaluate.corpora import EventText, GoldEvent
from tellings.records import Reading, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Bools = NDArray[np.bool_]

Topic: TypeAlias = Sequence[tuple[EventText, Reading]]
EVIDENCE = ("claim", "mention", "story", "alike")
FUNCTION = frozenset({"ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "PUNCT", "SCONJ", "SYM"})
"""Parts of speech that are no mention's head while there is another word."""
TOLD = 0.5
"""From this probability on a statement counts as told by another account."""


@dataclass(frozen=True, slots=True)
class EventPairs:
    """Pairs of event mentions, an entry a pair: their same heads, EVIDENCE (pairs x 4), whether they are one event.

    `claim` is the greatest probability that a statement with the one and a statement with the other tell the same
    claim; `mention` the cosine of the states of the two heads, about the topic's mean; `story` how alike the two
    documents stand to the topic's others by the claims they share (see `stories`); `alike` says that the heads have the
    same part of speech.
    """

    heads: Bools
    evidence: Floats
    coreferent: Bools

    @property
    def claim(self) -> Floats:
        """The probabilities of the same claim."""
        claim: Floats = self.evidence[:, EVIDENCE.index("claim")]
        return claim


@dataclass(frozen=True, slots=True)
class _Mention:
    """An event mention: its document's number, its chain, its head, and the rows of the statements that hold it."""

    document: int
    chain: str
    stem: str
    upos: str
    rows: NDArray[np.int64]
    state: Floats


def topic_pairs(topic: Topic, claim: Callable[[Table], Floats]) -> EventPairs:
    """All pairs of event mentions of different texts of a topic; `claim` scores the rows of its table (rows x rows)."""
    table = build(in_order([reading for _, reading in topic]))
    number = {reading.account.id: n for n, reading in enumerate(table.readings)}
    mean = _mean_state(table)
    mentions = [
        _mention(event, table, number[text.id], mean)
        for text, _ in sorted(topic, key=lambda one: number[one[0].id])
        for event in text.events
    ]
    square = claim(table)
    a, b = np.triu_indices(len(mentions), 1)
    document, chain, stem, upos = (
        np.array([getattr(mention, name) for mention in mentions]) for name in ("document", "chain", "stem", "upos")
    )
    apart = document[a] != document[b] if len(a) else np.zeros(0, dtype=np.bool_)
    a, b = a[apart], b[apart]
    if not len(a):
        nothing = np.zeros(0, dtype=np.bool_)
        return EventPairs(nothing, np.zeros((0, len(EVIDENCE)), dtype=np.float32), nothing)
    states = np.stack([mention.state for mention in mentions])
    columns = (
        _greatest(square, [mention.rows for mention in mentions])[a, b],
        (states @ states.T)[a, b],
        stories(square, table)[document[a], document[b]],
        upos[a] == upos[b],
    )
    evidence = np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)
    return EventPairs(stem[a] == stem[b], evidence.round(4), chain[a] == chain[b])


def joined(parts: Sequence[EventPairs]) -> EventPairs:
    """The pairs of several topics, one after another."""
    nothing = np.zeros(0, dtype=np.bool_)
    return EventPairs(
        np.concatenate([nothing, *(part.heads for part in parts)]),
        np.concatenate([np.zeros((0, len(EVIDENCE)), dtype=np.float32), *(part.evidence for part in parts)]),
        np.concatenate([nothing, *(part.coreferent for part in parts)]),
    )


def stories(square: Floats, table: Table) -> Floats:
    """How alike every two accounts stand to the others (accounts x accounts, -1 to 1).

    First the share of each one's statements that the other tells as well. Two accounts of one event share claims with
    the same others, so what is compared is the two's rows of that, about the mean: their cosine.
    """
    told = square >= TOLD
    parts = [slice(*ends) for ends in zip(table.first[:-1], table.first[1:], strict=True)]
    shares = np.array(
        [[told[one, other].any(axis=1).sum() / max(1, one.stop - one.start) for other in parts] for one in parts]
    )
    both = shares + shares.T
    np.fill_diagonal(both, 0.0)
    np.fill_diagonal(both, both.max(initial=0.0))
    about = both - both.mean(axis=0, keepdims=True) - both.mean(axis=1, keepdims=True) + both.mean()
    about /= np.maximum(1e-6, np.linalg.norm(about, axis=1, keepdims=True))
    return np.asarray(about @ about.T, dtype=np.float32)


def head(event: GoldEvent, reading: Reading) -> str:
    """The light stem of a mention's head: of its words that hang on one outside, the first that is no function word.

    Where the reading has none of its words it is the last one.
    """
    top, text = head_word(event, reading), reading.account.text
    spans = (top.span,) if top else event.spans
    found = [word.stem for span in spans for word in words(text, span)]
    return found[-1] if found else text[spans[-1].start : spans[-1].end].lower()


def holding(event: GoldEvent, reading: Reading) -> list[int]:
    """The numbers of the statements that hold a mention's head; of its whole sentence where none does (a cue)."""
    top, spans = head_word(event, reading), reading.sentences
    at = top.span.start if top else event.spans[0].start
    told = list(enumerate(reading.statements))
    exact = [n for n, one in told if one.span.start <= at < one.span.end]
    return exact or [n for n, one in told if spans[one.sentence].start <= at < spans[one.sentence].end]


def head_word(event: GoldEvent, reading: Reading) -> Word | None:
    """The word that is a mention's head, None where the reading has none of its words."""
    inside = {n for n, w in enumerate(reading.words) if any(s.start <= w.span.start < s.end for s in event.spans)}
    tops = [reading.words[n] for n in sorted(inside) if reading.words[n].head not in inside]
    return next((word for word in tops if word.upos not in FUNCTION), tops[0] if tops else None)


def _mention(event: GoldEvent, table: Table, document: int, mean: Floats) -> _Mention:
    reading = table.readings[document]
    top = head_word(event, reading)
    rows = table.first[document] + np.array(holding(event, reading), dtype=np.int64)
    spans = (top.span,) if top else event.spans
    pieces = reading.pieces
    inside = np.zeros(len(pieces.spans), dtype=np.bool_)
    for span in spans:
        inside |= (pieces.spans[:, 0] < span.end) & (pieces.spans[:, 1] > span.start)
    state = pieces.states[inside].astype(np.float32).mean(axis=0) - mean if inside.any() else np.zeros_like(mean)
    length = max(1e-6, float(np.linalg.norm(state)))
    return _Mention(document, event.chain, head(event, reading), top.upos if top else "", rows, state / length)


def _mean_state(table: Table) -> Floats:
    """The mean state of all pieces of all accounts; zeros where there are none."""
    total = sum(reading.pieces.states.astype(np.float32).sum(axis=0) for reading in table.readings)
    return np.asarray(total / max(1, sum(len(reading.pieces.states) for reading in table.readings)), dtype=np.float32)


def _greatest(square: Floats, groups: Sequence[NDArray[np.int64]]) -> Floats:
    """For every two groups of rows the greatest of their values, 0 where a group is empty (groups x groups)."""
    best = np.stack([square[rows].max(axis=0, initial=0.0) for rows in groups])
    return np.stack([best[:, rows].max(axis=1, initial=0.0) for rows in groups], axis=1)
