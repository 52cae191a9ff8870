"""Sketches as bytes of a column and back: under 1.5 KB an account, and only those of the latest accounts are kept."""

from __future__ import annotations

import struct

import numpy as np

from tellings.errors import LibraryError
from tellings.grouping.minhash import SIGNS
from tellings.grouping.records import Sketch
from tellings.grouping.sketching import WIDTH

_HEAD = struct.Struct("<iHHHHH")
_UNDATED = -1
"""Days of our calendar are numbered from 1."""


def packed(sketch: Sketch, near: list[int]) -> bytes:
    """A sketch, and the numbers of the accounts near to it, as bytes."""
    day = _UNDATED if sketch.day is None else sketch.day
    arrays = (sketch.terms, sketch.names, sketch.days, sketch.figures)
    head = _HEAD.pack(day, *(len(one) for one in arrays), len(near))
    kept = (sketch.vector, sketch.terms, sketch.weights, sketch.names, sketch.days, sketch.figures, sketch.signs)
    parts = (one.astype(one.dtype.newbyteorder("<")).tobytes() for one in kept)
    return b"".join((head, *parts, np.array(near, dtype="<i4").tobytes()))


def unpacked(data: bytes, account: int) -> tuple[Sketch, list[int]]:
    """The sketch of an account, its id the account's number, and the numbers of the accounts near to it.

    Raises:
        LibraryError: when the bytes are not such.

    """
    try:
        day, terms, names, days, figures, near = _HEAD.unpack_from(data)
        sizes = (
            ("i1", WIDTH), ("<u4", terms), ("u1", terms), ("<u4", names), ("<i4", days), ("<u4", figures),
            ("<u4", SIGNS), ("<i4", near),
        )  # fmt: skip
        at, found = _HEAD.size, []
        for kind, count in sizes:
            found.append(np.frombuffer(data, kind, count, at))
            at += found[-1].nbytes
    except (struct.error, ValueError) as error:
        raise LibraryError(f"sketch of account {account}", "is damaged", "restore a copy of the library") from error
    vector, words, weights, named, told, numbers, signs, close = found
    sketch = Sketch(
        str(account), None, None if day == _UNDATED else day, vector, words, weights, named, told, numbers, signs
    )
    return sketch, [int(one) for one in close]
