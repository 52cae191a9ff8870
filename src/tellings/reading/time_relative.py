"""Dates that are told by their place before or after another day: weekdays, "last year", "two days later", quarters."""

from __future__ import annotations

import re
from datetime import timedelta

from tellings.reading.calendar import Anchor, anchor_of, dated, moved, period, relative
from tellings.reading.time_dates import nearest_year
from tellings.reading.time_rules import Found, Rule, Scene, after, before, rule
from tellings.reading.time_words import (
    ABOUT,
    COUNT,
    EARLY,
    JOINT,
    PART,
    PARTS,
    UNIT,
    UNITS,
    MONTH,
    WEEKDAY,
    YEAR,
    compiled,
    count,
    month,
    ordinal,
    plain,
    weekday,
)

# ---------------------------------------------------------------- weekdays

_BACK = {"last", "previous", "the previous", "the preceding", "this past", "the past"}
_ON = {"next", "the following", "the next", "this coming", "the coming", "following"}


def _weekday(match: re.Match[str], scene: Scene) -> Found:
    """The last such day, the running one with it, unless the words or the tense tell of the one to come."""
    pick = plain(match["pick"])
    if pick in {"every", "each"} or match["many"]:
        part = f"T{PARTS[match['part'].lower()]}" if match["part"] else ""
        return Found("set", f"XXXX-WXX-{weekday(match['w']) + 1}{part}")
    start = scene.then or scene.now if pick in {"the following", "the previous", "the preceding"} else scene.now
    day = _nearest_weekday(start, weekday(match["w"]), pick, scene)
    if day is None or match["part"] is None:
        return Found("date" if match["part"] is None else "time", day.isoformat() if day else None)
    return Found("time", f"{day.isoformat()}T{PARTS[match['part'].lower()]}")


def _nearest_weekday(start: Anchor | None, number: int, pick: str, scene: Scene):  # noqa: ANN202
    if start is None or start.precision != "day":
        return None
    back, ahead = (start.day.weekday() - number) % 7, (number - start.day.weekday()) % 7
    if pick in _ON:
        return moved(start.day, "day", ahead or 7)
    if pick in _BACK:
        return moved(start.day, "day", -(back or 7))
    if pick == "this":
        return moved(start.day, "day", number - start.day.weekday())
    return moved(start.day, "day", ahead if scene.tense() > 0 else -back)


_PAPER = re.compile(
    r"\s+(?:Times|Telegraph|Herald|Post|Mail|Express|Mirror|News|Tribune|Independent|Review|Magazine|People|Night (?:Live|Football|Lights)|Agreement)\b"
)
_NAMED = re.compile(
    r"\b(?:Black|Good|Ash|Super|Bloody|Palm|Easter|Cyber|Ruby|Billy|Giving|Fat|Shrove|Maundy|Holy|Whit)\s+$"
)
_SPEAKS = re.compile(r"\s+(?:says|told|added)\b")


def _is_weekday(match: re.Match[str]) -> bool:
    """With its capital, and no newspaper ("The Sunday Times"), holiday or anybody's name."""
    if not match["w"][0].isupper():
        return False
    return not (
        _PAPER.match(after(match))
        or _NAMED.search(before(match))
        or (_SPEAKS.match(after(match)) and not match["part"] and re.match(r"\s+says\b", after(match)))
    )


# ---------------------------------------------------------------- today and its like

_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0, "overnight": 0}


def _deictic(match: re.Match[str], scene: Scene) -> Found:
    word = match["day"].lower()
    offset = _DAYS[word] + (0 if not match["beyond"] else -1 if "before" in match["beyond"].lower() else 1)
    value = relative(scene.now, "day", offset)
    part = "NI" if word in {"tonight", "overnight"} else PARTS[match["part"].lower()] if match["part"] else ""
    if not part:
        return Found("date", value)
    return Found("time", f"{value}T{part}" if value else None)


def _part_of_day(match: re.Match[str], scene: Scene) -> Found:
    """This morning, last night, the next morning."""
    pick = plain(match["pick"])
    if pick in {"the next", "the following", "the previous", "that", "the same"}:
        value = relative(scene.then, "day", _steps(pick))
    else:
        value = relative(scene.now, "day", -1 if pick == "last" else 0)
    return Found("time", f"{value}T{PARTS[match['part'].lower()]}" if value else None)


def _steps(pick: str) -> int:
    if any(word in pick for word in ("last", "previous", "preceding", "past")):
        return -1
    return 1 if any(word in pick for word in ("next", "coming", "following")) else 0


_PAST, _PRESENT, _FUTURE = "PAST_REF", "PRESENT_REF", "FUTURE_REF"
_SOON = r"soon|shortly|near"


def _vague(match: re.Match[str], _scene: Scene) -> Found:
    if match["past"]:
        return Found("date", _PAST)
    return Found("date", _PRESENT if match["present"] else _FUTURE)


