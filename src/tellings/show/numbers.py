"""Figures that several accounts give, and when things happened, as lines of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.lines import Line, rest, section
from tellings.show.measures import MORE_THAN_ALL, VERDICTS, amount, day, told_first, worst
from tellings.show.plain import clean, first_of, quoted
from tellings.show.signs import plural
from tellings.show.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.records import FigureUse, PollTold, Quantity, QuantityVerdict, TimelineEntry

_QUANTITIES, _USES, _DAYS, _TOLD, _WORDS = 8, 6, 12, 4, 70
"""Quantities, their uses, days, what is told of one day; characters of words beside."""

_STYLES: dict[QuantityVerdict, str] = {
    "conflicting": "conflict", "update": "update", "different quantity": "differ", "compatible": "agree",
}  # fmt: skip


def figures(v: View) -> Iterator[Line]:
    """Give the quantities that several accounts tell, those that conflict first."""
    found = sorted(v.comparison.quantities, key=lambda one: list(VERDICTS).index(worst(one)))
    if not found:
        return
    yield from section(f"FIGURES that several accounts give: {len(found)}")
    shown, left = first_of(found, _QUANTITIES)
    for quantity in shown:
        yield Line()
        yield from _quantity(v, quantity)
    yield from rest(2, left, "quantity")


def _quantity(v: View, quantity: Quantity) -> Iterator[Line]:
    sign = VERDICTS[worst(quantity)]
    number = v.numbers.get(quantity.claim or "")
    where = f", claim {number}" if number is not None else ""
    yield Line(body=f"{sign.sign} {sign.word}{where}", style=_STYLES[worst(quantity)])
    room = max(len(v.letters[use.account]) for use in quantity.uses)
    shown, left = first_of(quantity.uses, _USES)
    for use in shown:
        yield Line(2, v.letters[use.account], _use(use), room=room)
    yield from rest(2, left, "figure", room)


def _use(use: FigureUse) -> str:
    counted = f" {quoted(use.counted.text, _WORDS)}" if use.counted else ""
    voice = "" if use.voice == "own" else ", in a quoted voice"
    return f"{quoted(use.text, _WORDS)}{counted}: {amount(use)}{voice}"


def polls(v: View) -> Iterator[Line]:
    """Give the polls that accounts tell of, each with its shares; those whose shares are more than all are marked."""
    found = v.comparison.polls
    if not found:
        return
    yield from section(f"POLLS: {len(found)}")
    room = max(len(v.letters[poll.account]) for poll in found)
    shown, left = first_of(found, _QUANTITIES)
    for poll in shown:
        yield Line(2, v.letters[poll.account], _poll(poll), room=room)
        if poll.over_full:
            yield Line(2, "", MORE_THAN_ALL, style="conflict", room=room)
    yield from rest(2, left, "poll", room)


def _poll(poll: PollTold) -> str:
    """The account's words for pollster, dates, sample, scenario, shares, lead and margin, by what they are."""
    shares = [
        f"{quoted(one.answer.text, _WORDS) if one.answer else 'answer not named'} {quoted(one.figure.text, _WORDS)}"
        for one in poll.shares
    ]
    parts = (("", poll.pollster), ("dates ", poll.dates), ("sample ", poll.sample), ("", poll.scenario))
    after = (("lead ", poll.lead), ("margin ", poll.margin))
    told = [f"{name}{quoted(part.text, _WORDS)}" for name, part in parts if part]
    told += [f"shares {', '.join(shares)}"]
    return "; ".join([*told, *(f"{name}{quoted(part.text, _WORDS)}" for name, part in after if part)])


def timeline(v: View) -> Iterator[Line]:
    """Give the days on which something happened, by the accounts' words, and who told it when."""
    days: dict[tuple[str, str | None], list[TimelineEntry]] = {}
    for entry in v.comparison.timeline:
        days.setdefault((entry.value[:10], entry.until), []).append(entry)
    if not days:
        return
    yield from section(f"WHEN: {plural(len(days), 'day or span of days', 'days or spans of days')}")
    shown, left = first_of(list(days), _DAYS)
    for key in shown:
        yield Line(2, "", day(*key), style="head")
        yield from _told(v, days[key])
    yield from rest(2, left, "day")


def _told(v: View, entries: list[TimelineEntry]) -> Iterator[Line]:
    claims: dict[str, list[TimelineEntry]] = {}
    for entry in entries:
        claims.setdefault(entry.claim, []).append(entry)
    shown, left = first_of(sorted(claims, key=lambda claim: v.numbers[claim]), _TOLD)
    for claim in shown:
        words = ", ".join(dict.fromkeys(f"{v.letters[one.account]} {quoted(one.text, 40)}" for one in claims[claim]))
        first = told_first(v, claim)
        when = f"; first told {clean(first)}" if first else ""
        yield Line(4, f"{v.numbers[claim]}.", f"{quoted(v.titles[claim].text, _WORDS)} by {words}{when}", room=4)
    yield from rest(4, left, "claim", 4)
