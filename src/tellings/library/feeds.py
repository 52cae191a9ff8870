"""Feeds that are watched and the pages they named. Moments are ISO 8601 in UTC to the second, and sort as text.

A page that several feeds name has one visitor: the row that was first, which has a `number`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from tellings.library import schema
from tellings.library.records import Feed, FeedLink
from tellings.library.rows import text_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Select

    from tellings.library.records import Item
    from tellings.records import Account

NEVER = "9999"
"""A moment that does not come: of a feed that is gone."""
_ASKED = 500
_feed, _link, _told, _texts = schema.feeds.c, schema.feed_links.c, schema.accounts.c, schema.texts.c


def register(connection: Connection, feeds: Sequence[tuple[str, str | None]]) -> None:
    """Make rows for feeds, addresses with titles, that have none."""
    known = set(connection.scalars(select(_feed.url)))
    number = connection.scalar(select(func.max(_feed.id))) or 0
    for url, title in feeds:
        if url not in known:
            number += 1
            connection.execute(insert(schema.feeds).values(id=number, url=url, title=title, failures=0))
            known.add(url)


def feeds(connection: Connection, urls: Sequence[str]) -> list[Feed]:
    """The rows of some feeds, in the order in which they came."""
    columns = (_feed.id, _feed.url, _feed.title, _feed.etag, _feed.modified, _feed.next)
    query = select(*columns, _feed.failures, _feed.moved, _feed.pace).order_by(_feed.id)
    named = set(urls)
    return [Feed(*row) for row in connection.execute(query) if row.url in named]


def note_feed(connection: Connection, feed: int, **values: str | int | None) -> None:
    """Write what is known of a feed now."""
    connection.execute(update(schema.feeds).where(_feed.id == feed).values(**values))


def named(connection: Connection, feed: int, items: Sequence[Item], at: str) -> int:
    """Note the pages a feed names: new ones, and those of which it says something else, are due; gives how many."""
    known = dict(connection.execute(select(_link.url, _link.item).where(_link.feed == feed)).all())
    elsewhere = _numbered(connection, [one.url for one in items if one.url not in known])
    number, due, added = connection.scalar(select(func.max(_link.number))) or 0, 0, set[str]()
    for one in items:
        if one.url in added or known.get(one.url) == one.digest:
            continue
        added.add(one.url)
        if one.url in known:
            row = (_link.feed == feed) & (_link.url == one.url)
            connection.execute(update(schema.feed_links).where(row).values(item=one.digest))
            first = (_link.url == one.url) & _link.number.is_not(None)
            connection.execute(update(schema.feed_links).where(first).values(next=at, failures=0))
            due += 1
            continue
        values: dict[str, str | int] = {"feed": feed, "url": one.url, "seen": at, "item": one.digest}
        if one.url not in elsewhere:
            number, due = number + 1, due + 1
            values |= {"number": number, "visits": 0, "failures": 0, "next": at}
        connection.execute(insert(schema.feed_links).values(**values))
    return due


def _numbered(connection: Connection, urls: list[str]) -> set[str]:
    found: set[str] = set()
    for at in range(0, len(urls), _ASKED):
        asked = _link.url.in_(urls[at : at + _ASKED])
        found.update(connection.scalars(select(_link.url).where(asked, _link.number.is_not(None))))
    return found


def next_link(connection: Connection, feeds: Sequence[int], now: str, *, after: int) -> FeedLink | None:
    """The first page after a number that is due and that one of some feeds names."""
    query = _scheduled(feeds).where(_link.next <= now, _link.number > after).order_by(_link.number).limit(1)
    row = connection.execute(query).first()
    return None if row is None else FeedLink(*row)


def soonest(connection: Connection, feeds: Sequence[int]) -> str | None:
    """When the next feed or page is due, None where none is."""
    pages = connection.scalar(select(func.min(_scheduled(feeds).subquery().c.next)))
    own = connection.scalar(select(func.min(func.coalesce(_feed.next, ""))).where(_feed.id.in_(feeds)))
    return min((one for one in (pages, own) if one is not None and one != NEVER), default=None)


def _scheduled(feeds: Sequence[int]) -> Select[Any]:
    columns = (_link.number, _link.url, _link.account, _link.visits, _link.failures, _link.etag, _link.modified)
    other = schema.feed_links.alias()
    watched = select(other.c.url).where(other.c.feed.in_(feeds))
    return select(*columns, _link.next).where(
        _link.number.is_not(None), _link.next.is_not(None), _link.url.in_(watched)
    )


def note_link(connection: Connection, number: int, **values: str | int | None) -> None:
    """Write what is known of a page now."""
    connection.execute(update(schema.feed_links).where(_link.number == number).values(**values))


def number_of(connection: Connection, account: Account) -> int | None:
    """The number of an account in the library: of the same original, or of the same page, title and text."""
    found = connection.scalar(select(_told.id).where(_told.sha256 == account.sha256))
    if found is None and account.url is not None:
        same = (_texts.sha256 == text_hash(account.text)) & (_told.url == account.url)
        query = select(_told.id, _told.title).join(schema.texts, _texts.id == _told.text).where(same)
        found = next((row.id for row in connection.execute(query) if row.title == account.title), None)
    return found
