"""What is told of two versions of one account: frozen records; every span is of the version it is told of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tellings.records import Account, Excerpt

DifferenceKind = Literal["kept", "altered", "added", "removed"]
ChangeKind = Literal["figure", "name", "negation", "words", "marks"]
Order = Literal["by their dates", "as given", "against their dates"]
HeadField = Literal["title", "outlet", "author", "published", "updated", "url"]


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words of an altered statement that the versions have otherwise; None where one has none in that place.

    `marks` are punctuation and capitals alone, told of the whole statement.
    """

    kind: ChangeKind
    before: Excerpt | None
    after: Excerpt | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One statement, or words of a sentence outside its statements, in the earlier and the later version.

    `moved` says that it stands in another order among what both versions have. `silent` says that it was silently
    corrected: a figure, a name, a negation or telling words of it are others now, and neither new words nor another
    date of change in the later version say that anything was corrected.
    """

    kind: DifferenceKind
    before: Excerpt | None
    after: Excerpt | None
    changes: tuple[WordChange, ...] = ()
    moved: bool = False
    silent: bool = False


@dataclass(frozen=True, slots=True)
class HeadChange:
    """What the versions say of themselves otherwise."""

    field: HeadField
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its account, and how many of its five-word runs stand in the other, as a share."""

    account: Account
    shared: float


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions of one account and what became of each statement.

    `differences` are in the order of the later version; what was removed stands after what came before it. `notices`
    are words new in the later version that say it was corrected or changed.
    """

    before: Version
    after: Version
    order: Order
    heads: tuple[HeadChange, ...]
    differences: tuple[Difference, ...]
    notices: tuple[Excerpt, ...]
