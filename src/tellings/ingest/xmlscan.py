"""Elements of an XML document with where they stand in its source: for feeds, which are often broken.

A scanner of its own, because the parsers at hand do not tell where text stands, and give up a whole feed for one bad
character. It reads no DTD, expands no entity of a document's own, fetches nothing, and is linear in the length of
the source, whatever that holds.
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.bytemap import Piece, Source, cut, source_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_TAG = re.compile(r"<(/?)([A-Za-z_][\w.:-]{0,80})((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>")
_ATTRIBUTE = re.compile(r"([A-Za-z_][\w.:-]{0,80})\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_MOST_DEPTH = 200
_ROOT_WITHIN = 100_000
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{2,40})[\"']")
# What feeds use, by their namespaces' own names or by the prefixes all writers give them.
_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content", "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms", "http://www.w3.org/2005/atom": "", "http://purl.org/rss/1.0/": "",
    "http://purl.org/atom/ns#": "", "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://search.yahoo.com/mrss/": "media", "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.google.com/schemas/sitemap-news/0.9": "news", "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf", "http://www.w3.org/1999/xhtml": "xhtml",
    "http://backend.userland.com/rss2": "",
}  # fmt: skip


class Element(NamedTuple):
    """An element: its name with the prefix its namespace usually has, in lower case, its attributes as written.

    `source[start:end]` is all of it, `source[first:last]` what is inside; `around` is the name of the element around it
    ("" at the root), `mixed` says that there are elements inside.
    """

    name: str
    attributes: str
    start: int
    first: int
    last: int
    end: int
    around: str
    mixed: bool

    def attribute(self, name: str) -> str | None:
        """Return an attribute's value with its references told."""
        for match in _ATTRIBUTE.finditer(self.attributes[:20_000]):
            if match[1].lower() == name:
                return html.unescape(match[2] if match[2] is not None else match[3])
        return None


def looks_like(start: bytes, roots: Collection[str]) -> bool:
    """Whether a file's first bytes begin an XML document whose first element has one of these names."""
    if b"<" not in start:
        return False
    text = start.decode("utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace").lstrip("\ufeff")
    try:
        return text.lstrip().startswith("<") and root_of(text) in roots
    except ValueError:  # refused for its entities, and by the reader of it
        return any(f"<{root}" in text.lower() for root in roots)


def declared_charset(data: bytes) -> str | None:
    """Return the charset an XML declaration names, None where it does not."""
    match = _DECLARED.match(data[:400].removeprefix(b"\xef\xbb\xbf"))
    return match[1].decode("ascii") if match else None


def root_of(source: str) -> str:
    """Return the name of a document's first element without its prefix, in lower case; "" where there is none.

    Raises ValueError, with a plain reason as its message, for a document that declares entities.
    """
    for _, _, tag in _markup(source, 0, min(len(source), _ROOT_WITHIN)):
        if tag is not None:
            return tag[2].rpartition(":")[2].lower()
    return ""


def elements(source: str, start: int = 0, end: int | None = None) -> Iterator[Element]:
    """Yield the elements of a stretch of XML as they end, inner ones first; unclosed ones end where one around does.

    Raises ValueError, with a plain reason as its message, for a document that declares entities and for one nested
    more than 200 deep.
    """
    stop = len(source) if end is None else end
    prefixes: dict[str, str] = {}
    opened: list[_Opened] = []
    for at, after, tag in _markup(source, start, stop):
        if tag is None:
            continue
        name = tag[2]
        if tag[1]:
            yield from _closed(opened, _named(name, prefixes), at, after)
            continue
        if "xmlns" in tag[3]:
            _declare(tag[3], prefixes)
        if opened:
            opened[-1].mixed = True
        told = _named(name, prefixes)
        if tag[3].endswith("/"):
            yield Element(told, tag[3][:-1], at, after, after, after, _around(opened), mixed=False)
            continue
        if len(opened) == _MOST_DEPTH:
            raise ValueError(f"is nested more than {_MOST_DEPTH} deep")
        opened.append(_Opened(told, tag[3], at, after))
    while opened:
        one = opened.pop()
        yield one.ended(stop, stop, _around(opened))


class _Opened:
    """An element whose end has not come yet."""

    __slots__ = ("attributes", "first", "mixed", "name", "start")

    def __init__(self, name: str, attributes: str, start: int, first: int) -> None:
        self.name, self.attributes, self.start, self.first = name, attributes, start, first
        self.mixed = False

    def ended(self, last: int, end: int, around: str) -> Element:
        return Element(self.name, self.attributes, self.start, self.first, last, end, around, self.mixed)


