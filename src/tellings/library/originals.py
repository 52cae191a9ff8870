"""The bytes of accounts' originals, from where they were taken in."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tellings.records import Account


def from_paths(account: Account) -> bytes | None:
    """An original's bytes from its file, None where they are not there (any more).

    So it is for standard input, for links, and for parts of archives and mails, whose bytes are no stretch of a file.
    """
    original = account.original
    try:
        with open(original.path, "rb") as file:  # noqa: PTH123 - a path may be any name the user gave
            file.seek(original.offset)
            data = file.read(original.size)
    except (OSError, ValueError):
        return None
    return data if hashlib.sha256(data).hexdigest() == original.sha256 else None
