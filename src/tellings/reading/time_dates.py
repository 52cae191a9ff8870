"""Dates that name their month, year, decade or century: patterns and what they mean."""

from __future__ import annotations

import re

from tellings.reading.calendar import HOLIDAYS, Anchor, anchor_of, dated, holiday, moved, period
from tellings.reading.time_rules import Found, Rule, Scene, after, before, rule
from tellings.reading.time_words import (
    APOSTROPHE,
    EARLY,
    JOINT,
    MONTH,
    NUMBERS,
    ORDINAL,
    ORDINALS,
    SEASON,
    SEASON_WORDS,
    WEEKDAY,
    YEAR,
    either,
    month,
    ordinal,
    plain,
)

_CENTURY = 69
"""Two digits up to this one stand for a year of the 2000s (POSIX)."""

# ---------------------------------------------------------------- dates in digits


def _iso(match: re.Match[str], _scene: Scene) -> Found:
    day = dated(int(match["y"]), int(match["m"]), int(match["d"]))
    if day is None or match["hour"] is None:
        return Found("date", day.isoformat() if day else None)
    return Found("time", f"{day.isoformat()}T{match['hour']}:{match['minute']}")


def _slashed(match: re.Match[str], _scene: Scene) -> Found:
    """Month first or day first: told only where no more than one order is possible."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    if len(match["y"]) == 2:
        year += 2000 if year < _CENTURY else 1900
    days = {day for day in (dated(year, a, b), dated(year, b, a)) if day}
    return Found("date", days.pop().isoformat() if len(days) == 1 else None)


def _is_date(match: re.Match[str]) -> bool:
    """Neither part of a longer number nor impossible in both orders."""
    if re.search(r"[\d./-]$", before(match, 1)) or re.match(r"[-./]?\d", after(match, 2)):
        return False
    a, b = int(match["a"]), int(match["b"])
    return 1 <= min(a, b) <= 12 and max(a, b) <= 31


def _stands_alone(match: re.Match[str]) -> bool:
    return not re.search(r"[\d./-]$", before(match, 1)) and not re.match(r"[-/.:]?\d", after(match, 2))


def _nine_eleven(_match: re.Match[str], _scene: Scene) -> Found:
    return Found("date", "2001-09-11")


def _years(match: re.Match[str], _scene: Scene) -> Found:
    """Two years, or a year and a month, or two of a season: "1914-18", "2024-03", "2019-20"."""
    first, second = int(match["y"]), int(match["z"])
    if len(match["z"]) == 2:
        if second <= 12 and second != (first + 1) % 100 and match["sign"] == "-" and second <= first % 100:
            return Found("date", f"{first:04d}-{second:02d}" if second else None)
        second += first - first % 100 + (100 if second < first % 100 else 0)
    return Found("date", f"{first:04d}/{second:04d}" if first < second else None)


_DIGITS = (
    rule(
        r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ](?P<hour>[01]\d|2[0-4]):(?P<minute>[0-5]\d)"
        r"(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?",
        _iso,
        _stands_alone,
    ),
    rule(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4}|\d\d)", _slashed, _is_date),
    rule(r"(?P<a>\d{1,2})(?P<sign>[.-])(?P<b>\d{1,2})(?P=sign)(?P<y>(?:19|20)\d\d)", _slashed, _is_date),
    rule(r"9/11", _nine_eleven, _stands_alone),
    rule(rf"(?P<y>{YEAR})(?P<sign>[-–/])(?P<z>{YEAR}|\d\d)", _years, _stands_alone),
)

# ---------------------------------------------------------------- months and their days

_TAIL = rf"(?:(?:,?_|,)(?:of_)?(?P<y>{YEAR})(?!\d|,\d{{3}}|:\d)|_(?:of_)?(?P<which>last|this|next)_year)?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_TO = r"(?:[^\S\n]?[-–][^\S\n]?(?P<e>\d{1,2})(?:st|nd|rd|th)?(?!\d))?"
_AMBIGUOUS = re.compile(r"(?:may|march|mar|jan|jun|dec|sat|sun)\b", re.IGNORECASE)


def _year_of(match: re.Match[str], scene: Scene, number: int, day: int | None) -> int | None:
    """The year told with a month, or the one that its sentence means: the last such month, or the next."""
    if match["y"]:
        return int(match["y"])
    if scene.now is None:
        return None
    if match["which"]:
        return scene.now.day.year + {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    return nearest_year(scene.now, number, scene.tense(), dated=day is not None)


def nearest_year(now: Anchor, number: int, tense: int, *, dated: bool) -> int | None:
    """The year of the month before `now` (`tense` -1), after it (1), or nearest with a leaning to before (0).

    A day told without its year (`dated`) is never as far back as the months just ahead.
    """
    if not now.tells("month"):
        return now.day.year if tense == 0 else None
    months = number - now.day.month
    if tense > 0:
        return now.day.year + (months < 0)
    back = (-months) % 12
    if tense < 0 and not (dated and 12 - back <= _NEAR):
        return now.day.year - (months > 0)
    if months == 0:
        return now.day.year
    ahead = 12 - back
    return now.day.year - (months > 0) if back <= _LEAN * ahead else now.day.year + (months < 0)


_LEAN = 2.0
"""How many times nearer a coming month must be than the past one to be meant where no verb tells; set on the part of
TempEval-3 that is read."""
_NEAR = 2
"""How many months ahead a day of a month may lie where what is told was ("it was put off to Dec. 3")."""


def _day_of_month(match: re.Match[str], scene: Scene) -> Found:
    number, first = month(match["m"]), _number(match["d"])
    year = _year_of(match, scene, number, first)
    if year is None:
        return Found("date", None)
    begins = dated(year, number, first)
    if begins and "week" in match.re.groupindex and match["week"]:
        return Found("date", period(begins, "week"))
    if begins is None or not match["e"]:
        return Found("date", begins.isoformat() if begins else None)
    ends = dated(year, number, int(match["e"]))
    return Found("date", f"{begins.isoformat()}/{ends.isoformat()}" if ends and begins < ends else None)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else ordinal(word)


def _is_day(match: re.Match[str]) -> bool:
    return 1 <= _number(match["d"]) <= 31 and _is_month(match["m"])


def _is_month(word: str) -> bool:
    """Names of months have a capital, where they are words or names otherwise too."""
    return word[0].isupper() or not _AMBIGUOUS.match(word)


_WHICH = rf"(?:(?P<pick>last|this|next|this_past|this_coming|the_following|the_previous)_)?"


def _month(match: re.Match[str], scene: Scene) -> Found:
    number = month(match["m"])
    if match["pick"] and not match["y"] and not match["which"]:
        year = _picked_year(match["pick"], scene, number)
    else:
        year = _year_of(match, scene, number, None)
    return Found("date", f"{year:04d}-{number:02d}" if year else None)


def _picked_year(pick: str, scene: Scene, number: int) -> int | None:
    words = plain(pick)
    start = scene.then if "following" in words or "previous" in words else scene.now
    if start is None or not start.tells("month"):
        return None
    later = number > start.day.month
    if words in {"last", "this past", "the previous"}:
        return start.day.year - (number >= start.day.month)
    if words == "this":
        return start.day.year
    return start.day.year + (not later)


_PLACING = re.compile(
    r"\b(?:in|of|since|by|until|till|last|next|this|through|throughout|from|during|for|between|before|after|around"
    r"|early|late|mid|and|or|to|on|than)[\s-]+(?:the\s+)?$",
    re.IGNORECASE,
)
_NAMELIKE = re.compile(r"[\w.]*[A-Z][\w.’'-]*\s+$")
_AS_NAME = re.compile(r"(?:['’]s\b)?\s+(?:[A-Z][a-z]|said\b|says\b|told\b|added\b|Day\b)")
_PERSONS = frozenset(["april", "may", "june", "august", "march", "jan", "mar"])


def _is_bare_month(match: re.Match[str]) -> bool:
    """A month by itself: with its capital, and neither a verb ("May I") nor anybody's name ("Theresa May")."""
    word = match["m"]
    if not word[0].isupper() or (len(word.rstrip(".")) == 3 and word.lower() != "may" and not word.endswith(".")):
        return bool(match["y"]) and word[0].isupper()
    if match["y"] or match["which"] or match["pick"] or match["early"]:
        return True
    if _PLACING.search(before(match)):
        return not (
            word.lower() in _PERSONS and re.match(r"\s+(?:said|says|told|[A-Z][a-z]+\s+(?:said|told))\b", after(match))
        )
    if word.lower().rstrip(".") in _PERSONS:
        return False
    return not _NAMELIKE.search(before(match)) and not _AS_NAME.match(after(match))


