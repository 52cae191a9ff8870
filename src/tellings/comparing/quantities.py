"""Figures of two accounts compared by meaning: compatible, conflicting, an update, or different quantities.

What a figure counts decides first: killed are not wounded, points not percent, three others not five people, one
person's age not another's. Then its value: ranges and bounds that can both be true, and rounding, are compatible. A
count of people to whom something happened, told higher by an account published later, is an update.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tellings.comparing.amounts import Amount, amount, meet
from tellings.comparing.circumstances import Circumstances, Sentences, another_time, circumstances, one_person
from tellings.comparing.fate_words import Fate, fate_at
from tellings.comparing.words import STOP, words
from tellings.reading.units import unit_of, wordset
from tellings.records import Figure, QuantityVerdict, Span

if TYPE_CHECKING:
    from tellings.records import Reading

Measure = Literal["count", "age", "time", "money", "part", "points", "length", "weight", "votes"]

_OF_UNIT: dict[str, Measure] = {
    "%": "part", "points": "points", "second": "time", "meter": "length", "gram": "weight", "$": "money", "£": "money",
    "€": "money", "¥": "money", "vote": "votes",
}  # fmt: skip
_PEOPLE = wordset(
    "people man woman child boy girl teen teenager kid adult juvenile student victim other individual officer deputy "
    "person resident male female youth bystander civilian worker employee member suspect defendant patient soldier "
    "trooper brother sister son daughter sibling relative friend guest partygoer mother father defendant attendee"
)
_PART_OF_PEOPLE = wordset("man woman child boy girl male female son daughter brother sister mother father")
_THINGS = wordset("time shot round bullet count year month week day hour minute charge vote")
_GENERIC = wordset("people victim other individual") | {""}
"""Nouns that may stand for the same people; "officer", "student" and the like are some of them."""
_OTHERS = re.compile(r"\s+(?:others?|more|additional)\b", re.IGNORECASE)
_ANOTHER = re.compile(r"\b(?:another|other)\s+$", re.IGNORECASE)
_OLD = re.compile(r"(?:-|\s)years?(?:-|\s)old|-month-old|\s+months?\s+old", re.IGNORECASE)
_AGED = re.compile(r"\b(?:aged?|ages)\s+(?:of\s+)?$|[\w”\"'’.]+,\s+$", re.IGNORECASE)
_WERE = re.compile(r"\s+(?:were|are)\s+([A-Z][a-z]+)\b")
_REACH = 40
ALIKE = 0.3
"""The share of the fewer content words of two sentences that both must have for bare numbers to be one quantity."""
VERY_ALIKE = 0.5
"""The same for one number of two nouns."""
CLOSELY, CLOSEST, NEAR_ALIKE, FAR, HARDLY = 0.4, 0.6, 2, 1.6, 1.12
"""For other values to be of one quantity where no fate is told: the share of common words (the second where they share
no name), how many must stand right beside two sums of money (one beside others), and by what factor they may differ at
most. Of values that hardly differ the sentences need only be alike.

