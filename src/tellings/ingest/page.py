"""A page's words with the characters of the page's source each comes from.

A scanner of its own, because the tree parsers at hand do not tell where in the source a text node stands. It
is linear in the length of the source, whatever that holds.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEGINS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/!?")
_TAG = re.compile(r"</?([A-Za-z][^\s/>]*+)(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
_PLAIN_TAG = re.compile(r"</?([A-Za-z][^\s/>]*+)[^>]*+>")
_SEEN = "[^\\s&\u00ad\u200b-\u200f\u2060-\u2064\ufeff\x00-\x1f\x7f-\x9f]"
_WORDS = re.compile(
    "(?P<space>\\s+)"
    "|(?P<entity>&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};?))"
    f"|(?P<word>&|{_SEEN}+)"
)
_CHUNKS = re.compile(_WORDS.pattern.replace(f"{_SEEN}+)", f"{_SEEN}+(?: {_SEEN}+)*+)"))
_ODD = re.compile(r"&(?!#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};|\s)")
"""A reference that is not written out in full, nor a lone ampersand: what it shows hangs on what follows."""
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
_HEADINGS = ("h1", "h2")
_KINDS = {
    **dict.fromkeys(_INLINE, "inline"), "td": "cell", "th": "cell", **{name: name for name in (*_RAW, *_HEADINGS)},
    **dict.fromkeys(("div", "p", "li", "ul", "br", "section", "article", "img"), "block"),
}  # fmt: skip
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


class Text(NamedTuple):
    """One text of the source between two tags, `[first, last)`, that shows anything.

    `[at, end)` counts in the stream; `gap` and `space` are what parts it from the text before, as for a word.
    """

    at: int
    end: int
    first: int
    last: int
    gap: str
    space: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """All that a page shows, in the order of its source; its words are worked out where they are asked for.

    `headings` are stretches `(rank, start, end)` of the stream.
    """

    source: str
    stream: str
    texts: tuple[Text, ...]
    starts: tuple[int, ...]
    headings: tuple[tuple[int, int, int], ...]

    @property
    def words(self) -> list[Word]:
        """All words of the page."""
        return self.words_of(0, len(self.stream))

    def texts_of(self, start: int, end: int) -> Iterator[Text]:
        """Yield the texts that a stretch of the stream touches."""
        for index in range(max(0, bisect_right(self.starts, start) - 1), len(self.texts)):
            if self.texts[index].at >= end:
                break
            yield self.texts[index]

    def words_of(self, start: int, end: int) -> list[Word]:
        """Return the words under a stretch of the stream, cut to it."""
        found: list[Word] = []
        for text in self.texts_of(start, end):
            words = words_in(self.source, text)
            if text.at < start or text.end > end:
                words = tuple(_clipped(word, start, end) for word in words if _touches(word, start, end))
            found.extend(words)
        return found


def words_in(source: str, text: Text) -> tuple[Word, ...]:
    """Return the words of one text."""
    return _tokens(source, text.first, text.last, text.at, text.gap, text.space)[0]


def chunks_in(source: str, text: Text) -> tuple[Word, ...]:
    """Return the words of one text, those with single blanks between them as if they were one."""
    return _tokens(source, text.first, text.last, text.at, text.gap, text.space, _CHUNKS)[0]


def squeeze(text: str) -> str:
    """Text without white space and invisible characters: what is looked for in a page's stream."""
    told = "".join(text.split())
    return told if told.isprintable() else _INVISIBLE.sub("", told)


# Characters that show nothing. Python calls none of them printable, so most texts need no look at each character.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\x00-\x1f\x7f-\x9f]+")


def scan(source: str) -> Page:
    """Read a page's words off its source: tags and comments part them, scripts and styles have none.

    Raises ValueError, with a plain reason as its message, for a page of more tags or words than any article
    has.
    """
    reader = _Reader(source)
    begun = at = failures = tags = 0
    find, match, kinds = source.find, _TAG.match, _KINDS
    while (start := find("<", at)) >= 0:
        if source[start + 1 : start + 2] not in _BEGINS:
            at = start + 1
            continue
        if start > begun:
            reader.text(begun, start)
        tag = match(source, start) if failures <= _UNCLOSED else None
        if tag:
            at, name = tag.end(), tag[1]
        else:
            at, name, failed = _tag(source, start)
            failures += failed
        tags += 1
        if tags > _MOST_TAGS:
            raise ValueError(f"has more than {_MOST_TAGS:,} tags")
        if name and (kind := kinds.get(name) or _kind(name)) != "inline":
            closing = source[start + 1] == "/"
            reader.tag(kind, closing=closing)
            if kind in _ENDS and not closing:
                end = _ENDS[kind].search(source, at)
                at = end.start() if end else len(source)
        begun = at
    if len(source) > begun:
        reader.text(begun, len(source))
    return reader.page()


