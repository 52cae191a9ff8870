"""Days told by their place beside another: weekdays, "yesterday", "this morning"; and "now" and its like."""

from __future__ import annotations

import re
from datetime import date

from tellings.reading.calendar import Anchor, anchor_of, moved, relative
from tellings.reading.time_rules import Found, Rule, Scene, after, before, rule
from tellings.reading.time_words import EARLY, PART, PARTS, WEEKDAY, compiled, plain, steps, weekday

# ---------------------------------------------------------------- weekdays

_BACK = {"last", "previous", "the previous", "the preceding", "this past", "the past"}
_ON = {"next", "the following", "the next", "this coming", "the coming", "following"}


_SHARED_NIGHTS = compiled(rf"(?:,_{WEEKDAY})*,?_(?:and|or)_{WEEKDAY}_(?P<part>{PART})s\b")
"""What makes a day before it one of many: "Monday and Tuesday nights"."""


def _weekday(match: re.Match[str], scene: Scene) -> Found:
    """The last such day, the running one with it, unless the words or the tense tell of the one to come."""
    pick = plain(match["pick"])
    shared = None if match["part"] else _SHARED_NIGHTS.match(after(match, 40))
    if shared:
        return Found("set", f"XXXX-WXX-{weekday(match['w']) + 1}T{PARTS[shared['part'].lower()]}")
    if pick in {"every", "each"} or match["many"]:
        part = f"T{PARTS[match['part'].lower()]}" if match["part"] else ""
        return Found("set", f"XXXX-WXX-{weekday(match['w']) + 1}{part}")
    start = scene.then or scene.now if pick in {"the following", "the previous", "the preceding"} else scene.now
    day = _nearest_weekday(start, weekday(match["w"]), pick, scene)
    if day is None or match["part"] is None:
        return Found("date" if match["part"] is None else "time", day.isoformat() if day else None)
    return Found("time", f"{day.isoformat()}T{PARTS[match['part'].lower()]}")


def _nearest_weekday(start: Anchor | None, number: int, pick: str, scene: Scene) -> date | None:
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
    r"\s+(?:Times|Telegraph|Herald|Post|Mail|Express|Mirror|News|Tribune|Independent|Review|Magazine|People"
    r"|Night (?:Live|Football|Lights)|Agreement)\b|\s+says\b"
)
_NAMED = re.compile(
    r"\b(?:Black|Good|Ash|Super|Bloody|Palm|Easter|Cyber|Ruby|Billy|Giving|Fat|Shrove|Maundy|Holy|Whit)\s+$"
)


def _is_weekday(match: re.Match[str]) -> bool:
    """With its capital, and no newspaper ("The Sunday Times"), holiday or anybody's name."""
    if not match["w"][0].isupper():
        return False
    return not (_PAPER.match(after(match)) or _NAMED.search(before(match)))


# ---------------------------------------------------------------- today and its like

_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0, "overnight": 0}


def _deictic(match: re.Match[str], scene: Scene) -> Found:
    word = match["day"].lower()
    offset = _DAYS[word] + (0 if not match["beyond"] else -1 if "before" in match["beyond"].lower() else 1)
    value, told = relative(scene.now, "day", offset), match["part"] or match["ahead"]
    part = "NI" if word in {"tonight", "overnight"} else PARTS[told.lower()] if told else ""
    if not part:
        return Found("date", value)
    return Found("time", f"{value}T{part}" if value else None)


def _part_of_day(match: re.Match[str], scene: Scene) -> Found:
    """This morning, last night, the next morning."""
    pick = plain(match["pick"])
    if pick in {"the next", "the following", "the previous", "that", "the same"}:
        value = relative(scene.then, "day", steps(pick))
    else:
        start = anchor_of(scene.beside) or scene.now if pick == "the" else scene.now
        value = relative(start, "day", -1 if pick == "last" else 0)
    return Found("time", f"{value}T{PARTS[match['part'].lower()]}" if value else None)


_PAST, _PRESENT, _FUTURE = "PAST_REF", "PRESENT_REF", "FUTURE_REF"


def _vague(match: re.Match[str], _scene: Scene) -> Found:
    if match["past"]:
        return Found("date", _PAST)
    return Found("date", _PRESENT if match["present"] else _FUTURE)


def _is_vague(match: re.Match[str]) -> bool:
    """Not "as soon as" nor "current affairs": where the word tells of a time by itself."""
    if match["past"] and match[0].lower() == "the past":
        return not re.match(r"\s+(?:few|several|[a-z]+\s+(?:years?|months?|weeks?|days?))", after(match, 40))
    return not (match[0].lower() == "soon" and re.match(r"\s+(?:as|after|before|enough)\b", after(match)))


DAY_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?:{EARLY})?(?:(?P<pick>last|this|next|every|each|the_(?:following|previous|preceding|past|next|coming)"
        rf"|this_(?:past|coming)|following)_)?(?:early_|late_)?(?P<w>{WEEKDAY})(?:_(?P<part>{PART})(?P<many>s)?)?",
        _weekday,
        _is_weekday,
    ),
    rule(
        rf"(?P<w>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?P<many>s)(?P<pick>)(?:_(?P<part>{PART})s?)?",
        _weekday,
        _is_weekday,
    ),
    rule(
        rf"(?:{EARLY})?(?:the_)?(?:(?P<beyond>day_(?:before|after))_)?"
        rf"(?:(?P<ahead>{PART})_)?(?P<day>today|yesterday|tomorrow|tonight|overnight)(?:_(?P<part>{PART}))?",
        _deictic,
        lambda match: not re.search(r"USA\s+$", before(match)),
    ),
    rule(
        rf"(?:{EARLY})?(?P<pick>this|last|the_(?:next|following|previous|same)|that|(?<=in )the)_(?:early_|late_)?"
        rf"(?P<part>{PART})",
        _part_of_day,
    ),
)
REFERENCES: tuple[Rule, ...] = (
    rule(
        r"(?P<present>now|currently|current|at_present|nowadays|at_the_moment|these_days)"
        r"|(?P<past>recently|recent(?:_(?:days|weeks|months|years|decades|times)(?:_and_(?:months|years))?)?"
        r"|the_(?:recent_)?past)|(?P<future>soon|(?:the_(?:near_|foreseeable_)?|near_|(?<=in ))future"
        r"|the_(?:near|short|long)_term|coming_(?:days|weeks|months|years))",
        _vague,
        _is_vague,
    ),
)
