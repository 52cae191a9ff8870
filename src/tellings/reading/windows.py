"""Windows over a long text's word pieces, cut at paragraph or sentence ends, with context kept on both sides.

A window's shape depends on its own text alone (it is padded to the next of a few lengths and run by itself), so an
account reads the same whatever else is read beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tellings.reading.tokens import GAPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tellings.reading.tokens import Tokens
    from tellings.records import Span

CORE = 288  # pieces whose results a window gives
CONTEXT = 47  # pieces it sees besides on either side; CORE + 2 CONTEXT + [CLS] + [SEP] = 384
LENGTHS = (64, 128, 192, 256, 320, 384)


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces `[first, last)` are seen; the results for `[core_first, core_last)` are kept."""

    first: int
    last: int
    core_first: int
    core_last: int

    @property
    def length(self) -> int:
        """The padded length it runs at, [CLS] and [SEP] included."""
        return next(length for length in LENGTHS if length >= self.last - self.first + 2)


def windows(tokens: Tokens, sentence_of: NDArray[np.int64]) -> Iterator[Window]:
    """Cut pieces into windows; `sentence_of` numbers each piece's sentence."""
    total = len(tokens)
    at = 0
    while at < total:
        end = total if total - at <= CORE else _cut(tokens, sentence_of, at)
        yield Window(max(0, at - CONTEXT), min(total, end + CONTEXT), at, end)
        at = end


def _cut(tokens: Tokens, sentence_of: NDArray[np.int64], at: int) -> int:
    """The last good place to end a core that begins at `at`: a paragraph's end, a sentence's, a word's."""
    region = np.arange(at + CORE // 2, at + CORE + 1)
    gaps = tokens.features[region] // 2 % GAPS
    for places in (gaps >= 2, sentence_of[region] != sentence_of[region - 1], tokens.first[region]):
        if places.any():
            return int(region[np.flatnonzero(places)[-1]])
    return at + CORE


def number_pieces(tokens: Tokens, spans: Sequence[Span]) -> NDArray[np.int64]:
    """For each piece the number of the last of the ordered `spans` that starts at or before it (0 before the first)."""
    starts = np.asarray([span.start for span in spans], dtype=np.int64)
    return np.maximum(np.searchsorted(starts, tokens.starts, side="right") - 1, 0)


def paragraph_numbers(tokens: Tokens) -> NDArray[np.int64]:
    """For each piece the number of its line of text."""
    return np.cumsum(tokens.features // 2 % GAPS >= 2)
