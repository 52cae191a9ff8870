"""Messages between a process and its workers: pickles with their length before."""

from __future__ import annotations

import pickle
import struct
from io import RawIOBase
from typing import Any

_LENGTH = struct.Struct("<Q")


def packed(message: object) -> bytes:
    """One message as bytes. Raises what `pickle` raises for what cannot be one."""
    return pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)


def send(stream: RawIOBase, data: bytes) -> None:
    """Write one message's bytes. Raises OSError where nobody reads any more."""
    rest = memoryview(_LENGTH.pack(len(data)) + data)
    while rest:
        rest = rest[stream.write(rest) or 0 :]


def receive(stream: RawIOBase) -> Any:  # noqa: ANN401 - whatever was sent
    """Read one message. Raises EOFError where the other side is gone, also in the middle of one."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return pickle.loads(_exactly(stream, length))


def _exactly(stream: RawIOBase, count: int) -> bytearray:
    data = bytearray(count)
    view, at = memoryview(data), 0
    while at < count:
        got = stream.readinto(view[at:])
        if not got:
            raise EOFError
        at += got
    return data
