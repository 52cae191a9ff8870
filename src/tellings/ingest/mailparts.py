"""Which parts of a mail are its words, and those parts read into rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tellings.errors import InputError
from tellings.ingest.charset import decode_as
from tellings.ingest.decode import decode
from tellings.ingest.files import LIMIT, too_large
from tellings.ingest.fragment import rows_of_html
from tellings.ingest.issue import items_of
from tellings.ingest.mime import body_of
from tellings.ingest.plainrows import rows_of_text
from tellings.ingest.rows import count_words

if TYPE_CHECKING:
    from tellings.ingest.bytemap import Source
    from tellings.ingest.mime import Part
    from tellings.ingest.rows import Row
    from tellings.records import Note

_ADVICE = "save the mail's text as .txt and give that"
_PAGE_SIGNS = ("<html", "<body", "<table", "<!doctype", "<div")


@dataclass(slots=True)
class Parts:
    """What a mail has: texts (each plain, HTML or both ways), mails inside it, attachments, and what is wrong."""

    texts: list[tuple[Part | None, Part | None]] = field(default_factory=list)
    mails: list[Part] = field(default_factory=list)
    attachments: int = 0
    encrypted: bool = False
    cut_off: bool = False
    wrong: list[Part] = field(default_factory=list)


class Told(NamedTuple):
    """A part's rows, the source they are pieces of, its decoded bytes, and where these stand in the file."""

    rows: list[Row]
    source: Source
    data: bytes
    offset: int
    decoded: bool
    notes: tuple[Note, ...]


def parts_of(root: Part) -> Parts:
    """Sort the parts of one mail (not of the mails inside it)."""
    found = Parts()
    _sort(root, found, related=False)
    return found


def _sort(part: Part, found: Parts, *, related: bool) -> None:
    found.cut_off = found.cut_off or not part.closed
    if part.wrong:
        found.wrong.append(part)
    if part.kind == "multipart/encrypted":
        found.encrypted = True
    elif part.kind == "multipart/alternative":
        _alternative(part, found)
    elif part.kind == "message/rfc822" and part.children:
        found.mails.extend(part.children)
    elif part.kind.startswith("multipart/"):
        children = part.children[:1] if part.kind == "multipart/signed" else part.children
        for child in children:
            _sort(child, found, related=related or part.kind == "multipart/related")
        if not part.children and not part.wrong:  # a boundary that is missing or never comes: its text as it stands
            found.texts.append((part, None))
    elif part.kind in ("text/plain", "text/html") and not part.attached:
        found.texts.append((None, part) if part.kind == "text/html" else (part, None))
    elif not (related and part.kind.startswith("image/")) and not part.wrong:
        found.attachments += 1


def _alternative(part: Part, found: Parts) -> None:
    """Take the same text in several forms as one: the first plain and the last HTML one."""
    inside = Parts()
    for child in part.children:
        _sort(child, inside, related=True)
    plain = next((text[0] for text in inside.texts if text[0]), None)
    page = next((text[1] for text in reversed(inside.texts) if text[1]), None)
    if plain or page:
        found.texts.append((plain, page))
    found.mails.extend(inside.mails)
    found.wrong.extend(inside.wrong)
    found.attachments += inside.attachments
    found.cut_off = found.cut_off or inside.cut_off


def read_text(about: str, data: bytes, text: tuple[Part | None, Part | None], *, escaped: bool) -> Told:
    """Return the rows of a text: of the plain form where that is real, else of the HTML one.

    Plain is real where it has half the words of the HTML form or more and is no HTML itself. Where only the HTML form
    shows that an issue has several articles, it is taken. Raises InputError where no form can be read.
    """
    plain, page = text
    if page is None or plain is None:
        part = plain or page
        assert part is not None
        return _read(about, data, part, escaped=escaped)
    try:
        by_page = _read(about, data, page, escaped=escaped)
    except InputError:
        return _read(about, data, plain, escaped=escaped)
    try:
        by_text = _read(about, data, plain, escaped=escaped)
    except InputError:
        return by_page
    return by_text if _is_real(by_text, by_page) else by_page


def _is_real(plain: Told, page: Told) -> bool:
    start = plain.source.text[:4_000].lower()
    if any(sign in start for sign in _PAGE_SIGNS) or 2 * count_words(plain.rows) < count_words(page.rows):
        return False
    return len(items_of(plain.rows)) >= len(items_of(page.rows))


def _read(about: str, data: bytes, part: Part, *, escaped: bool) -> Told:
    name = f"{about}:{part.number}" if part.number else about
    if part.last - part.first > 2 * LIMIT:
        raise too_large(name, part.last - part.first)
    try:
        body = body_of(part, data)
        if len(body.data) > LIMIT:
            raise too_large(name, len(body.data))
        label = part.parameter("charset")
        page = part.kind == "text/html"
        source, notes = decode(name, body.data, page=True) if page and not label else decode_as(name, body.data, label)
        rows = rows_of_html(source.text) if page else _plain_rows(part, source, escaped=escaped and not body.decoded)
    except ValueError as error:
        raise InputError(name, str(error), _ADVICE) from None
    return Told(rows, source, body.data, part.first, body.decoded, notes)


def _plain_rows(part: Part, source: Source, *, escaped: bool) -> list[Row]:
    flowed = (part.parameter("format") or "").lower() == "flowed"
    delsp = (part.parameter("delsp") or "").lower() == "yes"
    return rows_of_text(source.text, flowed=flowed, delsp=delsp, escaped=escaped)
