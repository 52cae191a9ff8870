"""What the renderers share: the order of accounts and claims, letters, names, segments."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from tellings.records import Account, Appearance, Claim, Comparison, Manifest, Told
from tellings.show.only import SETTING
from tellings.show.signs import STANDINGS, plural
from tellings.show.titles import near_ones, titles_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class View:
    """A comparison in the order of reading.

    `letters` name the accounts, `numbers` (from 1) and `titles` the claims; `told` and `reasons` are the gaps by
    claim and account; `copies` name for each copy the account it is counted with; `by_id` has the accounts.
    """

    comparison: Comparison
    accounts: tuple[Account, ...]
    claims: tuple[Claim, ...]
    letters: Mapping[str, str]
    numbers: Mapping[str, int]
    titles: Mapping[str, Appearance]
    told: Mapping[tuple[str, str], Told]
    reasons: Mapping[tuple[str, str], str]
    copies: Mapping[str, str]
    by_id: Mapping[str, Account]

    def account(self, name: str) -> Account:
        """Give the account of an id."""
        return self.by_id[name]

    def has(self, layer: str) -> bool:
        """Say whether a layer was computed: the manifest names it, or it holds something."""
        return layer in self.comparison.manifest.layers or bool(getattr(self.comparison, layer))


def view(comparison: Comparison) -> View:
    """Order a comparison for reading, whatever order it came in.

    Accounts stand by publication; claims by standing, then by how many tell them (copies counted as one), then by
    where they are first told; those of one standing that are told in like words stand together.
    """
    accounts = tuple(sorted(comparison.accounts, key=_published))
    order = {account.id: index for index, account in enumerate(accounts)}
    ranks = {standing: rank for rank, standing in enumerate(STANDINGS)}
    copies = {one.account: one.of for one in comparison.copies}

    def first_told(claim: Claim) -> tuple[int, int]:
        return min((order[appearance.account], appearance.start) for appearance in claim.appearances)

    def key(claim: Claim) -> tuple[int, int, int, int, str]:
        return ranks[claim.standing], -len(_counted(copies, claim)), *first_told(claim), claim.id

    claims = _near(sorted(comparison.claims, key=key))
    texts = {account.id: account.text for account in accounts}
    gaps = comparison.gaps
    return View(
        comparison=comparison,
        accounts=accounts,
        claims=claims,
        letters={account.id: letter(index) for index, account in enumerate(accounts)},
        numbers={claim.id: number for number, claim in enumerate(claims, 1)},
        titles=titles_of(claims, texts),
        told={(gap.claim, gap.account): gap.value for gap in gaps},
        reasons={(gap.claim, gap.account): gap.why for gap in gaps},
        copies=copies,
        by_id={account.id: account for account in accounts},
    )


def _near(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Put like claims of one standing together; what one account alone tells stays in the order of its text."""
    groups = {standing: [claim for claim in claims if claim.standing == standing] for standing in STANDINGS}
    parts = (group if standing == "single" else near_ones(group) for standing, group in groups.items())
    return tuple(claim for part in parts for claim in part)


def _published(account: Account) -> tuple[bool, float, str, str]:
    """Sort key: dated accounts first, in time (times without a zone are taken as UTC), then by id."""
    if account.published is None:
        return (True, 0.0, "", account.id)
    try:
        moment = datetime.fromisoformat(account.published)
    except ValueError:
        # A date of less precision than a day (2026-03) still sorts well as text among its like.
        return (True, 0.0, account.published, account.id)
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return (False, aware.timestamp(), "", account.id)


