"""Beside the text: every layer as a list, each item with its number, its words and what the interface says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.page.html import Html, el, join, stretch
from tellings.show.page.parts import counted, ours, q_class
from tellings.show.page.tables import table
from tellings.show.reading.arcs import arcs
from tellings.show.reading.layers import ENTITY, LAYERS, Layer, entity_tag, tag
from tellings.show.reading.order import Use, as_nested, most_meant, uses_of
from tellings.show.reading.plainly import marks, source_kind, value, when
from tellings.show.reading.text import LEVELS, item_id, place_id
from tellings.show.signs import LEFT_OUT, OWN_VOICE, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tellings.show.reading.drawn import Drawn, DrawnAttribution, DrawnEntity, DrawnStatement, DrawnStep, Stretch


def lists(drawn: Drawn, layers: Sequence[Layer], letter: str) -> Html:
    """Build the lists of one account; sentences are seen in the text, words in `parses`."""
    return el("div", *(_list(drawn, layer, letter) for layer in _BODIES if layer in layers), class_="lists")


def _list(drawn: Drawn, layer: Layer, letter: str) -> Html:
    heading = LAYERS[layer]
    found = len(getattr(drawn, layer))
    count = counted(found, heading.one, heading.many)
    body = _BODIES[layer](drawn, letter) if found else el("p", "None found.", class_="note")
    return el("section", el("h3", heading.title, " ", count), body, class_=f"list l-{layer}")


def words(drawn: Drawn, shown: Stretch, name: str = "span", class_: str = "w", **attributes: str | None) -> Html:
    """Set words of the account, traced to their place."""
    return stretch(name, drawn.account.id, shown.start, shown.end, shown.text, class_=class_, **attributes)


def quote(drawn: Drawn, shown: Stretch) -> Html:
    """Quote words of the account."""
    return words(drawn, shown, "q", q_class(shown.text) or "w")


def _number(letter: str, layer: Layer, number: int, shown: Stretch | None) -> Html:
    """Number an item, a link to its place in the text where it has one."""
    href = f"#{place_id(letter, layer, number)}" if shown is not None and shown.start < shown.end else None
    return el("a" if href else "span", tag(layer, number), href=href, class_="number")


def _attributions(drawn: Drawn, letter: str) -> Html:
    items = [
        el(
            "li",
            _number(letter, "attributions", number, _first(drawn.attributions[number])),
            el("p", *_said(drawn, drawn.attributions[number])),
            id=item_id(letter, "attributions", number),
            class_=f"depth{min(drawn.attributions[number].depth, LEVELS - 1)}",
        )
        for number in as_nested(drawn)
    ]
    return el("ol", *items)


def _first(one: DrawnAttribution) -> Stretch | None:
    """The part of an attribution that its place in the text is."""
    return next((part for part in (*one.content, *one.source) if part.start < part.end), None)


def _said(drawn: Drawn, one: DrawnAttribution) -> Iterator[Html]:
    """Source and kind, cue, then content, in the account's words; between them what is ours to say."""
    yield join([words(drawn, part) for part in one.source], ours(" / ")) if one.source else ours(LEFT_OUT)
    yield ours(f" ({source_kind(one.source_type)}", "kind")
    if one.entity is not None:
        name = drawn.entities[one.entity].name
        told = any(name.text in part.text for part in one.source)
        yield ours(f", {entity_tag(drawn, one.entity)}", "kind")
        yield Html("") if told else join([" ", words(drawn, name, class_="w name")])
    yield ours(") ", "kind")
    yield join([join([words(drawn, part, class_="w said"), " "]) for part in one.cue])
    if one.via is not None:
        yield join([ours("via "), words(drawn, one.via), " "])
    inside = "" if one.parent is None else f", inside {tag('attributions', one.parent)}"
    yield ours(f"{one.manner if one.cue else f'no cue, {one.manner}'}{inside}: ")
    yield join([quote(drawn, part) for part in one.content], ours(" / "))


def _mentions(drawn: Drawn, letter: str) -> Html:
    items = [
        el(
            "li",
            el("span", entity_tag(drawn, number), class_="number"),
            el("p", *_entity(drawn, drawn.entities[number], letter)),
            id=item_id(letter, "mentions", number),
        )
        for number in most_meant(drawn)
    ]
    return el("ol", *items)


def _entity(drawn: Drawn, entity: DrawnEntity, letter: str) -> Iterator[Html]:
    yield words(drawn, entity.name, class_="w name")
    yield ours(f" ({ENTITY[entity.type][1]}), {plural(len(entity.mentions), 'mention')}: ")
    yield join([_use(drawn, use, letter) for use in uses_of(drawn, entity)], ", ")


