"""How many were killed, injured or shot, as each word for it tells, by the parse and the numbers beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tellings.comparing import fate_words as by
from tellings.comparing.fate_words import Fate, fate_at
from tellings.reading.time_words import ordinal
from tellings.reading.units import singular
from tellings.records import Span

if TYPE_CHECKING:
    from tellings.records import Figure, Reading


@dataclass(frozen=True, slots=True)
class Told:
    """A number of people, the words that tell of it, and their sentence.

    `explicit` says that it is counted, not only a singular; `written` that the words are its number; `others` that it
    counts those beside others. `whom` numbers the entity that it befell, where that is known; `weak` that it tells of
    somebody only where nothing else does.
    """

    count: int
    span: Span
    sentence: int
    explicit: bool
    written: bool = False
    others: bool = False
    whom: int | None = None
    weak: bool = False


class Parse:
    """One reading's words with what they govern, and its figures by place."""

    def __init__(self, reading: Reading) -> None:
        """Prepare the look-ups."""
        self._text = reading.account.text
        self._words = reading.words
        self._figures = [one for one in reading.figures if _counts_people(one)]
        self._keys = [self._text[word.span.start : word.span.end].lower() for word in reading.words]
        self._sentences = reading.sentences
        self._starts = [span.start for span in reading.sentences]
        self._entities = {one.span.end: one.entity for one in reading.mentions}
        self._below: dict[int, list[int]] = {}
        for number, word in enumerate(reading.words):
            if word.head is not None:
                self._below.setdefault(word.head, []).append(number)

    def numbered(self) -> Iterator[tuple[Fate, Told]]:
        """Numbers with a fate just behind ("four others injured") or before them ("killing four")."""
        for group in self._listed():
            if len(group) == 1 and self._is_age(group[0]):
                continue
            fate = self._fate_of(group)
            if fate:
                span = Span(group[0].span.start, group[-1].span.end)
                told = self._told(sum(int(one.high) for one in group), span, explicit=True)
                yield fate, replace(told, written=True, others=self._is_others(group[-1]))

    def _is_age(self, one: Figure) -> bool:
        """Whether a number stands between commas behind somebody: "a boy, 16,"."""
        before = self._text[max(0, one.span.start - 4) : one.span.start]
        return bool(by.AGE.search(before)) and self._text[one.span.end :].startswith(",")

    def ordered(self) -> Iterator[tuple[Fate, Told]]:
        """Those who come after others: where a fourth is wounded, four were hit."""
        for match in by.ORDINAL.finditer(self._text):
            fate = by.FATES[match["fate"].lower()]
            told = replace(self._told(ordinal(match["n"]), Span(*match.span()), explicit=True), written=True)
            if told.count > 1:
                yield ("killed" if fate == "killed" else "shot"), told

    def by_own_hand(self) -> Iterator[Told]:
        """Whoever took their own life."""
        for match in by.OWN_HAND.finditer(self._text):
            yield replace(self._told(1, Span(*match.span()), explicit=False), weak=True)

    def wounded(self) -> Iterator[Told]:
        """Somebody with a wound of which nobody is said to have died, for accounts that tell of no other harm."""
        for match in by.WOUND.finditer(self._text):
            told = self._told(1, Span(*match.span()), explicit=False)
            if told.sentence >= 0 and not by.is_fatal_wound(self.sentence(told)):
                yield told

    def sentence(self, told: Told) -> str:
        """The sentence that something is told in."""
        return self._text[slice(*self._sentences[told.sentence])]

    def _listed(self) -> Iterator[list[Figure]]:
        """Figures that follow each other with no more than their nouns between: "two adults and three teens"."""
        group: list[Figure] = []
        for one in self._figures:
            if group and not by.LIST.fullmatch(self._text, group[-1].span.end, one.span.start):
                yield group
                group = []
            group.append(one)
        if group:
            yield group

    def _is_others(self, one: Figure) -> bool:
        return bool(by.OTHERS.match(self._text, one.span.end))

    def _fate_of(self, group: list[Figure]) -> Fate | None:
        return fate_at(self._text, Span(group[0].span.start, group[-1].span.end))

    def befallen(self) -> Iterator[tuple[Fate, Told]]:
        """Those who stand without a number where the parse has the victims of a fate's word."""
        for number, key in enumerate(self._keys):
            if key in by.DEATHS and self._words[number].upos == "NOUN" and not self._is_attempt(number):
                yield from self._of(number)
            elif key == "shooting" and self._words[number].upos == "NOUN":
                yield from self._of_shooting(number)
            elif key in by.FATES:
                yield from self._at(number)

    def _of_shooting(self, number: int) -> Iterator[tuple[Fate, Told]]:
        """The shooting of somebody; a fatal one, and one that somebody is charged with murder for, killed."""
        before = self._before(number, 48)
        fatal = bool(by.FATAL.search(before))
        if fatal:
            yield "killed", replace(self._told(1, self._words[number].span, explicit=False), weak=True)
        yield from self._of(number, "killed" if fatal or by.CHARGED.search(before) else "shot")

    def manifold(self) -> Iterator[tuple[Fate, Told]]:
        """How many a double, a triple shooting befell; of killed, where it is a homicide."""
        for number, key in enumerate(self._keys[:-1]):
            what = next((one for one in self._keys[number + 1 : number + 3] if one not in {"fatal", "deadly"}), "")
            if key in by.MANIFOLD and (what == "shooting" or what in by.DEATHS) and not self._is_attempt(number):
                told = self._told(by.MANIFOLD[key], self._words[number].span, explicit=True)
                yield ("shot" if what == "shooting" else "killed"), told

    def _is_attempt(self, number: int) -> bool:
        return bool(by.ATTEMPTED.search(self._before(number, 28)))

    def _before(self, number: int, reach: int) -> str:
        start = self._words[number].span.start
        return self._text[max(0, start - reach) : start]

    def _of(self, number: int, fate: Fate = "killed") -> Iterator[tuple[Fate, Told]]:
        """The death of somebody."""
        for below in self._below.get(number, ()):
            relation = self._words[below].relation
            person = fate == "killed" or self._words[below].upos == "NOUN"
            if relation.startswith("nmod") and ((relation == "nmod:poss" and person) or self._after_of(number, below)):
                yield from self._victims(fate, [below])

    def _after_of(self, number: int, below: int) -> bool:
        named = any(self._keys[one] == "of" for one in self._below.get(below, ()))
        return named or (below > number and self._keys[number + 1] == "of")

    def _at(self, number: int) -> Iterator[tuple[Fate, Told]]:
        word, fate = self._words[number], by.FATES[self._keys[number]]
        before = self._text[max(0, word.span.start - 28) : word.span.start]
        if by.NEGATED.search(before) or by.NEITHER.search(self._before(number, 80)):
            return
        if fate == "shot" and (by.TO_DEATH.match(self._text, word.span.end) or by.FATALLY.search(before)):
            fate = "killed"
        victims = self._befell(number)
        if any(self._keys[one] in by.ANIMALS for one in victims):
            return
        found = list(self._victims(fate, victims))
        if not found and fate == "killed" and self._keys[number] in by.SURE:
            found = [(fate, replace(self._told(1, word.span, explicit=False), weak=True))]
        yield from found

    def _befell(self, number: int) -> list[int]:
        """Whom a fate's word befalls: its objects, else its subject, else what it stands behind."""
        below = self._below.get(number, ())
        subjects = [one for one in below if self._relation(one) == "nsubj"]
        passive = [one for one in below if self._words[one].relation == "nsubj:pass"]
        if self._keys[number] in {"died", "dies", "dead", "dying"}:
            return subjects[:1] or self._linked(number)
        objects = self._objects(number)
        if objects:
            himself = self._keys[objects[0]] in by.SELVES
            return subjects[:1] if himself and subjects else objects
        if self._keys[number].endswith("ing") or self._keys[number] in by.ACTIVE:
            return []
        return passive[:1] or subjects[:1] or self._linked(number)

    def _relation(self, number: int) -> str:
        return self._words[number].relation.split(":")[0]

    def _objects(self, number: int) -> list[int]:
        """The objects of a verb: those joined by "and" too, where the parse hangs each on the verb; whose a limb is."""
        found = [one for one in self._below.get(number, ()) if self._relation(one) == "obj"]
        people = [one for one in found if self._keys[one] not in by.NOT_VICTIMS]
        if len(people) > 1 and "and" in self._keys[people[0] : people[-1]]:
            return people
        if found and self._keys[found[0]] in by.PARTS:
            return [one for one in self._below.get(found[0], ()) if self._relation(one) == "nmod"][:1] or found[:1]
        return found[:1]

    def _linked(self, number: int) -> list[int]:
        """What a participle stands behind ("a boy shot in his yard"), or the subject of the verb it is joined to."""
        word = self._words[number]
        if word.head is None:
            return []
        if word.relation.startswith("acl"):
            return [word.head]
        beside = self._below.get(word.head, ())
        objects = [one for one in beside if self._words[one].relation == "obj"]
        if self._keys[word.head] in by.LEAVING and objects and objects[0] < number:
            return [*objects, *(one for one in beside if self._is_joined(one) and objects[0] < one < number)]
        if word.relation == "xcomp" and objects:
            return objects[:1]
        if word.relation in {"conj", "xcomp"}:
            return [one for one in beside if self._relation(one) == "nsubj"][:1]
        return []

    def _is_joined(self, number: int) -> bool:
        return self._words[number].relation == "conj" and self._words[number].upos in _NOMINAL

    def _victims(self, fate: Fate, victims: Sequence[int]) -> Iterator[tuple[Fate, Told]]:
        counts = [self._count(one, depth=0) for one in victims]
        number = sum(count for count, _explicit in counts)
        if number:
            explicit = any(told for _count, told in counts) or len(victims) > 1
            span = self._words[victims[0]].span
            weak = all(self._keys[one] in by.SHOOTERS for one in victims)
            told = self._told(number, span, explicit=explicit)
            yield fate, replace(told, whom=self._entities.get(span.end), weak=weak)

    def _count(self, number: int, depth: int) -> tuple[int, bool]:
        """How many a phrase names: its number, else one for a singular; those joined by "and" are added."""
        key, below = self._keys[number], self._below.get(number, ())
        own, explicit = self._number_at(number), True
        if own is None:
            own, explicit = self._without_number(number, key), False
        joined = [one for one in below if self._is_joined(one) or self._is_listed(number, one)]
        if not own or depth > 3:
            return own or 0, explicit
        for one in joined:
            if self._has_fate(one):
                continue
            more, told = self._count(one, depth + 1)
            own, explicit = own + more, explicit or told
        return own, explicit or bool(joined)

    def _is_listed(self, number: int, other: int) -> bool:
        """Whether two bare nouns stand in a headline's list: "man, toddler"."""
        words = self._words[number], self._words[other]
        between = self._text[words[0].span.end : words[1].span.start]
        return (
            between == ", "
            and all(one.upos == "NOUN" for one in words)
            and not any(
                self._words[one].relation == "det" for place in (number, other) for one in self._below.get(place, ())
            )
        )

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
        for one in (key, *(self._keys[below] for below in self._below.get(number, ()))):
            if one in by.GROUPS:
                return by.GROUPS[one]
        if key in by.SINGLE:
            return 1
        if key in by.NOT_VICTIMS or self._words[number].upos not in _NOMINAL or singular(key) != key:
            return 0
        return 1

    def _told(self, count: int, span: Span, *, explicit: bool) -> Told:
        return Told(count, span, bisect_right(self._starts, span.start) - 1, explicit)


_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def _counts_people(one: Figure) -> bool:
    """Whether a figure may count people: a whole number of no measure."""
    return one.unit not in by.MEASURES and one.high == int(one.high) and 0 <= one.high < 1000 and one.low > 0
