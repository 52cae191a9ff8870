"""When "one" counts: where "a single" could stand for it, not where it means a certain one or somebody.

"One person dead", "more than one conversation", "a one-month stay" count; "one of them", "one neighbour said" do not.
"""

from __future__ import annotations

import re

from tellings.records import Span

_MEASURE = re.compile(
    r"-(?:month|year|week|day|hour|minute|mile|week|story|bedroom|man|woman|person|vote|point|inch|foot|seat)\b|\s+(?:percent|percentage)",
    re.I,
)
_SPAN = re.compile(r"\s+(?:year|month|week|hour|mile|vote|inch|seat|foot|pound|percent|point)s?\b", re.I)
_NOT_SPAN = re.compile(r"\b(?:at|on|this|that|any|no|the|each)\s+$", re.I)
_LEAST = re.compile(
    r"\b(?:more\s+than|at\s+least|only|just|fewer\s+than|no\s+more\s+than|less\s+than|about|exactly|nearly|up\s+to)\s+$",
    re.I,
)
_FATE = (
    r"(?:dead|killed|injured|wounded|hurt|shot|died|critically|fatally|missing|arrested|hospitalized|"
    r"in\s+(?:critical|custody))"
)
_PEOPLE = (
    r"(?:person|people|man|woman|child|boy|girl|teen|teenager|student|officer|victim|suspect|civilian|soldier|bystander|"
    r"worker|employee|protester|juvenile|adult|male|female|infant|toddler|baby|deputy|trooper|death|fatality|arrest|"
    r"injury|bullet|shot|round|count|other)"
)
_HIT = re.compile(
    rf"\s+(?:(?:other|more)\s+)?(?:[a-z-]+\s+)?(?:{_PEOPLE}\s+)?(?:(?:is|was|were|are|has\s+been|had\s+been|has|had)\s+)?(?:\w+ly\s+)?{_FATE}\b",
    re.I,
)
_HITTING = re.compile(
    r"\b(?:kill(?:s|ed|ing)?|wound(?:s|ed|ing)?|injur(?:es|ed|ing)|hurt(?:s|ing)?|leav(?:es|ing)|left|arrest(?:s|ed|ing)|shot|shoot(?:s|ing)?|claim(?:s|ed)|hit(?:s|ting)?|struck|with|of)\s+$",
    re.I,
)
_WHOM = re.compile(rf"\s+(?:[a-z-]+\s+)?{_PEOPLE}\b", re.I)
_AND = re.compile(
    rf"\s+(?:[a-z-]+\s+)?{_PEOPLE},?\s+and\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)\b", re.I
)
_BEFORE_AND = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+(?:[a-z-]+\s+){1,2}and\s+$", re.I
)
_POINTING = re.compile(r"[\w-]-$|\b(?:no|any|every|each|this|that|the|another|some)\s+$", re.IGNORECASE)
_THE, _THAN, _OF = re.compile(r"\bthe\s+$", re.IGNORECASE), re.compile(r"\b(?:least|than)\s+$"), re.compile(r"\s+of\b")
_PRONOUN = re.compile(r"\s+(?:of|another|who|that|is\s+(?:a|the)|day\b|thing\b|time\b|another\b)", re.I)


def counts_one(text: str, span: Span) -> bool:
    """Whether a lone "one" at a span is a count."""
    before, after = text[max(0, span.start - 32) : span.start], text[span.end : span.end + 48]
    if _MEASURE.match(after):
        return True
    if _POINTING.search(before) or after.startswith("-"):
        return bool(_THE.search(before) and _HIT.match(after))
    if _LEAST.search(before):
        return not _OF.match(after) or bool(_THAN.search(before))
    return _measured(before, after) if _SPAN.match(after) else _befallen(before, after)


def _measured(before: str, after: str) -> bool:
    """One month, one mile; not at one point."""
    return not _NOT_SPAN.search(before) and not _PRONOUN.match(after)


def _befallen(before: str, after: str) -> bool:
    """One that something happened to, or that is counted together with others."""
    if _PRONOUN.match(after) and not _HIT.match(after):
        return False
    if _HIT.match(after) or _AND.match(after):
        return True
    return bool(_WHOM.match(after) and (_HITTING.search(before) or _BEFORE_AND.search(before)))
