"""What stands in a folder of shards, read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tellings.coding import decode, decode_account
from tellings.errors import InputError
from tellings.run.markers import markers_in
from tellings.shards.table import columns_of, needs_tables

if TYPE_CHECKING:
    from tellings.records import Account, Reading

T = TypeVar("T")


def readings_in(folder: Path) -> Iterator[Reading | InputError]:
    """Yield the readings in a folder that `write` made, shard by shard; a damaged shard is an InputError in its place.

    They have no word pieces unless they were written with them. Raises InputError where the folder holds none.
    """
    return _in(folder, "readings", "reading", decode)


def accounts_in(folder: Path) -> Iterator[Account | InputError]:
    """Yield the accounts in a folder that `write` made, as `readings_in` does readings."""
    return _in(folder, "accounts", "account", decode_account)


def _in(folder: Path, kind: str, column: str, decoded: Callable[..., T]) -> Iterator[T | InputError]:
    needs_tables()
    found = False
    for marker in markers_in(folder):
        if marker.made.kind == kind:
            found = True
            try:
                for row in columns_of(folder / marker.file, "id", column):
                    yield decoded(row[column], about=f"{folder / marker.file} ({row['id']})")
            except InputError as error:
                yield error
    if not found:
        raise InputError(str(folder), f"holds no {kind}", f"make them with `tellings ... -o {folder}`")