_MONTHS = (
    rule(
        rf"(?P<week>(?:the_)?week_of_)?(?:(?:(?:this_coming|last|next|this)_)?{WEEKDAY},?_)?(?P<m>{MONTH})_(?:the_)?(?P<d>\d{{1,2}}(?:st|nd|rd|th)?(?!\d|,\d{{3}}|[.:]\d)|{either(ORDINALS)}){_TO}{_TAIL}",
        _day_of_month,
        _is_day,
    ),
    rule(
        rf"(?:{WEEKDAY},?_(?:the_)?|the_)?(?P<d>\d{{1,2}}(?:st|nd|rd|th)?|{either(ORDINALS)}){_TO}_(?:of_)?(?P<m>{MONTH}){_TAIL}",
        _day_of_month,
        _is_day,
    ),
    rule(rf"(?P<early>{EARLY})?{_WHICH}(?P<m>{MONTH}){_TAIL}", _month, _is_bare_month),
)

# ---------------------------------------------------------------- years and longer

_YEAR_CUE = re.compile(
    r"(?:\b(?:in|since|of|by|from|until|till|to|through|throughout|during|after|before|and|or|between|for|fiscal|class of|the"
    r"|early|late|mid|circa|c\.|ca\.|year|than in|around|back in|s)[\s-]+|[(\[“‘'’\"–—-]|[;:]\s)$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s+(?:more\s+|other\s+)?(?:people|men|women|children|[a-z]{3,}(?<!ss)s|percent|feet|acres|miles|per)\b"
)
_MEASURE = re.compile(
    r"(?:[$£€#№]\s?|\b(?:about|some|nearly|almost|over|than|least|most|only|all|No\.|number|Room|Flight|Highway|Route|Boeing|Windows|[a-z]+ed)\s+)$"
)
_DETERMINED = re.compile(r"\b(?:the|a|an|his|her|its|their|our|my|in|since|of|this|that)\s+$", re.IGNORECASE)


