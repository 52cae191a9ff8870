"""A reading to a sketch: what grouping keeps of an account."""

from __future__ import annotations

import math
import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from tellings.comparing.words import STOP, words
from tellings.grouping.background import background
from tellings.grouping.minhash import signs
from tellings.grouping.records import Sketch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tellings.comparing.words import Word
    from tellings.records import Account, Reading

WIDTH = 384
TERMS, NAMES, DAYS, FIGURES = 96, 40, 12, 16
"""The most of each that a sketch keeps."""
_LEAD = 1500  # code points: statements that begin there make the vector; a story's news stands in its first paragraphs
_IN_TITLE = 2  # a word of the title counts as this many in the text
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def sketch(reading: Reading, *, account: Account | None = None) -> Sketch:
    """What grouping keeps of an account.

    `account` is the whole account where only its beginning was read (which is enough: names, days, figures and the
    vector come from the first paragraphs anyway); its words and runs of words are then taken from there.
    """
    told = account or reading.account
    found = words(told.text)
    terms, weights = _terms(told, found)
    return Sketch(
        id=told.id,
        outlet=told.outlet,
        day=day_of(told.published),
        vector=_vector(reading),
        terms=terms,
        weights=weights,
        names=_names(reading),
        days=_days(reading),
        figures=_figures(reading),
        signs=signs(found),
    )


def unread(account: Account) -> Sketch:
    """What can be kept of an account that was not read: its words, runs and day; no vector, names, days or figures."""
    found = words(account.text)
    terms, weights = _terms(account, found)
    return Sketch(
        id=account.id,
        outlet=account.outlet,
        day=day_of(account.published),
        vector=np.zeros(WIDTH, dtype=np.int8),
        terms=terms,
        weights=weights,
        names=np.zeros(0, dtype=np.uint32),
        days=np.zeros(0, dtype=np.int32),
        figures=np.zeros(0, dtype=np.uint32),
        signs=signs(found),
    )


def day_of(value: str | None) -> int | None:
    """The day of an ISO date as `date.toordinal` counts it, None where there is no whole day."""
    found = _DAY.match(value or "")
    if found is None:
        return None
    try:
        return date(*map(int, found.groups())).toordinal()
    except ValueError:
        return None


def hashed(word: str) -> int:
    """A word as a number of 32 bits, the same on every machine."""
    return crc32(word.encode())


def counted(account: Account, told: Sequence[Word]) -> Counter[str]:
    """How often each stem stands in an account, `told` being its words; those of its title count twice."""
    found: Counter[str] = Counter()
    for word in told:
        if word.key not in STOP and len(word.key) > 1:
            found[word.stem] += 1
    for word in words(account.title or ""):
        if word.key not in STOP and len(word.key) > 1:
            found[word.stem] += _IN_TITLE
    return found


def _terms(account: Account, told: Sequence[Word]) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """The terms that say most of an account, by their count and how rare they are elsewhere, sorted by number."""
    found = sorted((hashed(stem), 1 + math.log(count)) for stem, count in counted(account, told).items())
    numbers = np.array([number for number, _ in found], dtype=np.uint32)
    weights = np.array([weight for _, weight in found], dtype=np.float32)
    if len(numbers) > TERMS:
        worth = weights * background().rarity(numbers)
        kept = np.sort(np.argsort(-worth, kind="stable")[:TERMS])
        numbers, weights = numbers[kept], weights[kept]
    return numbers, np.minimum(np.rint(weights * 16), 255).astype(np.uint8)


def _vector(reading: Reading) -> NDArray[np.int8]:
    """The mean vector of the statements of the beginning in 384 numbers; a narrower model's is filled up with zeros."""
    found = np.zeros(WIDTH, dtype=np.int8)
    rows = [n for n, statement in enumerate(reading.statements) if statement.span.start < _LEAD]
    if rows:
        mean = reading.vectors[rows].mean(axis=0)
        length = float(np.linalg.norm(mean))
        found[: len(mean)] = np.rint(mean * (127 / length if length else 0.0)).clip(-127, 127)
    return found


def _names(reading: Reading) -> NDArray[np.uint32]:
    """The entities with a name, most often mentioned first, hashed; the lowest bit says that it is a place."""
    text = reading.account.text
    found: Counter[int] = Counter()
    for entity in reading.entities:
        named = [n for n in entity.mentions if reading.mentions[n].form == "name"]
        if not named:
            continue
        parts = words(text, entity.name)
        if not parts:
            continue
        key = parts[-1].stem if entity.type == "PER" or len(parts) == 1 else " ".join(part.key for part in parts)
        found[(hashed(key) & ~1) | (entity.type == "LOC")] += len(entity.mentions)
    most = sorted(found, key=lambda number: (-found[number], number))[:NAMES]
    return np.array(sorted(most), dtype=np.uint32)


def _days(reading: Reading) -> NDArray[np.int32]:
    """The single days that the text tells of, in its order."""
    found: dict[int, None] = {}
    for time in reading.times:
        if time.first is not None and time.first == time.last:
            day = day_of(time.first)
            if day is not None:
                found[day] = None
    return np.array(list(found)[:DAYS], dtype=np.int32)


def _figures(reading: Reading) -> NDArray[np.uint32]:
    """Exact numbers with their units (and the last word they count), hashed."""
    text = reading.account.text
    found: dict[int, None] = {}
    for figure in reading.figures:
        if figure.low == figure.high:
            last = words(text, figure.counted)[-1:] if figure.counted else ()
            found[hashed(f"{figure.low:g} {figure.unit} {last[0].stem if last else ''}")] = None
    return np.array(sorted(list(found)[:FIGURES]), dtype=np.uint32)
