"""What became of stories since somebody was last told: which accounts came, of which versions, which conflicts are new.

What was told is remembered as the number of the last change of stories, so that what others add is news, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select

from tellings.library import schema
from tellings.library.listing import rebuilt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, Row, Select

    from tellings.records import Account

_CURSOR = "watched"
_member, _change, _told, _texts = (
    schema.story_accounts.c, schema.story_changes.c, schema.accounts.c, schema.texts.c
)  # fmt: skip
_conflict = schema.conflicts.c


@dataclass(frozen=True, slots=True)
class Gain:
    """An account that a story has gained.

    `begins` says that the story began with it, `new` that it was in no other before; `before` is the version before it.
    """

    story: int
    account: int
    why: str | None
    begins: bool
    new: bool
    before: int | None
    version: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two stretches, of accounts by number, that cannot both be true; the lesser one first."""

    account: int
    start: int
    end: int
    other: int
    other_start: int
    other_end: int


def begun(connection: Connection) -> None:
    """Where nobody was told anything yet, what is there now is no news."""
    if connection.scalar(select(schema.about.c.value).where(schema.about.c.name == _CURSOR)) is None:
        told(connection, latest(connection))


def latest(connection: Connection) -> int:
    """The number of the last change of stories."""
    return connection.scalar(select(func.max(_change.id))) or 0


def told(connection: Connection, change: int) -> None:
    """Remember that all up to a change was told."""
    table = schema.about
    connection.execute(delete(table).where(table.c.name == _CURSOR))
    connection.execute(insert(table).values(name=_CURSOR, value=str(change)))


def gains(connection: Connection) -> list[Gain]:
    """What stories have gained since, each account once, in the story it is in now; in the order in which they came."""
    since = int(connection.scalar(select(schema.about.c.value).where(schema.about.c.name == _CURSOR)) or 0)
    query = (
        select(_change.account, _change.story, _change.why, _change.id)
        .join(schema.story_accounts, (_member.account == _change.account) & (_member.story == _change.story))
        .where(_change.id > since, _change.what == "joined")
        .order_by(_change.id)
    )
    last = {row.account: row for row in connection.execute(query)}
    return [_gain(connection, row, since) for row in last.values()]


def _gain(connection: Connection, row: Row[Any, Any, Any, Any], since: int) -> Gain:
    first = connection.scalar(select(func.min(_change.id)).where(_change.account == row.account)) or 0
    begun = connection.scalar(select(func.min(_change.id)).where(_change.story == row.story))
    return Gain(row.story, row.account, row.why, row.id == begun, first > since, *_before(connection, row.account))


def _before(connection: Connection, account: int) -> tuple[int | None, int]:
    """The version before an account and which version it is; None and 0 where it is no later one."""
    table = schema.versions.c
    own = connection.execute(select(table.first, table.number).where(table.account == account)).first()
    if own is None or own.number == 1:
        return None, 0
    same = (table.first == own.first) & (table.number == own.number - 1)
    return connection.scalar(select(table.account).where(same)), own.number


def size(connection: Connection, story: int) -> int:
    """How many accounts a story has."""
    return connection.scalar(select(func.count()).where(_member.story == story)) or 0


def latest_versions(connection: Connection, story: int) -> list[int]:
    """The accounts of a story by number, of each page the latest version alone."""
    members = list(connection.scalars(select(_member.account).where(_member.story == story).order_by(_member.account)))
    table = schema.versions.c
    rows = connection.execute(
        select(table.account, table.first).where(table.account.in_(members)).order_by(table.number)
    )
    last = {first: account for account, first in rows}
    page = dict(connection.execute(select(table.account, table.first).where(table.account.in_(members))).all())
    return [one for one in members if one not in page or last[page[one]] == one]


def account_numbered(connection: Connection, number: int) -> Account:
    """An account as it was added."""
    query = select(schema.accounts, _texts.text.label("words")).join(schema.texts, _texts.id == _told.text)
    return rebuilt(connection.execute(query.where(_told.id == number)).one()._mapping)


def new_conflicts(connection: Connection, found: Iterable[Conflict]) -> list[Conflict]:
    """Those of some conflicts that were not told of: neither they nor the same words of other versions of the pages."""
    asked = list(dict.fromkeys(found))
    known = {_words(connection, Conflict(*row)) for row in connection.execute(_near(asked))} if asked else set()
    fresh: dict[frozenset[tuple[int, str]], Conflict] = {}
    for one in asked:
        key = _words(connection, one)
        if key not in known:
            fresh.setdefault(key, one)
    return list(fresh.values())


def _near(asked: list[Conflict]) -> Select[Any]:
    """The conflicts told of between the pages of some others."""
    numbers = {one.account for one in asked} | {one.other for one in asked}
    table = schema.versions.c
    first = select(table.first).where(table.account.in_(numbers))
    pages = select(table.account).where(table.first.in_(first))
    here = (_conflict.account.in_(numbers) | _conflict.account.in_(pages)) & (
        _conflict.other.in_(numbers) | _conflict.other.in_(pages)
    )
    return select(
        _conflict.account, _conflict.start, _conflict.end, _conflict.other, _conflict.other_start, _conflict.other_end
    ).where(here)


def _words(connection: Connection, one: Conflict) -> frozenset[tuple[int, str]]:
    """The two pages, by their first version, with the words of each that are in conflict."""
    sides = ((one.account, one.start, one.end), (one.other, one.other_start, one.other_end))
    table, found = schema.versions.c, []
    for account, start, end in sides:
        first = connection.scalar(select(table.first).where(table.account == account))
        words = select(func.substr(_texts.text, start + 1, end - start)).join(schema.accounts, _texts.id == _told.text)
        found.append((first or account, connection.scalar(words.where(_told.id == account)) or ""))
    return frozenset(found)


def remember(connection: Connection, conflicts: Iterable[Conflict], at: str) -> None:
    """Remember that conflicts were told of."""
    for one in new_conflicts(connection, conflicts):
        connection.execute(
            insert(schema.conflicts).values(
                account=one.account, start=one.start, end=one.end,
                other=one.other, other_start=one.other_start, other_end=one.other_end, seen=at,
            )
        )  # fmt: skip
