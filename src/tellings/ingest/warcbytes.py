"""The bytes of a web archive as records are read from them: plain, or members of gzip, whatever is broken in them.

Flat memory: at most the record being read, and what its member took up in the file while that may have to be
searched for the next one.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.zips import BROKEN

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from tellings.ingest.begun import Readable

_CHUNK = 64 * 1024
_UNPACKED = 4 * _CHUNK
_MAGIC = b"\x1f\x8b\x08"
# A member that breaks is searched for the next one from its second byte on, as far back as these are kept.
_KEPT = 4 * 1024 * 1024
_MOST_TRIES = 10_000
_LOOKED_THROUGH = 1024 * 1024
# HTML deflates some 5 to 10 times, generated pages up to some 100 times; 1,000 times is a bomb.
_MOST_RATIO = 300
_FREE_SIZE = 32 * 1024 * 1024


class Chunk(NamedTuple):
    """Bytes as records are written in them; `member` is the byte of the file they, or their gzip member, begin at.

    `plain` says that they stand so in the file. `broken` says, in plain words, why the archive cannot be read on from
    here; what comes after stands apart.
    """

    data: bytes
    member: int
    plain: bool = False
    broken: str | None = None


def chunks_of(stream: Readable) -> Iterator[Chunk]:
    """Yield the bytes of an archive in order, decompressed where its first bytes are gzip's."""
    raw = _Raw(stream)
    if not _is_gzipped(raw):
        while raw.fill(1):
            yield Chunk(bytes(raw.kept), raw.base, plain=True)
            raw.drop(len(raw.kept))
    else:
        yield from _members(raw)
    if raw.failure:
        yield Chunk(b"", raw.base, broken=raw.failure)


def _is_gzipped(raw: _Raw) -> bool:
    """Tell whether an archive is gzipped by its first bytes, or, where those are damaged, by the first whole member."""
    raw.fill(5)
    if raw.kept.startswith((b"WARC/", _MAGIC[:2])):
        return raw.kept.startswith(_MAGIC[:2])
    raw.fill(_LOOKED_THROUGH)
    at = raw.kept.find(_MAGIC)
    for _ in range(100):
        if at < 0 or _begins_record(bytes(raw.kept[at : at + 512])):
            break
        at = raw.kept.find(_MAGIC, at + 1)
    return at >= 0


class _Raw:
    """The file's bytes from `base` on, as many as are kept."""

    def __init__(self, stream: Readable) -> None:
        self.stream = stream
        self.kept = bytearray()
        self.base = 0
        self.tries = 0
        self.failure = ""

    def fill(self, least: int) -> bool:
        while len(self.kept) < least and self.more():
            pass
        return len(self.kept) >= least

    def more(self) -> bool:
        try:
            found = self.stream.read(_CHUNK)
        except (*BROKEN, RuntimeError) as error:  # an entry of a ZIP archive checks what it is read from
            self.failure = f"cannot be read on ({' '.join(str(error).split())[:100]})"
            return False
        self.kept += found
        return bool(found)

    def drop(self, count: int) -> None:
        del self.kept[:count]
        self.base += count


def _members(raw: _Raw) -> Iterator[Chunk]:
    while raw.fill(1):
        if not raw.kept[0] and not raw.kept.strip(b"\0"):  # some writers pad an archive's end
            raw.drop(len(raw.kept))
            continue
        begin = raw.base
        broken = yield from _member(raw)
        if broken:
            yield Chunk(b"", begin, broken=broken)
            if not _find_member(raw):
                return


def _member(raw: _Raw) -> Generator[Chunk, None, str | None]:
    """Yield one member's bytes and drop it from the file's; return why it broke, with what is kept of it left."""
    raw.fill(3)
    if bytes(raw.kept[:3]) != _MAGIC:
        return "has bytes between its records that are no gzip"
    begin, at, told = raw.base, 0, 0
    found = b""
    unpack = zlib.decompressobj(31)
    while True:
        # where as much came out as may, more can be waiting without more going in
        if at >= len(raw.kept) and len(found) < _UNPACKED and not raw.more():
            return raw.failure or "is cut off inside a gzip member"
        piece = bytes(raw.kept[at : at + _CHUNK])
        try:
            found = unpack.decompress(piece, _UNPACKED)
        except zlib.error as error:
            return f"has a damaged gzip member ({error})"
        at += len(piece) - len(unpack.unused_data if unpack.eof else unpack.unconsumed_tail)
        told += len(found)
        if found:
            yield Chunk(found, begin)
        if unpack.eof:
            raw.drop(at)
            return None
        if told > max(_FREE_SIZE, _MOST_RATIO * (raw.base - begin + at)):
            return f"has a gzip member that unpacks to more than {_MOST_RATIO} times its size, as bombs do"
        if at > _KEPT:
            raw.drop(at - _KEPT // 2)
            at = _KEPT // 2


def _find_member(raw: _Raw) -> bool:
    """Drop bytes up to the next gzip member that holds a record's beginning; False at the end of the file."""
    raw.drop(1)
    while True:
        at = raw.kept.find(_MAGIC)
        if at < 0:
            raw.drop(max(0, len(raw.kept) - len(_MAGIC) + 1))
            if not raw.more():
                return False
            continue
        raw.drop(at)
        raw.fill(512)
        if _begins_record(bytes(raw.kept[:512])):
            return True
        raw.tries += 1
        if raw.tries > _MOST_TRIES:
            raw.failure = "is given up: too many bytes in it look like gzip and are not"
            return False
        raw.drop(1)


def _begins_record(start: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(start, 16).startswith(b"WARC/")
    except zlib.error:
        return False
