"""The layout of a text before any score: words, sentences, paragraphs, quotation marks."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tellings.reading.quotations import quotations
from tellings.reading.sentences import sentences, settled
from tellings.reading.spans import word_spans, word_starts
from tellings.reading.tokens import Tokens, tokens
from tellings.reading.windows import number_pieces, paragraph_numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tellings.records import Span


@dataclass(frozen=True, slots=True)
class Layout:
    """A text cut up.

    Spans are in code points; `heads` numbers the first piece of each word, the `_of` each piece's sentence and
    paragraph.
    """

    text: str
    quotations: tuple[Span, ...]
    sentences: tuple[Span, ...]
    tokens: Tokens
    words: list[Span]
    heads: NDArray[np.int64]
    sentence_of: NDArray[np.int64]
    paragraph_of: NDArray[np.int64]

    def settled(self, begins: NDArray[np.float32]) -> Layout:
        """The same with its sentences as a head sees them: `begins` has each piece's probability to begin one."""
        found = settled(self.text, self.sentences, self.tokens.starts, begins)
        if found == self.sentences:
            return self
        return replace(self, sentences=found, sentence_of=number_pieces(self.tokens, found))

    def pieces(self, span: Span) -> tuple[int, int]:
        """The pieces that a span touches, half-open; the nearest one where it touches none."""
        first = int(np.searchsorted(self.tokens.ends, span.start, side="right"))
        last = int(np.searchsorted(self.tokens.starts, span.end, side="left"))
        if first < last:
            return first, last
        near = min(first, len(self.tokens) - 1)
        return near, near + 1

    def sentence_at(self, place: int) -> int:
        """The number of the last sentence that begins at or before a place, 0 before the first."""
        return max(0, bisect_right(self.sentences, place, key=lambda s: s.start) - 1)

    def is_quoted(self, place: int) -> bool:
        """Whether a place stands between quotation marks."""
        at = bisect_right(self.quotations, place, key=lambda s: s.start) - 1
        return at >= 0 and place < self.quotations[at].end

    def words_between(self, first: int, last: int) -> tuple[int, int]:
        """The words that begin among the pieces `[first, last)`, as a half-open range of word numbers."""
        found = np.searchsorted(self.heads, [first, last])
        return int(found[0]), int(found[1])

    def tail(self, word: int) -> int:
        """The piece after a word's last."""
        return int(self.heads[word + 1]) if word + 1 < len(self.heads) else len(self.tokens)


def layout(text: str) -> Layout:
    """Cut a text up."""
    quoted = quotations(text)
    pieces = tokens(text, quoted)
    found = sentences(text)
    return Layout(
        text,
        quoted,
        found,
        pieces,
        word_spans(pieces),
        word_starts(pieces),
        number_pieces(pieces, found),
        paragraph_numbers(pieces),
    )
