"""The items of one mapping: what waits, what is begun, what is done and not yet yielded."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tellings.run.records import Cause, Failure

T = TypeVar("T")

_AHEAD = 8  # items a worker, taken before the next result is due: one slow item does not leave the others idle
_TRIES = 2  # a worker may be killed from outside; an item that two workers died of is at fault itself


@dataclass(slots=True)
class Task(Generic[T]):
    """An item with its number, how often it was begun, and by when (`time.monotonic`) it must be done."""

    number: int
    item: T
    tries: int = 0
    due: float = float("inf")


class Queue(Generic[T]):
    """Hands out items, a few ahead of what was yielded, and gives what came of them in the order of the items."""

    def __init__(self, items: Iterable[T], workers: int) -> None:
        self._items = iter(items)
        self._ahead = _AHEAD * workers
        self._again: deque[Task[T]] = deque()
        self._results: dict[int, tuple[str, Any]] = {}
        self._taken = self._given = 0
        self._ended = False

    def next(self) -> Task[T] | None:
        """The next task to begin; None where there is none now."""
        task = self._again.popleft() if self._again else self._fresh()
        if task:
            task.tries += 1
        return task

    def _fresh(self) -> Task[T] | None:
        if self._ended or self._taken - self._given >= self._ahead:
            return None
        for item in self._items:
            self._taken += 1
            return Task(self._taken - 1, item)
        self._ended = True
        return None

    def done(self, task: Task[T], kind: str, what: Any) -> None:  # noqa: ANN401 - a runner does not know what it carries
        """Put down the answer of a worker to a task."""
        self._results[task.number] = (kind, Failure(task.item, "error", *what) if kind == "error" else what)

    def failed(self, task: Task[T], cause: Cause, problem: str) -> None:
        """Put down that nothing came of a task."""
        self._results[task.number] = (cause, Failure(task.item, cause, problem))

    def died(self, task: Task[T], ending: str) -> None:
        """Put down that a task's worker died, or have it begun again where it was the first."""
        if task.tries < _TRIES:
            self._again.append(task)
        else:
            self.failed(task, "death", f"ends the process that works on it ({ending})")

    def unbegun(self, task: Task[T]) -> None:
        """Have a task begun again whose worker never was ready for it."""
        task.tries -= 1
        self._again.append(task)

    def ready(self) -> Iterator[Any]:
        """Yield the results that are next in order. Raises the TellingsError that a stage raised for an item."""
        while self._given in self._results:
            kind, what = self._results.pop(self._given)
            self._given += 1
            if kind == "raised":
                raise what
            yield what
