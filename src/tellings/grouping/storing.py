"""Sketches as bytes and back: they may be kept, sent and grouped again where readings would be too large."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

import msgspec
import numpy as np

from tellings.errors import InputError
from tellings.grouping.records import Sketch

if TYPE_CHECKING:
    from pathlib import Path

_NUMBERS = {
    "vector": "<i1", "terms": "<u4", "weights": "<u1", "names": "<u4", "days": "<i4", "figures": "<u4", "signs": "<u4",
}  # fmt: skip


class _Stored(msgspec.Struct, array_like=True):
    """A sketch with its arrays as little-endian bytes, in the order of the record's fields."""

    id: str
    outlet: str | None
    day: int | None
    vector: bytes
    terms: bytes
    weights: bytes
    names: bytes
    days: bytes
    figures: bytes
    signs: bytes


def store(sketch: Sketch, file: IO[bytes]) -> None:
    """Append a sketch: the length of its bytes (uint32, little-endian), then they."""
    arrays = {name: np.ascontiguousarray(getattr(sketch, name), kind).tobytes() for name, kind in _NUMBERS.items()}
    data = msgspec.msgpack.encode(_Stored(sketch.id, sketch.outlet, sketch.day, **arrays))
    file.write(struct.pack("<I", len(data)) + data)


def stored(path: Path) -> Iterator[Sketch]:
    """The sketches of a file, in order; a last one that is still being written is left out.

    Raises:
        InputError: when what stands there is no sketch.

    """
    with path.open("rb") as file:
        while len(head := file.read(4)) == 4:
            data = file.read(struct.unpack("<I", head)[0])
            if len(data) < struct.unpack("<I", head)[0]:
                return
            yield _decoded(data, path)


def _decoded(data: bytes, path: Path) -> Sketch:
    try:
        one = msgspec.msgpack.decode(data, type=_Stored)
        arrays: dict[str, Any] = {name: np.frombuffer(getattr(one, name), kind) for name, kind in _NUMBERS.items()}
    except (msgspec.MsgspecError, ValueError) as error:
        raise InputError(str(path), "holds something that is no sketch", "sketch the accounts again") from error
    return Sketch(id=one.id, outlet=one.outlet, day=one.day, **arrays)
