"""What only a comparison can know of an account: that it is a copy, a version, another story, or goes in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tellings.comparing.claims import Made
from tellings.comparing.copies import runs, share
from tellings.comparing.pages import dated
from tellings.comparing.parts import PAGE, is_page_note, still_missing
from tellings.comparing.speakers import outlet_keys
from tellings.comparing.table import Table
from tellings.pagemarks import mark_of
from tellings.records import Account, Copy, Note

COPY = "{percent} % of it stands word for word in {name}; the two are counted as one account"
VERSION = "is an earlier version of {name}, which stands for it; the two are counted as one account"
UNTOLD = "is a version of {name}, which stands for it: which of the two is later, their dates do not say"
FOREIGN = "shares no claim with any other account, while others share some; it may tell another story"
CIRCULAR = "gives {names} as a source, which in turn rests on this account"
_OURS = frozenset({"copy", "version", "circular"})
"""Codes of notes that only a comparison makes; those of an earlier one are dropped."""


def copies(table: Table) -> tuple[Copy, ...]:
    """Each account that is a copy or an earlier version, in the order of the accounts, with the one it counts with."""
    latest = {n: group[-1] for group in table.versions for n in group[:-1]}
    accounts = [reading.account for reading in table.readings]
    found = ((n, _of(table, latest.get(n, n), home)) for n, home in enumerate(table.counted))
    return tuple(
        Copy(
            accounts[n].id,
            accounts[of].id,
            round(share(runs(accounts[n].text), runs(accounts[of].text)), 4),
            "version" if latest.get(n) == of else "copy",
        )
        for n, of in found
        if n != of
    )


def _of(table: Table, standing: int, home: int) -> int:
    """What an account is a copy of, by what stands for it: a page is no copy of the first page of its article."""
    return standing if home == table.pages_of(standing)[0] else home


def foreign(table: Table, made: Sequence[Made]) -> frozenset[int]:
    """The numbers of accounts that seem to tell another story: they tell claims and share none, while others share.

    Copies are one account here: what an account shares with its copy alone is not shared.
    """
    told = [{table.teller(row) for row in one.rows} for one in made]
    among: set[int] = set().union(*(tellers for tellers in told if len(tellers) > 1))
    if not among:
        return frozenset()
    alone = set().union(*told) - among
    return frozenset(n for n, home in enumerate(table.counted) if home in alone)


def circles(table: Table) -> dict[int, tuple[int, ...]]:
    """For each account those that rest on it and on which it rests in turn, straight or through others.

    An account rests on another if it gives that one's outlet as a source.
    """
    count = len(table.readings)
    own = [outlet_keys(name) if name else frozenset() for name in table.outlets]
    cited = [
        {m for speaker in said if speaker and speaker.type == "outlet" for m in range(count) if speaker.keys == own[m]}
        - {n}
        for n, said in enumerate(table.speakers)
    ]
    reached = [_reached(cited, n) for n in range(count)]
    return {n: tuple(sorted(m for m in reached[n] - {n} if n in reached[m])) for n in range(count) if n in reached[n]}


def _reached(cited: Sequence[set[int]], start: int) -> set[int]:
    found: set[int] = set()
    waiting = [start]
    while waiting:
        more = cited[waiting.pop()] - found
        found |= more
        waiting.extend(more)
    return found


def noted(table: Table, made: Sequence[Made], found: Sequence[Copy]) -> tuple[Account, ...]:
    """The accounts of a table, with notes on copies and on what may be another story after those of their inputs."""
    accounts = {reading.account.id: reading.account for reading in table.readings}
    copied = {one.account: _copied(accounts[one.account], accounts[one.of], one) for one in found}
    strange = foreign(table, made)
    circular = circles(table)

    def notes(number: int, account: Account) -> Iterator[Note]:
        pages = [table.readings[n].account for n in table.pages_of(number)]
        for note in still_missing(account, pages):
            if note.code not in _OURS and note.message != FOREIGN and not is_page_note(note):
                yield note
        if account.id != pages[0].id:
            page = mark_of(account.url)
            yield Note("other", PAGE.format(number=page.number if page else 0, name=_called(pages[0], account)))
        if account.id in copied:
            yield copied[account.id]
        if number in strange:
            yield Note("other", FOREIGN)
        if number in circular:
            others = ", ".join(_called(list(accounts.values())[n], account) for n in circular[number])
            yield Note("circular", CIRCULAR.format(names=others))

    return tuple(replace(account, notes=tuple(notes(n, account))) for n, account in enumerate(accounts.values()))


def _copied(account: Account, other: Account, one: Copy) -> Note:
    if one.kind == "version":
        told = VERSION if dated([account, other]) else UNTOLD
        return Note("version", told.format(name=_called(other, account)))
    return Note("copy", COPY.format(percent=round(100 * one.share), name=_called(other, account)))


def _called(other: Account, account: Account) -> str:
    """Another account by its outlet, which a reader sees; by its input where that would not tell the two apart."""
    return other.outlet if other.outlet and other.outlet != account.outlet else other.original.path or other.id
