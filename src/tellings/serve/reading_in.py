"""What is given to the server as accounts: JSON, files, links - as inputs, then as accounts, then read and kept."""

from __future__ import annotations

from asyncio import wrap_future
from typing import TYPE_CHECKING

import msgspec

from tellings.errors import InputError
from tellings.serve import jobs
from tellings.serve.jobs import Given, Taken
from tellings.serve.problems import Problem, Refused, RefusedError, problem
from tellings.serve.records import AddedAccounts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tellings.records import Account
    from tellings.serve.records import AccountGiven
    from tellings.serve.served import Served

PASTED = "pasted.jsonl"
_LONGEST = 200


def pasted(accounts: Iterable[AccountGiven]) -> tuple[Given, ...]:
    """Accounts given as they are, as one input: a line of JSON each."""
    lines = [msgspec.json.encode(one) for one in accounts]
    return (Given(PASTED, b"\n".join(lines)),) if lines else ()


def plain_name(name: str | None) -> str:
    """A file's name without its folders and without what steers a terminal; one of ours where there is none."""
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign if sign.isprintable() else "?" for sign in last).strip()
    return shown[-_LONGEST:] or "upload"


async def taken(served: Served, given: Sequence[Given], links: Sequence[str] = ()) -> Taken:
    """The accounts in what was given, and behind the links, which are fetched."""
    fetched, refused = await served.ask(_fetched, served, links) if links else ((), ())
    every = (*given, *fetched)
    found = await wrap_future(served.work.submit(jobs.taken_in, every)) if every else Taken((), {}, ())
    return found._replace(refused=(*refused, *found.refused))


def _fetched(served: Served, links: Sequence[str]) -> tuple[tuple[Given, ...], tuple[jobs.Refused, ...]]:
    from tellings.fetching import as_input, fetch
    from tellings.fetching import is_link as leads

    given: list[Given] = []
    refused = [
        jobs.Refused(one[:_LONGEST], "is no link", "give one with https:// first") for one in links if not leads(one)
    ]
    for one in fetch([link for link in links if leads(link)], served.settings.fetching):
        if isinstance(one, InputError):
            refused.append(jobs.Refused.of(one))
        else:
            given.append(Given(*as_input(one), one))
    return tuple(given), tuple(refused)


async def kept(served: Served, found: Taken, *, story: int | None = None, by: str = "a person") -> AddedAccounts:
    """Read the accounts that the library does not have, keep them, and put all into a story, where one is named.

    Raises:
        RefusedError: when there is no account at all.

    """
    if not found.accounts:
        raise RefusedError(nothing_in(found))
    if story is not None:
        await served.ask(served.library.story, story)
    digests = [one.sha256 for one in found.accounts]
    known = await served.ask(served.library.known, digests)
    new = [one for one in found.accounts if one.sha256 not in known]
    readings = await wrap_future(served.work.submit(jobs.read_for_library, new)) if new else []
    names, added, late = await served.ask(_added, served, found, readings)
    if story is not None and names:
        await served.ask(served.library.assign, names, story, by=by)
    refused = (*(Refused(*one) for one in found.refused), *late)
    return AddedAccounts(tuple(names), added, len(found.accounts) - added - len(late), refused)


def _added(served: Served, found: Taken, readings: Sequence[bytes]) -> tuple[list[str], int, tuple[Refused, ...]]:
    """Keep readings; gives the names in the library of all accounts that were found, and how many are new."""
    from sqlalchemy import select

    from tellings.coding import decode
    from tellings.library import schema

    late: list[Refused] = []

    def original(account: Account) -> bytes | None:
        return found.originals.get(account.original.sha256)

    def refuse(error: InputError) -> None:
        late.append(Refused(error.about, error.problem, error.advice))

    done = served.library.add((decode(one) for one in readings), originals=original, on_refused=refuse)
    told = schema.accounts.c
    with served.library.reading() as connection:
        asked = select(told.name).where(told.sha256.in_([one.sha256 for one in found.accounts])).order_by(told.id)
        names = list(connection.scalars(asked))
    return names, done.new, tuple(late)


def nothing_in(found: Taken, what: str = "there is no account in what was given") -> Problem:
    """The problem of inputs that cannot be used."""
    inputs = tuple(Refused(*one) for one in found.refused)
    return problem(422, what, "give text, files, or links of articles", inputs)
