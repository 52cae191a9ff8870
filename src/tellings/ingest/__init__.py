"""Files, folders and standard input of many forms, made into accounts that lead back to their bytes."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from tellings.errors import InputError
from tellings.ingest.bytemap import bytes_of, read_back
from tellings.ingest.columns import Columns
from tellings.ingest.files import is_link, open_input, walk
from tellings.ingest.forms import accounts_in, form_of
from tellings.ingest.given import account_from_text
from tellings.ingest.located import Located, unplaced
from tellings.records import Account

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tellings.fetching import Fetched, Settings

__all__ = ["Columns", "Located", "account_from_text", "bytes_of", "ingest", "read_back", "unplaced"]

_SNIFFED = 4096


def ingest(
    paths: Iterable[str | Path],
    *,
    stdin: BinaryIO | None = None,
    fetching: Settings | None = None,
    columns: Columns | None = None,
) -> Iterator[Account | InputError]:
    """Yield the accounts in files, folders (sorted by path), standard input (`-`) and links, in the order named.

    A bad input is yielded as an InputError value in its place and stops no other: one that is missing, empty,
    binary, over 10 MB, without an article, clearly not in English, or the same bytes (or the same given id)
    as an earlier one. `stdin` is a binary stream, read where `-` is named. Links (http, https) are fetched as
    `fetching` says, one after the other; nothing else is ever fetched. `columns` say which columns of tables (CSV, TSV)
    and members of JSONL hold what; those not given are guessed from usual names.
    """
    digests: dict[str, str] = {}
    ids: dict[str, str] = {}
    named = [str(path) for path in paths]
    fetched = _fetched(named, fetching)
    for name in named:
        found = _of_link(next(fetched), columns) if is_link(name) else _named(name, stdin, columns)
        for item in found:
            yield item if isinstance(item, InputError) else _known(item, digests, ids) or item


def _fetched(named: Sequence[str], settings: Settings | None) -> Iterator[Fetched | InputError]:
    """What the links among some names lead to, in their order; without a link nothing of fetching is loaded."""
    links = [name for name in named if is_link(name)]
    if not links:
        return iter(())
    from tellings.fetching import fetch

    return fetch(links, settings)


def _of_link(found: Fetched | InputError, columns: Columns | None) -> Iterator[Account | InputError]:
    """The accounts of what a link led to; where they do not say so themselves, they stand where it ended."""
    if isinstance(found, InputError):
        yield found
        return
    from tellings.fetching import as_input

    path, data = as_input(found)
    try:
        start, rest = data[:_SNIFFED], BytesIO(data[_SNIFFED:])
        for item in accounts_in(form_of(path, start), path, start, rest, columns, charset=found.head.charset):
            yield item if isinstance(item, InputError) else _from_link(item, found)
    except InputError as error:
        yield error


def _from_link(account: Account, found: Fetched) -> Account:
    fetched = account.fetched or found.when.isoformat(timespec="seconds")
    return replace(account, url=account.url or found.url, notes=(*account.notes, *found.notes), fetched=fetched)


def _named(name: str, stdin: BinaryIO | None, columns: Columns | None) -> Iterator[Account | InputError]:
    for path in walk(name):
        if isinstance(path, InputError):
            yield path
            continue
        try:
            yield from _accounts(path, stdin, columns)
        except InputError as error:
            yield error


def _accounts(path: str, stdin: BinaryIO | None, columns: Columns | None) -> Iterator[Account | InputError]:
    stream = open_input(path, stdin)
    try:
        start = stream.read(_SNIFFED)
        yield from accounts_in(form_of(path, start), path, start, stream, columns)
    except OSError as error:
        yield InputError(path, f"cannot be read ({error.strerror})", "check the file")
    finally:
        if stream is not stdin:
            stream.close()


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
