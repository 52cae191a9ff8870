"""All statements of all accounts as one table of arrays, so that pair features are a few array operations.

Nothing in a row depends on other accounts, and word numbers (which do) never reach a feature.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tellings.comparing.copies import counted
from tellings.comparing.outlets import Outlets, shipped
from tellings.comparing.pages import versions
from tellings.comparing.parts import parts
from tellings.comparing.rulings import NONE, Rulings
from tellings.comparing.speakers import Speaker, speakers
from tellings.comparing.words import DATES, DENIALS, NEGATIONS, STOP, Word, content, is_capitalised, words
from tellings.records import Reading, Span, Statement

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCALARS = (
    "length",
    "content",
    "position",
    "first",
    "own",
    "quoted",
    "negated",
    "denial",
    "hedged",
    "question",
    "figured",
)


@dataclass(frozen=True, slots=True)
class Bags:
    """A set of term numbers per statement, as rows of a sparse matrix; `frequency` is accounts x terms."""

    start: NDArray[np.int64]
    terms: NDArray[np.int64]
    keys: NDArray[np.int64]
    size: int
    frequency: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Row:
    """One statement with what was read off its words; `reading` and `statement` number it."""

    reading: int
    statement: int
    record: Statement
    words: tuple[Word, ...]
    speaker: Speaker | None


@dataclass(frozen=True, slots=True)
class Table:
    """The statements of sorted readings: rows, arrays of one row a statement, and bags of terms by name.

    `account` and `place` (number in its account) are int64; `vectors` rows x 384, float32, and `context` the same for
    the whole sentence a statement stands in; `pieces` rows x 2, the word pieces of each in its reading (empty where
    the reading has none); `scalars` rows x len(SCALARS); `first` gives the first row of each account, with the number
    of rows at its end; `day` the day number an account was published, NaN where it is not known; `counted` the number
    of the account that each is counted with: its own, unless it is a copy or an earlier version; `versions` groups of
    accounts that are versions of one, the latest last; `parts` groups that are pages of one article, in order; `known`
    the outlets known by name, `outlets` each account's outlet by its full name, `agencies` the agency whose text it is,
    None where it is none's; `rulings` what people said of rows and entities.
    """

    readings: tuple[Reading, ...]
    speakers: tuple[tuple[Speaker | None, ...], ...]
    rows: tuple[Row, ...]
    account: NDArray[np.int64]
    place: NDArray[np.int64]
    vectors: NDArray[np.float32]
    context: NDArray[np.float32]
    pieces: NDArray[np.int64]
    scalars: NDArray[np.float32]
    first: NDArray[np.int64]
    day: NDArray[np.float64]
    bags: dict[str, Bags]
    counted: tuple[int, ...]
    versions: tuple[tuple[int, ...], ...]
    parts: tuple[tuple[int, ...], ...]
    known: Outlets
    outlets: tuple[str | None, ...]
    agencies: tuple[str | None, ...]
    rulings: Rulings = NONE

    def text(self, row: int) -> str:
        """The words of a statement."""
        reading = self.readings[self.rows[row].reading]
        span = self.rows[row].record.span
        return reading.account.text[span.start : span.end]

    def teller(self, row: int) -> int:
        """The number of the account that a row's own is counted with."""
        return self.counted[self.rows[row].reading]

    def pages_of(self, reading: int) -> tuple[int, ...]:
        """The accounts that are pages of the article an account is a page of, in order; itself alone without others."""
        return next((group for group in self.parts if reading in group), (reading,))

    def are_versions(self, a: int, b: int) -> bool:
        """Whether two rows are of two versions of one account."""
        one, other = self.rows[a].reading, self.rows[b].reading
        return one != other and any(one in group and other in group for group in self.versions)

    def column(self, name: str) -> NDArray[np.float32]:
        """One of SCALARS over all rows."""
        column: NDArray[np.float32] = self.scalars[:, SCALARS.index(name)]
        return column


