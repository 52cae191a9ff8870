"""The order in which people read items: attributions under those they stand in, mentions by what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tellings.records import MentionForm
    from tellings.show.reading.drawn import Drawn, DrawnEntity


def as_nested(drawn: Drawn) -> tuple[int, ...]:
    """Number the attributions so that each is followed by those that stand inside it."""
    inner = inside(drawn)
    return tuple(_walk(inner, None))


def inside(drawn: Drawn) -> dict[int | None, list[int]]:
    """Number the attributions that stand inside each one, None for those at the account's own level."""
    found: dict[int | None, list[int]] = {}
    for number, attribution in enumerate(drawn.attributions):
        found.setdefault(attribution.parent, []).append(number)
    return found


def _walk(inner: Mapping[int | None, list[int]], outer: int | None) -> Iterator[int]:
    """Walk with a stack of our own: nesting as deep as it may be is no recursion."""
    stack = list(reversed(inner.get(outer, [])))
    while stack:
        number = stack.pop()
        yield number
        stack += reversed(inner.get(number, []))


class Use(NamedTuple):
    """The mentions of an entity in the very same words: the words, their form, and the numbers of the mentions."""

    text: str
    form: MentionForm
    mentions: tuple[int, ...]

    @property
    def times(self) -> int:
        """How many there are."""
        return len(self.mentions)


def uses_of(drawn: Drawn, entity: DrawnEntity) -> tuple[Use, ...]:
    """Give what an entity is called, in the order in which it is first called so."""
    found: dict[tuple[str, MentionForm], list[int]] = {}
    for number in entity.mentions:
        mention = drawn.mentions[number]
        found.setdefault((mention.text, mention.form), []).append(number)
    return tuple(Use(text, form, tuple(numbers)) for (text, form), numbers in found.items())


def most_meant(drawn: Drawn) -> tuple[int, ...]:
    """Number the entities, those mentioned most first; those mentioned as often in their own order."""
    return tuple(sorted(range(len(drawn.entities)), key=lambda number: -len(drawn.entities[number].mentions)))
