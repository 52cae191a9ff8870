"""Tables of accounts, one a row: CSV and TSV as research exports write them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.ingest.bytemap import Piece, Source, cut, source_of
from tellings.ingest.columns import Columns, checked, facts_of, known
from tellings.ingest.csvrows import Cell, Row, Rows, cells_of, encoded
from tellings.ingest.decode import decode, refuse_known_binaries
from tellings.ingest.files import LIMIT, too_large
from tellings.ingest.make import made_id, make_account, stem_of
from tellings.ingest.text import without_returns
from tellings.records import Note, Original, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.ingest.begun import Readable
    from tellings.records import Account

_GIVE_UP = 20
_DELIMITERS = ",\t;|"
_ADVICE = "write a table with a heading line, and cells that have line ends or quotes in them in quotes"
_SEPARATOR = re.compile(r"sep=([,;|\t])", re.IGNORECASE)
_PAIR = re.compile('""')


def accounts_of_table(path: str, stream: Readable, columns: Columns | None = None) -> Iterator[Account | InputError]:
    """Yield the accounts of a CSV or TSV stream, one a row; a bad row is an error about `path:row`.

    Rows are counted as a spreadsheet does, the heading as 1, and read one at a time, so a table may be of any size.
    Columns not given are guessed from usual headings, the delimiter from the heading line. An account's original is
    its row as it stands in the file, with its own digest, from `Original.offset` on; of a doubled quote the second one
    is led to, and of CR LF the LF. A row that is too short, or too long, is an error, for its cells may be shifted.
    Raises InputError for binary data, and for a table without a column for the text.
    """
    rows = Rows(stream)
    table, found = _heading(path, rows, columns)
    good = bad = broken = 0
    damaged = False
    for row in found:
        if not row.text.strip():
            continue
        try:
            account = _account(table, row, damaged=damaged)
        except InputError as error:
            yield error
            bad += 1
            if _quotes_broken(table, row):
                damaged = True
                broken += 1
        else:
            if account is None:
                continue
            yield account
            good += 1
            damaged = False
        if broken >= _GIVE_UP or (bad >= _GIVE_UP and not good):
            yield InputError(path, f"given up after {bad} bad rows", _ADVICE)
            return
    if not good and not bad:
        yield InputError(path, "has no rows below its heading", "give a table that has accounts in it")


@dataclass(frozen=True, slots=True)
class _Table:
    path: str
    encoding: str
    delimiter: str
    headings: tuple[str, ...]
    columns: Columns


def delimiter_of(line: str, given: Columns | None = None) -> str:
    """Return what parts the cells of a heading line: the mark that gives most usual headings, then most cells."""
    named = {getattr(given, name) for name in ("text", "html", "title")} - {None} if given else set()

    def worth(mark: str) -> tuple[int, int, int]:
        headings = _values(line, mark)
        return known(headings) + 9 * len(named & set(headings)), len(headings), -_DELIMITERS.index(mark)

    return max(_DELIMITERS, key=worth)


def _values(line: str, mark: str) -> list[str]:
    try:
        return [line[cell.first : cell.last].replace('""', '"').strip() for cell in cells_of(line, mark)]
    except ValueError:
        return []


def _heading(path: str, rows: Rows, columns: Columns | None) -> tuple[_Table, Iterator[Row]]:
    """Read a table's heading; return what it says, and the rows below it."""
    line = rows.first_line()
    if not line:
        raise InputError(path, "is empty", "give a table that has accounts in it")
    refuse_known_binaries(path, encoded(line[:100], rows.encoding))
    if "\0" in line:
        raise InputError(path, "is binary data, not a table", "save it as CSV in UTF-8")
    delimiter = (columns and columns.delimiter) or delimiter_of(line, columns)
    told = _SEPARATOR.fullmatch(line)
    if told:  # a line for spreadsheet programs alone
        delimiter = told[1]
    found = rows.rows(delimiter)
    row = next((row for row in found if row.text.strip() and not _SEPARATOR.fullmatch(row.text)), Row(1, 0, ""))
    headings = _values(row.text, delimiter)
    if row.problem:
        raise InputError(f"{path}:{row.number}", row.problem, _ADVICE)
    return _Table(path, rows.encoding, delimiter, tuple(headings), checked(path, headings, columns)), found


