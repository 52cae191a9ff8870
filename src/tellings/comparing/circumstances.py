"""What in a figure's sentence tells of which quantity it is: whose age, when, of one event or many, at what stage.

Two figures of one unit are mostly of two quantities: the dead of one shooting and of a weekend, the victims and those
of them in one hospital, this year's claims and another year's. The words beside the number say so more often than not.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tellings.comparing.words import MONTHS, STOP, WEEKDAYS, words
from tellings.records import Span

if TYPE_CHECKING:
    from tellings.comparing.words import Word
    from tellings.records import Figure, Reading

BEHIND = 110
"""How far before a number the dead are looked for whom "others" are beside."""
NEAR = 48
"""How far from a number the words stand that are told of it, in code points."""
LONGEST = 2000
"""Of a longer "sentence" (a table, a list) only so much around a figure is looked at."""
_NAME = r"[A-Z][\w’'-]*[a-z][\w’'-]*|[A-Z]\."
_NAMED_BEFORE = re.compile(
    rf"((?:(?:{_NAME})\s+){{0,3}}(?:{_NAME}))(?:,?\s+(?:[JS]r\.?|I{{2,3}}))?,\s+(?:aged?\s+|who\s+is\s+|who\s+was\s+)?$"
)
_NAMED_BEHIND = re.compile(rf"-years?-old\s+(?:[a-z]+\s+){{0,3}}((?:(?:{_NAME})\s+){{0,3}}(?:{_NAME}))")
_NO_PERSON = re.compile(
    r"\s+(?:was\s+with|man|woman|boy|girl|resident|native|teen|teenager|student|male|female|officer|driver)\b"
)
"""What follows the name of a place or a school: "a 30-year-old Ostby man"."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MANY = r"(?:two|three|four|five|six|seven|eight|nine|ten|several|multiple|many|\d+)"
_WIDE = re.compile(
    r"\b(?:separate|citywide|statewide|nationwide|across\s+the\s+(?:city|state|country|nation|weekend)|so\s+far\s+this|unrelated|"
    r"another\s+(?:\w+\s+){0,2}(?:shooting|attack|crash|incident|killing|fire|storm)|last\s+(?:month|year)|"
    r"as\s+of|since|over\s+a\s+span|this\s+year|th(?:is|e)\s+month|decade|throughout|shootings|homicides|"
    rf"shootouts|gun\s+violence|violent\s+weekend|weekend\s+violence|{_MANY}\s+(?:\w+\s+)?(?:incidents|attacks|crashes|fires))\b",
    re.IGNORECASE,
)
"""Words by which a count is of many events or of a stretch of time."""
_STAGE = re.compile(
    r"\b(?:at\s+the\s+scene|at\s+(?:a|the)\s+(?:\w+\s+)?hospital|taken|transported|hospitali[sz]ed|rushed|flown|airlifted|brought|treated|remain\w*|"
    r"still|released|critical\w*|serious\w*|stable|good\s+condition|fair\s+condition|identified|located|survivors?|"
    r"in\s+(?:the|his|her|their)\s+(?:arms?|legs?|head|back|chest|foot|feet|face|neck|hands?)|to\s+the\s+hospital|later|in\s+custody)\b",
    re.IGNORECASE,
)
"""Words by which a count is of some of those whom an event befell: how they fare, where they were taken."""
_ANOTHER_STORY = re.compile(
    r"\s*(?:related|story|stories|previous\s+story|read\s+more|see\s+also|more)\s*:", re.IGNORECASE
)
"""What leads on to another story."""
_FURTHER = re.compile(r"\b(?:a|the)\s+(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b(?!\s+[A-Z])")
"""One beside those counted: "four people with wounds and a fifth hurt by glass"."""
_AND = re.compile(r"\s+(?:[\w-]+\s+){1,2}(?:and|plus|as\s+well\s+as)\b")
_AMONG = re.compile(
    r"\b(?:among|including|included|includes|of\s+whom|one\s+of(?:\s+the)?|some\s+of|most\s+of)\s+$",
    re.IGNORECASE,
)
_CUT = re.compile(r"[,;:]|\b(?:and|when|after|while|before)\b")
_DEAD = re.compile(r"\b(?:dead|killed|kills|killing|died|fatally|fatal|deadly)\b", re.IGNORECASE)
_ITSELF = re.compile(
    r"\b(?:himself|herself|themselves|murder-suicide|suicide|including\s+the\s+(?:gunman|shooter|attacker|suspect|driver|bomber)|"
    r"gunman\s+(?:is\s+)?(?:also\s+)?dead|deceased\s+gunman)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is told around a figure.

    `whom` are the words of the name right beside an age; `years`, `months` and `weekdays` those of the sentence;
    `names` the stems of its names, `near` those of the words beside the number. `wide` says that it is of many events
    or of a stretch of time, `stage` that it counts some of those of one event, `listed` that more is counted
    beside it, `dead` that the dead are told before it, `itself` that the killer is told of as one of the dead. `twins`
    are the values of other figures of the same unit in the sentence.
    """

    whom: tuple[str, ...] = ()
    years: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    weekdays: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    wide: bool = False
    stage: bool = False
    listed: bool = False
    dead: bool = False
    itself: bool = False
    twins: frozenset[float] = frozenset()


class _Whole(NamedTuple):
    """What a sentence tells of all its figures."""

    words: tuple[Word, ...]
    stems: frozenset[str]
    names: frozenset[str]
    years: frozenset[str]
    months: frozenset[str]
    weekdays: frozenset[str]
    wide: bool
    further: bool
    itself: bool


def _whole(text: str, sentence: Span) -> _Whole:
    found, told = words(text, sentence), text[sentence.start : sentence.end]
    keys = frozenset(word.key for word in found)
    return _Whole(
        words=found,
        stems=frozenset(word.stem for word in found if _tells(word)),
        names=frozenset(word.stem for word in found[1:] if text[word.start].isupper() and word.key not in _NO_NAMES),
        years=frozenset(_YEAR.findall(told)),
        months=keys & MONTHS,
        weekdays=keys & WEEKDAYS,
        wide=bool(_WIDE.search(told) or _ANOTHER_STORY.match(told)),
        further=bool(_FURTHER.search(told)),
        itself=bool(_ITSELF.search(told)),
    )


class Sentences:
    """The sentences of a reading with their words, each cut once."""

    def __init__(self, reading: Reading) -> None:
        """Nothing is cut before it is asked for."""
        self.text = reading.account.text
        self._spans = reading.sentences
        self._figures = reading.figures
        self._starts = [one.span.start for one in reading.figures]
        self._told: dict[Span, _Whole] = {}

    def around(self, span: Span) -> Span:
        """The sentence that a span begins in, else the span itself; of a very long one what is around the span."""
        at = bisect_right(self._spans, span.start, key=lambda one: one.start) - 1
        if at < 0 or span.start >= self._spans[at].end:
            return span
        start, end = self._spans[at]
        if end - start <= LONGEST:
            return self._spans[at]
        # a window on a fixed grid, so that the figures of one stretch share what is cut of it
        start += (span.start - start) // LONGEST * LONGEST
        return Span(start, max(span.end, min(end, start + LONGEST)))

    def whole(self, sentence: Span) -> _Whole:
        """What a sentence tells of all its figures."""
        if sentence not in self._told:
            self._told[sentence] = _whole(self.text, sentence)
        return self._told[sentence]

    def stems(self, sentence: Span) -> frozenset[str]:
        """The stems of the content words of a sentence."""
        return self.whole(sentence).stems

    def twins(self, figure: Figure, sentence: Span) -> frozenset[float]:
        """The values of the other figures of a sentence that have the same unit."""
        first, last = (bisect_right(self._starts, place - 1) for place in sentence)
        same = (one for one in self._figures[first : min(last, first + 50)] if figure.unit and one.unit == figure.unit)
        return frozenset(one.low for one in same if one.span != figure.span)


def circumstances(sentences: Sentences, figure: Figure) -> Circumstances:
    """What is told around a figure."""
    text, span = sentences.text, figure.span
    sentence = sentences.around(span)
    whole = sentences.whole(sentence)
    before, after = text[sentence.start : span.start], text[span.end : sentence.end]
    close = _CUT.split(after[: NEAR + 12], maxsplit=1)[0]
    return Circumstances(
        whom=whom(before, after),
        years=whole.years,
        months=whole.months,
        weekdays=whole.weekdays,
        names=whole.names,
        near=_beside(whole.words, span),
        wide=whole.wide,
        stage=bool(_STAGE.search(close) or _AMONG.search(before[-32:]) or whole.further),
        listed=bool(_AND.match(after)),
        dead=bool(_DEAD.search(text, max(0, span.start - BEHIND), span.start)),
        itself=whole.itself,
        twins=sentences.twins(figure, sentence),
    )


def _beside(found: tuple[Word, ...], span: Span) -> frozenset[str]:
    """The stems of the content words near a number, its own left out."""
    first = bisect_left(found, span.start - NEAR, key=lambda word: word.start)
    last = bisect_right(found, span.end + NEAR, key=lambda word: word.end)
    there = (word for word in found[first:last] if word.end <= span.start or span.end <= word.start)
    return frozenset(word.stem for word in there if _tells(word))


_NO_NAMES = STOP | MONTHS | WEEKDAYS


def whom(before: str, after: str) -> tuple[str, ...]:
    """The words of the name right before an age ("Ada Lind, 34") or right behind it ("34-year-old Ada Lind")."""
    behind = _NAMED_BEHIND.match(after[:80])
    if behind and _NO_PERSON.match(after, behind.end()):
        return ()
    found = behind or _NAMED_BEFORE.search(before[-80:])
    return tuple(word.strip(".,’'").lower() for word in found[1].split()) if found else ()


def one_person(some: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names may be one person's: one surname, and another word of both, or one is the surname alone."""
    if not some or not other or some[-1] != other[-1]:
        return False
    return len(some) == 1 or len(other) == 1 or bool(set(some[:-1]) & set(other[:-1]))


def _tells(word: Word) -> bool:
    return word.key not in STOP and not word.key[0].isdigit()


def another_time(one: Circumstances, other: Circumstances, *, near: bool) -> bool:
    """Whether two sentences name other years, months or days; with `near` only days beside the numbers count."""
    for days, others in ((one.months, other.months), (one.weekdays, other.weekdays)):
        here, there = (days & one.near, others & other.near) if near else (days, others)
        if here and there and not here & there:
            return True
    return one.years != other.years
