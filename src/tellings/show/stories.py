"""Stories as lines of JSON, and back: the first line is the manifest, then one line a story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from tellings.errors import InputError
from tellings.grouping.records import Change, Story
from tellings.records import Account, Manifest


@dataclass(frozen=True, slots=True)
class Kept:
    """What a line says of one account: enough to find it again and to know that it is still the same."""

    id: str
    path: str
    sha256: str
    outlet: str | None
    title: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One story as it is written: its accounts in arrival order, and what happened to it."""

    story: str
    first: str | None
    last: str | None
    accounts: tuple[Kept, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    manifest: Manifest


def lines(stories: Iterable[Story], accounts: Sequence[Account], manifest: Manifest) -> Iterator[str]:
    """The lines, each with its line feed; `accounts` are those that the stories hold."""
    yield _line(_Head(manifest))
    by_id = {account.id: account for account in accounts}
    for story in stories:
        kept = tuple(_kept(by_id[name]) for name in story.accounts)
        yield _line(StoryLine(story.id, story.first, story.last, kept, story.changes))


def story_in(text: str, story: str, *, about: str) -> StoryLine:
    """The story of an id (or the beginning of one) in such lines; `about` names the file.

    Raises:
        InputError: when the lines are not such, or when no story or several have that id.

    """
    found = []
    for number, line in enumerate(text.splitlines()[1:], 2):
        try:
            one = msgspec.json.decode(line, type=StoryLine)
        except msgspec.MsgspecError as error:
            raise InputError(f"{about}:{number}", "is no line of stories", "write it with `tellings group`") from error
        if one.story.startswith(story):
            found.append(one)
    if len(found) != 1:
        problem = f"has {len(found) or 'no'} {'stories' if found else 'story'} whose id begins with {story}"
        raise InputError(about, problem, "take an id that `tellings group` shows")
    return found[0]


def _kept(account: Account) -> Kept:
    path = account.original.path
    return Kept(account.id, path, account.sha256, account.outlet, account.title, account.published)


def _line(value: _Head | StoryLine) -> str:
    return msgspec.json.encode(value).decode() + "\n"
