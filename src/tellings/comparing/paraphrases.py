"""What one account quotes and another tells in words of its own, of the same person and in the same claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tellings.comparing.claims import Made
from tellings.comparing.origins import rest
from tellings.comparing.speakers import same_speaker
from tellings.comparing.table import Row, Table
from tellings.records import Excerpt, Quote, QuoteAppearance, Span

_TELLS_ALIKE = ("agree", "narrower")
SURE = 0.6
"""The score from which two statements surely tell alike."""
LEAST_WORDS = 4


def paraphrases(table: Table, made: Sequence[Made], found: Sequence[Quote]) -> tuple[Quote, ...]:
    """Quotations of one account beside where others tell them in indirect speech, in text order.

    Both must be given to one person by name, and tell alike for sure; each statement stands beside one of another
    account, the surest. `found` are the quotations collated word by word: what stands in one of them is no paraphrase.
    """
    told = {(use.account, use.start, use.end) for quote in found for use in quote.appearances}
    surest = sorted({pair for one in made for pair in _alike(one)}, key=lambda pair: (-pair[0], pair[1:]))
    taken: set[tuple[int, int]] = set()
    kept: list[tuple[int, int]] = []
    for _, a, b in surest:
        first, second = table.rows[a], table.rows[b]
        sides = {(a, second.reading), (b, first.reading)}
        if not taken & sides and _is_paraphrase(table, a, b) and not _is_told(table, second, told):
            taken |= sides
            kept.append((a, b))
    return tuple(_quote(table, a, b) for a, b in sorted(kept))


def _alike(made: Made) -> Iterator[tuple[float, int, int]]:
    """Rows of a claim that surely tell alike, either way round, with the score."""
    for relation in made.claim.relations:
        if relation.kind in _TELLS_ALIKE and relation.score >= SURE:
            a, b = made.rows[relation.a], made.rows[relation.b]
            yield from ((relation.score, a, b), (relation.score, b, a))


def _is_paraphrase(table: Table, a: int, b: int) -> bool:
    """Whether the first row quotes a person by name whom the second gives without quoting."""
    first, second = table.rows[a], table.rows[b]
    speaker, other = rest(table, a).last, rest(table, b).last
    if not first.record.quoted or second.record.quoted or min(len(first.words), len(second.words)) < LEAST_WORDS:
        return False
    return bool(speaker and other and speaker.surname and same_speaker(speaker, other))


def _quote(table: Table, a: int, b: int) -> Quote:
    uses = tuple(_appearance(table, row, marked=marked) for row, marked in ((a, True), (b, False)))
    return Quote(uses[0].speaker.text if uses[0].speaker else None, "paraphrased", uses, ())


def _is_told(table: Table, row: Row, told: set[tuple[str, int, int]]) -> bool:
    """Whether a statement holds, or stands in, a version of a quotation."""
    account, span = table.readings[row.reading].account.id, row.record.span
    return any(name == account and start < span.end and span.start < end for name, start, end in told)


def _appearance(table: Table, number: int, *, marked: bool) -> QuoteAppearance:
    row, speaker = table.rows[number], rest(table, number).last
    said = _words(table, row, row.record.span)
    named = _words(table, row, speaker.span) if speaker else None
    return QuoteAppearance(said.account, said.start, said.end, said.text, named, marked)


def _words(table: Table, row: Row, span: Span) -> Excerpt:
    account = table.readings[row.reading].account
    return Excerpt(account.id, span.start, span.end, account.text[span.start : span.end])
