"""Documents that grow: a stretch that means something to a form's parser, put down as often as a size asks for."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.fuzz.holds import accounts_and_errors
from tests.fuzz.seeds import SHAPES

if TYPE_CHECKING:
    from collections.abc import Callable


def grown(form: str, mark: bytes, size: int) -> bytes:
    """A document of a form with so many bytes of one mark after another in its middle."""
    shape = SHAPES[form]
    seed = shape.seeds[0]
    half = seed.find(b" ", len(seed) // 2) + 1 or len(seed) // 2
    return shape.packed(seed[:half] + mark * (size // len(mark)) + seed[half:])


def seconds(form: str, data: bytes) -> float:
    """Seconds of this process that taking it in costs."""
    return _seconds(lambda: accounts_and_errors(SHAPES[form].name, data))


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
