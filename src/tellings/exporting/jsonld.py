"""What the JSON-LD formats share: names for accounts, lists written item by item. Contexts are named, never fetched."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tellings.records import Account

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]

VOCABULARY = {"tellings": "urn:tellings:"}
"""Terms that no standard has begin so."""


def dumped(value: Json) -> str:
    """JSON in one line, every letter as itself."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def listed(head: dict[str, Json], name: str, items: Iterable[dict[str, Json]]) -> Iterator[str]:
    """An object with a list of items as its last member, an item a line."""
    yield dumped(head)[:-1] + f',"{name}":['
    comma = "\n"
    for item in items:
        yield comma + dumped(item)
        comma = ",\n"
    yield "\n]}\n"


def account_id(account: Account) -> str:
    """An account by its text and its id: two may have one text."""
    return f"urn:tellings:account:{account.sha256}"


def web_address(account: Account) -> str | None:
    """The account's link, where it is one that a reader may follow."""
    url = account.url
    return url if url is not None and url.startswith(("http://", "https://")) else None
