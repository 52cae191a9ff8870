"""Dates that name a month, with its day or without."""

from __future__ import annotations

import re

from tellings.reading.calendar import Anchor, dated, period
from tellings.reading.time_rules import Found, Rule, Scene, after, before, rule
from tellings.reading.time_words import (
    EARLY,
    MONTH,
    ORDINALS,
    SPELT_YEAR,
    STEPS,
    WEEKDAY,
    YEAR,
    compiled,
    either,
    month,
    ordinal,
    plain,
    spelt_year,
)

_TAIL = (
    rf"(?:(?:,?_|,)(?:of_)?(?:(?P<y>{YEAR})(?!\d|,\d{{3}}|:\d)|(?P<spelt>{SPELT_YEAR}))"
    r"|_(?:of_)?(?P<which>last|this|next)_year)?"
)
_TO = r"(?:[^\S\n]?[-–][^\S\n]?(?P<e>\d{1,2})(?:st|nd|rd|th)?(?!\d))?"
_AMBIGUOUS = re.compile(r"(?:may|march|mar|jan|jun|dec|sat|sun)\b", re.IGNORECASE)


def _year_of(match: re.Match[str], scene: Scene, number: int, day: int | None) -> int | None:
    """The year told with a month, or the one that its sentence means: the last such month, or the next."""
    if match["y"] or match["spelt"]:
        return int(match["y"]) if match["y"] else spelt_year(match["spelt"])
    shared = _SHARED_YEAR.match(after(match, 40))
    if shared:
        return int(shared["y"])
    if scene.beside and scene.beside.isdigit() and len(scene.beside) == 4 and _OF_YEAR.search(before(match)):
        return int(scene.beside)
    if scene.now is None:
        return None
    if match["which"]:
        return scene.now.day.year + STEPS[match["which"].lower()]
    return nearest_year(scene.now, number, scene.tense(), dated=day is not None)


_SHARED_YEAR = compiled(
    rf"(?:,_\d{{1,2}}){{0,3}},?_(?:and|or|to|through)_(?:{MONTH}_)?(?:\d{{1,2}}(?:st|nd|rd|th)?),?_(?P<y>{YEAR})\b"
)
"""The year after a second day: "April 24 and 25, 1999"."""
_OF_YEAR = re.compile(r"\byear(?:,)?\s+(?:in|through|until|to|by|since|from)\s+(?:the\s+)?$", re.IGNORECASE)
"""What joins a month to the year before it: "this year through August"."""


def nearest_year(now: Anchor, number: int, tense: int, *, dated: bool) -> int | None:
    """The year of the month before `now` (`tense` -1), after it (1), or nearest with a leaning to before (0).

    What is told without its year, a day (`dated`) or a month, is not as far back as the months just ahead.
    """
    if not now.tells("month"):
        return now.day.year if tense == 0 else None
    months = number - now.day.month
    if tense > 0:
        return now.day.year + (months < 0)
    back = (-months) % 12
    if tense < 0 and 12 - back > (_NEAR_DAY if dated else _NEAR_MONTH):
        return now.day.year - (months > 0)
    if months == 0:
        return now.day.year
    ahead = 12 - back
    return now.day.year - (months > 0) if back <= _LEAN * ahead else now.day.year + (months < 0)


_LEAN = 2.0
"""How many times nearer a coming month must be than the past one to be meant where no verb tells; set on the part of
TempEval-3 that is read."""
_NEAR_DAY, _NEAR_MONTH = 2, 1
"""How many months ahead a day or a month may lie where what is told was ("it was put off to Dec. 3"): whoever means the
one nearly a year back says so."""


def _day_of_month(match: re.Match[str], scene: Scene) -> Found:
    number, first = month(match["m"]), _number(match["d"])
    year = _year_of(match, scene, number, first)
    if year is None:
        return Found("date", None)
    begins = dated(year, number, first)
    if begins and match["week"]:
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


