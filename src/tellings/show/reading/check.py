"""The checks of a reading: every span lies in its text, every number leads to an item, every word shown is there."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from tellings.errors import SpanError
from tellings.records import Account, Span
from tellings.show.reading.drawn import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.records import Reading
    from tellings.show.reading.drawn import Drawn

_ADVICE = "report this as a fault of Tellings"


def check(reading: Reading) -> None:
    """Refuse a reading with a span outside its text or a number that leads nowhere.

    Raises:
        SpanError: naming the input of the account and what is wrong.

    """
    length = len(reading.account.text)
    for span in _spans(reading):
        if not 0 <= span.start <= span.end <= length:
            raise _refused(reading.account, f"a span from {span.start} to {span.end} is not in its {length} characters")
    for what, number, count in _numbers(reading):
        if not 0 <= number < count:
            raise _refused(reading.account, f"{what} {number} is numbered, of {count}")
    depths(reading)


def check_drawn(drawn: Drawn) -> None:
    """Refuse records that would show words which do not stand where they say.

    Raises:
        SpanError: naming the input of the account and the place.

    """
    text = drawn.account.text
    for words in _stretches(drawn):
        if not 0 <= words.start <= words.end <= len(text) or text[words.start : words.end] != words.text:
            problem = f"the words shown for characters {words.start} to {words.end} are not there"
            raise _refused(drawn.account, problem)


def depths(reading: Reading) -> tuple[int, ...]:
    """How many attributions each attribution of a reading stands inside.

    Raises:
        SpanError: attributions stand inside each other.

    """
    found: dict[int, int] = {}
    for number in range(len(reading.attributions)):
        chain: list[int] = []
        at: int | None = number
        while at is not None and at not in found:
            if at in chain:
                raise _refused(reading.account, f"attribution {at} stands inside itself")
            chain.append(at)
            at = reading.attributions[at].parent
        depth = -1 if at is None else found[at]
        for step, inner in enumerate(reversed(chain), 1):
            found[inner] = depth + step
    return tuple(found[number] for number in range(len(reading.attributions)))


def _refused(account: Account, problem: str) -> SpanError:
    return SpanError(account.original.path or account.id, problem, _ADVICE)


def _spans(value: object) -> Iterator[Span]:
    """Walk a reading for its spans; the account's own runs and the vectors have none."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans(item)
    elif is_dataclass(value) and not isinstance(value, Account):
        for entry in fields(value):
            yield from _spans(getattr(value, entry.name))


def _stretches(value: object) -> Iterator[Stretch]:
    if isinstance(value, Stretch):
        yield value
    if isinstance(value, tuple):
        for item in value:
            yield from _stretches(item)
    elif is_dataclass(value) and not isinstance(value, Account):
        for entry in fields(value):
            yield from _stretches(getattr(value, entry.name))


def _numbers(reading: Reading) -> Iterator[tuple[str, int, int]]:
    """Every number by which an item of a reading names another: of what, the number, how many there are."""
    words, entities, attributions = len(reading.words), len(reading.entities), len(reading.attributions)
    yield from (("word", word.head, words) for word in reading.words if word.head is not None)
    yield from (("entity", mention.entity, entities) for mention in reading.mentions)
    for entity in reading.entities:
        yield from (("mention", number, len(reading.mentions)) for number in entity.mentions)
    for attribution in reading.attributions:
        if attribution.parent is not None:
            yield "attribution", attribution.parent, attributions
        if attribution.entity is not None:
            yield "entity", attribution.entity, entities
    for statement in reading.statements:
        yield "sentence", statement.sentence, len(reading.sentences)
        yield from (("attribution", number, attributions) for number in statement.voice)
        yield from (("figure", number, len(reading.figures)) for number in statement.figures)
        yield from (("time", number, len(reading.times)) for number in statement.times)
        named = (participant.entity for participant in statement.participants)
        yield from (("entity", number, entities) for number in named if number is not None)