def in_order(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Readings by the date their accounts were published, undated ones last, then by id."""
    return tuple(sorted(readings, key=lambda r: (r.account.published is None, r.account.published or "", r.account.id)))


def build(readings: tuple[Reading, ...], known: Outlets | None = None) -> Table:
    """The table of the statements of readings that are already in order; `known` are other outlets than the shipped."""
    known = known or shipped()
    said = tuple(speakers(reading, known) for reading in readings)
    rows = tuple(
        Row(r, s, record, words(reading.account.text, record.span), _speaker(said[r], record))
        for r, reading in enumerate(readings)
        for s, record in enumerate(reading.statements)
    )
    account = np.array([row.reading for row in rows], dtype=np.int64)
    counts = [len(reading.statements) for reading in readings]
    vectors = _vectors(readings)
    accounts = [reading.account for reading in readings]
    forms = versions(accounts)
    pages = parts(accounts, forms)
    return Table(
        readings=readings,
        speakers=said,
        rows=rows,
        account=account,
        place=np.array([row.statement for row in rows], dtype=np.int64),
        vectors=vectors,
        context=_context(rows, vectors),
        pieces=_pieces(readings),
        scalars=_scalars(readings, rows),
        first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        day=np.array([day_of(reading.account.published) for reading in readings], dtype=np.float64),
        bags=_bags(readings, rows, account),
        counted=counted([reading.account.text for reading in readings], _as_one(forms, pages)),
        versions=forms,
        parts=pages,
        known=known,
        outlets=tuple(known.own(reading) for reading in readings),
        agencies=tuple(known.agency(reading) for reading in readings),
    )


def _as_one(forms: Sequence[tuple[int, ...]], pages: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Groups of accounts that count as one, that one last: versions with the latest, an article with its first page."""
    behind = {group[-1]: group for group in forms}
    joined = [tuple(n for page in reversed(group) for n in behind.pop(page, (page,))) for group in pages]
    return [*behind.values(), *joined]


def _vectors(readings: tuple[Reading, ...]) -> NDArray[np.float32]:
    parts = [reading.vectors for reading in readings if len(reading.statements)]
    return np.concatenate(parts).astype(np.float32) if parts else np.zeros((0, 384), dtype=np.float32)


def _pieces(readings: tuple[Reading, ...]) -> NDArray[np.int64]:
    parts = [np.zeros((0, 2), dtype=np.int64)]
    for reading in readings:
        spans = np.asarray([one.span for one in reading.statements], dtype=np.int64).reshape(-1, 2)
        first = np.searchsorted(reading.pieces.spans[:, 1], spans[:, 0], side="right")
        last = np.searchsorted(reading.pieces.spans[:, 0], spans[:, 1], side="left")
        parts.append(np.stack([first, np.maximum(first, last)], axis=1))
    return np.concatenate(parts)


def _context(rows: tuple[Row, ...], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """For each row the unit mean, by length, of the vectors of all statements of its sentence."""
    numbers: dict[tuple[int, int], int] = {}
    group = np.array([numbers.setdefault((r.reading, r.record.sentence), len(numbers)) for r in rows], dtype=np.int64)
    total = np.zeros((len(numbers), vectors.shape[1]), dtype=np.float32)
    lengths = np.array([len(row.words) for row in rows], dtype=np.float32).reshape(-1, 1)
    np.add.at(total, group, vectors * lengths)
    total /= np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-6)
    return total[group]


def day_of(published: str | None) -> float:
    """The day number of an ISO 8601 date given to the day or better, NaN otherwise."""
    try:
        return float(np.datetime64((published or "")[:10], "D").astype(np.int64)) if published else float("nan")
    except ValueError:
        return float("nan")


def _speaker(said: tuple[Speaker | None, ...], record: Statement) -> Speaker | None:
    """The innermost speaker a statement is given to."""
    for number in reversed(record.voice):
        if said[number]:
            return said[number]
    return None


def _scalars(readings: tuple[Reading, ...], rows: tuple[Row, ...]) -> NDArray[np.float32]:
    values = np.zeros((len(rows), len(SCALARS)), dtype=np.float32)
    for n, row in enumerate(rows):
        record, keys = row.record, [word.key for word in row.words]
        total = max(1, len(readings[row.reading].statements) - 1)
        values[n] = (
            len(keys),
            len(content(row.words)),
            row.statement / total,
            row.statement == 0,
            not record.voice,
            record.quoted,
            record.polarity == "negated" or any(key in NEGATIONS or key.endswith("n't") for key in keys),
            any(key in DENIALS for key in keys),
            record.certainty == "hedged",
            record.kind == "question",
            bool(record.figures),
        )
    return values


# ---------------------------------------------------------------- bags of terms

_Maker = Callable[[Reading, Row], set[str]]


def _stems(_reading: Reading, row: Row) -> set[str]:
    return {word.stem for word in row.words if word.key not in STOP}


def _sentence(reading: Reading, row: Row) -> set[str]:
    """Stems of the whole sentence a statement stands in."""
    span = reading.sentences[row.record.sentence] if reading.sentences else row.record.span
    return {word.stem for word in words(reading.account.text, span) if word.key not in STOP}


def _names(reading: Reading, row: Row) -> set[str]:
    """Stems of words with a capital that is not the sentence's own, or inside a mention."""
    text = reading.account.text
    start = reading.sentences[row.record.sentence].start if reading.sentences else row.record.span.start
    first = next((word.start for word in row.words if word.start >= start), -1)
    opening = first if row.record.span.start <= start else -1
    return {
        word.stem
        for word in row.words
        if word.key not in STOP and is_capitalised(text, word) and (word.start != opening or len(row.words) < 2)
    }


def _grams(keys: list[str], size: int) -> set[str]:
    return {" ".join(keys[n : n + size]) for n in range(len(keys) - size + 1)}


def _trigrams(_reading: Reading, row: Row) -> set[str]:
    return _grams([word.key for word in row.words], 3)


def _quoted(reading: Reading, row: Row) -> set[str]:
    """Pairs of words inside quotation marks."""
    grams: set[str] = set()
    for start, end in reading.quotations:
        if start < row.record.span.end and end > row.record.span.start:
            inside = [word.key for word in row.words if start <= word.start and word.end <= end]
            grams |= _grams(inside, 2)
    return grams


def _values(reading: Reading, row: Row) -> set[str]:
    figures = (reading.figures[n] for n in row.record.figures)
    return {f"{figure.low:g}-{figure.high:g}" for figure in figures}


def _units(reading: Reading, row: Row) -> set[str]:
    return {reading.figures[n].unit for n in row.record.figures} - {""}


def _dates(_reading: Reading, row: Row) -> set[str]:
    return {word.key for word in row.words if word.key in DATES}


def _numbers(_reading: Reading, row: Row) -> set[str]:
    return {word.key for word in row.words if word.key[0].isdigit()}


def _said_by(_reading: Reading, row: Row) -> set[str]:
    return set(row.speaker.keys) if row.speaker else set()


def _heads(_reading: Reading, row: Row) -> set[str]:
    """The first four letters of longer content words, where stems miss ("investigators", "investigation")."""
    return {word.key[:4] for word in row.words if word.key not in STOP and len(word.key) > 4}


_MAKERS: dict[str, _Maker] = {
    "stems": _stems, "sentence": _sentence, "names": _names, "trigrams": _trigrams, "quoted": _quoted,
    "values": _values, "units": _units, "dates": _dates, "numbers": _numbers, "speakers": _said_by, "heads": _heads,
}  # fmt: skip


def _bags(readings: tuple[Reading, ...], rows: tuple[Row, ...], account: NDArray[np.int64]) -> dict[str, Bags]:
    return {
        name: _bag([maker(readings[row.reading], row) for row in rows], account, len(readings))
        for name, maker in _MAKERS.items()
    }


def _bag(sets: list[set[str]], account: NDArray[np.int64], accounts: int) -> Bags:
    """Sets of terms as sparse rows; terms are numbered in their own order."""
    names = {term: n for n, term in enumerate(sorted(set().union(*sets)))} if sets else {}
    size = max(1, len(names))
    lengths = np.array([len(terms) for terms in sets], dtype=np.int64)
    flat = [number for terms in sets for number in sorted(names[term] for term in terms)]
    terms = np.array(flat, dtype=np.int64)
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    row = np.repeat(np.arange(len(sets), dtype=np.int64), lengths)
    frequency = np.zeros((max(1, accounts), size), dtype=np.float32)
    if len(terms):
        np.add.at(frequency, (account[row], terms), 1.0)
    return Bags(start, terms, row * size + terms, size, frequency)


def span_of(table: Table, row: int) -> tuple[str, Span]:
    """The account's id and the span of a row's statement."""
    found = table.rows[row]
    return table.readings[found.reading].account.id, found.record.span
