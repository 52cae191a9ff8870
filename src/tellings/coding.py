"""Readings as bytes and back: what the runner writes between stages and the library keeps.

MessagePack by `msgspec`, after a byte that says the form. The arrays of numbers are their bytes in little-endian order,
so that a reading comes back equal and the same reading is always the same bytes.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any, get_type_hints

import msgspec
import numpy as np
from numpy.typing import NDArray

from tellings import records
from tellings.errors import InputError
from tellings.records import Account, Pieces, Reading

FORM = 2  # to be raised whenever a record that a reading holds changes its fields

_ARRAYS = ("vectors", "pieces")
_WIDTH = 384


class _Numbers(msgspec.Struct, array_like=True):
    """The arrays of a reading as bytes: vectors (float32), spans of pieces (int32), their states (float16)."""

    width: int
    vectors: bytes
    spans: bytes
    states: bytes


def encode(reading: Reading, *, with_pieces: bool = True) -> bytes:
    """One reading as bytes; without its word pieces (nine tenths of them) where nothing will be compared by it."""
    layers = [getattr(reading, name) for name in _layers()]
    numbers = _Numbers(
        reading.vectors.shape[1] if reading.vectors.ndim == 2 else _WIDTH,
        _bytes(reading.vectors, "<f4"),
        _bytes(reading.pieces.spans, "<i4") if with_pieces else b"",
        _bytes(reading.pieces.states, "<f2") if with_pieces else b"",
    )
    return bytes([FORM]) + msgspec.msgpack.encode((layers, numbers))


def decode(data: bytes, *, about: str = "a reading") -> Reading:
    """The reading that `encode` made these bytes of; without pieces it has none.

    Raises:
        InputError: when the bytes are no reading, or one of another version; `about` names them.

    """
    if data[:1] != bytes([FORM]):
        raise InputError(about, "was written by another version of Tellings", "read the account again")
    try:
        layers, numbers = msgspec.msgpack.decode(data[1:], type=tuple[list[msgspec.Raw], _Numbers])
        kept = {
            name: msgspec.msgpack.decode(raw, type=kind)
            for (name, kind), raw in zip(_layers().items(), layers, strict=True)
        }
        width = numbers.width
        pieces = Pieces(
            np.frombuffer(numbers.spans, "<i4").reshape(-1, 2), np.frombuffer(numbers.states, "<f2").reshape(-1, width)
        )
        return Reading(vectors=np.frombuffer(numbers.vectors, "<f4").reshape(-1, width), pieces=pieces, **kept)
    except (msgspec.MsgspecError, ValueError) as error:
        raise InputError(about, "does not hold a whole reading", "read the account again") from error


def encode_account(account: Account) -> bytes:
    """One account as bytes."""
    return bytes([FORM]) + msgspec.msgpack.encode(account)


def decode_account(data: bytes, *, about: str = "an account") -> Account:
    """The account that `encode_account` made these bytes of.

    Raises:
        InputError: when the bytes are no account, or one of another version; `about` names them.

    """
    if data[:1] != bytes([FORM]):
        raise InputError(about, "was written by another version of Tellings", "take the input in again")
    try:
        return msgspec.msgpack.decode(data[1:], type=Account)
    except msgspec.MsgspecError as error:
        raise InputError(about, "does not hold a whole account", "take the input in again") from error


@cache
def _layers() -> dict[str, Any]:
    """The fields of a reading that are records, with their types."""
    names = {**vars(records), "np": np, "NDArray": NDArray}
    hints = get_type_hints(Reading, names)
    return {one.name: hints[one.name] for one in fields(Reading) if one.name not in _ARRAYS}


def _bytes(array: NDArray[Any], kind: str) -> bytes:
    return np.ascontiguousarray(array, dtype=kind).tobytes()
