"""Readings of invented events, three accounts each: enough words for the grouping, no layers."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from tellings.ingest import account_from_text
from tellings.records import Reading
from tests.show.readings import empty

_FIRST = ("barl", "crom", "duns", "fell", "gorm", "hask", "kend", "lorn", "mord", "nesk", "orm", "pels", "quor", "tarn")
_LAST = ("ville", "wick", "mouth", "stead", "holm", "dale", "by", "ness", "thorpe", "garth")
_WHAT = ("ferry", "school", "mill", "bridge", "tower", "orchard", "quarry", "library", "market", "tunnel", "brewery")
_DID = ("burned", "was sold", "opened", "was flooded", "lost its roof", "won a prize", "closed", "was painted")


def told(event: int, account: int, lines_told: int = 7, **head: Any) -> Reading:
    """One account of an event: its names and numbers are the event's, its sentences its own."""
    of_event, own = random.Random(event), random.Random(f"{event}/{account}")
    places = [of_event.choice(_FIRST).capitalize() + of_event.choice(_LAST) + of_event.choice(_FIRST) for _ in range(8)]
    what, did = of_event.choice(_WHAT), of_event.choice(_DID)
    lines = [f"The {what} of {place} {did}, said {place}son, number {of_event.randrange(9999)}." for place in places]
    own.shuffle(lines)
    text = f"The {what} at {places[0]} {did}. " + " ".join((*lines[:lines_told], f"Paper {account}."))
    made = account_from_text(text, id=f"event-{event}-{account}")
    day = f"2031-04-{event % 27 + 1:02}"
    return empty(replace(made, published=day, title=f"{places[0]} {what}", outlet=f"Outlet {account}", **head))


def stream(count: int, *, seed: int = 4) -> list[Reading]:
    """So many accounts of a third as many events, mixed as a day's news is."""
    order = [(number // 3, number % 3) for number in range(count)]
    random.Random(seed).shuffle(order)
    return [told(*one, lines_told=2) for one in sorted(order, key=lambda one: one[0] // 8)]
