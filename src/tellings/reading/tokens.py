"""Word pieces of a text with their offsets, and what an uncased encoder cannot see of them.

The encoder's vocabulary is lower-cased and has no line ends. So each piece carries one number besides its id, its
feature: the shape of its word, what stands before it, and whether it stands inside quotation marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from tellings.errors import ModelError
from tellings.records import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

CLS, SEP, PAD = 101, 102, 0
SHAPES = 6  # sign, lower, Title, UPPER, miXed, digits
GAPS = 4  # glued, space, line end, blank line or the text's start
FEATURES = SHAPES * GAPS * 2


@dataclass(frozen=True, slots=True)
class Tokens:
    """Word pieces in text order: vocabulary ids, half-open code point offsets, features; arrays of one length.

    `first` is true for the first piece of a word or sign.
    """

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    features: NDArray[np.int64]
    first: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)


@cache
def _tokenizer() -> Any:  # noqa: ANN401 - tokenizers ships no types
    from tokenizers import Tokenizer

    path = files("tellings.weights").joinpath("tokenizer.json")
    if not path.is_file():
        raise ModelError("tokenizer.json", "is missing from the package", "install Tellings again")
    tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def tokens(text: str, quoted: Sequence[Span] = ()) -> Tokens:
    """Cut a text into word pieces; `quoted` are its stretches inside quotation marks, in text order."""
    encoding = _tokenizer().encode(text, add_special_tokens=False)
    offsets = np.asarray(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    words = np.asarray(encoding.word_ids, dtype=np.int64)
    starts, ends = offsets[:, 0], offsets[:, 1]
    first = np.ones(len(words), dtype=bool)
    first[1:] = (words[1:] != words[:-1]) | (starts[1:] != ends[:-1])
    first[1:] &= starts[1:] >= ends[:-1]  # one sign may come apart into several pieces
    inside = np.zeros(len(text) + 1, dtype=np.int64)
    for start, end in quoted:
        inside[start:end] = 1
    features = (_shapes(text, starts, ends, first) * GAPS + _gaps(text, starts, ends)) * 2 + inside[starts]
    return Tokens(np.asarray(encoding.ids, dtype=np.int64), starts, ends, features, first)


def _shapes(
    text: str, starts: NDArray[np.int64], ends: NDArray[np.int64], first: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """The shape of each piece's whole word."""
    heads = np.flatnonzero(first)
    tails = np.append(heads, len(first))[1:]
    shapes = np.zeros(len(first), dtype=np.int64)
    for head, tail in zip(heads.tolist(), tails.tolist(), strict=True):
        shapes[head:tail] = _shape(text[starts[head] : ends[tail - 1]])
    return shapes


def _shape(word: str) -> int:
    if not any(sign.isalnum() for sign in word):
        return 0
    if any(sign.isdigit() for sign in word):
        return 5
    if word.islower():
        return 1
    if len(word) > 1 and word.isupper():
        return 3
    return 2 if word[0].isupper() and not any(sign.isupper() for sign in word[1:]) else 4


def _gaps(text: str, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """What stands before each piece: nothing, a space, a line end, a blank line."""
    gaps = np.zeros(len(starts), dtype=np.int64)
    before = 0
    for i, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        if i == 0:
            gaps[i] = 3
        elif start > before:
            gaps[i] = 1 + min(text.count("\n", before, start), 2)
        before = end
    return gaps
