"""For each account and each claim that most others tell: told, not told, or cannot tell.

Clusters put a statement apart more readily than a reader would, so what an account does not tell by them it may still
tell in other words. `not told` is said only where none of its statements comes near the claim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isnan

from tellings.comparing.candidates import Candidates
from tellings.comparing.claims import Made
from tellings.comparing.parts import still_missing
from tellings.comparing.scorer import Scores
from tellings.comparing.table import Table
from tellings.records import Gap

NOT_TOLD = "told by {told} of {others} others"
CUT_OFF = "the account is cut off"
BEFORE = "published before the first account that tells it"
UNDATED = "the account has no date"
OTHER_WORDS = "it may tell it in other words"
LOOSE = "those that tell it may not tell the same"
NEAR = 0.3
"""Probability of a pair of statements from which on an account may tell a claim in other words.

Of 76 gaps of 20 stories that were read, 29 were right without it, and 19 of the 20 under it (.15: 17 of 17, .45: 25 of
27): training/RESULTS.md has those it was not chosen on.
"""
SURE = 0.5
"""Probability of two accounts' agreeing, or of one's saying more, from which on a claim is sure enough to be missed.

Of 68 gaps of 20 other stories, read against whole accounts, 46 were right; of the 16 of claims as sure as this, 14.
"""


def gaps(table: Table, made: Sequence[Made], pairs: Candidates, scores: Scores) -> tuple[Gap, ...]:
    """The gaps of every claim told by at least two accounts, and for an account by at least half of the others.

    `scores` are those of the candidate pairs. Copies are counted as one account, here as everywhere; the pages of one
    article have one gap, told under its first page.
    """
    found = []
    near = _near(table, pairs, scores)
    others = len(set(table.counted)) - 1
    for one in made:
        tellers = {table.rows[row].reading for row in one.rows}
        for number in range(len(table.readings)):
            pages = table.pages_of(number)
            if number != pages[0]:
                continue
            told = len({table.counted[teller] for teller in tellers} - {table.counted[number]})
            if told >= 2 and 2 * told >= others:
                why = NOT_TOLD.format(told=told, others=others)
                gap = _gap(table, one, number, tellers, why)
                doubt = _doubt(one, near, {*pages}) if gap.value == "not told" else None
                found.append(replace(gap, value="cannot tell", why=doubt) if doubt else gap)
    return tuple(found)


def _doubt(made: Made, near: Mapping[int, set[int]], pages: set[int]) -> str | None:
    """Why it cannot be told whether the pages of an account tell a claim, None where they plainly do not."""
    if any(near.get(row, set()) & pages for row in made.rows):
        return OTHER_WORDS
    alike = [one.score for one in made.claim.relations if one.kind in ("agree", "narrower")]
    return None if max(alike, default=0.0) >= SURE else LOOSE


def _near(table: Table, pairs: Candidates, scores: Scores) -> dict[int, set[int]]:
    """For each row the accounts that have a statement near it."""
    near: dict[int, set[int]] = {}
    for n in (scores.same >= NEAR).nonzero()[0].tolist():
        a, b = int(pairs.a[n]), int(pairs.b[n])
        near.setdefault(a, set()).add(table.rows[b].reading)
        near.setdefault(b, set()).add(table.rows[a].reading)
    return near


def _gap(table: Table, made: Made, number: int, tellers: set[int], why: str) -> Gap:
    account = table.readings[number].account
    pages = [table.readings[n].account for n in table.pages_of(number)]
    if tellers & {*table.pages_of(number)}:
        return Gap(made.claim.id, account.id, "told", why)
    if any(note.code == "cut off" for page in pages for note in still_missing(page, pages)):
        return Gap(made.claim.id, account.id, "cannot tell", CUT_OFF)
    days = [table.day[teller] for teller in tellers]
    if not any(isnan(day) for day in days):
        if table.day[number] < min(days):
            return Gap(made.claim.id, account.id, "cannot tell", BEFORE)
        if isnan(table.day[number]):
            return Gap(made.claim.id, account.id, "cannot tell", UNDATED)
    return Gap(made.claim.id, account.id, "not told", why)
