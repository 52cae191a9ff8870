"""A span as W3C Web Annotation selectors, and the span again in a text that may have changed: strictly, or not at all.

A TextQuoteSelector has the words with what stands before and after them; a TextPositionSelector has `start` and `end`.
The context is as long as makes the words one place of their text. In a changed text they are found again only where
words and context stand exactly once; a context shorter than the text gave stands at its beginning or its end.
"""

from __future__ import annotations

from dataclasses import dataclass

from tellings.records import Span

CONTEXT = 32
"""Code points of context on each side at least, where the text has them."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words with their context, and where they stood. `first` and `last` say that the context reaches the text's end.

    Web Annotation has no place for these two; they follow from the lengths: a side shorter than CONTEXT reaches it.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


def quoted(text: str, span: Span) -> Quoted:
    """The words of a span with as much context as makes them one place of the text."""
    start, end = span
    reach = CONTEXT
    while True:
        first, last = max(0, start - reach), min(len(text), end + reach)
        if _once(text, text[first:last]) or (first == 0 and last == len(text)):
            return Quoted(text[start:end], text[first:start], text[end:last], start, end)
        reach *= 2


def placed(one: Quoted, text: str) -> Span | None:
    """Where the words stand in a text, None where that is not sure: then the annotation is an orphan."""
    whole = one.prefix + one.exact + one.suffix
    at = text.find(whole)
    if not whole or at < 0 or not _once(text, whole):
        return None
    end = at + len(whole)
    if (len(one.prefix) < CONTEXT and at != 0) or (len(one.suffix) < CONTEXT and end != len(text)):
        return None
    return Span(at + len(one.prefix), end - len(one.suffix))


def _once(text: str, words: str) -> bool:
    """Whether words stand at one place; overlapping places are two."""
    at = text.find(words)
    return at >= 0 and text.find(words, at + 1) < 0
