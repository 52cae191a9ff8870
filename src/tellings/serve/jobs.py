"""The pieces of work that run in the process beside: plain functions, each told where it stands by `tell`."""

from __future__ import annotations

import re
from collections import OrderedDict
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from tellings.errors import InputError, NothingToCompareError
from tellings.serve.work import Tell, untold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tellings.diffing import Versions
    from tellings.fetching import Fetched
    from tellings.records import Account, Reading

_SNIFFED = 4096
_KEPT = 48
"""Readings that the process remembers: a story that grows by one account has one read."""


class Given(NamedTuple):
    """An input as it came: its name, and its bytes; `fetched` where it came by a link."""

    name: str
    data: bytes
    fetched: Fetched | None = None


class Refused(NamedTuple):
    """An input that cannot be used, why, and what to do."""

    about: str
    problem: str
    advice: str

    @classmethod
    def of(cls, error: InputError) -> Refused:
        """What an error says."""
        return cls(error.about, error.problem, error.advice)


class Taken(NamedTuple):
    """What came of some inputs: accounts, each once, with the bytes of their originals; and what cannot be used."""

    accounts: tuple[Account, ...]
    originals: dict[str, bytes]
    refused: tuple[Refused, ...]


class Compared(NamedTuple):
    """A comparison: the JSON contract, and its page in parts."""

    json: bytes
    title: str
    style: str
    script: str
    body: str


def taken_in(given: Sequence[Given], *, tell: Tell = untold) -> Taken:
    """The accounts in some inputs, of any form that files may have."""
    accounts: dict[str, Account] = {}
    originals: dict[str, bytes] = {}
    refused: list[Refused] = []
    names: set[str] = set()
    for number, one in enumerate(given):
        tell("taking in", number, len(given))
        for found in _accounts(one):
            if isinstance(found, InputError):
                refused.append(Refused.of(found))
            elif found.sha256 in accounts or found.id in names:
                advice = "leave one of them out"
                refused.append(Refused(found.original.path, "is there already, byte for byte or by its id", advice))
            else:
                names.add(found.id)
                accounts[found.sha256] = found
                originals |= _original(found, one.data)
    return Taken(tuple(accounts.values()), originals, tuple(refused))


def _accounts(given: Given) -> Iterator[Account | InputError]:
    from tellings.ingest.forms import accounts_in, form_of

    start, rest = given.data[:_SNIFFED], BytesIO(given.data[_SNIFFED:])
    try:
        for found in accounts_in(form_of(given.name, start), given.name, start, rest):
            yield found if isinstance(found, InputError) or given.fetched is None else _linked(found, given.fetched)
    except InputError as error:
        yield error


def _linked(account: Account, fetched: Fetched) -> Account:
    from dataclasses import replace

    when = account.fetched or fetched.when.isoformat(timespec="seconds")
    return replace(account, url=account.url or fetched.url, notes=(*account.notes, *fetched.notes), fetched=when)


def _original(account: Account, data: bytes) -> dict[str, bytes]:
    """The bytes of an account's original by their digest, where they are a stretch of what was given."""
    import hashlib

    original = account.original
    own = data[original.offset : original.offset + original.size]
    return {original.sha256: own} if hashlib.sha256(own).hexdigest() == original.sha256 else {}


def read_for_library(accounts: Sequence[Account], *, tell: Tell = untold) -> list[bytes]:
    """Readings as a library takes them, encoded."""
    from tellings.coding import encode

    return [encode(one, with_pieces=False) for one in _readings(accounts, tell)]


def read_json(account: Account, *, tell: Tell = untold) -> bytes:
    """One reading as JSON."""
    from tellings.show.reading import draw
    from tellings.show.reading.as_json import to_json

    (reading,) = _readings([account], tell)
    return to_json(draw(reading)).encode()


def compared(accounts: Sequence[Account], *, tell: Tell = untold) -> Compared:
    """A comparison of some accounts.

    Raises:
        NothingToCompareError: of fewer than two.

    """
    from importlib.metadata import version

    from tellings.comparing import compare
    from tellings.reading.model import model_name
    from tellings.records import InputFile
    from tellings.show import render_page, to_json

    if len(accounts) < 2:
        raise NothingToCompareError("the accounts", "are fewer than two", "give at least two accounts of one event")
    readings = list(_readings(accounts, tell))
    tell("comparing", len(accounts), len(accounts))
    inputs = sorted((one.original.path, one.sha256) for one in accounts)
    named = tuple(InputFile(path, digest) for path, digest in inputs)
    found = compare(readings, version=version("tellings"), model=model_name(), inputs=named)
    return Compared(to_json(found).encode(), **page_parts(render_page(found)))


def laid_over(before: Account, after: Account, *, tell: Tell = untold) -> Versions:
    """A later version of an account laid over an earlier one."""
    from tellings.diffing import differences
    from tellings.show.versions import check_versions

    first, second = _readings([before, after], tell)
    found = differences(first, second)
    check_versions(found)
    return found


def vector_of(words: str, *, tell: Tell = untold) -> NDArray[np.float32]:
    """The vector of a meaning."""
    from tellings.library import meaning

    tell("reading", 0, 1)
    return meaning.vector_of(words)


_PARTS = {
    "title": re.compile(r"<title>(.*?)</title>", re.S),
    "style": re.compile(r"<style>(.*?)</style>", re.S),
    "script": re.compile(r"<script>(.*?)</script>", re.S),
    "body": re.compile(r"<body[^>]*>(.*)</body>", re.S),
}


def page_parts(page: str) -> dict[str, str]:
    """The parts of a page that `render_page` made, to be set into the application's own.

    Every word of an account is escaped in it, so the first of each of these elements is the page's own.
    """
    from html import unescape

    found = {name: pattern.search(page) for name, pattern in _PARTS.items()}
    parts = {name: match.group(1) if match else "" for name, match in found.items()}
    return {**parts, "title": unescape(parts["title"])}


_remembered: OrderedDict[tuple[str, str], Reading] = OrderedDict()


def _readings(accounts: Sequence[Account], tell: Tell) -> Iterator[Reading]:
    from tellings.reading import read

    for number, account in enumerate(accounts):
        tell("reading", number, len(accounts))
        key = (account.id, account.sha256)
        found: Any = _remembered.pop(key, None)
        if found is None or found.account != account:
            (found,) = read([account])
        _remembered[key] = found
        if len(_remembered) > _KEPT:
            _remembered.popitem(last=False)
        yield found
