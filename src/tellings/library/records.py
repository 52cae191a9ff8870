"""What a library takes and gives: queries and their results; nothing but data. Offsets are code points, half-open."""

from __future__ import annotations

from dataclasses import dataclass

from tellings.records import Manner, SourceType, StatementKind


@dataclass(frozen=True, slots=True)
class Added:
    """What adding came to: accounts that are new, those the library had already, and those no database keeps."""

    new: int = 0
    known: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """One account as a list shows it; `version` counts from 1, 0 where it is the only one of its page."""

    account: str
    kind: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None
    characters: int
    statements: int
    added: str
    version: int = 0
    story: int | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: every part that is given must fit.

    `words` are words, "phrases", and -words that must not be there; `meaning` is a sentence to find others like it;
    `speaker` are words of a source's name; `outlet` words of an outlet's. `since` and `until` are days (ISO 8601, to
    any precision), both in it; accounts without a date fit neither.
    """

    words: str | None = None
    meaning: str | None = None
    speaker: str | None = None
    source_type: SourceType | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    kind: StatementKind | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Found:
    """One stretch found: where it stands, who says it (None in the account's own voice or where left out).

    `text` is the account's `text[start:end]`; `marks` are the spans in it of the words searched, in the account's text.
    `cue` are the words of saying. `score` is higher for better ones and means nothing between two searches.
    """

    account: str
    outlet: str | None
    title: str | None
    published: str | None
    start: int
    end: int
    text: str
    speaker: str | None = None
    source_type: str | None = None
    manner: Manner | None = None
    cue: str | None = None
    kind: str | None = None
    score: float = 0.0
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source over all accounts: how it is named most plainly, what it is, how often it is given words, where."""

    source: int
    name: str
    type: str | None
    attributions: int
    accounts: int
    outlets: int


@dataclass(frozen=True, slots=True)
class StoryListed:
    """A story as a list shows it."""

    story: int
    title: str | None
    accounts: int
    first: str | None
    last: str | None
    changed: str


@dataclass(frozen=True, slots=True)
class StoryChange:
    """One thing that became of a story: an account joined it or left it; `why` in a few words, where that is known."""

    account: str
    what: str
    by: str
    at: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A story: its accounts by date, and what became of it, oldest first."""

    story: int
    title: str | None
    accounts: tuple[Listed, ...]
    changes: tuple[StoryChange, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a library that is not as it must be: in which table, of which account (or row), and what."""

    table: str
    about: str
    problem: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is watched: its number, its address as the user named it, and what is known of it.

    `moved` is where it has moved to for good, `next` when it is to be visited, `pace` what it asks for, as JSON.
    """

    id: int
    url: str
    title: str | None
    etag: str | None
    modified: str | None
    next: str | None
    failures: int
    moved: str | None
    pace: str | None


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A page that a feed named, and what is known of its visits; `account` numbers the last one that came of it."""

    number: int
    url: str
    account: int | None
    visits: int
    failures: int
    etag: str | None
    modified: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """What a feed says of one page: its address, and a digest of what it says, so that a change is seen."""

    url: str
    digest: str
