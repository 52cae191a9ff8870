"""A figure on a number line: a dot at its value, a line towards what its bound leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.page.html import Html, el

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.records import FigureUse

_WIDTH, _HEIGHT, _EDGE = 240, 14, 8


def number_line(use: FigureUse, uses: Sequence[FigureUse]) -> Html:
    """Draw one figure on the scale of all `uses` (pixels; the least and the greatest value at the edges)."""
    low = min(other.low for other in uses)
    high = max(other.high for other in uses)
    left, right = (_place(value, low, high) for value in (use.low, use.high))
    middle = _HEIGHT // 2
    # What a bound leaves open runs to the edge of the drawing, past every value.
    first = 0 if use.bound == "at most" else left
    last = _WIDTH if use.bound == "at least" else right
    shapes = [el("line", x1=0, x2=_WIDTH, y1=middle, y2=middle, class_="axis")]
    if first != last:
        shapes.append(el("line", x1=first, x2=last, y1=middle, y2=middle, class_="open"))
    dot = "about" if use.bound == "about" else "dot"
    shapes += [el("circle", cx=x, cy=middle, r=4, class_=dot) for x in dict.fromkeys((left, right))]
    return el("svg", *shapes, width=_WIDTH, height=_HEIGHT, class_="number-line", aria_hidden="true")


def _place(value: float, low: float, high: float) -> int:
    if high == low:
        return _WIDTH // 2
    return round(_EDGE + (value - low) / (high - low) * (_WIDTH - 2 * _EDGE))
