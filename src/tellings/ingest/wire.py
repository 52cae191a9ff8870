"""Wire copy: ninjs (JSON) and NewsML-G2 (XML), told apart by their first bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.ingest.newsml import accounts_of_newsml
from tellings.ingest.ninjs import accounts_of_ninjs, is_ninjs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.errors import InputError
    from tellings.records import Account

__all__ = ["accounts_of_newsml", "accounts_of_ninjs", "accounts_of_wire", "is_newsml", "is_ninjs"]


def is_newsml(start: bytes) -> bool:
    """Tell whether a document's first bytes (some thousands) are those of NewsML-G2."""
    plain = start.replace(b"\0", b"")  # UTF-16 has the same letters
    return b"<" in plain[:4] and (b"<newsItem" in plain or b"<newsMessage" in plain or b":newsItem" in plain)


def accounts_of_wire(path: str, data: bytes) -> Iterator[Account | InputError]:
    """Yield the accounts of wire copy in either form."""
    return accounts_of_newsml(path, data) if is_newsml(data[:4096]) else accounts_of_ninjs(path, data)
