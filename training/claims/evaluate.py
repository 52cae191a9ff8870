"""Measure the claims of the dev stories: `python -m training.claims.evaluate [--json]`.

Everything is measured on the comparison as a user gets it: two sentences of two accounts are of one claim if
statements of theirs appear in one. Beside it, the cosine of statement vectors at its own best threshold.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tellings.comparing.claims import Made, Thresholds, claims
from tellings.comparing.quotes import quotes
from tellings.comparing.relations import STRENGTH
from tellings.comparing.scorer import Model, Scores, load, score_pairs
from tellings.comparing.stage import Settings
from tellings.records import Quote, Span
from training import stories
from training.claims.examples import Example, Sentence, across, example, gold_pairs, reader

Pair = frozenset[Sentence]
GROUP = {"agree": "same", "narrower": "same", "differ": "differ", "update": "differ", "conflict": "conflict"}


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision, recall and F1 of one thing, and how many of it the gold holds."""

    precision: float
    recall: float
    f1: float
    count: int


def measure(predicted: int, correct: int, gold: int) -> Measure:
    """From counts; 0 where there is nothing to divide by."""
    precision = correct / predicted if predicted else 0.0
    recall = correct / gold if gold else 0.0
    f1 = 2 * correct / (predicted + gold) if predicted + gold else 0.0
    return Measure(round(precision, 4), round(recall, 4), round(f1, 4), gold)


def sentence_scores(one: Example, scores: NDArray[np.float32]) -> tuple[dict[Pair, float], set[Pair]]:
    """The best score of each pair of sentences of two accounts, and the gold's pairs."""
    found: dict[Pair, float] = {}
    for n in np.flatnonzero(~one.within):
        for pair in itertools.product(one.sentences[one.pairs.a[n]], one.sentences[one.pairs.b[n]]):
            key = frozenset(pair)
            found[key] = max(found.get(key, 0.0), float(scores[n]))
    return found, across(gold_pairs(one.story))


def best_f1(stories: Iterable[tuple[dict[Pair, float], set[Pair]]]) -> tuple[float, float]:
    """The threshold with the best F1 over all pairs of sentences, and that F1."""
    scores, right, total = [], [], 0
    for found, gold in stories:
        total += len(gold)
        scores += list(found.values())
        right += [pair in gold for pair in found]
    order = np.argsort(-np.array(scores), kind="stable")
    correct = np.cumsum(np.array(right)[order])
    f1 = 2 * correct / (np.arange(1, len(order) + 1) + total)
    best = int(np.argmax(f1))
    return float(np.array(scores)[order][best]), float(f1[best])


@dataclass(frozen=True, slots=True)
class Told:
    """What the comparison of one story says: its claims, quotes, and the relation of each pair of sentences."""

    made: tuple[Made, ...]
    quotes: tuple[Quote, ...]
    pairs: dict[Pair, str]


def told(one: Example, scores: Scores, settings: Settings) -> Told:
    """Run the comparison's own steps on a story whose pairs are scored."""
    thresholds = Thresholds(settings.join, settings.apart, settings.again)
    made = claims(one.table, one.pairs, scores, thresholds)
    pairs: dict[Pair, str] = {}
    for claim in made:
        for relation in claim.claim.relations:
            rows = claim.rows[relation.a], claim.rows[relation.b]
            for pair in itertools.product(one.sentences[rows[0]], one.sentences[rows[1]]):
                key = frozenset(pair)
                pairs[key] = max(pairs.get(key, "agree"), relation.kind, key=STRENGTH.index)
    return Told(
        made,
        quotes(one.table),
        {pair: kind for pair, kind in pairs.items() if len({s[0] for s in pair}) == 2},
    )


def results(examples: Sequence[Example], model: Model, settings: Settings) -> dict[str, object]:
    """All figures as one JSON object."""
    outcome = []
    for one in examples:
        scores = score_pairs(one.table, one.pairs.a, one.pairs.b, one.pairs.similar, model)
        outcome.append((one, scores, told(one, scores, settings)))
    gold = [across(gold_pairs(one.story)) for one in examples]
    found = [set(tell.pairs) for _, _, tell in outcome]
    _, alone = best_f1([sentence_scores(one, scores.same) for one, scores, _ in outcome])
    _, cosine = best_f1([sentence_scores(one, one.pairs.similar.cosine) for one in examples])
    return {
        "stories": len(examples),
        "pairs": _asdict(_over(found, gold)),
        "by part": {part: _part(part, examples, found, gold) for part in ("allsides", "basil", "gva")},
        "pairs by score alone": round(alone, 4),
        "pairs by cosine alone": round(cosine, 4),
        "b-cubed": _asdict(b_cubed(examples, [tell for _, _, tell in outcome])),
        "relations": relations(examples, [tell for _, _, tell in outcome]),
        "quotes": _quotes(examples, [tell for _, _, tell in outcome]),
        "claims a story": round(
            sum(len([c for c in tell.made if c.claim.relations]) for _, _, tell in outcome) / len(outcome), 1
        ),
    }


def _part(part: str, examples: Sequence[Example], found: list[set[Pair]], gold: list[set[Pair]]) -> float:
    chosen = [n for n, one in enumerate(examples) if one.story.name.startswith(part)]
    return _over([found[n] for n in chosen], [gold[n] for n in chosen]).f1


