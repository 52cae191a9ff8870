"""Inputs taken in by a runner: in this process, or in workers whose time and memory are bounded.

Outsiders' bytes are parsed by what `ingest` calls here and nowhere else. An item that a worker cannot bear is an
InputError about it.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tellings.errors import InputError
from tellings.ingest.files import open_input
from tellings.ingest.forms import accounts_in, form_of
from tellings.run.records import Failure, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from tellings.records import Account
    from tellings.run import Runner

T = TypeVar("T")
U = TypeVar("U")

SNIFFED = 4096
# The slowest of the 1,495 pages of WCXB takes 2 seconds of a processor and the largest 0.4 GB of address space
# (benchmarks/ingest_html.py, benchmarks/running.py); most of that is the libraries.
LIMITS = Limits(seconds=60, memory=2 << 30)


class Held(NamedTuple):
    """An input that is held whole: what it is called, and its bytes."""

    path: str
    data: bytes


def mapped(
    runner: Runner, stage: Callable[[T], U], items: Iterable[T], about: Callable[[T], str]
) -> Iterator[U | InputError]:
    """Yield what `stage` gives for each item, in order; an InputError for one it gives nothing for."""
    for found in runner.map(stage, items):
        yield _unusable(about(found.item), found) if isinstance(found, Failure) else found


def _unusable(about: str, failure: Failure[T]) -> InputError:
    error = InputError(about, f"cannot be taken in: {failure.problem}", "leave it out, or save it again")
    if failure.traceback:
        error.add_note(failure.traceback)
    return error


def of_file(path: str) -> tuple[Account | InputError, ...]:
    """The accounts of a file, the errors in their places."""
    try:
        with open_input(path, None) as stream:
            return tuple(accounts_of_stream(path, stream))
    except InputError as error:
        return (error,)


def of_held(held: Held) -> tuple[Account | InputError, ...]:
    """The accounts of an input that is held whole, the errors in their places."""
    return tuple(accounts_of_stream(held.path, BytesIO(held.data)))


def accounts_of_stream(path: str, stream: BinaryIO, runner: Runner | None = None) -> Iterator[Account | InputError]:
    """Yield the accounts of a stream at its beginning; what makes it bad as a whole is an error after them."""
    try:
        start = stream.read(SNIFFED)
        yield from accounts_in(form_of(path, start), path, start, stream, runner)
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(path, f"cannot be read ({error.strerror})", "check the file")
