"""Seasons and holidays."""

from __future__ import annotations

import re

from tellings.reading.calendar import SEASONS, Anchor, moved, period
from tellings.reading.holidays import HOLIDAYS, holiday
from tellings.reading.time_months import nearest_year
from tellings.reading.time_rules import Found, Rule, Scene, after, before, rule
from tellings.reading.time_words import EARLY, SEASON, SEASON_WORDS, STEPS, YEAR, either, plain


def _season(match: re.Match[str], scene: Scene) -> Found:
    """A season of a year told, else the last one or the one to come."""
    name = SEASON_WORDS[match["s"].lower()]
    if match["y"]:
        return Found("date", f"{match['y']}-{name}")
    if scene.now is None or not scene.now.tells("month"):
        return Found("date", None)
    if match["which"]:
        return Found("date", f"{scene.now.day.year + STEPS[match['which'].lower()]:04d}-{name}")
    return Found("date", f"{_season_year(plain(match['pick']), scene, scene.now, SEASONS[name]):04d}-{name}")


def _season_year(pick: str, scene: Scene, now: Anchor, begins: int) -> int:
    """The year of the last season that begins in a month, of the running or of the next one."""
    year, at = now.day.year, now.day.month
    if pick == "this":
        return year - (begins == SEASONS["WI"] and at <= 2)
    if pick in {"last", "the last", "the past", "this past"}:
        return year - (at < begins + 3)
    if pick in {"next", "the next", "the coming", "this coming"} or scene.tense() > 0:
        return year + (at >= begins)
    return year - (at < begins)


_VERBS = frozenset(["fall", "spring"])


def _is_season(match: re.Match[str]) -> bool:
    """Fall and spring are verbs too: they need a word that places them."""
    if re.match(r"[-’']|\s+(?:of|in|from|short|apart|to|into)\b", after(match)) and not match["y"]:
        return plain(match["pick"]) not in {"", "the"} or (bool(match["pick"]) and match["s"].lower() not in _VERBS)
    if match["pick"] or match["y"] or match["which"] or match["early"]:
        return True
    return bool(re.search(r"\b(?:in|since|during|by|until)\s+(?:the\s+)?$", before(match), re.IGNORECASE))


def _key(name: str) -> str:
    return plain(name).replace("'", "")


_KNOWN = {_key(name): name for name in HOLIDAYS}


def _holiday(match: re.Match[str], scene: Scene) -> Found:
    name = _KNOWN[_key(match["h"])]
    year = int(match["y"]) if match["y"] else _holiday_year(match, scene, name)
    day = holiday(name, year) if year else None
    if day and match["eve"]:
        day = moved(day, "day", -1)
    if day and match["around"]:
        return Found("date", period(day, plain(match["around"])))
    return Found("date", day.isoformat() if day else None)


def _holiday_year(match: re.Match[str], scene: Scene, name: str) -> int | None:
    if scene.now is None or scene.now.precision != "day":
        return scene.now.day.year if scene.now and not match["pick"] and not match["which"] else None
    if match["which"]:
        return scene.now.day.year + STEPS[match["which"].lower()]
    pick, this = plain(match["pick"]), holiday(name, scene.now.day.year)
    if this is None or pick == "this":
        return scene.now.day.year
    if pick == "last" or (not pick and scene.tense() < 0):
        return scene.now.day.year - (this > scene.now.day)
    if pick == "next" or scene.tense() > 0:
        return scene.now.day.year + (this < scene.now.day)
    return nearest_year(scene.now, this.month, 0, dated=True)


NAMED: tuple[Rule, ...] = (
    rule(
        rf"(?P<early>{EARLY})?(?:(?P<pick>last|this(?:_past|_coming)?|next|the(?:_past|_last|_next|_coming)?|that)_"
        rf"(?:early_|late_)?)?"
        rf"(?P<s>{SEASON})(?:(?:_of|,)?_(?P<y>{YEAR})|_(?P<which>last|this|next)_year)?",
        _season,
        _is_season,
    ),
    rule(
        rf"(?:(?P<eve>(?:the_)?eve_of)_)?(?:(?P<pick>last|this|next)_)?(?P<h>{either(HOLIDAYS)})"
        rf"(?P<around>_week(?:end)?)?(?:,?_(?P<y>{YEAR})|_(?P<which>last|this|next)_year)?",
        _holiday,
        lambda match: match["h"][0].isupper(),
    ),
)
