"""Rows of Parquet: what can be asked for by column, and the whole record in one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from tellings.coding import encode, encode_account
from tellings.errors import InputError, TellingsError

if TYPE_CHECKING:
    import pyarrow as pa

    from tellings.records import Account, Reading

Row = dict[str, Any]  # a row of a table, whose columns `schema` says: pyarrow takes no record
_ROWS = 512
_BYTES = 16 * 1024 * 1024
"""Rows and bytes of a row group, the most that is held before it is written."""

_TOLD = ("title", "outlet", "author", "published", "updated", "url", "kind")
_REPEATED = ("path", "outlet", "author", "kind", "notes.list.element")
_SOUGHT = ("id", "outlet", "published", "updated", "url", "words")
_COUNTED = ("sentences", "mentions", "entities", "attributions", "quotations", "statements", "figures", "times")


def account_row(account: Account) -> Row:
    """An account as a row, with the account itself as bytes (`tellings.coding`)."""
    return {**_plain(account), "account": encode_account(account)}


def reading_row(reading: Reading, *, with_pieces: bool) -> Row:
    """A reading as a row: its account's columns, how many there are of each layer, and itself as bytes."""
    counts = {name: len(getattr(reading, name)) for name in _COUNTED}
    return {
        **_plain(reading.account), **counts, "loaded": len(reading.wording),
        "reading": encode(reading, with_pieces=with_pieces),
    }  # fmt: skip


def _plain(account: Account) -> Row:
    original = account.original
    return {
        "id": account.id, "path": original.path, "offset": original.offset, "size": original.size,
        "sha256": account.sha256, **{name: getattr(account, name) for name in _TOLD},
        "notes": [note.code for note in account.notes], "words": len(account.text.split()),
        "characters": len(account.text), "text": account.text,
    }  # fmt: skip


def schema(kind: str) -> pa.Schema:
    """The columns of a table of `accounts` or `readings`."""
    import pyarrow as pa

    types: dict[str, pa.DataType] = {"id": pa.string(), "path": pa.string(), "offset": pa.int64(), "size": pa.int64()}
    types |= dict.fromkeys(("sha256", *_TOLD), pa.string()) | {"notes": pa.list_(pa.string())}
    types |= {"words": pa.int32(), "characters": pa.int32(), "text": pa.string()}
    if kind == "accounts":
        return pa.schema({**types, "account": pa.large_binary()})
    return pa.schema({**types, **dict.fromkeys((*_COUNTED, "loaded"), pa.int32()), "reading": pa.large_binary()})


class Table:
    """A Parquet file being written, a row group at a time, so that one of any length takes the memory of a group."""

    def __init__(self, path: Path, kind: str) -> None:
        import pyarrow.parquet as pq

        self._schema = schema(kind)
        self._writer = pq.ParquetWriter(
            path,
            self._schema,
            compression="zstd",
            write_page_checksum=True,
            use_dictionary=list(_REPEATED),  # type: ignore[arg-type] # names of columns, which its stubs do not know
            write_statistics=list(_SOUGHT),
        )
        self._rows: list[Row] = []
        self._held = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self._flush()
        self._writer.close()

    def add(self, row: Row) -> None:
        """Add a row."""
        self._rows.append(row)
        self._held += sum(len(value) for value in row.values() if isinstance(value, (str, bytes)))
        if len(self._rows) >= _ROWS or self._held >= _BYTES:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows, self._held = [], 0


def columns_of(path: Path, *names: str) -> Iterator[Row]:
    """Yield the rows of a file with these columns, a row group at a time.

    Raises:
        InputError: when the file is missing, half-written or damaged, or another version's.

    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    advice = "remove it and make it again: the same command makes what is missing"
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            for group in range(file.num_row_groups):
                yield from file.read_row_group(group, columns=list(names)).to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise InputError(str(path), f"is damaged ({' '.join(str(error).split())[:120]})", advice) from error


def needs_tables() -> None:
    """Raise TellingsError where pyarrow is not installed."""
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        raise TellingsError("Parquet", "needs pyarrow, which is not installed", "install the extra `tables`")
