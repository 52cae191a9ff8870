"""Who is meant: pronouns on GAP, and chains of people on GUM.

GAP asks of a pronoun and two names whether it stands for each (Webster et al. 2018, with the mentions given): F1 over
the two answers, for `he` and `she` apart, and the latter's F1 as a share of the former's, the bias. The answer is the
name that the coreference head likes better, if it likes it better than nobody.

GUM's chains are those of persons, singletons left out on both sides, and what is found is the reader's entities of
people. A mention is found where heads agree, as in CRAC's scoring (Nedoluzhko et al. 2022): its last word is the
annotated head, or it is a name that holds the head.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, TypeVar

from tellings.evaluate.chains import Chain, conll
from tellings.evaluate.corpora import PronounText, gap, titled
from tellings.evaluate.readings import encoded, readings
from tellings.evaluate.scores import DECIMALS, Evaluation, Score, Tally, matched
from tellings.evaluate.treebank import GoldMention, TreebankText, treebank
from tellings.records import Mention, Reading, Span

if TYPE_CHECKING:
    from pathlib import Path

    from tellings.reading.model import Model
    from tellings.reading.states import Encoded

T = TypeVar("T")
GAP_LEAST = 2.0  # what a name must score above nobody; swept from -1 to 2 on GAP validation (.763 to .775)
FEMININE = frozenset({"she", "her", "hers", "herself"})
PUBLISHED = {
    "GUM people: CoNLL": "OntoGUM SpanBERT .646 (all chains)",
}
WANTED = {"GAP": 0.78, "GUM people: CoNLL": 0.68}


def measure(folder: Path, model: Model) -> Evaluation:
    """Coreference on GAP's validation part and GUM's development part.

    Raises:
        CorpusError: when a file is missing.

    """
    snippets, documents = folder / "coref" / "gap_validation.jsonl", folder / "gum" / "dev.conllu"
    corpus = titled("GAP validation, GUM dev", snippets, documents)
    answers = ((text, answer(encoded(text.text, model), text)) for text in gap(snippets))
    people = ((text, reading) for text, reading in readings(treebank(documents), model))
    scores = on_pronouns(answers) | {f"GUM people: {name}": score for name, score in on_people(people).items()}
    return Evaluation("coreference", corpus, scores, WANTED, PUBLISHED)


def answer(seen: Encoded, text: PronounText) -> tuple[bool, bool]:
    """Whether the pronoun stands for `a` and for `b` by the coreference head, both mentions given."""
    from tellings.reading.coreference import ranked
    from tellings.reading.pairs import NAME, PRONOUN, shape

    ordered = sorted([(text.pronoun, 0), (text.a, 1), (text.b, 2)])
    shapes = [
        shape(
            text.text[span.start : span.end],
            NAME if number else PRONOUN,
            0,
            seen.layout.sentence_at(span.start),
            quoted=seen.layout.is_quoted(span.start),
        )
        for span, number in ordered
    ]
    at = [number for _, number in ordered].index(0)
    scores, none = ranked(seen, [span for span, _ in ordered], shapes, slice(at, at + 1))
    by_number = {number: float(scores[0, i]) for i, (_, number) in enumerate(ordered)}
    best = max((1, 2), key=lambda number: by_number[number])
    said = by_number[best] > float(none[0]) + GAP_LEAST
    return said and best == 1, said and best == 2


def on_pronouns(answers: Iterable[tuple[PronounText, tuple[bool, bool]]]) -> dict[str, Score]:
    """F1 of snippets with their answers: `GAP`, `GAP masculine`, `GAP feminine` and `GAP bias`."""
    tally = Tally()
    for text, found in answers:
        feminine = text.text[text.pronoun.start : text.pronoun.end].lower() in FEMININE
        wanted = (text.a_right, text.b_right)
        right = sum(a and b for a, b in zip(found, wanted, strict=True))
        for name in ("GAP", "GAP feminine" if feminine else "GAP masculine"):
            tally.add(name, right, sum(found), sum(wanted))
    scores = {name: tally.score(name) for name in ("GAP", "GAP masculine", "GAP feminine")}
    he, she = scores["GAP masculine"], scores["GAP feminine"]
    bias = she.value / he.value if he.value else 0.0
    return scores | {
        "GAP bias (feminine / masculine)": Score(round(bias, DECIMALS), he.count + she.count, pinned=False)
    }


def on_people(pairs: Iterable[tuple[TreebankText, Reading]]) -> dict[str, Score]:
    """MUC, B-cubed, CEAF-e and their mean over documents' chains of people."""
    return conll(_chains(text, reading) for text, reading in pairs)


def _chains(text: TreebankText, reading: Reading) -> tuple[list[Chain], list[Chain]]:
    """Wanted and found chains; a found mention is the annotated mention that it has the head of, else its own."""
    wanted = _grouped([(m.entity, m) for m in text.mentions if m.type == "person"])
    people = {n for n, entity in enumerate(reading.entities) if entity.type == "PER"}
    found = _grouped([(m.entity, m) for m in reading.mentions if m.entity in people])
    ours, theirs = [m for chain in found for m in chain], [m for chain in wanted for m in chain]
    heads = [text.words[m.head].span for m in theirs]
    same = dict(matched(ours, list(zip(theirs, heads, strict=True)), _closeness))
    number = {id(m): ("wanted", same[i]) if i in same else ("found", i) for i, m in enumerate(ours)}
    places = {id(m): ("wanted", i) for i, m in enumerate(theirs)}
    return (
        [frozenset(places[id(m)] for m in chain) for chain in wanted],
        [frozenset(number[id(m)] for m in chain) for chain in found],
    )


def _closeness(ours: Mention, theirs: tuple[GoldMention, Span]) -> float:
    """How much of the two spans is shared where the heads agree, else 0: mentions may have their head in common."""
    gold, head = theirs
    agree = ours.span.end == head.end and ours.span.start <= head.start
    if ours.form == "name":
        agree = ours.span.start <= head.start and head.end <= ours.span.end
    if not agree:
        return 0.0
    shared = min(ours.span.end, gold.span.end) - max(ours.span.start, gold.span.start)
    return 2 * max(1, shared) / (ours.span.end - ours.span.start + gold.span.end - gold.span.start)


def _grouped(mentions: Iterable[tuple[Hashable, T]]) -> list[list[T]]:
    """Mentions by their entity, those alone in theirs left out."""
    groups: dict[Hashable, list[T]] = {}
    for entity, mention in mentions:
        groups.setdefault(entity, []).append(mention)
    return [group for group in groups.values() if len(group) > 1]
