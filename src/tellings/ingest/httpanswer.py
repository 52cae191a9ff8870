"""Answers of web servers as archives keep them: status, type, and the body with its transfer undone."""

from __future__ import annotations

import codecs
import re
import zlib
from typing import TYPE_CHECKING, NamedTuple

from tellings.errors import InputError
from tellings.ingest.files import LIMIT, too_large
from tellings.ingest.forms import form_of
from tellings.records import Note

if TYPE_CHECKING:
    pass

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})[^\r\n]*\r?\n")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_SIZE_LINE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml")
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ADVICE = "save the page from the browser and give that"
_CUT = Note("cut off", "the server's answer is cut off in the archive; what is not told here may have been in the rest")


class Head(NamedTuple):
    """What an answer says before its body: `at` is where the body begins in it."""

    status: int
    fields: dict[str, str]
    at: int

    @property
    def kind(self) -> str:
        """The body's media type in lower case, without parameters; empty where none is given."""
        return self.fields.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The body's charset as the answer gives it."""
        found = _CHARSET.search(self.fields.get("content-type", ""))
        return found[1].lower() if found else None


def read_head(block: bytes) -> Head | None:
    """Return an answer's head; None for bytes that do not begin as an answer."""
    status = _STATUS.match(block)
    end = _HEAD_END.search(block)
    if status is None or end is None:
        return None
    fields: dict[str, str] = {}
    lines = re.sub(rb"\r?\n[ \t]+", b" ", block[status.end() : end.start()]).decode("latin-1")
    for line in lines.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return Head(int(status[1]), fields, end.end())


def is_page(kind: str, start: bytes) -> bool:
    """Tell whether a body is a web page by its media type; by its first bytes where no type is given."""
    return kind in _PAGES or (not kind and form_of("", start[:4096]) == "page")


def body_of(about: str, head: Head, block: bytes) -> tuple[bytes, bool, tuple[Note, ...]]:
    """Return an answer's body with chunks and compression undone, whether there were any, and notes.

    Archives that undid them already and left the fields are believed by the bytes, not by the fields. Raises
    InputError for damaged or unknown compression, and for a body over 10 MB.
    """
    sent = body = block[head.at :]
    notes: tuple[Note, ...] = ()
    if "chunked" in head.fields.get("transfer-encoding", "").lower():
        body, whole = _without_chunks(body)
        notes = () if whole else (_CUT,)
    for coding in reversed(head.fields.get("content-encoding", "").lower().split(",")[:3]):
        body = _decompressed(about, coding.strip(), body)
    if len(body) > LIMIT:
        raise too_large(about, len(body))
    return body, body is not sent and body != sent, notes


def _without_chunks(body: bytes) -> tuple[bytes, bool]:
    """Undo chunks (RFC 9112, 7.1) and tell if the last one is there; the body itself where it has none."""
    parts: list[bytes] = []
    at = 0
    while line := _SIZE_LINE.match(body, at):
        size = int(line[1], 16)
        if not size:
            return b"".join(parts), True
        parts.append(body[line.end() : line.end() + size])
        at = line.end() + size
        if at > len(body):
            break
        at += 2 if body.startswith(b"\r\n", at) else int(body.startswith(b"\n", at))
    return (b"".join(parts), False) if parts else (body, True)


def _decompressed(about: str, coding: str, body: bytes) -> bytes:
    if coding in ("", "identity", "none", "chunked"):
        return body
    if coding in ("gzip", "x-gzip"):
        return _inflated(about, body, 31) if body.startswith(b"\x1f\x8b") else body
    if form_of("", body[:4096]) == "page":
        return body
    if coding == "deflate":  # meant as zlib's format (RFC 9110, 8.4.1.2), often sent without its head
        bare = len(body) < 2 or body[0] & 15 != 8 or (body[0] * 256 + body[1]) % 31 != 0
        return _inflated(about, body, -15 if bare else 15)
    name = {"br": "Brotli", "zstd": "Zstandard"}.get(coding, "a way that is not known")
    raise InputError(about, f"is compressed with {name}, which is not read", _ADVICE)


def _inflated(about: str, body: bytes, bits: int) -> bytes:
    """Decompress up to just over the limit; several gzip members are one body."""
    parts: list[bytes] = []
    room = LIMIT + 1
    rest = body
    while rest and room > 0:
        unpack = zlib.decompressobj(bits)
        try:
            parts.append(unpack.decompress(rest, room))
        except zlib.error as error:
            if parts:  # bytes after a whole member
                break
            raise InputError(about, f"has a damaged body ({error})", _ADVICE) from None
        room -= len(parts[-1])
        if not unpack.eof and room > 0:
            raise InputError(about, "has a compressed body that is cut off", _ADVICE)
        rest = unpack.unused_data if bits == 31 else b""
    return b"".join(parts)
