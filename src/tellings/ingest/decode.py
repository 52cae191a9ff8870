"""Bytes to characters: the encoding of a text or a page, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from tellings.errors import InputError
from tellings.ingest.bytemap import Source, source_of
from tellings.records import Note, Run

_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF document"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = bytes([*range(9), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
# What a page may declare. WHATWG reads Latin-1 labels as Windows-1252; encodings with a state are left out.
_CHARSETS = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-1": "cp1252",
    "latin1": "cp1252", "windows-1252": "cp1252", "cp1252": "cp1252", "latin-1": "cp1252",
    "iso8859-1": "cp1252", "iso-8859-2": "iso-8859-2",
    "windows-1250": "cp1250", "windows-1251": "cp1251", "iso-8859-15": "iso-8859-15", "iso-8859-9": "cp1254",
    "koi8-r": "koi8-r", "shift_jis": "cp932", "euc-jp": "euc-jp", "euc-kr": "cp949", "gbk": "gb18030",
    "gb2312": "gb18030", "gb18030": "gb18030", "big5": "big5",
}  # fmt: skip
_SAVE = "save it as UTF-8 text and try again"


def decode(
    about: str, data: bytes, *, page: bool = False, charset: str | None = None
) -> tuple[Source, tuple[Note, ...]]:
    """Decode an original: by its byte order mark, a page's declared charset, UTF-8, else Windows-1252.

    A page's `charset` is what the server's answer says; as in the HTML standard it comes before the page's own. Bytes
    that are UTF-8 are read so whatever is declared, and a declaration that the bytes belie is passed over and noted.
    A few broken bytes in UTF-8 become U+FFFD, each leading to its byte, and are noted. Raises InputError for
    binary data and for bytes that no rule here makes characters of.
    """
    refuse_known_binaries(about, data)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            source, notes = _by_mark(about, data, len(mark), encoding)
            break
    else:
        source, notes = _by_charset(about, data, charset) if page else _by_content(about, data)
    controls = (
        len(data) - len(data.translate(None, _CONTROL)) if b"\0" not in data else len(_CONTROLS.findall(source.text))
    )
    if "\0" in source.text or controls * 100 > len(source.text):
        raise InputError(about, "is binary data, not text", "give its text as .txt, .html or .jsonl")
    return source, notes


def refuse_known_binaries(about: str, data: bytes) -> None:
    """Raise InputError for data that begins like a PDF, an archive, an image or a program."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise InputError(about, f"is {name}, not text", "save its text as .txt and give that")


def _by_mark(about: str, data: bytes, skip: int, encoding: str) -> tuple[Source, tuple[Note, ...]]:
    if encoding == "utf-8":
        return _utf8(about, data, skip)
    try:
        text = data[skip:].decode(encoding)
    except UnicodeDecodeError:
        raise InputError(about, "begins like UTF-16 but is not", _SAVE) from None
    return source_of(text, encoding, _whole(text, skip, len(data))), ()


def _by_charset(about: str, data: bytes, charset: str | None) -> tuple[Source, tuple[Note, ...]]:
    if _is_utf8(data):
        return _by_content(about, data)
    match = _META_CHARSET.search(data, 0, 4096)
    belied = None
    for label in (charset, match and match[1].decode("ascii")):
        encoding = _CHARSETS.get((label or "").strip().lower())
        text = _text_in(data, encoding) if encoding else None
        if encoding and text is not None:
            return source_of(text, encoding, _whole(text, 0, len(data))), _belied(belied, encoding)
        belied = belied or (label if encoding else None)
    source, notes = _by_content(about, data)
    return source, _belied(belied, source.encoding) or notes


def _text_in(data: bytes, encoding: str) -> str | None:
    """The characters of bytes in a charset, where they lead back to the very bytes: offsets must be exact."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if text.encode(encoding, "replace") == data else None


def _belied(label: str | None, encoding: str) -> tuple[Note, ...]:
    return (Note("encoding", f"says it is in {label} but is not; read as {encoding}"),) if label else ()


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _by_content(about: str, data: bytes) -> tuple[Source, tuple[Note, ...]]:
    if b"\0" in data:
        raise InputError(about, "is binary data, not text", "give its text as .txt, .html or .jsonl")
    return _utf8(about, data, 0)


def _utf8(about: str, data: bytes, skip: int) -> tuple[Source, tuple[Note, ...]]:
    try:
        text = data[skip:].decode("utf-8")
    except UnicodeDecodeError:
        text = data[skip:].decode("utf-8", "surrogateescape")
    else:
        return source_of(text, "utf-8", _whole(text, skip, len(data))), ()
    broken = [match.start() for match in re.finditer("[\udc80-\udcff]", text)]
    whole = sum(1 for _ in re.finditer("[^\x00-\x7f\udc80-\udcff]", text))
    if whole < len(broken) and (western := _windows(data)) is not None:
        return western
    if len(broken) * 100 > len(text) and whole < len(broken):
        raise InputError(about, "is in no encoding that can be told (not UTF-8, not Windows-1252)", _SAVE)
    return _mended(text, broken, skip), (_broken_note(len(broken)),)


def _broken_note(count: int) -> Note:
    bytes_are = "1 byte is" if count == 1 else f"{count} bytes are"
    return Note("encoding", f"{bytes_are} not UTF-8 and shown as \ufffd; save the text as UTF-8 to mend it")


def _windows(data: bytes) -> tuple[Source, tuple[Note, ...]] | None:
    """Windows-1252, where the bytes can be that and most of them are plain letters."""
    if len(data.translate(None, bytes(range(128)))) * 5 > len(data):
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    note = Note("encoding", "not UTF-8; read as Windows-1252, so accents and quotes may be wrong")
    return source_of(text, "cp1252", _whole(text, 0, len(data))), (note,)


def _mended(text: str, broken: list[int], skip: int) -> Source:
    runs: list[Run] = []
    at, byte = 0, skip
    for place in (*broken, len(text)):
        if place > at:
            width = len(text[at:place].encode("utf-8"))
            runs.append(Run(at, place, byte, byte + width))
            byte += width
        if place < len(text):
            runs.append(Run(place, place + 1, byte, byte + 1))
            byte += 1
        at = place + 1
    return source_of(re.sub("[\udc80-\udcff]", "\ufffd", text), "utf-8", runs)


def _whole(text: str, first: int, last: int) -> tuple[Run, ...]:
    return (Run(0, len(text), first, last),) if text else ()
