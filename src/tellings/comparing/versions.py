"""Two versions of an utterance laid over each other word by word: what they share, and what became of the rest.

Aligned over words (difflib's longest matching blocks, after Ratcliff and Obershelp 1988). Punctuation, case, the style
of the marks, and how a word is split or shortened ("goodwill", "he's") do not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

from tellings.comparing.spoken import Piece
from tellings.comparing.words import STOP
from tellings.records import QuoteKind

_MARKS = ("...", "…", ". . .", "[", "* * *")
"""What shows that words are left out, or put in by who quotes."""
_STRONGEST: tuple[QuoteKind, ...] = ("altered", "clipped", "identical")
_BLOCK = 3
"""So many words in a row that stand in another order count as reordered."""


@dataclass(frozen=True, slots=True)
class Block:
    """Words both have, as places in `Piece.heard`: half-open in each."""

    a: int
    a_end: int
    b: int
    b_end: int


def aligned(one: Piece, other: Piece) -> tuple[Block, ...]:
    """The runs of words both have, in order; runs that differ only in where words are split are one."""
    return _aligned(one.keys, other.keys)


@lru_cache(maxsize=8192)
def _aligned(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[Block, ...]:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    found = [Block(b.a, b.a + b.size, b.b, b.b + b.size) for b in matcher.get_matching_blocks() if b.size]
    blocks: list[Block] = []
    at_a = at_b = 0
    for block in [*found, Block(len(one), len(one), len(other), len(other))]:
        between = "".join(one[at_a : block.a]), "".join(other[at_b : block.b])
        if between[0] and between[0] == between[1]:
            blocks.append(Block(at_a, block.a, at_b, block.b))
        if block.a < block.a_end:
            blocks.append(block)
        at_a, at_b = block.a_end, block.b_end
    return tuple(blocks)


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two runs, or before the first and after the last: places in each, either may be empty."""

    a: tuple[int, int]
    b: tuple[int, int]
    inner: bool


def gaps(one: Piece, other: Piece) -> list[Gap]:
    """The words that only one of two versions has, or both otherwise."""
    found = []
    blocks = aligned(one, other)
    at_a = at_b = 0
    last = Block(len(one.heard), len(one.heard), len(other.heard), len(other.heard))
    for n, block in enumerate([*blocks, last]):
        if block.a > at_a or block.b > at_b:
            found.append(Gap((at_a, block.a), (at_b, block.b), 0 < n < len(blocks)))
        at_a, at_b = block.a_end, block.b_end
    return found


def shared(one: Piece, other: Piece) -> tuple[int, int]:
    """How many words both have, and how many of them are telling."""
    keys = [key for block in aligned(one, other) for key in one.keys[block.a : block.a_end]]
    return len(keys), sum(key not in STOP for key in keys)


def strongest(versions: Sequence[tuple[Piece, str]]) -> QuoteKind:
    """The strongest difference in wording between any two versions, each with its account's text."""
    different = list({piece.keys: (piece, text) for piece, text in versions}.values())
    kinds = {kind(one, other, (own, its)) for (one, own), (other, its) in combinations(different, 2)}
    return next(found for found in _STRONGEST if found in kinds or found == "identical")


def kind(one: Piece, other: Piece, texts: tuple[str, str]) -> QuoteKind:
    """Identical; clipped where words are left out at the ends or at an ellipsis and none is changed; else altered."""
    found: QuoteKind = "identical"
    if reordered(one, other):
        return "altered"
    for gap in gaps(one, other):
        shown = _shown(one, gap.a, texts[0]) or _shown(other, gap.b, texts[1])
        both = all(end > start for start, end in (gap.a, gap.b))
        if (both or gap.inner) and not shown:
            return "altered"
        found = "clipped"
    return found


def _shown(piece: Piece, place: tuple[int, int], text: str) -> bool:
    """Whether the account shows, before or after these words, that something is left out or put in."""
    first, last = place
    ends = [(first - 1, first), (last - 1, last)] if last > first else [(first - 1, first)]
    return any(0 < after < len(piece.heard) and _at_mark(piece, before, after, text) for before, after in ends)


def _at_mark(piece: Piece, before: int, after: int, text: str) -> bool:
    between = text[piece.words[piece.heard[before][1]].end : piece.words[piece.heard[after][1]].start]
    return any(mark in between for mark in _MARKS)


def reordered(one: Piece, other: Piece) -> bool:
    """Whether a run of words of one stands in the other, but on the other side of what both have."""
    for gap in gaps(one, other):
        run = one.keys[slice(*gap.a)]
        for start in range(len(run) - _BLOCK + 1):
            if _stands_in(run[start : start + _BLOCK], other.keys):
                return True
    return False


def _stands_in(run: tuple[str, ...], keys: tuple[str, ...]) -> bool:
    return any(keys[n : n + len(run)] == run for n in range(len(keys) - len(run) + 1))
