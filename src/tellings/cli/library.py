"""What the commands of a library share: the option that names it, its filters, and rows for a terminal or as JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from tellings.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tellings.library.opened import Library

F = TypeVar("F", bound="Callable[..., Any]")

WHERE = "news.db"

option = click.option(
    "--library",
    "where",
    default=WHERE,
    envvar="TELLINGS_LIBRARY",
    show_default=True,
    metavar="FILE|URL",
    help="The library: a file, or postgresql://USER@HOST/NAME.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Write JSON to standard output, an object a line.")


def narrowing(function: F) -> F:
    """The options that narrow any list of a library: outlet and days."""
    for one in (
        click.option("--until", metavar="DAY", help="Up to this day, in it: 2026-04-02, or 2026-04."),
        click.option("--since", metavar="DAY", help="From this day on."),
        click.option("--outlet", metavar="WORDS", help="Of outlets with these words in their name."),
    ):
        function = one(function)
    return function


def choice_of(literal: object) -> click.Choice[str]:
    """The values of a Literal as a choice."""
    return click.Choice([str(one) for one in get_args(literal)])


def opened(where: str, *, create: bool = False) -> Library:
    """The library; only `add` makes one where there is none."""
    from tellings.library import open_library

    return open_library(where, create=create)


def write_json(records: Iterable[object]) -> int:
    """Write records as JSON, one a line; gives how many."""
    import msgspec

    count = 0
    for count, one in enumerate(records, start=1):  # noqa: B007 - how many is what is asked
        sys.stdout.buffer.write(msgspec.json.encode(one) + b"\n")
    return count


def day(value: str | None, option_name: str) -> str | None:
    """A day as it was written, if it is one."""
    import re

    if value is not None and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
        raise LibraryError(f"{option_name} {value}", "is no day", "write it as 2026-04-02, or 2026-04")
    return value
