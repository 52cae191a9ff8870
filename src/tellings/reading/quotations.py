"""Where quotation marks open and close.

Marks come curly, straight, as guillemets, low-high, or asymmetric; a quotation of several paragraphs opens anew with
each paragraph and closes once. Straight marks have no direction, so the characters around them decide.
"""

from __future__ import annotations

from collections.abc import Iterator

from tellings.records import Span

PAIRS = {"“": "”", "„": "“", "«": "»", "‟": "”"}
CLOSERS = frozenset('”»"')
_BEFORE_OPENING = frozenset(" \t\n\u00a0([{-–—/‘'>:")


def quotations(text: str) -> tuple[Span, ...]:
    """Stretches between outermost quotation marks, the marks left out, in text order.

    A quotation that goes on over several paragraphs gives one span a paragraph. A mark never closed holds to the end
    of its paragraph, so a stray mark cannot swallow the rest of a text.
    """
    found: list[Span] = []
    for start, end in _paragraphs(text):
        found.extend(_in_paragraph(text, start, end))
    return tuple(span for span in found if text[span.start : span.end].strip())


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Span]:
    opened: int | None = None
    closer = ""
    depth = 0
    for at in range(start, end):
        mark = text[at]
        if opened is None:
            if mark in PAIRS:
                opened, closer, depth = at + 1, PAIRS[mark], 0
            elif mark == '"' and _opens(text, at, start, end):
                opened, closer, depth = at + 1, '"', 0
        elif mark in PAIRS and mark != closer and PAIRS[mark] == closer:
            depth += 1
        elif mark == closer or (mark in CLOSERS and closer in CLOSERS and not _opens(text, at, start, end)):
            if depth and mark == closer:
                depth -= 1
                continue
            yield Span(opened, at)
            opened = None
    if opened is not None:
        yield Span(opened, end)


def _opens(text: str, at: int, start: int, end: int) -> bool:
    """Whether a straight mark at `at` can open: space or an opening sign before it, a word's sign after it."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return before in _BEFORE_OPENING and not after.isspace()
