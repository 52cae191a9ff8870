"""Putting readings into a library: the same account once, each batch whole or not at all."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, tuple_

from tellings.comparing.speakers import speakers
from tellings.correcting import corrected
from tellings.errors import InputError, LibraryError
from tellings.library import schema
from tellings.library.codes import form
from tellings.library.corrections import stored
from tellings.library.records import Added
from tellings.library.rows import COLUMNS, Batch, Free, Said, SourceKey, put, source_keys, storable, text_hash
from tellings.library.same_page import mark_versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

    from tellings.grouping import Sketch
    from tellings.library.grouped import Grouping
    from tellings.library.stores import Postgres, Sqlite
    from tellings.records import Account, Reading

BATCH = 100  # accounts that are kept or lost together
_ASKED = 500  # values in one question, well below what either store takes

Originals = Callable[["Account"], bytes | None]
OnRefused = Callable[[InputError], None]
Also = Callable[["Connection"], None]


def now() -> str:
    """The time of a change, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def add(  # noqa: PLR0913 - what adding needs to know
    store: Sqlite | Postgres,
    readings: Iterable[Reading],
    *,
    model: str,
    originals: Originals | None,
    refused: OnRefused,
    grouping: Grouping | None = None,
    also: Also | None = None,
) -> Iterator[Added]:
    """Add readings batch by batch; gives what came of each batch once it is kept.

    `grouping` puts new accounts into stories; `also` writes something that is kept with a batch or not at all.
    """
    rest = iter(readings)
    while batch := list(islice(rest, BATCH)):
        fine = _put_right(store, [one for one in batch if _fine(one.account, refused)])
        said = [speakers(one) for one in fine]
        try:
            with store.writing() as connection:
                same_vectors(connection, store.about)
                new = _add(store, connection, list(zip(fine, said, strict=True)), model)
                if originals is not None:
                    _keep_originals(connection, [one.account for _, one in new], originals)
                if grouping is not None:
                    grouping.add(store, connection, _sketched(new), now())
                if also is not None:
                    also(connection)
        except BaseException:
            if grouping is not None:
                grouping.forget()
            raise
        yield Added(len(new), len(fine) - len(new), len(batch) - len(fine))


def _put_right(store: Sqlite | Postgres, readings: list[Reading]) -> list[Reading]:
    """Readings with what people put right of their texts; one that does not hold stays listed among the corrections."""
    with store.reading() as connection:
        said = stored(connection, texts=[text_hash(one.account.text) for one in readings])
    return [corrected(one, said).reading for one in readings] if said else readings


def _sketched(added: list[tuple[int, Reading]]) -> list[tuple[int, Sketch, str | None]]:
    """What the grouping takes of accounts."""
    from tellings.grouping import sketch

    return [(number, sketch(one), one.account.title) for number, one in added]


def known(connection: Connection, digests: Sequence[str]) -> set[str]:
    """Those of some digests of originals that the library has an account of."""
    column = schema.accounts.c.sha256
    return {
        one
        for at in range(0, len(digests), _ASKED)
        for one in connection.scalars(select(column).where(column.in_(digests[at : at + _ASKED])))
    }


def same_vectors(connection: Connection, about: str, *, mark: bool = True) -> None:
    """See that a library's statements are coded as this version does it; `mark` one that has none yet.

    Raises:
        LibraryError: where they are coded otherwise, so that meanings could not be compared.

    """
    table = schema.about
    found = connection.scalar(select(table.c.value).where(table.c.name == "vectors"))
    if found is None and mark:
        connection.execute(insert(table).values(name="vectors", value=form()))
    elif found is not None and found != form():
        problem = "keeps the meanings of statements in another form than this version of Tellings"
        raise LibraryError(about, problem, "add its accounts to a new library, or use the version that made it")


def _fine(account: Account, refused: OnRefused) -> bool:
    try:
        storable(account)
    except InputError as error:
        refused(error)
        return False
    return True


