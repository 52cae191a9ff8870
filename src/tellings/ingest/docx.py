"""Office documents (.docx, ECMA-376): their paragraphs, with the way back to the bytes of word/document.xml."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.ingest.bytemap import Piece, Source, cut
from tellings.ingest.head import lay_out
from tellings.ingest.make import made_id, make_account, stem_of
from tellings.ingest.stretches import Stretch, placed, source_from
from tellings.ingest.xmlread import read_xml
from tellings.ingest.zips import open_zip, read_entry
from tellings.records import Note, Original

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tellings.records import Account

# Some ten bytes of XML for one of text are usual.
_MOST_XML = 40 * 1024 * 1024
_PART = "word/document.xml"
_WORDS = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
# Text that the page does not show: taken out, a field's code, what older programs draw instead.
_UNSEEN = frozenset(("w:del", "w:moveFrom", "w:instrText", "w:delText", "Fallback"))
_OFF = frozenset(("0", "false", "off"))
_TITLES = ("title", "heading1")
_MADE_UP = "{count} hyphens and symbols stand as markup in the document and could not be placed exactly"


def accounts_of_docx(path: str, data: bytes) -> Iterator[Account | InputError]:
    """Yield the account in a .docx file. Raises InputError for one that is broken, a bomb, or has no text.

    Its original is `word/document.xml` as unpacked, with its own digest; `Original.offset` is the byte of the file at
    which that entry begins. Tracked deletions, hidden text, field codes, notes, headers and footers are left out.
    The document's own author and dates are not used: they tell who made the file, not who wrote the account.
    """
    try:
        xml, offset = read_entry(path, open_zip(path, io.BytesIO(data)), _PART, _MOST_XML)
    except KeyError:
        raise InputError(path, "is a ZIP archive but no Word document", "save it as .docx or .txt") from None
    reader = _Document()
    encoding = read_xml(f"{path}:{_PART}", xml, reader)
    source = source_from(reader.joined(), encoding)
    facts, title, body = lay_out(source.text)
    if reader.title and facts.title is None:
        facts = replace(facts, title=reader.title)
    text, runs = cut(source, _pieces(source, title, body))
    sha256 = hashlib.sha256(xml).hexdigest()
    note = Note("unplaced", _MADE_UP.format(count=reader.made_up)) if reader.made_up else None
    original = Original(path, sha256, len(xml), encoding, offset, runs)
    yield make_account(path, text, original, facts, given_id=made_id(stem_of(path), sha256), notes=(note,))


def _pieces(source: Source, title: tuple[int, int], body: tuple[int, int]) -> Iterator[Piece]:
    yield from placed(source, *title)
    if title[0] < title[1] and body[0] < body[1]:
        yield Piece("\n\n")
    yield from placed(source, *body)


def _plain(name: str) -> str:
    """Return `w:` and the local name for WordprocessingML, the bare local name for all else."""
    space, _, bare = name.rpartition(" ")
    return f"w:{bare}" if f"{space} " in _WORDS else bare


class _Document:
    """Gathers paragraphs. A table's row is one paragraph; a text box's paragraphs come before the one it hangs on."""

    def __init__(self) -> None:
        self.paragraphs: list[list[Stretch]] = []
        self.open: list[list[Stretch]] = []
        self.row: list[list[Stretch]] = []
        self.unseen = self.made_up = 0
        self.shown = True
        self.inside = False
        self.title: str | None = None
        self.style = ""

    def joined(self) -> Iterator[Stretch]:
        """Yield all paragraphs, blank lines between them."""
        for number, paragraph in enumerate(self.paragraphs):
            if number:
                yield Stretch("\n\n")
            yield from paragraph

    def start(self, name: str, attributes: Mapping[str, str], at: int) -> None:  # noqa: ARG002
        name = _plain(name)
        if name in _UNSEEN:
            self.unseen += 1
        elif name == "w:p":
            self.open.append([])
            self.style = ""
        elif name == "w:tr":
            self.row.append([])
        elif name == "w:r":
            self.shown = True
        elif name in ("w:vanish", "w:pStyle"):
            value = next((given for key, given in attributes.items() if _plain(key) == "w:val"), "")
            if name == "w:vanish":
                self.shown = value in _OFF
            else:
                self.style = value.lower()
        elif name == "w:t":
            self.inside = True
        elif self.open:
            self._mark(name)

    def _mark(self, name: str) -> None:
        """Add what an element without text of its own stands for."""
        if self.unseen or not self.shown:
            return
        if name in ("w:tab", "w:ptab") and self.open[-1]:
            self.open[-1].append(Stretch(" "))
        elif name in ("w:br", "w:cr"):
            self.open[-1].append(Stretch("\n"))
        elif name in ("w:noBreakHyphen", "w:sym"):
            self.made_up += 1
            self.open[-1].append(Stretch("-" if name == "w:noBreakHyphen" else "\ufffd"))

    def text(self, stretch: Stretch) -> None:
        if self.inside and self.open and self.shown and not self.unseen:
            self.open[-1].append(stretch)

    def end(self, name: str, at: int) -> None:  # noqa: ARG002
        name = _plain(name)
        if name in _UNSEEN:
            self.unseen -= 1
        elif name == "w:t":
            self.inside = False
        elif name == "w:p" and self.open:
            self._close(self.open.pop())
        elif name == "w:tr" and self.row:
            cells = self.row.pop()
            if cells:
                self._close(cells)

    def _close(self, stretches: list[Stretch]) -> None:
        kept = _trimmed(stretches)
        if not kept:
            return
        if self.row:
            self.row[-1] += [Stretch(" "), *kept] if self.row[-1] else kept
            return
        if not self.paragraphs and self.style in _TITLES:
            self.title = " ".join("".join(stretch.text for stretch in kept).split())
        self.paragraphs.append(kept)


def _trimmed(stretches: list[Stretch]) -> list[Stretch]:
    """Return a paragraph without the blank stretches it begins and ends with."""
    first, last = 0, len(stretches)
    while first < last and stretches[first].text.isspace():
        first += 1
    while last > first and stretches[last - 1].text.isspace():
        last -= 1
    return stretches[first:last]
