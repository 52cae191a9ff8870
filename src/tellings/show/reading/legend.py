"""The switches of the layers, and what each sign in the text means: a line a layer, gone with its layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.page.html import Html, el, join
from tellings.show.page.parts import ours
from tellings.show.reading.layers import ENTITY, LAYERS, Layer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.show.reading.drawn import Drawn

FIRST: tuple[Layer, ...] = ("attributions", "mentions", "wording")
"""The layers that are marked when a page of all layers is opened: all at once would hide the words."""


def switches(shown: Sequence[Drawn], layers: Sequence[Layer], marked: Sequence[Layer]) -> Html:
    """Build a switch a layer with how many items it has; the rules of the style sheet do the rest."""
    boxes = []
    for layer in layers:
        number = sum(len(getattr(drawn, layer)) for drawn in shown)
        box = el("input", type="checkbox", id=f"show-{layer}", checked=layer in marked)
        unit = LAYERS[layer].counted(number).removeprefix(f"{number} ")
        boxes.append(el("label", box, el("b", f"{number:,}"), f" {unit}", class_=f"is-{layer}"))
    return el("div", *boxes, class_="counts layers", role="group", aria_label="Layers shown")


def legend(layers: Sequence[Layer]) -> Html:
    """Build the lines that say what the marks mean."""
    lines = [el("p", *_LINES[layer], class_=f"legend l-{layer}") for layer in layers if layer in _LINES]
    return el("div", *lines, class_="legends")


def _sample(words: str, class_: str) -> Html:
    return el("span", words, class_=class_)


def _tag(layer: Layer, shown: str) -> Html:
    return el("span", class_=f"tag l-{layer}", data_tag=shown)


_ENTITIES = ", ".join(f"{letter} {word}" for letter, word in ENTITY.values())

_LINES: dict[Layer, tuple[str, ...]] = {
    "sentences": (_tag("sentences", "§1"), " begins sentence 1."),
    "attributions": (
        _sample("source", "source"),
        " ",
        _sample("cue", "cue"),
        " ",
        _sample("content, direct", "content direct level0"),
        " ",
        _sample("indirect", "content indirect level0"),
        " ",
        _sample("mixed", "content mixed level0"),
        "; ",
        _sample(
            join(["what one says ", _sample("another said", "content indirect level1")]), "content indirect level0"
        ),
        ": a line more for each telling inside a telling. ",
        _tag("attributions", "a1"),
        " attribution 1, at its source and its content.",
    ),
    "mentions": (
        _sample("name", "mention name first last"),
        " ",
        _sample("phrase", "mention nominal first last"),
        " ",
        _sample("pronoun", "mention pronoun first last"),
        _tag("mentions", "P1"),
        f" what is meant: {_ENTITIES}; the same number is the same one.",
    ),
    "quotations": (
        _sample("between quotation marks", "quotations"),
        _tag("quotations", "q1"),
        " quotation 1.",
    ),
    "statements": (
        _tag("statements", "[s1"),
        "one thing told",
        _tag("statements", "]"),
        " statement 1; negated and hedged are said with its number.",
    ),
    "figures": (_sample("number with what it counts", "figures"), _tag("figures", "f1"), " figure 1."),
    "times": (_sample("when", "times"), _tag("times", "t1"), " time 1."),
    "wording": (
        _sample("loaded", "wording own"),
        _tag("wording", "w1 own"),
        " in the account's own voice, ",
        _sample("loaded", "wording quoted"),
        _tag("wording", "w2 quoted"),
        " in a voice it quotes.",
    ),
}


def whose() -> Html:
    """Say which type is whose."""
    theirs = el("span", "Words in this type are the accounts' own, character for character.", class_="w")
    return el("p", theirs, " ", ours("Words in this type are the interface's: labels, signs and counts."))
