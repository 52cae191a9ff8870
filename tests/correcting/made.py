"""Corrections of invented accounts, made by naming the words they are about."""

from __future__ import annotations

from typing import Any

from tellings.correcting.anchors import anchor_of
from tellings.correcting.making import make
from tellings.correcting.records import Anchor, Correction, Kind
from tellings.records import Account, Reading, Span


def at(one: Reading | Account, words: str, number: int = 0) -> Anchor:
    """The anchor of the words where they stand for the first time, or for a later one."""
    text = (one.account if isinstance(one, Reading) else one).text
    start = -1
    for _ in range(number + 1):
        start = text.index(words, start + 1)
    return anchor_of(text, Span(start, start + len(words)))


def says(
    second: int,
    kind: Kind,
    first: Anchor,
    other: Anchor | None = None,
    value: str | None = None,
    author: str = "Ines",
    **more: Any,
) -> Correction:
    """A correction made so many seconds after midnight."""
    return make(kind, first, other, value, author=author, made=f"2030-05-01T00:00:{second:02}Z", **more)
