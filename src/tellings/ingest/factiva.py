"""Factiva's text exports: documents of fields, each after its two- or three-letter code (HD, BY, PD, SN, LP, TD)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.ingest.dates import parse_date
from tellings.ingest.decode import decode
from tellings.ingest.fileparts import File, Part, account_of_part
from tellings.ingest.head import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.records import Account

_ADVICE = "export the documents again as “Full Article/Report plus Indexing”"
# Before the text and after it, as Dow Jones lists its document fields.
_BEFORE = ("SE", "HD", "CLM", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "CX")
_TEXT = ("LP", "TD")
_AFTER = ("ART", "CT", "RF", "CO", "DE", "FDS", "RIC", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN")
# A code stands alone, or two blanks or a tab before its value, as no sentence has it; one blank alone does where no
# sentence of capital letters can stand: before the text, or before codes (`usa : United States`).
_FIELD = re.compile(rf"^({'|'.join((*_BEFORE, *_TEXT, *_AFTER))})(?:([ \t]+)(?=\S)|[ \t]*\r?$)", re.MULTILINE)
_CODED = re.compile(r"[\w.]{2,12}[ \t]*:[ \t]")
_NUMBER = re.compile(r"Document[ \t]+([A-Za-z0-9]{12,40})\b")
_SNIFF = re.compile(rb"(?m)^(?:HD|SE)(?:[ \t]|\r?$)")


def is_factiva(start: bytes) -> bool:
    """Tell whether a file's first bytes (some thousands) are those of a Factiva text export."""
    return bool(_SNIFF.search(start)) and all(
        re.search(rb"(?m)^%s[ \t]+\S" % code, start) for code in (b"WC", b"PD", b"SN")
    )


def accounts_of_factiva(path: str, data: bytes) -> Iterator[Account | InputError]:
    """Yield the accounts of a Factiva text export, one a document; errors are about `path:number`.

    The text is the lead paragraph and what follows it; each is led to its own bytes. A document ends with its number
    (`AN`), or where the next headline begins.
    """
    source, notes = decode(path, data)
    file = File(path, data, source, notes)
    documents = list(_documents(source.text))
    if not documents:
        raise InputError(path, "has no document of a Factiva export in it", _ADVICE)
    for number, fields in enumerate(documents, 1):
        try:
            yield account_of_part(file, number, _part(f"{path}:{number}", source.text, fields))
        except InputError as error:
            yield error


Field = tuple[str, int, int, int]


def _documents(text: str) -> Iterator[list[Field]]:
    """Yield each document as its fields: the code, where it stands, where its value begins and ends."""
    fields: list[Field] = []
    seen: set[str] = set()
    for code, start, begin in _codes(text):
        if fields:
            fields[-1] = (*fields[-1][:3], start)
        if code in ("SE", "HD") and (code in seen or not seen.isdisjoint(_TEXT)):
            yield fields
            fields, seen = [], set()
        seen.add(code)
        fields.append((code, start, begin, len(text)))
        if code == "AN":
            line = text.find("\n", begin)
            fields[-1] = (code, start, begin, len(text) if line < 0 else line)
            yield fields
            fields, seen = [], set()
    if fields:
        yield fields


def _codes(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the codes that begin fields, and not sentences."""
    inside = False
    for match in _FIELD.finditer(text):
        code, gap = match[1], match[2] or ""
        wide = not gap or len(gap) > 1 or gap == "\t"
        if code in _TEXT:
            sure = wide or not inside
        elif code in _BEFORE:
            sure = not inside or (code in ("HD", "SE") and wide)
        elif code == "AN":
            sure = bool(_NUMBER.match(text, match.end()))
        else:
            sure = wide or bool(_CODED.match(text, match.end())) or not inside
        if sure:
            inside = (inside and code in _AFTER and code != "AN") or code in _TEXT
            yield code, match.start(), match.end()


def _part(about: str, text: str, fields: list[Field]) -> Part:
    said: dict[str, str] = {}
    for code, _, begin, end in fields:
        said.setdefault(code, " ".join(text[begin : min(end, begin + 2_000)].split()))
    body = [(begin, end) for code, _, begin, end in fields if code in _TEXT]
    if not any(text[begin:end].strip() for begin, end in body):
        raise InputError(about, "has no text (LP, TD)", _ADVICE)
    time = said.get("ET", "")
    published = parse_date(f"{said.get('PD', '')} {time}") if time else None
    published = published or parse_date(said.get("PD", ""))
    author = re.sub(r"(?i)^by\s+", "", said.get("BY", ""))
    facts = Facts(
        said.get("HD") or None, said.get("SN") or None, author or None, published,
        unread_date=None if published else said.get("PD") or None,
    )  # fmt: skip
    number = _NUMBER.search(said.get("AN", ""))
    return Part(fields[0][1], fields[-1][3], body, facts, number[1] if number else None)
