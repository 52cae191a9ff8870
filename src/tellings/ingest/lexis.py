"""LexisNexis's text exports: the older ones (“3 of 25 DOCUMENTS”), and Nexis Uni's (“End of Document”)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.ingest.dates import find_date
from tellings.ingest.decode import decode
from tellings.ingest.fileparts import File, Part, account_of_part, trimmed
from tellings.ingest.head import Facts, Line, line_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.records import Account

_ADVICE = "export the documents again as text"
_NUMBERED = re.compile(r"^[ \t\f]*(?:Document )?\d{1,6} of \d{1,6} DOCUMENTS?[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_ENDED = re.compile(r"^[ \t]*End of Document[ \t]*\r?$\n?", re.MULTILINE)
_FIELD = re.compile(r"[ \t]*([A-Z][A-Za-z]{2,14}(?:-[A-Z][A-Za-z]{2,10})?)(?:[ \t]*:(?:[ \t]+(.*))?|[ \t]*)")
_HEAD = frozenset(("BYLINE", "SECTION", "LENGTH", "DATELINE", "HEADLINE", "HIGHLIGHT", "SERIES"))
# Of these the value is on their own line, and what follows may be the text.
_OF_ONE_LINE = frozenset(("LENGTH", "DATELINE"))
# What stands after the text; the first of them ends it.
_TAIL = frozenset(
    ("LOAD-DATE", "LANGUAGE", "GRAPHIC", "PUBLICATION-TYPE", "JOURNAL-CODE", "DOCUMENT-TYPE", "CORRECTION-DATE")
)
# SUBJECT, ORGANIZATION and other indexing fields give each term how sure it is.
_INDEXED = re.compile(r"\(\d\d%\)")
_COPYRIGHT = re.compile(
    r"[ \t]*(?:Copyright\b|©|\([cC]\)[ \t])(?:[ \t]*(?:\([cC]\)|©))?[ \t]*(?:\d{4})?(?:-\d{4})?,?[ \t]*(.*)",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"[ \t]*All Rights Reserved.*", re.IGNORECASE)
_EDITION = re.compile(r"\bedition\b|^(?:final|late|early|main|national)(?:$| -)", re.IGNORECASE)
_LONGEST = 2_000
_MOST_HEAD = 40


def is_lexis(start: bytes) -> bool:
    """Tell whether a file's first bytes (some thousands) are those of a LexisNexis text export."""
    text = start.decode("utf-8", "replace")
    length = re.search(r"(?im)^[ \t]*length[ \t]*:[ \t]*\d", text)
    return bool(
        length and (_NUMBERED.search(text) or _ENDED.search(text) or re.search(r"(?im)^[ \t]*load-date:", text))
    )


def accounts_of_lexis(path: str, data: bytes) -> Iterator[Account | InputError]:
    """Yield the accounts of a LexisNexis text export, one a document; errors are about `path:number`.

    The text is what stands between the head and the fields after it (LOAD-DATE and others), as it is written; each
    document is its own original. The date a database took a document in is not used as its date.
    """
    source, notes = decode(path, data)
    file = File(path, data, source, notes)
    spans = _documents(source.text)
    if not spans:
        raise InputError(path, "has no document of a LexisNexis export in it", _ADVICE)
    numbered = bool(_NUMBERED.search(source.text))
    for number, (start, end) in enumerate(spans, 1):
        try:
            part = _part(f"{path}:{number}", source.text, (start, end), numbered=numbered)
            yield account_of_part(file, number, part)
        except InputError as error:
            yield error