def _is_year(match: re.Match[str]) -> bool:
    """Four digits where a year may stand, and not what is counted ("2010 votes") or a number in a name."""
    ahead, behind = before(match), after(match)
    if match["word"] or (match["fiscal"] is not None and match["y"]):
        return True
    if re.search(r"[\w$£€#.,/:@%+]$|\d-$", ahead) or re.match(
        r"[-–]?\d|,\d{3}|\.\d|[:/%°]|\s?(?:hours|GMT|a\.m|p\.m)\b", behind
    ):
        return False
    if match["early"] or re.search(r"\b(?:in|since)\s+$", ahead, re.IGNORECASE):
        return True
    if _MEASURE.search(ahead) or (_COUNTED.match(behind) and not _DETERMINED.search(ahead)):
        return False
    if _YEAR_CUE.search(ahead) or _DETERMINED.search(ahead) or match["fiscal"]:
        return True
    if _NAMELIKE.search(ahead):
        return bool(re.match(r"[.,;:)?!]?\s*$|[),.;:]\s", behind)) and match["y"] >= "1700"
    return match["y"] >= "1900"


def _year(match: re.Match[str], _scene: Scene) -> Found:
    if match["word"]:
        words = plain(match["word"]).split()
        if "thousand" in words:
            return Found("date", f"{2000 + sum(NUMBERS.get(word, 0) for word in words[2:]):04d}")
        return Found("date", f"{100 * NUMBERS[words[0]] + sum(NUMBERS[word] for word in words[1:]):04d}")
    return Found("date", match["y"], placed=not match["fiscal"])


