"""The records of a web archive (WARC 1.0 and 1.1, ISO 28500:2017), one after the other, the damaged ones told."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.files import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tellings.ingest.warcbytes import Chunk

_MOST_HEAD = 64 * 1024
# A page's body may have 10 MB; its HTTP head, chunks and a failed compression take up a little more.
MOST_BLOCK = LIMIT + 1024 * 1024
_FIRST_LINE = re.compile(rb"WARC/1\.[0-9]\r?\n")
_NEXT = re.compile(rb"(?=WARC/1\.[0-9]\r?\n(?:[Ww][Aa][Rr][Cc]|[Cc]ontent)-)")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_OVERLAP = 64
_BLANKS = b"\r\n \t"


class Record(NamedTuple):
    """One record: its head's fields (names in lower case) and its block, None where that is over the limit.

    `start` is the block's first bytes. `offset` is the byte of the file at which the record, or the gzip member it
    is in, begins; `block_at` where its block begins, None where the file has it compressed. `problem` says, in plain
    words, why the record cannot be used.
    """

    number: int
    offset: int
    fields: Mapping[str, str]
    start: bytes = b""
    block: bytes | None = None
    block_at: int | None = None
    problem: str | None = None


def records_of(chunks: Iterator[Chunk]) -> Iterator[Record]:
    """Yield the records in an archive's bytes; a damaged one has its `problem`, and reading goes on at the next."""
    feed = _Feed(chunks)
    number = 0
    while True:
        if feed.fill(1):
            blanks = len(feed.buffer) - len(feed.buffer.lstrip(_BLANKS))
            if blanks:
                feed.drop(blanks)
                continue
            number += 1
            yield _record(feed, number)
        elif feed.broken:
            number += 1
            yield Record(number, feed.broken.member, {}, problem=feed.broken.broken)
            feed.resume()
        else:
            return


def _record(feed: _Feed, number: int) -> Record:
    """Read the record that the feed stands at, and leave the feed at the next one."""
    offset, plain = feed.place()
    head = _head(feed)
    fields = _fields(bytes(feed.buffer[:head])) if head else {}
    length = fields.get("content-length", "")
    if not head or not length.isdecimal() or len(length) > 15:
        problem = _cut(feed) or "does not begin with the head of a WARC record"
        feed.find_next(1)
        return Record(number, offset, fields, problem=problem)
    if int(length) > MOST_BLOCK:
        return _passed_by(feed, Record(number, offset, fields), head, int(length))
    end = head + int(length)
    whole = feed.fill(end)
    feed.fill(end + len(_BLANKS) + 5)
    after = bytes(feed.buffer[end : end + 9])
    rest = after.lstrip(_BLANKS)
    torn = feed.broken is not None and feed.broken.member == offset and not rest
    if not whole or torn:
        problem = _cut(feed) or "is cut off, or its Content-Length is wrong"
    elif rest and not rest.startswith(b"WARC/") and not after.startswith(b"\r\n\r\n"):
        problem = "has a wrong Content-Length, or its block is damaged"
    else:
        block = bytes(feed.buffer[head:end])
        feed.drop(end)
        return Record(number, offset, fields, block[:_MOST_HEAD], block, offset + head if plain else None)
    feed.find_next(head)
    return Record(number, offset, fields, problem=problem)


def _passed_by(feed: _Feed, record: Record, head: int, length: int) -> Record:
    """Go past a block over the limit, keeping its first bytes; one in which another record begins is damaged."""
    feed.fill(head + _MOST_HEAD)
    start = bytes(feed.buffer[head : head + _MOST_HEAD])
    feed.drop(head)
    left = length
    while left:
        if not feed.fill(min(left, _OVERLAP)):
            problem = _cut(feed) or "is cut off, or its Content-Length is wrong"
            feed.find_next(0)
            return record._replace(problem=problem)
        found = _NEXT.search(feed.buffer, 0, min(left, len(feed.buffer)))
        if found:
            feed.drop(found.end())
            return record._replace(problem="has a wrong Content-Length, or its block is damaged")
        # The last bytes are looked at again with those that follow, for a record's beginning may be cut in two.
        step = left if len(feed.buffer) >= left else max(len(feed.buffer) - _OVERLAP, 1)
        feed.drop(step)
        left -= step
        feed.fill(min(left, _OVERLAP + 1))
    return record._replace(start=start)


def _head(feed: _Feed) -> int:
    """Return where the block begins after the head that the feed stands at; 0 where no head stands there."""
    looked = 0
    while True:
        found = _HEAD_END.search(feed.buffer, max(0, looked - 4))
        if found:
            return found.end() if _FIRST_LINE.match(feed.buffer) else 0
        looked = len(feed.buffer)
        if looked > _MOST_HEAD or not feed.fill(looked + 1):
            return 0


def _fields(head: bytes) -> dict[str, str]:
    """Return the named fields of a head, the first of each name; folded lines are joined."""
    found: dict[str, str] = {}
    text = re.sub(r"\r?\n[ \t]+", " ", head.decode("utf-8", "replace"))
    for line in text.splitlines()[1:]:
        name, colon, value = line.partition(":")
        if colon:
            found.setdefault(name.strip().lower(), value.strip())
    return found


def _cut(feed: _Feed) -> str | None:
    return feed.broken.broken if feed.broken else None


class _Feed:
    """The archive's bytes from the record being read on, up to where the archive is broken."""

    def __init__(self, chunks: Iterator[Chunk]) -> None:
        self.chunks = chunks
        self.buffer = bytearray()
        self.at = self.end = 0
        self.places: deque[tuple[int, Chunk]] = deque()
        self.broken: Chunk | None = None

    def fill(self, least: int) -> bool:
        while len(self.buffer) < least and self.broken is None:
            chunk = next(self.chunks, None)
            if chunk is None:
                break
            if chunk.broken:
                self.broken = chunk
                break
            self.places.append((self.end, chunk._replace(data=b"")))
            self.buffer += chunk.data
            self.end += len(chunk.data)
        return len(self.buffer) >= least

    def drop(self, count: int) -> None:
        del self.buffer[:count]
        self.at += count
        while len(self.places) > 1 and self.places[1][0] <= self.at:
            self.places.popleft()

    def place(self) -> tuple[int, bool]:
        """Return the byte of the file that the feed stands at, or that its gzip member begins at, and if plain."""
        begin, chunk = self.places[0]
        return (chunk.member + self.at - begin, True) if chunk.plain else (chunk.member, False)

    def resume(self) -> None:
        """Go on after the place where the archive is broken."""
        self.drop(len(self.buffer))
        self.broken = None

    def find_next(self, after: int) -> None:
        """Drop bytes up to the next record's beginning, or go on after the place where the archive is broken."""
        self.fill(after)
        self.drop(min(after, len(self.buffer)))
        while True:
            found = _NEXT.search(self.buffer)
            if found:
                self.drop(found.end())
                return
            self.drop(max(0, len(self.buffer) - _OVERLAP))
            if not self.fill(len(self.buffer) + 1):
                self.resume()
                return
