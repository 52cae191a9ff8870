"""Taking the records of an export into a library: what it has stays as it is, each batch whole or not at all."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from tellings.errors import LibraryError
from tellings.exporting.records import (
    Head,
    KeptAccount,
    KeptCorrection,
    KeptFeed,
    KeptSource,
    KeptStory,
)
from tellings.library import schema
from tellings.library.adding import BATCH, free_names, known, numbers_free, reader_number, same_vectors, texts_known
from tellings.library.codes import form
from tellings.library.giving import FORM
from tellings.library.records import Added
from tellings.library.rows import COLUMNS, Batch, account_row, outer_first, source_key
from tellings.library.terms import name_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, Table

    from tellings.exporting.records import Kept, KeptAttribution
    from tellings.library.stores import Postgres, Sqlite


def take(store: Sqlite | Postgres, records: Iterable[Kept], *, about: str) -> Added:
    """Take in what an export holds; gives how many accounts are new.

    Raises:
        LibraryError: for records of another form, and for accounts without their texts; `about` names the export.

    """
    sources: dict[int, KeptSource] = {}
    waiting: list[KeptAccount] = []
    total, rest = Added(), _Rest()
    for record in records:
        if isinstance(record, Head):
            _fits(record, about)
        elif isinstance(record, KeptSource):
            sources[record.id] = record
        elif isinstance(record, KeptAccount):
            waiting.append(record)
            if len(waiting) == BATCH:
                total = _counted(total, _accounts(store, waiting, sources), len(waiting))
                waiting = []
        else:
            rest.put(record)
    total = _counted(total, _accounts(store, waiting, sources), len(waiting))
    with store.writing() as connection:
        rest.keep(connection)
    return total


def _counted(total: Added, new: int, given: int) -> Added:
    return Added(total.new + new, total.known + given - new, total.refused)


def _fits(head: Head, about: str) -> None:
    if head.form != FORM:
        raise LibraryError(about, "was written by another version of Tellings", "export it again with this one")
    if head.vectors != form():
        problem = "has its statements' meanings in another form than this version of Tellings"
        raise LibraryError(about, problem, "add its accounts anew with `tellings add`")
    if not head.texts:
        raise LibraryError(about, "has no texts in it", "say with --texts where they are")


def _accounts(store: Sqlite | Postgres, given: list[KeptAccount], sources: dict[int, KeptSource]) -> int:
    """Add those accounts that the library does not have; gives how many."""
    if not given:
        return 0
    with store.writing() as connection:
        same_vectors(connection, store.about)
        there = known(connection, [one.account.sha256 for one in given])
        new = [one for one in given if one.account.sha256 not in there]
        if not new:
            return 0
        batch = Batch(numbers_free(connection), {}, texts_known(connection, [one.account.text for one in new]))
        ours = _sources(connection, batch, new, sources)
        names = free_names(connection, [one.account for one in new])
        for one, name in zip(new, names, strict=True):
            _put(batch, one, ours, name, reader_number(connection, one.reader))
        for table, columns in COLUMNS.items():
            store.fill(connection, table, columns, batch.rows[table])
        store.index(connection, "told", batch.told)
        store.index(connection, "said", batch.said)
        _versions(connection, new)
        _originals(connection, new)
    return len(new)


def _sources(
    connection: Connection, batch: Batch, new: list[KeptAccount], sources: dict[int, KeptSource]
) -> dict[int, int]:
    """The library's number of each source that some accounts have, by its number in the export."""
    asked = sorted({said.source for one in new for said in one.attributions if said.source is not None})
    table, found = schema.sources.c, {}
    for number in asked:
        source = sources[number]
        if source.name is None:
            continue
        key = source_key(source.name, source.type)
        at = batch.sources.get(key) or connection.scalar(
            select(table.id).where(table.key == key.key, table.type == key.type)
        )
        if at is None:
            at = batch.free.sources
            batch.free.sources += 1
            batch.rows["sources"].append((at, key.key, key.type, source.name))
            batch.rows["source_words"] += [(word, at) for word in name_words(source.name)]
        found[number] = batch.sources[key] = at
    return found


def _put(batch: Batch, one: KeptAccount, sources: dict[int, int], name: str, reader: int) -> None:
    """Add one account's rows to a batch."""
    number, text = batch.free.accounts, one.account.text
    batch.free.accounts += 1
    batch.rows["accounts"].append(account_row(batch, one.account, number, name, reader, one.added))
    batch.told.append((number, one.account.title or "", text))
    first = batch.free.attributions
    batch.free.attributions += len(one.attributions)
    for at in outer_first(one.attributions):
        said = one.attributions[at]
        batch.rows["attributions"].append(_attribution(said, first, at, number, sources))
        batch.said.append((first + at, text[said.start : said.end]))
    for at, told in enumerate(one.statements):
        voice = None if told.attribution is None else first + told.attribution
        flags = (told.quoted, told.negated, told.hedged)
        batch.rows["statements"].append((number, at, told.start, told.end, voice, told.kind, *flags))
    if one.vectors:
        batch.rows["vectors"].append((number, one.vectors))
    for entity in one.entities:
        places = json.dumps(entity.places, separators=(",", ":"))
        batch.rows["entities"].append((number, entity.number, entity.type, entity.name, places))
    for table, layer in (("figures", one.figures), ("times", one.times), ("wording", one.wording)):
        columns = COLUMNS[table][2:]
        batch.rows[table] += [(number, at, *(getattr(each, c) for c in columns)) for at, each in enumerate(layer)]


