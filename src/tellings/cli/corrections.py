"""What the commands share that take corrections: where they come from, and saying what became of them."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tellings.cli.say import say
from tellings.errors import InputError

if TYPE_CHECKING:
    from tellings.correcting.records import Correction, Outcome
    from tellings.records import Comparison

_SQLITE = b"SQLite format 3\x00"

option = click.option(
    "--corrections",
    "corrected",
    metavar="FILE|LIBRARY",
    help="Hold to what people put right: JSONL as `tellings correct export` writes it, or a library.",
)


def is_library(where: str) -> bool:
    """Whether corrections come out of a library, not a JSONL file."""
    if "://" in where:
        return True
    path = Path(where)
    return path.is_file() and path.open("rb").read(len(_SQLITE)) == _SQLITE


def corrections_at(where: str | None) -> list[Correction]:
    """The corrections of a file or a library; a line that is none is said and left out.

    Raises:
        InputError: when the file cannot be read.
        LibraryError: when the library cannot be.

    """
    if where is None:
        return []
    if is_library(where):
        from tellings.library import open_library

        with open_library(where, create=False) as library:
            return library.corrections()
    found, problems = lines_of(where)
    for problem in problems:
        say(f"left out {problem}")
    return found


def lines_of(where: str) -> tuple[list[Correction], list[InputError]]:
    """The corrections in a JSONL file (- for standard input), and what is wrong with its other lines.

    Raises:
        InputError: when the file cannot be read.

    """
    from tellings.correcting.lines import from_lines

    try:
        data = sys.stdin.buffer.read() if where == "-" else Path(where).read_bytes()
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(where, f"the corrections cannot be read ({error})", "give a UTF-8 file of JSONL") from error
    found: list[Correction] = []
    problems: list[InputError] = []
    for one in from_lines(text.split("\n"), where):
        if isinstance(one, InputError):
            problems.append(one)
        else:
            found.append(one)
    return found, problems


def tell_conflict(one: Outcome) -> None:
    """Say on stderr which correction does not hold in a reading and why."""
    say(f"correction {one.correction.key} ({one.correction.kind}) does not hold: {one.why}")


def told(comparison: Comparison, where: str) -> Comparison:
    """The comparison; says on stderr how many corrections hold, and of each other why it does not.

    Those of a library that are of other texts are no news, and are left out: `tellings correct list` has them.
    """
    found = comparison.corrections
    if is_library(where):
        found = tuple(one for one in found if one.status != "not here")
    for one in found:
        if one.status != "applied":
            say(f"correction {one.key} ({one.kind}) does not hold: {one.why}")
    held = sum(one.status == "applied" for one in found)
    say(f"{held} of {len(found)} corrections hold")
    return replace(comparison, corrections=found)
