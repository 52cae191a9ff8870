"""The words for being killed, injured or shot, and how many they befall, by the parse and the numbers beside them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from tellings.reading.units import singular, wordset
from tellings.records import Span

if TYPE_CHECKING:
    from tellings.records import Figure, Reading

Fate = Literal["killed", "injured", "shot"]

_KILLED = wordset(
    "killed kills killing slain murdered murders murdering died dies dead dying fatally deadly executed slaying"
)
_INJURED = wordset(
    "injured injures injuring wounded wounds wounding hurt hurts hurting hospitalized grazed grazing critically "
    "non-life-threatening nonlife-threatening"
)
_SHOT = wordset("shot shoots shooting struck hit gunned")
_DEATHS = wordset("death deaths murder murders killing killings slaying slayings homicide homicides")
_FATES: dict[str, Fate] = {
    **dict.fromkeys(_SHOT, "shot"), **dict.fromkeys(_INJURED, "injured"), **dict.fromkeys(_KILLED, "killed"),
}  # fmt: skip
_SURE = wordset("killed slain fatally shot murdered")
"""Words that tell of at least one dead even where the parse does not say who."""
_MEASURES = wordset(
    "year month week day hour minute second mile block foot inch time times round shot gunshot bullet count $ % points "
    "share gun vehicle car degree pound caliber weapon suspect home house shooting incident murder homicide "
    "arrest agency department location charge kilometer meter"
)
_SINGLE = wordset("he she him her himself herself who another i me myself")
_NOT_VICTIMS = wordset(
    "shooting gunman police shooter incident home house car vehicle window dog building gunfire fire shots rounds "
    "bullet bullets it they them that which someone somebody anyone people others victims men women children teens "
    "door apartment store police deputies officers authorities wound wounds head leg arm chest neck back foot hand"
)
_GROUPS = {"both": 2, "couple": 2, "twins": 2, "pair": 2}
_TO_DEATH = re.compile(
    r"\s+(?:to\s+death|dead|and\s+killed|,?\s*killed|and\s+fatally|multiple\s+times\s+and\s+killed)\b", re.IGNORECASE
)
_FATALLY = re.compile(r"\bfatally\s+$", re.IGNORECASE)
_FATAL = re.compile(r"\b(?:fatal|deadly)\s+$", re.IGNORECASE)
_LIST = re.compile(
    r"(?:\s+(?!(?:killed|dead|died|slain|injured|wounded|hurt|shot|hit|struck|critical|critically|fatally|was|were|is|"
    r"are|in|of|by|at|after|with)\b)[\w’'-]+){1,3}(?:,?\s+and\s+|,\s+|\s+&\s+)",
    re.IGNORECASE,
)
"""What may stand between the numbers of one list: "two adults and three teens"."""
_OTHERS = re.compile(r"\s+(?:others?|more|other\s+\w+)\b", re.IGNORECASE)
_AMONG = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|some|most|many|several|\d+|father|mother|parent|dad|mom)"
    r"\s+of\s+(?:the\s+|those\s+)?(?:other\s+)?$",
    re.IGNORECASE,
)
"""One of a number: what befell the one did not befall all."""
_SINGULAR = re.compile(r"\b(?:was|is|has)\b|^$")
_NEGATED = re.compile(
    r"\b(?:not|n['’]t|to|would|deeply|never|nobody|nearly|almost|could|might|may|could['’]ve|no\s+one(?:\s+else)?)"
    r"\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?P<who>(?:\s+(?!(?:one|by|after|when|while|during|who\s+shot|and|charged|arrested|accused|faces?|said|says|told|saw|"
    r"heard|suspects?)\b)\w[\w’'-]*(?:,(?=\s*(?:killed|dead|shot)))?){0,5}?)[\s,]*?\s*"
    r"(?P<fate>dead|died|killed|slain|murdered|injured|wounded|hurt|shot|struck|hit|hospitalized|(?:critically|seriously)\s+"
    r"(?:injured|wounded|hurt)|in\s+critical\s+condition|fatally)\b(?P<then>\s+(?:to\s+death|dead|and\s+killed)|,\s+killed)?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?P<fate>kill(?:s|ed|ing)?|murder(?:ed|ing)|claim(?:s|ed|ing)|wound(?:s|ed|ing)|injur(?:es|ed|ing)|hurt(?:s|ing)?|"
    r"shot|shoot(?:s|ing)?|hit(?:s|ting)?|struck|striking|death\s+of|deaths\s+of|murders?\s+of|killing\s+of|killings\s+of|"
    r"shooting\s+of|slayings?\s+of)"
    r"(?P<dead>\s+and\s+killed|\s+dead)?(?:\s+(?:at\s+least|about|as\s+many\s+as|up\s+to|another|more\s+than|the|and|other))?\s+$",
    re.IGNORECASE,
)
_LEFT = re.compile(r"\b(?:left|leaving|leaves|leave)\s+(?:at\s+least\s+|another\s+|about\s+)?$", re.IGNORECASE)
_ASIDE = re.compile(r"^(\s+\w+),\s[^,.;]{3,40},(\s+(?:was|were|have|had|has|are|is)\b)")
"""What stands between commas behind those counted: "five people, all of one family, were killed"."""
_REACH = 60


@dataclass(frozen=True, slots=True)
class Told:
    """A number of people, the words that tell of it, and their sentence.

    `explicit` says that it is counted, not only a singular; `written` that the words are its number; `others` that it
    counts those beside others.
    """

    count: int
    span: Span
    sentence: int
    explicit: bool
    written: bool = False
    others: bool = False


class Parse:
    """One reading's words with what they govern, and its figures by place."""

    def __init__(self, reading: Reading) -> None:
        """Prepare the look-ups."""
        self._text = reading.account.text
        self._words = reading.words
        self._figures = [one for one in reading.figures if _counts_people(one)]
        self._keys = [self._text[word.span.start : word.span.end].lower() for word in reading.words]
        self._starts = [span.start for span in reading.sentences]
        self._below: dict[int, list[int]] = {}
        for number, word in enumerate(reading.words):
            if word.head is not None:
                self._below.setdefault(word.head, []).append(number)

    def numbered(self) -> Iterator[tuple[Fate, Told]]:
        """Numbers with a fate just behind ("four others injured") or before them ("killing four")."""
        for group in self._listed():
            fate = self._fate_of(group)
            if fate:
                span = Span(group[0].span.start, group[-1].span.end)
                told = self._told(sum(int(one.high) for one in group), span, explicit=True)
                yield fate, replace(told, written=True, others=self._is_others(group[-1]))

    def _listed(self) -> Iterator[list[Figure]]:
        """Figures that follow each other with no more than their nouns between: "two adults and three teens"."""
        group: list[Figure] = []
        for one in self._figures:
            if group and not _LIST.fullmatch(self._text, group[-1].span.end, one.span.start):
                yield group
                group = []
            group.append(one)
        if group:
            yield group

    def _is_others(self, one: Figure) -> bool:
        return bool(_OTHERS.match(self._text, one.span.end))

    def _fate_of(self, group: list[Figure]) -> Fate | None:
        return fate_at(self._text, Span(group[0].span.start, group[-1].span.end))

    def befallen(self) -> Iterator[tuple[Fate, Told]]:
        """Those who stand without a number where the parse has the victims of a fate's word."""
        for number, key in enumerate(self._keys):
            if key in _DEATHS and self._words[number].upos == "NOUN":
                yield from self._of(number)
            elif key == "shooting" and _FATAL.search(
                self._text[max(0, self._words[number].span.start - 16) : self._words[number].span.start]
            ):
                yield "killed", self._told(1, self._words[number].span, explicit=False)
                yield from self._of(number)
            elif key in _FATES:
                yield from self._at(number)

    def _before(self, number: int, reach: int) -> str:
        start = self._words[number].span.start
        return self._text[max(0, start - reach) : start]

    def _of(self, number: int) -> Iterator[tuple[Fate, Told]]:
        """The death of somebody."""
        for below in self._below.get(number, ()):
            relation = self._words[below].relation
            if relation.startswith("nmod") and (relation == "nmod:poss" or self._after_of(below)):
                yield from self._victims("killed", below)

    def _after_of(self, number: int) -> bool:
        return any(self._keys[below] == "of" for below in self._below.get(number, ()))

    def _at(self, number: int) -> Iterator[tuple[Fate, Told]]:
        word, fate = self._words[number], _FATES[self._keys[number]]
        before = self._text[max(0, word.span.start - 28) : word.span.start]
        if _NEGATED.search(before):
            return
        if fate == "shot" and (_TO_DEATH.match(self._text, word.span.end) or _FATALLY.search(before)):
            fate = "killed"
        victim = self._victim(number)
        found = list(self._victims(fate, victim)) if victim is not None else []
        if not found and fate == "killed" and self._keys[number] in _SURE:
            found = [(fate, self._told(1, word.span, explicit=False))]
        yield from found

    def _victim(self, number: int) -> int | None:
        """Whom a fate's word befalls: its object, else its subject, else what it stands behind."""
        below = self._below.get(number, ())
        relations = {self._words[one].relation.split(":")[0]: one for one in reversed(below)}
        whole = {self._words[one].relation: one for one in reversed(below)}
        if self._keys[number] in {"died", "dies", "dead", "dying"}:
            return relations.get("nsubj", self._linked(number))
        if "obj" in relations:
            chosen = relations["obj"]
            return relations.get("nsubj", chosen) if self._keys[chosen] in {"himself", "herself"} else chosen
        if self._keys[number].endswith("ing"):
            return None
        return whole.get("nsubj:pass", relations.get("nsubj", self._linked(number)))

    def _linked(self, number: int) -> int | None:
        """What a participle stands behind ("a boy shot in his yard"), or the subject of the verb it is joined to."""
        word = self._words[number]
        if word.head is None:
            return None
        if word.relation.startswith("acl"):
            return word.head
        if word.relation in {"conj", "xcomp"}:
            objects = [one for one in self._below.get(word.head, ()) if self._words[one].relation == "obj"]
            if word.relation == "xcomp" and objects:
                return objects[0]
            subjects = [one for one in self._below.get(word.head, ()) if self._words[one].relation.startswith("nsubj")]
            return subjects[0] if subjects else None
        return None

    def _victims(self, fate: Fate, number: int) -> Iterator[tuple[Fate, Told]]:
        count, explicit = self._count(number, depth=0)
        if count:
            yield fate, self._told(count, self._words[number].span, explicit=explicit)

    def _count(self, number: int, depth: int) -> tuple[int, bool]:
        """How many a phrase names: its number, else one for a singular; those joined by "and" are added."""
        key, below = self._keys[number], self._below.get(number, ())
        own, explicit = self._number_at(number), True
        if own is None:
            own, explicit = self._without_number(number, key), False
        joined = [one for one in below if self._words[one].relation == "conj" and self._words[one].upos in _NOMINAL]
        if not own or depth > 3:
            return own or 0, explicit
        for one in joined:
            if self._has_fate(one):
                continue
            more, told = self._count(one, depth + 1)
            own, explicit = own + more, explicit or told
        return own, explicit or bool(joined)

    def _number_at(self, number: int) -> int | None:
        """The figure at a noun, or that the word itself is."""
        places = [
            number,
            *(one for one in self._below.get(number, ()) if self._words[one].relation.startswith("nummod")),
        ]
        for place in places:
            span = self._words[place].span
            for one in self._figures:
                if one.span.start <= span.start < one.span.end:
                    return int(one.high)
            if self._keys[place] == "one":
                return 1
        return None

    def _has_fate(self, number: int) -> bool:
        """Whether a joined noun's own number is told with a fate of its own: "a girl dead, five others injured"."""
        places = [
            number,
            *(one for one in self._below.get(number, ()) if self._words[one].relation.startswith("nummod")),
        ]
        starts = {self._words[place].span.start for place in places}
        return any(one.span.start in starts and self._fate_of([one]) for one in self._figures)

    def _without_number(self, number: int, key: str) -> int:
        if key in _GROUPS:
            return _GROUPS[key]
        if key in _SINGLE:
            return 1
        if key in _NOT_VICTIMS or self._words[number].upos not in _NOMINAL or singular(key) != key:
            return 0
        return 1

    def _told(self, count: int, span: Span, *, explicit: bool) -> Told:
        return Told(count, span, bisect_right(self._starts, span.start) - 1, explicit)