def _is_vague(match: re.Match[str]) -> bool:
    """Not "as soon as" nor "current affairs": where the word tells of a time by itself."""
    if match["past"] and match[0].lower() == "the past":
        return not re.match(r"\s+(?:few|several|[a-z]+\s+(?:years?|months?|weeks?|days?))", after(match, 40))
    return not (match[0].lower() == "soon" and re.match(r"\s+(?:as|after|before|enough)\b", after(match)))


# ---------------------------------------------------------------- weeks, months, quarters and years

_PICK = (
    rf"(?:last|past|this|next|the_(?:last|past|next|coming|current|previous|preceding|following|same|latest|prior|present|entire|full)"
    rf"|coming|current|this_(?:past|coming)|that(?:_same)?|the)"
)
_SPAN = r"(?P<unit>week|weekend|month|quarter|year|decade|century|day|period)(?:-long)?"
_LATER = {"the following", "the previous", "the preceding", "the same", "that", "that same", "the prior"}


def _period(match: re.Match[str], scene: Scene) -> Found:
    """A period told by its place beside the running one, or beside the one named last."""
    pick, unit = plain(match["pick"]), match["unit"].lower()
    placed = not match["fiscal"]
    if unit in {"quarter", "period"} and pick not in {"this", "the current", "current", "next", "the next"}:
        return Found("date", _running_quarter(match, scene, pick), placed)
    if unit == "year" and _ENDED.match(after(match)):
        return Found("duration", "P1Y")
    if pick in _LATER or (unit == "day" and pick in {"the next", "the"}):
        start = scene.then
    else:
        start = scene.now
    if (
        pick in {"the last", "the past"}
        and unit in {"week", "month", "year", "decade", "century", "day"}
        and not match["early"]
    ):
        return Found("duration", {"decade": "P10Y", "century": "P100Y"}.get(unit, f"P1{UNITS[unit]}"))
    steps = -1 if unit == "weekend" and pick == "the" and _weekend_is_past(scene) else _steps(pick)
    return Found("date", relative(start, unit, steps), placed)


_ENDED = compiled(rf"_(?:that_)?(?:ended|ending|ends)_(?:(?P<m>{MONTH})|)")


def _running_quarter(match: re.Match[str], scene: Scene, pick: str) -> str | None:
    """The quarter that is talked of: the one that ends in the month told, the one named last, else the last to end."""
    ended = _ENDED.match(after(match, 40))
    if ended and ended["m"] and scene.now is not None:
        year = nearest_year(scene.now, month(ended["m"]), -1, dated=False)
        day = dated(year, month(ended["m"]), 1) if year else None
        return period(day, "quarter") if day else None
    steps = _steps(pick) if pick not in {"the past", "past"} else 0
    if scene.quarter is not None and pick != "last":
        return relative(anchor_of(scene.quarter), "quarter", steps)
    return relative(scene.now, "quarter", steps or -1)


def _weekend_is_past(scene: Scene) -> bool:
    return scene.now is not None and scene.now.day.weekday() < 5 and scene.tense() <= 0


def _is_period(match: re.Match[str]) -> bool:
    """Not a length ("the year's end" is one, "the day the" is not), nor "the week-long" and its like."""
    pick, unit = plain(match["pick"]), match["unit"].lower()
    if re.match(r"-(?:long|old|ago|earlier|end|to|over)|\s+(?:ago|earlier|before|to\s+date)\b", after(match)):
        return False
    if unit == "day":
        return pick in {"the next", "the following", "the previous", "that", "the same", "that same", "the preceding"}
    if unit == "period":
        return pick in {"the latest", "the same", "that", "the previous", "the prior", "the current"}
    return pick != "the" or unit in {"week", "weekend", "quarter", "year", "month"}


# ---------------------------------------------------------------- ago, earlier, later

_COARSE = {"decade": "decade", "century": "century", "year": "year", "month": "month", "week": "week", "day": "day"}


def _ago(match: re.Match[str], scene: Scene) -> Found:
    """So many units before or after: from publication with "ago", else from the date named last."""
    number = count(match["n"]) if match["n"] else None if match["unit"].lower().endswith("s") else 1.0
    unit = match["unit"].lower().rstrip("s").replace("centurie", "century")
    way = plain(match["way"])
    back = way not in {"later", "from now", "hence", "after that", "on", "afterward", "afterwards"}
    if number is None or number > 100_000:
        return Found("date", _PAST if way == "ago" else None)
    start = scene.now if way in {"ago", "from now"} else scene.then or (scene.now if back else None)
    if unit == "year" and number == 1 and back and scene.quarter is not None:
        return Found("date", relative(anchor_of(scene.quarter), "quarter", -4), aside=True)
    if unit in {"second", "minute", "hour"}:
        return Found("time", None)
    return Found("date", _counted(start, unit, -number if back else number))


