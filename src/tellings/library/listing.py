"""Accounts, sources and originals out of a library."""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import case, distinct, func, select

from tellings.errors import NotThereError
from tellings.library import schema
from tellings.library.filters import Accounts, account_filter, sources_named
from tellings.library.records import Listed, SourceCount
from tellings.library.runs import unpacked
from tellings.records import Account, Note, Original

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, RowMapping

    from tellings.library.records import Query

_HEADS = ("title", "outlet", "author", "published", "updated", "fetched", "url", "kind")


def listed(
    connection: Connection,
    where: Query | None = None,
    *,
    story: int | None = None,
    after: int = 0,
    most: int | None = None,
) -> Iterator[Listed]:
    """Accounts by date, those without one last: `most` of them, after the first `after`.

    Of `where` only the filters for accounts count.
    """
    told, texts, member = schema.accounts.c, schema.texts.c, schema.story_accounts.c
    count = (
        select(func.count()).where(schema.statements.c.account == told.id).correlate(schema.accounts).scalar_subquery()
    )
    version = func.coalesce(schema.versions.c.number, 0)
    query = (
        select(
            *(told[name] for name in ("name", "kind", "outlet", "title", "published", "url")),
            func.length(texts.text), count, told.added, version, member.story,
        )
        .join(schema.texts, texts.id == told.text)
        .outerjoin(schema.versions, schema.versions.c.account == told.id)
        .outerjoin(schema.story_accounts, member.account == told.id)
        .order_by(case((told.published.is_(None), 1), else_=0), told.published, told.name)
        .limit(most).offset(after or None)
    )  # fmt: skip
    if where is not None:
        query = account_filter(connection, query, Accounts(where.outlet, where.since, where.until))
    if story is not None:
        query = query.where(member.story == story)
    for row in connection.execute(query):
        yield Listed(*row)


def account_named(connection: Connection, name: str, *, library: str) -> Account:
    """One account as it was added.

    Raises:
        NotThereError: when the library has none of that name.

    """
    told, texts = schema.accounts, schema.texts
    row = connection.execute(
        select(told, texts.c.text.label("words")).join(texts, texts.c.id == told.c.text).where(told.c.name == name)
    ).first()
    if row is None:
        raise NotThereError(library, f"has no account “{name}”", "see `tellings accounts --library` for those it has")
    return rebuilt(row._mapping)


def names_beginning(connection: Connection, begin: str, limit: int) -> list[str]:
    """The first so many names of accounts that begin so."""
    name = schema.accounts.c.name
    begins = func.substr(name, 1, len(begin)) == begin
    return list(connection.scalars(select(name).where(begins).order_by(name).limit(limit)))


def rebuilt(row: RowMapping) -> Account:
    """An account of its row, with its text as `words`."""
    runs = unpacked(row["runs"], about=row["name"])
    original = Original(row["path"], row["sha256"], row["size"], row["encoding"], row["offset"], runs)
    notes = msgspec.json.decode(row["notes"] or "[]", type=list[Note])
    heads = {name: row[name] for name in _HEADS}
    return Account(row["name"], row["words"], row["sha256"], original, **heads, notes=tuple(notes))


def original(connection: Connection, account: Account) -> bytes | None:
    """The bytes an account was taken from, None where they were not kept and are not its very text."""
    table = schema.originals.c
    kept = connection.scalar(select(table.zlib).where(table.sha256 == account.original.sha256))
    if kept is not None:
        return zlib.decompress(kept)
    own = account.text.encode("utf-8")
    return own if hashlib.sha256(own).hexdigest() == account.original.sha256 else None


def sources(connection: Connection, where: Query) -> Iterator[SourceCount]:
    """Sources by how many accounts give them words, most first."""
    said, told, named = schema.attributions.c, schema.accounts.c, schema.sources.c
    accounts = func.count(distinct(said.account))
    query = (
        select(named.id, named.name, named.type, func.count(), accounts, func.count(distinct(told.outlet)))
        .select_from(schema.attributions)
        .join(schema.sources, named.id == said.source)
        .join(schema.accounts, told.id == said.account)
        .group_by(named.id, named.name, named.type)
        .order_by(accounts.desc(), func.count().desc(), named.id)
        .limit(where.limit)
    )
    query = account_filter(connection, query, Accounts(where.outlet, where.since, where.until))
    if where.speaker is not None:
        query = query.where(said.source.in_(sources_named(where.speaker)))
    if where.source_type is not None:
        query = query.where(named.type == where.source_type)
    for number, name, kind, *counts in connection.execute(query):
        yield SourceCount(number, name, kind or None, *counts)
