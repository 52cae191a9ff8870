"""Attributions inside others' contents, on GUM: attribution relations whose satellite lies in another's nucleus.

GUM marks who says it (satellite: "he said") and what is said (nucleus), not source, cue and content, and has relations
that are no attribution in the narrower sense ("to ensure that"). So only recall is told. A relation is found where the
cue or source of an attribution overlaps its satellite and the content fits its nucleus: a Dice coefficient of at least
.5 in tokens, or, since a nucleus can go on for paragraphs, .8 of the content's tokens inside a nucleus of over 60.
The news and interviews of the development part have two nested relations, so all genres are told beside them, and so
are the news and interviews of the train part, where links have learnt from these very relations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tellings.evaluate.corpora import GoldRelation, RelationText, gum_relations, titled
from tellings.evaluate.readings import readings
from tellings.evaluate.scores import Evaluation, Score, Tally, covered, dice, tokens
from tellings.records import Attribution, Span

if TYPE_CHECKING:
    from pathlib import Path

    from tellings.reading.model import Model

LEAST_DICE = 0.5
LONG = 60  # tokens of a nucleus from which a part of it is enough
LEAST_INSIDE = 0.8  # of the content's tokens, then
BYLINE = 1500  # code points of a nucleus from which its satellite is a byline over a whole text, and no attribution
GENRES = frozenset({"news", "interview"})
TRAINED = "news+interview of train (links learnt from it)"
GROUPS = ("news+interview", "all genres", TRAINED)  # as they are told
MEASURES = ("nested", "nested, with its parent", "all relations")
WANTED = {"news+interview: nested": 0.5}


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The token sets of one relation or attribution: who says it, and what is said."""

    saying: frozenset[int]
    said: frozenset[int]


def measure(folder: Path, model: Model) -> Evaluation:
    """Recall of GUM's attribution relations in its development documents, and in news and interviews of the train part.

    Raises:
        CorpusError: when a file is missing.

    """
    dev, train = (folder / "gum" / f"rst_attribution_{part}.jsonl" for part in ("dev", "train"))
    corpus = titled("GUM dev, attribution relations; news and interviews of train", dev, train)
    texts = [(groups(text), text) for text in gum_relations(dev)]
    texts += [((TRAINED,), text) for text in gum_relations(train) if text.genre in GENRES]
    found = readings((text for _, text in texts), model)
    scores = evaluate((names, text, r.attributions) for (names, text), (_, r) in zip(texts, found, strict=True))
    return Evaluation("nested", corpus, scores, WANTED, {})


def groups(text: RelationText) -> tuple[str, ...]:
    """The groups of documents that a text of the development part counts in."""
    return ("news+interview", "all genres") if text.genre in GENRES else ("all genres",)


def evaluate(texts: Iterable[tuple[tuple[str, ...], RelationText, tuple[Attribution, ...]]]) -> dict[str, Score]:
    """Recall by group and measure, of texts with the groups they count in and the attributions found in them.

    Measured are nested relations, these with a parent found for them, and all.
    """
    tally = Tally()
    met: dict[str, None] = {}
    for names, text, found in texts:
        met |= dict.fromkeys(names)
        for measured, right in _judged(text, found):
            for group in names:
                tally.add(f"{group}: {measured}", right, 0, 1)
    return {
        f"{group}: {name}": tally.share(f"{group}: {name}") for group in sorted(met, key=_place) for name in MEASURES
    }


def _place(group: str) -> int:
    return GROUPS.index(group) if group in GROUPS else len(GROUPS)


def nested(relations: Iterable[GoldRelation]) -> list[tuple[GoldRelation, bool]]:
    """Relations, bylines left out, and whether the satellite of each lies wholly inside another's nucleus."""
    kept = [r for r in relations if sum(s.end - s.start for s in r.nucleus) <= BYLINE]
    return [(one, any(other is not one and _inside(one.satellite, other.nucleus) for other in kept)) for one in kept]


def _inside(inner: tuple[Span, ...], outer: tuple[Span, ...]) -> bool:
    return all(any(o.start <= i.start and i.end <= o.end for o in outer) for i in inner)


def _judged(text: RelationText, found: tuple[Attribution, ...]) -> Iterator[tuple[str, bool]]:
    """Each measure that a relation counts in, and whether it was found by it."""
    words = tokens(text.text)
    ours = [(_ours(words, a), a.parent is not None) for a in found]
    for relation, is_nested in nested(text.relations):
        theirs = _Tokens(
            frozenset(covered(words, relation.satellite)),
            frozenset(covered(words, relation.nucleus)),
        )
        fitting = [has_parent for one, has_parent in ours if _fits(one, theirs)]
        yield "all relations", bool(fitting)
        if is_nested:
            yield "nested", bool(fitting)
            yield "nested, with its parent", any(fitting)


def _ours(words: list[Span], found: Attribution) -> _Tokens:
    return _Tokens(
        frozenset(covered(words, [*found.source, *found.cue])),
        frozenset(covered(words, found.content)),
    )


def _fits(ours: _Tokens, theirs: _Tokens) -> bool:
    if not (ours.saying & theirs.saying and ours.said):
        return False
    if len(theirs.said) > LONG:
        return len(ours.said & theirs.said) >= LEAST_INSIDE * len(ours.said)
    return dice(set(ours.said), set(theirs.said)) >= LEAST_DICE
