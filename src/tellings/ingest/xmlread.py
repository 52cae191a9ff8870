"""XML of outsiders read once, each of its characters with the bytes it comes from.

The standard library's expat is used because it alone tells at which byte an event stands. Entities cannot be
defined, nothing outside the document is ever asked for, depth and the number of events are bounded.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, NoReturn, Protocol
from xml.parsers import expat

from tellings.errors import InputError
from tellings.ingest.stretches import Stretch

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEEPEST = 500
_MOST_EVENTS = 5_000_000
_MEND = "save the text as .txt and give that"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


class Reader(Protocol):
    """What is told of a document. Names are `namespace name`, or the bare name where there is no namespace."""

    def start(self, name: str, attributes: Mapping[str, str], at: int) -> None:
        """Be told of an element whose tag begins at byte `at`."""

    def text(self, stretch: Stretch) -> None:
        """Be told of characters: as they stand there, or one from an entity or a line end (a CR has no place)."""

    def end(self, name: str, at: int) -> None:
        """Be told of an element's end, whose tag ends before byte `at`."""


def read_xml(about: str, data: bytes, reader: Reader) -> str:
    """Tell a reader of all elements and characters of a document; return the document's encoding.

    Raises InputError for broken XML, for a document that defines or asks for entities, and for one nested
    deeper than 500 elements.
    """
    scan = _Scan(about, data, reader)
    try:
        scan.parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = f"{expat.ErrorString(error.code)}, line {error.lineno}"
        raise InputError(about, f"is broken XML ({reason})", _MEND) from None
    except (LookupError, ValueError) as error:
        raise InputError(about, f"is XML that cannot be read ({error})", _MEND) from None
    return scan.encoding


def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition(" ")[2]


class _Scan:
    def __init__(self, about: str, data: bytes, reader: Reader) -> None:
        self.about, self.data, self.reader = about, data, reader
        self.encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
        self.wide = self.encoding.startswith("utf-16")
        self.depth = self.events = 0
        self.literal = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = False  # each call is one stretch of bytes
        self.parser.XmlDeclHandler = self._declared
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._entity
        self.parser.SkippedEntityHandler = self._entity
        self.parser.ExternalEntityRefHandler = self._entity
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartCdataSectionHandler = lambda: self._cdata(inside=True)
        self.parser.EndCdataSectionHandler = lambda: self._cdata(inside=False)

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and not self.wide:
            self.encoding = codecs.lookup(encoding).name

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
        if has_internal_subset:
            self._entity()

    def _entity(self, *_: object) -> NoReturn:
        raise InputError(self.about, "is XML that defines or asks for entities, which is not read", _MEND)

    def _cdata(self, *, inside: bool) -> None:
        self.literal = inside

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count()
        self.depth += 1
        if self.depth > _DEEPEST:
            raise InputError(self.about, f"is XML nested deeper than {_DEEPEST} elements", _MEND)
        self.reader.start(name, attributes, self.parser.CurrentByteIndex)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.reader.end(name, self._after(">", self.parser.CurrentByteIndex))

    def _text(self, text: str) -> None:
        self._count()
        first = self.parser.CurrentByteIndex
        if not self.literal and self.data.startswith(self._bytes("&"), first):
            self.reader.text(Stretch(text, first, self._after(";", first), whole=True))
            return
        plain = text.encode(self.encoding, "replace")
        if self.data.startswith(plain, first):
            self.reader.text(Stretch(text, first, first + len(plain)))
        elif text == "\n":  # written CR LF, which leads to its LF, or CR, which leads nowhere
            line_end = self._bytes("\r\n")
            if self.data.startswith(line_end, first):
                self.reader.text(Stretch(text, first + len(plain), first + len(line_end)))
            else:
                self.reader.text(Stretch(text))
        else:
            raise InputError(self.about, f"has bytes that are not {self.encoding}", _MEND)

    def _count(self) -> None:
        self.events += 1
        if self.events > _MOST_EVENTS:
            raise InputError(self.about, "has more elements than any document of news", _MEND)

    def _bytes(self, text: str) -> bytes:
        return text.encode(self.encoding)

    def _after(self, mark: str, first: int) -> int:
        """Return the byte after the first such mark; the scan goes on aligned to the encoding's units."""
        wanted = self._bytes(mark)
        at = self.data.find(wanted, first)
        while self.wide and at >= 0 and (at - first) % 2:
            at = self.data.find(wanted, at + 1)
        return at + len(wanted) if at >= 0 else len(self.data)
