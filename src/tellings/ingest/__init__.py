"""Files, folders and standard input of many forms, made into accounts that lead back to their bytes."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO

from tellings.errors import InputError
from tellings.ingest.bytemap import bytes_of, read_back
from tellings.ingest.columns import Columns
from tellings.ingest.files import is_link
from tellings.ingest.forms import Told
from tellings.ingest.given import account_from_text
from tellings.ingest.located import Located, unplaced
from tellings.ingest.taking import LIMITS, accounts_of_paths, accounts_of_stream, guard
from tellings.records import Account
from tellings.run import Here

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tellings.fetching import Fetched, Settings
    from tellings.run import Runner

__all__ = [
    "LIMITS", "Columns", "Located", "account_from_text", "bytes_of", "guard", "ingest", "of_fetched",
    "read_back", "unplaced",
]  # fmt: skip


def ingest(
    paths: Iterable[str | Path],
    *,
    stdin: BinaryIO | None = None,
    fetching: Settings | None = None,
    columns: Columns | None = None,
    runner: Runner | None = None,
) -> Iterator[Account | InputError]:
    """Yield the accounts in files, folders (sorted by path), standard input (`-`) and links, in the order named.

    A bad input is yielded as an InputError value in its place and stops no other: one that is missing, empty,
    binary, over 10 MB, without an article, clearly not in English, or the same bytes (or the same given id)
    as an earlier one. `stdin` is a binary stream, read where `-` is named. Links (http, https) are fetched as
    `fetching` says, one after the other; nothing else is ever fetched. `columns` say which columns of tables (CSV, TSV)
    and members of JSONL hold what; those not given are guessed from usual names.

    A `runner` with limits (`guard` gives one) parses what others wrote in processes beside: what hangs there,
    grows too large or kills its process is an InputError as well. Without one all is parsed in this process, unbounded;
    what is yielded is the same.
    """
    digests: dict[str, str] = {}
    ids: dict[str, str] = {}
    named = [str(path) for path in paths]
    fetched = _fetched(named, fetching)
    run = runner or Here()
    for linked, names in groupby(named, is_link):
        given = list(names)
        if linked:
            found = _of_links(fetched, len(given), columns, run)
        else:
            found = accounts_of_paths(given, stdin, Told(columns), run)
        for item in found:
            yield item if isinstance(item, InputError) else _known(item, digests, ids) or item


def _fetched(named: Sequence[str], settings: Settings | None) -> Iterator[Fetched | InputError]:
    """What the links among some names lead to, in their order; without a link nothing of fetching is loaded."""
    links = [name for name in named if is_link(name)]
    if not links:
        return iter(())
    from tellings.fetching import fetch

    return fetch(links, settings)


def _of_links(
    fetched: Iterator[Fetched | InputError], count: int, columns: Columns | None, runner: Runner
) -> Iterator[Account | InputError]:
    """The accounts of the next so many of the links fetched."""
    for _ in range(count):
        yield from of_fetched(next(fetched), columns, runner)


def of_fetched(found: Fetched | InputError, columns: Columns | None, runner: Runner) -> Iterator[Account | InputError]:
    """The accounts of what a link led to; where they do not say so themselves, they stand where it ended."""
    if isinstance(found, InputError):
        yield found
        return
    from tellings.fetching import as_input

    path, data = as_input(found)
    for item in accounts_of_stream(path, BytesIO(data), Told(columns, found.head.charset), runner):
        yield item if isinstance(item, InputError) else _from_link(item, found)


def _from_link(account: Account, found: Fetched) -> Account:
    fetched = account.fetched or found.when.isoformat(timespec="seconds")
    return replace(account, url=account.url or found.url, notes=(*account.notes, *found.notes), fetched=fetched)


def _known(account: Account, digests: dict[str, str], ids: dict[str, str]) -> InputError | None:
    """Return an error where the same bytes or the same id came before; else remember the account."""
    path = account.original.path
    if account.sha256 in digests:
        first = digests[account.sha256]
        return InputError(path, f"is the same, byte for byte, as {first}", "leave one of them out")
    if account.id in ids:
        return InputError(path, f"has the id “{account.id}” that an account in {ids[account.id]} has", "rename one")
    digests[account.sha256] = ids[account.id] = path
    return None
