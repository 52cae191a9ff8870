"""Every figure of the statements, with the claim it stands in."""

from __future__ import annotations

from collections.abc import Sequence

from tellings.comparing.claims import Made
from tellings.comparing.table import Table
from tellings.records import FigureUse


def figures(table: Table, made: Sequence[Made]) -> tuple[FigureUse, ...]:
    """The figures of all statements in text order; of several claims the first (the most disputed) is named."""
    claim: dict[int, str] = {}
    for one in made:
        for row in one.rows:
            claim.setdefault(row, one.claim.id)
    return tuple(_use(table, row, number, claim.get(row)) for row, number in _places(table))


def _places(table: Table) -> list[tuple[int, int]]:
    """Row and figure number of every figure in a statement; one that stands in two statements is taken once."""
    first: dict[tuple[int, int], int] = {}
    for n, row in enumerate(table.rows):
        for number in row.record.figures:
            first.setdefault((row.reading, number), n)
    return [(row, number) for (_, number), row in sorted(first.items())]


def _use(table: Table, row: int, number: int, claim: str | None) -> FigureUse:
    reading = table.readings[table.rows[row].reading]
    figure = reading.figures[number]
    start, end = figure.span
    return FigureUse(
        account=reading.account.id,
        start=start,
        end=end,
        text=reading.account.text[start:end],
        low=figure.low,
        high=figure.high,
        unit=figure.unit,
        bound=figure.bound,
        claim=claim,
    )
