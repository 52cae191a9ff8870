"""Weeks, months, quarters and years told by their place beside another: "last year", "a week ago", "the quarter"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from tellings.reading.calendar import Anchor, anchor_of, dated, days_of, period, relative
from tellings.reading.time_months import nearest_year
from tellings.reading.time_rules import Found, Rule, Scene, after, before, rule
from tellings.reading.time_words import (
    ABOUT,
    COUNT,
    EARLY,
    JOINT,
    MONTH,
    STEPS,
    UNIT,
    UNITS,
    WEEKDAY,
    YEAR,
    compiled,
    count,
    month,
    ordinal,
    plain,
    steps,
    weekday,
)

_PICK = (
    "(?:last|past|this|next|the_(?:last|past|next|coming|current|previous|preceding|following|same|latest|prior|present"
    "|entire|full)|coming|current|this_(?:past|coming)|that(?:_same)?|the)"
)
_SPAN = r"(?P<unit>week|weekend|month|quarter|year|decade|century|day|period)(?:-long)?"
_LATER = {"the following", "the previous", "the preceding", "the same", "that", "that same", "the prior"}


def _period(match: re.Match[str], scene: Scene) -> Found:
    """A period told by its place beside the running one, or beside the one named last."""
    pick, unit = plain(match["pick"]), match["unit"].lower()
    if unit in {"quarter", "period"} and pick not in {"this", "the current", "current", "next", "the next"}:
        return Found("date", _running_quarter(match, scene, pick), not match["fiscal"])
    if unit == "year" and _ENDED.match(after(match)):
        return Found("duration", "P1Y")
    from_then = pick in _LATER or (unit == "day" and pick == "the next")
    start = scene.then if from_then else scene.now
    if pick in {"the next", "the coming"} and unit in {"decade", "century"}:
        return Found("duration", "P10Y" if unit == "decade" else "P100Y")
    if pick in {"the last", "the past"} and unit != "weekend" and not match["early"]:
        return Found("duration", {"decade": "P10Y", "century": "P100Y"}.get(unit, f"P1{UNITS[unit]}"))
    past = unit == "weekend" and pick == "the" and _weekend_is_past(scene)
    return Found("date", relative(start, unit, -1 if past else steps(pick)), not match["fiscal"])


_ENDED = compiled(rf"_(?:that_)?(?:ended|ending|ends)_(?:(?P<m>{MONTH})|)")


def _running_quarter(match: re.Match[str], scene: Scene, pick: str) -> str | None:
    """The quarter that is talked of: the one that ends in the month told, the one named last, else the last to end."""
    ended = _ENDED.match(after(match, 40))
    if ended and ended["m"] and scene.now is not None:
        year = nearest_year(scene.now, month(ended["m"]), -1, dated=False)
        day = dated(year, month(ended["m"]), 1) if year else None
        return period(day, "quarter") if day else None
    count = steps(pick) if pick not in {"the past", "past"} else 0
    if scene.quarter is not None and pick != "last":
        return relative(anchor_of(scene.quarter), "quarter", count)
    return relative(scene.now, "quarter", count or -1)


def _weekend_is_past(scene: Scene) -> bool:
    return scene.now is not None and scene.now.day.weekday() < 5 and scene.tense() <= 0


def _is_period(match: re.Match[str]) -> bool:
    """Not a length ("the year's end" is one, "the day the" is not), nor "the week-long" and its like."""
    pick, unit = plain(match["pick"]), match["unit"].lower()
    if re.match(r"-(?:long|old|ago|earlier|end|to|over)|\s+(?:ago|earlier|before|to\s+date)\b", after(match)):
        return False
    if match[0].endswith("-long") and pick == "the":
        return False
    if unit == "day":
        return pick in {"the next", "the following", "the previous", "that", "the same", "that same", "the preceding"}
    if unit == "period":
        return pick in {"the latest", "the same", "that", "the previous", "the prior", "the current"}
    return pick != "the" or unit in {"week", "weekend", "quarter", "year", "month"}


# ---------------------------------------------------------------- ago, earlier, later


def _ago(match: re.Match[str], scene: Scene) -> Found:
    """So many units before or after: from publication with "ago", else from the date named last."""
    number = count(match["n"]) if match["n"] else None if match["unit"].lower().endswith("s") else 1.0
    unit = match["unit"].lower().rstrip("s").replace("centurie", "century")
    way = plain(match["way"])
    back = way not in {"later", "from now", "hence", "time"}
    if number is None or number > 100_000:
        return Found("date", "PAST_REF" if way == "ago" else None)
    start = scene.now if way in {"ago", "from now", "time"} else scene.then or (scene.now if back else None)
    if unit == "year" and number == 1 and back and scene.quarter is not None:
        return Found("date", relative(anchor_of(scene.quarter), "quarter", -4), aside=True)
    if unit in {"second", "minute", "hour"}:
        return Found("time", _clocked(scene, unit, -number if back else number))
    return Found("date", _told(_counted(start, unit, -number if back else number), way, start, scene.now))


def _told(value: str | None, way: str, start: Anchor | None, now: Anchor | None) -> str | None:
    """A value, unless "later" leads from before the publication past it: then it was reckoned from something else."""
    days = days_of(value)
    if way == "later" and start and now and days and start.day <= now.day < days[0]:
        return None
    return value


def _clocked(scene: Scene, unit: str, number: float) -> str | None:
    """The clock time so much later or earlier than the one named last: "six minutes later"."""
    if unit == "second" or not scene.before or not _CLOCK.fullmatch(scene.before):
        return None
    try:
        moment = datetime.fromisoformat(scene.before) + timedelta(minutes=number * (60 if unit == "hour" else 1))
    except (ValueError, OverflowError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M")


_CLOCK = re.compile(r"[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d")


def _weeks_from(match: re.Match[str], scene: Scene) -> Found:
    """A week from Tuesday: so many weeks after the next such day."""
    if scene.now is None or scene.now.precision != "day":
        return Found("date", None)
    ahead = (
        ((weekday(match["w"]) - scene.now.day.weekday()) % 7 or 7)
        if match["w"]
        else int(match["day"].lower() != "today")
    )
    weeks = 2 if match["two"] else 3 if match["three"] else 1
    return Found("date", relative(scene.now, "day", ahead + 7 * weeks))


def _counted(start: Anchor | None, unit: str, number: float) -> str | None:
    """The period so many units away, told as exactly as the unit."""
    unit, times = {"fortnight": ("week", 2), "weekend": ("week", 1), "yr": ("year", 1), "decade": ("year", 10)}.get(
        unit, (unit, 1)
    )
    number *= times
    if number != int(number):
        unit, parts = {"year": ("month", 12), "week": ("day", 7)}.get(unit, (unit, 1))
        number *= parts
    return relative(start, unit, round(number))


def _year_ago(match: re.Match[str], scene: Scene) -> Found:
    """The year-earlier quarter: the one named last, a year before."""
    what = plain(match["what"])
    if scene.quarter is not None and what != "month":
        return Found("date", relative(anchor_of(scene.quarter), "quarter", -4), aside=True)
    if what == "quarter":
        return Found("date", relative(scene.now, "quarter", -5))
    return Found("date", relative(scene.now, "month" if what == "month" else "year", -12 if what == "month" else -1))


# ---------------------------------------------------------------- quarters and halves

_NTH = r"(?P<nth>first|second|third|fourth|final|last|1st|2nd|3rd|4th)"


def _quarter(match: re.Match[str], scene: Scene) -> Found:
    """A quarter or half of a year told, else the last that has begun or, with a verb of what is to come, the next."""
    half = match["what"].lower() == "half"
    size = 2 if half else 4
    word = match["nth"].lower()
    number = size if word in {"final", "last"} else ordinal(word)
    if number > size:
        return Found("date", None)
    year = _quarter_year(match, scene, number, 12 // size)
    return Found("date", f"{year:04d}-{'H' if half else 'Q'}{number}" if year else None, not match["fiscal"])


def _quarter_year(match: re.Match[str], scene: Scene, number: int, length: int) -> int | None:
    told = match["y"] or match["y2"]
    if told:
        return int(told)
    if scene.now is None or not scene.now.tells("quarter"):
        return None
    if match["which"]:
        return scene.now.day.year + STEPS[match["which"].lower()]
    running = (scene.now.day.month - 1) // length + 1
    if scene.tense() > 0 and number < running - 1:
        return scene.now.day.year + 1
    return scene.now.day.year - (number > running and not (scene.tense() > 0))


def _short_quarter(match: re.Match[str], scene: Scene) -> Found:
    year = int(match["y"]) if match["y"] else scene.now.day.year if scene.now else None
    return Found("date", f"{year:04d}-{match['q'].upper()}" if year else None)


_WAY = r"(?P<way>ago|earlier|before(?!_\w)|later|from_now|hence|previously|prior)"
PERIODS: tuple[Rule, ...] = (
    rule(rf"(?P<early>{EARLY})?(?P<pick>{_PICK})_(?P<fiscal>(?:fiscal|financial)_)?{_SPAN}", _period, _is_period),
    rule(rf"(?:{ABOUT})?(?:(?P<n>{COUNT}){JOINT})?(?P<unit>{UNIT}s?)_{_WAY}", _ago),
    rule(
        rf"(?P<n>{COUNT}){JOINT}(?P<unit>{UNIT}s?)['’]s?_(?P<way>time)",
        _ago,
        lambda match: before(match).rstrip().endswith("in"),
    ),
    rule(
        rf"(?:a|(?P<two>two)|(?P<three>three))_weeks?_from_(?:(?P<w>{WEEKDAY})|(?P<day>today|tomorrow))",
        _weeks_from,
    ),
    rule(
        rf"(?:the_)?(?P<nth>first|last|second)_(?:two_quarters|six_months)_of_(?P<y>{YEAR})",
        lambda match, _: Found("date", f"{match['y']}-H{1 if match['nth'].lower() == 'first' else 2}"),
    ),
    rule(
        r"(?:(?:the_)?(?:comparable_)?year-?(?:ago|earlier)_(?P<what>quarter|period|month|half)|year-(?:ago|earlier))",
        _year_ago,
    ),
    rule(
        rf"(?:{EARLY})?(?:the_(?!\w{{1,9}}-quarter))?(?:(?P<y2>{YEAR})(?:['’]s)?_)?(?P<fiscal>fiscal[- ])?{_NTH}{JOINT}"
        rf"(?:fiscal_)?(?P<what>quarter|half)"
        rf"(?:(?:_of)?,?_(?:fiscal_)?(?P<y>{YEAR})|_(?:of_)?(?P<which>last|this|next)_year)?",
        _quarter,
        lambda match: match["what"].lower() == "quarter" or bool(match["y"] or match["which"] or match["y2"]),
    ),
    rule(rf"(?P<q>Q[1-4]|H[12])(?:_(?:of_)?(?P<y>{YEAR}))?", _short_quarter),
    rule(
        r"(?:the_)?(?:year[- ]end|year['’]s_end|end_of_the_year)",
        lambda _, scene: Found("date", relative(scene.now, "year", 0)),
    ),
)