def _kind(name: str) -> str:
    """What a tag is to the words around it: its own name where that matters, else `inline` or `block`."""
    name = name.lower()
    return _KINDS.get(name, "block")


def _tag(source: str, start: int) -> tuple[int, str, bool]:
    """Find where markup at `start` that is no plain tag ends, its name (none for a comment), and if it was unclosed."""
    if source.startswith("<!--", start):
        end = source.find("-->", start + 2)
        return (end + 3 if end >= 0 else len(source)), "", False
    loose = _PLAIN_TAG.match(source, start)
    if loose:
        return loose.end(), loose[1], True
    if source[start + 1] in "!?/":
        end = source.find(">", start)
        return (end + 1 if end >= 0 else len(source)), "", False
    return len(source), "", True


def _tokens(  # noqa: PLR0913 - a stretch of the source and of the stream, and what stands before it
    source: str,
    first: int,
    last: int,
    at: int,
    gap: str,
    space: tuple[int, int],
    pattern: re.Pattern[str] = _WORDS,
) -> tuple[tuple[Word, ...], str, tuple[int, int]]:
    """Return the words of a text, and what parts the next word after it from its last."""
    words: list[Word] = []
    for match in pattern.finditer(source, first, last):
        for told, begin, end in _parts(match):
            if told.isspace():
                gap, space = gap or " ", (begin, end)
            else:
                words.append(Word(at, told, begin, end, gap, space))
                at += len(told) - told.count(" ")
                gap, space = "", (0, 0)
    return tuple(words), gap, space


def _parts(match: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """What a token shows; letters right after a reference without its semicolon (`&nbspy`) are a part of their own."""
    told, begin, end = match[0], match.start(), match.end()
    if match.lastgroup == "entity":
        told = html.unescape(told)
        after = told[1:]
        if after and told != match[0] and match[0].endswith(after):
            yield from _seen(told[0], begin, end - len(after))
            told, begin = after, end - len(after)
        yield from _seen(told, begin, end)
    else:
        yield told, begin, end


def _seen(told: str, begin: int, end: int) -> Iterator[tuple[str, int, int]]:
    told = told if told.isspace() else squeeze(told)
    if told:
        yield told, begin, end


class _Reader:
    """Collects the texts of a page while it is scanned."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.texts: list[Text] = []
        self.stream: list[str] = []
        self.at = self.count = 0
        self.gap = ""
        self.space = (0, 0)
        self.open: dict[int, int] = {}
        self.headings: list[tuple[int, int, int]] = []

    def text(self, start: int, end: int) -> None:
        told = self.source[start:end]
        parts = told.split()
        if not parts:
            self.gap, self.space = self.gap or " ", (start, end)
            return
        seen = "".join(parts)
        if "&" in seen or not seen.isprintable():
            # What ends with a character that shows leaves nothing before the next text.
            plain = told[-1].isprintable() and told[-1] not in " ;" and not _ODD.search(told)
            seen = squeeze(html.unescape(told)) if plain else ""
            if not seen:
                self._odd(start, end)
                return
        self._add(Text(self.at, self.at + len(seen), start, end, self.gap, self.space), seen, len(parts))
        after = len(told) - len(told.rstrip())
        self.gap, self.space = (" ", (end - after, end)) if after else ("", (0, 0))

    def _odd(self, start: int, end: int) -> None:
        words, gap, space = _tokens(self.source, start, end, self.at, self.gap, self.space)
        if words:
            seen = "".join(word.text for word in words)
            self._add(Text(self.at, self.at + len(seen), start, end, self.gap, self.space), seen, len(words))
        self.gap, self.space = gap, space

    def _add(self, text: Text, seen: str, words: int) -> None:
        self.texts.append(text)
        self.stream.append(seen)
        self.at = text.end
        self.count += words
        if self.count > _MOST_WORDS:
            raise ValueError(f"has more than {_MOST_WORDS:,} words")

    def tag(self, kind: str, *, closing: bool) -> None:
        if kind == "cell":
            self.gap = self.gap or " "
            return
        self.gap = "\n"
        if kind in _HEADINGS:
            rank = _HEADINGS.index(kind) + 1
            if not closing:
                self.open[rank] = self.at
            elif rank in self.open and self.at > self.open[rank]:
                self.headings.append((rank, self.open.pop(rank), self.at))

    def page(self) -> Page:
        starts = tuple(text.at for text in self.texts)
        return Page(self.source, "".join(self.stream), tuple(self.texts), starts, tuple(self.headings))


def _touches(word: Word, start: int, end: int) -> bool:
    return word.at < end and word.at + len(word.text) > start


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
