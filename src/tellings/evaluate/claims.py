"""Claims on the development stories of the gold: which sentences of two accounts tell the same thing, and how.

Everything is measured on the comparison as a user gets it. Two sentences of two accounts are a pair where statements of
theirs appear in one claim; `pairs` scores these against the pairs that stand together in a claim of the gold, and
`pairs, PART` those of one part of it. `candidates, recall` is the share of the gold's pairs that are scored at all, the
most that can be found. `cosine alone` are the pairs whose statement vectors are near enough, `score alone` those whose
score is high enough before any clustering, each at the threshold that is best on these very stories. `b-cubed` is the
extended B-cubed of claims as groups of sentences (Amigo et al. 2009: groups may overlap).

Relations are scored on the pairs that both have. By claim: the strongest relation of a claim of ours that holds the
pair against the strongest of the gold's claims that do, since that is what the gold labels. By pair: the relation of
the appearances themselves, where the gold tells it. `same` is agree and narrower, `differ` differ and update.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from tellings.comparing.candidates import Candidates, candidates
from tellings.comparing.claims import STANDING, Thresholds, claims
from tellings.comparing.outlets import with_outlets
from tellings.comparing.quotes import quotes
from tellings.comparing.scorer import Scores, score_pairs
from tellings.comparing.stage import Settings
from tellings.comparing.table import Table, build, in_order
from tellings.errors import CorpusError
from tellings.evaluate import stories
from tellings.evaluate.chains import extended_b_cubed
from tellings.evaluate.gold_claims import (
    GROUP,
    Pair,
    across,
    gold_pairs,
    overlap,
    pair_kinds,
    quote_kinds,
    sentences_of,
    strengthen,
)
from tellings.evaluate.scores import Evaluation, Score, Tally, accuracy, macro, score, share
from tellings.records import Quote, Reading, Span

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from tellings.evaluate.stories import GoldStory, Sentence
    from tellings.reading.model import Model

PARTS = ("allsides", "basil", "gva", "5w1h")
GROUPS = ("same", "differ", "conflict")
WAYS = ("relations by claim", "relations by pair")
WANTED = {"pairs": 0.62, "candidates, recall": 0.97} | {
    f"{way}, {name}": value for way in WAYS for name, value in (("macro F1", 0.65), ("conflict precision", 0.7))
}
PUBLISHED = {
    "pairs": "two readers .87; trees on 19 features .545 (other stories)",
    "relations by claim, accuracy of five": "two readers .78",
}
_KIND = {standing: kind for kind, standing in STANDING.items()}


class Labelled(Protocol):
    """A gold story whose statements stand in a table."""

    @property
    def story(self) -> GoldStory:
        """The story with its labels."""

    @property
    def table(self) -> Table:
        """Its statements."""

    @property
    def pairs(self) -> Candidates:
        """The candidate pairs of rows of the table."""

    @property
    def sentences(self) -> tuple[tuple[Sentence, ...], ...]:
        """The gold sentences that each row stands for."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A gold story laid out for comparing; see `Labelled`."""

    story: GoldStory
    table: Table
    pairs: Candidates
    sentences: tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What the comparison says of a gold story, in terms of the gold's sentences.

    `claims` are the sentences of each claim of several accounts; `pairs` has the relation of each pair of sentences in
    them, `standings` the strongest of its claims, `quoted` how it quotes one utterance; `scores` and `cosine` have the
    best of each pair that was scored.
    """

    story: GoldStory
    claims: tuple[frozenset[Sentence], ...]
    pairs: Mapping[Pair, str]
    standings: Mapping[Pair, str]
    quoted: Mapping[Pair, str]
    scores: Mapping[Pair, float]
    cosine: Mapping[Pair, float]


def measure(folder: Path, model: Model) -> Evaluation:
    """Claims of the gold's development stories: the given reader's readings, the shipped comparison.

    Raises:
        CorpusError: when the gold or the texts of a story are missing.
        ModelError: when the shipped scorer cannot be loaded.

    """
    found = list(stories.load(folder, dev=True))
    if not found:
        gold = stories.folder("TELLINGS_GOLD", "gold")
        raise CorpusError(str(gold), "has no story that is kept for development", "set TELLINGS_GOLD to the whole gold")
    return Evaluation("claims", titled(found), evaluate([compared(one, model) for one in found]), WANTED, PUBLISHED)


def titled(found: Iterable[GoldStory], name: str = "gold stories, dev") -> str:
    """What was measured on, by its `name`, with a digest of the stories' texts and labels, shortened."""
    made = hashlib.sha256()
    for one in found:
        tellings = [(t.letter, t.account.sha256, t.account.published, t.sentences) for t in one.tellings]
        made.update(repr((one.name, tellings, one.claims, one.quotes)).encode())
    return f"{name} ({made.hexdigest()[:12]})"


