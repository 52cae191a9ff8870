"""What the HTTP interface takes and gives besides the records of the library and the contract; nothing but data."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from tellings.library.records import Found, Listed, SourceCount, StoryListed
from tellings.records import SourceType, StatementKind
from tellings.serve.problems import Refused

Limit = Annotated[int, Meta(ge=1, le=200, description="How many are given at most.")]
Offset = Annotated[int, Meta(ge=0, le=100_000, description="How many are left out before.")]
Day = Annotated[str, Meta(pattern="^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", description="A day, month or year.")]
Words = Annotated[str, Meta(min_length=1, max_length=500)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Number = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Head = Annotated[str, Meta(max_length=2000)]
Text = Annotated[str, Meta(max_length=5_000_000)]


class _Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Parameters; one that is not known is an error."""


class PageAsked(_Asked, frozen=True, kw_only=True):
    """A part of a list."""

    limit: Limit = 50
    offset: Offset = 0


class AccountsAsked(PageAsked, frozen=True, kw_only=True):
    """Accounts, narrowed."""

    outlet: Name | None = None
    since: Day | None = None
    until: Day | None = None


class SourcesAsked(AccountsAsked, frozen=True, kw_only=True):
    """Sources, narrowed."""

    speaker: Name | None = None
    source_type: SourceType | None = None


class SearchAsked(SourcesAsked, frozen=True, kw_only=True):
    """A search: every part that is given must fit."""

    words: Words | None = None
    meaning: Words | None = None
    kind: StatementKind | None = None
    limit: Limit = 20
    offset: Annotated[int, Meta(ge=0, le=1000)] = 0


class AccountAsked(_Asked, frozen=True, kw_only=True):
    """One account, by its name."""

    id: Name


class StoryAsked(_Asked, frozen=True, kw_only=True):
    """One story, by its number."""

    id: Number


class ComparisonAsked(_Asked, frozen=True, kw_only=True):
    """One comparison, by its key."""

    key: Annotated[str, Meta(pattern="^[0-9a-f]{40}$")]


class VersionsAsked(_Asked, frozen=True, kw_only=True):
    """An account, and the later version that is laid over it."""

    id: Name
    later: Name


class AccountGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """An account as text or as HTML, with what is known of it."""

    text: Text | None = None
    html: Text | None = None
    title: Head | None = None
    outlet: Head | None = None
    author: Head | None = None
    published: Head | None = None
    url: Head | None = None


Accounts = Annotated[tuple[AccountGiven, ...], Meta(max_length=100)]
Names = Annotated[tuple[Name, ...], Meta(max_length=100)]


class CompareGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The accounts of one story: as they are, and of the library by name (`stored`)."""

    accounts: Accounts = ()
    stored: Names = ()


class AddGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Accounts to be read and kept: as they are, or as links that are fetched; and the story they are put into."""

    accounts: Accounts = ()
    links: Annotated[tuple[Head, ...], Meta(max_length=20)] = ()
    story: Number | None = None


class StoryGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Accounts of the library, by name, that are put into a story."""

    accounts: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=100)]


class AccountsPage(msgspec.Struct, frozen=True):
    """A part of the accounts, and where the next and the previous part are."""

    items: tuple[Listed, ...]
    next: str | None
    previous: str | None


class SourcesPage(msgspec.Struct, frozen=True):
    """A part of the sources."""

    items: tuple[SourceCount, ...]
    next: str | None
    previous: str | None


class StoriesPage(msgspec.Struct, frozen=True):
    """A part of the stories, the one changed last first."""

    items: tuple[StoryListed, ...]
    next: str | None
    previous: str | None


class FoundPage(msgspec.Struct, frozen=True):
    """A part of what was found, best first."""

    items: tuple[Found, ...]
    next: str | None
    previous: str | None


class AddedAccounts(msgspec.Struct, frozen=True):
    """What came of adding: the names of the accounts (new or known), how many are new, and what was left out."""

    accounts: tuple[str, ...]
    new: int
    known: int
    refused: tuple[Refused, ...]


class StoryMade(msgspec.Struct, frozen=True):
    """The story that accounts were put into."""

    story: int


class Progress(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a comparison stands: a line while it is being made."""

    what: str
    done: int
    of: int
