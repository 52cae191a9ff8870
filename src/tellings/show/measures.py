"""What the renderers say of figures and days, in the interface's own words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tellings.records import QuantityVerdict
from tellings.show.signs import Sign
from tellings.show.view import View, plain_date, tellers

if TYPE_CHECKING:
    from tellings.records import FigureUse, Quantity

VERDICTS: dict[QuantityVerdict, Sign] = {
    "conflicting": Sign("!", "conflicting", "the figures cannot both be right"),
    "update": Sign(">", "update", "a later account has a newer figure"),
    "different quantity": Sign("~", "another quantity", "the figures are not of the same thing"),
    "compatible": Sign("=", "compatible", "the figures can both be right"),
}
"""In the order in which a reader should see them."""

MORE_THAN_ALL = "these shares add up to more than all"
"""Said of a poll whose shares, rounding let off, are more than a hundred percent."""


def worst(quantity: Quantity) -> QuantityVerdict:
    """The verdict over a quantity's figures that a reader should see first."""
    found = {pair.verdict for pair in quantity.pairs}
    return next((verdict for verdict in VERDICTS if verdict in found), "compatible")


def amount(use: FigureUse) -> str:
    """A figure as it was read: bound, value or range, and its unit where the words beside it do not say it."""
    low, high = (f"{value:,.10g}" for value in (use.low, use.high))
    told = low if use.low == use.high else f"{low} to {high}"
    bound = "" if use.bound == "exactly" else f"{use.bound} "
    said = use.counted is not None and bool(use.unit) and use.counted.text.lower().startswith(use.unit)
    return f"{bound}{told} {'' if said else use.unit}".strip()


def day(value: str, until: str | None) -> str:
    """A day; a whole year or month by its name in ISO 8601; else the first and last of several."""
    if not until:
        return value
    if (value[4:], until[4:]) == ("-01-01", "-12-31") and value[:4] == until[:4]:
        return value[:4]
    if value[:7] == until[:7] and value.endswith("-01") and _is_last(until):
        return value[:7]
    return f"{value} to {until}"


def _is_last(told: str) -> bool:
    """Whether a day is the last of its month."""
    return (date.fromisoformat(told) + timedelta(days=1)).day == 1


def told_first(v: View, claim: str) -> str | None:
    """Which account was the first to tell a claim and when, None where one of its accounts has no date."""
    one = next(each for each in v.claims if each.id == claim)
    by = [account for account in v.accounts if account.id in tellers(one)]
    if not by or any(account.published is None for account in by):
        return None
    return f"by {v.letters[by[0].id]}, {plain_date(by[0].published)}"