def compared(story: GoldStory, model: Model) -> Told:
    """Read and compare a story.

    Raises:
        ModelError: when the shipped scorer cannot be loaded.

    """
    from tellings.reading import read

    one = laid(story, read([telling.account for telling in story.tellings], model=model))
    return told(one, score_pairs(one.table, one.pairs), Settings())


def laid(story: GoldStory, readings: Iterable[Reading]) -> Laid:
    """Lay out the readings of a story's accounts, in any order."""
    table = build(with_outlets(in_order(list(readings))))
    return Laid(story, table, candidates(table), sentences_of(story, table))


def told(one: Labelled, scores: Scores, settings: Settings) -> Told:
    """Run the comparison's own steps on a story whose pairs are scored."""
    thresholds = Thresholds(settings.join, settings.apart, settings.again)
    shared = [made for made in claims(one.table, one.pairs, scores, thresholds) if made.claim.relations]
    kinds: dict[Pair, str] = {}
    standings: dict[Pair, str] = {}
    for made in shared:
        for relation in made.claim.relations:
            rows = made.rows[relation.a], made.rows[relation.b]
            for pair in itertools.product(one.sentences[rows[0]], one.sentences[rows[1]]):
                strengthen(kinds, frozenset(pair), relation.kind)
                strengthen(standings, frozenset(pair), _KIND[made.claim.standing])
    return Told(
        one.story,
        tuple(frozenset(sentence for row in made.rows for sentence in one.sentences[row]) for made in shared),
        kinds,
        standings,
        _quoted(one.story, quotes(one.table)),
        sentence_scores(one, scores.same)[0],
        sentence_scores(one, one.pairs.similar.cosine)[0],
    )


def _quoted(story: GoldStory, found: Iterable[Quote]) -> dict[Pair, str]:
    """Pairs of sentences of two accounts that quote the same utterance, with the kind of the quote."""
    return {
        frozenset(pair): quote.kind
        for quote in found
        for places in itertools.combinations(_places(story, quote), 2)
        for pair in itertools.product(*places)
        if pair[0][0] != pair[1][0]
    }


def _places(story: GoldStory, quote: Quote) -> Iterator[list[Sentence]]:
    """The gold sentences that each appearance of a quote stands in."""
    tellings = {telling.account.id: telling for telling in story.tellings}
    for use in quote.appearances:
        telling, where = tellings[use.account], Span(use.start, use.end)
        yield [
            (telling.letter, n)
            for n, span in enumerate(telling.sentences)
            if overlap(span, where) * 2 > min(use.end - use.start, span.end - span.start)
        ]


def sentence_scores(one: Labelled, scores: NDArray[np.float32]) -> tuple[dict[Pair, float], set[Pair]]:
    """The best of some scores of candidates (pairs) for each pair of sentences of two accounts; the gold's pairs."""
    found: dict[Pair, float] = {}
    between = one.table.account[one.pairs.a] != one.table.account[one.pairs.b]
    for n in np.flatnonzero(between):
        for pair in itertools.product(one.sentences[one.pairs.a[n]], one.sentences[one.pairs.b[n]]):
            key = frozenset(pair)
            found[key] = max(found.get(key, 0.0), float(scores[n]))
    return found, across(gold_pairs(one.story))


