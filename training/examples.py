"""Training examples: windows of word pieces with the labels that each corpus has."""

from __future__ import annotations

import calendar
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tellings.reading.labels import MENTION_TAGS, UPOS
from tellings.reading.places import places
from tellings.reading.quotations import quotations
from tellings.reading.sentences import sentences
from tellings.reading.tokens import GAPS, Tokens, tokens
from tellings.reading.windows import number_pieces, paragraph_numbers
from tellings.records import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tellings.evaluate.corpora import AttributionText
    from training.corpora import LabelledText

NONE = -100  # no label: left out of the loss


@dataclass(frozen=True, slots=True)
class Document:
    """A text cut into pieces, each layer's labels beside (one number a piece; NONE where the corpus has no such layer).

    `links` has one row per annotated cue: its first and last piece (half-open) and the label of every piece as seen
    from it (0 neither, 1 source, 2 content). `named` says of a corpus without typed names whether a piece is in a
    proper noun (1) or not (0). `spans` are piece ranges with the index of their teacher vector.
    """

    id: str
    tokens: Tokens
    sentence_of: NDArray[np.int64]
    cue: NDArray[np.int64]
    source: NDArray[np.int64]
    content: NDArray[np.int64]
    mention: NDArray[np.int64]
    named: NDArray[np.int64]
    upos: NDArray[np.int64]
    links: tuple[tuple[int, int, NDArray[np.int8]], ...]
    spans: NDArray[np.int64]  # (n, 3): first piece, last piece, teacher row


def piece_range(tokens: Tokens, span: Span) -> tuple[int, int]:
    """The pieces that a span touches, half-open."""
    first = int(np.searchsorted(tokens.ends, span.start, side="right"))
    last = int(np.searchsorted(tokens.starts, span.end, side="left"))
    return first, last


def _marked(tokens: Tokens, spans: Sequence[Span]) -> NDArray[np.int64]:
    labels = np.zeros(len(tokens), dtype=np.int64)
    for span in sorted(spans, key=lambda s: s.start - s.end):
        first, last = piece_range(tokens, span)
        if first < last:
            labels[first:last] = 2
            labels[first] = 1
    return labels


def attribution_document(text: AttributionText) -> Document:
    """A PolNeAR article with its attribution labels."""
    pieces, sentence_of, found = _prepared(text.text)
    links = []
    for attribution in text.attributions:
        if not attribution.cue:
            continue
        first, last = piece_range(pieces, Span(attribution.cue[0].start, attribution.cue[-1].end))
        row = np.zeros(len(pieces), dtype=np.int8)
        for label, part in ((2, attribution.content), (1, attribution.source)):
            for span in part:
                row[slice(*piece_range(pieces, span))] = label
        if first < last:
            links.append((first, last, row))
    none = np.full(len(pieces), NONE)
    spans = list(found)
    spans += [
        Span(max(s.start, c.start), min(s.end, c.end))
        for a in text.attributions
        for c in a.content
        for s in found
        if s.start < c.end and c.start < s.end
    ]
    return Document(
        id=text.id,
        tokens=pieces,
        sentence_of=sentence_of,
        cue=_marked(pieces, [s for a in text.attributions for s in a.cue]),
        source=_marked(pieces, [s for a in text.attributions for s in a.source]),
        content=_marked(pieces, [s for a in text.attributions for s in a.content]),
        mention=none,
        named=none,
        upos=none,
        links=tuple(sorted(links, key=lambda link: link[0])),
        spans=_ranges(pieces, spans),
    )


def labelled_document(text: LabelledText) -> Document:
    """A text with names, parts of speech, or both."""
    pieces, sentence_of, found = _prepared(text.text)
    none = np.full(len(pieces), NONE)
    upos = none.copy()
    for span, kind in text.upos or ():
        upos[slice(*piece_range(pieces, span))] = UPOS.index(kind)
    proper = _proper(text, pieces, upos)
    mention = none if text.names is None else _mentions(text, pieces, proper)
    named = proper if text.names is None else none
    spans = _ranges(pieces, list(found))
    return Document(text.id, pieces, sentence_of, none, none, none, mention, named, upos, (), spans)


def _mentions(text: LabelledText, pieces: Tokens, proper: NDArray[np.int64]) -> NDArray[np.int64]:
    """Typed name labels; a proper noun that its corpus gives none of our types is left out of the loss."""
    mention = np.where(proper == 1, NONE, 0)
    for span, kind in text.names or ():
        first, last = piece_range(pieces, span)
        mention[first:last] = MENTION_TAGS.index(f"I-{kind}")
        mention[first : first + 1] = MENTION_TAGS.index(f"B-{kind}")
    return mention


_CALENDAR = frozenset((*calendar.day_name, *calendar.month_name[1:], "Mr", "Mrs", "Ms", "Dr"))


def _proper(text: LabelledText, pieces: Tokens, upos: NDArray[np.int64]) -> NDArray[np.int64]:
    """1 where a piece is a proper noun's, 0 where another word's, NONE where unknown or a day, month or title."""
    proper = np.where(upos == NONE, NONE, (upos == UPOS.index("PROPN")).astype(np.int64))
    for span, kind in text.upos or ():
        if kind == "PROPN" and text.text[span.start : span.end].strip(".") in _CALENDAR:
            proper[slice(*piece_range(pieces, span))] = NONE
    return proper


def _prepared(text: str) -> tuple[Tokens, NDArray[np.int64], tuple[Span, ...]]:
    pieces = tokens(text, quotations(text))
    found = sentences(text)
    return pieces, number_pieces(pieces, found), found


def _ranges(pieces: Tokens, spans: Sequence[Span]) -> NDArray[np.int64]:
    ranges = {piece_range(pieces, span) for span in spans}
    kept = sorted(r for r in ranges if r[1] - r[0] >= 3)
    return np.asarray([(first, last, -1) for first, last in kept], dtype=np.int64).reshape(-1, 3)


@dataclass(frozen=True, slots=True)
class Example:
    """One window of a document: pieces `[first, last)`."""

    document: Document
    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 2


def cut(document: Document, dice: random.Random, size: int) -> Iterator[Example]:
    """Windows of at most `size` pieces, cut at line or sentence ends, otherwise each time."""
    total = len(document.tokens)
    gaps = document.tokens.features // 2 % GAPS >= 2
    ends = np.flatnonzero(gaps | (np.diff(document.sentence_of, prepend=0) > 0))
    at = 0
    limit = dice.randint(size // 2, size)
    while at < total:
        last = min(total, at + limit)
        good = ends[(ends > at + limit // 3) & (ends <= last)]
        if last < total and len(good):
            last = int(good[-1])
        if last - at >= 4:
            yield Example(document, at, last)
        at, limit = last, size


@dataclass(frozen=True, slots=True)
class Links:
    """The cues of one window as seen by the link head: window positions, distances, labels."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    places: NDArray[np.int64]
    labels: NDArray[np.int64]


def links(example: Example) -> Links | None:
    """The annotated cues that stand wholly inside a window; None where there are none."""
    document, first, last = example.document, example.first, example.last
    inside = [link for link in document.links if link[0] >= first and link[1] <= last]
    if not inside:
        return None
    starts = np.asarray([link[0] for link in inside]) - first
    ends = np.asarray([link[1] for link in inside]) - first
    seen = slice(first, last)
    return Links(
        starts,
        ends,
        places(
            starts,
            ends,
            document.sentence_of[seen],
            paragraph_numbers(document.tokens)[seen],
            document.tokens.features[seen] % 2,
        ),
        np.stack([link[2][seen] for link in inside]).astype(np.int64),
    )
