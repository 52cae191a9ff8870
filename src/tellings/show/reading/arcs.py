"""The parse of one sentence as a drawing: its words in a row and an arc from each word to the word it hangs on."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from tellings.show.page.html import Html, el, stretch
from tellings.show.signs import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.show.reading.drawn import Drawn, DrawnWord

MOST = 80
"""Words of a sentence up to which it is drawn."""

_LETTER, _SMALL, _GAP = 8.2, 5.9, 14
"""Pixels: the mean width of a letter of the words and of the labels, and what is kept free between words."""
_RISE, _BEND, _APART, _ROWS = 24, 5, 5, 42
"""Pixels: between arcs above each other, of their corners, between arcs that end on one word, and below them."""


class Arc(NamedTuple):
    """An arc over the words `[left, right]` of a sentence; `level` counts the arcs under it, from 1."""

    left: int
    right: int
    dependent: int
    label: str
    level: int


def arcs(drawn: Drawn, numbers: Sequence[int]) -> Html:
    """Draw the words of these numbers, which are one sentence, or say that they are too many.

    A word whose head is outside of them is drawn as a root. Every word is traced to its place in the text.
    """
    words = [drawn.words[number] for number in numbers]
    if len(words) > MOST:
        told = f"{plural(len(words), 'word')} are too many to draw; --layers words --table lists them."
        return el("p", told, class_="note")
    place = {number: n for n, number in enumerate(numbers)}
    heads = [None if word.head is None else place.get(word.head) for word in words]
    spread = over(heads, [word.relation for word in words])
    places, width = _places(words, spread)
    top = _RISE * (max((arc.level for arc in spread), default=0) + 1) + 12
    roots = [n for n, head in enumerate(heads) if head is None]
    ends = _ends(spread, roots, places)
    shapes = [_arc(arc, (ends[n, _RIGHTWARDS], ends[n, _LEFTWARDS]), top) for n, arc in enumerate(spread)]
    shapes += [_root(words[n].relation, ends[n, _ROOT], top) for n in roots]
    shapes += [_word(drawn, words[n], heads[n], places[n], top) for n in range(len(words))]
    drawing = el(
        "svg",
        *shapes,
        width=width,
        height=top + _ROWS,
        class_="arcs",
        role="img",
        aria_label=f"Parse of a sentence of {plural(len(words), 'word')}",
    )
    return el("div", drawing, class_="scroll", tabindex="0")


def over(heads: Sequence[int | None], labels: Sequence[str]) -> list[Arc]:
    """Give the arcs of a sentence, shorter ones first, each on the lowest level above all that lie inside it."""
    pairs = [(abs(n - head), min(n, head), max(n, head), n) for n, head in enumerate(heads) if head not in {None, n}]
    found: list[Arc] = []
    for _, left, right, n in sorted(pairs):
        under = [arc.level for arc in found if arc.left < right and left < arc.right]
        found.append(Arc(left, right, n, labels[n], max(under, default=0) + 1))
    return found


def _places(words: Sequence[DrawnWord], spread: Sequence[Arc]) -> tuple[list[int], int]:
    """The middle of each word, and the width of the drawing, in pixels; labels of short arcs push words apart."""
    wide = [max(_LETTER * _letters(word.text), _SMALL * len(word.upos)) + _GAP for word in words]
    needed = {arc.left: _SMALL * len(arc.label) + _GAP + 10 for arc in spread if arc.right - arc.left == 1}
    middles: list[float] = []
    for n, width in enumerate(wide):
        at = width / 2 if n == 0 else middles[-1] + (wide[n - 1] + width) / 2
        if n - 1 in needed:
            at = max(at, middles[-1] + needed[n - 1])
        middles.append(at)
    return [round(at) for at in middles], round(middles[-1] + wide[-1] / 2) if middles else 0


def _letters(text: str) -> int:
    """How many letters wide a word is; those of East Asia are twice as wide."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


_LEFTWARDS, _ROOT, _RIGHTWARDS = range(3)


def _ends(spread: Sequence[Arc], roots: Sequence[int], places: Sequence[int]) -> dict[tuple[int, int], int]:
    """Where each arc (by its number) and each root (by its word) comes down: side by side, so that none crosses.

    From left to right over a word: arcs that lead to its left, the longest last; what leads to it from above; arcs
    that lead to its right, the longest first.
    """
    down: dict[int, list[tuple[int, int, int]]] = {root: [(_ROOT, 0, root)] for root in roots}
    for number, arc in enumerate(spread):
        length = arc.right - arc.left
        down.setdefault(arc.right, []).append((_LEFTWARDS, length, number))
        down.setdefault(arc.left, []).append((_RIGHTWARDS, -length, number))
    return {
        (number, side): places[word] + round(_APART * (nth - (len(ends) - 1) / 2))
        for word, ends in down.items()
        for nth, (side, _, number) in enumerate(sorted(ends))
    }


def _arc(arc: Arc, ends: tuple[int, int], top: int) -> Html:
    left, right = ends
    high = top - _RISE * arc.level
    line = f"M{left} {top}V{high + _BEND}q0 -{_BEND} {_BEND} -{_BEND}H{right - _BEND}q{_BEND} 0 {_BEND} {_BEND}V{top}"
    point = left if arc.dependent == arc.left else right
    return el(
        "g",
        el("path", d=line),
        _head(point, top),
        el("text", arc.label, x=(left + right) // 2, y=high - 3, class_="relation"),
    )


def _root(label: str, x: int, top: int) -> Html:
    return el("g", el("path", d=f"M{x} 14V{top}"), _head(x, top), el("text", label, x=x, y=10, class_="relation"))


def _head(x: int, top: int) -> Html:
    return el("path", d=f"M{x} {top + 2}l-3 -6h6z", class_="point")


def _word(drawn: Drawn, word: DrawnWord, head: int | None, x: int, top: int) -> Html:
    told = f"{word.upos}, {word.relation}" + ("" if head is None else f" of word {head + 1}")
    words = stretch("text", drawn.account.id, word.start, word.end, word.text, x=x, y=top + 18, class_="w")
    return el("g", el("title", told), words, el("text", word.upos, x=x, y=top + 33, class_="upos"))