def best_f1(found: Iterable[tuple[Mapping[Pair, float], set[Pair]]]) -> tuple[float, float]:
    """The threshold with the best F1 over the scored and the gold's pairs of all stories, and that F1."""
    scores: list[float] = []
    right: list[bool] = []
    total = 0
    for scored, gold in found:
        total += len(gold)
        scores += scored.values()
        right += [pair in gold for pair in scored]
    if not scores:
        return 1.0, 0.0
    order = np.argsort(-np.array(scores), kind="stable")
    falling = np.array(scores)[order]
    ends = np.flatnonzero(np.append(falling[1:] != falling[:-1], True))  # only between unequal scores can one cut
    values = 2 * np.cumsum(np.array(right)[order])[ends] / (ends + 1 + total)
    best = int(np.argmax(values))
    return float(falling[ends][best]), float(values[best])


def evaluate(found: Sequence[Told]) -> dict[str, Score]:
    """Scores by name, those of parts that no story is of left out; baselines and `claims a story` are not pinned."""
    tally = Tally()
    for one in found:
        _count(one, tally)
    parts = [part for part in PARTS if any(_part(one.story) == part for one in found)]
    claims_made = sum(len(one.claims) for one in found)
    by_claim = [(one.standings, gold_pairs(one.story)) for one in found]
    by_pair = [(one.pairs, pair_kinds(one.story)) for one in found]
    return {
        "pairs": tally.score("pairs"),
        **{f"pairs, {part}": tally.score(part) for part in parts},
        "candidates, recall": tally.share("candidates"),
        "b-cubed": extended_b_cubed(([frozenset(c.members) for c in one.story.claims], one.claims) for one in found),
        **_relations(WAYS[0], by_claim),
        **_relations(WAYS[1], by_pair),
        "quotes": tally.score("quotes"),
        "quotes, kind": tally.share("kind"),
        "claims a story": Score(round(claims_made / max(1, len(found)), 1), len(found), pinned=False),
        "score alone": _alone(found, lambda one: one.scores),
        "cosine alone": _alone(found, lambda one: one.cosine),
    }


def _part(story: GoldStory) -> str:
    return story.name.partition("/")[0]


def _count(one: Told, tally: Tally) -> None:
    """Count a story's pairs, candidates and quotes."""
    gold, quoted = across(gold_pairs(one.story)), quote_kinds(one.story)
    right = one.pairs.keys() & gold
    for name in ("pairs", _part(one.story)):
        tally.add(name, len(right), len(one.pairs), len(gold))
    tally.add("candidates", len(one.scores.keys() & gold), len(one.scores), len(gold))
    both = one.quoted.keys() & quoted.keys()
    tally.add("quotes", len(both), len(one.quoted), len(quoted))
    tally.add("kind", sum(one.quoted[pair] == quoted[pair] for pair in both), len(both), len(both))


def _alone(found: Sequence[Told], scored: Callable[[Told], Mapping[Pair, float]]) -> Score:
    """The pairs that are scored high enough, at the threshold with the best F1."""
    rows = [(scored(one), across(gold_pairs(one.story))) for one in found]
    least, _ = best_f1(rows)
    said = [({pair for pair, value in values.items() if value >= least}, gold) for values, gold in rows]
    counts = sum(len(a & b) for a, b in said), sum(len(a) for a, _ in said), sum(len(b) for _, b in said)
    return replace(score(*counts), pinned=False)


def _relations(way: str, rows: Iterable[tuple[Mapping[Pair, str], Mapping[Pair, str]]]) -> dict[str, Score]:
    """Accuracy of the five relations and F1 of the three groups on the pairs both have (found, wanted)."""
    table = [(ours[pair], gold[pair]) for ours, gold in rows for pair in ours if pair in gold]
    grouped = [(GROUP[found], GROUP[wanted]) for found, wanted in table]
    right = Counter(found for found, wanted in grouped if found == wanted)
    said, labelled = Counter(found for found, _ in grouped), Counter(wanted for _, wanted in grouped)
    return {
        f"{way}, accuracy of five": accuracy(table),
        f"{way}, macro F1": macro(grouped, GROUPS),
        **{f"{way}, {name}": score(right[name], said[name], labelled[name]) for name in GROUPS},
        f"{way}, conflict precision": share(right["conflict"], said["conflict"]),
    }