def _over(found: list[set[Pair]], gold: list[set[Pair]]) -> Measure:
    correct = sum(len(a & b) for a, b in zip(found, gold, strict=True))
    return measure(sum(map(len, found)), correct, sum(map(len, gold)))


def _asdict(one: Measure) -> dict[str, float]:
    return {"precision": one.precision, "recall": one.recall, "f1": one.f1, "count": one.count}


def b_cubed(examples: Sequence[Example], outcome: Sequence[Told]) -> Measure:
    """Extended B-cubed over sentences in a claim of gold or comparison (Amigo et al. 2009: groups may overlap)."""
    precision, recall, count = [], [], 0
    for one, tell in zip(examples, outcome, strict=True):
        gold = [frozenset(claim.members) for claim in one.story.claims]
        made = [frozenset(s for row in c.rows for s in one.sentences[row]) for c in tell.made if c.claim.relations]
        count += len(set().union(*gold)) if gold else 0
        precision += _cubed(made, gold)
        recall += _cubed(gold, made)
    p, r = float(np.mean(precision)), float(np.mean(recall))
    return Measure(round(p, 4), round(r, 4), round(2 * p * r / max(1e-9, p + r), 4), count)


def _cubed(groups: list[frozenset[Sentence]], other: list[frozenset[Sentence]]) -> list[float]:
    """For each item of `groups` how well `other` shares what it shares with its companions."""
    together, elsewhere = _shared(groups), _shared(other)
    found: dict[Sentence, list[float]] = {}
    for pair, times in together.items():
        value = min(times, elsewhere.get(pair, 0)) / times
        for item in pair:
            found.setdefault(item, []).append(value)
    return [float(np.mean(values)) for values in found.values()]


def _shared(groups: list[frozenset[Sentence]]) -> Counter[Pair]:
    return Counter(
        frozenset(pair) for group in groups for pair in itertools.combinations_with_replacement(sorted(group), 2)
    )


def relations(examples: Sequence[Example], outcome: Sequence[Told]) -> dict[str, object]:
    """Relations of the pairs both gold and comparison have: accuracy, and macro F1 of same / differ / conflict."""
    table: Counter[tuple[str, str]] = Counter()
    for one, tell in zip(examples, outcome, strict=True):
        gold = gold_pairs(one.story)
        table.update((gold[pair], kind) for pair, kind in tell.pairs.items() if pair in gold)
    grouped: Counter[tuple[str, str]] = Counter()
    for (right, kind), times in table.items():
        grouped[GROUP[right], GROUP[kind]] += times
    by_group = {name: _asdict(_class(grouped, name)) for name in ("same", "differ", "conflict")}
    return {
        "count": table.total(),
        "accuracy of five": round(sum(n for (a, b), n in table.items() if a == b) / max(1, table.total()), 4),
        "macro f1 of three": round(float(np.mean([one["f1"] for one in by_group.values()])), 4),
        **by_group,
    }


def _class(table: Counter[tuple[str, str]], name: str) -> Measure:
    predicted = sum(n for (_, kind), n in table.items() if kind == name)
    gold = sum(n for (right, _), n in table.items() if right == name)
    return measure(predicted, table[name, name], gold)


def _quotes(examples: Sequence[Example], outcome: Sequence[Told]) -> dict[str, object]:
    """Pairs of sentences that quote the same utterance, and the kind on pairs both have."""
    found, gold, agreed, both = [], [], 0, 0
    for one, tell in zip(examples, outcome, strict=True):
        kinds: dict[Pair, str] = {}
        for quote in tell.quotes:
            for pair in itertools.combinations(_places(one, quote), 2):
                for key in (frozenset(p) for p in itertools.product(*pair)):
                    if len({letter for letter, _ in key}) == 2:
                        kinds[key] = quote.kind
        labelled = {
            frozenset(pair): quote.same
            for quote in one.story.quotes
            for pair in itertools.combinations(quote.members, 2)
            if pair[0][0] != pair[1][0]
        }
        found.append(set(kinds))
        gold.append(set(labelled))
        both += len(kinds.keys() & labelled.keys())
        agreed += sum(kinds[pair] == labelled[pair] for pair in kinds.keys() & labelled.keys())
    return {**_asdict(_over(found, gold)), "kind": round(agreed / max(1, both), 4)}


def _places(one: Example, quote: Quote) -> list[list[Sentence]]:
    """The gold sentences each appearance of a quote stands in."""
    tellings = {telling.account.id: telling for telling in one.story.tellings}
    return [
        [
            (tellings[use.account].letter, n)
            for n, span in enumerate(tellings[use.account].sentences)
            if _overlap(span, Span(use.start, use.end)) * 2 > min(use.end - use.start, span.end - span.start)
        ]
        for use in quote.appearances
    ]


def _overlap(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def report(examples: Sequence[Example], model: Model, settings: Settings | None = None) -> list[str]:
    """The figures as lines to print."""
    found = results(examples, model, settings or Settings())
    return [f"{name}: {json.dumps(value)}" for name, value in found.items()]


def main() -> None:
    """Evaluate the shipped weights on the dev stories."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", default="tellings.reading:read", help="module:function from accounts to readings")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    options = parser.parse_args()
    read = reader(options.reader)
    examples = [example(story, read) for story in stories.load() if story.dev]
    if options.json:
        print(json.dumps(results(examples, load(), Settings())))
    else:
        print("\n".join(report(examples, load())))


if __name__ == "__main__":
    main()
