"""The items an input comes in, given to a runner; what a runner could do nothing with is an error about that item."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tellings.errors import InputError
from tellings.run import Failure, Here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tellings.run import Runner

T = TypeVar("T")
U = TypeVar("U")


def mapped(
    runner: Runner | None, stage: Callable[[T], U], items: Iterable[T], about: Callable[[T], str]
) -> Iterator[U | InputError]:
    """Yield what `stage` gives for each item, in order; an InputError for one it gives nothing for.

    Without a runner this process does it. `about` names an item as the user would.
    """
    for found in (runner or Here()).map(stage, items):
        yield unusable(about(found.item), found) if isinstance(found, Failure) else found


def unusable(about: str, failure: Failure[T]) -> InputError:
    """Return the error about an item that failed, with the traceback as a note where there is one."""
    error = InputError(about, f"cannot be taken in: {failure.problem}", "leave it out, or save it again")
    if failure.traceback:
        error.add_note(failure.traceback)
    return error
