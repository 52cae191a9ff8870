"""Dates that name a year, or more than one: decades and centuries."""

from __future__ import annotations

import re

from tellings.reading.time_rules import Found, Rule, Scene, after, before, rule
from tellings.reading.time_words import (
    APOSTROPHE,
    EARLY,
    JOINT,
    NUMBERS,
    ORDINAL,
    SPELT_YEAR,
    YEAR,
    ordinal,
    plain,
    spelt_year,
)

_YEAR_CUE = re.compile(
    r"(?:\b(?:in|since|of|by|from|until|till|to|through|throughout|during|after|before|and|or|between|for|fiscal"
    r"|class of|the|early|late|mid|circa|c\.|ca\.|year|than in|around|back in|s)[\s-]+|[(\[“‘'’\"–—-]|[;:]\s)$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s+(?:more\s+|other\s+)?(?:people|men|women|children|[a-z]{3,}(?<!ss)s|percent|feet|acres|miles|per)\b"
)
_MEASURE = re.compile(
    r"(?:[$£€#№]\s?|\b(?:about|some|nearly|almost|over|than|least|most|only|all|No\.|number|Room|Flight|Highway|Route"
    r"|Boeing|Windows|[a-z]+ed)\s+)$"
)
_INSIDE = re.compile(r"[\w$£€#.,/:@%+]$|\d-$")
_GOES_ON = re.compile(r"[-–]?\d|,\d{3}|\.\d|[:/%°]|\s?(?:hours|GMT|a\.m|p\.m)\b")
_NAMELIKE = re.compile(r"[\w.]*[A-Z][\w.’'-]*[^\S\n]+$")
_DETERMINED = re.compile(r"\b(?:the|a|an|his|her|its|their|our|my|in|since|of|this|that)\s+$", re.IGNORECASE)


def _is_year(match: re.Match[str]) -> bool:
    """Four digits where a year may stand, and not what is counted ("2010 votes") or a number in a name."""
    if match["word"] or (match["fiscal"] is not None and match["y"]):
        return True
    ahead, behind = before(match), after(match)
    if _INSIDE.search(ahead) or _GOES_ON.match(behind):
        return False
    if match["early"] or re.search(r"\b(?:in|since)\s+$", ahead, re.IGNORECASE):
        return True
    determined = bool(_DETERMINED.search(ahead))
    if _MEASURE.search(ahead) or (_COUNTED.match(behind) and not determined):
        return False
    return determined or bool(_YEAR_CUE.search(ahead)) or _is_modern(match["y"], ahead, behind)


def _is_modern(digits: str, ahead: str, behind: str) -> bool:
    """Whether digits that nothing places are of a year of our time, and no name goes on in them ("Orion 1980")."""
    if _NAMELIKE.search(ahead):
        return digits >= "1700" and bool(re.match(r"[.,;:)?!]?\s*$|[),.;:]\s", behind))
    return digits >= "1900"


def _year(match: re.Match[str], _scene: Scene) -> Found:
    if match["word"]:
        words = plain(match["word"]).split()
        if "thousand" in words:
            return Found("date", f"{2000 + sum(NUMBERS.get(word, 0) for word in words[2:]):04d}")
        return Found("date", f"{spelt_year(match['word']):04d}")
    return Found("date", match["y"], placed=not match["fiscal"])


def _decade(match: re.Match[str], scene: Scene) -> Found:
    if match["y"]:
        return Found("date", match["y"][:3])
    digit = match["short"][0] if match["short"] else str(NUMBERS[plain(match["word"]).replace("ies", "y")] // 10)
    if scene.now is None:
        return Found("date", f"19{digit}" if int(digit) >= 3 else None)
    century = scene.now.day.year // 100 - (10 * int(digit) > scene.now.day.year % 100)
    return Found("date", f"{century:02d}{digit}" if century > 0 else None)


_HEAT = re.compile(
    r"\b(?:temperatures?|degrees?|highs?|lows?|aged?|people in|(?:his|her|their|my|your|our|s))\b", re.IGNORECASE
)


def _is_decade(match: re.Match[str]) -> bool:
    """No age ("in his 80s") and no temperature ("highs in the 80s")."""
    return bool(match["y"] or match["sign"]) or not _HEAT.search(before(match, 40))


def _century(match: re.Match[str], _scene: Scene) -> Found:
    number = ordinal(match["n"])
    return Found("date", f"{number - 1:02d}" if 1 <= number <= 30 else None)


_SPELT = rf"{SPELT_YEAR}|(?<=year )two_thousand"
YEARS: tuple[Rule, ...] = (
    rule(
        rf"(?P<early>{EARLY}|(?:pre|post|mid)-)?"
        r"(?:the_year_|the_(?=\d{4}_period)|(?:the_)?(?P<fiscal>fiscal)_(?:year_)?)?"
        rf"(?:(?P<y>{YEAR})|(?P<word>{_SPELT}))"
        r"(?:_(?:and_beyond|or_later|period|fiscal_year))?",
        _year,
        _is_year,
    ),
    rule(
        r"(?P<y>\d{1,4})_(?:BCE?|B\.C\.(?:E\.)?)",
        lambda match, _: Found("date", f"BC{int(match['y']):04d}", placed=False),
        lambda match: not _INSIDE.search(before(match)),
    ),
    rule(
        r"FY[ ’']?(?P<y>(?:19|20)\d\d)(?P<early>)(?P<fiscal>)(?P<word>)",
        lambda m, _: Found("date", m["y"], placed=False),
    ),
    rule(
        rf"(?:the_)?(?:(?:very_)?(?:early|late|mid|middle){JOINT}|(?:first|last|second|latter)_half_of_(?:the_)?)?"
        r"(?:the_)?"
        rf"(?:(?P<y>(?:1[0-9]|20)\d0)(?:s|(?<=the \d{{4}}){APOSTROPHE}s)|(?P<sign>{APOSTROPHE})(?P<short>\d0)s)",
        _decade,
        _is_decade,
    ),
    rule(
        rf"the_(?:(?:very_)?(?:early|late){JOINT})?(?P<y>)(?P<sign>)(?:(?P<short>[2-9]0)s"
        r"|(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))",
        _decade,
        _is_decade,
    ),
    rule(
        rf"(?P<early>{EARLY})?(?:the_)?(?:(?:early|late|mid|turn_of_the){JOINT})?(?P<n>{ORDINAL}){JOINT}century",
        _century,
    ),
)
