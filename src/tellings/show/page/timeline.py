"""Two tracks - when it happened, and when each account first told it - drawn, and a table below with the words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tellings.show.measures import day, told_first
from tellings.show.page.html import Html, el, excerpt, join
from tellings.show.page.parts import letter, q
from tellings.show.page.tables import claim_link, table
from tellings.show.signs import plural
from tellings.show.view import View, tellers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tellings.records import Account, TimelineEntry

_WIDTH, _MARGIN = 920, 100
"""Pixels: the drawing, and what at each side is kept for days before and after the window."""
_BEFORE, _AFTER = 10, 3
"""Days of the window before the first account and after the last."""
_DOTS, _DOT = 9, 9
"""Claims of one column that have a dot each, more are counted; and the width and height of a dot's place."""
_TOP, _GAP, _LINE = 18, 56, 15
_EDGE = 30
"""Where the days before and after the window stand, in pixels from either side."""
_LABELS = 8
"""Days named on the axis at most."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The window of days: where in the drawing a moment stands."""

    first: date
    last: date

    def x(self, moment: datetime) -> int:
        """Give the place of a moment; one outside of the window stands in the margin of its side."""
        if moment.date() < self.first:
            return _EDGE
        if moment.date() > self.last:
            return _WIDTH - _EDGE
        days = (moment.replace(tzinfo=None) - datetime.combine(self.first, datetime.min.time())) / timedelta(days=1)
        return round(_MARGIN + days / ((self.last - self.first).days + 1) * (_WIDTH - 2 * _MARGIN))


def timeline(v: View) -> Html:
    """Build the drawing, and the table: by day what happened, in whose words, and which account told it first."""
    days: dict[tuple[str, str | None, str], list[TimelineEntry]] = {}
    for entry in v.comparison.timeline:
        days.setdefault((entry.value, entry.until, entry.claim), []).append(entry)
    rows, before = [], ""
    for (value, until, claim), told in days.items():
        when = day(value, until).replace("T", " ")
        rows.append(_day(v, "" if when == before else when, claim, told))
        before = when
    heads = ["When it happened", "Claim", "By the words", "First told"]
    return join([_tracks(v), table(heads, [el("tbody", *rows)], "timeline")])


def _day(v: View, when: str, claim: str, told: Sequence[TimelineEntry]) -> Html:
    """Build what one claim tells of one day; `when` is empty below another claim of the same day."""
    ordered = sorted(told, key=lambda entry: (v.letters[entry.account], entry.start))
    words = join([join([letter(v, entry.account), " ", excerpt(entry)]) for entry in ordered], ", ")
    return el(
        "tr",
        el("td", when, class_="ours"),
        el("td", join([claim_link(v, claim), " ", q(v.titles[claim])])),
        el("td", words),
        el("td", told_first(v, claim) or "cannot tell: an account has no date", class_="ours"),
    )


def _moment(told: str | None) -> datetime | None:
    """A moment that can be drawn: to the day at least, and of a year that a calendar can count from."""
    try:
        found = datetime.fromisoformat(told) if told else None
    except ValueError:
        return None
    return found.replace(tzinfo=None) if found and 1000 < found.year < 9000 else None


def _tracks(v: View) -> Html:
    """Draw the tracks; nothing where no account has a date to draw them by."""
    dated = [(account, moment) for account in v.accounts if (moment := _moment(account.published)) is not None]
    happened = {entry.claim: moment for entry in v.comparison.timeline if (moment := _moment(entry.value)) is not None}
    if not dated or not happened:
        return Html("")
    moments = [moment for _, moment in dated]
    scale = Scale(min(moments).date() - timedelta(days=_BEFORE), max(moments).date() + timedelta(days=_AFTER))
    columns: Counter[int] = Counter(_centre(scale, moment) for moment in happened.values())
    axis = _TOP + (min(_DOTS, max(columns.values())) + 1) * _DOT + 12
    second = axis + _GAP
    letters, depth = _letters(v, scale, dated, second)
    shapes = [*_lines(v, scale, happened, dated, axis, second), *_dots(columns, axis), *letters]
    shapes += _axis(scale, axis, columns)
    heads = [
        el("text", text, x=0, y=y, class_="ours")
        for text, y in (("When it happened", 12), ("When each account told it", second + depth + 14))
    ]
    height = second + depth + 20
    label = f"When {plural(len(happened), 'claim')} happened, above, and when each account told them, below"
    drawing = el(
        "svg", *heads, *shapes, viewBox=f"0 0 {_WIDTH} {height}", width=_WIDTH, height=height, class_="tracks",
        role="img", aria_label=label,
    )  # fmt: skip
    meant = "A dot is a claim, on the day it tells of; a line leads to the account that was the first to tell it."
    shown = el("div", drawing, class_="scroll", tabindex="0", role="region", aria_label="Timeline, drawn")
    return join([el("p", meant, class_="note"), shown])