def _attribution(said: KeptAttribution, first: int, at: int, account: int, sources: dict[int, int]) -> tuple[Any, ...]:
    source = None if said.source is None else sources.get(said.source)
    ends = (said.start, said.end, said.source_start, said.source_end, said.cue_start, said.cue_end)
    parent = None if said.parent is None else first + said.parent
    parts = json.dumps(said.parts, separators=(",", ":")) if said.parts else None
    return (first + at, account, source, said.manner, *ends, parent, parts)


def _versions(connection: Connection, new: list[KeptAccount]) -> None:
    """Which accounts are versions of a page, where the first of it is there."""
    table, told = schema.versions, schema.accounts.c
    for one in new:
        if one.version_of is None:
            continue
        number = connection.scalar(select(told.id).where(told.sha256 == one.account.sha256))
        first = number if one.version == 1 else connection.scalar(select(told.id).where(told.name == one.version_of))
        if first is not None:
            connection.execute(insert(table).values(account=number, first=first, number=one.version))


def _originals(connection: Connection, new: list[KeptAccount]) -> None:
    table = schema.originals
    for one in new:
        digest = one.account.original.sha256
        there = connection.scalar(select(table.c.size).where(table.c.sha256 == digest))
        if one.original is not None and there is None:
            packed = zlib.compress(one.original, 6)
            connection.execute(insert(table).values(sha256=digest, size=len(one.original), zlib=packed))


class _Rest:
    """Stories, corrections and feeds, kept once all accounts are there."""

    def __init__(self) -> None:
        self._stories: list[KeptStory] = []
        self._corrections: list[KeptCorrection] = []
        self._feeds: list[KeptFeed] = []

    def put(self, record: KeptStory | KeptCorrection | KeptFeed) -> None:
        if isinstance(record, KeptStory):
            self._stories.append(record)
        elif isinstance(record, KeptCorrection):
            self._corrections.append(record)
        else:
            self._feeds.append(record)

    def keep(self, connection: Connection) -> None:
        told = schema.accounts.c
        numbers = dict(connection.execute(select(told.name, told.id)).all())
        self._keep_stories(connection, numbers)
        table = schema.corrections
        there = set(connection.scalars(select(table.c.key)))
        rows = [one.row for one in self._corrections if one.row["key"] not in there]
        if rows:
            connection.execute(insert(table), rows)
        self._keep_feeds(connection, numbers)

    def _keep_stories(self, connection: Connection, numbers: dict[str, int]) -> None:
        """Each story with those of its accounts that are in none yet; one of which all are is there already."""
        member = schema.story_accounts
        taken = set(connection.scalars(select(member.c.account)))
        changes = []
        for one in self._stories:
            joining = [numbers[name] for name in one.accounts if name in numbers and numbers[name] not in taken]
            if not joining and (taken or one.accounts):
                continue
            number = _next(connection, schema.stories)
            row = {"id": number, "title": one.title, "made": one.made, "changed": one.changed}
            connection.execute(insert(schema.stories).values(**row))
            for account in joining:
                connection.execute(insert(member).values(story=number, account=account))
            changes += [(change, number) for change in one.changes if change.account in numbers]
        at = _next(connection, schema.story_changes)
        rows = [
            {"id": at + n, "story": story, "account": numbers[change.account], "what": change.what, "by": change.by,
             "at": change.at, "why": change.why}
            for n, (change, story) in enumerate(sorted(changes, key=lambda one: one[0].number))
        ]  # fmt: skip
        if rows:
            connection.execute(insert(schema.story_changes), rows)

    def _keep_feeds(self, connection: Connection, numbers: dict[str, int]) -> None:
        there = set(connection.scalars(select(schema.feeds.c.url)))
        for one in self._feeds:
            if one.row["url"] in there:
                continue
            number = _next(connection, schema.feeds)
            connection.execute(insert(schema.feeds).values(id=number, **one.row))
            for link in one.links:
                account = None if link.account is None else numbers.get(link.account)
                row = {"feed": number, "url": link.url, "seen": link.seen, "account": account, "problem": link.problem}
                connection.execute(insert(schema.feed_links).values(**row))


def _next(connection: Connection, table: Table) -> int:
    return 1 + int(connection.scalar(select(func.max(table.c.id))) or 0)
