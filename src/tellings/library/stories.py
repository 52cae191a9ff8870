"""Stories: which accounts belong together, and what became of that. What belongs together is decided elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from tellings.errors import NotThereError
from tellings.library import schema
from tellings.library.adding import now
from tellings.library.listing import listed
from tellings.library.records import Story, StoryChange, StoryListed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

_story, _member, _change, _told = (
    schema.stories.c, schema.story_accounts.c, schema.story_changes.c, schema.accounts.c
)  # fmt: skip


def stories(connection: Connection) -> Iterator[StoryListed]:
    """Every story that has accounts, the one changed last first."""
    query = (
        select(
            _story.id, _story.title, func.count(), func.min(_told.published), func.max(_told.published), _story.changed
        )
        .join(schema.story_accounts, _member.story == _story.id)
        .join(schema.accounts, _told.id == _member.account)
        .group_by(_story.id, _story.title, _story.changed)
        .order_by(_story.changed.desc(), _story.id.desc())
    )
    for row in connection.execute(query):
        yield StoryListed(*row)


def story(connection: Connection, number: int, *, library: str) -> Story:
    """One story with its accounts and its past.

    Raises:
        NotThereError: when there is none of that number.

    """
    row = connection.execute(select(_story.id, _story.title).where(_story.id == number)).first()
    if row is None:
        raise NotThereError(library, f"has no story {number}", "see `tellings stories` for those it has")
    query = (
        select(_told.name, _change.what, _change.by, _change.at, _change.why)
        .join(schema.accounts, _told.id == _change.account)
        .where(_change.story == number)
        .order_by(_change.id)
    )
    changes = tuple(StoryChange(*one) for one in connection.execute(query))
    return Story(number, row.title, tuple(listed(connection, story=number)), changes)


def assign(connection: Connection, names: Iterable[str], to: int | None, *, by: str, library: str) -> int:
    """Put accounts into a story (a new one where `to` is None), out of those they were in; gives its number.

    Nothing changes for an account that is there already. `by` says who decided, a person or "grouping".

    Raises:
        NotThereError: for an account or a story that the library does not have.

    """
    asked = list(dict.fromkeys(names))
    numbers = dict(connection.execute(select(_told.name, _told.id).where(_told.name.in_(asked))).all())
    missing = [name for name in asked if name not in numbers]
    if missing:
        raise NotThereError(library, f"has no account “{missing[0]}”", "add it first")
    at = now()
    number = _made(connection, at) if to is None else _there(connection, to, library)
    for name in asked:
        _move(connection, numbers[name], number, by, at)
    return number


def _made(connection: Connection, at: str) -> int:
    number = 1 + (connection.scalar(select(func.max(_story.id))) or 0)
    connection.execute(insert(schema.stories).values(id=number, made=at, changed=at))
    return int(number)


def _there(connection: Connection, number: int, library: str) -> int:
    if connection.scalar(select(_story.id).where(_story.id == number)) is None:
        raise NotThereError(library, f"has no story {number}", "see `tellings stories` for those it has")
    return number


def _move(connection: Connection, account: int, to: int, by: str, at: str) -> None:
    before = connection.scalar(select(_member.story).where(_member.account == account))
    if before == to:
        return
    if before is not None:
        connection.execute(delete(schema.story_accounts).where(_member.account == account))
        _tell(connection, before, account, "left", by, at)
    connection.execute(insert(schema.story_accounts).values(story=to, account=account))
    _tell(connection, to, account, "joined", by, at)


def _tell(  # noqa: PLR0913 - the columns of a row
    connection: Connection, number: int, account: int, what: str, by: str, at: str
) -> None:
    next_ = 1 + (connection.scalar(select(func.max(_change.id))) or 0)
    values = {"id": next_, "story": number, "account": account, "what": what, "by": by, "at": at}
    connection.execute(insert(schema.story_changes).values(**values))
    connection.execute(update(schema.stories).where(_story.id == number).values(changed=at))
