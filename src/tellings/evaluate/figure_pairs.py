"""Figures of two accounts compared by meaning, against our own labels of pairs of figures of one claim.

Each figure is read in its sentence with some text before and after it. A pair one of whose figures is not found counts
as a different quantity. `conflicting` is told among the pairs labelled or called compatible or conflicting; the whole
verdict over all pairs, drawn at random or with unlike values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tellings.comparing.quantities import compared, counted
from tellings.comparing.table import day_of
from tellings.evaluate.corpora import lines, titled
from tellings.evaluate.figures import AFTER, BEFORE, labels
from tellings.evaluate.scores import Evaluation, Score, accuracy, macro, score
from tellings.records import Span

if TYPE_CHECKING:
    from pathlib import Path

    from tellings.comparing.quantities import Counted
    from tellings.evaluate.stories import Telling
    from tellings.reading.model import Model
    from tellings.records import QuantityVerdict

WANTED = {"conflicting, of one quantity": 0.85}
VERDICTS: tuple[QuantityVerdict, ...] = ("compatible", "conflicting", "update", "different quantity")


@dataclass(frozen=True, slots=True)
class Place:
    """A figure's place in a stretch of a telling; `id` names the stretch."""

    id: str
    text: str
    span: Span
    published: str | None


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two figures and their label."""

    a: Place
    b: Place
    label: QuantityVerdict


def measure(folder: Path, model: Model) -> Evaluation:
    """The labelled pairs of figures.

    Raises:
        CorpusError: when the labels, the gold or a text are missing.

    """
    path = labels("figure_pairs.jsonl")
    found = [(_verdict(pair, model), pair.label) for pair in labelled(path, folder)]
    return Evaluation("figure_pairs", titled("own labels, pairs of figures", path), evaluate(found), WANTED, {})


def labelled(path: Path, folder: Path) -> Iterator[LabelledPair]:
    """The labelled pairs with the text around their figures.

    Raises:
        CorpusError: when the gold or a text are missing.

    """
    from tellings.evaluate import stories

    records = list(lines(path))
    names = {record["story"] for record in records}
    tellings = {story.name: story.tellings for story in stories.load(folder) if story.name in names}
    for record in records:
        listed = {telling.letter: telling for telling in tellings[record["story"]]}
        yield LabelledPair(_place(record, "a", listed), _place(record, "b", listed), record["label"])


def _place(record: dict[str, Any], side: str, listed: dict[str, Telling]) -> Place:
    telling = listed[record[side][0]]
    sentence, (start, end) = telling.sentences[int(record[side][1:])], record[f"{side}_span"]
    begin = max(0, sentence.start - BEFORE)
    text = telling.account.text[begin : sentence.end + AFTER]
    name = f"{record['story']}/{record[side]}"
    return Place(name, text, Span(start - begin, end - begin), telling.account.published)


def _verdict(pair: LabelledPair, model: Model) -> QuantityVerdict:
    one, other = _counted(pair.a, model), _counted(pair.b, model)
    return compared(one, other).verdict if one and other else "different quantity"


def _counted(place: Place, model: Model) -> Counted | None:
    """The figure of ours at a place, None where there is none."""
    from tellings.evaluate.readings import readings

    ((_, reading),) = readings([place], model)
    for number, figure in enumerate(reading.figures):
        if figure.span.start < place.span.end and place.span.start < figure.span.end:
            return counted(reading, number, day_of(place.published))
    return None


def evaluate(found: Iterable[tuple[QuantityVerdict, QuantityVerdict]]) -> dict[str, Score]:
    """Scores of verdicts (ours, labelled)."""
    pairs = list(found)
    apart = {"different quantity", "update"}
    one = [(ours, gold) for ours, gold in pairs if not {ours, gold} & apart]
    return {
        "conflicting, of one quantity": _f1(one, "conflicting"),
        "verdicts, accuracy": accuracy(pairs),
        "verdicts, macro F1": macro(pairs, VERDICTS),
        **{verdict: _f1(pairs, verdict) for verdict in VERDICTS},
    }


def _f1(pairs: list[tuple[QuantityVerdict, QuantityVerdict]], verdict: QuantityVerdict) -> Score:
    ours, gold = sum(pair[0] == verdict for pair in pairs), sum(pair[1] == verdict for pair in pairs)
    return score(sum(pair == (verdict, verdict) for pair in pairs), ours, gold)
