"""How alike two sets of coreference chains are: MUC, B-cubed, CEAF-e and their mean, the CoNLL score.

A chain is a set of mentions, a document a pair of chains wanted and found; counts are summed over documents before
precision and recall are made of them, as the reference scorer does (Pradhan et al. 2014). Beside them B-cubed for
groups that may overlap, as the claims of a story do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations_with_replacement
from typing import TypeAlias

from tellings.evaluate.scores import DECIMALS, Score, f1

Chain: TypeAlias = frozenset[Hashable]
Counts: TypeAlias = tuple[float, float]  # what is right of what could be


def conll(documents: Iterable[tuple[Sequence[Chain], Sequence[Chain]]]) -> dict[str, Score]:
    """`CoNLL`, `MUC`, `B-cubed` and `CEAF-e` of documents as (wanted, found) chains; counts are mentions wanted.

    A measure counts over the first of two sets of chains: recall over the wanted ones, precision over the found ones.
    """
    kept = list(documents)
    count = sum(len(chain) for wanted, _ in kept for chain in wanted)
    scores = {
        name: f1(_share([(found, wanted) for wanted, found in kept], measure), _share(kept, measure), count)
        for name, measure in (("MUC", muc), ("B-cubed", b_cubed), ("CEAF-e", ceaf_e))
    }
    mean = sum(s.value for s in scores.values()) / len(scores)
    return {"CoNLL": Score(round(mean, DECIMALS), count), **scores}


def _share(
    documents: Sequence[tuple[Sequence[Chain], Sequence[Chain]]],
    measure: Callable[[Sequence[Chain], Sequence[Chain]], Counts],
) -> float:
    counts = [measure(one, other) for one, other in documents]
    most = sum(c[1] for c in counts)
    return sum(c[0] for c in counts) / most if most else 0.0


def muc(one: Sequence[Chain], other: Sequence[Chain]) -> Counts:
    """Links of `one` that `other` has too (Vilain et al. 1995): a chain's mentions less the parts it falls into."""
    home: dict[Hashable, Hashable] = {mention: i for i, chain in enumerate(other) for mention in chain}
    right = sum(len(chain) - len({home.get(mention, (None, mention)) for mention in chain}) for chain in one)
    return right, sum(len(chain) - 1 for chain in one)


def b_cubed(one: Sequence[Chain], other: Sequence[Chain]) -> Counts:
    """For each mention of `one` the share of its chain that stands with it in `other` (Bagga and Baldwin 1998)."""
    right = sum(len(a & b) ** 2 / len(a) for a in one for b in other)
    return right, sum(len(a) for a in one)


def extended_b_cubed(documents: Iterable[tuple[Sequence[Chain], Sequence[Chain]]]) -> Score:
    """B-cubed of documents as (wanted, found) groups that may overlap (Amigo et al. 2009); counts the items wanted."""
    precision: list[float] = []
    recall: list[float] = []
    for wanted, found in documents:
        precision += shared_rightly(found, wanted)
        recall += shared_rightly(wanted, found)
    return f1(_mean(precision), _mean(recall), len(recall))


def shared_rightly(one: Iterable[Chain], other: Iterable[Chain]) -> list[float]:
    """For each item of `one`: of what it shares with each item beside it, and with itself, how much `other` has too."""
    together, elsewhere = _times(one), _times(other)
    values: dict[Hashable, list[float]] = {}
    for pair, times in together.items():
        value = min(times, elsewhere[pair]) / times
        for item in dict.fromkeys(pair):
            values.setdefault(item, []).append(value)
    return [_mean(each) for each in values.values()]


def _times(groups: Iterable[Chain]) -> Counter[tuple[Hashable, Hashable]]:
    """In how many groups each two items stand together, and each by itself."""
    return Counter(pair for group in groups for pair in combinations_with_replacement(sorted(group, key=repr), 2))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def ceaf_e(one: Sequence[Chain], other: Sequence[Chain]) -> Counts:
    """The alikeness of chains paired one to one at best, a pair's being Dice (Luo 2005, phi 4), of `one`'s number."""
    alike = [[2 * len(a & b) / (len(a) + len(b)) for b in other] for a in one]
    right = sum(alike[i][k] for i, k in best_pairs(alike))
    return right, len(one)


def best_pairs(values: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs (row, column), each at most once, with the greatest sum of values that are not negative.

    The Hungarian method with potentials (Kuhn 1955; Munkres 1957; Jonker and Volgenant 1987), exact, in the cube of
    the size.
    """
    rows, columns = len(values), len(values[0]) if values else 0
    if rows > columns:
        return sorted((i, k) for k, i in best_pairs([list(column) for column in zip(*values, strict=True)]))
    price, row_price = [0.0] * (columns + 1), [0.0] * (rows + 1)
    taken = [0] * (columns + 1)  # the row that each column went to, counted from 1; column 0 is the row on its way
    for row in range(1, rows + 1):
        _give_column(row, values, price, row_price, taken)
    return sorted((taken[k] - 1, k - 1) for k in range(1, columns + 1) if taken[k])


def _give_column(
    row: int, values: Sequence[Sequence[float]], price: list[float], row_price: list[float], taken: list[int]
) -> None:
    """Give one more row a column, moving rows before it where that costs least (in `price`, `row_price`, `taken`)."""
    columns = len(price) - 1
    slack, way, done = [float("inf")] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
    taken[0], at = row, 0
    while taken[at]:
        done[at] = True
        here = taken[at]
        for k in range(1, columns + 1):
            cost = -values[here - 1][k - 1] - row_price[here] - price[k]
            if not done[k] and cost < slack[k]:
                slack[k], way[k] = cost, at
        step, after = min((slack[k], k) for k in range(1, columns + 1) if not done[k])
        for k in range(columns + 1):
            if done[k]:
                row_price[taken[k]] += step
                price[k] -= step
            else:
                slack[k] -= step
        at = after
    while at:
        taken[at], at = taken[way[at]], way[at]
