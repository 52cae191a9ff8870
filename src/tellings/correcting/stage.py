"""From corrections and readings to readings that hold them, with the corrections that do not hold and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tellings.correcting.anchors import fits, found_again, text_hash
from tellings.correcting.people import with_mentions, with_people
from tellings.correcting.places import attribution_at, content_of, mention_at, statement_at
from tellings.correcting.records import GROUP, LEFT_OUT, NO_LABEL, OWN_VOICE, Anchor, Correction, Node, Outcome, Placed
from tellings.correcting.settling import in_order, links, settled
from tellings.correcting.speakers import with_speakers
from tellings.records import Reading, Span

_NOT_HERE = "no account here has the text that it is about"
_NOT_THERE = "its words do not stand at {} of the text with its hash"
_NOBODY = "nothing that the reader takes for somebody stands at {}"
_NOTHING = "no statement stands at {}"
_ONE_THING = "both its spans mean the same thing"
_NO_OTHER = "it does not say what else it is about"
_ONE_TEXT = "a relation is between two accounts, and both its spans are of one text"
_TWO_TEXTS = "both its spans must be of one text"


@dataclass(frozen=True, slots=True)
class Plan:
    """The corrections that hold for some readings, oldest first, and what became of the others.

    `people` are groups of mentions that are one, `apart` pairs of numbers of those that are not (both ways). A mention
    that the reader does not know is in `new` with one that it knows of the same text.
    """

    held: tuple[Placed, ...]
    outcomes: tuple[Outcome, ...]
    people: tuple[tuple[Node, ...], ...]
    apart: frozenset[tuple[int, int]]
    new: tuple[tuple[Node, Node], ...]


class Corrected(NamedTuple):
    """A reading with the corrections that hold, and what became of those of its text that do not."""

    reading: Reading
    conflicts: tuple[Outcome, ...]


def corrected(reading: Reading, corrections: Iterable[Correction]) -> Corrected:
    """Apply corrections to one reading, whatever their order; those of other texts are passed over.

    Merged and split entities, and speakers, are in the reading; what corrections say of statements and labels, and of
    entities of two texts, is for `comparing`.
    """
    digest = text_hash(reading.account.text)
    own = [one for one in corrections if digest in _texts(one)]
    if not own:
        return Corrected(reading, ())
    made = plan([reading], own)
    conflicts = tuple(one for one in made.outcomes if one.status not in {"applied", "not here"})
    return Corrected(applied(reading, made), conflicts)


def plan(readings: Sequence[Reading], corrections: Iterable[Correction]) -> Plan:
    """Find the places of corrections in readings and settle which hold; withdrawn ones are passed over.

    Every correction that is not withdrawn has one outcome, oldest first.
    """
    standing = [one for one in in_order(corrections) if one.withdrawn is None]
    sheets: dict[str, Reading] = {}
    for reading in readings if standing else ():
        sheets.setdefault(text_hash(reading.account.text), reading)
    found = [_placed(one, sheets) for one in standing]
    held, against = settled([one for one in found if isinstance(one, Placed)])
    lost = [*against, *(one for one in found if isinstance(one, Outcome))]
    holding = [Outcome(one.correction, "applied") for one in held]
    outcomes = {one.correction.key: one for one in (*lost, *holding)}
    entities = links(held, "entity")
    people = entities.groups()
    return Plan(
        tuple(held),
        tuple(outcomes[one.key] for one in standing),
        people,
        entities.held_apart(people),
        tuple(pair for one in held for pair in _unknown(one, sheets)),
    )


def applied(reading: Reading, made: Plan) -> Reading:
    """One of the readings of a plan with what the plan says of it."""
    if not made.held:
        return reading
    digest = text_hash(reading.account.text)
    new = [(one.span, known.span) for one, known in made.new if one.sha256 == digest]
    if new:
        number = {one.span: n for n, one in enumerate(reading.mentions)}
        reading = with_mentions(reading, [(span, number[known]) for span, known in new if known in number])
    groups = [[node.span for node in group if node.sha256 == digest] for group in made.people]
    if any(groups):
        reading = with_people(reading, groups, made.apart)
    spoken = [one.correction for one in made.held if one.correction.kind == "speaker" and one.at.sha256 == digest]
    return with_speakers(reading, spoken) if spoken else reading


def _texts(one: Correction) -> set[str]:
    return {one.at.sha256} | ({one.other.sha256} if one.other else set())


# ---------------------------------------------------------------- where


def _placed(one: Correction, sheets: Mapping[str, Reading]) -> Placed | Outcome:
    """The things that a correction is about, or why they cannot be found."""
    group = GROUP[one.kind]
    anchors = [one.at] + ([one.other] if one.other else [])
    if any(anchor.sha256 not in sheets for anchor in anchors):
        return _elsewhere(one, sheets)
    for anchor in anchors:
        if not fits(anchor, sheets[anchor.sha256].account.text):
            return Outcome(one, "does not fit", _NOT_THERE.format(_span(anchor)))
    if group in {"claim", "entity"}:
        return _of_two(one, sheets)
    return _said(one, sheets) if group == "speaker" else _called(one, sheets)


def _of_two(one: Correction, sheets: Mapping[str, Reading]) -> Placed | Outcome:
    """What is said of two statements, or of two mentions."""
    if one.other is None:
        return Outcome(one, "does not fit", _NO_OTHER)
    if GROUP[one.kind] == "entity":
        return _mentions(one, one.other, sheets)
    if one.kind == "relation" and one.at.sha256 == one.other.sha256:
        return Outcome(one, "does not fit", _ONE_TEXT)
    return _pair(one, _statement(one.at, sheets), _statement(one.other, sheets), _NOTHING)


def _said(one: Correction, sheets: Mapping[str, Reading]) -> Placed | Outcome:
    """Who is said to speak; named by words that the reader need not know."""
    if one.other is None:
        told = one.value in {OWN_VOICE, LEFT_OUT}
        return Placed(one, _subject(one.at, sheets), None) if told else Outcome(one, "does not fit", _NO_OTHER)
    if one.at.sha256 != one.other.sha256:
        return Outcome(one, "does not fit", _TWO_TEXTS)
    return Placed(one, _subject(one.at, sheets), _whose(one.other, sheets) or Node(one.other.sha256, one.other.span))


def _called(one: Correction, sheets: Mapping[str, Reading]) -> Placed | Outcome:
    """Whose label it is said to be, if anybody's."""
    at = Node(one.at.sha256, one.at.span)
    if one.value == NO_LABEL:
        return Placed(one, at, None)
    if one.other is None:
        return Outcome(one, "does not fit", _NO_OTHER)
    if one.at.sha256 != one.other.sha256:
        return Outcome(one, "does not fit", _TWO_TEXTS)
    of = _whose(one.other, sheets)
    return Placed(one, at, of) if of else Outcome(one, "does not fit", _NOBODY.format(_span(one.other)))


