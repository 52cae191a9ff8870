"""Words and pieces of patterns that time expressions are made of.

In these pieces and in the rules made of them `_` is the gap between two words: a few blanks with at most one line end,
so that no pattern can run away (see `compiled`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_GAP = r"[^\S\n]{0,3}\s[^\S\n]{0,3}"
JOINT = "(?:-|_)"
APOSTROPHE = "['’‘]"


def listed(words: str) -> list[str]:
    """Words written in one line."""
    return words.split()


_ONES = listed("one two three four five six seven eight nine")
_TEENS = listed("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
NUMBERS: dict[str, int] = {
    **{word: n for n, word in enumerate(_ONES + _TEENS, start=1)},
    **{word: 10 * n for n, word in enumerate(_TENS, start=2)},
}
_ORDINAL_ONES = listed("first second third fourth fifth sixth seventh eighth ninth")
_ORDINAL_TEENS = listed(
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
ORDINALS: dict[str, int] = {
    **{word: n for n, word in enumerate(_ORDINAL_ONES + _ORDINAL_TEENS, start=1)},
    "twentieth": 20,
    "thirtieth": 30,
    **{
        f"{ten}-{one}": 10 * t + o
        for t, ten in ((2, "twenty"), (3, "thirty"))
        for o, one in enumerate(_ORDINAL_ONES, 1)
    },
}
_VAGUE = (
    r"several|(?:an?_(?:good_)?|the_)?few|many|some|numerous|an?_number_of"
    r"|(?:dozens|scores|hundreds|thousands|tens_of_thousands)_of|couple_of|untold|various"
)
_FIXED = {"couple": 2, "dozen": 12, "hundred": 100, "thousand": 1000}


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern without regard to case, in which `_` stands for the gap between two words."""
    return re.compile(pattern.replace("_", _GAP), re.IGNORECASE)


def either(words: Iterable[str]) -> str:
    """An alternation of words, the longest first; a blank in one is a gap, an apostrophe any such sign."""
    listed = sorted(words, key=len, reverse=True)
    escaped = (re.escape(word).replace("\\ ", "_").replace("'", f"{APOSTROPHE}?") for word in listed)
    return "|".join(escaped)


_WORD = rf"(?:{either(_TENS)})(?:{JOINT}(?:{either(_ONES)}))?|{either(_TEENS)}|{either(_ONES)}"
COUNT = (
    rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,2}}|\d{{1,4}}(?:\.\d{{1,3}})?(?:_\d/\d)?(?:½)?"
    rf"|an?_(?:{either(_FIXED)})(?:_of)?|half_a_dozen|{_VAGUE}"
    rf"|(?:{_WORD})(?:{JOINT}hundred)?|half_an?|an?(?:_half)?)"
)
"""How many: a number or a word; `count` reads it."""


def count(words: str) -> float | None:
    """What COUNT matched, None where it is vague ("several")."""
    plain = " ".join(words.lower().replace("-", " ").split())
    digits = re.match(r"[\d,.]+", plain)
    if digits:
        half = 0.5 if "½" in plain or plain.endswith(" 1/2") else 0.0
        return float(digits[0].replace(",", "").rstrip(".")) + half
    parts = plain.split()
    if "couple" in parts:
        return 2.0
    if parts[0] in {"a", "an"} and len(parts) == 1:
        return 1.0
    if "half" in parts:
        return 6.0 if parts[-1] == "dozen" else 0.5
    if parts[0] in {"a", "an"}:
        return float(_FIXED[parts[1]]) if parts[1] in _FIXED else None
    known = [NUMBERS[part] for part in parts if part in NUMBERS]
    return float(sum(known) * (100 if parts[-1] == "hundred" else 1)) if known else None


