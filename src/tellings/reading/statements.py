"""Statements: sentences cut where the voice changes, each with the chain of who says it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tellings.reading.modality import certainty, kind, polarity
from tellings.reading.spans import overlap, trimmed
from tellings.records import Attribution, Figure, Span, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.reading.layout import Layout

LEAST_WORDS = 3  # that say something; shorter pieces between contents are joints, not statements
LEAST_CONTENT = 3  # words of a sentence that an attribution must cover to give them a voice of their own
LEAST_ALONE = 3  # words with which each side of a cut content stands alone
LEAST_SCORE = 0.2  # of an attribution that may cut a sentence; a more doubtful one is only listed
QUOTED_SHARE = 0.6
_WORD = re.compile(r"\w+(?:[’']\w+)?")
_EMPTY = frozenset(
    [
        "the",
        "a",
        "an",
        "and",
        "or",
        "but",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "by",
        "with",
        "from",
        "as",
        "that",
        "this",
        "it",
        "its",
        "he",
        "she",
        "they",
        "his",
        "her",
        "their",
        "i",
        "we",
        "you",
        "said",
        "says",
        "say",
        "saying",
        "told",
        "tells",
        "adding",
        "added",
        "also",
        "who",
        "which",
        "is",
        "was",
        "were",
        "are",
        "be",
        "been",
        "had",
        "has",
        "have",
        "when",
        "while",
    ]
)


def statements(layout: Layout, attributions: Sequence[Attribution], figures: Sequence[Figure]) -> tuple[Statement, ...]:
    """Every statement of a text in order.

    A sentence is cut at the edges of attribution contents; a piece inside contents carries their chain, outermost
    first. What is left of a cut sentence and only names source and cue is no statement.
    """
    found: list[Statement] = []
    for number, sentence in enumerate(layout.sentences):
        for span, voice in _pieces(layout.text, sentence, attributions):
            if voice or span == sentence or _says_something(layout.text, span, attributions):
                found.append(_statement(layout, number, span, voice, figures))
    return tuple(found)


def _pieces(text: str, sentence: Span, attributions: Sequence[Attribution]) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """A sentence's stretches of one voice each, trimmed; empty ones left out."""
    near = [
        (span, number)
        for number, attribution in enumerate(attributions)
        if attribution.score >= LEAST_SCORE and _content_words(text, sentence, attribution) >= LEAST_CONTENT
        for span in attribution.content
        if overlap(span, sentence)
    ]
    edges = {sentence.start, sentence.end}
    edges |= {edge for span, _ in near for edge in span if sentence.start < edge < sentence.end}
    merged: list[tuple[Span, tuple[int, ...]]] = []
    for start, end in pairwise(sorted(edges)):
        chain = _chain(tuple(i for span, i in near if span.start <= start and end <= span.end), attributions)
        if merged and merged[-1][1] == chain:
            merged[-1] = (Span(merged[-1][0].start, end), chain)
        else:
            merged.append((Span(start, end), chain))
    for span, chain in _rejoined(text, merged, attributions):
        tight = trimmed(text, span)
        if any(sign.isalnum() for sign in text[tight.start : tight.end]):
            yield tight, chain


def _content_words(text: str, sentence: Span, attribution: Attribution) -> int:
    return sum(
        _count(text, Span(max(span.start, sentence.start), min(span.end, sentence.end)))
        for span in attribution.content
        if overlap(span, sentence)
    )


def _count(text: str, span: Span) -> int:
    return sum(1 for _ in _WORD.finditer(text, span.start, span.end))


def _rejoined(
    text: str, pieces: Sequence[tuple[Span, tuple[int, ...]]], attributions: Sequence[Attribution]
) -> list[tuple[Span, tuple[int, ...]]]:
    """Pieces with a content made one again that its own cue cuts in two, unless both sides can stand by themselves.

    "The chief reportedly made a call" tells one thing; "It fell," she said, "and nobody knew why it did" two.
    """
    found: list[tuple[Span, tuple[int, ...]]] = []
    for span, chain in pieces:
        if (
            len(found) >= 2
            and chain
            and found[-2][1] == chain
            and not _says_something(text, found[-1][0], attributions)
        ):
            first = found[-2][0]
            unsaid = not attributions[chain[-1]].source
            if unsaid or min(_count(text, first), _count(text, span)) < LEAST_ALONE:
                found[-2:] = [(Span(first.start, span.end), chain)]
                continue
        found.append((span, chain))
    return found


def _chain(inside: tuple[int, ...], attributions: Sequence[Attribution]) -> tuple[int, ...]:
    """Attributions around a stretch, from the account inwards: the longer content is the outer one."""
    size = {i: sum(span.end - span.start for span in attributions[i].content) for i in inside}
    return tuple(sorted(set(inside), key=lambda i: (-size[i], i)))


def _says_something(text: str, span: Span, attributions: Sequence[Attribution]) -> bool:
    """Whether a stretch of own voice tells more than who speaks."""
    parts = [s for a in attributions for s in (*a.source, *a.cue) if overlap(s, span)]
    words = 0
    for match in _WORD.finditer(text, span.start, span.end):
        here = Span(match.start(), match.end())
        if match[0].lower() not in _EMPTY and not any(overlap(here, part) for part in parts):
            words += 1
    return words >= LEAST_WORDS


def _statement(layout: Layout, number: int, span: Span, voice: tuple[int, ...], figures: Sequence[Figure]) -> Statement:
    words = layout.text[span.start : span.end]
    quoted = sum(overlap(span, quotation) for quotation in layout.quotations)
    return Statement(
        span=span,
        sentence=number,
        voice=voice,
        quoted=quoted >= QUOTED_SHARE * (span.end - span.start),
        kind=kind(words),
        polarity=polarity(words),
        certainty=certainty(words),
        figures=tuple(i for i, figure in enumerate(figures) if overlap(figure.span, span)),
    )
