"""The layers of a reading that can be shown: their names, and the letter and the words the interface has for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tellings.show.signs import plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tellings.records import MentionType
    from tellings.show.reading.drawn import Drawn

Layer = Literal[
    "sentences", "words", "mentions", "attributions", "quotations", "statements", "figures", "times", "wording"
]  # fmt: skip


class Heading(NamedTuple):
    """How a layer is announced: the letter of its tags, its title, and the words for one and for many of its items."""

    letter: str
    title: str
    one: str
    many: str

    def counted(self, number: int) -> str:
        """Say how many items there are."""
        return plural(number, self.one, self.many)


LAYERS: dict[Layer, Heading] = {
    "sentences": Heading("§", "Sentences", "sentence", "sentences"),
    "words": Heading("", "Words and how they hang together", "word", "words"),
    "mentions": Heading("", "Who and what is meant", "mention", "mentions"),
    "attributions": Heading("a", "Who says so", "attribution", "attributions"),
    "quotations": Heading("q", "Between quotation marks", "quotation", "quotations"),
    "statements": Heading("s", "What is told", "statement", "statements"),
    "figures": Heading("f", "Numbers", "figure", "figures"),
    "times": Heading("t", "Times", "time", "times"),
    "wording": Heading("w", "Loaded wording", "loaded stretch", "loaded stretches"),
}
"""In the order in which they build on each other."""

CALM: tuple[Layer, ...] = tuple(layer for layer in LAYERS if layer != "words")
"""What a terminal shows unless told otherwise: a line a word is too much to look at."""

ENTITY: dict[MentionType, tuple[str, str]] = {
    "PER": ("P", "person"),
    "ORG": ("O", "organisation"),
    "LOC": ("L", "place"),
    "MISC": ("M", "other name"),
}
"""The letter of an entity's tag and the word for it."""


def chosen(names: Iterable[str]) -> tuple[Layer, ...]:
    """Give the layers of these names, in the order of LAYERS, each once.

    Raises:
        ValueError: with a plain sentence naming the known layers, for a name that is none or for no name at all.

    """
    wanted = [name.strip().lower() for name in names if name.strip()]
    unknown = [name for name in wanted if name not in LAYERS]
    known = ", ".join(LAYERS)
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: no such layer; the layers are {known}")
    if not wanted:
        raise ValueError(f"no layer is named; the layers are {known}")
    return tuple(layer for layer in LAYERS if layer in wanted)


def tag(layer: Layer, number: int) -> str:
    """Name an item for a person, who counts from 1: `a1` is attribution 0."""
    return f"{LAYERS[layer].letter}{number + 1}"


def entity_tag(drawn: Drawn, number: int) -> str:
    """Name an entity for a person by its type and number: `P1`."""
    return f"{ENTITY[drawn.entities[number].type][0]}{number + 1}"
