"""What a figure counts or measures, by the parse and the words around it.

A count stands before its noun ("five senior officers", "hundreds of birds"); where it does not, what it counts is the
verb that it is told of ("5 shot", "three were hurt") or the noun that it completes ("a toll of 12").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from tellings.reading.units import unit_of, wordset
from tellings.records import Span, Word

_STOP = wordset(
    "the a an of in on at to for by with from and or but as is was were are be been being who whom whose that "
    "which when while where than then after before during since until till have has had not into over under "
    "its his her their our my your this these those he she they we it i you there would will could may might "
    "must can shall should said says told according per out came went left died dies voted if so because about "
    "around near between among through across against without within inside outside along also just only even "
    "still both killed wounded injured dead hurt arrested charged missing critically shot fatally seriously "
    "each every apiece ago earlier later old did do does now once twice all any some no alone last next ahead "
    "away apart aside abroad overall respectively together including"
)
"""Words that end the phrase behind a number: what stands behind them is not what it counts."""
_FATE = wordset("killed wounded injured dead hurt arrested charged missing shot hospitalized detained")
_SKIPPED = frozenset(["more", "other", "others", "additional", "extra", "new"])
_FINITE = frozenset(["root", "ccomp", "advcl", "conj", "parataxis", "acl:relcl"])
"""Where a verb is no participle before a noun."""
_PREDICATES = frozenset(["VERB", "ADJ"])
_NOUNS = frozenset(["NOUN", "PROPN"])
_INNER = frozenset(["NOUN", "PROPN", "ADJ", "ADV", "VERB", "NUM", "X", "SYM", "PUNCT", "ADP", "DET"])
_OR_MORE = frozenset({("or", "more"), ("or", "fewer"), ("or", "less"), ("or", "so")})
_REACH = 8
"""How many words behind a number its noun may stand."""
_WORDLY = re.compile(r"[^\W\d_][\w.’'&-]*|%")
_HYPHENS = frozenset("-–")


class Counted(NamedTuple):
    """The unit of a number, "" where no noun says it, and the words that say what it counts, None where none do."""

    unit: str
    span: Span | None


class Phrases:
    """The words of a text with their parse, by place."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        """Words must be in text order, as a reading has them."""
        words = words or guessed(text)
        self._text = text
        self._words = words
        self._starts = [word.span.start for word in words]
        self._lower = [text[word.span.start : word.span.end].lower() for word in words]

    def counted(self, span: Span, unit: str) -> Counted:
        """What a number at a span counts; `unit` is the one that it has itself ("%", "$"), else ""."""
        first = bisect_left(self._starts, span.end)
        if unit:
            return Counted(unit, self._measured(span, first))
        at = self._behind(span.end, first)
        if at is None:
            return Counted("", self._told(span, first))
        return Counted(self._unit(at), self._phrase(self._past_bound(first), at))

    def fate(self, span: Span) -> Span | None:
        """The first word of what befalls somebody that stands just behind a span."""
        first = bisect_left(self._starts, span.end)
        told = range(first, min(len(self._words), first + 5))
        return next((self._words[at].span for at in told if self._lower[at] in _FATE), None)

    def _unit(self, at: int) -> str:
        return unit_of(self._text[self._words[at].span.start : self._words[at].span.end])

    def _behind(self, end: int, first: int) -> int | None:
        """The noun that a number stands before, by its number among the words."""
        at, joined = first, False
        if at < len(self._words) and self._lower[at] in _HYPHENS and self._starts[at] == end:
            at, joined = at + 1, True
            if at < len(self._words) and self._starts[at] > end + 1:
                return None
        if at >= len(self._words):
            return None
        if joined:
            return at if _WORDLY.match(self._lower[at]) else None
        if self._text[end : self._starts[at]].strip():
            return None
        at = self._past_bound(at)
        if at >= len(self._words):
            return None
        return self._head(self._past(at + 1) if self._lower[at] == "of" else at)

    def _head(self, first: int) -> int | None:
        """The last noun of the phrase that begins at a word, None where it has none."""
        noun = None
        for at in range(first, min(len(self._words), first + _REACH)):
            word, key = self._words[at], self._lower[at]
            if key == "others" and noun is None:
                return at
            if key in _HYPHENS and at > first and self._joins(at):
                noun = None
                continue
            if key in {"'s", "’s", "'", "’"}:
                noun = None
                continue
            if not _WORDLY.match(key) or key in _STOP or (word.upos == "VERB" and word.relation in _FINITE):
                break
            if word.upos in _NOUNS or (noun is None and self._is_noun(at)):
                noun = at
            elif noun is not None or word.upos not in _INNER:
                break
        return noun

    def _joins(self, at: int) -> bool:
        """Whether a hyphen stands inside a word ("House-passed measures")."""
        after = at + 1 < len(self._words) and self._words[at + 1].span.start == self._words[at].span.end
        return after and self._words[at - 1].span.end == self._words[at].span.start

    def _is_noun(self, at: int) -> bool:
        """A plural that the tagger takes for something else, where it ends the phrase."""
        key = self._lower[at]
        after = self._lower[at + 1] if at + 1 < len(self._words) else "."
        ends = after in _STOP or not _WORDLY.match(after)
        return (
            ends
            and key not in _SKIPPED
            and (key.endswith("s") or self._words[at].upos in {"X", "NUM", "ADJ"})
            and len(key) > 2
        )

    def _phrase(self, first: int, at: int) -> Span:
        """From the first word behind a number to its noun, with a participle or an "of" phrase that follows."""
        while first < at and (self._lower[first] in _HYPHENS or self._lower[first] in {"of", "the"}):
            first += 1
        last = at
        if at + 1 < len(self._words):
            if self._lower[at + 1] in _FATE:
                last = at + 1
            elif self._lower[at + 1] == "of":
                noun = self._head(self._past(at + 2))
                last = noun if noun is not None else at
        return Span(self._words[first].span.start, self._words[last].span.end)

    def _past(self, at: int) -> int:
        """Past the articles and possessives at a word."""
        while at < len(self._words) and self._lower[at] in {
            "the",
            "a",
            "an",
            "its",
            "their",
            "his",
            "her",
            "our",
            "all",
            "these",
            "those",
        }:
            at += 1
        return at

    def _past_bound(self, at: int) -> int:
        """Past "or more", "plus" and the article of "half an hour" at a word."""
        told = tuple(self._lower[at : at + 2])
        if told in _OR_MORE:
            return at + 2
        return at + 1 if told[0] in {"+", "plus", "a", "an"} else at

    def _measured(self, span: Span, first: int) -> Span | None:
        """What a share or a sum is of: "of the vote", "in campaign funds", "bail", else what it is told of."""
        if first < len(self._words) and self._lower[first] in {"of", "in", "for", "from"}:
            start = self._past(first + 1)
            noun = self._head(start)
            if noun is not None:
                return Span(self._words[start].span.start, self._words[noun].span.end)
        start = first + (first < len(self._words) and self._lower[first] in _HYPHENS)
        noun = (
            self._head(start)
            if start < len(self._words) and not self._text[span.end : self._starts[start]].strip(" -")
            else None
        )
        if noun is not None:
            return Span(self._words[start].span.start, self._words[noun].span.end)
        return self._told(span, first)

    def _told(self, span: Span, first: int) -> Span | None:
        """The words that a number without a noun is told of: a fate just behind, else what it hangs on."""
        if first < len(self._words) and self._lower[first] in _FATE:
            return self._words[first].span
        number = self._word(span, first)
        head = self._words[number].head if number is not None else None
        while (
            head is not None and self._words[head].span.start >= span.start and self._words[head].span.end <= span.end
        ):
            head = self._words[head].head
        if head is None:
            return None
        subject = self._subject(head, span)
        if subject is None and self._words[head].upos not in {"NOUN", "VERB"}:
            return None
        return subject or self._words[head].span

    def _word(self, span: Span, first: int) -> int | None:
        """The last word of a number itself."""
        at = first - 1
        return at if at >= 0 and self._words[at].span.end > span.start else None

    def _subject(self, head: int, span: Span) -> Span | None:
        """The subject before a verb that gives a value, as in "the toll rose to 12"."""
        if self._words[head].upos not in _PREDICATES:
            return None
        for at in range(max(0, head - 12), head):
            word = self._words[at]
            if (
                word.head == head
                and word.relation.startswith("nsubj")
                and word.upos in _NOUNS
                and word.span.end <= span.start
            ):
                return word.span
        return None


def guessed(text: str) -> tuple[Word, ...]:
    """The words of a text without a parse: a noun by its plural, else taken for what may stand before one."""
    return tuple(
        Word(Span(*match.span()), "NOUN" if unit_of(match.group()) != match.group().lower() else "X", None, "dep")
        for match in re.finditer(r"\w+(?:[.,]\d+)*|[^\w\s]", text)
    )
