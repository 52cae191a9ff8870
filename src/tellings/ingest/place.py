"""Extracted blocks of a page placed back onto the words of its source."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.bytemap import Piece
from tellings.ingest.page import Page, chunks_in, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A part of a block begins with so many characters found so near its part before: the shorter, the nearer.
_STARTS = ((12, 4000), (4, 200), (1, 40))
_MOST_PIECES = 40
_KEY = 8
_MOST_ALIKE = 64
_MOST_LOOKED = 500_000_000
"""Characters looked at for the blocks of one page, some half a second; ordinary pages need less than a hundredth."""


class Place(NamedTuple):
    """Where a block stands: stretches of the page's stream in order; none where it could not be placed."""

    parts: tuple[tuple[int, int], ...]


def place(page: Page, blocks: Sequence[str]) -> list[Place]:
    """Place each block (text as extracted) on the page, looking at what is not white space alone.

    Blocks that begin a text of the page, once in all of it, are placed first; the others go between their placed
    neighbours. A block of which the extraction left out something inside is placed in parts. Looks at each character
    a few times at most: blocks that would need more go without a place.
    """
    wanted = [squeeze(block) for block in blocks]
    begun = _beginnings(page)
    found: list[Place | None] = [_only_place(page.stream, begun, words) for words in wanted]
    _drop_strays(found)
    looked = _Looks(page.stream)
    nexts = _next_starts(found, len(page.stream))
    after = 0
    for index, words in enumerate(wanted):
        spot = found[index]
        if spot is None:
            spot = found[index] = looked.between(words, after, nexts[index])
        after = spot.parts[-1][1] if spot and spot.parts else after
    return [spot or Place(()) for spot in found]


def _beginnings(page: Page) -> dict[str, list[int]]:
    """Where the texts of a page begin in its stream, by their first characters."""
    begun: dict[str, list[int]] = defaultdict(list)
    for at in page.starts:
        begun[page.stream[at : at + _KEY]].append(at)
    return begun


def _next_starts(found: Sequence[Place | None], end: int) -> list[int]:
    """For each block where the next placed one after it begins."""
    nexts = [end] * len(found)
    for index in range(len(found) - 2, -1, -1):
        spot = found[index + 1]
        nexts[index] = spot.parts[0][0] if spot and spot.parts else nexts[index + 1]
    return nexts


def pieces_of(page: Page, spot: Place) -> Iterator[Piece]:
    """Yield a placed block as the page has it: white space collapsed, what is between its parts left out."""
    for number, (start, end) in enumerate(spot.parts):
        for index, text in enumerate(page.texts_of(start, end)):
            whole = start <= text.at and text.end <= end
            words = chunks_in(page.source, text) if whole else page.words_of(max(start, text.at), min(end, text.end))
            if not index and number:
                skipped = page.words_of(spot.parts[number - 1][1], start)
                before = words[0] if words[0].gap or not skipped else skipped[0]
                yield from _gap(page.source, before.gap, before.space)
            for number_in, word in enumerate(words):
                if number_in or index:
                    yield from _gap(page.source, word.gap, word.space)
                yield Piece(word.text, word.first, word.last)


def _gap(source: str, gap: str, space: tuple[int, int]) -> Iterator[Piece]:
    if not gap:
        return
    first, last = space
    if gap == "\n" or first == last:
        yield Piece(gap)
    elif source[last - 1] == " ":  # the blank next to the word keeps the run whole
        yield Piece(" ", last - 1, last)
    else:
        yield Piece(" ", first, last)


def _only_place(stream: str, begun: dict[str, list[int]], words: str) -> Place | None:
    starts = begun.get(words[:_KEY], [])[: _MOST_ALIKE + 1]
    fit = [at for at in starts if stream.startswith(words, at)] if len(starts) <= _MOST_ALIKE else []
    return Place(((fit[0], fit[0] + len(words)),)) if len(fit) == 1 and words else None


def _drop_strays(found: list[Place | None]) -> None:
    """Take back short unique blocks that stand out of order: they may be a teaser's words."""
    edge = 0
    for index, spot in enumerate(found):
        if spot is None:
            continue
        start, end = spot.parts[0]
        later = [other.parts[0][0] for other in found[index + 1 : index + 6] if other]
        ahead = sum(other < start for other in later)
        if start < edge or (later and ahead * 2 > len(later)):
            if end - start < 40:
                found[index] = None
            continue
        edge = end


class _Looks:
    """Looks for blocks in a stream, until it has looked at so many characters that a page is none of a person's."""

    def __init__(self, stream: str) -> None:
        self.stream = stream
        self.left = _MOST_LOOKED

    def between(self, words: str, after: int, before: int) -> Place | None:
        """Find a block between its neighbours, else after the one before it, else anywhere, else in parts."""
        if not words:
            return None
        for start, end in ((after, before), (after, len(self.stream)), (0, len(self.stream))):
            at = self._find(words, start, max(start, end))
            if at >= 0:
                return Place(((at, at + len(words)),))
        if self.left < 0:
            return None
        return _in_parts(self.stream, words, after) or _in_parts(self.stream, words, 0)

    def _find(self, words: str, start: int, end: int) -> int:
        if self.left < 0:
            return -1
        at = self.stream.find(words, start, end)
        self.left -= (at if at >= 0 else end) - start
        return at


def _in_parts(stream: str, words: str, after: int) -> Place | None:
    """Find a block as up to forty stretches of the stream in order, near each other, as long as can be."""
    parts: list[tuple[int, int]] = []
    rest = words
    start = stream.find(rest[: _STARTS[0][0]], after)
    while start >= 0:
        length = _common(stream, start, rest)
        parts.append((start, start + length))
        rest = rest[length:]
        if not rest:
            return Place(tuple(parts))
        if len(parts) == _MOST_PIECES:
            return None
        at = start + length
        near = (stream.find(rest[:least], at, at + reach) for least, reach in _STARTS)
        start = next((place for place in near if place >= 0), -1)
    return None


def _common(stream: str, start: int, words: str) -> int:
    """How many characters two texts have in common from their starts, by halving."""
    low, high = 0, min(len(words), len(stream) - start)
    while low < high:
        middle = (low + high + 1) // 2
        if stream.startswith(words[low:middle], start + low):
            low = middle
        else:
            high = middle - 1
    return low
