"""A page's words with the characters of the page's source each comes from.

A scanner of its own, because the tree parsers at hand do not tell where in the source a text node stands. It
is linear in the length of the source, whatever that holds.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_TAG = re.compile(r"</?([A-Za-z][^\s/>]*+)(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
_PLAIN_TAG = re.compile(r"</?([A-Za-z][^\s/>]*+)[^>]*+>")
_WORDS = re.compile(
    "(?P<space>\\s+)"
    "|(?P<entity>&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};?))"
    "|(?P<word>&|[^\\s&\u00ad\u200b-\u200f\u2060-\u2064\ufeff\x00-\x1f\x7f-\x9f]+)"
)
_RAW = ("script", "style", "title", "textarea", "iframe", "noframes", "noembed", "xmp")
_ENDS = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in _RAW}
# Tags inside a line of text; all others part the words before them from those after.
_INLINE = frozenset(
    re.findall(
        r"\S+",
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark meter nobr o:p q rp "
        "rt ruby s samp small span strike strong sub sup time tt u var wbr label output svg path g",
    )
)
_CELLS = ("td", "th")
_HEADINGS = ("h1", "h2")
_UNCLOSED = 20
# Some ten times what the largest article pages have; extraction takes some 0.2 ms a tag.
_MOST_TAGS = 50_000
_MOST_WORDS = 300_000


class Word(NamedTuple):
    """Characters without white space, which stand together in the source.

    `at` counts in the stream of all such characters; `first`, `last` are the source's. `text` is unlike the
    source's characters for an entity alone. `gap` is what parts it from the word before: nothing, a blank or
    a line's end; `space` is the white space in the source that a blank stands for, empty where there is none.
    """

    at: int
    text: str
    first: int
    last: int
    gap: str
    space: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """All words of a page in the order of its source.

    `headings` are stretches `(rank, start, end)` of the stream.
    """

    source: str
    stream: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    headings: tuple[tuple[int, int, int], ...]

    def words_of(self, start: int, end: int) -> list[Word]:
        """Return the words under a stretch of the stream, cut to it."""
        found = []
        for index in range(bisect_right(self.starts, start) - 1, len(self.words)):
            word = self.words[index]
            if word.at >= end:
                break
            found.append(_clipped(word, start, end))
        return found


def squeeze(text: str) -> str:
    """Text without white space and invisible characters: what is looked for in a page's stream."""
    return "".join(match[0] for match in re.finditer(_VISIBLE, text))


_VISIBLE = re.compile("[^\\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff\x00-\x1f\x7f-\x9f]+")


def scan(source: str) -> Page:
    """Read a page's words off its source: tags and comments part them, scripts and styles have none.

    Raises ValueError, with a plain reason as its message, for a page of more tags or words than any article
    has.
    """
    reader = _Reader(source)
    at = 0
    failures = tags = 0
    while match := _MARKUP.search(source, at):
        reader.text(at, match.start())
        at, name, failed = _tag(source, match.start(), plain=failures > _UNCLOSED)
        failures += failed
        tags += 1
        if tags > _MOST_TAGS:
            raise ValueError(f"has more than {_MOST_TAGS:,} tags")
        if name:
            reader.tag(name, closing=source.startswith("</", match.start()))
            if name in _ENDS and not source.startswith("</", match.start()):
                end = _ENDS[name].search(source, at)
                at = end.start() if end else len(source)
    reader.text(at, len(source))
    return reader.page()


def _tag(source: str, start: int, *, plain: bool) -> tuple[int, str, bool]:
    """Find where the markup at `start` ends, its name (none for a comment), and if it was unclosed."""
    if source.startswith("<!--", start):
        end = source.find("-->", start + 2)
        return (end + 3 if end >= 0 else len(source)), "", False
    match = None if plain else _TAG.match(source, start)
    loose = match or _PLAIN_TAG.match(source, start)
    if loose:
        return loose.end(), loose[1].lower(), match is None
    if source[start + 1] in "!?/":
        end = source.find(">", start)
        return (end + 1 if end >= 0 else len(source)), "", False
    return len(source), "", True


class _Reader:
    """Collects the words of a page while it is scanned."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.words: list[Word] = []
        self.at = 0
        self.gap = ""
        self.space = (0, 0)
        self.open: dict[int, int] = {}
        self.headings: list[tuple[int, int, int]] = []

    def text(self, start: int, end: int) -> None:
        for match in _WORDS.finditer(self.source, start, end):
            told = match[0]
            if match.lastgroup == "entity":
                told = html.unescape(told)
                told = told if told.isspace() else squeeze(told)
            if not told:
                continue
            if told.isspace():
                self.gap = self.gap or " "
                self.space = match.span()
            else:
                if len(self.words) == _MOST_WORDS:
                    raise ValueError(f"has more than {_MOST_WORDS:,} words")
                self.words.append(Word(self.at, told, match.start(), match.end(), self.gap, self.space))
                self.at += len(told)
                self.gap, self.space = "", (0, 0)

    def tag(self, name: str, *, closing: bool) -> None:
        if name in _CELLS:
            self.gap = self.gap or " "
        elif name not in _INLINE:
            self.gap = "\n"
        if name in _HEADINGS:
            rank = _HEADINGS.index(name) + 1
            if not closing:
                self.open[rank] = self.at
            elif rank in self.open and self.at > self.open[rank]:
                self.headings.append((rank, self.open.pop(rank), self.at))

    def page(self) -> Page:
        stream = "".join(word.text for word in self.words)
        starts = tuple(word.at for word in self.words)
        return Page(self.source, stream, tuple(self.words), starts, tuple(self.headings))


def _clipped(word: Word, start: int, end: int) -> Word:
    before = max(0, start - word.at)
    after = max(0, word.at + len(word.text) - end)
    if not before and not after:
        return word
    text = word.text[before : len(word.text) - after]
    if len(word.text) != word.last - word.first:  # an entity of two characters is one piece
        return word._replace(at=word.at + before, text=text)
    gap = "" if before else word.gap
    return Word(word.at + before, text, word.first + before, word.last - after, gap, word.space)
