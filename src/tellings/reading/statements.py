"""Statements: sentences cut where the voice changes and then into clauses, each with the chain of who says it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tellings.reading.clauses import Clause, Syntax, clauses, syntax
from tellings.reading.modality import certainty, certainty_of, kind_of, polarity, polarity_of
from tellings.reading.participants import MentionsOf, mentions_of, participants, predicate
from tellings.reading.spans import overlap, trimmed
from tellings.records import Attribution, Figure, Mention, Span, Statement, Time, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tellings.reading.layout import Layout
    from tellings.reading.states import States

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


_Placed = dict[int, list[tuple[Span, int]]]  # for each sentence, spans that touch it and the number of what they are of


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with its layers, each where it is looked for; `sizes` are the lengths of the attributions' contents."""

    layout: Layout
    attributions: Sequence[Attribution]
    sizes: list[int]
    contents: _Placed
    sources: _Placed
    cues: _Placed
    quotations: _Placed
    figures: _Placed
    times: _Placed
    syntax: Syntax
    known: MentionsOf
    states: States


def statements(  # noqa: PLR0913 - the layers that a statement draws on, each made elsewhere
    layout: Layout,
    attributions: Sequence[Attribution],
    figures: Sequence[Figure],
    words: Sequence[Word],
    mentions: Sequence[Mention],
    states: States,
    times: Sequence[Time] = (),
) -> tuple[Statement, ...]:
    """Every statement of a text in order; they lie in their sentence and do not overlap.

    A sentence is cut at the edges of attribution contents; a piece inside contents carries their chain, outermost
    first, and what is left of a cut sentence and only names source and cue is no statement. Each piece is then cut into
    its clauses (see `clauses`). Without words there is no parse: pieces stay whole, and cue words tell polarity and
    certainty. Linear in the text's length.
    """
    text = _text(layout, attributions, figures, syntax(layout.text, words), mentions, states, times)
    found: list[Statement] = []
    for number, sentence in enumerate(layout.sentences):
        pieces = list(_pieces(text, number, sentence))
        for span, voice in pieces:
            if voice or len(pieces) == 1:
                found += _clauses(text, number, span, voice)
            elif _says_something(text, number, span):
                found += [s for s in _clauses(text, number, span, voice) if not _only_speaks(text, number, s.span)]
    return tuple(found)


def _only_speaks(text: _Text, number: int, clause: Span) -> bool:
    """Whether a clause only tells who speaks: "said Lind", where "who sells fish there" is a clause of its own."""
    cued = any(overlap(cue, clause) for cue, _ in text.cues.get(number, ()))
    return cued and not _says_something(text, number, clause)


def _text(  # noqa: PLR0913 - as above
    layout: Layout,
    attributions: Sequence[Attribution],
    figures: Sequence[Figure],
    parse: Syntax,
    mentions: Sequence[Mention],
    states: States,
    times: Sequence[Time],
) -> _Text:
    return _Text(
        layout=layout,
        attributions=attributions,
        sizes=[sum(span.end - span.start for span in a.content) for a in attributions],
        contents=_by_sentence(layout, ((span, i) for i, a in enumerate(attributions) for span in a.content)),
        sources=_by_sentence(layout, ((span, i) for i, a in enumerate(attributions) for span in a.source)),
        cues=_by_sentence(layout, ((span, i) for i, a in enumerate(attributions) for span in a.cue)),
        quotations=_by_sentence(layout, ((span, i) for i, span in enumerate(layout.quotations))),
        figures=_by_sentence(layout, ((figure.span, i) for i, figure in enumerate(figures))),
        times=_by_sentence(layout, ((time.span, i) for i, time in enumerate(times))),
        syntax=parse,
        known=mentions_of(parse, mentions),
        states=states,
    )


def _by_sentence(layout: Layout, placed: Iterable[tuple[Span, int]]) -> _Placed:
    found: _Placed = defaultdict(list)
    for span, number in placed:
        first, last = layout.sentence_at(span.start), layout.sentence_at(max(span.start, span.end - 1))
        for sentence in range(first, last + 1):
            found[sentence].append((span, number))
    return dict(found)


