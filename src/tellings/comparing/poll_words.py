"""The words by which a poll is known: its naming, pollster, dates, sample, margin, lead and scenario."""

from __future__ import annotations

import re

from tellings.comparing.words import MONTHS, WEEKDAYS, listed
from tellings.records import Span

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAYS = rf"{_MONTH}\s\d{{1,2}}(?:\s?(?:-|–|to|through|and)\s?(?:{_MONTH}\s)?\d{{1,2}})?"
_WORD = r"[A-Z][\w&.’'-]*(?:[/-][A-Z][\w&.’'-]*)*"
_NAME = rf"{_WORD}(?:\s+(?:(?:of|and|for|the)\s+){{0,2}}{_WORD}){{0,6}}"
_KIND = (
    r"(?:(?:new|recent|latest|national|statewide|state|tracking|opinion|online|telephone|exit|public|daily|weekly|monthly|"
    r"annual|separate|different|nationwide|general|primary)\s+){0,3}"
)
POLL = re.compile(
    r"\b(?:poll|survey|polls(?=\s+found)|(?<=[A-Z][A-Z]\s)polls|surveyed(?=\s+by\s+[A-Z]))\b"
    r"(?!\s+(?:workers?|numbers|watchers?|tax|station|takers?|respondents?|released\s+in\s+the\s+final))"
)
"""One poll, or several of one pollster; "the polls" in general are none."""
POINTING = re.compile(
    rf"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Ii]ts)\s+(?:same\s+|new\s+|latest\s+)?(?:{_DAYS}\s+)?(?:polls?|survey)\b(?!\s+(?:by|from)\b)"
)
NAMED_AGAIN = re.compile(rf"\b[Tt]he\s+{_NAME}\s+{_KIND}(?:polls?|survey)\b")
_BEFORE = re.compile(rf"({_NAME})(?:[’']s)?\s+(?:\d{{4}}\s+)?{_KIND}$")
_BEHIND = re.compile(
    rf"\w+\s+(?:(?:released|published|taken|conducted|done|commissioned|out|sponsored)\s+)?"
    rf"(?:(?:on\s+)?(?:[A-Z][a-z]+day|this\s+week|last\s+week|last\s+month|this\s+month|earlier\s+this\s+(?:week|month))\s+)?"
    rf"(?:by|from)\s+(?:the\s+|pollsters?\s+at\s+)?(?:[a-z-]+\s+)?(?:[A-Z][a-z]+-language\s+)?({_NAME})"
)
_BESIDE = re.compile(rf"({_NAME}),\s+an?\s+(?:[\w-]+\s+){{0,6}}$")
_NO_POLLSTER = frozenset(MONTHS | WEEKDAYS) | listed(
    "a an the in another one americans this that its his her according meanwhile but and may"
)
_DATES = re.compile(
    rf"\b{_DAYS}\b|\b(?:earlier\s+)?(?:last|this)\s+(?:week|month)\b|(?<=\bin\s)(?:early\s+|late\s+|mid-)?{_MONTH}(?=[\s.,;])|"
    r"\b20\d\d(?=\s+[A-Z][^.;,]{0,40}\b(?:poll|survey)\b)"
)
_NOT_FIELD = re.compile(r"\b(?:released|published|out)\s+(?:in\s+|on\s+)?$")
_SAMPLE = re.compile(
    r"\s+(?:[\w.-]+\s+){0,3}(?:voters|adults|people|respondents|residents|caucusgoers|caucus-goers|americans|companies|"
    r"economists|executives|workers|employees|families|households|students|republicans|democrats)\b",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\b(?:poll|survey|sample|interviews?)\s+(?:of|with)\s+(?:about\s+|nearly\s+|some\s+|roughly\s+|more\s+than\s+|at\s+least\s+|over\s+)?$",
    re.IGNORECASE,
)
MARGIN = re.compile(r"(?:margin\s+of\s+(?:sampling\s+)?error|plus\s+or\s+minus|±)[^.;]{0,40}$", re.IGNORECASE)
LEAD = re.compile(r"\b(?:lead\w*|ahead|advantage|edge|gap|by|up|margin)\b[^.;]{0,45}$", re.IGNORECASE)
SCENARIO = re.compile(
    r"\b(?:in\s+an?\s+(?:hypothetical\s+)?(?:head-to-head|two-way|three-way|general-election|hypothetical)[\w\s-]{0,24}?"
    r"(?:matchup|match-up|race|contest)|if\s+the\s+election\s+were\s+held\s+(?:today|now)|among\s+(?:[\w-]+\s+){0,3}voters)\b",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"\b(?:polls?|polled|poll['’]s|surveys?|surveyed|respondents?|participants|favorab\w+|approv\w+|disapprov\w+|favou?r\w*|oppos\w+|"
    r"prefer\w*|supported?|supports|undecided|think|thinks|believe|disagree|agree|not\s+sure|followed\s+by|candidates?|voters|"
    r"issue|margin\s+of|plus\s+or\s+minus|(?:percent|%)\s+(?:of\s+)?(?:those|americans|voters|adults|republicans|democrats|independents|women|men|likely))\b",
    re.IGNORECASE,
)
"""Words by which a sentence behind a poll goes on telling of it."""


def pollster(text: str, poll: Span, start: int, end: int) -> Span | None:
    """Who made a poll: the names before its word, behind "by" or "from", or beside it ("Vantage, a survey")."""
    first = max(start, poll.start - 90)
    before, behind = _BEFORE.search(text[first : poll.start]), _BEHIND.match(text, poll.start, end)
    beside = _BESIDE.search(text[first : poll.start])
    places = ((before, first), (behind, 0), (beside, first))
    named = (_trimmed(text, shift + one.start(1), shift + one.end(1)) for one, shift in places if one)
    return next((span for span in named if span), None)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """A name without articles, days and possessive endings around it."""
    words = [(start + one.start(), start + one.end()) for one in re.finditer(r"\S+", text[start:end])]
    while words and text[slice(*words[0])].lower().rstrip(".,") in _NO_POLLSTER:
        words = words[1:]
    if not words:
        return None
    last = words[-1][1] - (2 if re.search(r"[’']s$", text[slice(*words[-1])]) else 0)
    ends = text[last - 1] == "." and text[last - 3 : last - 2] != "."
    return Span(words[0][0], last - 1 if ends else last)


def dates(text: str, start: int, end: int) -> Span | None:
    """When a poll was taken; the day of its release is none."""
    for found in _DATES.finditer(text, start, end):
        if not _NOT_FIELD.search(text[max(start, found.start() - 20) : found.start()]):
            return Span(*found.span())
    return None


def is_sample(text: str, span: Span) -> bool:
    """Whether a number is of those asked."""
    return bool(_SAMPLE.match(text, span.end) or _OF.search(text[max(0, span.start - 40) : span.start]))
