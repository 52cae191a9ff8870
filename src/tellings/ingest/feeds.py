"""Feeds (RSS 0.9x, 1.0, 2.0; Atom 0.3, 1.0; JSON Feed 1.x): each item an account that leads back to its bytes.

The original of an account is its item: `Original.offset` says where in the feed that begins. Where an item's HTML is
escaped twice (`&amp;#8217;`), the escaping is undone once as an encoding of a mail would be: the original is what the
item's content then says, in UTF-8, and `offset` is where the content begins; `original_in_feed` gives those bytes.
An item's HTML is taken whole, for a feed has nothing around its articles to pick them out of.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.ingest.feeditem import ADVICE
from tellings.ingest.jsonfeed import json_facts, json_items, tell_json
from tellings.ingest.jsonscan import members
from tellings.ingest.links import Link, feeds_of_opml, is_json, links_of_sitemap
from tellings.ingest.xmlfeed import ROOTS, facts_of_item, items_of_feed, read_feed, tell_xml
from tellings.ingest.xmlscan import looks_like

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.records import Account

__all__ = [
    "Link", "accounts_of_feed", "feeds_of_opml", "is_feed", "links_of_feed", "links_of_sitemap", "original_in_feed",
]  # fmt: skip

_MOST_ITEMS = 200_000
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')


def accounts_of_feed(path: str, data: bytes) -> Iterator[Account | InputError]:
    """Yield the items of a feed as accounts in its order; an item without words is an InputError about `path:number`.

    An item of which the feed has the summary alone is noted as cut off. One feed may have 64 MB and 200,000 items.
    """
    for account, _ in _tell(path, data):
        yield account


def is_feed(start: bytes) -> bool:
    """Whether a file's first bytes (some 4,000) begin a feed in XML or a JSON Feed."""
    return looks_like(start, ROOTS) or (is_json(start) and _JSON_FEED.search(start) is not None)


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
        facts = (json_facts(members(data[first:last]), None) for _, first, last in json_items(about, data))
    else:
        feed = read_feed(about, data)
        facts = (facts_of_item(feed, item) for item in items_of_feed(feed))
    return tuple(
        Link(told.url, told.title, told.published or told.updated, "page", told.updated) for told in facts if told.url
    )


def _tell(path: str, data: bytes) -> Iterator[tuple[Account | InputError, bytes]]:
    """Yield each account with the bytes of its original, or an error with none."""
    count = 0
    try:
        for count, given in enumerate(tell_json(path, data) if is_json(data) else tell_xml(path, data), 1):
            if count > _MOST_ITEMS:
                raise InputError(path, f"has more than {_MOST_ITEMS:,} items", "give it in parts")
            yield given
        if not count:
            raise InputError(path, "is a feed without items", ADVICE)
    except InputError as error:
        yield error, b""
