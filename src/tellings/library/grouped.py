"""New accounts of a library put into stories, in the transaction that adds them.

What the grouping has in mind hangs on nothing but the library: it is made anew of the latest accounts' sketches and
stories when a library is opened, when somebody else wrote to it, and after every `EPOCH` accounts, whether the program
was stopped meanwhile or not. So any way of stopping and going on comes to the same stories.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from tellings.library import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from tellings.grouping import Change, Sketch, Stream
    from tellings.library.stores import Postgres, Sqlite

WINDOW = 10_000
"""Accounts before an epoch that new ones are compared with."""
EPOCH = 2_000
"""Accounts after which the window moves on."""
SETTLE = 50
"""Accounts after which the stories they touched are settled."""
BY = "grouping"
"""Who it says did it, where no person did."""

_story, _member, _change = schema.stories.c, schema.story_accounts.c, schema.story_changes.c


class Grouping:
    """The grouping of one library in this process; used by one writer at a time."""

    def __init__(self) -> None:
        self._stream: Stream | None = None
        self._epoch = 0
        self._rows: dict[int, int] = {}
        self._accounts: list[int] = []
        self._seen = (0, 0)

    def forget(self) -> None:
        """Make everything anew next time: what was written may be undone."""
        self._stream = None

    def add(
        self,
        store: Sqlite | Postgres,
        connection: Connection,
        added: Sequence[tuple[int, Sketch, str | None]],
        at: str,
    ) -> None:
        """Put accounts just added (numbers, sketches, titles) into stories; all is written when it returns."""
        if not added:
            return
        if self._seen != _state(connection, below=added[0][0]):
            self.forget()
        pages = Pages(store, connection, at)
        for number, sketch, title in added:
            self._one(connection, pages, number, replace(sketch, id=str(number)), title)
        pages.write()
        self._seen = _state(connection)

    def _one(self, connection: Connection, pages: Pages, number: int, sketch: Sketch, title: str | None) -> None:
        from tellings.library.sketches import packed

        epoch = (number - 1) // EPOCH
        if self._stream is None or epoch != self._epoch:
            pages.write()
            self._begin(connection, epoch)
        stream = self._stream
        assert stream is not None
        changes = stream.add(sketch)
        self._took(number)
        near = [self._accounts[row] for row in stream.near_of_last()]
        pages.sketches.append((number, packed(sketch, near)))
        pages.tell(changes, title)
        if number % SETTLE == 0:
            settled = stream.settle()
            if settled:
                pages.write()
                pages.settle(settled)

    def _took(self, number: int) -> None:
        self._rows[number] = len(self._accounts)
        self._accounts.append(number)

    def _begin(self, connection: Connection, epoch: int) -> None:
        """Make the stream of an epoch anew from what the library has of it and of the window before it."""
        from tellings.grouping import Stream
        from tellings.library.sketches import unpacked

        first = epoch * EPOCH - WINDOW
        connection.execute(delete(schema.sketches).where(schema.sketches.c.account <= first))
        stream = Stream(WINDOW + EPOCH, name=lambda _, number: str(number))
        self._rows, self._accounts = {}, []
        table = schema.sketches.c
        query = (
            select(table.account, table.numbers, _member.story)
            .join(schema.story_accounts, _member.account == table.account)
            .order_by(table.account)
        )
        for number, data, story in connection.execute(query):
            sketch, near = unpacked(data, number)
            self._took(number)
            stream.again(sketch, story, [self._rows[one] for one in near if one in self._rows])
            if number % SETTLE == 0:
                stream.pass_over()
        stream.go_on(connection.scalar(select(func.max(_story.id))) or 0, _held(connection))
        self._stream, self._epoch = stream, epoch


def _state(connection: Connection, *, below: int | None = None) -> tuple[int, int]:
    """By what it is known that nobody else wrote: the last account (before one) and the last change of stories."""
    last = select(func.max(schema.accounts.c.id))
    if below is not None:
        last = last.where(schema.accounts.c.id < below)
    return connection.scalar(last) or 0, connection.scalar(select(func.max(_change.id))) or 0


def _held(connection: Connection) -> set[int]:
    """The stories that a person put accounts into; these stay as they are."""
    query = select(_change.story).where(_change.what == "joined", _change.by != BY).distinct()
    return set(connection.scalars(query))


class Pages:
    """What is to be written of stories, gathered so that many rows go at once."""

    def __init__(self, store: Sqlite | Postgres, connection: Connection, at: str) -> None:
        self._store, self._connection, self._at = store, connection, at
        self.sketches: list[tuple[int, bytes]] = []
        self._stories: list[tuple[int, str | None, str, str]] = []
        self._joined: list[tuple[int, int]] = []
        self._changes: list[tuple[int, int, int, str, str, str, str]] = []
        self._touched: set[int] = set()
        self._next = 1 + (connection.scalar(select(func.max(_change.id))) or 0)

    def tell(self, changes: Iterable[Change], title: str | None) -> None:
        """Note that an account began a story or joined one."""
        for change in changes:
            story, account = int(change.story), int(change.account or 0)
            if change.kind == "begun":
                self._stories.append((story, title, self._at, self._at))
            self._joined.append((story, account))
            self._note(story, account, "joined", _why(change))

    def settle(self, changes: Iterable[Change]) -> None:
        """Write what settling changed; everything noted before is written by then."""
        for change in changes:
            story, other = int(change.story), int(change.other or 0)
            if change.kind == "split":
                # the accounts that are cut off follow as moved
                self._connection.execute(
                    insert(schema.stories).values(id=other, title=None, made=self._at, changed=self._at)
                )
                continue
            asked = _member.account == int(change.account) if change.account else _member.story == other
            moved = self._connection.scalars(select(_member.account).where(asked).order_by(_member.account)).all()
            self._connection.execute(update(schema.story_accounts).where(asked).values(story=story))
            for account in moved:
                self._note(other, account, "left", _why(change))
                self._note(story, account, "joined", _why(change))
        self._titles()

    def write(self) -> None:
        """Write what is noted."""
        fill, connection = self._store.fill, self._connection
        fill(connection, "stories", ("id", "title", "made", "changed"), self._stories)
        fill(connection, "story_accounts", ("story", "account"), self._joined)
        fill(connection, "sketches", ("account", "numbers"), self.sketches)
        fill(connection, "story_changes", ("id", "story", "account", "what", "by", "at", "why"), self._changes)
        if self._touched:
            touched = _story.id.in_(sorted(self._touched))
            connection.execute(update(schema.stories).where(touched).values(changed=self._at))
        self.sketches, self._stories, self._joined, self._changes, self._touched = [], [], [], [], set()

    def _note(self, story: int, account: int, what: str, why: str) -> None:
        self._changes.append((self._next, story, account, what, BY, self._at, why))
        self._next += 1
        self._touched.add(story)

    def _titles(self) -> None:
        """Give stories that were cut off the title of their first account."""
        told = schema.accounts.c
        first = (
            select(func.min(_member.account)).where(_member.story == _story.id).correlate(schema.stories)
        ).scalar_subquery()
        title = select(told.title).where(told.id == first).correlate(schema.stories).scalar_subquery()
        new = _story.title.is_(None) & _story.id.in_(sorted(self._touched))
        self._connection.execute(update(schema.stories).where(new).values(title=title))


def _why(change: Change) -> str:
    score = "" if change.score is None else f" ({change.score:.2f})"
    return f"{change.why}{score}"
