"""Feeds (RSS 0.9x, 1.0, 2.0; Atom 0.3, 1.0; JSON Feed 1.x): each item an account that leads back to its bytes.

The original of an account is its item: `Original.offset` says where in the feed that begins. Where an item's HTML is
escaped twice (`&amp;#8217;`), the escaping is undone once as an encoding of a mail would be: the original is what the
item's content then says, in UTF-8, and `offset` is where the content begins; `original_in_feed` gives those bytes.
An item's HTML is taken whole, for a feed has nothing around its articles to pick them out of.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from tellings.errors import InputError
from tellings.ingest.bytemap import Piece, Source, cut, source_of
from tellings.ingest.files import LIMIT, too_large
from tellings.ingest.fragment import rows_of_html
from tellings.ingest.head import Facts
from tellings.ingest.jsonfeed import item_spans
from tellings.ingest.jsonscan import members, string_source
from tellings.ingest.links import LARGEST, Link, address, feeds_of_opml, is_json, links_of_sitemap, plain_json, read_xml
from tellings.ingest.mailfoot import is_more
from tellings.ingest.mailhead import mail_date, one_line
from tellings.ingest.make import made_id, make_account, stem_of
from tellings.ingest.plainrows import rows_of_text
from tellings.ingest.rows import count_words, pieces_of_rows, rebased, stretch
from tellings.ingest.xmlscan import Element, elements, plain_text, text_of
from tellings.records import Note, Original, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.ingest.rows import Row
    from tellings.records import Account

__all__ = ["Link", "accounts_of_feed", "feeds_of_opml", "links_of_feed", "links_of_sitemap", "original_in_feed"]

_MOST_ITEMS = 200_000
_ADVICE = "give the feed as it was fetched"
_ROOT = ("rss", "feed", "rdf")
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
_FOOT = re.compile(
    r"(?i)the post .{1,300} (?:appeared first|first appeared) on .{1,120}"
    r"|(?:share|tweet|like) this:?|related(?: posts)?:?"
)
_SUMMARY = Note("cut off", "only the feed's summary is here; the rest stands on its page")
_TITLE = Note("cut off", "only the title is in the feed; the rest stands on its page")
_MORE = Note("cut off", "ends in a link to read on; the rest is not here")


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


def accounts_of_feed(path: str, data: bytes) -> Iterator[Account | InputError]:
    """Yield the items of a feed as accounts in its order; an item without words is an InputError about `path:number`.

    An item of which the feed has the summary alone is noted as cut off. One feed may have 64 MB and 200,000 items.
    """
    for account, _ in _tell(path, data):
        yield account


def original_in_feed(data: bytes, account: Account) -> bytes | None:
    """Return the bytes of an account's original, unescaped anew where need be; None for another feed's."""
    told = account.original
    there = data[told.offset : told.offset + told.size]
    if hashlib.sha256(there).hexdigest() == told.sha256:
        return there
    return next((given for found, given in _tell(told.path, data) if found == account), None)


def links_of_feed(data: bytes, about: str = "feed") -> tuple[Link, ...]:
    """Return where the items of a feed stand, in its order. Raises InputError for what is no feed."""
    if is_json(data):
        facts = (_json_facts(members(data[first:last]), None) for _, first, last in _json_items(about, data))
    else:
        feed = _read(about, data)
        facts = (_facts(feed, item) for item in _items(feed))
    return tuple(Link(told.url, told.title, told.published or told.updated) for told in facts if told.url)


def _tell(path: str, data: bytes) -> Iterator[tuple[Account | InputError, bytes]]:
    """Yield each account with the bytes of its original, or an error with none."""
    count = 0
    try:
        for count, given in enumerate(_tell_json(path, data) if is_json(data) else _tell_xml(path, data), 1):
            if count > _MOST_ITEMS:
                raise InputError(path, f"has more than {_MOST_ITEMS:,} items", "give it in parts")
            yield given
        if not count:
            raise InputError(path, "is a feed without items", _ADVICE)
    except InputError as error:
        yield error, b""


def _tell_xml(path: str, data: bytes) -> Iterator[tuple[Account | InputError, bytes]]:
    feed = _read(path, data)
    for number, item in enumerate(_items(feed), 1):
        try:
            yield _account(feed, item, f"{path}:{number}")
        except (InputError, ValueError) as error:
            told = error if isinstance(error, InputError) else InputError(f"{path}:{number}", str(error), _ADVICE)
            yield told, b""


def _read(about: str, data: bytes) -> _Feed:
    source = read_xml(about, data, _ROOT, "no feed (RSS, Atom or JSON Feed)")
    title, link = None, ""
    try:
        for element in elements(source.text):
            if element.name in _ITEMS and element.around in _ITEMS[element.name]:
                break
            if element.around in ("channel", "feed"):
                title = title or (plain_text(source, element) or None if element.name == "title" else None)
                link = link or (_target(source, element, "") or "" if element.name == "link" else "")
    except ValueError as error:
        raise InputError(about, str(error), _ADVICE) from None
    return _Feed(about, data, source, title, link)


def _items(feed: _Feed) -> Iterator[_Item]:
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
        raise InputError(feed.path, str(error), _ADVICE) from None


def _facts(feed: _Feed, item: _Item) -> Facts:
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
    facts = _facts(feed, item)
    words = _words(feed.source, item)
    if words is None:
        raise InputError(about, "is an item without words", _ADVICE)
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
    return _made(feed.path, about, text, original, place, facts, words.notes), original


def _unescaped(feed: _Feed, words: _Words, about: str, facts: Facts, pieces: Sequence[Piece]) -> tuple[Account, bytes]:
    """Make the account of content that is escaped twice: its original is the content with one escaping undone."""
    original = words.source.text.encode("utf-8", "replace")
    source = source_of(words.source.text, "utf-8", (Run(0, len(words.source.text), 0, len(original)),))
    text, runs = cut(source, pieces)
    begin = stretch(feed.source, words.start, words.start + 1).runs[0].first
    return _made(feed.path, about, text, original, (begin, "utf-8", runs), facts, words.notes), original


def _made(  # noqa: PLR0913 - what an account is made of
    path: str,
    about: str,
    text: str,
    data: bytes,
    place: tuple[int, str, tuple[Run, ...]],
    facts: Facts,
    notes: Sequence[Note],
) -> Account:
    offset, encoding, runs = place
    if len(data) > LIMIT:
        raise too_large(about, len(data))
    sha256 = hashlib.sha256(data).hexdigest()
    original = Original(path, sha256, len(data), encoding, offset, runs)
    given_id = made_id(facts.title or facts.outlet or stem_of(path), sha256)
    return make_account(about, text, original, facts, given_id=given_id, kind="article", notes=notes)


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
        rows = _rows(told.text, page=element.mixed or _is_page(item, element, told.text))
        if any(any(map(str.isalnum, row.text)) for row in rows):
            kept, notes = _without_foot(rows)
            short = name == "summary" or (name == "description" and not _is_whole(kept))
            notes = (_TITLE,) if name == "title" else (_SUMMARY,) if short else notes
            return _Words(kept, told, escaped, element.first, notes)
    return None


def _rows(text: str, *, page: bool) -> list[Row]:
    if len(text) > LIMIT:
        raise ValueError("is larger than the 10 MB one account may have")
    return rows_of_html(text) if page else rows_of_text(text)


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


def _without_foot(rows: list[Row]) -> tuple[list[Row], tuple[Note, ...]]:
    """Return rows without what feeds put under their items, and a note where they end in a link to read on."""
    kept = [row for row in rows if len(row.text) > 500 or not _FOOT.fullmatch(row.text)]
    more = bool(kept) and is_more(kept[-1])
    without = [row for row in kept if not is_more(row)]
    return (without, (_MORE,) if more else ()) if without else (rows, ())


def _is_whole(rows: Sequence[Row]) -> bool:
    return count_words(rows) >= _WHOLE and rows[-1].text.rstrip("”\"’')")[-1:] in (".", "!", "?")


def _json_items(about: str, data: bytes) -> Iterator[tuple[str | None, int, int]]:
    """Yield the feed's title with the bytes of each item. Raises InputError for what is no JSON Feed."""
    if len(data) > LARGEST:
        raise InputError(about, f"is more than the {LARGEST >> 20} MB a feed may have", _ADVICE)
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    try:
        found = members(data[start:])
    except ValueError as error:
        raise InputError(about, str(error), _ADVICE) from None
    version = found.get("version")
    if not isinstance(found.get("items"), list) or not (isinstance(version, str) and "jsonfeed.org" in version):
        raise InputError(about, "is no feed (RSS, Atom or JSON Feed)", _ADVICE)
    title = plain_json(found.get("title")) or None
    for first, last in item_spans(data):
        yield title, first, last


