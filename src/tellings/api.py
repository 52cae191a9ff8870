"""What a program calls: from paths or accounts to readings and to a comparison."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tellings.errors import InputError, NothingToCompareError
from tellings.records import Account, Comparison, InputFile, Reading

if TYPE_CHECKING:
    from tellings.comparing.judge import Judge
    from tellings.correcting import Correction, Outcome
    from tellings.fetching import Settings
    from tellings.ingest import Columns

Input: TypeAlias = str | Path | Account
OnProblem: TypeAlias = Callable[[InputError], None]
OnConflict: TypeAlias = "Callable[[Outcome], None]"


class InputWarning(UserWarning):
    """An input was left out; the message names it, says why and what to do."""


def read(  # noqa: PLR0913 - each is something a caller may say
    inputs: Input | Iterable[Input],
    *,
    on_problem: OnProblem | None = None,
    processes: int = 1,
    fetching: Settings | None = None,
    columns: Columns | None = None,
    corrections: Iterable[Correction] = (),
    on_conflict: OnConflict | None = None,
) -> Iterator[Reading]:
    """Read accounts given as paths, links or `Account` records, one reading each, in order.

    Paths are files of any form that `tellings.ingest` knows, folders, or `-`. A link (a string that begins with http://
    or https://) is fetched as `fetching` says; nothing else is. `columns` say which columns of a table, or members
    of JSONL, hold what (`tellings.Columns(text="body", title="headline")`).

    Offsets in a reading are code points of its account's text, half-open. A bad input is given to `on_problem`
    (by default it becomes an InputWarning) and the others are still read. With `processes` above 1 the reading is
    spread over processes beside; the result is the same. What others wrote is parsed in a process of its own, whose
    time and memory are bounded; a few plain texts are taken in here.

    `corrections` of merged and split entities and of speakers hold in every reading of their text; those of it that do
    not hold are given to `on_conflict` (by default each becomes an InputWarning).

    Raises:
        ModelError: when the shipped model cannot be loaded.

    """
    tell = on_problem or _warn
    readings = _read(_accounts(inputs, tell, fetching, columns, processes), tell, processes)
    said = tuple(corrections)
    return _corrected(readings, said, on_conflict or _warn_of) if said else readings


def _corrected(
    readings: Iterable[Reading], corrections: tuple[Correction, ...], on_conflict: OnConflict
) -> Iterator[Reading]:
    from tellings.correcting import corrected

    for reading in readings:
        made = corrected(reading, corrections)
        for conflict in made.conflicts:
            on_conflict(conflict)
        yield made.reading


def compare(  # noqa: PLR0913 - each is something a caller may say
    inputs: Iterable[Input],
    *,
    on_problem: OnProblem | None = None,
    processes: int = 1,
    judge: Judge | None = None,
    outlets: Path | None = None,
    fetching: Settings | None = None,
    columns: Columns | None = None,
    corrections: Iterable[Correction] = (),
) -> Comparison:
    """Compare the accounts of one story, given as paths, links or `Account` records, as `read` takes them.

    The result holds only stretches of the accounts' own texts (code points, half-open). It does not depend on the
    order of the inputs or on `processes`. A bad input is given to `on_problem` (by default it becomes an
    InputWarning) and the others are still compared. A `judge` (`tellings.judging.judge_at`) is asked about the pairs of
    statements that the shipped scorer doubts; with one, the result also hangs on what it answers. `outlets` is a file
    of more outlets, in the form of the package's own `outlets.tsv`. `corrections` (`tellings.correcting`) hold whatever
    the program finds; the comparison's `corrections` say of each whether it holds, and why not.

    Raises:
        NothingToCompareError: when fewer than two accounts are left.
        ModelError: when the shipped model cannot be loaded.
        JudgeError: when the judge fails altogether.
        InputError: when the file of outlets cannot be read.

    """
    from importlib.metadata import version

    from tellings.comparing import compare as stage
    from tellings.comparing.outlets import known_besides
    from tellings.manifests import said
    from tellings.reading.model import model_name

    given = read(inputs, on_problem=on_problem, processes=processes, fetching=fetching, columns=columns)
    readings = list(given)
    if len(readings) < 2:
        about = readings[0].account.original.path if readings else "the inputs"
        problem = "is the only account that could be read" if readings else "hold no account that could be read"
        raise NothingToCompareError(about, problem, "name at least two different accounts of one event")
    inputs_named = sorted((r.account.original.path, r.account.sha256) for r in readings)
    made = stage(
        readings,
        version=version("tellings"),
        model=model_name(),
        inputs=tuple(InputFile(path, sha256) for path, sha256 in inputs_named),
        judge=judge,
        outlets=None if outlets is None else known_besides(outlets),
        corrections=corrections,
    )
    settings = (*made.manifest.settings, *said(columns, outlets))
    return replace(made, manifest=replace(made.manifest, settings=settings))


def _read(accounts: Iterator[Account], on_problem: OnProblem, processes: int) -> Iterator[Reading]:
    from tellings.run import Failure, runner

    with runner(processes) as running:
        for found in running.map(_read_one, accounts):
            if isinstance(found, Failure):
                about = found.item.original.path
                problem = InputError(about, f"cannot be read: {found.problem}", "leave it out, and tell us")
                if found.traceback:
                    problem.add_note(found.traceback)
                on_problem(problem)
            else:
                yield found


def _read_one(account: Account) -> Reading:
    """One reading by the shipped model; a plain function so that other processes can import it."""
    from tellings.reading import read as stage

    return next(stage([account]))


def _accounts(
    inputs: Input | Iterable[Input],
    on_problem: OnProblem,
    fetching: Settings | None,
    columns: Columns | None,
    processes: int,
) -> Iterator[Account]:
    """The accounts given as records, then those of the paths: in one go, so that copies are known."""
    import sys

    from tellings.ingest import guard, ingest

    given = [inputs] if isinstance(inputs, str | Path | Account) else list(inputs)
    yield from (one for one in given if isinstance(one, Account))
    paths = [one for one in given if not isinstance(one, Account)]
    if not paths:
        return
    with guard(paths, processes) as runner:
        for found in ingest(paths, stdin=sys.stdin.buffer, fetching=fetching, columns=columns, runner=runner):
            if isinstance(found, InputError):
                on_problem(found)
            else:
                yield found


def _warn(problem: InputError) -> None:
    warnings.warn(str(problem), InputWarning, stacklevel=3)


def _warn_of(conflict: Outcome) -> None:
    warnings.warn(f"correction {conflict.correction.key} does not hold: {conflict.why}", InputWarning, stacklevel=3)