def _pair(one: Correction, at: Node | None, other: Node | None, missing: str) -> Placed | Outcome:
    if at is None or other is None:
        anchor = one.at if at is None or one.other is None else one.other
        return Outcome(one, "does not fit", missing.format(_span(anchor)))
    return Outcome(one, "does not fit", _ONE_THING) if at == other else Placed(one, at, other)


def _mentions(one: Correction, there: Anchor, sheets: Mapping[str, Reading]) -> Placed | Outcome:
    """The mentions meant; words of one text that the reader does not know may be joined to those that it knows."""
    at, other = _mention(one.at, sheets), _mention(there, sheets)
    if one.kind == "same entity" and one.at.sha256 == there.sha256 and (at or other):
        at, other = at or Node(one.at.sha256, one.at.span), other or Node(there.sha256, there.span)
    return _pair(one, at, other, _NOBODY)


def _unknown(one: Placed, sheets: Mapping[str, Reading]) -> list[tuple[Node, Node]]:
    """What a correction makes a mention, with the one it is joined to."""
    if one.correction.kind != "same entity" or one.other is None or one.at.sha256 != one.other.sha256:
        return []
    known = {mention.span for mention in sheets[one.at.sha256].mentions}
    pairs = ((one.at, one.other), (one.other, one.at))
    return [(new, old) for new, old in pairs if new.span not in known and old.span in known]


def _mention(anchor: Anchor, sheets: Mapping[str, Reading]) -> Node | None:
    reading = sheets[anchor.sha256]
    number = mention_at(reading, anchor.span)
    return None if number is None else Node(anchor.sha256, reading.mentions[number].span)


def _whose(anchor: Anchor, sheets: Mapping[str, Reading]) -> Node | None:
    """The entity named at an anchor, by its name."""
    reading = sheets[anchor.sha256]
    number = mention_at(reading, anchor.span)
    return None if number is None else Node(anchor.sha256, reading.entities[reading.mentions[number].entity].name)


def _statement(anchor: Anchor, sheets: Mapping[str, Reading]) -> Node | None:
    reading = sheets[anchor.sha256]
    number = statement_at(reading, anchor.span)
    return None if number is None else Node(anchor.sha256, reading.statements[number].span)


def _subject(anchor: Anchor, sheets: Mapping[str, Reading]) -> Node:
    """The attribution there, by its content; the anchor's own words where nobody is given them."""
    reading = sheets[anchor.sha256]
    number = attribution_at(reading, anchor.span)
    content = None if number is None else content_of(reading.attributions[number])
    return Node(anchor.sha256, content or anchor.span)


def _elsewhere(one: Correction, sheets: Mapping[str, Reading]) -> Outcome:
    """A correction of a text that is not here; where another has the very words, it is proposed for that."""
    at, other = _again(one.at, sheets), one.other and _again(one.other, sheets)
    if at is None or (one.other is not None and other is None):
        return Outcome(one, "not here", _NOT_HERE)
    names = [sheets[found.sha256].account.id for found in (at, other) if found]
    why = f"another version has the same words ({', '.join(dict.fromkeys(names))}): accept it for that, or withdraw it"
    return Outcome(one, "moved", why, proposed=(at, other))


def _again(anchor: Anchor, sheets: Mapping[str, Reading]) -> Anchor | None:
    """An anchor of a text that is here, else in the one text that has its words between the same words."""
    if anchor.sha256 in sheets:
        return anchor
    texts = ((digest, reading.account.text) for digest, reading in sorted(sheets.items()))
    found = [again for digest, text in texts if (again := found_again(anchor, text, digest))]
    return found[0] if len(found) == 1 else None


def _span(anchor: Anchor | Span) -> str:
    return f"{anchor.start}:{anchor.end}"