def _tell_json(path: str, data: bytes) -> Iterator[tuple[Account | InputError, bytes]]:
    for number, (title, first, last) in enumerate(_json_items(path, data), 1):
        about = f"{path}:{number}"
        item = data[first:last]
        try:
            yield _json_account(path, about, first, item, title), item
        except (InputError, ValueError) as error:
            told = error if isinstance(error, InputError) else InputError(about, str(error), _ADVICE)
            yield told, b""


def _json_account(path: str, about: str, offset: int, item: bytes, outlet: str | None) -> Account:
    facts = _json_facts(members(item), outlet)
    for key in ("content_html", "content_text", "summary", "title"):
        source = string_source(item, key)
        rows = _rows(source.text, page=key == "content_html") if source else []
        if source and any(any(map(str.isalnum, row.text)) for row in rows):
            kept, notes = _without_foot(rows)
            notes = (_TITLE,) if key == "title" else (_SUMMARY,) if key == "summary" else notes
            text, runs = cut(source, pieces_of_rows(kept))
            return _made(path, about, text, item, (offset, "utf-8", runs), facts, notes)
    raise InputError(about, "is an item without words", _ADVICE)


def _json_facts(found: dict[str, object], outlet: str | None) -> Facts:
    authors = found.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else found.get("author")
    author = plain_json(first.get("name")) if isinstance(first, dict) else ""
    told = plain_json(found.get("date_published"))
    date = mail_date(told)
    url = address(plain_json(found.get("url"))) or address(plain_json(found.get("external_url")))
    title = one_line(plain_json(found.get("title"))) or None
    updated = mail_date(plain_json(found.get("date_modified")))
    return Facts(title, outlet, author or None, date, updated, url, unread_date=None if date else told or None)
