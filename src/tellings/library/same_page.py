"""Which accounts are versions of one page: the same link, and mostly the same words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from tellings.library import schema

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tellings.records import Account

_WORD = re.compile(r"\w+")
SHARED = 0.5
"""The part of the words of the shorter text that a version shares at least; two posts under one link share less."""


def mark_versions(connection: Connection, added: list[tuple[int, Account]]) -> None:
    """Say of each account added whether it is a version of one that the library has under the same link."""
    for number, account in added:
        if account.url is None or account.kind in {"post", "thread"}:
            continue
        first = _first(connection, number, account)
        if first is not None:
            _join(connection, number, first)


def _first(connection: Connection, number: int, account: Account) -> int | None:
    """The earliest account added before under the link that has most of the words."""
    told, texts = schema.accounts.c, schema.texts.c
    rows = connection.execute(
        select(told.id, texts.text)
        .join(schema.texts, texts.id == told.text)
        .where(told.url == account.url, told.id < number, told.kind.not_in(["post", "thread"]))
        .order_by(told.id)
    )
    mine = _words(account.text)
    return next((other for other, text in rows if _alike(mine, _words(text))), None)


def _join(connection: Connection, number: int, first: int) -> None:
    table = schema.versions
    chain = connection.scalar(select(table.c.first).where(table.c.account == first))
    if chain is None:
        chain = first
        connection.execute(insert(table).values(account=first, first=first, number=1))
    count = connection.scalar(select(func.max(table.c.number)).where(table.c.first == chain)) or 0
    connection.execute(insert(table).values(account=number, first=chain, number=count + 1))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _alike(a: set[str], b: set[str]) -> bool:
    fewer = min(len(a), len(b))
    return fewer > 0 and len(a & b) >= SHARED * fewer
