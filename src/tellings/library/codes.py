"""Statement vectors in 32 bytes, and the search among them.

A vector of 384 numbers is turned onto the 64 directions in which statements of news differ most, these turned once
more so that each carries as much (Gong and Lazebnik 2011, iterative quantization), and each number kept in four bits. A
search looks at all codes coarsely, then at the best part of them closely with the vector asked for as it is. The
directions are a package file made by `training/codes.py`, which measures what is lost to exact cosine.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDTH = 32  # bytes a statement
_STEP = 0.335  # of the standard deviation: the best step of sixteen for a normal distribution (Max 1960)
CLOSER = 0.01
"""The part of all codes that is looked at closely: recall of the ten nearest is .01 below that of all of them."""
FEW = 4096  # so many are always looked at closely


class Directions(NamedTuple):
    """`mean` (384), `onto` (384 x 64), and the standard deviation of what comes of it."""

    mean: NDArray[np.float32]
    onto: NDArray[np.float32]
    spread: float


@cache
def directions() -> Directions:
    """The directions that ship."""
    with np.load(BytesIO(files("tellings.weights").joinpath("codes.npz").read_bytes())) as kept:
        return Directions(kept["mean"].astype(np.float32), kept["onto"].astype(np.float32), float(kept["spread"]))


@cache
def form() -> str:
    """What tells one set of directions from another: the beginning of the digest of their file."""
    return hashlib.sha256(files("tellings.weights").joinpath("codes.npz").read_bytes()).hexdigest()[:16]


def codes(vectors: NDArray[np.float32], by: Directions | None = None) -> NDArray[np.uint8]:
    """Rows of vectors (n x 384) as codes (n x 32). A row does not depend on the rows beside it."""
    by = by or directions()
    if not len(vectors):
        return np.zeros((0, WIDTH), dtype=np.uint8)
    # one fixed shape: matrix kernels differ in the last bits with the shape of what they are given
    turned = np.stack([(row - by.mean) @ by.onto for row in vectors])
    levels = np.clip(np.floor(turned / (by.spread * _STEP)) + 8, 0, 15).astype(np.uint8)
    packed: NDArray[np.uint8] = levels[:, ::2] | levels[:, 1::2] << 4
    return packed


def coarse(found: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Codes (n x 32) as 4 x n words of bits: three bits a number, so that differing bits tell how far two are apart."""
    pairs = np.ascontiguousarray(found).view(np.uint16)
    return np.ascontiguousarray(_steps()[pairs].view(np.uint64).T)


@cache
def _steps() -> NDArray[np.uint16]:
    """For each two bytes, four numbers: the bits that say which of three thresholds each is over."""
    four = np.arange(1 << 16, dtype=np.uint32)
    bits: NDArray[np.uint16] = np.zeros(1 << 16, dtype=np.uint16)
    for place in range(4):
        level = four >> (4 * place) & 15
        for threshold in (6, 8, 10):
            bits = (bits << 1 | (level >= threshold)).astype(np.uint16)
    return bits


def nearest(
    vector: NDArray[np.float32],
    found: NDArray[np.uint8],
    rough: NDArray[np.uint64],
    count: int,
    *,
    among: NDArray[np.int64] | None = None,
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The rows nearest to a vector of unit length, best first, and how near (about its cosine).

    `found` are all codes, `rough` the same by `coarse`; `among` are the rows to look at, all where it is None.
    """
    by = directions()
    rows = _roughly(vector, rough, among, max(FEW, count, int(CLOSER * len(found))))
    kept = found[rows]
    levels = np.empty((len(rows), 2 * WIDTH), dtype=np.float32)
    levels[:, ::2], levels[:, 1::2] = kept & 15, kept >> 4
    scores = (levels - 7.5) @ (vector @ by.onto) * np.float32(by.spread * _STEP) + vector @ by.mean
    order = np.lexsort((rows, -scores))[:count]
    return rows[order], scores[order]


def _roughly(
    vector: NDArray[np.float32], rough: NDArray[np.uint64], among: NDArray[np.int64] | None, count: int
) -> NDArray[np.int64]:
    """At least so many rows (all those as near as the last), fewest differing bits."""
    rows = np.arange(rough.shape[1]) if among is None else among
    if len(rows) <= count:
        return rows
    asked = coarse(codes(vector[None]))
    apart = np.concatenate([_apart(part, asked) for part in _chunks(rough if among is None else rough[:, among])])
    kept: NDArray[np.int64] = rows[np.flatnonzero(apart <= _limit(apart, count))]
    return kept


def _limit(apart: NDArray[np.uint8], count: int) -> int:
    """The fewest differing bits within which there are so many rows, by halves: a histogram takes longer."""
    low, high = 0, 192
    while low < high:
        middle = (low + high) // 2
        if np.count_nonzero(apart <= np.uint8(middle)) >= count:
            high = middle
        else:
            low = middle + 1
    return low


_CHUNK = 1 << 16


def _chunks(rough: NDArray[np.uint64]) -> list[NDArray[np.uint64]]:
    return [rough[:, at : at + _CHUNK] for at in range(0, rough.shape[1], _CHUNK)]


def _apart(rough: NDArray[np.uint64], asked: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """How many bits differ, at most 192."""
    summed: NDArray[np.uint8] = np.bitwise_count(rough[0] ^ asked[0])
    for row in (1, 2, 3):
        summed += np.bitwise_count(rough[row] ^ asked[row])
    return summed
