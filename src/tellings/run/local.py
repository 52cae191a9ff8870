"""The runner that needs nothing: this process, one item after the other."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import Self, TypeVar

from tellings.errors import TellingsError
from tellings.run.records import Failure
from tellings.run.worker import told

T = TypeVar("T")
U = TypeVar("U")


class Here:
    """A runner in this process, lazily; nothing bounds what an item takes."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def map(self, stage: Callable[[T], U], items: Iterable[T]) -> Iterator[U | Failure[T]]:
        """Yield what `stage` gives for each item, in order; see `Runner`."""
        for item in items:
            yield _one(stage, item)


def _one(stage: Callable[[T], U], item: T) -> U | Failure[T]:
    try:
        return stage(item)
    except TellingsError:
        raise
    except MemoryError:
        return Failure(item, "memory", "takes more memory than there is")
    except Exception as error:  # whatever a stage comes upon is about its item alone
        return Failure(item, "error", told(error), traceback.format_exc())