def _counted(start: Anchor | None, unit: str, number: float) -> str | None:
    """The period so many units away, told as exactly as the unit."""
    unit, number = {"fortnight": ("week", 2 * number), "weekend": ("week", number), "yr": ("year", number)}.get(
        unit, (unit, number)
    )
    if unit == "decade":
        unit, number = "year", 10 * number
    if number != int(number):
        unit, number = {"year": ("month", 12 * number), "week": ("day", 7 * number)}.get(unit, (unit, round(number)))
    return relative(start, unit, int(number))


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
        return scene.now.day.year + {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    running = (scene.now.day.month - 1) // length + 1
    if scene.tense() > 0 and number < running - 1:
        return scene.now.day.year + 1
    return scene.now.day.year - (number > running and not (scene.tense() > 0))


def _short_quarter(match: re.Match[str], scene: Scene) -> Found:
    year = int(match["y"]) if match["y"] else scene.now.day.year if scene.now else None
    return Found("date", f"{year:04d}-{match['q'].upper()}" if year else None)


def _year_end(match: re.Match[str], scene: Scene) -> Found:
    return Found("date", relative(scene.now, "year", 0))


def _week_of(match: re.Match[str], scene: Scene) -> Found:
    day = _nearest_weekday(scene.now, 0, "", scene)
    return Found("date", period(day + timedelta(0), "week") if day else None)


_WAY = rf"(?P<way>ago|earlier|before(?!_\w)|later|from_now|hence|previously|prior)"
RELATIVE: tuple[Rule, ...] = (
    rule(
        rf"(?:{EARLY})?(?:(?P<pick>last|this|next|every|each|the_(?:following|previous|preceding|past|next|coming)|this_(?:past|coming)|following)_)?"
        rf"(?:early_|late_)?(?P<w>{WEEKDAY})(?P<many>s)?(?:_(?P<part>{PART})s?)?",
        _weekday,
        _is_weekday,
    ),
    rule(
        rf"(?:{EARLY})?(?P<w>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?P<many>s)(?P<pick>)(?:_(?P<part>{PART})s?)?",
        _weekday,
        _is_weekday,
    ),
    rule(
        rf"(?:{EARLY})?(?:the_)?(?:(?P<beyond>day_(?:before|after))_)?(?P<day>today|yesterday|tomorrow|tonight|overnight)(?:_(?P<part>{PART}))?",
        _deictic,
        lambda match: not re.search(r"USA\s+$", before(match)),
    ),
    rule(
        rf"(?:{EARLY})?(?P<pick>this|last|the_(?:next|following|previous|same)|that)_(?:early_|late_)?(?P<part>{PART})",
        _part_of_day,
    ),
    rule(
        rf"(?P<present>now|currently|current|at_present|nowadays|at_the_moment|these_days)"
        rf"|(?P<past>recently|recent(?:_(?:days|weeks|months|years|decades|times)(?:_and_(?:months|years))?)?|the_(?:recent_)?past)"
        rf"|(?P<future>soon|(?:the_(?:near_|foreseeable_)?|near_|(?<=in ))future|the_(?:near|short|long)_term|coming_(?:days|weeks|months|years))",
        _vague,
        _is_vague,
    ),
    rule(
        rf"(?P<early>{EARLY})?(?P<pick>{_PICK})_(?P<fiscal>(?:fiscal|financial)_)?{_SPAN}", _period, _is_period
    ),
    rule(rf"(?:{ABOUT})?(?:(?P<n>{COUNT}){JOINT})?(?P<unit>{UNIT}s?)_{_WAY}", _ago),
    rule(
        rf"(?:(?:the_)?(?:comparable_)?year-?(?:ago|earlier)_(?P<what>quarter|period|month|half)|year-(?:ago|earlier))",
        _year_ago,
    ),
    rule(
        rf"(?:{EARLY})?(?:the_(?!\w{{1,9}}-quarter))?(?:(?P<y2>{YEAR})(?:['’]s)?_)?(?P<fiscal>fiscal[- ])?{_NTH}{JOINT}(?:fiscal_)?(?P<what>quarter|half)"
        rf"(?:(?:_of)?,?_(?:fiscal_)?(?P<y>{YEAR})|_(?:of_)?(?P<which>last|this|next)_year)?",
        _quarter,
        lambda match: match["what"].lower() == "quarter" or bool(match["y"] or match["which"] or match["y2"]),
    ),
    rule(rf"(?P<q>Q[1-4]|H[12])(?:_(?:of_)?(?P<y>{YEAR}))?", _short_quarter),
    rule(rf"(?:the_)?(?:year[- ]end|year['’]s_end|end_of_the_year)", _year_end),
)
