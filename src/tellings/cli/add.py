"""`tellings add`: read accounts and keep them in a library."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tellings.cli import library as shared
from tellings.cli.compare import process_count, tell
from tellings.cli.intake import Intake, takes_in
from tellings.cli.say import say
from tellings.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tellings.library.opened import Library
    from tellings.records import Account, Reading

_ASKED = 200  # accounts of which it is asked at once whether the library has them


@click.command("add")
@click.argument("inputs", nargs=-1, required=True, metavar="FILE...")
@shared.option
@click.option("--no-originals", is_flag=True, help="Leave the original bytes where they are; keep their hashes alone.")
@click.option(
    "--processes", type=click.IntRange(1), default=None, help="Processes to read in (default: by size, 1 or 2)."
)
@click.option("--json", "as_json", is_flag=True, help="Say as JSON on standard output what was added.")
@takes_in
def command(  # noqa: PLR0913 - each is an option of the command
    inputs: tuple[str, ...], where: str, no_originals: bool, processes: int | None, as_json: bool, intake: Intake
) -> None:
    """Read FILEs and keep them in a library, made where there is none.

    FILE is whatever `tellings compare` takes. What the library has already is not read again, so that a run that was
    stopped is finished by the same command. Exit code 2 when nothing could be taken in.
    """
    from tellings.library.originals import from_paths
    from tellings.library.records import Added

    count = processes or process_count(inputs)
    total, seen = Added(), _Seen()
    with shared.opened(where, create=True) as library:
        readings = _readings(library, _groups(inputs, intake), count, seen)
        for one in library.add_steps(readings, originals=None if no_originals else from_paths, on_refused=tell):
            total = Added(total.new + one.new, total.known + one.known, total.refused + one.refused)
            _progress(total.new, seen)
        total = Added(total.new, total.known + seen.known, total.refused)
        if as_json:
            shared.write_json([total])
        say(f"{total.new} added to {library.name}, {total.known} already there")
    if total.new + total.known == 0:
        sys.exit(2)


class _Seen:
    """How many accounts were met so far, and how many of them the library had."""

    def __init__(self) -> None:
        self.accounts = 0
        self.known = 0


def _readings(library: Library, groups: Iterable[list[Account]], processes: int, seen: _Seen) -> Iterator[Reading]:
    """Readings of the accounts that the library does not have; what cannot be taken in is said and left out."""
    from tellings.api import read

    for group in groups:
        known = library.known([one.sha256 for one in group])
        new = [one for one in group if one.sha256 not in known]
        seen.accounts += len(group)
        seen.known += len(group) - len(new)
        if new:
            yield from read(new, on_problem=tell, processes=min(processes, len(new)))


def _groups(inputs: tuple[str, ...], intake: Intake) -> Iterator[list[Account]]:
    from tellings.ingest import guard, ingest

    group: list[Account] = []
    fetching = intake.fetching(inputs)
    with guard(inputs) as runner:
        for one in ingest(inputs, stdin=sys.stdin.buffer, fetching=fetching, columns=intake.columns, runner=runner):
            if isinstance(one, InputError):
                tell(one)
                continue
            group.append(one)
            if len(group) == _ASKED:
                yield group
                group = []
    if group:
        yield group


def _progress(new: int, seen: _Seen) -> None:
    """One line that counts on, where a person watches."""
    if sys.stderr.isatty():
        click.echo(f"\rtellings: {new} added, {seen.known} already there", err=True, nl=False)
        click.echo("\r", err=True, nl=False)
