"""Two numbers that are one range ("10 to 15", "between 28 and 34", "$2-3 million"), and those that stay two.

A score, a vote, one share against another and a change from one value to another are two figures: the second is lower,
or a verb of leading, beating, voting or moving "from" stands before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tellings.reading.numerals import Numeral, Sort
from tellings.records import Span

_HYPHEN = re.compile(r"\s?[-–—]\s?")
_TO = re.compile(r"-?(?:\s+or\s+so)?\s+to\s+(?:about\s+|around\s+|as\s+many\s+as\s+|nearly\s+)?|-to-")
_AND = re.compile(r"\s+and\s+")
_OR = re.compile(r"-?\s+or\s+|-or-")
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+ages\s+of\s+)?$", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:led|leads?|leading|trail\w*|beat\w*|defeat\w*|ahead|behind|won|wins?|winning|lost|loses?|losing|vot\w+|"
    r"edg(?:ed|es|ing)|outscored|passed|approved|lead|margin\s+of|odds|split|divided)\b[^.;:]{0,60}$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?<!anywhere\s)(?<!ranging\s)(?<!ranged\s)(?<!ranges\s)(?<!range\s)(?<!ages\s)\bfrom\s+(?:about\s+|around\s+|an?\s+)?$",
    re.IGNORECASE,
)
_VOTE = re.compile(
    r"[\s-](?:\w+\s+)?(?:votes?|vot\w+|decision|ruling|majority|margin|opinion|party-line)\b", re.IGNORECASE
)
_SCORE = re.compile(r"\s(?:win|victory|loss|defeat|score|lead|record|draw|tie)\b", re.IGNORECASE)
_REACH = 72
_WIDEST = 3.0
"""How many times the first number of "two or three" the second may be."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A number, or two that are one range; `scored` says that it is a side of a score, "vote" where of a vote."""

    span: Span
    low: float
    high: float
    unit: str
    sort: Sort
    scored: str = ""


def paired(text: str, found: Sequence[Numeral]) -> list[Pair]:
    """Numbers in text order with those of one range joined."""
    return list(_paired(text, found))


def _paired(text: str, found: Sequence[Numeral]) -> Iterator[Pair]:
    at = 0
    while at < len(found):
        one = found[at]
        other = found[at + 1] if at + 1 < len(found) else None
        if other is None or other.span.start - one.span.end > 24:
            yield _single(one)
            at += 1
            continue
        scored = _scored(text, one, other)
        joined = None if scored else _joined(text, one, other)
        if joined:
            yield joined
        elif scored:
            yield from (_single(one, scored), _single(other, scored))
        else:
            yield _single(one)
            at -= 1
        at += 2


def _single(one: Numeral, scored: str = "") -> Pair:
    return Pair(one.span, one.value, one.value, one.unit, one.sort, scored)


def _scored(text: str, one: Numeral, other: Numeral) -> str:
    """How two numbers stand against each other: in a vote, in another score, or "" where they do not."""
    between = text[one.span.end : other.span.start]
    if one.unit or other.unit or not (_HYPHEN.fullmatch(between) or _TO.fullmatch(between)):
        return ""
    before, after = text[max(0, one.span.start - _REACH) : one.span.start], text[other.span.end : other.span.end + 24]
    against = bool(_AGAINST.search(before))
    falls = other.value <= one.value
    if _VOTE.match(after) and (falls or "-" in between or against):
        return "vote"
    if against and re.search(r"\b(?:vot|passed|approved|split|divided)\w*\b[^.;:]*$", before, re.IGNORECASE) and falls:
        return "vote"
    return "score" if falls or _SCORE.match(after) else ""


def _joined(text: str, one: Numeral, other: Numeral) -> Pair | None:
    """The range that two numbers make, if they do."""
    between, before = text[one.span.end : other.span.start], text[max(0, one.span.start - _REACH) : one.span.start]
    low = one.value * (other.scale if one.scale == 1 and one.sort == "digits" and one.value < 1000 else 1.0)
    units = {unit for unit in (one.unit, other.unit) if unit}
    rest = one.unit in {"%", "points"} and not other.unit  # "up 4 points to 53"
    if rest or len(units) > 1 or low >= other.value or "loose" in {one.sort, other.sort}:
        return None
    apart = (bool(_AGAINST.search(before)) and bool(units)) or bool(_FROM.search(before))
    whole = (
        bool(_HYPHEN.fullmatch(between))
        or (bool(_TO.fullmatch(between)) and not apart)
        or (bool(_AND.fullmatch(between)) and bool(_BETWEEN.search(before)))
        or (bool(_OR.fullmatch(between)) and other.value <= _WIDEST * low)
    )
    if not whole:
        return None
    unit = next(iter(units), "")
    return Pair(Span(one.span.start, other.span.end), low, other.value, unit, other.sort)
