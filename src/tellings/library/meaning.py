"""All statements' codes of a library in memory, kept up with what is added, and the search among them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import select

from tellings.errors import LibraryError
from tellings.library import schema
from tellings.library.codes import WIDTH, coarse, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from sqlalchemy import Connection

Near = tuple[int, int, float]
"""An account, the number of its statement, and how near it is."""


class Meanings:
    """The codes of all statements, 64 bytes each in memory; loaded at the first search, then only what is new."""

    def __init__(self) -> None:
        self._accounts = np.zeros(0, dtype=np.int64)
        self._numbers = np.zeros(0, dtype=np.int64)
        self._codes = np.zeros((0, WIDTH), dtype=np.uint8)
        self._coarse = np.zeros((4, 0), dtype=np.uint64)
        self._last = 0

    def of(self, connection: Connection) -> Meanings:
        """The same, with all that a connection sees."""
        table = schema.vectors.c
        query = select(table.account, table.codes).where(table.account > self._last).order_by(table.account)
        rows = connection.execute(query).all()
        if not rows:
            return self
        counts = np.asarray([len(one) // WIDTH for _, one in rows], dtype=np.int64)
        found = np.frombuffer(b"".join(one for _, one in rows), dtype=np.uint8).reshape(-1, WIDTH)
        starts = np.repeat(np.cumsum(counts) - counts, counts)
        accounts = np.repeat(np.asarray([one for one, _ in rows], dtype=np.int64), counts)
        self._accounts = np.concatenate([self._accounts, accounts])
        self._numbers = np.concatenate([self._numbers, np.arange(len(found)) - starts])
        self._codes = np.concatenate([self._codes, found])
        self._coarse = np.concatenate([self._coarse, coarse(found)], axis=1)
        self._last = rows[-1][0]
        return self

    def nearest(
        self, vector: NDArray[np.float32], count: int, *, among: Sequence[tuple[int, int | None]] | None = None
    ) -> list[Near]:
        """The statements nearest to a vector of unit length, best first; `among` accounts (None) or statements."""
        rows, scores = nearest(
            vector, self._codes, self._coarse, count, among=None if among is None else self._rows(among)
        )
        return [
            (int(self._accounts[row]), int(self._numbers[row]), float(score))
            for row, score in zip(rows, scores, strict=True)
        ]

    def _rows(self, among: Sequence[tuple[int, int | None]]) -> NDArray[np.int64]:
        if not among:
            return np.zeros(0, dtype=np.int64)
        if among[0][1] is None:
            return np.flatnonzero(np.isin(self._accounts, np.asarray([one for one, _ in among])))
        width = 1 << 32
        asked = np.asarray([one * width + (number or 0) for one, number in among], dtype=np.int64)
        return np.flatnonzero(np.isin(self._accounts * width + self._numbers, asked))


def places(found: Iterable[Near]) -> dict[int, list[int]]:
    """The numbers of statements by account."""
    by: dict[int, list[int]] = defaultdict(list)
    for account, number, _ in found:
        by[account].append(number)
    return by


def vector_of(words: str) -> NDArray[np.float32]:
    """The vector of some words by the shipped model: the mean of what they state, of unit length.

    Raises:
        LibraryError: where they state nothing.

    """
    from tellings.reading import read
    from tellings.records import Account, Original

    reading = (
        next(read([Account("asked", words, "", Original("asked", "", 0, "utf-8"))]), None) if words.strip() else None
    )
    mean = reading.vectors.sum(axis=0) if reading is not None and len(reading.vectors) else np.zeros(1, np.float32)
    length = float(np.linalg.norm(mean))
    if length == 0:
        raise LibraryError("the meaning searched", "states nothing", "give a sentence, such as “the bridge was closed”")
    unit: NDArray[np.float32] = (mean / length).astype(np.float32)
    return unit
