"""Feeds in XML (RSS 0.9x, 1.0, 2.0; Atom 0.3, 1.0): their items, what these say of themselves, and their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tellings.errors import InputError
from tellings.ingest.bytemap import Piece, Source, cut, source_of
from tellings.ingest.feeditem import ADVICE, NO_FEED, SUMMARY, TITLE, item_rows, made, without_foot
from tellings.ingest.head import Facts
from tellings.ingest.links import address, read_xml
from tellings.ingest.mailhead import mail_date
from tellings.ingest.rows import count_words, pieces_of_rows, rebased, stretch
from tellings.ingest.xmlscan import Element, elements, plain_text, text_of
from tellings.records import Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.ingest.rows import Row
    from tellings.records import Account, Note

ROOTS = ("rss", "feed", "rdf")
_ITEMS = {"item": ("channel", "rdf:rdf", "rdf", "items", "rss"), "entry": ("feed",)}
_KEPT = frozenset(
    re.findall(
        r"\S+",
        "title link guid id description content:encoded content xhtml:body summary pubdate published issued created "
        "updated modified dc:date dcterms:modified dcterms:created author dc:creator name source",
    )
)
# RSS calls both a summary and a whole article a description; one this long that ends in a full stop is taken whole.
_WHOLE = 150


class _Item(NamedTuple):
    """An item of an XML feed and the elements in it, the first of each name."""

    whole: Element
    inside: dict[str, Element]
    links: tuple[Element, ...]


class _Words(NamedTuple):
    """The words of an item: its rows as pieces of a source, whether that was escaped, and where its words begin."""

    rows: list[Row]
    source: Source
    escaped: bool
    start: int
    notes: tuple[Note, ...]


class _Feed(NamedTuple):
    """A feed on its way: its path, its bytes, its source, its title and where it leads."""

    path: str
    data: bytes
    source: Source
    title: str | None
    link: str


def tell_xml(path: str, data: bytes) -> Iterator[tuple[Account | InputError, bytes]]:
    """Yield each item's account with the bytes of its original, or an error with none."""
    feed = read_feed(path, data)
    for number, item in enumerate(items_of_feed(feed), 1):
        try:
            yield _account(feed, item, f"{path}:{number}")
        except (InputError, ValueError) as error:
            told = error if isinstance(error, InputError) else InputError(f"{path}:{number}", str(error), ADVICE)
            yield told, b""


def read_feed(about: str, data: bytes) -> _Feed:
    """Return a feed's source and what stands before its items. Raises InputError for what is no feed."""
    source = read_xml(about, data, ROOTS, NO_FEED)
    title, link = None, ""
    try:
        for element in elements(source.text):
            if element.name in _ITEMS and element.around in _ITEMS[element.name]:
                break
            if element.around in ("channel", "feed"):
                title = title or (plain_text(source, element) or None if element.name == "title" else None)
                link = link or (_target(source, element, "") or "" if element.name == "link" else "")
    except ValueError as error:
        raise InputError(about, str(error), ADVICE) from None
    return _Feed(about, data, source, title, link)


def items_of_feed(feed: _Feed) -> Iterator[_Item]:
    """Yield a feed's items; one nested too deep ends it. Raises InputError for entities."""
    held: list[Element] = []
    try:
        for element in elements(feed.source.text):
            if element.name in _ITEMS and element.around in _ITEMS[element.name]:
                inside: dict[str, Element] = {}
                for one in held:
                    if one.start > element.start and (one.around == element.name or one.name == "name"):
                        inside.setdefault(one.name, one)
                links = tuple(one for one in held if one.name == "link" and one.around == element.name)
                yield _Item(element, inside, links[:50])
                held = [one for one in held if one.start < element.start]
            elif element.name in _KEPT and (element.around in _ITEMS or element.name == "name"):
                held.append(element)
    except ValueError as error:
        raise InputError(feed.path, str(error), ADVICE) from None


def facts_of_item(feed: _Feed, item: _Item) -> Facts:
    """Return what an item says of itself; its outlet is the feed's title, or the source an aggregator names."""
    told = {name: plain_text(feed.source, one) for name, one in item.inside.items() if name not in _BODIES}
    published = _first(told, "pubdate", "published", "issued", "dc:date", "created", "dcterms:created")
    updated = _first(told, "updated", "modified", "dcterms:modified")
    author = _first(told, "dc:creator") or (_first(told, "name") if "author" in told else None) or told.get("author")
    named = re.fullmatch(r"\S+@\S+\s+\((.{1,100})\)", author or "")
    outlet = told.get("source") if item.whole.name == "item" else None
    url = next(filter(None, (_target(feed.source, one, feed.link) for one in item.links)), None)
    if url is None and "guid" in item.inside and item.inside["guid"].attribute("ispermalink") != "false":
        url = address(told["guid"])
    date = mail_date(published or "")
    return Facts(
        told.get("title") or None, outlet or feed.title, (named[1] if named else author) or None, date,
        mail_date(updated or ""), url, unread_date=None if date else published,
    )  # fmt: skip


