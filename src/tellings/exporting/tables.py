"""Tables: of a comparison or of a library, for CSV files, Parquet files and data frames.

Offsets are code points, half-open; `text` is the account's `text[start:end]`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from tellings.errors import TellingsError
from tellings.exporting.records import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tellings.exporting.records import Mark, Marked
    from tellings.records import Account

Cell = str | int | float | bool | None

_SPAN = (("start", int), ("end", int), ("text", str))
_SAID: dict[MarkKind, tuple[str, tuple[tuple[str, type], ...]]] = {
    "attribution": (
        "attributions",
        (("manner", str), ("speaker", str), ("source_type", str), ("source_id", str), ("via", str)),
    ),
    "statement": (
        "statements",
        (
            ("claim", str), ("standing", str), ("kind", str), ("quoted", bool), ("polarity", str),
            ("certainty", str), ("speaker", str),
        ),
    ),
    "label": ("labels", (("entity", str), ("type", str), ("voice", str), ("kind", str))),
    "name": ("names", (("entity", str), ("type", str))),
    "figure": ("figures", (("low", float), ("high", float), ("unit", str), ("bound", str), ("claim", str))),
    "time": ("times", (("kind", str), ("value", str), ("until", str), ("claim", str))),
    "wording": ("wording", (("score", float), ("voice", str), ("claim", str))),
}  # fmt: skip
_PARTS: dict[MarkKind, tuple[str, ...]] = {
    "attribution": ("source", "cue"), "label": ("speaker",), "figure": ("counted",),
}  # fmt: skip
_HEADS = ("outlet", "title", "author", "published", "updated", "url", "kind", "sha256", "text")


class Column(NamedTuple):
    """The name of a column and what its cells are; any may be empty."""

    name: str
    kind: type


def _columns(kind: MarkKind) -> tuple[Column, ...]:
    parts = [(f"{part}_{name}", of) for part in _PARTS.get(kind, ()) for name, of in _SPAN]
    return tuple(Column(*one) for one in (("account", str), ("number", int), *_SPAN, *_SAID[kind][1], *parts))


COLUMNS: dict[str, tuple[Column, ...]] = {
    "accounts": tuple(Column(name, str) for name in ("account", *_HEADS)),
    **{name: _columns(kind) for kind, (name, _) in _SAID.items()},
}
"""The columns of each table."""


def rows(one: Marked) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The rows of one account, each with the name of its table.

    What has several spans has a row for each, with one number; a part that has several is given from its first to its
    last.
    """
    account = one.account
    yield "accounts", (account.id, *(getattr(account, name) for name in _HEADS))
    for number, mark in enumerate(one.marks, start=1):
        name, _ = _SAID[mark.kind]
        for span in mark.spans:
            yield name, (account.id, number, *_cells(account, *span), *_details(mark), *_of_parts(account, mark))


def _cells(account: Account, start: int, end: int) -> tuple[Cell, ...]:
    return start, end, account.text[start:end]


def _details(mark: Mark) -> list[Cell]:
    said = dict(mark.said)
    return [said.get(name) for name, _ in _SAID[mark.kind][1]]


def _of_parts(account: Account, mark: Mark) -> Iterator[Cell]:
    parts = dict(mark.parts)
    for name in _PARTS.get(mark.kind, ()):
        spans = parts.get(name)
        yield from (None, None, None) if not spans else _cells(account, spans[0].start, spans[-1].end)


def columns(accounts: Iterable[Marked]) -> dict[str, dict[str, list[Cell]]]:
    """Every table by columns: `pandas.DataFrame(columns(...)["statements"])`."""
    found: dict[str, list[tuple[Cell, ...]]] = {name: [] for name in COLUMNS}
    for one in accounts:
        for name, row in rows(one):
            found[name].append(row)
    return {
        name: {column.name: [row[at] for row in found[name]] for at, column in enumerate(COLUMNS[name])}
        for name in COLUMNS
    }


class _Writer(Protocol):
    def write(self, rows: list[tuple[Cell, ...]]) -> None: ...


_AT_ONCE = 20_000  # rows of a table that are written together


def write_csv(accounts: Iterable[Marked], folder: Path) -> list[Path]:
    """A CSV file a table into a folder (RFC 4180, UTF-8); words that a spreadsheet took for a formula after a '."""
    return _write(accounts, folder, _CsvWriter, "csv")


def write_parquet(accounts: Iterable[Marked], folder: Path) -> list[Path]:
    """A Parquet file a table into a folder.

    Raises:
        TellingsError: without pyarrow.

    """
    try:
        import pyarrow  # noqa: F401 - asked for here, so that its absence is said before anything is made
    except ImportError as error:
        raise TellingsError("Parquet", "needs pyarrow", "install it: pip install 'tellings[tables]'") from error
    return _write(accounts, folder, _ParquetWriter, "parquet")


def _write(
    accounts: Iterable[Marked], folder: Path, writer: type[_CsvWriter | _ParquetWriter], ending: str
) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / f"{name}.{ending}" for name in COLUMNS}
    with ExitStack() as stack:
        writers: dict[str, _Writer] = {name: writer(stack, path, COLUMNS[name]) for name, path in paths.items()}
        waiting: dict[str, list[tuple[Cell, ...]]] = {name: [] for name in COLUMNS}
        for one in accounts:
            for name, row in rows(one):
                waiting[name].append(row)
            for name in [name for name in COLUMNS if len(waiting[name]) >= _AT_ONCE]:
                writers[name].write(waiting[name])
                waiting[name] = []
        for name in COLUMNS:
            writers[name].write(waiting[name])
    return list(paths.values())


class _CsvWriter:
    def __init__(self, stack: ExitStack, path: Path, heads: tuple[Column, ...]) -> None:
        file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
        self._csv = csv.writer(file, lineterminator="\r\n")
        self._csv.writerow([column.name for column in heads])

    def write(self, rows: list[tuple[Cell, ...]]) -> None:
        from tellings.show.csv import safe

        self._csv.writerows(map(safe, rows))


class _ParquetWriter:
    def __init__(self, stack: ExitStack, path: Path, heads: tuple[Column, ...]) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        kinds: dict[type, Any] = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
        self._schema = pa.schema([(column.name, kinds[column.kind]) for column in heads])
        self._file = stack.enter_context(parquet.ParquetWriter(path, self._schema, compression="zstd"))

    def write(self, rows: list[tuple[Cell, ...]]) -> None:
        import pyarrow as pa

        columns = [[row[at] for row in rows] for at in range(len(self._schema))]
        arrays = [pa.array(column, kind.type) for column, kind in zip(columns, self._schema, strict=True)]
        self._file.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
