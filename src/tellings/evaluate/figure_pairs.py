"""Figures of two accounts compared by meaning, against our own labels of pairs of figures of one claim.

Each figure is read in its sentence with some text before and after it. A pair one of whose figures is not found counts
as a different quantity. `conflicting` is told among the pairs labelled or called compatible or conflicting; the whole
verdict over all pairs, drawn at random or with unlike values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
HALVES = ("development", "report")
BEHIND = 400
"""How much text behind a near figure is read with it, in code points."""
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
    """Two figures and their label; `half` is the half of the near pairs that it belongs to."""

    a: Place
    b: Place
    label: QuantityVerdict
    half: str = ""


def measure(folder: Path, model: Model) -> Evaluation:
    """The labelled pairs of figures.

    Raises:
        CorpusError: when the labels, the gold or a text are missing.

    """
    path, further = labels("figure_pairs.jsonl"), labels("figure_pairs_near.jsonl")
    found = [(_verdict(pair, model), pair.label) for pair in labelled(path, folder)]
    apart = [(pair.half, (_verdict(pair, model), pair.label)) for pair in near(further, folder)]
    scores = evaluate(found)
    for half in HALVES:
        scores |= evaluate_near(half, (pair for name, pair in apart if name == half))
    return Evaluation("figure_pairs", titled("own labels, pairs of figures", path, further), scores, WANTED, {})


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


def near(path: Path, folder: Path) -> Iterator[LabelledPair]:
    """The near pairs, labelled by document and offsets, with the text around their figures.

    Raises:
        CorpusError: when a text is missing.

    """
    from tellings.evaluate import stories

    records = list(lines(path))
    for corpus in sorted({record["corpus"] for record in records}):
        listed = [record for record in records if record["corpus"] == corpus]
        articles = stories.articles(corpus, {record[side] for record in listed for side in "ab"}, folder)
        for record in listed:
            one, other = (_spanned(articles[record[side]], record[f"{side}_span"]) for side in "ab")
            yield LabelledPair(one, other, record["label"], record["half"])


def _spanned(article: Mapping[str, Any], span: Sequence[int]) -> Place:
    begin = max(0, span[0] - BEFORE)
    text = article["text"][begin : span[1] + BEHIND]
    return Place(f"{article['id']}/{span[0]}", text, Span(span[0] - begin, span[1] - begin), article.get("date"))


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


def evaluate_near(half: str, found: Iterable[tuple[QuantityVerdict, QuantityVerdict]]) -> dict[str, Score]:
    """Scores of the verdicts (ours, labelled) of one half of the near pairs."""
    pairs = list(found)
    return {
        f"near, {half}: conflicting": _f1(pairs, "conflicting"),
        f"near, {half}: apart (conflicting or update)": _f1([(_apart(a), _apart(b)) for a, b in pairs], "conflicting"),
        f"near, {half}: accuracy": accuracy(pairs),
    }


def _apart(verdict: QuantityVerdict) -> QuantityVerdict:
    return "conflicting" if verdict == "update" else verdict


def _f1(pairs: list[tuple[QuantityVerdict, QuantityVerdict]], verdict: QuantityVerdict) -> Score:
    ours, gold = sum(pair[0] == verdict for pair in pairs), sum(pair[1] == verdict for pair in pairs)
    return score(sum(pair == (verdict, verdict) for pair in pairs), ours, gold)
