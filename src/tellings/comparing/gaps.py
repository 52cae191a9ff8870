"""For each account and each claim that most others tell: told, not told, or cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from tellings.comparing.claims import Made
from tellings.comparing.table import Table
from tellings.records import Gap

NOT_TOLD = "told by {told} of {others} others"
CUT_OFF = "the account is cut off"
BEFORE = "published before the first account that tells it"
UNDATED = "the account has no date"


def gaps(table: Table, made: Sequence[Made]) -> tuple[Gap, ...]:
    """The gaps of every claim told by at least two accounts, and for an account by at least half of the others.

    Copies are counted as one account, here as everywhere.
    """
    found = []
    others = len(set(table.counted)) - 1
    for one in made:
        tellers = {table.rows[row].reading for row in one.rows}
        for number in range(len(table.readings)):
            told = len({table.counted[teller] for teller in tellers} - {table.counted[number]})
            if told >= 2 and 2 * told >= others:
                why = NOT_TOLD.format(told=told, others=others)
                found.append(_gap(table, one, number, tellers, why))
    return tuple(found)


def _gap(table: Table, made: Made, number: int, tellers: set[int], why: str) -> Gap:
    account = table.readings[number].account
    if number in tellers:
        return Gap(made.claim.id, account.id, "told", why)
    if any(note.code == "cut off" for note in account.notes):
        return Gap(made.claim.id, account.id, "cannot tell", CUT_OFF)
    days = [table.day[teller] for teller in tellers]
    if not any(isnan(day) for day in days):
        if table.day[number] < min(days):
            return Gap(made.claim.id, account.id, "cannot tell", BEFORE)
        if isnan(table.day[number]):
            return Gap(made.claim.id, account.id, "cannot tell", UNDATED)
    return Gap(made.claim.id, account.id, "not told", why)
