"""A stream of which the first bytes were read already, to tell its form by, read from its start all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tellings.ingest.files import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator
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


def lines_of(stream: Lines) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line without its end and the byte it begins at; None for a line over 10 MB."""
    offset = 0
    while line := stream.readline(LIMIT + 1):
        begin = offset
        offset += len(line)
        if len(line) > LIMIT and not line.endswith(b"\n"):
            while more := stream.readline(LIMIT):
                offset += len(more)
                if more.endswith(b"\n"):
                    break
            yield begin, None
            continue
        body = line.rstrip(b"\r\n")
        mark = 3 if not begin and body.startswith(b"\xef\xbb\xbf") else 0
        yield begin + mark, body[mark:]
