"""Values with their bounds, on one scale: do two of them leave room for one truth?

Lengths, weights and times are brought to one unit each, shares to percent. A value told with fewer digits is taken as
rounded: 700 and 716, 1.2 and 1.23 billion are one value. "About" leaves a tenth up and down.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from tellings.records import Bound, Figure

SLACK = 0.1
"""How far "about" may be off, as a part of the value."""
_DIGITS = 2
"""Rounding is believed of values with at most this many digits that are not zero."""
_SCALES: dict[str, tuple[str, float]] = {
    "share": ("%", 100.0), "kilometer": ("meter", 1e3), "mile": ("meter", 1609.344), "yard": ("meter", 0.9144),
    "foot": ("meter", 0.3048), "inch": ("meter", 0.0254), "centimeter": ("meter", 0.01), "meter": ("meter", 1.0),
    "kilogram": ("gram", 1e3), "pound": ("gram", 453.592), "ounce": ("gram", 28.3495), "ton": ("gram", 1e6),
    "gram": ("gram", 1.0), "second": ("second", 1.0), "minute": ("second", 60.0), "hour": ("second", 3600.0),
    "day": ("second", 86400.0), "week": ("second", 604800.0), "month": ("second", 2629800.0),
    "year": ("second", 31557600.0), "decade": ("second", 315576000.0),
}  # fmt: skip


class Amount(NamedTuple):
    """A value or a range in its basic unit."""

    low: float
    high: float
    unit: str
    bound: Bound


def amount(figure: Figure) -> Amount:
    """The amount of a figure in the basic unit of its measure."""
    unit, factor = _SCALES.get(figure.unit, (figure.unit, 1.0))
    return Amount(figure.low * factor, figure.high * factor, unit, figure.bound)


def meet(one: Amount, other: Amount) -> bool:
    """Whether two amounts of one unit leave room for one truth: equal, rounded, or ranges and bounds that meet."""
    low, high = _room(one)
    other_low, other_high = _room(other)
    if low <= other_high + _tiny(other_high) and other_low <= high + _tiny(high):
        return True
    if one.low != one.high or other.low != other.high:
        return False
    return _rounds(one, other) or _rounds(other, one)


def _room(one: Amount) -> tuple[float, float]:
    slack = SLACK * abs(one.high) if one.bound == "about" else 0.0
    low = -math.inf if one.bound == "at most" else one.low - slack
    high = math.inf if one.bound == "at least" else one.high + slack
    return low, high


def _tiny(value: float) -> float:
    """What arithmetic may lose of a value."""
    return 0.0 if math.isinf(value) else 1e-9 * max(1.0, abs(value))


def _rounds(short: Amount, full: Amount) -> bool:
    """Whether one value is the other with fewer digits: from 100 on, or with a magnitude, or by digits of a percent."""
    if short.unit != full.unit or short.low == 0 or full.low == 0 or (abs(short.low) < 100 and short.unit != "%"):
        return False
    digits = significant(short.low)
    if digits >= significant(full.low) or digits > _DIGITS:
        return False
    return math.isclose(rounded(full.low, digits), short.low, rel_tol=1e-9)


def significant(value: float) -> int:
    """How many digits of a value tell something: 1 of 700, 3 of 716, 3 of 1.23 billion."""
    digits = f"{abs(value):.12g}"
    mantissa = digits.partition("e")[0].replace(".", "").lstrip("0")
    return max(1, len(mantissa.rstrip("0")))


def rounded(value: float, digits: int) -> float:
    """A value with so many digits."""
    return float(f"{value:.{max(0, digits - 1)}e}")
