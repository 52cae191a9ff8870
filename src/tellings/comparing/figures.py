"""Every figure of the statements, with the claim it stands in, and the quantities that several accounts tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from tellings.comparing.circumstances import Sentences
from tellings.comparing.claims import Made
from tellings.comparing.quantities import Compared, Counted, compared, counted, sort_of, surely
from tellings.comparing.table import Table
from tellings.records import Excerpt, FigureUse, Quantity, QuantityPair

if TYPE_CHECKING:
    from tellings.records import Span

MOST = 40
"""How many figures of one claim or one sort are compared each with each; no claim of the gold has as many."""
EACH = 400
"""How many figures of one account are compared at all: its first; no article of the gold has as many."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A use of a figure, the account that its own is counted with, and what tells its quantity."""

    use: FigureUse
    teller: int
    counted: Counted


def figures(table: Table, made: Sequence[Made]) -> tuple[FigureUse, ...]:
    """The figures of all statements in text order; of several claims the first (the most disputed) is named."""
    claim = _claims(made)
    return tuple(_use(table, row, number, claim.get(row)) for row, number in _places(table))


def quantities(table: Table, made: Sequence[Made]) -> tuple[Quantity, ...]:
    """The quantities that at least two accounts give a figure of: those of one claim in the claims' order, then others.

    Figures that no claim joins are of one quantity only where what they count, whose and when is surely the same.
    """
    claim = _claims(made)
    placed = _placed(table, claim)
    of_claim: dict[str, list[_Placed]] = {}
    for one in placed:
        if one.use.claim is not None:
            of_claim.setdefault(one.use.claim, []).append(one)
    order = [one.claim.id for one in made]
    found = [one for name in order for one in _grouped(name, of_claim.get(name, [])[:MOST], compared)]
    taken = {(use.account, use.start) for one in found for use in one.uses}
    left = [one for one in placed if (one.use.account, one.use.start) not in taken]
    return (*found, *_across(left))


def _placed(table: Table, claim: Mapping[int, str]) -> list[_Placed]:
    """Every figure of a statement with what tells its quantity; of each account the first `EACH`."""
    cut = [Sentences(reading) for reading in table.readings]
    seen: Counter[int] = Counter()
    placed = []
    for row, number in _places(table):
        reading = table.rows[row].reading
        seen[reading] += 1
        if seen[reading] <= EACH:
            told = counted(table.readings[reading], number, float(table.day[reading]), cut[reading])
            placed.append(_Placed(_use(table, row, number, claim.get(row)), table.counted[reading], told))
    return placed


def _across(left: Sequence[_Placed]) -> Iterator[Quantity]:
    """Quantities whose figures stand in no one claim: by what they measure, and there by the account's own order."""
    sorts: dict[tuple[str, ...], list[_Placed]] = {}
    for one in left:
        if sort := sort_of(one.counted):
            sorts.setdefault(sort, []).append(one)
    for some in sorts.values():
        yield from _grouped(None, some[:MOST], surely)


def _grouped(
    claim: str | None, placed: Sequence[_Placed], compare: Callable[[Counted, Counted], Compared]
) -> Iterator[Quantity]:
    """Figures of different accounts that are of one quantity, joined, with the verdicts on each two."""
    verdicts = {
        (a, b): compare(placed[a].counted, placed[b].counted)
        for a, b in combinations(range(len(placed)), 2)
        if placed[a].teller != placed[b].teller
    }
    group = list(range(len(placed)))
    for (a, b), verdict in verdicts.items():
        if verdict.verdict != "different quantity":
            old, new = group[b], group[a]
            group = [new if one == old else one for one in group]
    for first in dict.fromkeys(group):
        members = [n for n, one in enumerate(group) if one == first]
        if len(members) > 1:
            number = {member: n for n, member in enumerate(members)}
            pairs = tuple(
                QuantityPair(number[a], number[b], verdict.verdict, verdict.why)
                for (a, b), verdict in verdicts.items()
                if a in number and b in number
            )
            yield Quantity(claim, tuple(placed[n].use for n in members), pairs)


def _claims(made: Sequence[Made]) -> dict[int, str]:
    """The first claim of each row that stands in one."""
    claim: dict[int, str] = {}
    for one in made:
        for row in one.rows:
            claim.setdefault(row, one.claim.id)
    return claim


def _places(table: Table) -> list[tuple[int, int]]:
    """Row and figure number of every figure in a statement; one that stands in two statements is taken once."""
    first: dict[tuple[int, int], int] = {}
    for n, row in enumerate(table.rows):
        for number in row.record.figures:
            first.setdefault((row.reading, number), n)
    return [(row, number) for (_, number), row in sorted(first.items())]


def _use(table: Table, row: int, number: int, claim: str | None) -> FigureUse:
    record = table.rows[row].record
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
        voice="quoted" if record.voice or record.quoted else "own",
        counted=_excerpt(table, row, figure.counted) if figure.counted else None,
    )


def _excerpt(table: Table, row: int, span: Span) -> Excerpt:
    account = table.readings[table.rows[row].reading].account
    return Excerpt(account.id, span.start, span.end, account.text[span.start : span.end])
