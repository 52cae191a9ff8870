"""Accounts in the order they arrive to stories: each joins one at once, and what it touched is settled now and then.

Settling clusters the touched stories anew by the mean probability of all pairs, so that the result hardly depends on
the order (single-pass clustering as in topic detection, Allan et al. 1998, mended by average-link clustering of small
parts).
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from tellings.grouping.dates import Clock
from tellings.grouping.features import features
from tellings.grouping.linking import Sets, average_link
from tellings.grouping.reasons import because
from tellings.grouping.records import Change, Sketch
from tellings.grouping.scoring import Scorer, scorer
from tellings.grouping.settling import fates, told
from tellings.grouping.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from numpy.typing import NDArray

JOIN = 0.4
"""The least mean probability by which accounts are one story."""
LINK = 0.3
"""The least probability of a pair by which their stories are looked at together."""
_ASKED = 16  # accounts that one is compared with when it comes
_NEAR = 6  # of these, the likeliest that are remembered
_STORIES = 3  # stories that it may join
_MEMBERS = 12  # accounts of a story that speak for it where it is large
WHOLE = 96  # accounts that are clustered by all their pairs
_SETTLE = 2000  # accounts after which what they touched is settled


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
        self._model = model or scorer()
        self._join = join
        self._clock = Clock(capacity)
        self._ids: list[str] = []
        self._story = np.full(capacity, -1, dtype=np.int64)
        self._near = np.full((capacity, _NEAR), -1, dtype=np.int32)
        self._members: dict[int, list[int]] = {}
        self._names: dict[int, str] = {}
        self._fresh: list[int] = []
        self._begun = 0
        self._name = name
        self._held: frozenset[int] = frozenset()

    def again(self, sketch: Sketch, story: int, near: Sequence[int]) -> None:
        """Take in an account of which it is known what became of it: its story's number, and what `near_of_last` gave.

        With `pass_over` where `settle` was called and then `go_on`, a stream is made anew as it was.
        """
        row = self._window.arrived % self._window.capacity
        self._forget(row)
        self._window.add(sketch, self._clock.believed(row, sketch.day))
        self._remember(row, sketch.id)
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
        row = (self._window.arrived - 1) % self._window.capacity
        return [int(one) for one in self._near[row] if one >= 0]

    def add(self, sketch: Sketch) -> list[Change]:
        """Take in an account: the story it begins or joins, and what settling changed where the time had come."""
        found = self._window.found(sketch, _ASKED)
        row = self._window.arrived % self._window.capacity
        self._forget(row)
        self._window.add(sketch, self._clock.believed(row, sketch.day))
        self._remember(row, sketch.id)
        found = found[self._story[found] >= 0]
        changes = [self._joined(row, found)]
        self._fresh.append(row)
        if len(self._fresh) >= min(_SETTLE, self._window.capacity):
            changes += self.settle()
        return changes

    def settle(self, *, everything: bool = False) -> list[Change]:
        """Cluster what came since the last time (or all) with its neighbours anew, and say what changed."""
        self._clock.correct(self._window.day)
        rows = [row for rows in self._members.values() for row in rows] if everything else self._fresh
        changes: list[Change] = []
        for group in self._together(rows):
            changes += self._settled(group)
        self._fresh = []
        return changes

    def stories(self) -> dict[str, list[str]]:
        """The accounts of each story in the window by its id, in arrival order."""
        return {self._names[number]: [self._ids[row] for row in rows] for number, rows in sorted(self._members.items())}

    def likely(self, row: int, others: NDArray[np.int64]) -> NDArray[np.float32]:
        """The probability that the account of a row tells the event of each of others."""
        if not len(others):
            return np.zeros(0, dtype=np.float32)
        return self._model(features(self._window, row, others))

    def _joined(self, row: int, found: NDArray[np.int64]) -> Change:
        """Put an account into the story it fits best, or begin one."""
        if not len(found):
            self._near[row] = -1
            return self._begin(row)
        seen = features(self._window, row, found)
        likely = self._model(seen)
        near = found[np.argsort(-likely, kind="stable")]
        near = near[: min(_NEAR, int((likely >= LINK).sum()))]
        self._near[row] = -1
        self._near[row, : len(near)] = near
        known = dict(zip(found.tolist(), likely.tolist(), strict=True))
        best, score = self._best(row, list(dict.fromkeys(self._story[near].tolist()))[:_STORIES], known)
        if best < 0 or score < self._join:
            return self._begin(row)
        self._story[row] = best
        self._members[best].append(row)
        why = because(seen[int(np.argmax(likely))])
        return Change("joined", self._names[best], self._ids[row], None, round(score, 3), why)

    def _best(self, row: int, numbers: Sequence[int], known: dict[int, float]) -> tuple[int, float]:
        """The story that fits an account best, and its mean probability; `known` are those of some accounts."""
        speakers = {number: self._speakers(number).tolist() for number in numbers}
        missing = [one for rows in speakers.values() for one in rows if one not in known]
        known = known | dict(zip(missing, self.likely(row, np.array(missing, dtype=np.int64)).tolist(), strict=True))
        fits = [(sum(known[one] for one in rows) / len(rows), number) for number, rows in speakers.items()]
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

    def _speakers(self, number: int) -> NDArray[np.int64]:
        """The accounts that speak for a story: all of them, or some spread over its length."""
        rows = self._members[number]
        step = -(-len(rows) // _MEMBERS)
        return np.array(rows[::step], dtype=np.int64)

    def _remember(self, row: int, name: str) -> None:
        if row < len(self._ids):
            self._ids[row] = name
        else:
            self._ids.append(name)

    def _forget(self, row: int) -> None:
        """Take the account out of a row that will be used again."""
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
        """A group of more stories than can be looked at together, in parts by age."""
        return (group[n : n + WHOLE] for n in range(0, len(group), WHOLE))

    def _settled(self, group: list[int]) -> list[Change]:
        rows = [row for number in group for row in self._members[number]]
        if len(rows) == 1:
            return []
        if len(rows) <= WHOLE:
            rows = sorted(rows, key=lambda row: (self._window.day[row], self._ids[row]))
            likely = self._pairs(rows)
            parts = average_link(likely, self._join)
            clusters = [[rows[n] for n in one] for one in parts]
        elif len(group) > 1:
            likely = self._between(group)
            parts = average_link(likely, self._join)
            clusters = [[row for n in one for row in self._members[group[n]]] for one in parts]
        else:
            return []
        return self._changed(group, clusters, [_mean(likely, one) for one in parts])

    def _pairs(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """The probabilities of all pairs of some accounts."""
        found = np.zeros((len(rows), len(rows)), dtype=np.float32)
        held = np.array(rows, dtype=np.int64)
        seen = [features(self._window, row, held[n + 1 :]) for n, row in enumerate(rows[:-1])]
        upper = np.triu_indices(len(rows), 1)
        found[upper] = self._model(np.concatenate(seen))
        return found + found.T

    def _between(self, group: Sequence[int]) -> NDArray[np.float32]:
        """The mean probabilities of pairs of stories, by the accounts that speak for them."""
        speakers = [self._speakers(number) for number in group]
        found = np.zeros((len(group), len(group)), dtype=np.float32)
        ends = np.cumsum([len(rows) for rows in speakers])
        together = np.concatenate(speakers)
        for n, rows in enumerate(speakers[:-1]):
            likely = np.mean([self.likely(int(row), together[ends[n] :]) for row in rows], axis=0)
            found[n, n + 1 :] = [part.mean() for part in np.split(likely, ends[n + 1 : -1] - ends[n])]
        return found + found.T

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
        return last - (last - row) % self._window.capacity


def _mean(likely: NDArray[np.float32], rows: Sequence[int]) -> float:
    """The mean probability of the pairs of some rows, rounded; 1 for a single one."""
    inside = likely[np.ix_(rows, rows)]
    pairs = len(rows) * (len(rows) - 1)
    return round(float(inside.sum()) / pairs, 3) if pairs else 1.0