def _centre(scale: Scale, moment: datetime) -> int:
    """The middle of a moment's day, in columns a dot wide, so that dots of near days do not lie over each other."""
    x = scale.x(moment.replace(hour=12, minute=0, second=0, microsecond=0))
    return _MARGIN + round((x - _MARGIN) / _DOT) * _DOT if _MARGIN <= x <= _WIDTH - _MARGIN else x


def _dots(columns: Counter[int], axis: int) -> list[Html]:
    shapes = []
    for x, number in sorted(columns.items()):
        shown = min(number, _DOTS)
        shapes += [el("circle", cx=x, cy=axis - 8 - n * _DOT, r=3) for n in range(shown)]
        if number > shown:
            shapes.append(el("text", f"{number}", x=x, y=axis - 6 - shown * _DOT, class_="ours mid"))
    return shapes


def _letters(v: View, scale: Scale, dated: Sequence[tuple[Account, datetime]], top: int) -> tuple[list[Html], int]:
    """Set the accounts' letters below their time, in the first row that has room; and give the depth in pixels."""
    rows: list[int] = []
    shapes = []
    for account, moment in dated:
        name, x = v.letters[account.id], scale.x(moment)
        room = 9 * len(name) + 5
        row = next((n for n, end in enumerate(rows) if end <= x), len(rows))
        rows[row : row + 1] = [x + room]
        shapes.append(el("text", name, x=x, y=top + 14 + row * _LINE, class_="letter mid"))
        shapes.append(el("line", x1=x, x2=x, y1=top - 4, y2=top + 3, class_="tick"))
    return shapes, 6 + len(rows) * _LINE


def _lines(  # noqa: PLR0913 - both ends of the lines, and the heights between which they run
    v: View,
    scale: Scale,
    happened: dict[str, datetime],
    dated: Sequence[tuple[Account, datetime]],
    axis: int,
    second: int,
) -> list[Html]:
    """Lead from each day to the account that told it first, as wide as there are claims, where that can be told."""
    places = {account.id: scale.x(moment) for account, moment in dated}
    found: Counter[tuple[int, int]] = Counter()
    for claim in v.claims:
        by = [account.id for account in v.accounts if account.id in tellers(claim)] if claim.id in happened else []
        if by and all(one in places for one in by):
            found[_centre(scale, happened[claim.id]), places[by[0]]] += 1
    return [
        el("path", d=f"M{a} {axis} L{b} {second - 4}", stroke_width=min(5, 1 + number // 3), class_="line")
        for (a, b), number in sorted(found.items())
    ]


def _axis(scale: Scale, y: int, columns: Counter[int]) -> list[Html]:
    """Draw the axis with some of its days; and the margins where anything stands in them."""
    days = (scale.last - scale.first).days + 1
    step = -(-days // _LABELS)
    shapes = [el("line", x1=_MARGIN, x2=_WIDTH - _MARGIN, y1=y, y2=y, class_="axis")]
    for n in range(0, days, step):
        one = scale.first + timedelta(days=n)
        x = _centre(scale, datetime.combine(one, datetime.min.time()))
        shapes.append(el("line", x1=x, x2=x, y1=y - 3, y2=y + 3, class_="axis"))
        shapes.append(el("text", one.isoformat(), x=x, y=y + 15, class_="ours mid"))
    for x, text in ((_EDGE, "before"), (_WIDTH - _EDGE, "after")):
        if x in columns:
            shapes.append(el("text", text, x=x, y=y + 15, class_="ours mid"))
    return shapes
