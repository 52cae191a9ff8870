"""What a span means in a reading: the mention, the statement or the attribution there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tellings.records import Attribution, Reading, Span

LEAST = 0.5
"""The least part of a span, or of what is found there, that both must have in common."""


def overlap(a: Span, b: Span) -> int:
    """How many characters two spans have in common."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


_BEFORE_OTHERS = re.compile(r"\b(?:of|for|to|by|with|from|about|in|at|on|near|outside|against)\W*$", re.IGNORECASE)
_OWNER = re.compile(r"['’]s\b")


def mention_at(reading: Reading, span: Span) -> int | None:
    """The number of the mention that a span means: the one in it, or around it, that has most of it; the shortest.

    One inside a span that only says whose or where ("the mayor of Ostrel", "Kroll's deputy") is not what it means.
    """
    text = reading.account.text
    means = [one.span if _is_meant(text, span, one.span) else Span(0, 0) for one in reading.mentions]
    return _best(span, means, inside=True)


def _is_meant(text: str, span: Span, inner: Span) -> bool:
    if not (span.start <= inner.start and inner.end <= span.end):
        return True
    before, after = text[span.start : inner.start], text[inner.end : span.end]
    return not _BEFORE_OTHERS.search(before) and not _OWNER.match(after)


def statement_at(reading: Reading, span: Span) -> int | None:
    """The number of the statement that a span means: the one that shares most with it, and half of either at least."""
    return _best(span, [one.span for one in reading.statements], inside=False)


def content_of(one: Attribution) -> Span | None:
    """From the first to the last character of a content."""
    return hull(one.content)


def hull(spans: Iterable[Span]) -> Span | None:
    """From the first to the last character of several spans."""
    found = sorted(spans)
    return Span(found[0].start, max(one.end for one in found)) if found else None


def attribution_at(reading: Reading, span: Span) -> int | None:
    """The number of the attribution that a span means, by its content, else by all its parts, else around the span.

    None where nobody is given what stands there.
    """
    contents = [hull(one.content) for one in reading.attributions]
    wholes = [hull((*one.source, *one.cue, *one.content)) for one in reading.attributions]
    for spans in (contents, wholes):
        found = _alike(span, spans)
        if found is not None:
            return found
    holding = [
        (one.end - one.start, n)
        for n, one in enumerate(contents)
        if one and overlap(one, span) == span.end - span.start
    ]
    return min(holding)[1] if holding else None


def _alike(span: Span, spans: Sequence[Span | None]) -> int | None:
    """The span most like one: what they share is half of what they cover together at least."""
    likeness = [
        (-common / (span.end - span.start + one.end - one.start - common), n)
        for n, one in enumerate(spans)
        if one and (common := overlap(one, span))
    ]
    best = min(likeness, default=(0.0, 0))
    return best[1] if -best[0] >= LEAST else None


def _best(span: Span, spans: Sequence[Span], *, inside: bool) -> int | None:
    found = []
    for n, one in enumerate(spans):
        common, size, asked = overlap(one, span), one.end - one.start, span.end - span.start
        enough = common == min(size, asked) if inside else common >= LEAST * min(size, asked)
        if common and enough:
            found.append((-common, size, one, n))
    return min(found)[3] if found else None
