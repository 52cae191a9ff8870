"""What a library keeps as records for an export, in an order in which an empty library can take them in again."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from tellings.exporting.records import (
    Head,
    Kept,
    KeptAccount,
    KeptAttribution,
    KeptChange,
    KeptCorrection,
    KeptEntity,
    KeptFeed,
    KeptFigure,
    KeptLink,
    KeptSource,
    KeptStatement,
    KeptStory,
    KeptTime,
    KeptWording,
)
from tellings.library import schema
from tellings.library.codes import form
from tellings.library.listing import rebuilt
from tellings.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, RowMapping, Table

FORM = 1
"""The form of these records, to be raised when one of them changes its fields."""
_AT_ONCE = 200  # accounts whose rows are fetched together

_told, _texts, _said, _member = (
    schema.accounts.c, schema.texts.c, schema.attributions.c, schema.story_accounts.c
)  # fmt: skip


def given(connection: Connection, *, story: int | None = None, originals: bool = False) -> Iterator[Kept]:
    """Everything, or what belongs to the accounts of one story; `originals` with their bytes where they are kept."""
    yield Head(FORM, form(), texts=True)
    numbers = _numbers(connection, story)
    yield from _sources(connection, None if story is None else numbers)
    for at in range(0, len(numbers), _AT_ONCE):
        yield from _accounts(connection, numbers[at : at + _AT_ONCE], originals)
    names = dict(connection.execute(select(_told.id, _told.name)).all())
    yield from _stories(connection, names, story)
    yield from _corrections(connection, None if story is None else numbers)
    if story is None:
        yield from _feeds(connection, names)


def _numbers(connection: Connection, story: int | None) -> list[int]:
    query = select(_told.id).order_by(_told.id)
    if story is not None:
        query = query.join(schema.story_accounts, _member.account == _told.id).where(_member.story == story)
    return list(connection.scalars(query))


def _sources(connection: Connection, accounts: Sequence[int] | None) -> Iterator[KeptSource]:
    table = schema.sources.c
    query = select(table.id, table.type, table.name).order_by(table.id)
    if accounts is not None:
        query = query.where(table.id.in_(select(_said.source).where(_said.account.in_(accounts))))
    for number, kind, name in connection.execution_options(yield_per=1000).execute(query):
        yield KeptSource(number, kind or None, name)


def _accounts(connection: Connection, numbers: Sequence[int], originals: bool) -> Iterator[KeptAccount]:
    layers = {
        table.name: _layer(connection, table, numbers)
        for table in (
            schema.attributions, schema.statements, schema.entities, schema.figures, schema.times, schema.wording,
        )
    }  # fmt: skip
    vectors, first = schema.vectors.c, schema.accounts.alias("first")
    query = (
        select(
            schema.accounts, _texts.text.label("words"), _texts.sha256.label("digest"), vectors.codes,
            schema.readers.c.name.label("model"), schema.versions.c.number.label("version"),
            first.c.name.label("version_of"), schema.originals.c.zlib.label("original"),
        )
        .join(schema.texts, _texts.id == _told.text)
        .join(schema.readers, schema.readers.c.id == _told.reader)
        .outerjoin(schema.vectors, vectors.account == _told.id)
        .outerjoin(schema.versions, schema.versions.c.account == _told.id)
        .outerjoin(first, first.c.id == schema.versions.c.first)
        .outerjoin(schema.originals, schema.originals.c.sha256 == _told.sha256)
        .where(_told.id.in_(numbers))
        .order_by(_told.id)
    )  # fmt: skip
    for row in connection.execute(query).mappings():
        yield _account(row, {name: rows.get(row["id"], []) for name, rows in layers.items()}, originals)


def _layer(connection: Connection, table: Table, numbers: Sequence[int]) -> dict[int, list[RowMapping]]:
    """The rows of a table by account, in the order of their numbers."""
    order = table.c.id if "id" in table.c else table.c.number
    found: dict[int, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(select(table).where(table.c.account.in_(numbers)).order_by(order)).mappings():
        found[row["account"]].append(row)
    return found


def _account(row: RowMapping, layers: dict[str, list[RowMapping]], originals: bool) -> KeptAccount:
    said = layers["attributions"]
    local: dict[int | None, int | None] = {one["id"]: number for number, one in enumerate(said)}
    local[None] = None
    return KeptAccount(
        rebuilt(row), row["digest"], len(row["words"]), row["model"], row["added"],
        tuple(_attribution(one, local[one["parent"]]) for one in said),
        tuple(
            KeptStatement(
                one["start"], one["end"], local[one["attribution"]], one["kind"],
                *(bool(one[flag]) for flag in ("quoted", "negated", "hedged")),
            )
            for one in layers["statements"]
        ),
        tuple(
            KeptEntity(one["number"], one["type"], one["name"], _spans(one["places"])) for one in layers["entities"]
        ),
        tuple(KeptFigure(*_values(one)) for one in layers["figures"]),
        tuple(KeptTime(*_values(one)) for one in layers["times"]),
        tuple(KeptWording(one["start"], one["end"], one["score"], bool(one["quoted"])) for one in layers["wording"]),
        row["codes"] or b"", row["version_of"], row["version"] or 0,
        zlib.decompress(row["original"]) if originals and row["original"] is not None else None,
    )  # fmt: skip


def _attribution(row: RowMapping, parent: int | None) -> KeptAttribution:
    ends = (row["start"], row["end"], row["source_start"], row["source_end"], row["cue_start"], row["cue_end"])
    return KeptAttribution(row["source"], row["manner"], *ends, parent, _spans(row["parts"] or "[]"))


def _values(row: RowMapping) -> list[Any]:
    """A row without its account and number."""
    return list(row.values())[2:]


def _spans(places: str) -> tuple[Span, ...]:
    return tuple(Span(*one) for one in json.loads(places))


def _stories(connection: Connection, names: dict[int, str], story: int | None) -> Iterator[KeptStory]:
    table, change = schema.stories.c, schema.story_changes.c
    query = select(schema.stories).order_by(table.id)
    if story is not None:
        query = query.where(table.id == story)
    for row in connection.execute(query).mappings().all():
        members = select(_member.account).where(_member.story == row["id"]).order_by(_member.account)
        past = select(change.id, change.account, change.what, change.by, change.at, change.why).where(
            change.story == row["id"]
        )
        changes = tuple(
            KeptChange(number, names[account], *rest)
            for number, account, *rest in connection.execute(past.order_by(change.id))
        )
        accounts = tuple(names[number] for number in connection.scalars(members))
        yield KeptStory(row["id"], row["title"], row["made"], row["changed"], accounts, changes)


def _corrections(connection: Connection, accounts: Sequence[int] | None) -> Iterator[KeptCorrection]:
    table = schema.corrections.c
    query: Select[Any] = select(schema.corrections).order_by(table.key)
    if accounts is not None:
        texts = select(_texts.sha256).join(schema.accounts, _told.text == _texts.id).where(_told.id.in_(accounts))
        query = query.where(table.sha256.in_(texts))
    for row in connection.execute(query).mappings():
        yield KeptCorrection(dict(row))


def _feeds(connection: Connection, names: dict[int, str]) -> Iterator[KeptFeed]:
    link = schema.feed_links.c
    for row in connection.execute(select(schema.feeds).order_by(schema.feeds.c.id)).mappings().all():
        asked = select(link.url, link.seen, link.account, link.problem).where(link.feed == row["id"]).order_by(link.url)
        links = tuple(
            KeptLink(url, seen, names.get(account), problem)
            for url, seen, account, problem in connection.execute(asked)
        )
        yield KeptFeed({name: value for name, value in row.items() if name != "id"}, links)