def _add(
    store: Sqlite | Postgres, connection: Connection, given: list[tuple[Reading, Said]], model: str
) -> list[tuple[int, Reading]]:
    """Add what is new of some readings; gives these with their numbers."""
    there = known(connection, [one.account.sha256 for one, _ in given])
    new: dict[str, tuple[Reading, Said]] = {}
    for one, said in given:
        if one.account.sha256 not in there:
            new.setdefault(one.account.sha256, (one, said))
    if not new:
        return []
    batch = _begun(connection, list(new.values()))
    names = free_names(connection, [one.account for one, _ in new.values()])
    reader, added = reader_number(connection, model), now()
    numbers = [
        put(batch, one, said, name=name, reader=reader, added=added)
        for (one, said), name in zip(new.values(), names, strict=True)
    ]
    for table in COLUMNS:
        store.fill(connection, table, COLUMNS[table], batch.rows[table])
    store.index(connection, "told", batch.told)
    store.index(connection, "said", batch.said)
    accounts = [one.account for one, _ in new.values()]
    mark_versions(connection, list(zip(numbers, accounts, strict=True)))
    return list(zip(numbers, (one for one, _ in new.values()), strict=True))


def _begun(connection: Connection, given: list[tuple[Reading, Said]]) -> Batch:
    """An empty batch that knows which numbers are free, and the sources and texts that are there."""
    return Batch(
        numbers_free(connection),
        _sources(connection, given),
        texts_known(connection, [one.account.text for one, _ in given]),
    )


def numbers_free(connection: Connection) -> Free:
    """The next free number of each table that numbers its rows."""
    tables = (schema.accounts, schema.texts, schema.sources, schema.attributions)
    return Free(*(1 + (connection.scalar(select(func.max(table.c.id))) or 0) for table in tables))


def _sources(connection: Connection, given: list[tuple[Reading, Said]]) -> dict[SourceKey, int]:
    keys = sorted(set().union(*(source_keys(one, said) for one, said in given)))
    table = schema.sources.c
    found: dict[SourceKey, int] = {}
    for at in range(0, len(keys), _ASKED):
        asked = tuple_(table.key, table.type).in_(keys[at : at + _ASKED])
        for key, kind, number in connection.execute(select(table.key, table.type, table.id).where(asked)):
            found[SourceKey(key, kind)] = number
    return found


def texts_known(connection: Connection, texts: list[str]) -> dict[str, int]:
    """The numbers of those texts that are there, by digest."""
    table, asked = schema.texts.c, [text_hash(text) for text in texts]
    return dict(connection.execute(select(table.sha256, table.id).where(table.sha256.in_(asked))).all())


def free_names(connection: Connection, accounts: list[Account]) -> list[str]:
    """A name for each account that no other has: its id, with some of its digest where another has it."""
    column = schema.accounts.c.name
    taken = set(connection.scalars(select(column).where(column.in_([one.id for one in accounts]))))
    names = []
    for one in accounts:
        name = one.id if one.id not in taken else f"{one.id}-{one.sha256[:12]}"
        taken.add(name)
        names.append(name)
    return names


def reader_number(connection: Connection, model: str) -> int:
    """The number of a model, given now where it is new."""
    table = schema.readers
    found = connection.scalar(select(table.c.id).where(table.c.name == model))
    if found is None:
        found = 1 + (connection.scalar(select(func.max(table.c.id))) or 0)
        connection.execute(insert(table).values(id=found, name=model))
    return int(found)


def _keep_originals(connection: Connection, accounts: list[Account], originals: Originals) -> None:
    """Keep the bytes of new accounts, each original once; what cannot be had any more is not kept."""
    table = schema.originals
    asked = [one.original.sha256 for one in accounts]
    there = set(connection.scalars(select(table.c.sha256).where(table.c.sha256.in_(asked))))
    rows = []
    for one in accounts:
        digest = one.original.sha256
        data = None if digest in there or digest == text_hash(one.text) else originals(one)
        if data is not None:
            there.add(digest)
            rows.append({"sha256": digest, "size": len(data), "zlib": zlib.compress(data, 6)})
    if rows:
        connection.execute(insert(table), rows)
