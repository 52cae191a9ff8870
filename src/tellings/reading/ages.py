"""Ages told by place alone: "Lind, 34, of Ostby", "aged 34", "he was 34", "under the age of 18"."""

from __future__ import annotations

import re

from tellings.records import Span

_OLDEST = 120.0
_SAID = re.compile(r"\b(?:aged?|ages)(?:\s+(?:of|between|about|around|from))?\s+$", re.IGNORECASE)
_PERSON = re.compile(
    r"\b(?:he|she|who|i)(?:['’]s|\s+(?:is|was|were|turned|turns|had\s+turned))\s+(?:only\s+|just\s+)?$|\bturn(?:ed|ing)\s+$",
    re.I,
)
_ALONE = re.compile(r"\s*(?:[.,;:)]|$|when\b|at\s+the\s+time\b|and\s+(?:had|was|is)\b|if\b)")
_NAME = re.compile(
    r"(?:\b(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|"
    r"Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\b)[A-Z][\w’'-]+|\b[JS]r\.|\bI{2,3}|\b(?:man|woman|boy|girl|son|daughter|brother|"
    r"sister|mother|father|wife|husband|child|teen|student|suspect|victim|grandson|granddaughter|nephew|niece|cousin|"
    r"girlfriend|boyfriend|driver|officer|gunman))[”\"]?,\s+$"
)
_AFTER_NAME = re.compile(
    r"\s*(?:,|;|\.|\)|$|:|(?:of|all|both|was|is|and|were|has|had|who|died|told|said|from|remains|faces)\b)"
)
_OR_OLDER = re.compile(r"\s(?:and|or)\s(?:older|over|under|younger)\b")
_BEFORE_FATE = re.compile(r",\s+(?:critically|seriously|fatally|dead|killed|wounded|injured)\b")


def is_age(text: str, span: Span, value: float) -> bool:
    """Whether the words around a number without a unit make it somebody's age in years."""
    if not 0 < value <= _OLDEST or value != int(value):
        return False
    before, after = text[max(0, span.start - 32) : span.start], text[span.end : span.end + 24]
    if _SAID.search(before) or _OR_OLDER.match(after):
        return True
    if _PERSON.search(before):
        return bool(_ALONE.match(after))
    return (
        text[span.start].isdigit()
        and bool(_NAME.search(before))
        and bool(_AFTER_NAME.match(after))
        and not _BEFORE_FATE.match(after)
    )
