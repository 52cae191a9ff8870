"""The rows of HTML that is all of it somebody's words (a mail's body, a feed's item): nothing is picked out of it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

from tellings.ingest.bytemap import Piece
from tellings.ingest.page import scan
from tellings.ingest.rows import PARTED, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.ingest.page import Word

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]{0,30})([^>]{0,4000}+)>")
_MARKUP = re.compile(r"</?[A-Za-z]")
_RAW = ("script", "style", "title", "textarea", "iframe", "noframes", "noembed", "xmp")
_AFTER = 20_000  # characters after the last word, looked at for the end of a hidden part
_VOID = frozenset(re.findall(r"\S+", "area base br col embed hr img input link meta source track wbr"))
# Block tags that end a line and no paragraph; two line breaks do.
_TIGHT = frozenset(re.findall(r"\S+", "br li tr td th dt dd div tbody thead table center"))
_LOOSE = frozenset(
    re.findall(r"\S+", "p h1 h2 h3 h4 h5 h6 ul ol dl blockquote hr article section header footer pre figure figcaption")
)
_HIDDEN = re.compile(
    r"(?i)\bstyle\s*=\s*[\"'][^\"']{0,600}(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|font-size\s*:\s*0(?:px|pt)?\s*[;\"'!]|max-height\s*:\s*0(?:px)?\s*[;\"'!])|\sclass\s*=\s*[\"'][^\"']{0,200}preheader"
    r"|\shidden(?:\s|=|$)"
)
_CITED = re.compile(
    r"(?i)\btype\s*=\s*[\"']?cite\b|\bclass\s*=\s*[\"']?[^\"'>]{0,100}(?:gmail_quote|yahoo_quoted|cite)"
)
_HREF = re.compile(r"(?i)\bhref\s*=\s*(?:\"([^\"]{1,3000})\"|'([^']{1,3000})'|([^\s\"'>]{1,3000}))")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class _Tag(NamedTuple):
    name: str
    closing: bool
    attributes: str


def rows_of_html(source: str) -> list[Row]:
    """Return the rows of an HTML source, each block one: script, style and hidden parts have none.

    Quoting blocks of mailers (`blockquote type=cite`, `gmail_quote`) count as depth. Raises ValueError, with a plain
    reason as its message, for more tags or words than any article has.
    """
    page = scan(source)
    words = page.words
    rows, unclosed = _rows(source, words, hide=True)
    # A hidden part that never ends would hide all that follows: better to show what was not meant to be seen.
    return _rows(source, words, hide=False)[0] if unclosed else rows


def _rows(source: str, words: Sequence[Word], *, hide: bool) -> tuple[list[Row], bool]:
    reader = _Reader(source, hide=hide)
    at = 0
    for word in words:
        if source.find("<", at, word.first) >= 0:
            reader.tags(list(_tags(source, at, word.first)))
        reader.word(word)
        at = word.last
    reader.tags(list(_tags(source, at, min(len(source), at + _AFTER))))
    reader.close()
    return reader.rows, bool(reader.hidden)


def _tags(source: str, start: int, end: int) -> Iterator[_Tag]:
    """Yield the tags between two words; not those inside comments and scripts."""
    at = start
    while (at := source.find("<", at, end)) >= 0:
        if source.startswith("<!--", at):
            close = source.find("-->", at + 2, end)
            at = close + 3 if close >= 0 else end
            continue
        match = _TAG.match(source, at, end)
        if match is None:  # longer than any tag is, or none
            close = source.find(">", at, end) if _MARKUP.match(source, at, end) else at
            at = close + 1 if close >= 0 else end
            continue
        name = match[2].lower()
        yield _Tag(name, bool(match[1]), match[3])
        at = match.end()
        if name in _RAW and not match[1]:
            close = source.find("</", at, end)
            while close >= 0 and source[close + 2 : close + 2 + len(name)].lower() != name:
                close = source.find("</", close + 2, end)
            at = close if close >= 0 else end


class _Reader:
    """Collects rows while the words and the tags between them go by."""

    def __init__(self, source: str, *, hide: bool) -> None:
        self.source, self.hide = source, hide
        self.rows: list[Row] = []
        self.pieces: list[Piece] = []
        self.plain = 0, -1  # a stretch of the source's own characters that is still growing
        self.quotes: list[bool] = []
        self.gap, self.rule = PARTED, False
        self.hidden: list[str] = []
        self.link, self.heading, self.bold = "", "", 0
        self.row = Row((), "")

    def tags(self, tags: list[_Tag]) -> None:
        loose = sum(tag.name in _LOOSE for tag in tags)
        breaks = sum(tag.name == "br" for tag in tags)
        if loose or breaks > 1 or (breaks and any(tag.name == "div" for tag in tags)):
            self.gap = PARTED
        if loose or any(tag.name in _TIGHT and tag.name not in ("td", "th") for tag in tags):
            self.close()
        for tag in tags:
            self._tag(tag)

    def _tag(self, tag: _Tag) -> None:
        if self.hidden:
            self._inside_hidden(tag)
            return
        if self.hide and not tag.closing and tag.name not in _VOID and _HIDDEN.search(tag.attributes):
            self.hidden.append(tag.name)
        elif tag.name == "blockquote":
            self._quote(tag)
        elif tag.name == "a":
            self.link = "" if tag.closing else _address(tag.attributes)
        elif tag.name in ("b", "strong"):
            self.bold = max(0, self.bold + (-1 if tag.closing else 1))
        elif tag.name in _HEADINGS:
            self.heading = "" if tag.closing else tag.name
        elif tag.name == "hr":
            self.close()
            self.rows.append(Row((), "", PARTED, sum(self.quotes), rule=True))

    def _inside_hidden(self, tag: _Tag) -> None:
        if tag.name == self.hidden[-1] and tag.closing:
            self.hidden.pop()
        elif tag.name == self.hidden[0] and not tag.closing:
            self.hidden.append(tag.name)

    def _quote(self, tag: _Tag) -> None:
        if not tag.closing:
            self.quotes.append(bool(_CITED.search(tag.attributes)))
        elif self.quotes:
            self.quotes.pop()

    def word(self, word: Word) -> None:
        if self.hidden:
            return
        if word.gap == "\n":
            self.close()
        if not self.pieces and self.plain[1] < 0:
            self.row = Row((), "", self.gap, sum(self.quotes), heading=bool(self.heading), bold=True, url=self.link)
            self.gap = Piece("\n")
        elif word.gap:
            self._add(_blank(self.source, word.space))
        self._add(Piece(word.text, word.first, word.last))
        if not self.bold and self.row.bold:
            self.row = self.row._replace(bold=False)
        if self.link:
            self.row = self.row._replace(linked=self.row.linked + len(word.text), url=self.row.url or self.link)

    def _add(self, piece: Piece) -> None:
        """Add a piece; the source's own characters side by side become one."""
        text, first, last = piece
        if first < 0 or len(text) != last - first or not self.source.startswith(text, first):
            self._flush()
            self.pieces.append(piece)
        elif first == self.plain[1]:
            self.plain = self.plain[0], last
        else:
            self._flush()
            self.plain = first, last

    def _flush(self) -> None:
        first, last = self.plain
        if first < last:
            self.pieces.append(Piece(self.source[first:last], first, last))
        self.plain = 0, -1

    def close(self) -> None:
        """End the row at hand, where there is one."""
        self._flush()
        if self.pieces:
            text = "".join(piece.text for piece in self.pieces)
            rule = not any(map(str.isalnum, text)) and len(text) > 2
            self.rows.append(self.row._replace(pieces=tuple(self.pieces), text=text, rule=rule))
            self.pieces = []


def _blank(source: str, space: tuple[int, int]) -> Piece:
    first, last = space
    if first == last:
        return Piece(" ")
    return Piece(" ", last - 1, last) if source[last - 1] == " " else Piece(" ", first, last)


def _address(attributes: str) -> str:
    match = _HREF.search(attributes)
    told = html.unescape(next(filter(None, match.groups()))).strip() if match else ""
    return told if told.startswith(("http://", "https://")) else ""