def _account(table: _Table, row: Row, *, damaged: bool) -> Account | None:
    """Return a row's account; None for a line that a damaged row before it reaches into."""
    about = f"{table.path}:{row.number}"
    data = encoded(row.text, table.encoding)
    if len(data) > LIMIT:
        raise too_large(about, len(data))
    source, notes = _source(about, data, table.encoding)
    quotes = row.problem is None
    if row.problem and table.delimiter != "\t":  # tabs part cells in files that know no quotes, too
        raise InputError(about, row.problem, "double the quotes inside a cell; the next whole row is read again")
    try:
        cells = cells_of(source.text, table.delimiter, quotes=quotes)
    except ValueError as error:
        raise InputError(about, str(error), _ADVICE) from None
    wanted = len(table.headings)
    if len(cells) < wanted or any(cell.first < cell.last for cell in cells[wanted:]):
        if damaged:
            return None
        raise InputError(about, f"has {len(cells)} cells where the heading has {wanted}", _ADVICE)
    return _of_cells(
        table, row, source, dict(zip(reversed(table.headings), reversed(cells[:wanted]), strict=True)), notes
    )


def _of_cells(table: _Table, row: Row, source: Source, cells: dict[str, Cell], notes: tuple[Note, ...]) -> Account:
    about = f"{table.path}:{row.number}"
    data = encoded(row.text, table.encoding)
    columns = table.columns
    said = {
        heading: _said(source, cell) for heading, cell in cells.items() if heading not in (columns.text, columns.html)
    }
    facts = facts_of(columns, said)
    sha256 = hashlib.sha256(data).hexdigest()
    given = " ".join(said.get(columns.id or "", "").split())
    given_id = given or made_id(facts.outlet or facts.title or stem_of(table.path), sha256)
    original = Original(table.path, sha256, len(data), source.encoding, row.offset)
    text, runs = cut(source, _pieces(source, cells[columns.text])) if columns.text else ("", ())
    if columns.html and not text.strip():
        from tellings.ingest.html import account_of_source

        page, told = cut(source, _pieces(source, cells[columns.html]))
        whole = source_of(page, source.encoding, _covering(page, told))
        return account_of_source(about, whole, original, given=facts, given_id=given_id, notes=notes)
    if not text.strip():
        raise InputError(about, f"has nothing in its column “{columns.text}”", "leave the row out, or give its text")
    original = Original(table.path, sha256, len(data), source.encoding, row.offset, runs)
    return make_account(about, text, original, facts, given_id=given_id, notes=notes)


def _covering(text: str, runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return runs or (Run(0, len(text), 0, 0),)


def _pieces(source: Source, cell: Cell) -> Iterator[Piece]:
    """Yield a cell's text: of a doubled quote the second one, of CR LF the LF."""
    at = cell.first
    if cell.quoted:
        for pair in _PAIR.finditer(source.text, cell.first, cell.last):
            yield from without_returns(source, at, pair.start())
            at = pair.start() + 1
    yield from without_returns(source, at, cell.last)


def _said(source: Source, cell: Cell) -> str:
    told = source.text[cell.first : min(cell.last, cell.first + 5_000)]
    return told.replace('""', '"') if cell.quoted else told


def _source(about: str, data: bytes, encoding: str) -> tuple[Source, tuple[Note, ...]]:
    if encoding == "utf-8":
        return decode(about, data)
    text = data.decode(encoding, "replace")
    return source_of(text, encoding, (Run(0, len(text), 0, len(data)),)), ()


def _quotes_broken(table: _Table, row: Row) -> bool:
    return row.problem is not None and table.delimiter != "\t"
