"""The elements of a page with the characters of its source each stands in.

Beside `page.scan`, which reads words off a source: for questions about what stands inside what, and what repeats.
Linear in the length of the source however deep it nests, and never recursive.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field

_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_TAG = re.compile(r"</?([A-Za-z][^\s/>]*+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_PLAIN_TAG = re.compile(r"</?([A-Za-z][^\s/>]*+)([^>]*+)>")
_ATTRIBUTE = re.compile(r"([A-Za-z_:][\w:.-]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++)))?")
_CDATA = "<![CDATA["
_RAW = frozenset(("script", "style", "title", "textarea", "iframe", "noframes", "noembed", "xmp"))
_UNSHOWN = _RAW - {"textarea"}
_ENDS = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in _RAW}
_VOID = frozenset(re.findall(r"\S+", "area base br col embed hr img input link meta param source track wbr"))
_LISTED = {
    "li": {"li", "p"}, "dt": {"dt", "dd", "p"}, "dd": {"dt", "dd", "p"}, "tr": {"tr", "td", "th", "p"},
    "td": {"td", "th", "p"}, "th": {"td", "th", "p"}, "tbody": {"tr", "td", "th", "p", "thead"},
    "option": {"option"},
}  # fmt: skip
_BLOCKS = "p div ul ol dl table section article aside blockquote header footer nav form h1 h2 h3 h4 h5 h6 pre hr main"
_CLOSED_BY: dict[str, set[str]] = {**{name: {"p"} for name in _BLOCKS.split()}, **_LISTED}
_UNCLOSED = 20
_MOST_TAGS = 2_000_000
_LONGEST_TAG = 20_000


@dataclass(slots=True)
class Element:
    """One element: its place in the page's list is its number in the order of the source.

    `start`, `end` are where its markup stands in the source, `inner`, `inner_end` what is inside; `last` numbers the
    element after all those inside it; `words` counts the words inside.
    """

    name: str
    told: str
    parent: int
    start: int
    inner: int
    inner_end: int = 0
    end: int = 0
    last: int = 0
    words: int = 0
    _values: dict[str, str] | None = field(default=None, repr=False)
    _classes: tuple[str, ...] | None = field(default=None, repr=False)

    @property
    def values(self) -> dict[str, str]:
        """The attributes by their names in lower case, entities undone; the first of two that are named alike."""
        if self._values is None:
            found: dict[str, str] = {}
            for match in _ATTRIBUTE.finditer(self.told[:_LONGEST_TAG]):
                found.setdefault(match[1].lower(), html.unescape(match[2] or match[3] or match[4] or ""))
            self._values = found
        return self._values

    @property
    def classes(self) -> tuple[str, ...]:
        """The class names in lower case."""
        if self._classes is None:
            told = self.values.get("class", "") if "class" in self.told.lower() else ""
            self._classes = tuple(told.lower().split())
        return self._classes


def elements(source: str) -> list[Element]:
    """Return a page's elements in the order of its source; what is left open ends with what it stands in.

    Raises ValueError, with a plain reason as its message, for a page of more than two million tags.
    """
    reader = _Reader(source)
    at = failures = tags = 0
    while match := _MARKUP.search(source, at):
        start = match.start()
        reader.text(at, start)
        tags += 1
        if tags > _MOST_TAGS:
            raise ValueError(f"has more than {_MOST_TAGS:,} tags")
        if source.startswith(("<!", "<?"), start):
            at = _past_comment(source, start)
            continue
        whole = None if failures > _UNCLOSED else _TAG.match(source, start)
        failures += whole is None
        tag = whole or _PLAIN_TAG.match(source, start)
        at = reader.tag(tag) if tag else _past_comment(source, start)
    reader.text(at, len(source))
    return reader.done()


def _past_comment(source: str, start: int) -> int:
    if source.startswith(_CDATA, start):  # its content is read as the markup it quotes
        return start + len(_CDATA)
    mark = "-->" if source.startswith("<!--", start) else ">"
    end = source.find(mark, start + 2)
    return end + len(mark) if end >= 0 else len(source)


class _Reader:
    """Builds the list while the source is scanned."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.found: list[Element] = []
        self.open: list[int] = []
        self.names: Counter[str] = Counter()
        self.words = 0

    def text(self, start: int, end: int) -> None:
        if end > start:
            self.words += len(self.source[start:end].split())

    def tag(self, tag: re.Match[str]) -> int:
        """Take in one tag; return where to go on."""
        name = tag[1].lower()
        if tag[0].startswith("</"):
            if self.names[name]:
                while self._close(tag.start(), tag.end()) != name:
                    pass
            return tag.end()
        closed = _CLOSED_BY.get(name)
        while closed and self.open and self.found[self.open[-1]].name in closed:
            self._close(tag.start(), tag.start())
        self.found.append(Element(name, tag[2], self.open[-1] if self.open else -1, tag.start(), tag.end()))
        element = self.found[-1]
        element.words = self.words
        self.open.append(len(self.found) - 1)
        self.names[name] += 1
        if name in _VOID or tag[2].endswith("/"):
            self._close(tag.end(), tag.end())
        elif name in _RAW:
            stop = _ENDS[name].search(self.source, tag.end())
            end = stop.start() if stop else len(self.source)
            if name not in _UNSHOWN:
                self.text(tag.end(), end)
            return end
        return tag.end()

    def _close(self, inner_end: int, end: int) -> str:
        element = self.found[self.open.pop()]
        same = self.source.startswith("</", inner_end) and end > inner_end and self._named(element.name, inner_end)
        element.inner_end, element.end = inner_end, end if same or inner_end == end else inner_end
        element.last, element.words = len(self.found), self.words - element.words
        self.names[element.name] -= 1
        return element.name

    def _named(self, name: str, at: int) -> bool:
        return self.source[at + 2 : at + 2 + len(name)].lower() == name

    def done(self) -> list[Element]:
        while self.open:
            self._close(len(self.source), len(self.source))
        return self.found


def inner_of(source: str, element: Element) -> tuple[int, int]:
    """Where the content of an element stands, without the marks of a CDATA section around it."""
    start, end = element.inner, element.inner_end
    told = source[start:end].strip() if end - start < 40 else source[start : start + 20].lstrip()
    if told.startswith(_CDATA):
        start = source.index(_CDATA, start) + len(_CDATA)
        stop = source.rfind("]]>", start, end)
        end = stop if stop >= 0 else end
    return start, end


_MARKS = re.compile(r"<[^>]{0,2000}>")


def plain(source: str, element: Element, most: int = 400) -> str:
    """The words inside an element on one line; only its first characters are looked at."""
    start, end = inner_of(source, element)
    told = _MARKS.sub(" ", source[start : min(end, start + 10 * most)])
    return " ".join(html.unescape(told).split())[:most]
