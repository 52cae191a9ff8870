"""A reading as text for a terminal: each layer a short section in the account's own words."""

from __future__ import annotations

import shutil
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from tellings.show.lines import Line
from tellings.show.plain import clean, first_of, quoted
from tellings.show.reading.check import check_drawn
from tellings.show.reading.layers import CALM, ENTITY, LAYERS, Layer, entity_tag, tag
from tellings.show.reading.order import as_nested, most_meant, uses_of
from tellings.show.reading.plainly import marks, source_kind, value, when
from tellings.show.signs import CUT, LEFT_OUT, OWN_VOICE, plural
from tellings.show.terminal import account_line, laid_out, wants_color

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tellings.show.reading.drawn import (
        Drawn,
        DrawnAttribution,
        DrawnEntity,
        DrawnStatement,
        DrawnStep,
        DrawnWord,
        Stretch,
    )

Item = TypeVar("Item")

_WORDS, _NAME, _ITEMS = 120, 60, 6
"""Characters of an excerpt and a name, and items of a layer, before they are cut and the rest is counted."""
_WHOLE = 10**9


class Room:
    """How much of each thing there is room for: little at first sight, no end where a layer was asked for by name."""

    def __init__(self, *, whole: bool) -> None:
        self.words, self.name, self.items = (_WHOLE, _WHOLE, _WHOLE) if whole else (_WORDS, _NAME, _ITEMS)

    def say(self, words: Stretch) -> str:
        """Put an account's words between quotation marks, cut for room."""
        return quoted(words.text, self.words)

    def call(self, words: Stretch) -> str:
        """Give words that name somebody, bare while they are short, so that a line reads like a sentence."""
        name = clean(words.text)
        return name if len(name) <= self.name else quoted(words.text, self.name)

    def first(self, items: Sequence[Item]) -> tuple[Sequence[Item], int]:
        """Give the items there is room for, and how many are left."""
        return first_of(items, self.items)


def render_terminal(
    drawn: Drawn,
    layers: Sequence[Layer] | None = None,
    *,
    width: int | None = None,
    color: bool | None = None,
) -> str:
    """Give one account's reading as text for a terminal, lines no wider than `width` columns.

    Layers that are named are shown whole; without, all but the words are, the first of each, and the last line says
    how to see more. Without `width` the terminal's own is used (80 when piped); without `color` colours are used on a
    terminal unless NO_COLOR is set.

    Raises:
        SpanError: a shown text is not the account's `text[start:end]`.

    """
    check_drawn(drawn)
    columns = shutil.get_terminal_size((80, 24)).columns if width is None else width
    colors = wants_color() if color is None else color
    room = Room(whole=layers is not None)
    lines = [Line(body=account_line(drawn.account), style="head")]
    lines += [Line(2, "", f"note: {clean(note.message)}", style="ours") for note in drawn.account.notes]
    for layer in CALM if layers is None else layers:
        lines += _section(drawn, layer, room)
    if layers is None and any(CUT in line.body for line in lines):
        more = f"{CUT} marks what is cut for room: --layers NAME shows a layer whole, -o page.html or --json all"
        lines += [Line(), Line(body=more, style="ours")]
    return laid_out(lines, columns, colors)


def _section(drawn: Drawn, layer: Layer, room: Room) -> Iterator[Line]:
    count = len(getattr(drawn, layer))
    # The layer's name as --layers takes it; a count needs no unit of its own where the name is the unit.
    told = LAYERS[layer].counted(count).removesuffix(f" {layer}") if count else "none found"
    if layer == "mentions" and count:
        told += f", of {plural(len(drawn.entities), 'entity', 'entities')}"
    yield Line()
    yield Line(body=f"{layer.upper()}: {told}", style="head")
    yield from _BODIES[layer](drawn, room)


def _listed(
    numbers: Sequence[int], room: Room, many: str, lines: Callable[[int, int], Iterator[Line]]
) -> Iterator[Line]:
    """The lines of each item there is room for, marks in one column, and the count of the others."""
    shown, left = room.first(numbers)
    column = len(str(len(numbers))) + 1
    for number in shown:
        yield from lines(number, column)
    if left:
        yield Line(2, "", f"{CUT} {left} more {many}", style="ours", room=column)


def _sentences(drawn: Drawn, room: Room) -> Iterator[Line]:
    def lines(number: int, column: int) -> Iterator[Line]:
        yield Line(2, tag("sentences", number), room.say(drawn.sentences[number]), room=column)

    return _listed(range(len(drawn.sentences)), room, "sentences", lines)


def _words(drawn: Drawn, room: Room) -> Iterator[Line]:
    """Each sentence and under it a line a word: what it is, and on which word it hangs."""
    numbered = list(enumerate(drawn.words, 1))
    column = len(str(len(numbered)))
    for sentence, group in groupby(numbered, key=lambda pair: pair[1].sentence):
        if sentence is not None:
            yield Line(2, tag("sentences", sentence), room.say(drawn.sentences[sentence]), room=column)
        for number, word in group:
            yield Line(2, str(number), _word(drawn, word), mark_style="ours", room=column)


def _word(drawn: Drawn, word: DrawnWord) -> str:
    where = "" if word.head is None else f" of {word.head + 1} {clean(drawn.words[word.head].text)}"
    return f"{clean(word.text)}  {word.upos}  {word.relation}{where}"


