"""The records of grouping: what is kept of an account, stories, why they are so, and copies with their passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tellings.records import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """What grouping keeps of one account, in under 1.5 KB: numbers that lead back to no sentence.

    `day` counts days as `datetime.date.toordinal` does, None where the account is undated. `vector` (384, int8) is the
    mean of its first statements' vectors, scaled so that its length is about 127. `terms` (at most 96, uint32, sorted)
    are hashed stems with their `weights` (uint8, sixteenths of 1 + log of how often). `names` (at most 40, uint32,
    sorted) are hashed names, those of places with the lowest bit set. `days` (at most 12, int32) are the days told,
    `figures` (at most 16, uint32, sorted) hashed numbers with their units. `signs` (64, uint32) is the MinHash of its
    runs of words, all 2^32 - 1 where it is too short for one.
    """

    id: str
    outlet: str | None
    day: int | None
    vector: NDArray[np.int8]
    terms: NDArray[np.uint32]
    weights: NDArray[np.uint8]
    names: NDArray[np.uint32]
    days: NDArray[np.int32]
    figures: NDArray[np.uint32]
    signs: NDArray[np.uint32]


ChangeKind = Literal["begun", "joined", "merged", "split", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to a story, and why.

    `begun` and `joined` name the account that came, `merged` the `other` story that was taken in, `split` the `other`
    story that was cut off, `moved` the account and the `other` story that it came from. `score` is the mean probability
    that what came together (or was cut apart) tells one event, rounded to three decimals, None for a story's beginning.
    `why` says in a few words what it rests on.
    """

    kind: ChangeKind
    story: str
    account: str | None
    other: str | None
    score: float | None
    why: str


@dataclass(frozen=True, slots=True)
class Story:
    """The accounts of one event, by id in arrival order; `id` is made from its first account's.

    `first` and `last` are the earliest and the latest day its dated accounts were published (ISO 8601), None where none
    is dated. `changes` are what happened to it, in order.
    """

    id: str
    accounts: tuple[str, ...]
    first: str | None
    last: str | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one account that stands in another too: half-open spans of code points of both texts."""

    span: Span
    source: Span


CopyKind = Literal["copy", "partial", "version"]


@dataclass(frozen=True, slots=True)
class Reuse:
    """What an account took from another one: `account` from `source`, passage by passage in text order.

    `kind` is `copy` where most of the account stands in the source, `version` where both are one outlet's, `partial`
    where the account adds as much of its own. `share` is the part of the account's words that the passages cover,
    `taken` the part of the source's.
    """

    account: str
    source: str
    kind: CopyKind
    share: float
    taken: float
    passages: tuple[Passage, ...]
