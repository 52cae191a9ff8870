"""Whether a number is told exactly, as a least, as a most, or about.

"Nearly", "almost" and "just under" are about: who says nearly forty means some number near forty, and thirty-nine and
forty are told so alike. "As many as" and "up to" are at most, "more than" and "or more" at least.
"""

from __future__ import annotations

import re

from tellings.records import Bound, Span

_REACH = 32
_BARE = r"\s+(?:the\s+age\s+of\s+|another\s+)?$"
_LINK = r"\s+(?:an?\s+|the\s+|another\s+|the\s+age\s+of\s+|an\s+additional\s+|additional\s+|some\s+)?$"
_NOT_BEFORE_OVER = (
    "presided presides preside handed handing hand took take taken taking turned turning turn won fight fought "
    "fighting dispute disputes argued argue concerns concern power control mulled pored watched watch voted looked look"
)
"""Words behind which "over" is no bound: "presided over two hearings"."""
_NOT_OVER = "".join(rf"(?<!{word}\s)" for word in _NOT_BEFORE_OVER.split())
_ABOUT = (
    r"nearly|almost|close\s+to|just\s+under|just\s+shy\s+of|just\s+short\s+of|about|around|roughly|approximately|"
    r"approx\.?|some|an?\s+estimated|estimated|an\s+average\s+of|circa|nearing|approaching|somewhere\s+near"
)
_MOST = (
    r"at\s+most|up\s+to|as\s+many\s+as|as\s+much\s+as|no\s+more\s+than|not\s+more\s+than|(?<!no\s)fewer\s+than|"
    r"(?<!no\s)(?<!not\s)less\s+than|lower\s+than|younger\s+than|(?:a\s+)?maximum\s+of"
)
_LEAST = (
    r"at\s+least|no\s+fewer\s+than|not\s+less\s+than|no\s+less\s+than|more\s+than|greater\s+than|higher\s+than|"
    r"upwards?\s+of|in\s+excess\s+of|older\s+than|exceed(?:s|ed|ing)?|(?:a\s+)?minimum\s+of|topp(?:ed|ing)|"
    r"surpass(?:ed|es|ing)"
)


def _before(words: str, signs: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?<![\w-])(?:{words}){_LINK}|[{signs}]\s?$)", re.IGNORECASE)


_BEFORE: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (_before(_ABOUT, "~≈"), "about"),
    (_before(_MOST, "<≤"), "at most"),
    (_before(_LEAST, ">≥"), "at least"),
)
_SHORT: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile(rf"(?<![\w-])(?:under|below){_BARE}", re.IGNORECASE), "at most"),
    (re.compile(rf"(?<![\w-])(?:{_NOT_OVER}over|above){_BARE}", re.IGNORECASE), "at least"),
)
"""Prepositions are bounds only right before the number: "under a six-month review" is none."""
_MORE = r"\+|[\s-]plus\b|{some}\s+(?:or\s+(?:more|older|above|over|higher)|and\s+(?:older|over|up))\b"
_FEWER = r"{some}\s+(?:or|and)\s+(?:fewer|less|younger|under|below)\b"
_SOME = r"(?:[\s-][\w-]+){0,2}?"
_AFTER: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile(_MORE.replace("{some}", _SOME), re.IGNORECASE), "at least"),
    (re.compile(_FEWER.replace("{some}", _SOME), re.IGNORECASE), "at most"),
    (re.compile(r"(?:\s+[\w-]+)?\s+or\s+so\b|-ish\b", re.IGNORECASE), "about"),
)


def bound(text: str, span: Span) -> Bound:
    """The bound of a number by the words just before and after it."""
    before, after = text[max(0, span.start - _REACH) : span.start], text[span.end : span.end + _REACH]
    for pattern, told in (*_BEFORE, *_SHORT):
        if pattern.search(before):
            return told
    return next((told for pattern, told in _AFTER if pattern.match(after)), "exactly")