def _mentions(drawn: Drawn, room: Room) -> Iterator[Line]:
    """Each entity with all its mentions: what is said alike is said once and counted."""

    def lines(number: int, column: int) -> Iterator[Line]:
        entity = drawn.entities[number]
        count = plural(len(entity.mentions), "mention")
        body = f"{room.call(entity.name)} ({ENTITY[entity.type][1]}), {count}{_called(drawn, entity, room)}"
        yield Line(2, entity_tag(drawn, number), body, room=column)

    return _listed(most_meant(drawn), room, "entities", lines)


def _called(drawn: Drawn, entity: DrawnEntity, room: Room) -> str:
    """Give what an entity is called, where that is more than its name."""
    uses = uses_of(drawn, entity)
    if [use.text for use in uses] == [entity.name.text]:
        return ""
    shown, left = room.first(uses)
    said = [quoted(use.text, room.name) + (f" {use.times} times" if use.times > 1 else "") for use in shown]
    if left:
        said.append(f"{CUT} {left} more")
    return f": {', '.join(said)}"


def _attributions(drawn: Drawn, room: Room) -> Iterator[Line]:
    """Who says what, a told telling under the one it stands in."""

    def lines(number: int, column: int) -> Iterator[Line]:
        one = drawn.attributions[number]
        body = f"{_said(drawn, one, room)}: {' / '.join(room.say(part) for part in one.content)}"
        yield Line(2 + 2 * min(one.depth, 4), tag("attributions", number), body, room=column)

    return _listed(as_nested(drawn), room, "attributions", lines)


def _said(drawn: Drawn, one: DrawnAttribution, room: Room) -> str:
    """Source with its kind and its cue in the account's words, then what is ours to say of them."""
    who = " / ".join(room.call(part) for part in one.source) or LEFT_OUT
    kind = [source_kind(one.source_type)]
    if one.entity is not None:
        name = room.call(drawn.entities[one.entity].name)
        kind.append(entity_tag(drawn, one.entity) + ("" if name in who else f" {name}"))
    parts = [f"{who} ({', '.join(kind)})", *(quoted(cue.text, room.name) for cue in one.cue)]
    if one.via is not None:
        parts.append(f"via {room.call(one.via)}")
    parts.append(one.manner if one.cue else f"no cue, {one.manner}")
    if one.parent is not None:
        parts.append(f"inside {tag('attributions', one.parent)}")
    return ", ".join(parts)


def _quotations(drawn: Drawn, room: Room) -> Iterator[Line]:
    def lines(number: int, column: int) -> Iterator[Line]:
        yield Line(2, tag("quotations", number), room.say(drawn.quotations[number]), room=column)

    return _listed(range(len(drawn.quotations)), room, "quotations", lines)


def _statements(drawn: Drawn, room: Room) -> Iterator[Line]:
    def lines(number: int, column: int) -> Iterator[Line]:
        statement = drawn.statements[number]
        body = f"{_voice(statement.voice, room)}: {room.say(statement)}"
        yield Line(2, tag("statements", number), body, room=column)
        yield Line(2, "", _made_of(drawn, statement, room), style="ours", room=column)

    return _listed(range(len(drawn.statements)), room, "statements", lines)


def _voice(steps: Sequence[DrawnStep], room: Room) -> str:
    """Give the chain from the first speaker outwards: who said it, through whom it came."""
    named = [
        f"{room.call(step.name) if step.name else LEFT_OUT} ({source_kind(step.type)})" for step in reversed(steps)
    ]
    return ", via ".join(named) or OWN_VOICE


def _made_of(drawn: Drawn, statement: DrawnStatement, room: Room) -> str:
    """Give kind and marks, then the predicate, who takes part in it, figures and times, in the account's words."""
    parts = [", ".join(marks(statement))]
    if statement.predicate is not None:
        parts.append(f"predicate {quoted(statement.predicate.text, room.name)}")
    parts += [f"{one.role} {quoted(one.text, room.name)}" for one in statement.participants]
    parts += [f"figure {quoted(drawn.figures[n].text, room.name)}" for n in statement.figures]
    parts += [f"time {quoted(drawn.times[n].text, room.name)}" for n in statement.times]
    return "; ".join(parts)


def _figures(drawn: Drawn, room: Room) -> Iterator[Line]:
    def lines(number: int, column: int) -> Iterator[Line]:
        figure = drawn.figures[number]
        yield Line(2, tag("figures", number), f"{room.say(figure)}: {value(figure)}", room=column)

    return _listed(range(len(drawn.figures)), room, "figures", lines)


def _times(drawn: Drawn, room: Room) -> Iterator[Line]:
    def lines(number: int, column: int) -> Iterator[Line]:
        time = drawn.times[number]
        yield Line(2, tag("times", number), f"{room.say(time)}: {when(time)}", room=column)

    return _listed(range(len(drawn.times)), room, "times", lines)


def _wording(drawn: Drawn, room: Room) -> Iterator[Line]:
    def lines(number: int, column: int) -> Iterator[Line]:
        loaded = drawn.wording[number]
        voice = "a quoted voice" if loaded.quoted else OWN_VOICE
        yield Line(2, tag("wording", number), f"{voice}: {room.say(loaded)}", room=column)

    return _listed(range(len(drawn.wording)), room, "loaded stretches", lines)


_BODIES: dict[Layer, Callable[[Drawn, Room], Iterator[Line]]] = {
    "sentences": _sentences,
    "words": _words,
    "mentions": _mentions,
    "attributions": _attributions,
    "quotations": _quotations,
    "statements": _statements,
    "figures": _figures,
    "times": _times,
    "wording": _wording,
}
