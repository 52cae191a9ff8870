"""Accounts in the order they may be taken to have arrived."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.records import Account

if TYPE_CHECKING:
    from tellings.cli.intake import Intake


def arrived(inputs: Iterable[str], *, on_problem: Callable[[InputError], None], intake: Intake) -> list[Account]:
    """The accounts of some inputs by their dates, undated ones last; so the order of the inputs does not matter."""
    from tellings.ingest import guard, ingest

    accounts, given = [], list(inputs)
    fetching = intake.fetching(given)
    with guard(given) as runner:
        for found in ingest(given, stdin=sys.stdin.buffer, fetching=fetching, columns=intake.columns, runner=runner):
            if isinstance(found, InputError):
                on_problem(found)
            else:
                accounts.append(found)
    return sorted(accounts, key=lambda one: (one.published or "9999", one.id))
