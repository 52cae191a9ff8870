"""What to draw of one reading: plain frozen records in which every span brings its words.

Made from a `Reading` by `draw.draw`, or by hand; the renderers know nothing else. Offsets are code points of the
account's text, half-open. Numbers of items count from 0 in the order of their layer, as in the reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tellings.records import (
        Account,
        Bound,
        Certainty,
        Manner,
        MentionForm,
        MentionType,
        ParticipantRole,
        Polarity,
        SourceType,
        StatementKind,
        TimeKind,
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of the account: `text` is its `text[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class DrawnWord(Stretch):
    """A syntactic word; `sentence` is None where it begins before the first one, `head` None at a root."""

    sentence: int | None
    upos: str
    head: int | None
    relation: str


@dataclass(frozen=True, slots=True)
class DrawnMention(Stretch):
    """A stretch meaning somebody or something; `entity` numbers what it means."""

    type: MentionType
    form: MentionForm
    entity: int
    score: float


@dataclass(frozen=True, slots=True)
class DrawnEntity:
    """What several mentions share, with the numbers of all of them."""

    type: MentionType
    name: Stretch
    mentions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DrawnAttribution:
    """Source, cue and content; `depth` counts the attributions inside whose contents this one stands."""

    source: tuple[Stretch, ...]
    cue: tuple[Stretch, ...]
    content: tuple[Stretch, ...]
    manner: Manner
    source_type: SourceType | None
    entity: int | None
    via: Stretch | None
    parent: int | None
    depth: int
    score: float


@dataclass(frozen=True, slots=True)
class DrawnStep:
    """One step of a voice: an attribution, and the fullest name of its source, None where the source is left out."""

    attribution: int
    name: Stretch | None
    type: SourceType | None


@dataclass(frozen=True, slots=True)
class DrawnParticipant(Stretch):
    """Who or what takes part in what a statement tells."""

    role: ParticipantRole
    entity: int | None


@dataclass(frozen=True, slots=True)
class DrawnStatement(Stretch):
    """One thing told; `voice` runs from the account inwards, empty for its own voice."""

    sentence: int
    voice: tuple[DrawnStep, ...]
    quoted: bool
    kind: StatementKind | None
    polarity: Polarity
    certainty: Certainty
    predicate: Stretch | None
    participants: tuple[DrawnParticipant, ...]
    figures: tuple[int, ...]
    times: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DrawnFigure(Stretch):
    """A number with what it counts."""

    low: float
    high: float
    unit: str
    bound: Bound


@dataclass(frozen=True, slots=True)
class DrawnTime(Stretch):
    """A time expression: its TIMEX3 value and the first and last day it means, None where they cannot be told."""

    kind: TimeKind
    value: str | None
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class DrawnLoaded(Stretch):
    """A stretch of loaded wording; `quoted` where it is a speaker's, not the account's own."""

    score: float
    quoted: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """One account and everything to draw of it."""

    account: Account
    sentences: tuple[Stretch, ...]
    words: tuple[DrawnWord, ...]
    mentions: tuple[DrawnMention, ...]
    entities: tuple[DrawnEntity, ...]
    attributions: tuple[DrawnAttribution, ...]
    quotations: tuple[Stretch, ...]
    statements: tuple[DrawnStatement, ...]
    figures: tuple[DrawnFigure, ...]
    times: tuple[DrawnTime, ...]
    wording: tuple[DrawnLoaded, ...]
