"""What a runner takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, Self, TypeVar

T = TypeVar("T")
U = TypeVar("U")

Cause = Literal["time", "memory", "death", "error"]

_WALL = 8  # a busy machine gives a process a part of a core; what has not ended by then waits for something


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may take in a process of its own; None is no limit.

    `seconds` is processor time, so that a busy machine fails no item that a quiet one does not; an item that waits
    is ended after eight times as long by the clock. `memory` is the address space of the process, in bytes.
    """

    seconds: float | None = None
    memory: int | None = None

    @property
    def wall(self) -> float | None:
        """Seconds by the clock after which an item is ended, whatever it does."""
        return None if self.seconds is None else _WALL * self.seconds


@dataclass(frozen=True, slots=True)
class Failure(Generic[T]):
    """An item that gave nothing: why, in plain words without a full stop, and the traceback where there is one."""

    item: T
    cause: Cause
    problem: str
    traceback: str = ""


class Runner(Protocol):
    """Maps stages over items, somewhere; a context manager that ends what it started."""

    def map(self, stage: Callable[[T], U], items: Iterable[T]) -> Iterator[U | Failure[T]]:
        """Yield what `stage` gives for each item, in the order of the items; a Failure for one it gives nothing for.

        Items are taken a few ahead of what is yielded, never all at once. A TellingsError that the stage raises is
        raised here. `stage` is a function of a module, and items and results can be pickled.
        """

    def __enter__(self) -> Self:
        """Return the runner."""

    def __exit__(self, *_: object) -> None:
        """End what was started."""
