"""What exports are made of; nothing but data. Offsets are code points of the account's text, half-open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tellings.records import Account, Bound, Manner, Span, StatementKind, TimeKind

# ---------------------------------------------------------------- marks: what is said of stretches of a text

MarkKind = Literal["attribution", "statement", "label", "name", "figure", "time", "wording"]
Value = str | float | bool


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing said of stretches of one account's text.

    `spans` are what it is about, `parts` the stretches that show it (the "source" and the "cue" of an attribution),
    `said` what is said, by name. The words of every span are the account's `text[start:end]`.
    """

    kind: MarkKind
    spans: tuple[Span, ...]
    said: tuple[tuple[str, Value], ...] = ()
    parts: tuple[tuple[str, tuple[Span, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """An account with everything marked in it; `of` is the account that it copies (or is a version of), by id."""

    account: Account
    marks: tuple[Mark, ...]
    of: str | None = None
    version: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What made an export's contents: the version of Tellings, the model, and whether it read or compared."""

    version: str
    model: str
    activity: Literal["reading", "comparison"]


# ---------------------------------------------------------------- what a library keeps of an account


@dataclass(frozen=True, slots=True)
class KeptSource:
    """Somebody or something given words; `name` is None in a bundle, where `place` says where it stands.

    `id` numbers it in the export. `place` is the digest of a text, and a span of it.
    """

    id: int
    type: str | None
    name: str | None
    place: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True)
class KeptAttribution:
    """An attribution: the source's number in the export, the hull of its content, of its source and of its cue.

    `parent` numbers the attribution of the account that it stands in. `parts` are the spans of a content that does not
    hang together. `sha256` is, in a bundle, the digest of the content's words.
    """

    source: int | None
    manner: Manner
    start: int
    end: int
    source_start: int | None
    source_end: int | None
    cue_start: int | None
    cue_end: int | None
    parent: int | None
    parts: tuple[Span, ...] = ()
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class KeptStatement:
    """A statement; `attribution` numbers the account's innermost attribution that it stands in."""

    start: int
    end: int
    attribution: int | None
    kind: StatementKind | None
    quoted: bool
    negated: bool
    hedged: bool


@dataclass(frozen=True, slots=True)
class KeptEntity:
    """Who or what is named, where; `number` is the reader's. In a bundle `name` is None and `named` its span."""

    number: int
    type: str
    name: str | None
    places: tuple[Span, ...]
    named: Span | None = None


@dataclass(frozen=True, slots=True)
class KeptFigure:
    """A number with its unit and bound."""

    start: int
    end: int
    low: float
    high: float
    unit: str
    bound: Bound
    counted_start: int | None
    counted_end: int | None


@dataclass(frozen=True, slots=True)
class KeptTime:
    """A time; `first` and `last` where they are not its value."""

    start: int
    end: int
    kind: TimeKind
    value: str | None
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class KeptWording:
    """Loaded wording; `score` in percent."""

    start: int
    end: int
    score: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class KeptAccount:
    """An account with all that a library keeps of it.

    `text_sha256` and `text_length` are of its text (UTF-8 bytes; code points). In a bundle the account has no text, no
    title and no notes. `vectors` are the codes of its statements; `version_of` the first account of its page.
    """

    account: Account
    text_sha256: str
    text_length: int
    reader: str
    added: str
    attributions: tuple[KeptAttribution, ...]
    statements: tuple[KeptStatement, ...]
    entities: tuple[KeptEntity, ...]
    figures: tuple[KeptFigure, ...]
    times: tuple[KeptTime, ...]
    wording: tuple[KeptWording, ...]
    vectors: bytes
    version_of: str | None = None
    version: int = 0
    original: bytes | None = None


# ---------------------------------------------------------------- what else a library keeps


@dataclass(frozen=True, slots=True)
class KeptChange:
    """An account joined a story or left it; `number` orders the changes of all stories."""

    number: int
    account: str
    what: str
    by: str
    at: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class KeptStory:
    """A story, with the names of its accounts now, and what became of it."""

    id: int
    title: str | None
    made: str
    changed: str
    accounts: tuple[str, ...]
    changes: tuple[KeptChange, ...]


Row = dict[str, str | int | None]
"""A row of a table by its columns: whatever columns the table has in this version."""


@dataclass(frozen=True, slots=True)
class KeptCorrection:
    """A correction as its row is; in a bundle without the words it keeps of a text."""

    row: Row


@dataclass(frozen=True, slots=True)
class KeptLink:
    """What a feed named; `account` is the name of what came of it."""

    url: str
    seen: str
    account: str | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class KeptFeed:
    """A feed that is watched, as its row is but for its number, with what it named."""

    row: Row
    links: tuple[KeptLink, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The first line of an export of a library: its form, the form of its vectors, whether texts are in it."""

    form: int
    vectors: str
    texts: bool


Kept = Head | KeptSource | KeptAccount | KeptStory | KeptCorrection | KeptFeed
"""A line of an export of a library, in this order."""
