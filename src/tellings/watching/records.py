"""What watching says, and what it works with. Offsets are code points of the account named, half-open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tellings.diffing import Versions
    from tellings.records import Account, Comparison, Reading


@dataclass(frozen=True, slots=True)
class Tools:
    """What is done with accounts: reading one, comparing those of a story, laying a version over the one before it.

    `compare` gives None where nothing can be compared.
    """

    read: Callable[[Account], Reading]
    compare: Callable[[Sequence[Account]], Comparison | None]
    differences: Callable[[Account, Account], Versions]
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of an account: its `text[start:end]`."""

    account: str
    outlet: str | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class StoryNews:
    """A story has begun with an account."""

    story: int
    account: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    kind: Literal["story"] = "story"


@dataclass(frozen=True, slots=True)
class AccountNews:
    """A story has gained an account; `accounts` is how many it has now, `moved` says that it was in another before."""

    story: int
    account: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    accounts: int
    why: str | None
    moved: bool
    kind: Literal["account"] = "account"


@dataclass(frozen=True, slots=True)
class VersionNews:
    """An account is a later version of one before: what was added, removed, altered (before, after).

    Of those altered `silent` are those that were corrected without a word about it.
    """

    story: int
    account: str
    before: str
    version: int
    title: str | None
    outlet: str | None
    url: str | None
    added: tuple[Stretch, ...]
    removed: tuple[Stretch, ...]
    altered: tuple[tuple[Stretch, Stretch], ...]
    silent: tuple[tuple[Stretch, Stretch], ...]
    kind: Literal["version"] = "version"


@dataclass(frozen=True, slots=True)
class ConflictNews:
    """Two accounts of a story tell what cannot both be true: statements (`score`: how likely that is), or figures."""

    story: int
    a: Stretch
    b: Stretch
    what: Literal["statements", "figures"]
    score: float | None
    kind: Literal["conflict"] = "conflict"


News = StoryNews | AccountNews | VersionNews | ConflictNews
