"""Where quotation marks open and close.

Marks come curly, straight, as guillemets, low-high, or asymmetric; a quotation of several paragraphs opens anew with
each paragraph and closes once. Straight marks have no direction and others are set the wrong way round, so the
characters around them decide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tellings.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

PAIRS = {"“": "”", "„": "“", "«": "»", "‟": "”"}
CLOSERS = frozenset('”»"')
_TURNED = {'"': '"', "”": "”", "»": "«"}  # closing signs that open where they can do nothing else: ”so”, »so«
_MARK = re.compile('[“”„‟«»"‘]')
_BEFORE_OPENING = frozenset(" \t\n\u00a0\u200b\ufeff([{-–—/‘'>:")
LONGEST_SINGLE = 1_000  # code points of a quotation in single marks
# A closing single mark is an apostrophe too: the first that is not after an s ("the dogs’ bowl"), else the first.
_SINGLE_CLOSERS = (re.compile(r"(?<=[^\ss])’(?!\w)"), re.compile(r"(?<=\S)’(?!\w)"))


def quotations(text: str) -> tuple[Span, ...]:
    """Stretches between outermost quotation marks, the marks left out, in text order.

    A quotation that goes on over several paragraphs gives one span a paragraph. A mark never closed holds to the end
    of its paragraph, so a stray mark cannot swallow the rest of a text; a single curly mark never closed is an
    apostrophe.
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
    at = start
    while found := _first(text, at, start, end):
        yield found
        at = found.end + 1


def _first(text: str, at: int, start: int, end: int) -> Span | None:
    """The first quotation at or after a place of the paragraph `[start, end)`."""
    for match in _MARK.finditer(text, at, end):
        closer = _closer(text, match.start(), start, end)
        if closer == "’":
            single = _single(text, match.end(), end)
            if single is not None:
                return single
        elif closer:
            return Span(match.end(), _close(text, match.end(), closer, start, end))
    return None


def _close(text: str, at: int, closer: str, start: int, end: int) -> int:
    """Where the quotation that begins at `at` closes, quotations of the same marks inside it passed over."""
    depth = 0
    for match in _MARK.finditer(text, at, end):
        place, mark = match.start(), match[0]
        if mark != closer and PAIRS.get(mark) == closer and not _only_closes(text, place, start, end):
            depth += 1
        elif mark == closer and depth:
            depth -= 1
        elif _closes(text, place, closer, start, end):
            return place
    return end


def _closer(text: str, at: int, start: int, end: int) -> str:
    """The mark that closes what a mark opens; empty where it opens nothing."""
    mark = text[at]
    if mark in PAIRS:
        return "" if _only_closes(text, at, start, end) else PAIRS[mark]
    if not _can_open(text, at, start, end):
        return ""
    return _TURNED.get(mark, "" if text[at + 1].isdigit() else "’")  # ‘90s


def _closes(text: str, at: int, closer: str, start: int, end: int) -> bool:
    """Whether a mark closes a quotation: it is the closer, or one of another kind that cannot open another."""
    mark = text[at]
    if mark == closer or (closer == "“" and mark == "”"):
        return True
    if mark in CLOSERS:
        return closer in CLOSERS and not _can_open(text, at, start, end)
    return mark in PAIRS and PAIRS[mark] == closer and _only_closes(text, at, start, end)


def _single(text: str, at: int, end: int) -> Span | None:
    """The quotation in single marks that begins at `at`, if it closes before the next such mark."""
    following = text.find("‘", at, min(end, at + LONGEST_SINGLE))
    limit = min(end, at + LONGEST_SINGLE) if following < 0 else following
    for closer in _SINGLE_CLOSERS:
        match = closer.search(text, at, limit)
        if match:
            return Span(at, match.start())
    return None


def _can_open(text: str, at: int, start: int, end: int) -> bool:
    """Whether a mark at `at` can open: space or an opening sign before it, a word's sign after it."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return before in _BEFORE_OPENING and not after.isspace()


def _only_closes(text: str, at: int, start: int, end: int) -> bool:
    """Whether a mark can only close: a sign of a word or sentence before it, none after it."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return not (before.isspace() or before in _BEFORE_OPENING or after.isalnum() or after in PAIRS)
