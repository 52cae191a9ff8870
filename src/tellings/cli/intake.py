"""Options on what is taken in, the same for all commands: columns of tables, and how links are fetched."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tellings.fetching import Settings
    from tellings.ingest import Columns

_T = TypeVar("_T")
_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Intake:
    """What the options say: the columns of tables, the cache folder, seconds between requests, bytes of a page.

    None where an option is not given.
    """

    columns: Columns | None = None
    cache: Path | None = None
    delay: float | None = None
    limit: int | None = None

    def fetching(self, inputs: Iterable[str]) -> Settings | None:
        """Settings for the links among some inputs; None where there is none, so that nothing of fetching is loaded."""
        from tellings.ingest.files import is_link

        if not any(map(is_link, inputs)):
            return None
        from tellings.fetching import Settings, usual_folder

        settings = Settings(cache=self.cache or usual_folder(os.environ, sys.platform))
        if self.delay is not None:
            settings = replace(settings, delay=self.delay)
        return settings if self.limit is None else replace(settings, limit=self.limit)


def takes_in(command: Callable[..., _T]) -> Callable[..., _T]:
    """Give a command the options on what is taken in, handed to it as one `intake`."""

    @click.option(
        "--columns",
        callback=_columns,
        multiple=True,
        metavar="THING=COLUMN,...",
        help="Which columns of tables, or members of JSONL, hold what: text=body,title=headline,published=day.",
    )
    @click.option("--cache", type=click.Path(file_okay=False, path_type=Path), help="Keep what links lead to here.")
    @click.option("--delay", type=click.FloatRange(0.0, 3600.0), help="Seconds between two requests to one host (1).")
    @click.option("--limit", type=click.FloatRange(0.001, 1024.0), help="Most megabytes of a page of a link (10).")
    @functools.wraps(command)
    def taking(
        *given: object,
        columns: Columns | None,
        cache: Path | None,
        delay: float | None,
        limit: float | None,
        **more: object,
    ) -> _T:
        most = None if limit is None else int(limit * _MB)
        return command(*given, intake=Intake(columns, cache, delay, most), **more)

    return taking


def _columns(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> Columns | None:
    """Make columns of what is given; anything else is a usage error that names the things there are."""
    from tellings.errors import InputError
    from tellings.ingest.columns import columns_of

    if not value:
        return None
    try:
        return columns_of(",".join(value))
    except InputError as error:
        raise click.BadParameter(str(error), ctx, param) from error