def letter(index: int) -> str:
    """Name the account at an index: A to Z, then AA, AB, ..."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def tellers(claim: Claim) -> set[str]:
    """Give the ids of the accounts in which a claim appears."""
    return {appearance.account for appearance in claim.appearances}


def _counted(copies: Mapping[str, str], claim: Claim) -> set[str]:
    """Give the accounts that tell a claim, a copy as the one it is counted with."""
    return {copies.get(account, account) for account in tellers(claim)}


def told_by(v: View, claim: Claim) -> str:
    """Say how many tell a claim, copies and versions beside, of how many origins: `told by 2 of 3, 1 origin`."""
    counted = len(_counted(v.copies, claim))
    beside = len(tellers(claim)) - counted
    earlier = min(beside, sum(one.kind == "version" and one.account in tellers(claim) for one in v.comparison.copies))
    more = [plural(beside - earlier, "copy", "copies")] if beside > earlier else []
    more += [plural(earlier, "earlier version")] if earlier else []
    told = "".join(f" and {one}" for one in more)
    return f"told by {counted} of {len(v.accounts) - len(v.copies)}{told}, {count_of_origins(claim)}"


def fewest_origins(claim: Claim) -> int:
    """How many origins a claim has at least: unnamed sources of several accounts may be one, which cannot be told."""
    unnamed = Counter(
        account
        for origin in claim.origins
        if origin.type == "anonymous"
        for account in {claim.appearances[n].account for n in origin.appearances}
    )
    several = [origin for origin in claim.origins if origin.type == "anonymous"]
    return len(claim.origins) - len(several) + max(unnamed.values(), default=0)


def count_of_origins(claim: Claim) -> str:
    """The number of origins in words: "3 origins", or "2 or 3 origins" where it cannot be told."""
    least, most = fewest_origins(claim), len(claim.origins)
    return plural(most, "origin") if least == most else f"{least} or {plural(most, 'origin')}"


def claims_shown(v: View) -> str:
    """Say how many claims there are, and of which standings alone where a setting chose: `2 claims (only disputed)`."""
    chosen = [setting.value for setting in v.comparison.manifest.settings if setting.name == SETTING]
    limits = f" (only {', '.join(chosen)})" if chosen else ""
    return plural(len(v.claims), "claim") + limits


def references(v: View, claim: Claim) -> tuple[str, ...]:
    """Name each appearance by its account's letter, numbered where one account has several: A, B1, B2."""
    counts: dict[str, int] = {}
    names = []
    for appearance in claim.appearances:
        counts[appearance.account] = counts.get(appearance.account, 0) + 1
        names.append((appearance.account, counts[appearance.account]))
    return tuple(v.letters[account] + (str(number) if counts[account] > 1 else "") for account, number in names)


def by_account(v: View, claim: Claim) -> list[int]:
    """Give the numbers of a claim's appearances in the order of the accounts, then of the text."""
    order = {account.id: index for index, account in enumerate(v.accounts)}
    appearances = claim.appearances
    return sorted(range(len(appearances)), key=lambda n: (order[appearances[n].account], appearances[n].start))


class Segment(NamedTuple):
    """A stretch of text in which the same marks hold; `marks` number the spans given, in their order."""

    start: int
    end: int
    marks: tuple[int, ...]


def segments(start: int, end: int, spans: Sequence[tuple[int, int]]) -> list[Segment]:
    """Split `[start, end)` where any of the spans begins or ends, so that overlapping spans can be marked.

    The segments cover the stretch without gap or overlap, in order; empty spans mark nothing.
    """
    inside = [(max(first, start), min(last, end)) for first, last in spans]
    points = sorted({start, end, *(point for pair in inside if pair[0] < pair[1] for point in pair)})
    return [
        Segment(a, b, tuple(n for n, (first, last) in enumerate(inside) if first <= a and b <= last))
        for a, b in pairwise(points)
    ]


def name_of(account: Account) -> str:
    """Name an account by its outlet, or by its file."""
    return account.outlet or PurePath(account.original.path).name or account.id


def standing_counts(claims: Iterable[Claim]) -> dict[str, int]:
    """Count claims by standing, every standing named, in the order of reading."""
    counts: dict[str, int] = dict.fromkeys(STANDINGS, 0)
    for claim in claims:
        counts[claim.standing] += 1
    return counts


def judged(manifest: Manifest) -> str | None:
    """Say in a line which judge was asked and how much it answered; None where there was none."""
    settings = {setting.name: setting.value for setting in manifest.settings}
    name, answered = settings.get("judge"), settings.get("judge answered")
    if name is None or answered is None:
        return None
    return f"doubtful pairs: {answered} answered by the judge {name}, the rest by the shipped scorer"


def plain_date(iso: str | None) -> str:
    """Give an ISO 8601 date as a reader writes it: `2026-03-12 10:15`; a word where there is none."""
    if iso is None:
        return "no date"
    return iso.replace("T", " ")[:16]
