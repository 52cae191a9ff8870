"""Nobody and none as a count of 0: "no injuries", "no arrests have been made", "no one was hurt"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tellings.records import Figure, Span

if TYPE_CHECKING:
    from tellings.reading.counted import Phrases

_THINGS = (
    "injuries|injury|deaths|casualties|fatalities|arrests|arrest|charges|cases|victims|survivors|wounded|hospitalizations|"
    "infections|hostages|shots|complaints|evacuations|layoffs|votes"
)
_NONE = re.compile(
    rf"\bno\s+(?=(?:(?!one\b)[a-z]+\s+){{0,2}}?(?P<thing>{_THINGS})\b)"
    r"|\b(?:nobody|no[\s-]one)(?=(?:\s+else)?\s+(?:was|were|is|has\s+been|had\s+been|have\s+been|got|in\s+\w+\s+was)\s+(?:\w+ly\s+)?"
    r"(?:killed|hurt|injured|harmed|wounded|struck|hit|shot|arrested|charged)\b)"
    r"|\bnone(?=(?:\s+of\s+(?:[\w’'-]+\s+){1,4})?\s*\b(?:was|were)\s+(?:\w+ly\s+)?(?:killed|hurt|injured|harmed|wounded|arrested)\b)",
    re.IGNORECASE,
)


def zeros(text: str, phrases: Phrases) -> Iterator[Figure]:
    """Every such figure of a text; the span is the word that says none."""
    for match in _NONE.finditer(text):
        start = match.start()
        span = Span(start, start + len(match.group().rstrip()))
        if match["thing"]:
            told = phrases.counted(span, "")
            yield Figure(span, 0.0, 0.0, told.unit, "exactly", told.span)
        else:
            yield Figure(span, 0.0, 0.0, "people", "exactly", phrases.fate(span))