def _decade(match: re.Match[str], scene: Scene) -> Found:
    if match["y"]:
        return Found("date", match["y"][:3])
    digit = match["short"][0] if match["short"] else str(NUMBERS[plain(match["word"]).replace("ies", "y")] // 10)
    if scene.now is None:
        return Found("date", f"19{digit}" if int(digit) >= 3 else None)
    century = scene.now.day.year // 100
    past = f"{century}{digit}" if int(digit) * 10 <= scene.now.day.year % 100 else f"{century - 1}{digit}"
    return Found("date", past)


_HEAT = re.compile(
    r"\b(?:temperatures?|degrees?|highs?|lows?|aged?|people in|(?:his|her|their|my|your|our|s))\b", re.IGNORECASE
)


def _is_decade(match: re.Match[str]) -> bool:
    """No age ("in his 80s") and no temperature ("highs in the 80s")."""
    return bool(match["y"] or match["sign"]) or not _HEAT.search(before(match, 40))


def _century(match: re.Match[str], _scene: Scene) -> Found:
    number = ordinal(match["n"])
    return Found("date", f"{number - 1:02d}" if 1 <= number <= 30 else None)


_SPELT = f"(?:nineteen|eighteen|seventeen|twenty)(?:{JOINT}(?:{either(w for w, n in NUMBERS.items() if n >= 10)})(?:{JOINT}(?:{either(list(NUMBERS)[:9])}))?)"
_YEARS = (
    rule(
        rf"(?P<early>{EARLY}|(?:pre|post|mid)-)?(?:the_year_|the_(?=\d{{4}}_period)|(?:the_)?(?P<fiscal>fiscal)_(?:year_)?)?"
        rf"(?:(?P<y>{YEAR})|(?P<word>(?:nineteen|eighteen){JOINT}(?:{either(w for w, n in NUMBERS.items() if n >= 10)})(?:{JOINT}(?:{either(list(NUMBERS)[:9])}))?|(?<=year )two_thousand))"
        rf"(?:_(?:and_beyond|or_later|period|fiscal_year))?",
        _year,
        _is_year,
    ),
    rule(
        r"FY[ ’']?(?P<y>(?:19|20)\d\d)(?P<early>)(?P<fiscal>)(?P<word>)",
        lambda m, _: Found("date", m["y"], placed=False),
    ),
    rule(
        rf"(?:the_)?(?:(?:very_)?(?:early|late|mid|middle){JOINT}|(?:first|last|second|latter)_half_of_(?:the_)?)?(?:the_)?"
        rf"(?:(?P<y>(?:1[0-9]|20)\d0)(?:s|(?<=the \d{{4}}){APOSTROPHE}s)|(?P<sign>{APOSTROPHE})(?P<short>\d0)s)",
        _decade,
        _is_decade,
    ),
    rule(
        rf"the_(?:(?:very_)?(?:early|late){JOINT})?(?P<y>)(?P<sign>)(?:(?P<short>[2-9]0)s|(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))",
        _decade,
        _is_decade,
    ),
    rule(
        rf"(?P<early>{EARLY})?(?:the_)?(?:(?:early|late|mid|turn_of_the){JOINT})?(?P<n>{ORDINAL}){JOINT}century",
        _century,
    ),
)

# ---------------------------------------------------------------- seasons and holidays


def _season(match: re.Match[str], scene: Scene) -> Found:
    """A season of a year told, else the last one or the one to come."""
    name = SEASON_WORDS[match["s"].lower()]
    if match["y"]:
        return Found("date", f"{match['y']}-{name}")
    if scene.now is None or not scene.now.tells("month"):
        return Found("date", None)
    number = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[name]
    year, at = scene.now.day.year, scene.now.day.month
    pick = plain(match["pick"])
    if match["which"]:
        year += {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    elif pick in {"last", "the last", "the past", "this past"}:
        year -= at < number + 3
    elif pick in {"next", "the next", "the coming", "this coming"} or (pick != "this" and scene.tense() > 0):
        year += at >= number
    elif pick != "this" and at < number:
        year -= 1
    if name == "WI" and at <= 2 and pick == "this":
        year -= 1
    return Found("date", f"{year:04d}-{name}")


def _is_season(match: re.Match[str]) -> bool:
    """Fall and spring are verbs too: they need a word that places them."""
    if re.match(r"[-’']|\s+(?:of|in|from|short|apart|to|into)\b", after(match)) and not match["y"]:
        return match["pick"] is not None and match["s"].lower() not in {"fall", "spring"}
    if match["pick"] or match["y"] or match["which"] or match["early"]:
        return True
    return bool(re.search(r"\b(?:in|since|during|by|until)\s+(?:the\s+)?$", before(match), re.IGNORECASE))


_HOLIDAY_YEAR = rf"(?:,?_(?P<y>{YEAR})|_(?P<which>last|this|next)_year)?"


def _holiday(match: re.Match[str], scene: Scene) -> Found:
    name = plain(match["h"]).replace("new years", "new year's")
    name = next(
        (known for known in HOLIDAYS if known.replace("-", " ").replace("'", "") == name.replace("'", "")), name
    )
    year = int(match["y"]) if match["y"] else _holiday_year(match, scene, name)
    day = holiday(name, year) if year else None
    if day and match["eve"]:
        day = moved(day, "day", -1)
    if day and match["around"]:
        return Found("date", period(day, "week" if "week" in match["around"].lower() else "weekend"))
    return Found("date", day.isoformat() if day else None)


def _holiday_year(match: re.Match[str], scene: Scene, name: str) -> int | None:
    if scene.now is None or scene.now.precision != "day":
        return scene.now.day.year if scene.now and not match["pick"] and not match["which"] else None
    if match["which"]:
        return scene.now.day.year + {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    pick, this = plain(match["pick"]), holiday(name, scene.now.day.year)
    if this is None or pick == "this":
        return scene.now.day.year
    if pick == "last" or (not pick and scene.tense() < 0):
        return scene.now.day.year - (this > scene.now.day)
    if pick == "next" or scene.tense() > 0:
        return scene.now.day.year + (this < scene.now.day)
    found = anchor_of(this.isoformat())
    return nearest_year(scene.now, found.day.month, 0, dated=True) if found else None


_SEASONS = (
    rule(
        rf"(?P<early>{EARLY})?(?:(?P<pick>last|this|next|this_past|this_coming|the_past|the_last|the_next|the_coming|the|that)_(?:early_|late_)?)?"
        rf"(?P<s>{SEASON})(?:(?:_of|,)?_(?P<y>{YEAR})|_(?P<which>last|this|next)_year)?",
        _season,
        _is_season,
    ),
    rule(
        rf"(?:(?P<eve>(?:the_)?eve_of)_)?(?:(?P<pick>last|this|next)_)?(?P<h>{either(HOLIDAYS)})(?P<around>_(?:week(?:end)?))?{_HOLIDAY_YEAR}",
        _holiday,
        lambda match: match["h"][0].isupper(),
    ),
)

DAY_DATES: tuple[Rule, ...] = (*_DIGITS[:3], *_MONTHS[:2])
"""The rules that give a day."""
DATES: tuple[Rule, ...] = (*_DIGITS, *_MONTHS, *_SEASONS, *_YEARS)
