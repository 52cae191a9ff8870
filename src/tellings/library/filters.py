"""What every search may ask of accounts and sources, as parts of SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sqlalchemy import Select, func, select

from tellings.errors import LibraryError
from tellings.library import schema
from tellings.library.terms import name_words

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tellings.library.records import Query

S = TypeVar("S", bound=Select[Any])


class Accounts(NamedTuple):
    """What is asked of an account: words of its outlet's name, from which day, up to which."""

    outlet: str | None = None
    since: str | None = None
    until: str | None = None

    @classmethod
    def of(cls, query: Query) -> Accounts:
        """The part of a query that is about accounts."""
        return cls(query.outlet, query.since, query.until)


def account_filter(connection: Connection, query: S, asked: Accounts) -> S:
    """A query of accounts, narrowed."""
    told = schema.accounts.c
    if asked.outlet is not None:
        query = query.where(told.outlet.in_(_outlets(connection, asked.outlet)))
    if asked.since is not None:
        query = query.where(told.published >= asked.since)
    if asked.until is not None:
        query = query.where(told.published < asked.until + "\x7f")  # "2025-11" holds all of its days
    return query


def sources_named(name: str) -> Select[tuple[int]]:
    """The sources in whose name all of some words stand.

    Raises:
        LibraryError: where there is no word.

    """
    words = name_words(name)
    if not words:
        raise LibraryError("the speaker", "has no word in its name", "give a name, or a part of one")
    table = schema.source_words.c
    return select(table.source).where(table.word.in_(words)).group_by(table.source).having(func.count() == len(words))


def _outlets(connection: Connection, name: str) -> list[str]:
    """The outlets in whose name all of some words stand, in any case."""
    asked, column = set(name_words(name)), schema.accounts.c.outlet
    every = connection.scalars(select(column).where(column.is_not(None)).distinct())
    return [one for one in every if asked and asked <= set(name_words(one))]
