"""The formats by name, and the writing of an export to where it is wanted."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from tellings.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tellings.exporting.records import Made, Marked
    from tellings.records import Comparison

Format = Literal["web-annotation", "claims", "prov", "parquet", "csv", "jsonl"]
FOLDERS = frozenset({"csv", "parquet"})
"""Formats that are several files, in a folder."""


def formats() -> list[str]:
    """The names of all formats of a comparison."""
    return list(get_args(Format))


def write_comparison(comparison: Comparison, name: Format, to: Path | None) -> None:
    """A comparison in a format: into a file, or a folder for tables; None is standard output, for what is a file.

    Raises:
        SpanError: a shown text is not its account's `text[start:end]`.
        InputError: when it cannot be written there.

    """
    from tellings.exporting.marks import made_by, of_comparison

    if name in {"jsonl", "claims"}:
        from tellings.exporting.claims import claims
        from tellings.exporting.lines import compared

        write_text(compared(comparison) if name == "jsonl" else claims(comparison), to)
    else:
        write_marked(of_comparison(comparison), made_by(comparison), name, to)


def write_marked(accounts: Iterable[Marked], made: Made, name: str, to: Path | None) -> None:
    """Marked accounts as web-annotation, prov, csv or parquet."""
    if name in FOLDERS:
        _tables(accounts, name, to)
        return
    from tellings.exporting.annotations import annotation_page
    from tellings.exporting.prov import prov

    make: Callable[[Iterable[Marked], Made], Iterator[str]] = annotation_page if name == "web-annotation" else prov
    write_text(make(accounts, made), to)


def _tables(accounts: Iterable[Marked], name: str, to: Path | None) -> None:
    from tellings.exporting.tables import write_csv, write_parquet

    if to is None:
        raise InputError(f"--format {name}", "is several tables, a file each", "say with -o which folder they go to")
    try:
        (write_csv if name == "csv" else write_parquet)(accounts, to)
    except OSError as error:
        raise InputError(str(to), f"cannot be written ({error.strerror})", "name another folder") from error


def write_text(parts: Iterable[str], to: Path | None) -> None:
    """Text into a file, whole or not at all, or to standard output.

    Raises:
        InputError: when it cannot be written there.

    """
    if to is None:
        for part in parts:
            sys.stdout.buffer.write(part.encode())
        return
    beside = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.writelines(parts)
        beside.replace(to)
    except OSError as error:
        raise InputError(str(to), f"cannot be written ({error.strerror})", "name another file") from error
    finally:
        beside.unlink(missing_ok=True)
