"""What the renderers say of figures and days, in the interface's own words."""

from __future__ import annotations

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


def worst(quantity: Quantity) -> QuantityVerdict:
    """The verdict over a quantity's figures that a reader should see first."""
    found = {pair.verdict for pair in quantity.pairs}
    return next((verdict for verdict in VERDICTS if verdict in found), "compatible")


def amount(use: FigureUse) -> str:
    """A figure as it was read: bound, value or range, unit."""
    low, high = (f"{value:,.10g}" for value in (use.low, use.high))
    told = low if use.low == use.high else f"{low} to {high}"
    bound = "" if use.bound == "exactly" else f"{use.bound} "
    return f"{bound}{told} {use.unit}".strip()


def day(value: str, until: str | None) -> str:
    """A day, or the first and last of several."""
    return f"{value} to {until}" if until else value


def told_first(v: View, claim: str) -> str | None:
    """Which account was the first to tell a claim and when, None where one of its accounts has no date."""
    one = next(each for each in v.claims if each.id == claim)
    by = [account for account in v.accounts if account.id in tellers(one)]
    if not by or any(account.published is None for account in by):
        return None
    return f"by {v.letters[by[0].id]}, {plain_date(by[0].published)}"
