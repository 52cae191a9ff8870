"""What a rule for time expressions is, and what it may look at to resolve one: the scene."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from tellings.reading.calendar import Anchor, anchor_of
from tellings.records import Span, TimeKind

_AHEAD = re.compile(
    r"\b(?:will|shall|won['’]t|would|going to|to be|(?:is|are|was|were) to|plan(?:s|ned|ning)? (?:to|for)|expects?"
    r"|(?<!had been )(?:expected|scheduled|due)|set (?:to|for)|upcoming|effective|payable|hopes? to|intends?|matur\w+"
    r"|as soon as|by|until|await\w*|up for|begin(?:s|ning)|starting)\b|['’]ll\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\b(?:was|were|had|did|said|told|since|last|made|went|took|came|fell|rose|began|won|lost|met|sold|held|left|cut|hit"
    r"|gave|got|found|shot|saw|became|sent|spoke|ran|broke|\w{2,20}ed)\b",
    re.IGNORECASE,
)
_SAYING = re.compile(r"said|told|announced|reported|added", re.IGNORECASE)
_APART = 30
_REACH = 100
"""How many characters around an expression its verb is looked for in: bounds the work in a sentence without end."""


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
        back = self.text[max(self.sentence.start, self.span.start - _REACH) : self.span.start]
        ahead, behind = list(_AHEAD.finditer(back)), list(_BEHIND.finditer(back))
        if ahead and behind:
            slack = 0 if _SAYING.match(behind[-1][0]) else _APART  # "would still be held": the later verb is one with it
            return 1 if ahead[-1].end() >= behind[-1].start() - slack else -1
        if ahead or behind:
            return 1 if ahead else -1
        forth = self.text[self.span.end : min(self.sentence.end, self.span.end + _REACH)]
        first, second = _AHEAD.search(forth), _BEHIND.search(forth)
        if first and (second is None or first.start() <= second.start()):
            return 1
        return -1 if second else 0


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
    """A rule whose pattern ignores case and ends at the end of a word."""
    return Rule(re.compile(rf"(?:{pattern})(?!\w)", re.IGNORECASE), resolve, guard)


def before(match: re.Match[str], size: int = 24) -> str:
    """The characters before a match."""
    return match.string[max(0, match.start() - size) : match.start()]


def after(match: re.Match[str], size: int = 24) -> str:
    """The characters after a match."""
    return match.string[match.end() : match.end() + size]