def _pieces(text: _Text, number: int, sentence: Span) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """A sentence's stretches of one voice each, trimmed; empty ones left out."""
    words = text.layout.text
    covered: dict[int, int] = defaultdict(int)  # words of the sentence in each attribution's contents
    inside = [(span, i) for span, i in text.contents.get(number, ()) if overlap(span, sentence)]
    for span, i in inside:
        covered[i] += _count(words, Span(max(span.start, sentence.start), min(span.end, sentence.end)))
    cutting = [
        (span, i) for span, i in inside if text.attributions[i].score >= LEAST_SCORE and covered[i] >= LEAST_CONTENT
    ]
    edges = {sentence.start, sentence.end}
    edges |= {edge for span, _ in cutting for edge in span if sentence.start < edge < sentence.end}
    merged: list[tuple[Span, tuple[int, ...]]] = []
    for start, end in pairwise(sorted(edges)):
        chain = _chain(text, {i for span, i in cutting if span.start <= start and end <= span.end})
        if merged and merged[-1][1] == chain:
            merged[-1] = (Span(merged[-1][0].start, end), chain)
        else:
            merged.append((Span(start, end), chain))
    for span, chain in _rejoined(text, number, merged):
        tight = trimmed(words, span)
        if any(sign.isalnum() for sign in words[tight.start : tight.end]):
            yield tight, chain


def _count(text: str, span: Span) -> int:
    return sum(1 for _ in _WORD.finditer(text, span.start, span.end))


def _rejoined(
    text: _Text, number: int, pieces: Sequence[tuple[Span, tuple[int, ...]]]
) -> list[tuple[Span, tuple[int, ...]]]:
    """Pieces with a content made one again that its own cue cuts in two, unless both sides can stand by themselves.

    "The chief reportedly made a call" tells one thing; "It fell," she said, "and nobody knew why it did" two.
    """
    found: list[tuple[Span, tuple[int, ...]]] = []
    for span, chain in pieces:
        if len(found) >= 2 and chain and found[-2][1] == chain and not _says_something(text, number, found[-1][0]):
            first = found[-2][0]
            unsaid = not text.attributions[chain[-1]].source
            words = text.layout.text
            if unsaid or min(_count(words, first), _count(words, span)) < LEAST_ALONE:
                found[-2:] = [(Span(first.start, span.end), chain)]
                continue
        found.append((span, chain))
    return found


def _chain(text: _Text, inside: set[int]) -> tuple[int, ...]:
    """Attributions around a stretch, from the account inwards: the longer content is the outer one."""
    return tuple(sorted(inside, key=lambda i: (-text.sizes[i], i)))


def _says_something(text: _Text, number: int, span: Span) -> bool:
    """Whether a stretch of own voice tells more than who speaks."""
    speaking = (*text.sources.get(number, ()), *text.cues.get(number, ()))
    parts = [part for part, _ in speaking if overlap(part, span)]
    words = 0
    for match in _WORD.finditer(text.layout.text, span.start, span.end):
        here = Span(match.start(), match.end())
        if match[0].lower() not in _EMPTY and not any(overlap(here, part) for part in parts):
            words += 1
    return words >= LEAST_WORDS


def _clauses(text: _Text, number: int, span: Span, voice: tuple[int, ...]) -> Iterator[Statement]:
    """The statements of a piece: its clauses, or all of it where there is no parse."""
    found = clauses(text.syntax, span)
    for clause in found:
        yield _statement(text, number, clause.span, voice, clause)
    if not found:
        yield _statement(text, number, span, voice, None)


def _statement(text: _Text, number: int, span: Span, voice: tuple[int, ...], clause: Clause | None) -> Statement:
    words = text.layout.text[span.start : span.end]
    quoted = sum(overlap(span, quotation) for quotation, _ in text.quotations.get(number, ()))
    return Statement(
        span=span,
        sentence=number,
        voice=voice,
        quoted=quoted >= QUOTED_SHARE * (span.end - span.start),
        kind=kind_of(text.layout, text.states, span),
        polarity=polarity(words) if clause is None else polarity_of(text.syntax, clause),
        certainty=certainty(words) if clause is None else certainty_of(text.syntax, clause),
        figures=tuple(i for figure, i in text.figures.get(number, ()) if overlap(figure, span)),
        times=tuple(i for time, i in text.times.get(number, ()) if overlap(time, span)),
        predicate=None if clause is None else predicate(text.syntax, clause),
        participants=() if clause is None else participants(text.syntax, clause, text.known),
    )