MONTH_NAMES = listed("january february march april may june july august september october november december")
MONTHS: dict[str, int] = {
    **{name: n for n, name in enumerate(MONTH_NAMES, start=1)},
    **{name[:3]: n for n, name in enumerate(MONTH_NAMES, start=1)},
    "sept": 9,
}
_SHORT_MONTHS = [name for name in MONTHS if name not in MONTH_NAMES]
MONTH = rf"(?:(?:{either(MONTH_NAMES)})\b|(?:{either(_SHORT_MONTHS)})\b\.?)"
DAY_NAMES = listed("monday tuesday wednesday thursday friday saturday sunday")
DAYS: dict[str, int] = {
    **{name: n for n, name in enumerate(DAY_NAMES)},
    **{
        "mon": 0,
        "tue": 1,
        "tues": 1,
        "wed": 2,
        "weds": 2,
        "thu": 3,
        "thur": 3,
        "thurs": 3,
        "fri": 4,
        "sat": 5,
        "sun": 6,
    },
}
_SHORT_DAYS = [name for name in DAYS if name not in DAY_NAMES]
WEEKDAY = rf"(?:(?:{either(DAY_NAMES)})\b|(?:{either(_SHORT_DAYS)})\.)"
SEASON_WORDS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
SEASON = rf"(?:{either(SEASON_WORDS)})"
PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "mid-afternoon": "AF", "midafternoon": "AF",
    "mid-morning": "MO", "midmorning": "MO", "lunchtime": "MI",
}  # fmt: skip
PART = rf"(?:{either(PARTS)})"
UNITS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "weekend": "WE", "week": "W", "fortnight": "W", "month": "M",
    "quarter": "Q", "year": "Y", "yr": "Y", "decade": "E", "century": "C", "centurie": "C",
}  # fmt: skip
UNIT = rf"(?:{either(UNITS)})"
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{either(ORDINALS)})"
ZONE = r"(?:GMT|UTC|BST|CET|CEST|EST|EDT|ET|CST|CDT|CT|MST|MDT|MT|PST|PDT|PT)\b"
STEPS = {"last": -1, "this": 0, "next": 1}
YEAR = r"(?:1[0-9]|20)\d\d"

SPELT_YEAR = (
    f"(?:nineteen|eighteen){JOINT}(?:{either(word for word, n in NUMBERS.items() if n >= 10)})"
    f"(?:{JOINT}(?:{either(word for word, n in NUMBERS.items() if n < 10)}))?"
)
"""A year in words, as spoken: "nineteen ninety-seven"."""

EARLY = (
    r"(?:(?:very_)?(?:early|late|mid)(?:-|_(?:in_|on_)?)|(?:earlier|later|sometime|some_time)_(?:in_|on_)?"
    r"|(?:the_)?(?:very_)?(?:beginning|start|middle|end|close|early_part|latter_part|rest|remainder)_of_)"
)
"""What narrows a period; TIMEX3 tells it in an attribute of its own, not in the value."""

ABOUT = (
    r"(?:(?:at_(?:least|most)|(?:no_)?(?:more|less|fewer)_than|(?:just|well|little|slightly)_(?:over|under)|up_to"
    r"|about|around|nearly|almost|roughly|approximately|under|another|exactly|some|an_additional)_)"
)


def ordinal(word: str) -> int:
    """The number of an ordinal."""
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else ORDINALS["-".join(word.lower().replace("-", " ").split())]


def spelt_year(words: str) -> int:
    """The year that SPELT_YEAR matched."""
    first, *rest = plain(words).split()
    return 100 * NUMBERS[first] + sum(NUMBERS[word] for word in rest)


def month(word: str) -> int:
    """The number of a month."""
    return MONTHS[word.lower().rstrip(".")]


def weekday(word: str) -> int:
    """The number of a weekday, Monday 0."""
    key = word.lower().rstrip(".")
    return DAYS[key if key in DAYS else key.removesuffix("s")]


def plain(words: str | None) -> str:
    """Words in lower case with single blanks and straight apostrophes, "" for None."""
    return " ".join(re.sub(APOSTROPHE, "'", words or "").lower().replace("-", " ").split())


def steps(pick: str) -> int:
    """Whether words like "the following" lead a period back (-1), on (1) or nowhere."""
    if any(word in pick for word in ("last", "previous", "preceding", "past")):
        return -1
    return 1 if any(word in pick for word in ("next", "coming", "following")) else 0
