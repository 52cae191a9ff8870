"""Inputs taken in by a runner: in this process, or in workers whose time and memory are bounded.

What parses outsiders' bytes is a stage over items here: a file, the bytes of an input, a line, a record, a mail. An
item that a worker cannot bear is an InputError about it, and the others go on.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tellings.errors import InputError
from tellings.ingest.files import is_link, open_input, walk
from tellings.ingest.forms import CONTAINERS, Told, accounts_in, form_of
from tellings.ingest.parts import mapped
from tellings.run import Here, Limits, workers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from tellings.ingest.forms import Form
    from tellings.records import Account
    from tellings.run import Runner

SNIFFED = 4096
# Of 350 pages of WCXB the slowest takes 0.8 seconds of a processor, and the process 0.3 GB of address space, most of it
# libraries (benchmarks/running.py limits). Pages may have 10 MB, some ten times the largest of those.
LIMITS = Limits(seconds=60, memory=2 << 30)

# A worker costs a tenth of a second; a few texts are taken in sooner than that, by code of ours in linear time.
_FEW = 8
_OWN: frozenset[Form] = frozenset({"text"})


def guard(names: Iterable[str | Path], processes: int = 1) -> Runner:
    """A runner to take inputs in: workers with limits for what others wrote, this process for a few plain texts."""
    named = [str(name) for name in names]
    if len(named) <= _FEW and all(map(_is_own, named)):
        return Here()
    return workers(processes, LIMITS)


def _is_own(name: str) -> bool:
    if is_link(name) or name == "-" or Path(name).is_dir():
        return False
    try:
        return _form(name) in _OWN
    except InputError:
        return True  # it is not there, and nothing will be parsed


class File(NamedTuple):
    """A file that is taken in as one item."""

    path: str
    told: Told = Told()


class Container(NamedTuple):
    """A file, or standard input, that is read as a stream; the accounts in it are items."""

    path: str


def accounts_of_paths(
    names: Iterable[str], stdin: BinaryIO | None, told: Told, runner: Runner
) -> Iterator[Account | InputError]:
    """Yield the accounts of files and folders in the order named; files beside each other are taken in together."""
    for sort, items in groupby(_sorted_out(names, told), type):
        if sort is File:
            files = (item for item in items if isinstance(item, File))
            for found in mapped(runner, of_file, files, lambda file: file.path):
                yield from (found,) if isinstance(found, InputError) else found
            continue
        for item in items:
            yield from (item,) if isinstance(item, InputError) else _of_container(item.path, stdin, told, runner)


def _sorted_out(names: Iterable[str], told: Told) -> Iterator[File | Container | InputError]:
    """Yield the files that some names stand for, told apart by how they are taken in."""
    for path in (path for name in names for path in walk(name)):
        if isinstance(path, InputError):
            yield path
            continue
        try:
            yield Container(path) if is_container(path) else File(path, told)
        except InputError as error:
            yield error


def is_container(path: str) -> bool:
    """Tell whether an input is read as a stream of accounts. Raises InputError where it cannot be opened."""
    return path == "-" or _form(path) in CONTAINERS


def _form(path: str) -> Form | None:
    """The form of a file; None where it cannot be read. Raises InputError where it cannot be opened."""
    with open_input(path, None) as stream:
        try:
            return form_of(path, stream.read(SNIFFED))
        except OSError:
            return None  # taking it in will say what is wrong


def _of_container(path: str, stdin: BinaryIO | None, told: Told, runner: Runner) -> Iterator[Account | InputError]:
    try:
        stream = open_input(path, stdin)
    except InputError as error:
        yield error
        return
    try:
        yield from accounts_of_stream(path, stream, told, runner)
    finally:
        if stream is not stdin:
            stream.close()


def of_file(file: File) -> tuple[Account | InputError, ...]:
    """The accounts of a file, the errors in their places."""
    try:
        with open_input(file.path, None) as stream:
            return tuple(accounts_of_stream(file.path, stream, file.told))
    except InputError as error:
        return (error,)


def accounts_of_stream(
    path: str, stream: BinaryIO, told: Told | None = None, runner: Runner | None = None
) -> Iterator[Account | InputError]:
    """Yield the accounts of a stream at its beginning; what makes it bad as a whole is an error after them."""
    try:
        start = stream.read(SNIFFED)
        yield from accounts_in(form_of(path, start), path, start, stream, told, runner)
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(path, f"cannot be read ({error.strerror})", "check the file")
