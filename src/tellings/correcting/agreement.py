"""How far two people put right the same things alike: raw agreement and Krippendorff's alpha, for each kind of things.

A unit is a thing that both said something of (two mentions, two statements, an attribution, a label), by its spans.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from tellings.correcting.records import GROUP, Anchor, Correction
from tellings.correcting.settling import in_order

Unit = tuple[str, Hashable]
Value = Hashable


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one kind of things: how many both spoke of, how many each alone, in how many both said the same.

    `alpha` is None where it is not defined: nothing is shared, or all that is shared has one value.
    """

    about: str
    both: int
    only_a: int
    only_b: int
    same: int
    alpha: float | None

    @property
    def raw(self) -> float | None:
        """The share of things that both spoke of in which they said the same."""
        return self.same / self.both if self.both else None


ABOUT = ("entity", "claim", "relation", "speaker", "label")


def agreement(corrections: Iterable[Correction], a: str, b: str) -> tuple[Agreement, ...]:
    """The agreement of two authors, a record for each of ABOUT; the last word of each on a thing counts."""
    standing = [one for one in in_order(corrections) if one.withdrawn is None]
    said = [{unit: value for one in standing if one.author == name for unit, value in _units(one)} for name in (a, b)]
    found = []
    for about in ABOUT:
        first, second = ({unit: value for unit, value in book.items() if unit[0] == about} for book in said)
        both = sorted(first.keys() & second.keys(), key=repr)
        pairs = [(first[unit], second[unit]) for unit in both]
        same = sum(one == other for one, other in pairs)
        found.append(Agreement(about, len(both), len(first) - len(both), len(second) - len(both), same, alpha(pairs)))
    return tuple(found)


def alpha(pairs: Sequence[tuple[Value, Value]]) -> float | None:
    """Krippendorff's alpha of two observers, nominal values, no value missing.

    1 - (n - 1) * (n - sum of o_cc) / (n * n - sum of n_c * n_c), n values in all, o_cc those in pairs of one value, n_c
    those of value c (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section B). None where it is not
    defined.
    """
    counts = Counter(value for pair in pairs for value in pair)
    n = 2 * len(pairs)
    expected = n * n - sum(count * count for count in counts.values())
    if not expected:
        return None
    unlike = 2 * sum(one != other for one, other in pairs)
    return round(1 - (n - 1) * unlike / expected, 4)


def _units(one: Correction) -> list[tuple[Unit, Value]]:
    """What a correction says of which thing; a relation says that it is one claim, too."""
    group = GROUP[one.kind]
    if group in {"entity", "claim"} and one.other is not None:
        pair = frozenset((_place(one.at), _place(one.other)))
        if one.kind != "relation":
            return [((group, pair), one.kind)]
        which = _place(one.at) if one.value == "narrower" else None
        return [(("claim", pair), "same claim"), (("relation", pair), (one.value, which))]
    return [((group, _place(one.at)), (one.value, one.other and _place(one.other)))]


def _place(one: Anchor) -> tuple[str, int, int]:
    return one.sha256, one.start, one.end