Chosen on the development half of the near pairs and the older ones (training/claims/RESULTS.md).
"""
YEAR = 31557600.0
"""Seconds of a year: ages are amounts of time."""
OLDER = 12
"""Years by which two ages of one name may differ and still be meant as one person's; a son has his father's name."""
_BIRTHDAY = 0.25
"""Years between two accounts below which a birthday between them is not assumed."""
_SMALL = 12.0
"""Up to this, that two numbers are equal says little by itself."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with what tells its quantity.

    `noun` is the unit as told; `keys` are the stems of what it counts, `about` those of its sentence;
    `others` says that it counts the rest of some; `day` is when it was published; `around` is what is told around it.
    """

    amount: Amount
    measure: Measure
    noun: str
    fate: Fate | None
    others: bool
    part: bool
    keys: frozenset[str]
    about: frozenset[str]
    day: float
    around: Circumstances = field(default_factory=Circumstances)


@dataclass(frozen=True, slots=True)
class Compared:
    """The verdict on two figures, and why in a word or two."""

    verdict: QuantityVerdict
    why: str


def counted(reading: Reading, number: int, day: float = float("nan"), sentences: Sentences | None = None) -> Counted:
    """A figure of a reading with what tells its quantity; `day` is the day number its account was published.

    `sentences` are those of the reading, given where many of its figures are asked for.
    """
    sentences = sentences or Sentences(reading)
    figure, text = reading.figures[number], reading.account.text
    sentence = sentences.around(figure.span)
    before, after = text[max(0, figure.span.start - _REACH) : figure.span.start], text[figure.span.end :][:_REACH]
    measure = _measure(figure, before, after)
    return Counted(
        amount=amount(figure),
        measure=measure,
        noun=figure.unit or _said_to_be(text, figure.span),
        fate=fate_at(text, figure.span) if measure == "count" and figure.unit not in _THINGS else None,
        others=figure.unit == "other" or bool(_OTHERS.match(after) or _ANOTHER.search(before)),
        part=bool(re.match(r"\s+of\s+(?:the|them|those|these|his|her|their)\b", after)),
        keys=_stems(text, figure.counted) if figure.counted else frozenset(),
        about=sentences.stems(sentence),
        day=day,
        around=circumstances(sentences, figure),
    )


def _said_to_be(text: str, span: Span) -> str:
    """What a bare number is said to be where that has a capital: "78 were Norwegian"."""
    said = _WERE.match(text, span.end)
    return unit_of(said[1]) if said else ""


def _measure(figure: Figure, before: str, after: str) -> Measure:
    if figure.unit in {"year", "month"} and (_OLD.match(after) or (_AGED.search(before) and not _spelled(after))):
        return "age"
    return _OF_UNIT.get(amount(figure).unit, "count")


def _spelled(after: str) -> bool:
    """Whether a unit of time is written behind the number."""
    return bool(re.match(r"[\s-](?:years?|months?)\b", after))


def _stems(text: str, span: Span) -> frozenset[str]:
    return frozenset(word.stem for word in words(text, span) if word.key not in STOP and not word.key[0].isdigit())


def compared(one: Counted, other: Counted) -> Compared:
    """How two figures of two accounts stand to each other."""
    if one.measure != other.measure:
        return Compared("different quantity", "another measure")
    if one.measure == "age":
        return _ages(one, other)
    if one.measure == "count":
        return _counts(one, other)
    if one.amount.unit != other.amount.unit:
        return Compared("different quantity", "another unit")
    return _measures(one, other)


def _ages(one: Counted, other: Counted) -> Compared:
    """Ages are of one person where they are equal, or where one name stands right beside both."""
    here, there = one.around.whom, other.around.whom
    if meet(one.amount, other.amount):
        two = here and there and not one_person(here, there)
        return Compared("different quantity", "ages of two people") if two else Compared("compatible", "one age")
    if not one_person(here, there) and not _one_unnamed(one, other):
        return Compared("different quantity", "ages of two people")
    if abs(one.amount.low - other.amount.low) > OLDER * YEAR:
        return Compared("different quantity", "ages of two people")
    if _grown_up(one, other) or one.around.years != other.around.years:
        return Compared("different quantity", "ages at two times")
    return Compared("conflicting", "another age of one person")


def _one_unnamed(one: Counted, other: Counted) -> bool:
    """Whether two sentences tell the same of one whom neither names, with ages a year or two apart."""
    here, there = one.around, other.around
    apart = abs(one.amount.low - other.amount.low) / YEAR
    named = here.whom or there.whom or here.twins or there.twins
    return not named and apart < 2.5 and len(here.near & there.near) >= 4 and alike(one, other) >= VERY_ALIKE


def _grown_up(one: Counted, other: Counted) -> bool:
    """Whether the time between two accounts explains two ages."""
    older, younger = (one, other) if one.amount.low > other.amount.low else (other, one)
    years = (older.day - younger.day) / 365.25
    return years > _BIRTHDAY and (older.amount.low - younger.amount.low) / YEAR <= years + 1


def _counts(one: Counted, other: Counted) -> Compared:
    """Counts: by what befell those counted, by whom or what they count, and by their values."""
    here, there = _fate(one), _fate(other)
    if here and there and here != there:
        return Compared("different quantity", "another fate")
    if one.noun != other.noun and not (_people(one) and _people(other)):
        return _other_nouns(one, other)
    if meet(one.amount, other.amount):
        return _equal(one, other)
    if _parted(one, other):
        return Compared("different quantity", "a part and the whole")
    if _apart(one, other):
        return Compared("different quantity", "of other events, another time or stage")
    return _grown(one, other) if _one_sum(one, other) else Compared("different quantity", "told of other things")


def _fate(one: Counted) -> Fate | None:
    """What befell those counted; the others shot beside the dead are the injured."""
    return "injured" if one.fate == "shot" and one.others and one.around.dead else one.fate


def _others(one: Counted) -> bool:
    """Whether a count leaves some out: others beside the dead are all the injured."""
    return one.others and not (one.around.dead and _fate(one) == "injured")


def _other_nouns(one: Counted, other: Counted) -> Compared:
    """One number of two nouns is one quantity where it is large, or all else is the same ("articles", "offences")."""
    telling = one.amount.high > _SMALL or alike(one, other) >= VERY_ALIKE
    if telling and (one.amount.low, one.amount.high) == (other.amount.low, other.amount.high):
        return Compared("compatible", "one value")
    return Compared("different quantity", "other things")


def _parted(one: Counted, other: Counted) -> bool:
    """Whether one counts the others, the women or some of those whom the other counts."""
    nouns = one.noun != other.noun and not {one.noun, other.noun} <= _GENERIC
    return _others(one) or _others(other) or one.part or other.part or nouns


def _apart(one: Counted, other: Counted) -> bool:
    """Whether the words around tell of other events, of another time, or of some only of those whom an event befell.

    A value that the other sentence gives as well, of something else, has its like there.
    """
    here, there = one.around, other.around
    people = one.fate or other.fate or one.noun in _GENERIC
    if (
        here.wide
        or there.wide
        or another_time(here, there, near=bool(people))
        or (people and (here.stage or there.stage))
    ):
        return True
    return one.amount.low in there.twins or other.amount.low in here.twins


def _equal(one: Counted, other: Counted) -> Compared:
    """Values that can both be true: one quantity where their words are not plainly of two things."""
    told = bool(one.fate) and one.fate == other.fate
    if one.amount.high == other.amount.high and (told or one.noun == other.noun or alike(one, other) >= ALIKE):
        return Compared("compatible", "one value")
    if one.others == other.others and (told or (one.noun == other.noun and alike(one, other) >= ALIKE)):
        return Compared("compatible", "both can be true")
    return Compared("different quantity", "told of other things")


def _one_sum(one: Counted, other: Counted) -> bool:
    """Whether two counts of other values are of one thing."""
    if one.fate or other.fate:
        return _fate(one) == _fate(other) and _one_event(one, other) and not _with_killer(one, other)
    return bool(one.noun) and one.noun == other.noun and _alike_closely(one, other)


def _one_event(one: Counted, other: Counted) -> bool:
    """Whether two tolls are of one event by the names and words of their sentences."""
    here, there = one.around.names, other.around.names
    like = alike(one, other)
    return bool(here & there) or like >= VERY_ALIKE or (not (here and there) and like >= ALIKE)


def _with_killer(one: Counted, other: Counted) -> bool:
    """Whether one toll may count the killer and the other not."""
    itself = one.around.itself or other.around.itself
    return one.fate == "killed" and itself and abs(one.amount.high - other.amount.high) == 1


def _alike_closely(one: Counted, other: Counted) -> bool:
    """Whether two sentences are much alike, share a name and words right beside the numbers, and the values are near.

    Two tellings of one quantity seldom differ by half; most figures of one unit in like sentences that do are of two.
    """
    here, there = one.around, other.around
    near = len((here.near & there.near) - one.keys - other.keys)
    low, high = sorted((one.amount.high, other.amount.high))
    like = alike(one, other)
    named = here.names & there.names or (like >= CLOSEST and not (here.names and there.names))
    if not named or (one.measure == "time" and one.noun != other.noun):
        return False
    if high <= low * HARDLY and high > _SMALL:
        return like >= ALIKE and here.listed == there.listed
    if _twinned(one, other) or high > low * FAR:
        return False
    return near >= (NEAR_ALIKE if one.measure == "money" else 1) and like >= CLOSELY


def _twinned(one: Counted, other: Counted) -> bool:
    return bool(one.around.twins or other.around.twins)


def _grown(one: Counted, other: Counted) -> Compared:
    """An update where people were counted and the later account has more, else a conflict."""
    if grows(one, other) and min(one.amount.high, other.amount.high) > 0 and (one.fate or other.fate):
        return Compared("update", "a later account counts more")
    return Compared("conflicting", "values that cannot both be true")


def grows(one: Counted, other: Counted) -> bool:
    """Whether the account published later counts more; never where a day is not known, or of anything but a count."""
    dated = one.day < other.day or other.day < one.day
    later, earlier = (one, other) if one.day > other.day else (other, one)
    return dated and one.measure == "count" and later.amount.high > earlier.amount.high


def _measures(one: Counted, other: Counted) -> Compared:
    """Sums, shares, times, lengths and votes."""
    near = len(one.keys & other.keys) > 0 or alike(one, other) >= ALIKE
    if meet(one.amount, other.amount):
        equal = one.amount.high == other.amount.high or near
        return Compared("compatible", "one value") if equal else Compared("different quantity", "told of other things")
    if one.measure == "votes" or _apart(one, other) or not _alike_closely(one, other):
        return Compared("different quantity", "told of other things")
    return Compared("conflicting", "values that cannot both be true")


def alike(one: Counted, other: Counted) -> float:
    """The share of the fewer content words of two sentences that both have."""
    fewer = min(len(one.about), len(other.about))
    return len(one.about & other.about) / fewer if fewer else 0.0


def _people(one: Counted) -> bool:
    return one.noun in _PEOPLE or one.noun == "" or one.fate is not None


def sort_of(one: Counted) -> tuple[str, ...]:
    """What figures of one quantity have in common where no claim joins them; nothing for what may be of anything.

    Ages by surname, tolls by fate, other counts by noun, measures by unit.
    """
    if one.measure == "age":
        return ("age", one.around.whom[-1]) if one.around.whom else ()
    if one.fate:
        return ("fate", _fate(one) or "")
    if one.measure == "count":
        return ("count", one.noun) if one.noun and one.noun not in _GENERIC else ()
    return (one.measure, one.amount.unit)


def surely(one: Counted, other: Counted) -> Compared:
    """How two figures that no claim joins stand to each other: of one quantity only where their words surely say so."""
    found = compared(one, other)
    if found.verdict == "compatible" and not _surely_one(one, other):
        return Compared("different quantity", "told of other things")
    return found


def _surely_one(one: Counted, other: Counted) -> bool:
    """Whether equal values are of one quantity without a claim that says so."""
    if one.measure == "age":
        return one_person(one.around.whom, other.around.whom)
    if _apart(one, other) or _parted(one, other):
        return False
    if one.fate or other.fate:
        return _fate(one) == _fate(other) and _one_event(one, other)
    return _alike_closely(one, other)