def _documents(text: str) -> list[tuple[int, int]]:
    """Return the stretch of each document; what stands before the first is no document."""
    marks = list(_NUMBERED.finditer(text))
    if marks:
        ends = [*(mark.start() for mark in marks[1:]), len(text)]
        spans = [(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
    else:
        edges = [0, *(match.end() for match in _ENDED.finditer(text))]
        spans = list(pairwise(edges))
        if re.search(r"(?im)^[ \t]*length[ \t]*:", text[edges[-1] :][:4000]):
            spans.append((edges[-1], len(text)))
    return [span for span in (trimmed(text, *span) for span in spans) if span[0] < span[1]]


def _part(about: str, text: str, span: tuple[int, int], *, numbered: bool) -> Part:
    start, end = span
    ended = _ENDED.search(text, start, end)
    stop = ended.start() if ended else end
    lines = list(_lines(text, start, stop))
    fields, top, body = _head(lines)
    tail = next((at for at in range(body, len(lines)) if _ends_text(lines, at)), len(lines))
    for line in lines[tail:]:
        name, value = _field(line)
        if value:
            fields.setdefault(name, value)
    first = lines[body].start if body < len(lines) else stop
    last = lines[tail].start if tail < len(lines) else stop
    if not text[first:last].strip():
        raise InputError(about, "has no text", _ADVICE)
    facts = _facts(fields, top, [line.text for line in lines[tail:]], numbered=numbered)
    return Part(start, end, [(first, last)], facts)


def _lines(text: str, start: int, stop: int) -> Iterator[Line]:
    at = start
    while at < stop:
        line = line_at(text, at)
        yield line
        at = line.next


def _field(line: Line) -> tuple[str, str | None]:
    """Return a line's field in capitals and its value, None where no colon stands; an empty name for other lines."""
    match = _FIELD.fullmatch(line.text) if len(line.text) <= _LONGEST else None
    if match is None:
        return "", None
    return match[1].upper(), (match[2] or "").strip() if ":" in line.text else None


def _head(lines: list[Line]) -> tuple[dict[str, str], list[str], int]:
    """Return a head's fields, the lines before the first of them, and the number of the line the text begins with.

    The text begins after a line `BODY`, else with the first line after a blank one that is no field of the head.
    """
    at = next((at for at, line in enumerate(lines[:_MOST_HEAD]) if _begins_head(line)), -1)
    if at < 0:
        dated = (at + 1 for at, line in enumerate(lines[:12]) if _date_line(line.text.strip()))
        return {}, [line.text.strip() for line in lines[:12] if line.text.strip()], next(dated, 0)
    top = [line.text.strip() for line in lines[:at] if line.text.strip()]
    fields: dict[str, str] = {}
    key = ""
    for number, line in enumerate(lines[at:], at):
        name, value = _field(line)
        if name == "BODY":
            return fields, top, number + 1
        if _begins_head(line):
            fields.setdefault(name, value or "")
            key = "" if name in _OF_ONE_LINE else name
        elif not line.text.strip():
            key = ""
        elif key:  # a field goes on in the next line
            fields[key] = f"{fields[key]} {line.text.strip()}".strip()[:_LONGEST]
        else:
            return fields, top, number
    return fields, top, len(lines)


def _begins_head(line: Line) -> bool:
    name, value = _field(line)
    return name in _HEAD and value is not None


def _ends_text(lines: list[Line], at: int) -> bool:
    """Tell whether the fields after the text begin with a line, which stands after a blank one."""
    if at and lines[at - 1].text.strip():
        return False
    name, value = _field(lines[at])
    if value is not None and (name in _TAIL or _INDEXED.search(value) or (name == "URL" and value.startswith("http"))):
        return True
    if name == "CLASSIFICATION" and value is None:
        return True
    # a copyright line ends the text where hardly anything comes after it
    return bool(len(lines) - at <= _MOST_HEAD and _COPYRIGHT.fullmatch(lines[at].text[:_LONGEST])) and (
        sum(bool(line.text.strip()) for line in lines[at:]) <= 5
    )


def _date_line(line: str) -> str | None:
    """Return the date of a line that is one, a day or an edition after it."""
    found = find_date(line) if len(line) <= 80 else None
    return found[0] if found and found[1] == 0 else None


def _facts(fields: dict[str, str], top: list[str], tail: list[str], *, numbered: bool) -> Facts:
    """Return what a document says of itself.

    Above the fields the older exports (numbered) give the outlet, the date and then the title, Nexis Uni the title, the
    outlet and then the date.
    """
    plain = [line for line in top if not _COPYRIGHT.fullmatch(line) and not _RIGHTS.fullmatch(line)]
    at = next((at for at, line in enumerate(plain) if _date_line(line)), len(plain))
    before, after = plain[:at], [line for line in plain[at + 1 :] if not _EDITION.search(line)]
    outlet = before[0 if numbered else -1] if before else ""
    title = fields.get("HEADLINE") or " ".join(after if numbered else before[:-1])
    holders = (match[1] for line in (*top, *tail) if (match := _COPYRIGHT.fullmatch(line[:_LONGEST])))
    holder = _RIGHTS.sub("", next(holders, "")).strip(" .")
    author = re.sub(r"(?i)^by\s+", "", fields.get("BYLINE", "").split(";")[0].strip())
    return Facts(
        title or None, outlet or holder or None, author or None, _date_line(plain[at]) if at < len(plain) else None,
        url=next((word for word in fields.get("URL", "").split() if word.startswith(("http://", "https://"))), None),
    )  # fmt: skip
