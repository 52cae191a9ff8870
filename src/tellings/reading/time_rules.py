"""What a rule for time expressions is, and what it may look at to resolve one: the scene."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from tellings.reading.calendar import Anchor, anchor_of
from tellings.reading.time_words import compiled
from tellings.records import Span, TimeKind

_AHEAD = re.compile(
    r"\b(?:will|shall|won['’]t|would|going to|to be|(?:is|are|was|were) to|plan(?:s|ned|ning)? (?:to|for|an?)|expects?"
    r"|(?<!had been )(?:expected|scheduled|due)|set (?:to|for)|upcoming|effective|payable|hopes? to|intends?|matur\w+"
    r"|takes? effect|as soon as|await\w*|up for|begin(?:s|ning)|starting)\b|['’]ll\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\b(?:was|were|had|did|said|told|since|last|made|went|took|came|fell|rose|began|won|lost|met|sold|held|left|cut|hit"
    r"|gave|got|found|shot|saw|became|sent|spoke|ran|broke"
    r"|(?<!\bis )(?<!\bare )(?<!\bbe )(?:bought|brought|built|caught|chose|drew|drove|felt|flew|fought|grew|heard"
    r"|kept|knew|laid|led|meant|paid|sank|slid|sought|spent|stood|struck|swept|swore|swung|taught|thought|threw|tore|withdrew|woke|wore|wrote))"
    r"\b|(?<=\w\w)ed\b",
    re.IGNORECASE,
)
_STRONG = re.compile(r"\b(?:will|shall|won['’]t|would|going to|is to|are to)\b|['’]ll\b", re.IGNORECASE)
_SAYING = re.compile(r"said|told", re.IGNORECASE)
_UP_TO = re.compile(r"\b(?:by|until|till|through)\s+$", re.IGNORECASE)
_HAD = re.compile(r"\bhad\b|n['’]t\b", re.IGNORECASE)
_APART = 36
"""How many characters a verb may stand behind the one that puts it ahead: "would still be held"."""
_REACH = 100
"""How many characters around an expression its verb is looked for in."""


class Verbs(NamedTuple):
    """Where a text tells of what is to come and of what was, as spans in text order; `strong` are plain futures."""

    ahead: list[Span]
    behind: list[Span]
    strong: list[Span]


def verbs(text: str) -> Verbs:
    """The words of a text that tell whether something lies ahead or behind."""
    return Verbs(*([Span(*match.span()) for match in pattern.finditer(text)] for pattern in (_AHEAD, _BEHIND, _STRONG)))


def _last(places: list[Span], low: int, high: int) -> Span | None:
    """The last span inside [low, high)."""
    at = bisect_right(places, high, key=lambda span: span.end) - 1
    return places[at] if at >= 0 and places[at].start >= low else None


def _first(places: list[Span], low: int, high: int) -> Span | None:
    """The first span inside [low, high)."""
    at = bisect_left(places, low, key=lambda span: span.start)
    return places[at] if at < len(places) and places[at].end <= high else None


class Found(NamedTuple):
    """What an expression means; `placed` is False where its days cannot be told though its value can.

    `aside` says that what comes after it is not reckoned from it ("the year-earlier quarter").
    """

    kind: TimeKind
    value: str | None
    placed: bool = True
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What an expression is resolved by.

    `now` is the day of publication; `before` the value of the date named last, None where none was, and `beside`
    that of the one in the same sentence, `quarter` that of the quarter named
    last; `sentence` is the stretch whose words tell whether what is told lies ahead.
    """

    text: str
    verbs: Verbs
    span: Span
    sentence: Span
    now: Anchor | None
    before: str | None
    beside: str | None = None
    quarter: str | None = None

    @property
    def then(self) -> Anchor | None:
        """The date named last, to reckon from."""
        return anchor_of(self.before)

    def tense(self) -> int:
        """1 where the nearest verb tells of what is to come, -1 of what was, 0 where there is none to tell."""
        low, high = max(self.sentence.start, self.span.start - _REACH), self.span.start
        ahead, behind = _last(self.verbs.ahead, low, high), _last(self.verbs.behind, low, high)
        if _UP_TO.search(self.text, max(low, high - 12), high):
            until = min(self.sentence.end, self.span.end + _REACH)
            return 1 if not _HAD.search(self.text, low, until) else -1
        if ahead and behind and ahead.start < behind.start:
            between = self.text[ahead.end : behind.start]
            one = len(between) <= _APART and "," not in between and not _SAYING.match(self.text, behind.start)
            return 1 if one else -1
        if ahead or behind:
            return 1 if ahead else -1
        return self._tense_after()

    def _tense_after(self) -> int:
        """The same from what comes after an expression that nothing tells of before it."""
        low, high = self.span.end, min(self.sentence.end, self.span.end + _REACH)
        ahead, behind = _first(self.verbs.strong, low, high), _first(self.verbs.behind, low, high)
        if ahead and (behind is None or ahead.start <= behind.start):
            return 1
        return -1 if behind else 0


def always(_match: re.Match[str]) -> bool:
    """The guard of a rule whose pattern needs none."""
    return True


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, whether a match of it is a time at all, and what that time is."""

    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], Scene], Found]
    guard: Callable[[re.Match[str]], bool] = always


def rule(
    pattern: str, resolve: Callable[[re.Match[str], Scene], Found], guard: Callable[[re.Match[str]], bool] = always
) -> Rule:
    """A rule whose pattern ignores case and ends at the end of a word; `_` in it is the gap between two words."""
    return Rule(compiled(rf"(?:{pattern})(?!\w)"), resolve, guard)


def before(match: re.Match[str], size: int = 24) -> str:
    """The characters before a match."""
    return match.string[max(0, match.start() - size) : match.start()]


def after(match: re.Match[str], size: int = 24) -> str:
    """The characters after a match."""
    return match.string[match.end() : match.end() + size]
