"""Loaded wording of every account, in whose voice, and the claim it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from tellings.comparing.claims import Made
from tellings.comparing.table import Table
from tellings.records import Reading, Span, Wording


def wording(table: Table, made: Sequence[Made]) -> tuple[Wording, ...]:
    """Every loaded stretch by account and place; of several claims the first (the most disputed) is named.

    What other accounts say instead are their appearances of that claim.
    """
    claim: dict[int, str] = {}
    for one in made:
        for row in one.rows:
            claim.setdefault(row, one.claim.id)
    rows = [_by_sentence(table, number, claim) for number in range(len(table.readings))]
    return tuple(
        Wording(
            account=reading.account.id,
            start=one.span.start,
            end=one.span.end,
            text=reading.account.text[one.span.start : one.span.end],
            score=one.score,
            voice="quoted" if one.quoted else "own",
            claim=_claim(table, reading, one.span, rows[number], claim),
        )
        for number, reading in enumerate(table.readings)
        for one in sorted(reading.wording, key=lambda one: one.span)
    )


def _by_sentence(table: Table, number: int, claim: dict[int, str]) -> dict[int, list[int]]:
    """The rows of an account that are in some claim, by their sentence."""
    found: dict[int, list[int]] = defaultdict(list)
    for row in range(int(table.first[number]), int(table.first[number + 1])):
        if row in claim:
            found[table.rows[row].record.sentence].append(row)
    return found


def _claim(table: Table, reading: Reading, span: Span, rows: dict[int, list[int]], claim: dict[int, str]) -> str | None:
    """The claim of the shortest statement that holds a stretch, or else of one that overlaps it."""
    sentence = bisect_right(reading.sentences, (span.start, len(reading.account.text))) - 1
    near = [row for row in rows.get(sentence, ()) if _shared(table.rows[row].record.span, span) > 0]
    if not near:
        return None
    size = span.end - span.start

    def key(row: int) -> tuple[bool, int, int]:
        held = table.rows[row].record.span
        return _shared(held, span) < size, held.end - held.start, row

    return claim[min(near, key=key)]


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)
