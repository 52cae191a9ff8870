"""Bytes whose charset a label names (a MIME part, an XML declaration), believed where it leads back to the bytes."""

from __future__ import annotations

import codecs
import re

from tellings.ingest.bytemap import Source, source_of
from tellings.ingest.decode import decode
from tellings.records import Note, Run

# Python's names of charsets without a state, so that any stretch of them encodes to its own bytes.
_STATELESS = frozenset(
    re.findall(
        r"\S+",
        "utf-8 big5 big5hkscs cp932 cp949 cp950 euc_jp euc_kr gb18030 gb2312 gbk shift_jis johab mac-roman "
        "koi8-r koi8-u cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437 cp850 cp852 cp866 "
        "cp874 tis-620 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 "
        "iso8859-10 iso8859-11 iso8859-13 iso8859-14 iso8859-15 iso8859-16 utf-16-le utf-16-be",
    )
)
# Writers say Latin-1 or ASCII and mean Windows-1252 (WHATWG Encoding Standard, 4.2).
_MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_as(about: str, data: bytes, label: str | None) -> tuple[Source, tuple[Note, ...]]:
    """Decode by a byte order mark, else by a label, else as `decode` does; a label that is wrong is noted.

    Bytes that are UTF-8 are read so whatever one-byte charset the label names. Raises InputError as `decode` does.
    """
    name = _charset(label)
    if name is None or name == "utf-8" or data.startswith(_MARKS):
        return decode(about, data)
    if not name.startswith("utf-16") and not data.isascii() and _reads(data, "utf-8") is not None:
        source, notes = decode(about, data)
        return source, (*notes, Note("encoding", f"says it is in {_plain(label)} but is UTF-8, and is read so"))
    text = _reads(data, name)
    if text is None or "\0" in text:
        source, notes = decode(about, data)
        return source, (
            *notes,
            Note("encoding", f"says it is in {_plain(label)} but is not; read as {source.encoding}"),
        )
    return source_of(text, name, (Run(0, len(text), 0, len(data)),) if text else ()), ()


def _charset(label: str | None) -> str | None:
    """Return Python's name of the charset a label means; None where there is none that can be used here."""
    words = (label or "").strip().strip("\"'")
    if not words or len(words) > 40:
        return None
    try:
        name = codecs.lookup(words).name
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    return name if name in _STATELESS else None


def _reads(data: bytes, name: str) -> str | None:
    """Return the characters of bytes in a charset; None where these do not lead back to the very bytes."""
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    return text if text.encode(name, "replace") == data else None


def _plain(label: str | None) -> str:
    return "".join(character for character in (label or "") if character.isprintable())[:40]
