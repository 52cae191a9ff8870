"""Numbers written in words, and the magnitudes that follow digits: their values and the pattern that finds them."""

from __future__ import annotations

import re

_ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {word: float(n) for n, word in enumerate(_ONES)} | {word: 10.0 * n for n, word in enumerate(_TENS, start=2)}
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12,
}  # fmt: skip
"""Magnitudes by what they multiply with, written out or as signs behind digits."""
_PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
          "eighth": 8, "ninth": 9, "tenth": 10}  # fmt: skip
_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_LOOSE = {"ten": 10.0, "dozen": 12.0, "score": 20.0}

_SCALE = "hundred|thousand|million|billion|trillion"
_BIG = f"{_SCALE}|dozen"
_ONE = "|".join(sorted(_SMALL, key=len, reverse=True))
_PLAIN = rf"(?:{_ONE})(?:[-\s](?:{_ONE})\b)?"
_PART = "half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"

LOOSE = rf"(?:(?:tens|dozens|hundreds|thousands)\s+of\s+)?(?:dozens|{_SCALE.replace('|', 's|')}s)|scores(?=\s+of\b)"
"""Numbers that name only their order of magnitude: dozens, tens of thousands."""
FEW = rf"(?:several|a\s+few|a\s+couple(?:\s+of)?|many)\s+(?:{_BIG})"
"""A few of a magnitude: "several hundred", "a few dozen"."""
SHARE = (
    rf"(?:{_PLAIN})[-\s](?:{_PART})(?!-)|an?\s+(?:{_PART})(?=\s+of\b(?!\s+an?\s))"
    r"|half(?=\s+(?:of|the|their|its|his|her|our|all|those|these|that)\b)"
)
"""Parts of something: "two-thirds", "a quarter of", "half of"."""
HALF = r"half(?=(?:-|\s+an?\s+)(?:hour|mile|century|decade|year|day|inch|minute|pound|ounce)\b)"
"""Half of one measure: "half an hour"."""
WRITTEN = (
    rf"(?:a\s+)?half(?:\s+an?\s+|[-\s])(?:{_BIG})"
    r"|(?:a\s+)?quarter(?:-|\s+of\s+an?\s+)(?:million|billion)"
    rf"|(?:an?|{_PLAIN})(?:\s+and\s+a\s+half)?(?:[-\s]+(?:{_BIG})\b)+"
    rf"(?:\s+(?:and\s+)?{_PLAIN}(?:[-\s]+(?:{_SCALE})\b)*)*"
    rf"|{_PLAIN}(?:[-\s]and[-\s]a[-\s]half)?"
)
"""Numbers in words: "twenty-three", "a dozen", "two and a half million", "half a million"."""


def written(text: str) -> float:
    """The value of a number in words (WRITTEN or HALF)."""
    words = re.findall(r"[a-z]+", text.lower())
    total, current = 0.0, 0.0
    for word in words:
        if word in _SMALL:
            current += _SMALL[word]
        elif word in {"half", "quarter"}:
            current += 1 / _PARTS[word]
        elif word == "hundred":
            current = (current or 1.0) * 100.0
        elif word == "dozen":
            current = (current or 1.0) * 12.0
        elif word in SCALES:
            total += (current or 1.0) * SCALES[word]
            current = 0.0
    return total + current


def magnitude(text: str) -> float:
    """The least value that a loose number may have: 12 for dozens, 10,000 for tens of thousands."""
    value = 1.0
    for word in re.findall(r"[a-z]+", text.lower()):
        one = word.removesuffix("s")
        value *= _LOOSE.get(one) or (SCALES[one] if len(one) > 3 and one in SCALES else 1.0)
    return value


def part(text: str) -> float:
    """The value of a share in words (SHARE)."""
    words = re.findall(r"[a-z]+", text.lower())
    last = _PARTS[words[-1].removesuffix("s")]
    count = sum(_SMALL.get(word, 0.0) for word in words[:-1]) or 1.0
    return count / last


def sign(text: str) -> float:
    """The value of a fraction's sign, or of one like "3/4"."""
    if text in _SIGNS:
        return _SIGNS[text]
    above, _, below = text.partition("/")
    return int(above) / int(below)
