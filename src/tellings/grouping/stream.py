"""Accounts in the order they arrive to stories: each joins one at once, and what it touched is settled now and then.

Settling clusters the touched stories anew by the mean probability of all pairs, so that the result hardly depends on
the order (single-pass clustering as in topic detection, Allan et al. 1998, mended by average-link clustering of small
parts).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from tellings.grouping.dates import Clock
from tellings.grouping.features import FEATURES, features
from tellings.grouping.linking import Sets, average_link
from tellings.grouping.reasons import because
from tellings.grouping.records import Change, Sketch
from tellings.grouping.scoring import Scorer, scorer
from tellings.grouping.settling import fates, told
from tellings.grouping.window import BLOCK, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

JOIN = 0.4
"""The least mean probability by which accounts are one story."""
LINK = 0.5
"""The least probability of a pair by which their stories are looked at together: stories that belong together have such
a pair, and from .3 on fifteen times as many pairs are compared for nothing."""
_ASKED = 16  # accounts that one is compared with when it comes
_NEAR = 6  # of these, the likeliest that are remembered
_STORIES = 3  # stories that it may join
_MEMBERS = 12  # accounts of a story that speak for it where it is large
WHOLE = 96  # accounts that are clustered by all their pairs
_SETTLE = 2000  # accounts after which what they touched is settled
_COPY = 0.9  # a share of equal runs of words from which two accounts are copies
_RUNS = FEATURES.index("runs")
_PAIRS = 4096  # pairs of accounts that are compared at once while settling


@dataclass(frozen=True, slots=True)
class _Looked:
    """An account that has come, by its row, and what is known of it beside others, by theirs.

    `near` is what is seen of it with those found that likely tell the same, the likeliest first; `likely` how likely
    those found and others do, and grows as more are asked about.
    """

    row: int
    near: dict[int, NDArray[np.float32]]
    likely: dict[int, float]


def _name(account: str, number: int) -> str:
    return sha256(f"{account}\n{number}".encode()).hexdigest()[:12]


class Stream:
    """Stories growing with a stream of sketches; the last `capacity` accounts are kept to compare with.

    The same sketches in the same order give the same stories and changes. Stories are numbered as they begin; `name`
    makes a story's name of its first account and its number.
    """

    def __init__(
        self,
        capacity: int = 200_000,
        *,
        model: Scorer | None = None,
        join: float = JOIN,
        name: Callable[[str, int], str] = _name,
    ) -> None:
        self._window = Window(capacity)
        self._capacity = capacity
        self._model = model or scorer()
        self._join = join
        rows = self._window.rows
        self._clock = Clock(rows)
        self._ids: list[str] = [""] * rows
        self._story = np.full(rows, -1, dtype=np.int64)
        self._near = np.full((rows, _NEAR), -1, dtype=np.int32)
        self._members: dict[int, list[int]] = {}
        self._names: dict[int, str] = {}
        self._fresh: list[int] = []
        self._settled_after = min(_SETTLE, capacity)
        self._begun = 0
        self._name = name
        self._held: frozenset[int] = frozenset()

    def again(self, sketch: Sketch, story: int, near: Sequence[int]) -> None:
        """Take in an account of which it is known what became of it: its story's number, and what `near_of_last` gave.

        With `pass_over` where `settle` was called and then `go_on`, a stream is made anew as it was.
        """
        arrival = self._window.arrived
        self._forget(arrival - self._capacity)
        row = arrival % self._window.rows
        self._window.take((sketch,), (self._clock.believed(row, sketch.day),), 1)
        self._ids[row] = sketch.id
        self._near[row] = -1
        self._near[row, : len(near)] = near
        self._story[row] = story
        self._members.setdefault(story, []).append(row)
        self._names.setdefault(story, self._name(sketch.id, story))
        self._fresh.append(row)

    def pass_over(self) -> None:
        """Take what came so far as settled; what settling changed is known from the stories given to `again`."""
        self._clock.correct(self._window.day)
        self._fresh = []

    def go_on(self, begun: int, held: Collection[int] = ()) -> None:
        """Number new stories from after `begun`, and leave those `held` as they are: they grow, but are not settled."""
        self._begun, self._held = begun, frozenset(held)

    def near_of_last(self) -> list[int]:
        """The rows (numbers of arrival, as long as none was forgotten) that are near to the account that came last."""
        row = (self._window.arrived - 1) % self._window.rows
        return [int(one) for one in self._near[row] if one >= 0]

    def add(self, sketch: Sketch) -> list[Change]:
        """Take in an account: the story it begins or joins, and what settling changed where the time had come."""
        return self.extend((sketch,))

    def extend(self, sketches: Sequence[Sketch]) -> list[Change]:
        """Take in accounts one after the other: the same changes as from `add`, in a third of the time."""
        changes: list[Change] = []
        at = 0
        while at < len(sketches):
            size = min(BLOCK - self._window.arrived % BLOCK, self._settled_after - len(self._fresh))
            changes += self._block(sketches[at : at + size])
            at += size
            if len(self._fresh) >= self._settled_after:
                changes += self.settle()
        return changes

    def settle(self, *, everything: bool = False) -> list[Change]:
        """Cluster what came since the last time (or all) with its neighbours anew, and say what changed."""
        self._clock.correct(self._window.day)
        rows = [row for rows in self._members.values() for row in rows] if everything else self._fresh
        changes: list[Change] = []
        small: list[list[int]] = []
        pairs = 0
        for group in self._together(rows):
            size = sum(len(self._members[number]) for number in group)
            if size > WHOLE:
                changes += self._settled_by_speakers(group)
            elif size > 1:
                small.append(group)
                pairs += size * (size - 1) // 2
            if pairs >= _PAIRS:
                changes += self._settled(small)
                small, pairs = [], 0
        self._fresh = []
        return changes + self._settled(small)

    def stories(self) -> dict[str, list[str]]:
        """The accounts of each story in the window by its id, in arrival order."""
        return {self._names[number]: [self._ids[row] for row in rows] for number, rows in sorted(self._members.items())}

    def likely(self, ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.float32]:
        """The probability that the accounts of two rows tell one event, for many pairs of rows."""
        if not len(ones):
            return np.zeros(0, dtype=np.float32)
        return self._scored(features(self._window, ones, others))

    def _scored(self, seen: NDArray[np.float32]) -> NDArray[np.float32]:
        """The probability by features; two copies of one text tell one event however usual their words are here."""
        runs = seen[:, _RUNS]
        return np.maximum(self._model(seen), np.where(runs >= _COPY, runs, 0))

    def _block(self, sketches: Sequence[Sketch]) -> list[Change]:
        """Take in accounts: they are compared with others all at once, and join stories one after the other."""
        first = self._window.arrived
        fresh = ((first + np.arange(len(sketches))) % self._window.rows).tolist()
        days = [self._clock.believed(row, one.day) for row, one in zip(fresh, sketches, strict=True)]
        looked = self._looked(*self._window.take(sketches, days, _ASKED))
        self._foresee(looked)
        changes = []
        for n, (one, sketch) in enumerate(zip(looked, sketches, strict=True)):
            self._forget(first + n - self._capacity)
            self._ids[one.row] = sketch.id
            changes.append(self._joined(one))
            self._fresh.append(one.row)
        return changes

    def _looked(self, rows: NDArray[np.int64], found: Sequence[NDArray[np.int64]]) -> list[_Looked]:
        """What is seen of accounts with those found for each."""
        sizes = [len(one) for one in found]
        others = np.concatenate(found)
        seen = features(self._window, np.repeat(rows, sizes), others)
        likely, names = self._scored(seen).tolist(), others.tolist()
        looked = []
        begun = 0
        for row, size in zip(rows.tolist(), sizes, strict=True):
            places = range(begun, begun + size)
            near = sorted((n for n in places if likely[n] >= LINK), key=lambda n: -likely[n])
            known = {names[n]: likely[n] for n in places}
            looked.append(_Looked(row, {names[n]: seen[n] for n in near}, known))
            begun += size
        return looked

    def _foresee(self, looked: Sequence[_Looked]) -> None:
        """Compare accounts with all that speak for the stories they will likely be weighed against, at once."""
        missing = [
            (one, other)
            for one in looked
            for number in self._weighed(one)
            for other in self._speakers(number)
            if other not in one.likely
        ]
        ones = np.array([one.row for one, _ in missing], dtype=np.int64)
        others = np.array([other for _, other in missing], dtype=np.int64)
        for (one, other), likely in zip(missing, self.likely(ones, others).tolist(), strict=True):
            one.likely[other] = likely

    def _near_ones(self, one: _Looked) -> list[int]:
        """The accounts near to one that are in a story of the window."""
        held = list(one.near)
        return [row for row, story in zip(held, self._story[held].tolist(), strict=True) if story >= 0][:_NEAR]

    def _weighed(self, one: _Looked) -> list[int]:
        """The stories that an account may join."""
        return list(dict.fromkeys(self._story[self._near_ones(one)].tolist()))[:_STORIES]

    def _joined(self, one: _Looked) -> Change:
        """Put an account into the story it fits best, or begin one."""
        near = self._near_ones(one)
        self._near[one.row] = -1
        self._near[one.row, : len(near)] = near
        best, score = self._best(one)
        if best < 0 or score < self._join:
            return self._begin(one.row)
        self._story[one.row] = best
        self._members[best].append(one.row)
        why = because(one.near[near[0]])
        return Change("joined", self._names[best], self._ids[one.row], None, round(score, 3), why)

    def _best(self, one: _Looked) -> tuple[int, float]:
        """The story that fits an account best, and its mean probability."""
        speakers = {number: self._speakers(number) for number in self._weighed(one)}
        missing = [row for rows in speakers.values() for row in rows if row not in one.likely]
        if missing:
            others = np.array(missing, dtype=np.int64)
            likely = self.likely(np.full(len(others), one.row), others)
            one.likely.update(zip(missing, likely.tolist(), strict=True))
        fits = [(sum(one.likely[row] for row in rows) / len(rows), number) for number, rows in speakers.items()]
        score, best = max(fits, key=lambda fit: fit[0], default=(0.0, -1))
        return best, score

    def _begin(self, row: int) -> Change:
        number = self._new(self._ids[row])
        self._story[row] = number
        self._members[number] = [row]
        return Change("begun", self._names[number], self._ids[row], None, None, "no story before it is near enough")

    def _new(self, account: str) -> int:
        self._begun += 1
        self._names[self._begun] = self._name(account, self._begun)
        return self._begun

    def _speakers(self, number: int) -> list[int]:
        """The accounts that speak for a story: all of them, or some spread over its length."""
        rows = self._members[number]
        return rows[:: -(-len(rows) // _MEMBERS)]

    def _forget(self, arrival: int) -> None:
        """Take an account that is older than the window out of its story."""
        if arrival < 0:
            return
        row = arrival % self._window.rows
        number = int(self._story[row])
        if number < 0:
            return
        self._members[number].remove(row)
        if not self._members[number]:
            del self._members[number], self._names[number]
        self._story[row] = -1

    def _together(self, rows: Sequence[int]) -> list[list[int]]:
        """Groups of stories that must be settled together: those of some accounts and of their near ones."""
        sets = Sets()
        for row in rows:
            number = int(self._story[row])
            if number < 0 or number in self._held:
                continue
            sets.find(number)
            for other in self._near[row]:
                if other >= 0 and self._story[other] >= 0 and int(self._story[other]) not in self._held:
                    sets.join(number, int(self._story[other]))
        return [part for group in sets.all() for part in self._parts(group)]

    def _parts(self, group: list[int]) -> Iterable[list[int]]:
        """A group of stories with more accounts than can be looked at together, in parts by age."""
        sizes = [len(self._members[number]) for number in group]
        if sum(sizes) > WHOLE:
            sizes = [min(size, _MEMBERS) for size in sizes]
        part: list[int] = []
        held = 0
        for number, size in zip(group, sizes, strict=True):
            if held + size > WHOLE:
                yield part
                part, held = [], 0
            part.append(number)
            held += size
        yield part

    def _settled(self, groups: Sequence[list[int]]) -> list[Change]:
        """Cluster the accounts of each of some groups of stories anew by all their pairs."""
        held = [
            sorted(
                (row for number in group for row in self._members[number]),
                key=lambda row: (self._window.day[row], self._ids[row]),
            )
            for group in groups
        ]
        changes: list[Change] = []
        for group, rows, likely in zip(groups, held, self._pairs(held), strict=True):
            parts = average_link(likely, self._join)
            clusters = [[rows[n] for n in one] for one in parts]
            changes += self._changed(group, clusters, [_mean(likely, one) for one in parts])
        return changes

    def _settled_by_speakers(self, group: list[int]) -> list[Change]:
        """Join stories that have too many accounts for all their pairs, by those that speak for them."""
        if len(group) == 1:
            return []
        likely = self._between(group)
        parts = average_link(likely, self._join)
        clusters = [[row for n in one for row in self._members[group[n]]] for one in parts]
        return self._changed(group, clusters, [_mean(likely, one) for one in parts])

    def _pairs(self, held: Sequence[Sequence[int]]) -> Iterator[NDArray[np.float32]]:
        """The probabilities of all pairs of the accounts of each group: a symmetric matrix each."""
        if not held:
            return
        upper = [np.triu_indices(len(rows), 1) for rows in held]
        arrays = [np.array(rows, dtype=np.int64) for rows in held]
        self._window.weigh(np.concatenate(arrays))
        ones = np.concatenate([rows[one] for rows, (one, _) in zip(arrays, upper, strict=True)])
        others = np.concatenate([rows[other] for rows, (_, other) in zip(arrays, upper, strict=True)])
        likely = self.likely(ones, others)
        begun = 0
        for rows, where in zip(held, upper, strict=True):
            found = np.zeros((len(rows), len(rows)), dtype=np.float32)
            found[where] = likely[begun : begun + len(where[0])]
            begun += len(where[0])
            yield found + found.T

    def _between(self, group: Sequence[int]) -> NDArray[np.float32]:
        """The mean probabilities of pairs of stories, by the accounts that speak for them."""
        speakers = [self._speakers(number) for number in group]
        owner = np.repeat(np.arange(len(group)), [len(rows) for rows in speakers])
        (likely,) = self._pairs([[row for rows in speakers for row in rows]])
        of = (owner == np.arange(len(group))[:, None]).astype(np.float32)
        sizes = of.sum(axis=1)
        found: NDArray[np.float32] = of @ likely @ of.T / np.outer(sizes, sizes)
        np.fill_diagonal(found, 0)
        return found

    def _changed(
        self, group: Sequence[int], clusters: Sequence[Sequence[int]], scores: Sequence[float]
    ) -> list[Change]:
        """Make the stories of a group these clusters; what that changed."""
        before = {row: number for number in group for row in self._members[number]}
        fate = fates(before, clusters)
        numbers = [
            self._new(self._ids[min(rows, key=self._arrival)]) if number is None else number
            for number, rows in zip(fate.numbers, clusters, strict=True)
        ]
        changes = list(told(before, clusters, numbers, fate, self._names, self._ids, scores))
        for number in group:
            del self._members[number]
        for number, rows in zip(numbers, clusters, strict=True):
            self._members[number] = sorted(rows, key=self._arrival)
            self._story[list(rows)] = number
        for number in group:
            if number not in self._members:
                del self._names[number]
        return changes

    def _arrival(self, row: int) -> int:
        """The arrival number of the account in a row."""
        last = self._window.arrived - 1
        return last - (last - row) % self._window.rows


def _mean(likely: NDArray[np.float32], rows: Sequence[int]) -> float:
    """The mean probability of the pairs of some rows, rounded; 1 for a single one."""
    if len(rows) == 1:
        return 1.0
    if len(rows) == 2:  # most stories
        return round(float(likely[rows[0], rows[1]]), 3)
    inside = likely[np.ix_(rows, rows)]
    return round(float(inside.sum()) / (len(rows) * (len(rows) - 1)), 3)