_BODIES = frozenset(("description", "content:encoded", "content", "xhtml:body", "summary"))


def _first(told: dict[str, str], *names: str) -> str | None:
    return next((told[name] for name in names if told.get(name)), None)


def _target(source: Source, element: Element, base: str) -> str | None:
    """Return where a link leads: the text of an RSS one, the `href` of an Atom one that is the item's page."""
    href = element.attribute("href")
    if href is None:
        return address(plain_text(source, element), base)
    return address(href, base) if (element.attribute("rel") or "alternate") == "alternate" else None


def _account(feed: _Feed, item: _Item, about: str) -> tuple[Account, bytes]:
    facts = facts_of_item(feed, item)
    words = _words(feed.source, item)
    if words is None:
        raise InputError(about, "is an item without words", ADVICE)
    pieces = list(pieces_of_rows(words.rows))
    whole = stretch(feed.source, item.whole.start, item.whole.end)
    first, last = whole.runs[0].first, whole.runs[-1].last
    if words.escaped and any(_is_reference(words.source, piece) and piece.text.strip() for piece in pieces):
        return _unescaped(feed, words, about, facts, pieces)
    if words.escaped:  # a blank that was escaped twice needs no bytes
        pieces = [Piece(piece.text) if _is_reference(words.source, piece) else piece for piece in pieces]
    text, runs = cut(words.source, pieces)
    original = feed.data[first:last]
    place = (first, words.source.encoding, rebased(runs, first))
    return made(feed.path, about, text, original, place, facts, words.notes), original


def _unescaped(feed: _Feed, words: _Words, about: str, facts: Facts, pieces: Sequence[Piece]) -> tuple[Account, bytes]:
    """Make the account of content that is escaped twice: its original is the content with one escaping undone."""
    original = words.source.text.encode("utf-8", "replace")
    source = source_of(words.source.text, "utf-8", (Run(0, len(words.source.text), 0, len(original)),))
    text, runs = cut(source, pieces)
    begin = stretch(feed.source, words.start, words.start + 1).runs[0].first
    return made(feed.path, about, text, original, (begin, "utf-8", runs), facts, words.notes), original


def _is_reference(source: Source, piece: Piece) -> bool:
    """Whether a piece is what a reference in the HTML stands for."""
    return (
        piece.first >= 0
        and source.text.startswith("&", piece.first)
        and piece.text != source.text[piece.first : piece.last]
    )


def _words(source: Source, item: _Item) -> _Words | None:
    """Return the words of an item: of its content, else of its summary, else of its title."""
    for name in ("content:encoded", "content", "xhtml:body", "description", "summary", "title"):
        element = item.inside.get(name)
        if element is None or element.first >= element.last or not _is_text(element):
            continue
        told, escaped = (
            (stretch(source, element.first, element.last), False) if element.mixed else text_of(source, element)
        )
        rows = item_rows(told.text, page=element.mixed or _is_page(item, element, told.text))
        if any(any(map(str.isalnum, row.text)) for row in rows):
            kept, notes = without_foot(rows)
            short = name == "summary" or (name == "description" and not _is_whole(kept))
            notes = (TITLE,) if name == "title" else (SUMMARY,) if short else notes
            return _Words(kept, told, escaped, element.first, notes)
    return None


def _is_text(element: Element) -> bool:
    """Whether an Atom content is text: not a picture in base64, not elsewhere."""
    kind = (element.attribute("type") or "text").lower()
    there = element.attribute("src") is None and (element.attribute("mode") or "") != "base64"
    return there and kind.startswith(("text", "html", "xhtml", "application/xhtml"))


def _is_page(item: _Item, element: Element, text: str) -> bool:
    """Whether a content without tags of its own is HTML: as its type says in Atom, by its signs in RSS."""
    if item.whole.name == "entry":
        return "html" in (element.attribute("type") or "text").lower()
    return "<" in text or "&" in text


def _is_whole(rows: Sequence[Row]) -> bool:
    """Whether a description is long enough, and ended, to be more than a summary."""
    return count_words(rows) >= _WHOLE and rows[-1].text.rstrip("”\"’')")[-1:] in (".", "!", "?")
