"""What a renderer says in words of its own about an item: kinds, bounds, marks; never a word of an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tellings.records import SourceType
    from tellings.show.reading.drawn import DrawnFigure, DrawnStatement, DrawnTime

KIND_NOT_KNOWN = "kind not known"
NOT_TOLD = "cannot tell"


def source_kind(kind: SourceType | None) -> str:
    """Say what kind of source it is."""
    return kind or KIND_NOT_KNOWN


def value(figure: DrawnFigure) -> str:
    """Say how a figure was read: `at least 9 people`, `12 to 15 %`."""
    low, high = (f"{number:,.10g}" for number in (figure.low, figure.high))
    amount = low if figure.low == figure.high else f"{low} to {high}"
    bound = "" if figure.bound == "exactly" else f"{figure.bound} "
    return f"{bound}{amount} {figure.unit}".strip()


def when(time: DrawnTime) -> str:
    """Say how a time was read: `date, 2025-11-03`, `date, 2025-W44: 2025-10-27 to 2025-11-02`."""
    if time.value is None:
        return f"{time.kind}, {NOT_TOLD}"
    days = "" if time.first is None else time.first if time.first == time.last else f"{time.first} to {time.last}"
    return f"{time.kind}, {time.value}" + (f": {days}" if days not in {"", time.value} else "")


def marks(statement: DrawnStatement) -> list[str]:
    """Say what kind of statement it is, and what is not to be expected of one: negated, hedged, quoted."""
    found: list[str] = [statement.kind or KIND_NOT_KNOWN]
    if statement.polarity == "negated":
        found.append("negated")
    if statement.certainty == "hedged":
        found.append("hedged")
    if statement.quoted:
        found.append("quoted")
    return found
