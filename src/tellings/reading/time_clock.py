"""Times of the day: clock times with their day, noon and midnight."""

from __future__ import annotations

import re

from tellings.reading.time_rules import Found, Rule, Scene, after, before, rule
from tellings.reading.time_words import NUMBERS, ZONE, either, plain

_HALF = {"a": 0, "p": 12}


def _clock(match: re.Match[str], scene: Scene) -> Found:
    """An hour on the day named last in its sentence, else on that of publication."""
    hour, minute = int(match["h"]), int(match["m"] or 0)
    part = plain(match["part"])
    if match["half"]:
        hour = hour % 12 + _HALF[match["half"].lower()]
    elif part:
        hour = hour % 12 + (0 if part == "morning" or (part == "night" and hour in {12, 1, 2, 3}) else 12)
    return _at(scene, f"T{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None)


_HOURS = {**{word: n for word, n in NUMBERS.items() if n <= 12}, "noon": 12, "midnight": 24}
_MINUTES = {"half": 30, "a quarter": 15, "quarter": 15, "five": 5, "ten": 10, "twenty": 20}


def _spoken(match: re.Match[str], scene: Scene) -> Found:
    """A clock time in words: "half past nine", "a quarter to six"."""
    minutes = _MINUTES[plain(match["n"])] * (1 if match["way"].lower() == "past" else -1)
    hour = _HOURS[match["word"].lower()]
    if (match["half"] or "").lower() == "p" or match["part"] in {"afternoon", "evening"}:
        hour = hour % 12 + 12
    whole = (60 * hour + minutes) % (24 * 60)
    return _at(scene, f"T{whole // 60:02d}:{whole % 60:02d}")


def _named(match: re.Match[str], scene: Scene) -> Found:
    return _at(scene, "T24:00" if plain(match[0]).endswith("midnight") else "T12:00")


def _at(scene: Scene, clock: str | None) -> Found:
    day = scene.beside if scene.beside and len(scene.beside) >= 10 and "/" not in scene.beside else None
    if day is None and scene.now is not None and scene.now.precision == "day":
        day = scene.now.day.isoformat()
    return Found("time", f"{day[:10]}{clock}" if day and clock else None)


_AT = re.compile(r"\b(?:at|by|until|till|around|about|before|after|from|since|to|between|and)\s+$", re.IGNORECASE)


def _is_clock(match: re.Match[str]) -> bool:
    """A bare 10:30 only where a word places it: it may be a score, a verse or a race's time."""
    if re.search(r"[\d:.,/-]$", before(match, 1)) or int(match["h"]) > 24:
        return False
    if match["half"] or match["zone"] or match["part"]:
        return (1 <= int(match["h"]) <= 12) or not match["half"]
    return (
        match["dot"] == ":"
        and bool(_AT.search(before(match)))
        and not re.match(r"[:\d]|\s+(?:minutes|win|loss|into)\b", after(match))
    )


_ROUND = r"(?:(?:around|about|shortly_(?:before|after)|just_(?:before|after)|nearly|almost|exactly)_)?"
CLOCK: tuple[Rule, ...] = (
    rule(
        rf"{_ROUND}(?P<h>\d{{1,2}})(?:(?P<dot>[:.])(?P<m>[0-5]\d)(?!\d)(?::[0-5]\d)?)?(?:[^\S\n]?(?P<half>[ap])\.?[^\S\n]?m(?:\.|\b)|[^\S\n]o['’]clock)?(?:[^\S\n](?P<zone>{ZONE}))?(?:_in_the_(?P<part>morning|afternoon|evening)|_at_(?P<night>night))?",
        _clock,
        _is_clock,
    ),
    rule(
        rf"{_ROUND}(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)_?(?P<zone>{ZONE}|hours)(?P<half>)(?P<part>)",
        _clock,
        lambda match: not re.search(r"[\w$£€.,-]$", before(match, 1)),
    ),
    rule(
        rf"{_ROUND}(?P<n>half|(?:a_)?quarter|five|ten|twenty)_(?P<way>past|to)_(?P<word>{either(_HOURS)})"
        r"(?:_(?P<half>[ap])\.?m\.?|_in_the_(?P<part>morning|afternoon|evening))?",
        _spoken,
    ),
    rule(
        rf"{_ROUND}(?:noon|midday|midnight)(?:_{ZONE})?",
        _named,
        lambda match: not re.search(r"[Hh]igh\s$", before(match)),
    ),
)
