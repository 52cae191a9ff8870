"""A stream of which the first bytes were read already, to tell its form by, read from its start all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from typing import BinaryIO


class Readable(Protocol):
    """What is asked of a stream."""

    def read(self, size: int, /) -> bytes:
        """Return up to so many bytes; none at the end."""


class Lines(Protocol):
    """What is asked of a stream that is read line by line."""

    def readline(self, size: int, /) -> bytes:
        """Return the next line with its end, up to so many bytes of it; none at the end."""


class Begun:
    """Gives the bytes read before, then those of the stream; for a pipe, which cannot be wound back."""

    def __init__(self, start: bytes, stream: BinaryIO) -> None:
        self._start = start
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes; none at the end."""
        found, self._start = self._start[:size], self._start[size:]
        return found or self._stream.read(size)

    def readline(self, size: int, /) -> bytes:
        """Return the next line with its end, up to `size` bytes of it; none at the end."""
        end = self._start.find(b"\n") + 1
        if end or len(self._start) >= size:
            end = min(end or size, size)
            found, self._start = self._start[:end], self._start[end:]
            return found
        found, self._start = self._start, b""
        return found + self._stream.readline(size - len(found))
