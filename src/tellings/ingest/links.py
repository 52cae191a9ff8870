"""Links that feeds, lists of feeds (OPML 2.0) and sitemaps (sitemaps.org 0.9) hold: for those who fetch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import urljoin, urlsplit

from tellings.errors import InputError
from tellings.ingest.charset import decode_as
from tellings.ingest.mailhead import mail_date, one_line
from tellings.ingest.xmlscan import declared_charset, elements, plain_text, root_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.ingest.bytemap import Source
    from tellings.ingest.xmlscan import Element

LARGEST = 64 * 1024 * 1024
_MOST_LINKS = 200_000
_LONGEST = 4_000
_ADVICE = "give the feed as it was fetched"

LinkKind = Literal["page", "feed", "sitemap"]


class Link(NamedTuple):
    """Where something can be fetched: `published` is ISO 8601 to the precision given.

    For a page of a sitemap that says nothing else, `published` is when it was last changed. `updated` is what the item
    of a feed says besides.
    """

    url: str
    title: str | None = None
    published: str | None = None
    kind: LinkKind = "page"
    updated: str | None = None


def feeds_of_opml(data: bytes, about: str = "list of feeds") -> tuple[Link, ...]:
    """Return the feeds an OPML list names. Raises InputError for what is no such list."""
    source = read_xml(about, data, ("opml",), "no list of feeds (OPML)")
    found = []
    for element in _elements(about, source):
        url = address(element.attribute("xmlurl") or "") if element.name == "outline" else None
        if url:
            title = one_line((element.attribute("title") or element.attribute("text") or "")[:1_000])
            found.append(Link(url, title or None, None, "feed"))
    return _few(about, found)


def links_of_sitemap(data: bytes, about: str = "sitemap") -> tuple[Link, ...]:
    """Return the pages of a sitemap (also a news sitemap, or one address a line) or the sitemaps an index names.

    Raises InputError for what is no sitemap.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _lines(about, data)
    source = read_xml(about, data, ("urlset", "sitemapindex"), "no sitemap")
    found: list[Link] = []
    told: dict[str, str] = {}
    for element in _elements(about, source):
        if element.name in ("url", "sitemap") and element.around in ("urlset", "sitemapindex"):
            url = address(told.get("loc", ""))
            date = mail_date(told.get("news:publication_date", "")) or mail_date(told.get("lastmod", ""))
            if url:
                kind: LinkKind = "sitemap" if element.name == "sitemap" else "page"
                found.append(Link(url, told.get("news:title"), date, kind))
            told = {}
        elif element.name in ("loc", "lastmod", "news:title", "news:publication_date"):
            told.setdefault(element.name, plain_text(source, element))
    return _few(about, found)


def read_xml(about: str, data: bytes, roots: Sequence[str], otherwise: str) -> Source:
    """Return an XML document as a source. Raises InputError where its first element is none of `roots`."""
    if len(data) > LARGEST:
        raise InputError(about, f"is more than the {LARGEST >> 20} MB a feed may have", _ADVICE)
    source, _ = decode_as(about, data, declared_charset(data))
    try:
        first = root_of(source.text)
    except ValueError as error:
        raise InputError(about, str(error), _ADVICE) from None
    if first not in roots:
        raise InputError(about, f"is {otherwise}", _ADVICE)
    return source


def address(words: str, base: str = "") -> str | None:
    """Return a web address, made whole by `base` where it is a relative one; None for any other than http."""
    plain = words.strip()
    if not plain or len(plain) > _LONGEST or re.search(r"[\s\x00-\x1f\x7f<>\"]", plain):
        return None
    try:
        url = urljoin(base, plain) if base else plain
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def is_json(data: bytes) -> bool:
    """Whether a feed is a JSON Feed rather than XML."""
    return data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def _elements(about: str, source: Source) -> Iterator[Element]:
    try:
        yield from elements(source.text)
    except ValueError as error:
        raise InputError(about, str(error), _ADVICE) from None


def _lines(about: str, data: bytes) -> tuple[Link, ...]:
    lines = data[:LARGEST].decode("utf-8", "replace").lstrip("\ufeff").split("\n", _MOST_LINKS + 1)
    found = [Link(url) for line in lines if (url := address(line))]
    if not found:
        raise InputError(about, "is no sitemap", _ADVICE)
    return _few(about, found)


def _few(about: str, found: list[Link]) -> tuple[Link, ...]:
    if len(found) > _MOST_LINKS:
        raise InputError(about, f"has more than {_MOST_LINKS:,} links", "give it in parts")
    return tuple(found)
