"""Hostile documents made of good ones, each by a number: the same number makes the same bytes."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from tests.fuzz.seeds import SHAPES

if TYPE_CHECKING:
    from collections.abc import Callable

_LARGEST = 40_000
_GAP = re.compile(rb"(?<=[a-z.,]) (?=[a-z][^<>]*<)")


def hostile(form: str, number: int) -> bytes:
    """The hostile document of a form with this number."""
    dice = random.Random(f"{form} {number}")
    shape = SHAPES[form]
    data = bytearray(dice.choice(shape.seeds))
    ways = _GENTLE if form.startswith("whole") else _WAYS
    for _ in range(dice.choice((1, 1, 2, 3, 6, 12))):
        dice.choice(ways)(dice, data, shape.marks)
        del data[_LARGEST:]
    return shape.packed(bytes(data))


def _between(dice: random.Random, data: bytearray, marks: tuple[bytes, ...]) -> None:
    """A mark between two words outside tags, where it breaks no markup."""
    places = [found.start() for found in _GAP.finditer(data)]
    if places:
        at = dice.choice(places)
        data[at:at] = dice.choice(marks) * dice.choice((1, 1, 1, 3, 40))


def _place(dice: random.Random, data: bytearray) -> tuple[int, int]:
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + int(dice.paretovariate(0.5)) % 4_000)


def _put(dice: random.Random, data: bytearray, marks: tuple[bytes, ...]) -> None:
    at = dice.randrange(len(data) + 1)
    data[at:at] = dice.choice(marks)


def _repeat(dice: random.Random, data: bytearray, marks: tuple[bytes, ...]) -> None:
    at = dice.randrange(len(data) + 1)
    data[at:at] = dice.choice(marks) * dice.choice((3, 40, 400))


def _replace(dice: random.Random, data: bytearray, marks: tuple[bytes, ...]) -> None:
    start, end = _place(dice, data)
    data[start:end] = dice.choice(marks)


def _leave_out(dice: random.Random, data: bytearray, _: tuple[bytes, ...]) -> None:
    start, end = _place(dice, data)
    del data[start:end]


def _double(dice: random.Random, data: bytearray, _: tuple[bytes, ...]) -> None:
    start, end = _place(dice, data)
    data[end:end] = data[start:end] * dice.choice((1, 2, 30))


def _move(dice: random.Random, data: bytearray, _: tuple[bytes, ...]) -> None:
    start, end = _place(dice, data)
    taken = data[start:end]
    del data[start:end]
    at = dice.randrange(len(data) + 1)
    data[at:at] = taken


def _turn_bits(dice: random.Random, data: bytearray, _: tuple[bytes, ...]) -> None:
    for _ in range(dice.choice((1, 4, 30))):
        if data:
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def _noise(dice: random.Random, data: bytearray, _: tuple[bytes, ...]) -> None:
    start, end = _place(dice, data)
    data[start:end] = dice.randbytes(dice.choice((1, 5, 60)))


def _cut(dice: random.Random, data: bytearray, _: tuple[bytes, ...]) -> None:
    del data[dice.randrange(len(data) + 1) :]


def _other(dice: random.Random, data: bytearray, _: tuple[bytes, ...]) -> None:
    """A stretch of a document of another form."""
    at = dice.randrange(len(data) + 1)
    data[at:at] = dice.choice(SHAPES[dice.choice(sorted(SHAPES))].seeds)[: dice.choice((20, 300, 3_000))]


_WAYS: tuple[Callable[[random.Random, bytearray, tuple[bytes, ...]], None], ...] = (
    _put, _put, _repeat, _replace, _leave_out, _double, _move, _turn_bits, _noise, _cut, _other,
)  # fmt: skip
_GENTLE = (_between,) * 12 + (_put, _leave_out)
