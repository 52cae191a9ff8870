"""A reading as a table: CSV (RFC 4180), a row an item."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from tellings.show.reading.check import check_drawn
from tellings.show.reading.drawn import Stretch
from tellings.show.reading.layers import LAYERS, Layer
from tellings.show.reading.plainly import source_kind
from tellings.show.signs import CUT, LEFT_OUT, OWN_VOICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tellings.show.reading.drawn import (
        Drawn,
        DrawnAttribution,
        DrawnFigure,
        DrawnLoaded,
        DrawnMention,
        DrawnStatement,
        DrawnStep,
        DrawnTime,
        DrawnWord,
    )

Cell = str | int | float | None

COMMON = ("account", "layer", "item", "start", "end", "text")
COLUMNS: dict[Layer, tuple[str, ...]] = {
    "sentences": (),
    "words": ("sentence", "upos", "head", "relation"),
    "mentions": ("type", "form", "entity", "name", "name_at", "score"),
    "attributions": (
        *("source", "source_at", "cue", "cue_at", "content", "content_at", "manner", "source_type"),
        *("entity", "via", "via_at", "parent", "score"),
    ),
    "quotations": (),
    "statements": (
        *("sentence", "voice", "voice_at", "attributions", "quoted", "kind", "polarity", "certainty"),
        *("predicate", "predicate_at", "participants", "participants_at", "figures", "times"),
    ),
    "figures": ("low", "high", "unit", "bound"),
    "times": ("kind", "value", "first", "last"),
    "wording": ("quoted", "score"),
}
"""What each layer tells besides; a column that several layers have is given once."""

_BETWEEN = f" {CUT} "
"""Our mark between parts of one cell: brackets, so that nobody takes it for the account's own."""


def heads(layers: Sequence[Layer]) -> list[str]:
    """Name the columns of a table of these layers: what all have, then what each tells besides."""
    own = (name for layer in LAYERS if layer in layers for name in COLUMNS[layer])
    return list(dict.fromkeys([*COMMON, *own]))


def to_table(drawn: Drawn, layers: Sequence[Layer] = tuple(LAYERS), *, with_heads: bool = True) -> str:
    """Give one account's reading as CSV with CRLF line ends, a row an item (docs/formats-reading.md).

    `text` is the account's `text[start:end]` (code points, half-open), for an attribution from the first to the last
    of its content. A column `x_at` says where the words of column `x` stand.

    Raises:
        SpanError: a shown text is not the account's `text[start:end]`.

    """
    check_drawn(drawn)
    columns = heads(layers)
    file = StringIO()
    writer = csv.DictWriter(file, columns, restval="", lineterminator="\r\n")
    if with_heads:
        writer.writeheader()
    for layer in LAYERS:
        if layer in layers:
            for number, (place, own) in enumerate(_rows(drawn, layer)):
                common = (drawn.account.id, layer, number, place.start, place.end, place.text)
                writer.writerow({**dict(zip(COMMON, common, strict=True)), **own})
    return file.getvalue()


def _rows(drawn: Drawn, layer: Layer) -> Iterator[tuple[Stretch, dict[str, Cell]]]:
    """Each item of a layer: where it stands, and its own columns."""
    if layer == "words":
        yield from ((word, _word(word)) for word in drawn.words)
    elif layer == "mentions":
        yield from ((mention, _mention(drawn, mention)) for mention in drawn.mentions)
    elif layer == "attributions":
        yield from ((_extent(drawn, one), _attribution(one)) for one in drawn.attributions)
    elif layer == "statements":
        yield from ((statement, _statement(statement)) for statement in drawn.statements)
    elif layer == "figures":
        yield from ((figure, _figure(figure)) for figure in drawn.figures)
    elif layer == "times":
        yield from ((time, _time(time)) for time in drawn.times)
    elif layer == "wording":
        yield from ((loaded, _loaded(loaded)) for loaded in drawn.wording)
    else:
        plain: tuple[Stretch, ...] = drawn.sentences if layer == "sentences" else drawn.quotations
        yield from ((stretch, {}) for stretch in plain)


def _word(word: DrawnWord) -> dict[str, Cell]:
    return {"sentence": word.sentence, "upos": word.upos, "head": word.head, "relation": word.relation}


def _mention(drawn: Drawn, mention: DrawnMention) -> dict[str, Cell]:
    name = drawn.entities[mention.entity].name
    return {
        "type": mention.type,
        "form": mention.form,
        "entity": mention.entity,
        **_words("name", [name]),
        "score": mention.score,
    }


def _attribution(one: DrawnAttribution) -> dict[str, Cell]:
    return {
        **_words("source", one.source),
        **_words("cue", one.cue),
        **_words("content", one.content),
        "manner": one.manner,
        "source_type": one.source_type,
        "entity": one.entity,
        **_words("via", [] if one.via is None else [one.via]),
        "parent": one.parent,
        "score": one.score,
    }


def _extent(drawn: Drawn, one: DrawnAttribution) -> Stretch:
    """All from the first to the last of an attribution's content, of its other parts where it has none."""
    parts = one.content or (*one.source, *one.cue) or (Stretch(0, 0, ""),)
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    return Stretch(start, end, drawn.account.text[start:end])


def _statement(statement: DrawnStatement) -> dict[str, Cell]:
    named = [step.name for step in statement.voice if step.name is not None]
    participants = statement.participants
    return {
        "sentence": statement.sentence,
        "voice": voice_words(statement.voice),
        "voice_at": _places(named),
        "attributions": " ".join(str(step.attribution) for step in statement.voice),
        "quoted": _yes(statement.quoted),
        "kind": statement.kind,
        "polarity": statement.polarity,
        "certainty": statement.certainty,
        **_words("predicate", [] if statement.predicate is None else [statement.predicate]),
        "participants": _BETWEEN.join(f"{one.role}: {one.text}" for one in participants),
        "participants_at": _places(participants),
        "figures": " ".join(map(str, statement.figures)),
        "times": " ".join(map(str, statement.times)),
    }


def voice_words(steps: Sequence[DrawnStep]) -> str:
    """Give a voice from the account inwards, each step with its kind in brackets."""
    if not steps:
        return OWN_VOICE
    named = (f"{step.name.text if step.name else LEFT_OUT} ({source_kind(step.type)})" for step in steps)
    return _BETWEEN.join(named)


def _figure(figure: DrawnFigure) -> dict[str, Cell]:
    return {"low": figure.low, "high": figure.high, "unit": figure.unit, "bound": figure.bound}


def _time(time: DrawnTime) -> dict[str, Cell]:
    return {"kind": time.kind, "value": time.value, "first": time.first, "last": time.last}


def _loaded(loaded: DrawnLoaded) -> dict[str, Cell]:
    return {"quoted": _yes(loaded.quoted), "score": loaded.score}


def _words(column: str, parts: Sequence[Stretch]) -> dict[str, Cell]:
    return {column: _BETWEEN.join(part.text for part in parts), f"{column}_at": _places(parts)}


def _places(parts: Iterable[Stretch]) -> str:
    return " ".join(f"{part.start}-{part.end}" for part in parts)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