_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def _counts_people(one: Figure) -> bool:
    """Whether a figure may count people: a whole number of no measure."""
    return one.unit not in _MEASURES and one.high == int(one.high) and 0 <= one.high < 1000 and one.low > 0


def fate_at(text: str, span: Span) -> Fate | None:
    """What befell those whom a number at a span counts, by the words just behind and before it."""
    before = text[max(0, span.start - _REACH) : span.start].rpartition("\n")[2]
    after = _ASIDE.sub(r"\1\2", text[span.end : span.end + 2 * _REACH], count=1)[:_REACH]
    behind = _AFTER.match(after)
    if behind and _AMONG.search(before) and _SINGULAR.search(behind["who"]):
        return None
    if behind and not re.search(r"[.;:]|\bnot\b", behind["who"]):
        fate = behind["fate"].lower()
        if behind["then"] or fate == "fatally":
            return "killed"
        word = re.findall(r"[a-z]+", fate)[-1]
        return _FATES.get(word, "injured")
    ahead = _BEFORE.search(before)
    if not ahead:
        return None
    fate = ahead["fate"].lower()
    if ahead["dead"] or re.match(r"kill|murder|claim|death|slay", fate):
        return "killed"
    return "injured" if re.match(r"wound|injur|hurt", fate) else "shot"
