"""The account's text, to be read straight through, with the marks of every layer on its words.

Words are cut where any mark begins or ends; each piece lies in one element a mark, so that marks may overlap as they
like. The tags (`a1`, `P3`) are empty elements that the style sheet fills: the text of the page is the account's text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tellings.show.page.html import Html, el, join, stretch
from tellings.show.reading.layers import LAYERS, Layer, entity_tag, tag
from tellings.show.reading.plainly import marks
from tellings.show.signs import OWN_VOICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tellings.show.reading.drawn import Drawn, Stretch

LEVELS = 5
"""Underlines that can be stacked; what is nested deeper shares the lowest."""

_FORMS = {"name": "name", "nominal": "phrase", "pronoun": "pronoun"}


class Mark(NamedTuple):
    """A mark on `[start, end)`: how its words look, and the tags before and after them.

    `look` is a class, "" where only tags are set; `place` is the id that lists lead to, given to the first tag.
    """

    start: int
    end: int
    layer: Layer
    look: str
    title: str
    before: str = ""
    after: str = ""
    href: str | None = None
    place: str | None = None


def text(drawn: Drawn, layers: Sequence[Layer], letter: str) -> Html:
    """Build the text in paragraphs, which together hold it from its first character to its last.

    `letter` names the account on the page and begins its ids.
    """
    cuts = paragraphs(drawn.account.text)
    built: dict[int, list[Html | str]] = {start: [] for start, _ in cuts}
    for paragraph, start, end, here in pieces(cuts, marks_of(drawn, layers, letter)):
        built[paragraph].append(_piece(drawn.account.text[start:end], start, end, here))
    return el("div", *(stretch("p", drawn.account.id, start, end, *built[start]) for start, end in cuts), class_="text")


def paragraphs(words: str) -> list[tuple[int, int]]:
    """Cut a text before every line that has words: half-open stretches that together are all of it."""
    starts = []
    at = 0
    for line in words.split("\n"):
        if line.strip():
            starts.append(at)
        at += len(line) + 1
    starts[:1] = [0]
    return [(a, b) for a, b in zip(starts, [*starts[1:], len(words)], strict=True) if a < b]


def pieces(cuts: Sequence[tuple[int, int]], found: Iterable[Mark]) -> Iterator[tuple[int, int, int, list[Mark]]]:
    """Cut paragraphs where marks begin or end: the paragraph's start, the piece, and the marks that hold on it.

    One sweep over the text, so that time grows with its length and the marks, not with their product. Marks on a
    piece stand from the outermost inwards; empty marks hold on nothing.
    """
    waiting = sorted((mark for mark in found if mark.start < mark.end), key=lambda mark: mark.start, reverse=True)
    points = sorted({edge for mark in waiting for edge in (mark.start, mark.end)}, reverse=True)
    open_: list[Mark] = []
    for start, end in cuts:
        at = start
        while at < end:
            while points and points[-1] <= at:
                points.pop()
            until = min(points[-1], end) if points else end
            while waiting and waiting[-1].start <= at:
                open_.append(waiting.pop())
            open_ = [mark for mark in open_ if mark.end > at]
            yield start, at, until, sorted(open_, key=_outer)
            at = until


_RANKS: tuple[Layer, ...] = (
    "sentences",
    "statements",
    "quotations",
    "attributions",
    "mentions",
    "figures",
    "times",
    "wording",
)


def _outer(mark: Mark) -> tuple[int, int, int, str]:
    return _RANKS.index(mark.layer), mark.start, -mark.end, mark.look


def _piece(words: str, start: int, end: int, here: Sequence[Mark]) -> Html:
    """Set a piece inside its marks, with the tags of those that begin or end here."""
    html: Html | str = words
    for mark in reversed([mark for mark in here if mark.look]):
        edges = (" first" if mark.start == start else "") + (" last" if mark.end == end else "")
        html = el("span", html, class_=f"{mark.look}{edges}", title=mark.title)
    before = [_tag(mark, mark.before, first=True) for mark in here if mark.before and mark.start == start]
    after = [_tag(mark, mark.after, first=not mark.before) for mark in reversed(here) if mark.after and mark.end == end]
    return join([*before, html, *after])


def _tag(mark: Mark, shown: str, *, first: bool) -> Html:
    """Build a tag; the first of a mark is its place, and a link where there is more to be had in the lists."""
    class_ = f"tag l-{mark.layer}"
    if not first or mark.href is None:
        return el("span", class_=class_, id=mark.place if first else None, data_tag=shown)
    return el("a", class_=class_, href=mark.href, id=mark.place, data_tag=shown, aria_label=mark.title)


def place_id(letter: str, layer: Layer, number: int) -> str:
    """Name the place of an item in the text of an account."""
    return f"t-{letter}-{layer}-{number + 1}"


def item_id(letter: str, layer: Layer, number: int) -> str:
    """Name an item in the lists of an account; for mentions, an entity."""
    return f"{letter}-{layer}-{number + 1}"


def marks_of(drawn: Drawn, layers: Sequence[Layer], letter: str) -> Iterator[Mark]:
    """Give the marks of the layers; words have none, as every word would have one."""
    if "sentences" in layers:
        yield from _sentences(drawn, letter)
    if "mentions" in layers:
        yield from _mentions(drawn, letter)
    if "attributions" in layers:
        yield from _attributions(drawn, letter)
    if "quotations" in layers:
        yield from _plain(drawn.quotations, "quotations", letter)
    if "statements" in layers:
        yield from _statements(drawn, letter)
    if "figures" in layers:
        yield from _plain(drawn.figures, "figures", letter)
    if "times" in layers:
        yield from _plain(drawn.times, "times", letter)
    if "wording" in layers:
        yield from _wording(drawn, letter)


def _sentences(drawn: Drawn, letter: str) -> Iterator[Mark]:
    for number, sentence in enumerate(drawn.sentences):
        yield Mark(
            sentence.start,
            sentence.end,
            "sentences",
            "",
            f"sentence {number + 1}",
            before=tag("sentences", number),
            place=place_id(letter, "sentences", number),
        )


def _plain(items: Sequence[Stretch], layer: Layer, letter: str) -> Iterator[Mark]:
    """Marks of a layer that has nothing more to say than where its items are."""
    for number, item in enumerate(items):
        yield Mark(
            item.start,
            item.end,
            layer,
            layer,
            f"{LAYERS[layer].one} {number + 1}",
            after=tag(layer, number),
            href=f"#{item_id(letter, layer, number)}",
            place=place_id(letter, layer, number),
        )


def _mentions(drawn: Drawn, letter: str) -> Iterator[Mark]:
    for number, mention in enumerate(drawn.mentions):
        shown = entity_tag(drawn, mention.entity)
        yield Mark(
            mention.start,
            mention.end,
            "mentions",
            f"mention {mention.form}",
            f"{shown}, {_FORMS[mention.form]}",
            after=shown,
            href=f"#{item_id(letter, 'mentions', mention.entity)}",
            place=place_id(letter, "mentions", number),
        )


def _attributions(drawn: Drawn, letter: str) -> Iterator[Mark]:
    """Content and source with a tag each, the cue between them without; the first that is not empty is the place."""
    stacked = levels(drawn)
    for number, one in enumerate(drawn.attributions):
        shown = tag("attributions", number)
        made = [
            Mark(
                part.start,
                part.end,
                "attributions",
                f"content {one.manner} level{stacked[number, nth]}",
                f"content of {shown}, {one.manner}",
                before=shown,
            )
            for nth, part in enumerate(one.content)
        ]
        made += [Mark(p.start, p.end, "attributions", "source", f"source of {shown}", after=shown) for p in one.source]
        made += [Mark(p.start, p.end, "attributions", "cue", f"cue of {shown}") for p in one.cue]
        place: str | None = place_id(letter, "attributions", number)
        for mark in made:
            if mark.start < mark.end and mark.look != "cue":
                yield mark._replace(href=f"#{item_id(letter, 'attributions', number)}", place=place)
                place = None
            else:
                yield mark


def levels(drawn: Drawn) -> dict[tuple[int, int], int]:
    """Give each content, by its attribution and place in it, the level of its underline, 0 nearest to the words.

    A nested content stands below the one it is in; contents that overlap without being nested get levels of their own.
    """
    contents = [
        (part.start, -part.end, one.depth, number, nth)
        for number, one in enumerate(drawn.attributions)
        for nth, part in enumerate(one.content)
    ]
    ends: list[int] = []
    found = {}
    for start, negative, depth, number, nth in sorted(contents):
        level = min(depth, LEVELS - 1)
        while level < min(len(ends), LEVELS - 1) and ends[level] > start:
            level += 1
        ends += [0] * (level + 1 - len(ends))
        ends[level] = max(ends[level], -negative)
        found[number, nth] = level
    return found


def _statements(drawn: Drawn, letter: str) -> Iterator[Mark]:
    for number, one in enumerate(drawn.statements):
        shown = tag("statements", number)
        marked = [word for word in marks(one) if word in {"negated", "hedged"}]
        yield Mark(
            one.start,
            one.end,
            "statements",
            "",
            f"statement {number + 1}",
            before=" ".join([f"[{shown}", *marked]),
            after="]",
            href=f"#{item_id(letter, 'statements', number)}",
            place=place_id(letter, "statements", number),
        )


def _wording(drawn: Drawn, letter: str) -> Iterator[Mark]:
    for number, loaded in enumerate(drawn.wording):
        voice = "a quoted voice" if loaded.quoted else OWN_VOICE
        yield Mark(
            loaded.start,
            loaded.end,
            "wording",
            f"wording {'quoted' if loaded.quoted else 'own'}",
            f"loaded wording {number + 1}, {voice}",
            after=f"{tag('wording', number)} {'quoted' if loaded.quoted else 'own'}",
            href=f"#{item_id(letter, 'wording', number)}",
            place=place_id(letter, "wording", number),
        )