def _use(drawn: Drawn, use: Use, letter: str) -> Html:
    """Link what an entity is called to where it is first called so, and numbers to the other places."""
    first, *others = use.mentions
    place = place_id(letter, "mentions", first)
    shown = words(drawn, drawn.mentions[first], "a", href=f"#{place}")
    again = [
        el("a", str(nth), href=f"#{place_id(letter, 'mentions', number)}", class_="again")
        for nth, number in enumerate(others, 2)
    ]
    form = {"name": "", "nominal": " phrase", "pronoun": " pronoun"}[use.form]
    return el("span", shown, ours(form, "kind") if form else "", *(join([" ", link]) for link in again), class_="use")


def _quotations(drawn: Drawn, letter: str) -> Html:
    items = [
        el("li", _number(letter, "quotations", n, one), el("p", quote(drawn, one)), id=item_id(letter, "quotations", n))
        for n, one in enumerate(drawn.quotations)
    ]
    return el("ol", *items)


def _statements(drawn: Drawn, letter: str) -> Html:
    items = [
        el(
            "li",
            _number(letter, "statements", number, one),
            el("p", _voice(drawn, one.voice), " ", quote(drawn, one)),
            el("p", *_made_of(drawn, one), class_="made-of ours"),
            id=item_id(letter, "statements", number),
        )
        for number, one in enumerate(drawn.statements)
    ]
    return el("ol", *items)


def _voice(drawn: Drawn, steps: Sequence[DrawnStep]) -> Html:
    """Give the chain from the first speaker outwards."""
    if not steps:
        return el("span", OWN_VOICE, class_="voice ours")
    named = [
        join(
            [
                ours(LEFT_OUT) if step.name is None else words(drawn, step.name),
                ours(f" ({source_kind(step.type)})", "kind"),
            ]
        )
        for step in reversed(steps)
    ]
    return el("span", join(named, ", via "), class_="voice ours")


def _made_of(drawn: Drawn, one: DrawnStatement) -> Iterator[Html]:
    yield el("b", ", ".join(marks(one)))
    if one.predicate is not None:
        yield join(["; predicate ", words(drawn, one.predicate)])
    for participant in one.participants:
        known = "" if participant.entity is None else f" ({entity_tag(drawn, participant.entity)})"
        yield join([f"; {participant.role} ", words(drawn, participant), known])
    for number in one.figures:
        yield join(["; figure ", words(drawn, drawn.figures[number])])
    for number in one.times:
        yield join(["; time ", words(drawn, drawn.times[number])])


def _figures(drawn: Drawn, letter: str) -> Html:
    rows = [
        el(
            "tr",
            el("td", _number(letter, "figures", number, figure)),
            el("td", words(drawn, figure)),
            el("td", value(figure), class_="ours"),
            id=item_id(letter, "figures", number),
        )
        for number, figure in enumerate(drawn.figures)
    ]
    return table(["", "Words", "Read as"], [el("tbody", *rows)], "items")


def _times(drawn: Drawn, letter: str) -> Html:
    rows = [
        el(
            "tr",
            el("td", _number(letter, "times", number, time)),
            el("td", words(drawn, time)),
            el("td", when(time), class_="ours"),
            id=item_id(letter, "times", number),
        )
        for number, time in enumerate(drawn.times)
    ]
    return table(["", "Words", "Read as"], [el("tbody", *rows)], "items")


def _wording(drawn: Drawn, letter: str) -> Html:
    rows = [
        el(
            "tr",
            el("td", _number(letter, "wording", number, loaded)),
            el("td", words(drawn, loaded)),
            el("td", "a quoted voice" if loaded.quoted else OWN_VOICE, class_="ours"),
            el("td", f"{loaded.score:.2f}", class_="ours"),
            id=item_id(letter, "wording", number),
        )
        for number, loaded in enumerate(drawn.wording)
    ]
    return table(["", "Words", "Voice", "Score, 0 to 1"], [el("tbody", *rows)], "items")


_BODIES: dict[Layer, Callable[[Drawn, str], Html]] = {
    "attributions": _attributions,
    "mentions": _mentions,
    "statements": _statements,
    "quotations": _quotations,
    "figures": _figures,
    "times": _times,
    "wording": _wording,
}
"""In the order in which a reader asks."""


def parses(drawn: Drawn) -> Html:
    """Build the parse of every sentence, folded: its words can be read without opening it."""
    groups: dict[int | None, list[int]] = {}
    for number, word in enumerate(drawn.words):
        groups.setdefault(word.sentence, []).append(number)
    folded = [
        el(
            "details",
            el("summary", *_sentence(drawn, sentence), " ", counted(len(numbers), "word")),
            arcs(drawn, numbers),
        )
        for sentence, numbers in groups.items()
    ]
    heading = LAYERS["words"]
    count = counted(len(drawn.words), heading.one, heading.many)
    note = el("p", "Open a sentence to see its words and an arc from each to the word it hangs on.", class_="note")
    return el("section", el("h3", heading.title, " ", count), note, *folded, class_="list parses l-words")


def _sentence(drawn: Drawn, number: int | None) -> list[Html]:
    if number is None:
        return [ours("before the first sentence")]
    return [el("span", tag("sentences", number), class_="number"), Html(" "), words(drawn, drawn.sentences[number])]
