"""ZIP archives of outsiders: their entries within bounds. Nothing is ever written to disk."""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from tellings.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

# Real archives of pages and documents have some hundreds of entries; the directory is read whole into memory.
_MOST_ENTRIES = 20_000
_MOST_DIRECTORY = 16 * 1024 * 1024
# Text deflates some 3 to 20 times, the XML of an office document up to some 60 times, a bomb 1,000 times.
_MOST_RATIO = 200
_FREE_SIZE = 1024 * 1024
_TAIL = 66_000
_HOSTILE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|[\x00-\x1f]")
_MEND = "make the archive again and try that"
BROKEN = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, struct.error)


def open_zip(about: str, stream: BinaryIO) -> ZipFile:
    """Open a ZIP archive for reading. Raises InputError for one that is broken or a bomb."""
    try:
        stream.seek(0, 2)
        size = stream.tell()
    except (OSError, ValueError):
        raise InputError(about, "cannot be read from a pipe", "save it as a file and name that") from None
    try:
        if _directory_size(stream, size) > _MOST_DIRECTORY:
            raise InputError(about, "is a ZIP archive with too large a directory", _MEND)
        archive = ZipFile(stream)
    except BROKEN as error:
        raise InputError(about, f"is a broken ZIP archive ({_reason(error)})", _MEND) from None
    _refuse_bombs(about, archive.infolist(), size)
    return archive


def leads_out(name: str) -> bool:
    """Tell whether an entry's name would lead out of a folder (`..`, a root, a drive), or hides characters."""
    return bool(_HOSTILE.search(name))


def refused_entry(about: str, entry: ZipInfo, limit: int | None = None) -> InputError | None:
    """Return why an entry is not read: a name that leads out, a password, a rare method, a bomb, over `limit` bytes."""
    where = f"{about}:{shown(entry.filename)}"
    if leads_out(entry.filename):
        return InputError(where, "has a name that leads out of the archive", "do not trust this archive")
    if entry.flag_bits & 1:
        return InputError(where, "is locked with a password", "unpack it and give what is inside")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return InputError(where, "is compressed in a way that is not read", "store or deflate it")
    if entry.file_size > max(_FREE_SIZE, _MOST_RATIO * entry.compress_size):
        return InputError(where, f"unpacks to more than {_MOST_RATIO} times its size, as bombs do", _MEND)
    if limit is not None and entry.file_size > limit:
        return InputError(where, f"is larger than {limit // 1024 // 1024} MB", "give a smaller document")
    return None


def read_entry(about: str, archive: ZipFile, name: str, limit: int) -> tuple[bytes, int]:
    """Return an entry's bytes, and at which byte of the archive it begins (its local header).

    Raises KeyError where there is no such entry, InputError where it is refused or broken.
    """
    entry = archive.getinfo(name)
    refused = refused_entry(about, entry, limit)
    if refused:
        raise refused
    try:
        with archive.open(entry) as stream:
            return stream.read(limit + 1), entry.header_offset
    except (*BROKEN, RuntimeError) as error:
        raise InputError(f"{about}:{shown(name)}", f"is broken ({_reason(error)})", _MEND) from None


class StoredEntry:
    """An entry that is not compressed, read where it stands; `checksum` (CRC-32) is that of the bytes read."""

    def __init__(self, stream: BinaryIO, first: int, size: int) -> None:
        self.stream, self.at, self.end = stream, first, first + size
        self.checksum = 0

    def read(self, size: int, /) -> bytes:
        """Return up to so many bytes; none at the entry's end."""
        self.stream.seek(self.at)
        found = self.stream.read(max(0, min(size, self.end - self.at)))
        self.at += len(found)
        self.checksum = zlib.crc32(found, self.checksum)
        return found


def data_offset(stream: BinaryIO, entry: ZipInfo) -> int:
    """Return at which byte of the archive an entry's own bytes begin, by its local header (APPNOTE 4.3.7)."""
    stream.seek(entry.header_offset + 26)
    name, extra = struct.unpack("<HH", stream.read(4))
    return int(entry.header_offset + 30 + name + extra)


def shown(name: str) -> str:
    """Return an entry's name as a message may show it: in one line, without control characters, not too long."""
    return re.sub(r"[^\x20-\x7e\u00a0-\uffef]", "\ufffd", name)[:120]


def _directory_size(stream: BinaryIO, size: int) -> int:
    """Return the size of the directory as the archive's end states it; 0 where no end is found (APPNOTE 4.3.16)."""
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    wide = tail.rfind(b"PK\x06\x06")
    if wide >= 0 and len(tail) >= wide + 48:
        return int(struct.unpack_from("<Q", tail, wide + 40)[0])
    end = tail.rfind(b"PK\x05\x06")
    return int(struct.unpack_from("<I", tail, end + 12)[0]) if 0 <= end <= len(tail) - 16 else 0


def _refuse_bombs(about: str, entries: Sequence[ZipInfo], size: int) -> None:
    if len(entries) > _MOST_ENTRIES:
        raise InputError(about, f"is a ZIP archive of more than {_MOST_ENTRIES:,} entries", _MEND)
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:  # the better bomb (Fifield 2019) reads the same bytes again and again
            raise InputError(about, "is a ZIP archive whose entries overlap, as bombs' do", _MEND)
        end = entry.header_offset + 30 + entry.compress_size
    if end > size:
        raise InputError(about, "is a ZIP archive that is cut off", _MEND)


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__
