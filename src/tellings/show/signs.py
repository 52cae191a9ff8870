"""The interface's own words: a sign, a word and a meaning for each standing and relation.

Colours are given by the renderers; none stands without its sign and word.
"""

from __future__ import annotations

from typing import NamedTuple

from tellings.records import RelationKind, Standing, Told


class Sign(NamedTuple):
    """A sign, the word beside it, and what it means in a sentence."""

    sign: str
    word: str
    meaning: str


STANDINGS: dict[Standing, Sign] = {
    "disputed": Sign("!", "disputed", "at least two accounts cannot both be right"),
    "differs": Sign("~", "differ", "the accounts tell it differently; both may be right"),
    "updated": Sign(">", "updated", "a later account has a newer state of the same thing"),
    "narrower": Sign("<", "narrower", "one account says more than another"),
    "agreed": Sign("=", "agreed", "the accounts tell the same"),
    "single": Sign("o", "told by one", "only one account tells it"),
}
"""In the order in which a reader should see them."""

RELATIONS: dict[RelationKind, Sign] = {
    "conflict": Sign("!", "conflict", "they cannot both be right"),
    "differ": Sign("~", "differ", "they tell it differently; both may be right"),
    "update": Sign(">", "update", "the later one has a newer state"),
    "narrower": Sign("<", "narrower", "the first says more than the second"),
    "agree": Sign("=", "agree", "they tell the same"),
}

MAKES: dict[Standing, RelationKind] = {
    "disputed": "conflict",
    "differs": "differ",
    "updated": "update",
    "narrower": "narrower",
    "agreed": "agree",
    "single": "agree",
}
"""The relation that gives a claim its standing: its words are those to mark."""

TOLD: dict[Told, Sign] = {
    "told": Sign("●", "told", "the account tells it"),
    "not told": Sign("·", "not told", "the account does not tell it"),
    "cannot tell": Sign("?", "cannot tell", "it cannot be known whether the account tells it"),
}

MORE = Sign("+", "told, with more", "the account tells it and says more than another")
VERSION = Sign("i ii", "told, in versions", "accounts with the same numeral tell the same; no order meant")
OTHERWISE = Sign("~ !", "told otherwise", "the account parts from another in the way of the sign")

CUT = "[…]"
"""Our mark for words cut for room: brackets, so that nobody takes it for the account's own ellipsis."""

OWN_VOICE = "own voice"
LEFT_OUT = "source left out"
"""Said of a statement that an account gives to somebody without saying to whom."""


def plural(number: int, one: str, many: str | None = None) -> str:
    """Give a number with its unit: `1 claim`, `2 claims`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


NEAR = "it may tell it in other words"
LOOSE = "those that tell it may not tell the same"
"""The reasons of gaps that are counted rather than listed; a test holds them to those that comparing gives."""