def _around(opened: list[_Opened]) -> str:
    return opened[-1].name if opened else ""


def _closed(opened: list[_Opened], name: str, at: int, after: int) -> Iterator[Element]:
    """Yield what an end tag ends: nothing where no such element is open, else those inside it as well."""
    if not any(one.name == name for one in reversed(opened)):
        return
    while True:
        one = opened.pop()
        if one.name == name:
            yield one.ended(at, after, _around(opened))
            return
        yield one.ended(at, at, _around(opened))


def _markup(source: str, start: int, stop: int) -> Iterator[tuple[int, int, re.Match[str] | None]]:
    """Yield each tag with its bounds, and comments, CDATA sections and declarations as None."""
    at = source.find("<", start, stop)
    while at >= 0:
        match = _TAG.match(source, at, stop)
        if match:
            after = match.end()
            yield at, after, match
        elif source.startswith(("<!", "<?"), at):
            after = _special(source, at, stop)
            yield at, after, None
        else:
            after = at + 1
        at = source.find("<", after, stop)


def _special(source: str, at: int, stop: int) -> int:
    """Return where a comment, a CDATA section, an instruction or a declaration ends. Raises ValueError for entities."""
    for begin, close in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")):
        if source.startswith(begin, at):
            end = source.find(close, at + len(begin), stop)
            return end + len(close) if end >= 0 else stop
    end = source.find(">", at, stop)
    told = source[at : min(end if end >= 0 else stop, at + 2_000)].upper()
    if "<!ENTITY" in told or ("[" in told and told.startswith("<!DOCTYPE")):
        raise ValueError("declares entities or a DTD of its own, which is never read")
    return end + 1 if end >= 0 else stop


def _declare(attributes: str, prefixes: dict[str, str]) -> None:
    for match in _ATTRIBUTE.finditer(attributes[:20_000]):
        key, _, prefix = match[1].partition(":")
        if key == "xmlns" and len(prefixes) < 1_000:
            usual = _PREFIXES.get((match[2] or match[3] or "").strip().lower())
            if usual is not None and (prefix or usual != "xhtml"):
                prefixes.setdefault(prefix.lower(), usual)


def _named(name: str, prefixes: dict[str, str]) -> str:
    prefix, colon, local = name.lower().rpartition(":")
    usual = prefixes.get(prefix, prefix) if colon else ""
    return f"{usual}:{local}" if usual else local


def text_of(source: Source, element: Element) -> tuple[Source, bool]:
    """Return what an element says as a source leading to the same bytes, and whether any of it was escaped.

    References (`&lt;`, `&#8217;`) outside CDATA sections are told; tags, where there are any, stay as they are.
    """
    pieces: list[Piece] = []
    escaped = False
    for start, end, verbatim in _segments(source.text, element.first, element.last):
        at = start
        for match in () if verbatim else _REFERENCE.finditer(source.text, start, end):
            told = html.unescape(match[0])
            if match[0][1] != "#" and match[0][1:] not in html5:  # `&gtmp;` is no `&gt` with letters after it
                continue
            pieces.append(Piece(source.text[at : match.start()], at, match.start()))
            pieces.append(Piece(told, *match.span()))
            at, escaped = match.end(), True
        pieces.append(Piece(source.text[at:end], at, end))
    text, runs = cut(source, pieces)
    return source_of(text, source.encoding, runs), escaped


def plain_text(source: Source, element: Element) -> str:
    """Return what an element says in one line, its tags left out: for facts."""
    told = source.text[element.first : min(element.last, element.first + 5_000)]
    if "<" not in told and "&" not in told:
        return " ".join(told.split())[:1_000]
    words = "".join(
        told[start:end] if verbatim else html.unescape(told[start:end])
        for start, end, verbatim in _segments(told, 0, len(told))
    )
    return " ".join(html.unescape(re.sub(r"<[^<>]{0,1000}>", " ", words)).split())[:1_000]


def _segments(text: str, first: int, last: int) -> Iterator[tuple[int, int, bool]]:
    """Yield stretches outside comments, each with whether it is a CDATA section's inside."""
    at = first
    while at < last:
        mark = text.find("<!", at, last)
        if mark < 0:
            break
        verbatim = text.startswith("<![CDATA[", mark)
        if not verbatim and not text.startswith("<!--", mark):
            yield at, mark + 2, False
            at = mark + 2
            continue
        if mark > at:
            yield at, mark, False
        close, begin = ("]]>", mark + 9) if verbatim else ("-->", mark + 4)
        end = text.find(close, begin, last)
        end = last if end < 0 else end
        if verbatim and end > begin:
            yield begin, end, True
        at = min(last, end + 3)
    if at < last:
        yield at, last, False
