"""Accounts in the order they may be taken to have arrived."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.records import Account

if TYPE_CHECKING:
    from tellings.fetching import Settings


def arrived(
    inputs: Iterable[str | Path], *, on_problem: Callable[[InputError], None], fetching: Settings | None = None
) -> list[Account]:
    """The accounts of some inputs by their dates, undated ones last; so the order of the inputs does not matter."""
    from tellings.ingest import ingest

    accounts = []
    for found in ingest(inputs, stdin=sys.stdin.buffer, fetching=fetching):
        if isinstance(found, InputError):
            on_problem(found)
        else:
            accounts.append(found)
    return sorted(accounts, key=lambda one: (one.published or "9999", one.id))
