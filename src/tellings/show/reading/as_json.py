"""A reading as JSON: one object an account, on one line."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from tellings.show.reading.check import check_drawn
from tellings.show.reading.layers import LAYERS, Layer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.records import Account
    from tellings.show.reading.drawn import Drawn


def to_json(drawn: Drawn, layers: Sequence[Layer] = tuple(LAYERS)) -> str:
    """Give one account's reading as a line of JSON, its layers in the order of LAYERS (docs/formats-reading.md).

    Every span is an object with `start`, `end` (code points, half-open) and `text`. Entities come with mentions.

    Raises:
        SpanError: a shown text is not the account's `text[start:end]`.

    """
    import msgspec

    check_drawn(drawn)
    data: dict[str, object] = {"account": _account(drawn.account)}
    for layer in LAYERS:
        if layer in layers:
            data[layer] = getattr(drawn, layer)
            if layer == "mentions":
                data["entities"] = drawn.entities
    return msgspec.json.encode(data).decode("utf-8") + "\n"


def _account(account: Account) -> dict[str, object]:
    """The account as in the JSON of a comparison: its original is left out, but for its path as the user named it."""
    told = {entry.name: getattr(account, entry.name) for entry in fields(account) if entry.name != "original"}
    return {**told, "path": account.original.path}