_WHICH = "(?:(?P<pick>last|this|next|this_past|this_coming|the_following|the_previous)_)?"


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
    r"\b(in|of|since|by|until|till|last|next|this|through|throughout|from|during|for|between|before|after|around"
    r"|early|late|mid|and|or|to|on|than)[\s-]+(?:the\s+)?$",
    re.IGNORECASE,
)
_NAMELIKE = re.compile(r"[\w.]*[A-Z][\w.’'-]*[^\S\n]+$")
_AS_NAME = re.compile(r"(?:['’]s\b)?\s+(?:[A-Z][a-z]|said\b|says\b|told\b|added\b|Day\b)")
_SPEAKS = re.compile(r"\s+(?:said|says|told|[A-Z][a-z]+\s+(?:said|told))\b")
_SOMEBODY = re.compile(r"\s+(?:said|says|told|I|we|you|he|she|they|it|[A-Z][a-z]+)\b")
_PERSONS = frozenset(["april", "may", "june", "august", "march", "jan", "mar"])


def _is_bare_month(match: re.Match[str]) -> bool:
    """A month by itself: with its capital, and neither a verb ("May I") nor anybody's name ("Theresa May")."""
    word = match["m"]
    if not word[0].isupper() or (len(word.rstrip(".")) == 3 and word.lower() != "may" and not word.endswith(".")):
        return bool(match["y"]) and word[0].isupper()
    if match["y"] or match["spelt"] or match["which"] or match["pick"] or match["early"]:
        return True
    placed = _PLACING.search(before(match))
    if placed:
        weak = placed[1].lower() in {"and", "or", "to", "by", "for", "than"}
        return not (word.lower() in _PERSONS and (_SOMEBODY if weak else _SPEAKS).match(after(match)))
    if word.lower().rstrip(".") in _PERSONS:
        return word == "March" and bool(re.search(r"\bthe\s+$", before(match), re.IGNORECASE))
    return not _NAMELIKE.search(before(match)) and not _AS_NAME.match(after(match))


_LISTED = compiled(rf"{MONTH}_\d{{1,2}}(?:st|nd|rd|th)?(?:,_\d{{1,2}}(?:st|nd|rd|th)?){{0,4}}(?:,?_(?:and|or)_|,_)$")
_NO_NOUN = re.compile(
    r"\s*(?:$|[.;:)”\"’]|,(?!\d)|\s(?:in|at|on|by|for|to|as|with|when|after|before|and|or|of|from|during|the|a|an|this|that|"
    r"is|are|was|were|will|has|have|had|would|but|while|where|last|next)\b|\s[A-Z])"
)


def _further_day(match: re.Match[str], scene: Scene) -> Found:
    """Another day of the month named just before: "April 24 and 25"."""
    named = scene.beside[:7] if scene.beside and len(scene.beside) == 10 else ""
    day = dated(int(named[:4]), int(named[5:]), int(match["d"])) if named else None
    return Found("date", day.isoformat() if day else None)


def _is_further_day(match: re.Match[str]) -> bool:
    return bool(1 <= int(match["d"]) <= 31 and _LISTED.search(before(match, 40)) and _NO_NOUN.match(after(match)))


MONTH_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?P<week>(?:the_)?week_of_)?(?:(?:(?:this_coming|last|next|this)_)?{WEEKDAY},?_)?(?P<m>{MONTH})_(?:the_)?"
        rf"(?P<d>\d{{1,2}}(?:st|nd|rd|th)?(?!\d|,\d{{3}}|[.:]\d)|{either(ORDINALS)}){_TO}{_TAIL}",
        _day_of_month,
        _is_day,
    ),
    rule(
        rf"(?P<week>)(?:{WEEKDAY},?_(?:the_)?|the_)?(?P<d>\d{{1,2}}(?:st|nd|rd|th)?|{either(ORDINALS)}){_TO}"
        rf"_(?:of_)?(?P<m>{MONTH}){_TAIL}",
        _day_of_month,
        _is_day,
    ),
    rule(rf"(?P<early>{EARLY})?{_WHICH}(?P<m>{MONTH}){_TAIL}", _month, _is_bare_month),
    rule(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.:]\d|,\d{{3}}|%)(?:,_{YEAR})?", _further_day, _is_further_day),
)
