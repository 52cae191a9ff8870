"""How long and how often: durations and sets, which are no place in the calendar."""

from __future__ import annotations

import re

from tellings.reading.time_rules import Found, Rule, Scene, after, before, rule
from tellings.reading.time_words import (
    ABOUT,
    COUNT,
    JOINT,
    MONTH,
    PART,
    PARTS,
    SEASON,
    SEASON_WORDS,
    UNIT,
    UNITS,
    count,
    month,
    plain,
)


def _value(number: float | None, unit: str) -> str:
    """An ISO 8601 duration; X for a number that is not told, and the half of a year or hour in the unit below."""
    word = unit.lower().rstrip("s").replace("centurie", "century")
    sign = UNITS[word]
    head = "PT" if word in {"second", "minute", "hour"} else "P"
    if number is not None and word == "fortnight":
        number *= 2
    if number is None:
        return f"{head}X{sign}"
    if sign in {"E", "C"}:
        sign, number = "Y", number * (10 if sign == "E" else 100)
    if number % 1 == 0.5:
        whole, below = int(number), {"year": "6M", "hour": "30M", "minute": "30S"}.get(word)
        if below:
            return f"{head}{f'{whole}{sign}' if whole else ''}{below}"
    return f"{head}{number:g}{sign}" if number < 1e6 else f"{head}X{sign}"


def _length(match: re.Match[str], _scene: Scene) -> Found:
    number = count(match["n"]) if match["n"] else None
    if (match["half"] or match["more"]) and number is not None:
        number += 0.5
    return Found("duration", _value(number, match["unit"]))


_NO_LENGTH = re.compile(r"-?\s?olds?\b|-(?:ago|earlier)")
_PER = re.compile(r"(?:\d|\b(?:times|once|twice|million|billion|thousand|percent|people))\s+$")


def _is_length(match: re.Match[str]) -> bool:
    """No age, no "second" in a row, no "a quarter" of something, and no rate ("$3 a year")."""
    if _NO_LENGTH.match(after(match)) or re.search(r"[$£€.,\d]$", before(match, 1)):
        return False
    unit, number = match["unit"].lower(), plain(match["n"])
    if unit == "second" or (unit.startswith("quarter") and re.match(r"\s+(?:of|century|final)", after(match))):
        return unit == "quarters" and number == "several"
    if number in {"a", "an"}:
        return not _PER.search(before(match))
    return number != "some" or unit.endswith("s")


def _some_length(match: re.Match[str], _scene: Scene) -> Found:
    return Found("duration", _value(count(match["n"]) if match["n"] else None, match["unit"]))


def _is_bare_length(match: re.Match[str]) -> bool:
    """No possessive, no age and not what is left of a longer expression."""
    if re.match(r"['’-]|\s+old\b", after(match)):
        return False
    return not re.search(
        r"[\d-]\s?$|\b(?:early|wee|late|morning|rush|office|business|working|opening|visiting|these|those|good old)"
        r"\s+$",
        before(match),
    )


# ---------------------------------------------------------------- how often

_OFTEN = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "monthly": "P1M",
    "annually": "P1Y", "yearly": "P1Y", "biweekly": "P2W", "biennially": "P2Y",
}  # fmt: skip


def _often(match: re.Match[str], _scene: Scene) -> Found:
    return Found("set", _OFTEN[match["often"].lower()])


def _is_often(match: re.Match[str]) -> bool:
    """No newspaper: "The Daily Post", "the party daily Granma"."""
    return match[0][0].islower() and not re.match(r"\s+[A-Z]", after(match))


def _every(match: re.Match[str], _scene: Scene) -> Found:
    if match["part"]:
        return Found("set", f"XXXX-XX-XXT{PARTS[match['part'].lower()]}")
    if match["season"]:
        return Found("set", f"XXXX-{SEASON_WORDS[match['season'].lower()]}")
    if match["month"]:
        return Found("set", f"XXXX-{month(match['month']):02d}")
    number = 2.0 if plain(match["n"]) == "other" else count(match["n"]) if match["n"] else 1.0
    return Found("set", _value(number, match["unit"]))


def _rate(match: re.Match[str], _scene: Scene) -> Found:
    return Found("set", _value(1.0, match["unit"]))


def _is_rate(match: re.Match[str]) -> bool:
    return bool(re.search(r"(?:\d|\b(?:times|once|twice|million|billion|thousand|percent))\s+$", before(match)))


_SPAN = r"(?P<unit>(?:minute|hour|day|weekend|week|fortnight|month|quarter|year|decade|centurie)s)"
LENGTHS: tuple[Rule, ...] = (
    rule(
        rf"(?:{ABOUT})?(?:(?:the_)?(?:first|last|past|next|final|previous|latest|coming|recent|following|year-earlier)_"
        rf"|(?:the|these|those)_(?!\w{{1,12}}-)|additional_)?(?P<n>{COUNT})(?P<half>_and_a_half)?{JOINT}"
        r"(?:(?:more|consecutive|straight|full|additional|whole|long|fiscal|calendar|trading|business|working)_)?"
        rf"(?P<unit>{UNIT}s?)(?P<more>_and_a_half)?",
        _length,
        _is_length,
    ),
    rule(
        r"(?P<n>)(?:(?:the_)?(?P<unit>minute|hour|day|week|weekend|month|year|decade|century)-long|all_(?P<all>day|night|week|weekend|month|year))",
        lambda match, _: Found(
            "duration", _value(1.0, {"night": "day"}.get(match["all"], match["all"] or match["unit"]))
        ),
        lambda match: not re.match(r"[-’']|_?(?:long|round)\b", after(match)),
    ),
    rule(
        r"(?:the_)?(?:first|last|past|next|previous|latest|coming|recent|final)_"
        rf"(?:(?P<n>few|couple_of|several)_)?{_SPAN}(?:_ahead)?",
        _some_length,
    ),
    rule(
        r"(?:the_(?=\w{1,9}_ahead))?(?P<n>)(?P<unit>(?:minute|hour|day|week|month|year|decade|centurie)s)(?:_ahead)?",
        _some_length,
        _is_bare_length,
    ),
    rule(rf"(?P<often>{'|'.join(_OFTEN)})", _often, _is_often),
    rule(
        rf"(?:every|each)(?:_single)?_(?:(?P<n>other|{COUNT})_)?(?:(?P<unit>{UNIT}s?)|(?P<part>{PART})|(?P<season>{SEASON})|(?P<month>{MONTH}))",
        _every,
    ),
    rule(
        rf"(?:(?P<times>once|twice|(?:{COUNT})_times)_)?(?:an?|per|each)_"
        r"(?P<unit>second|minute|hour|day|week|month|quarter|year)",
        _rate,
        lambda match: bool(match["times"]) or _is_rate(match),
    ),
)
