"""The runs that lead from an account's text to its bytes, packed: most are short steps on from the last."""

from __future__ import annotations

import zlib

import msgspec

from tellings.errors import LibraryError
from tellings.records import Run


def packed(runs: tuple[Run, ...]) -> bytes | None:
    """Runs as bytes, None where there are none: each by its distance from the end of the one before."""
    if not runs:
        return None
    steps, text, data = [], 0, 0
    for run in runs:
        steps += [run.start - text, run.end - run.start, run.first - data, run.last - run.first]
        text, data = run.end, run.last
    plain = msgspec.msgpack.encode(steps)
    return zlib.compress(plain, 6) if len(plain) > 64 else b"\x00" + plain


def unpacked(data: bytes | None, *, about: str) -> tuple[Run, ...]:
    """The runs that were packed.

    Raises:
        LibraryError: when the bytes are no runs; `about` names their account.

    """
    if data is None:
        return ()
    try:
        plain = data[1:] if data[:1] == b"\x00" else zlib.decompress(data)
        steps = msgspec.msgpack.decode(plain, type=list[int])
    except (zlib.error, msgspec.MsgspecError) as error:
        raise LibraryError(about, "has lost its way back to its bytes", "add its file to a new library") from error
    runs, text, bytes_ = [], 0, 0
    for at in range(0, len(steps) - 3, 4):
        start, first = text + steps[at], bytes_ + steps[at + 2]
        text, bytes_ = start + steps[at + 1], first + steps[at + 3]
        runs.append(Run(start, text, first, bytes_))
    return tuple(runs)
