"""Is everything in a library as it must be: hashes, spans, rows that lead somewhere, words that can be found."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import TYPE_CHECKING

from sqlalchemy import Table, func, or_, select, text

from tellings.errors import LibraryError
from tellings.library import schema
from tellings.library.codes import WIDTH
from tellings.library.listing import rebuilt
from tellings.library.records import Fault
from tellings.library.rows import text_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_told, _texts = schema.accounts.c, schema.texts.c
_SPANS: tuple[tuple[Table, str, str], ...] = (
    (schema.attributions, "start", "end"), (schema.attributions, "source_start", "source_end"),
    (schema.attributions, "cue_start", "cue_end"), (schema.statements, "start", "end"),
    (schema.figures, "start", "end"),
    (schema.figures, "counted_start", "counted_end"), (schema.times, "start", "end"), (schema.wording, "start", "end"),
)  # fmt: skip


def check(connection: Connection) -> Iterator[Fault]:
    """Every fault there is; nothing where the library is whole."""
    yield from _store(connection)
    yield from _hashes(connection)
    yield from _originals(connection)
    yield from _spans(connection)
    yield from _names(connection)
    yield from _vectors(connection)
    yield from _index(connection)
    yield from _corrections(connection)


def _store(connection: Connection) -> Iterator[Fault]:
    """What the store itself finds wrong; PostgreSQL holds foreign keys by itself and checks its pages when read."""
    if connection.dialect.name != "sqlite":
        return
    for (found,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if found != "ok":
            yield Fault("the file", "SQLite", str(found))
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Fault(str(table), f"row {row}", f"leads to a row of {parent} that is not there")


def _hashes(connection: Connection) -> Iterator[Fault]:
    """Every text has its digest, every account's runs lie in its text and its bytes."""
    query = select(schema.accounts, _texts.text.label("words"), _texts.sha256.label("digest"))
    rows = connection.execution_options(yield_per=500).execute(query.join(schema.texts, _texts.id == _told.text))
    for row in rows.mappings():
        if text_hash(row["words"]) != row["digest"]:
            yield Fault("texts", row["name"], "the text does not have the digest it was added with")
        try:
            account = rebuilt(row)
        except LibraryError as error:
            yield Fault("accounts", row["name"], error.problem)
            continue
        runs, size = account.original.runs, account.original.size
        ends = [(run.start, run.end, run.first, run.last) for run in runs]
        if any(not 0 <= s <= e <= len(account.text) or not 0 <= a <= b <= size for s, e, a, b in ends):
            yield Fault("accounts", row["name"], "a run leads out of its text or its bytes")


def _originals(connection: Connection) -> Iterator[Fault]:
    table = schema.originals.c
    for digest, size, data in connection.execution_options(yield_per=100).execute(
        select(table.sha256, table.size, table.zlib)
    ):
        try:
            plain = zlib.decompress(data)
        except zlib.error:
            yield Fault("originals", digest, "cannot be unpacked")
            continue
        if len(plain) != size or hashlib.sha256(plain).hexdigest() != digest:
            yield Fault("originals", digest, "does not have the digest or the size it was added with")


def _spans(connection: Connection) -> Iterator[Fault]:
    for table, first, last in _SPANS:
        start, end = table.c[first], table.c[last]
        query = (
            select(_told.name, start, end)
            .select_from(table)
            .join(schema.accounts, _told.id == table.c.account)
            .join(schema.texts, _texts.id == _told.text)
            .where(or_(start < 0, end < start, end > func.length(_texts.text)))
        )
        for name, at, to in connection.execute(query):
            yield Fault(table.name, name, f"a span from {at} to {to} is not in its text")


def _names(connection: Connection) -> Iterator[Fault]:
    """An entity is called what some stretch of its account is."""
    table, length = schema.entities.c, func.length(_texts.text).label("length")
    query = (
        select(_told.name, table.name, table.places, length)
        .join(schema.accounts, _told.id == table.account)
        .join(schema.texts, _texts.id == _told.text)
    )
    holds = func.instr(_texts.text, table.name) if connection.dialect.name == "sqlite" else func.strpos(
        _texts.text, table.name
    )  # fmt: skip
    for name, called, _, _ in connection.execute(query.where(holds == 0)):
        yield Fault("entities", name, f"“{called}” does not stand in its text")
    for name, called, places, most in connection.execution_options(yield_per=1000).execute(query):
        if not all(0 <= start < end <= most for start, end in json.loads(places)):
            yield Fault("entities", name, f"a place of “{called}” is not in its text")


def _vectors(connection: Connection) -> Iterator[Fault]:
    """As many codes as statements."""
    counted = (
        select(schema.statements.c.account, func.count().label("count"))
        .group_by(schema.statements.c.account)
        .subquery()
    )
    codes = schema.vectors.c
    query = (
        select(_told.name)
        .join(counted, counted.c.account == _told.id)
        .outerjoin(schema.vectors, codes.account == _told.id)
        .where(or_(codes.codes.is_(None), func.length(codes.codes) != WIDTH * counted.c.count))
    )
    for name in connection.scalars(query):
        yield Fault("vectors", name, "does not have a code for each of its statements")


def _index(connection: Connection) -> Iterator[Fault]:
    """What can be found by words is what there is."""
    for name, of in (("told", schema.accounts), ("said", schema.attributions)):
        if connection.dialect.name == "sqlite":
            rows = _first_number(connection.scalar(text(f"SELECT block FROM {name}_index_data WHERE id = 1")) or b"\0")
        else:
            rows = connection.scalar(text(f"SELECT count(*) FROM {name}_index"))
        wanted = connection.scalar(select(func.count()).select_from(of))
        if rows != wanted:
            yield Fault(f"{name}_index", "the whole", f"knows {rows} of {wanted} rows of {of.name}")


def _first_number(block: bytes) -> int:
    """The first number of FTS5's record of averages: how many rows it knows (a varint, seven bits a byte)."""
    found = 0
    for byte in block:
        found = found << 7 | byte & 127
        if byte < 128:
            break
    return found


def _corrections(connection: Connection) -> Iterator[Fault]:
    """A correction of a text that the library has lies in it; one of another text waits for it."""
    table = schema.corrections.c
    told = select(table.key, _texts.text, table.start, table.end, table.exact)
    other = select(table.key, _texts.text, table.other_start, table.other_end, table.other_exact)
    for each, digest in ((told, table.sha256), (other, table.other_sha256)):
        for key, words, start, end, exact in connection.execute(each.join(schema.texts, _texts.sha256 == digest)):
            if not 0 <= start < end <= len(words):
                yield Fault("corrections", key, f"a span from {start} to {end} is not in its text")
            elif exact is not None and words[start:end] != exact:
                yield Fault("corrections", key, f"its words do not stand from {start} to {end} of its text")
