"""Statements: sentences cut where the voice changes, each with the chain of who says it."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from tellings.reading.modality import certainty, kind, polarity
from tellings.reading.spans import overlap, trimmed
from tellings.records import Attribution, Figure, Span, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.reading.layout import Layout

LEAST_WORDS = 3  # that say something; shorter pieces between contents are joints, not statements
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
        (span, i)
        for i, attribution in enumerate(attributions)
        for span in attribution.content
        if overlap(span, sentence)
    ]
    edges = {sentence.start, sentence.end}
    edges |= {edge for span, _ in near for edge in span if sentence.start < edge < sentence.end}
    merged: list[tuple[Span, tuple[int, ...]]] = []
    ordered = sorted(edges)
    for start, end in itertools.pairwise(ordered):
        inside = tuple(i for span, i in near if span.start <= start and end <= span.end)
        chain = _chain(inside, attributions)
        if merged and merged[-1][1] == chain:
            merged[-1] = (Span(merged[-1][0].start, end), chain)
        else:
            merged.append((Span(start, end), chain))
    for span, chain in merged:
        tight = trimmed(text, span)
        if any(sign.isalnum() for sign in text[tight.start : tight.end]):
            yield tight, chain


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
