"""Old stories and new clusters of the same accounts: which story each cluster is now, and what became of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tellings.grouping.records import Change


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of stories: the `number` of each cluster (None: a new one), and what each old story went into."""

    numbers: tuple[int | None, ...]
    into: Mapping[int, int]  # old story -> number of the cluster that it, or most of it, is in


def fates(before: Mapping[int, int], clusters: Sequence[Sequence[int]]) -> Fate:
    """Give clusters of rows the stories (by `before`) that they share most accounts with; each story goes to one."""
    shared = Counter((before[row], n) for n, rows in enumerate(clusters) for row in rows)
    numbers: list[int | None] = [None] * len(clusters)
    taken: set[int] = set()
    into: dict[int, int] = {}
    for (story, n), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        into.setdefault(story, n)
        if numbers[n] is None and story not in taken:
            numbers[n] = story
            taken.add(story)
    for n, number in enumerate(numbers):
        if number is not None:
            into[number] = n
    return Fate(tuple(numbers), into)


def told(  # noqa: PLR0913 - all that a settling knows
    before: Mapping[int, int],
    clusters: Sequence[Sequence[int]],
    numbers: Sequence[int],
    fate: Fate,
    names: Mapping[int, str],
    ids: Sequence[str],
    scores: Sequence[float],
) -> Iterator[Change]:
    """What happened, in an order in which it can be repeated: splits, accounts that moved, then merges.

    `numbers` are those of the clusters, new ones given; `scores` the mean probability inside each cluster.
    """
    for n, rows in enumerate(clusters):
        if fate.numbers[n] is None:
            source = Counter(before[row] for row in rows).most_common(1)[0][0]
            apart = f"{len(rows)} of its accounts are nearer to each other than to the others"
            yield Change("split", names[source], None, names[numbers[n]], scores[n], apart)
    for n, rows in enumerate(clusters):
        for row in rows:
            if fate.into[before[row]] != n:
                why = "nearer to the accounts of this story, all pairs seen"
                yield Change("moved", names[numbers[n]], ids[row], names[before[row]], scores[n], why)
    for story, n in sorted(fate.into.items()):
        if numbers[n] != story:
            why = "their accounts are near each other, all pairs seen"
            yield Change("merged", names[numbers[n]], None, names[story], scores[n], why)
