"""Claims x accounts: which account tells what, and where it tells it otherwise.

A cell left empty does not tell it: the style sheet draws its sign and says its word, as there are thousands of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.page.html import Html, el, excerpt, join
from tellings.show.page.parts import FEW, gaps_id, letter, ours, sign, told_id
from tellings.show.sides import otherwise, partings, says_more, versions
from tellings.show.signs import MORE, OTHERWISE, RELATIONS, STANDINGS, TOLD, VERSION, plural
from tellings.show.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.records import Account, Claim, RelationKind, Standing
    from tellings.show.signs import Sign

    Kinds = dict[int, RelationKind]

WIDE = 12
"""Columns from which on the matrix stands above the claims, not beside them."""
_ROWS = 40
"""Rows up to which all are shown; of more, each standing shows its first."""
_FIRST: dict[Standing, int] = {"disputed": 40, "differs": 20, "updated": 20}
_OTHERS_FIRST = 8
_MOST = 100
"""Rows of one standing at most; the list of claims has all."""


def columns(v: View) -> list[tuple[Account, ...]]:
    """The accounts of each column: one, or one with its copies."""
    if len(v.accounts) <= FEW:
        return [(account,) for account in v.accounts]
    counted = [account for account in v.accounts if account.id not in v.copies]
    return [(one, *(other for other in v.accounts if v.copies.get(other.id) == one.id)) for one in counted]


def matrix(v: View) -> Html:
    """Build the matrix: a row a claim that several tell, by standing, one row for all that only one tells."""
    groups = columns(v)
    top = el("thead", el("tr", el("th", "Claim", scope="col"), *(_head(v, group) for group in groups)))
    shared = sum(claim.standing != "single" for claim in v.claims)
    bodies = [_standing(v, standing, groups, fold=shared > _ROWS) for standing in STANDINGS if standing != "single"]
    table = el("table", top, *bodies, *_singles(v, groups))
    label = "Claims by accounts"
    return el(
        "div",
        el("div", table, class_="scroll", tabindex="0", role="region", aria_label=label),
        _legend(),
        class_="matrix",
    )


def _head(v: View, group: Sequence[Account]) -> Html:
    first = letter(v, group[0].id, f"#account-{v.letters[group[0].id]}")
    if len(group) == 1:
        return el("th", first, scope="col")
    names = ", ".join(v.letters[account.id] for account in group[1:])
    more = el("span", f"+{len(group) - 1}", el("span", f" copies: {names}", class_="hide"), class_="plus", title=names)
    return el("th", first, more, scope="col")


def _standing(v: View, standing: Standing, groups: Sequence[Sequence[Account]], *, fold: bool) -> Html:
    """Build the rows of one standing under its name; what is folded shows when its box is ticked."""
    chosen = [claim for claim in v.claims if claim.standing == standing]
    if not chosen:
        return Html("")
    of, width = STANDINGS[standing], len(groups) + 1
    name = join([sign(of), f" {of.word} ", ours(plural(len(chosen), "claim"), "count")])
    head = el("tr", el("th", name, colspan=width, scope="rowgroup"), class_="standing-row")
    first = _FIRST.get(standing, _OTHERS_FIRST) if fold else len(chosen)
    rows = [_row(v, claim, groups, folded=place >= first) for place, claim in enumerate(chosen[:_MOST])]
    if len(rows) > first:
        box = el("input", type="checkbox", id=f"more-{standing}", class_="unfold")
        told = el("label", box, f" show {len(rows) - first} more of them")
        rows.append(el("tr", el("td", told, colspan=width), class_="unfold-row"))
    if len(chosen) > _MOST:
        left = el("a", f"all {len(chosen)} of them, in the list", href=f"#list-{standing}")
        rows.append(el("tr", el("td", left, colspan=width), class_="more"))
    return el("tbody", head, *rows, class_=f"s-{standing}")


def _row(v: View, claim: Claim, groups: Sequence[Sequence[Account]], *, folded: bool) -> Html:
    number = v.numbers[claim.id]
    of = STANDINGS[claim.standing]
    words = el("a", sign(of), el("span", of.word, class_="hide"), excerpt(v.titles[claim.id]), href=f"#c{number}")
    parting, numerals = otherwise(claim), versions(v, claim)
    cells = [_cell(v, claim, group, parting, numerals) for group in groups]
    name = el("th", words, _apart(v, claim), scope="row")
    return el("tr", name, *cells, class_="more" if folded else None, data_claim=number)


def _apart(v: View, claim: Claim) -> Html:
    """Show the words on which the first parting of a claim rests, side by side."""
    if claim.standing not in ("disputed", "differs", "updated"):
        return Html("")
    title = v.titles[claim.id].text
    for one in partings(v, claim):
        left, right = one.why
        if left and right and (left[0].text != title or right[0].text != title):
            return el("span", excerpt(left[0]), ours(" / "), excerpt(right[0]), class_="apart")
    return Html("")


def _cell(v: View, claim: Claim, group: Sequence[Account], parting: Kinds, numerals: dict[int, str]) -> Html:
    """Build one cell: the sign for the first of the group that tells it, with its letter where that is a copy."""
    for place, account in enumerate(group):
        own = [n for n, appearance in enumerate(claim.appearances) if appearance.account == account.id]
        if own:
            shown, said = _told(claim, own, parting, numerals)
            whose = [el("small", v.letters[account.id])] if place else []
            return el("td", el("a", shown, *whose, href=f"#{told_id(v, claim, account.id)}", aria_label=said))
    values = {v.told.get((claim.id, account.id), "not told") for account in group}
    if values == {"cannot tell"}:
        of = TOLD["cannot tell"]
        return el("td", el("a", of.sign, href=f"#{gaps_id(v, claim)}", aria_label=of.word), class_="cannot-tell")
    return Html("<td></td>")


def _told(claim: Claim, own: Sequence[int], parting: Kinds, numerals: dict[int, str]) -> tuple[Html | str, str]:
    """Give the sign of a cell, and what it says in words."""
    if numerals:
        mine = list(dict.fromkeys(numerals[n] for n in own))
        return el("i", " ".join(mine)), f"told, version {' and '.join(mine)}"
    kinds = [kind for n, kind in parting.items() if n in own]
    if kinds:
        sharpest = RELATIONS[min(kinds, key=list(RELATIONS).index)]
        return sharpest.sign, f"{OTHERWISE.word}: {sharpest.word}"
    of = MORE if says_more(claim) & set(own) else TOLD["told"]
    return of.sign, of.word


def _singles(v: View, groups: Sequence[Sequence[Account]]) -> list[Html]:
    """Fold the claims that one account alone tells into one row that counts them."""
    counts = dict.fromkeys((account.id for account in v.accounts), 0)
    for claim in v.claims:
        if claim.standing == "single":
            counts[claim.appearances[0].account] += 1
    total = sum(counts.values())
    if not total:
        return []
    of = STANDINGS["single"]
    name = el("a", sign(of), ours(f"{plural(total, 'claim')} {of.word} alone"), href="#told-by-one")
    cells = []
    for group in groups:
        teller = next((account.id for account in group if counts[account.id]), None)
        number = sum(counts[account.id] for account in group)
        where = f"#single-{v.letters[teller]}" if teller else None
        cells.append(el("td", el("a", str(number), href=where)) if teller else Html("<td></td>"))
    return [el("tbody", el("tr", el("th", name, scope="row"), *cells, class_="fold"), class_="s-single")]


def _legend() -> Html:
    signs: list[Sign] = [TOLD["told"], MORE, VERSION, OTHERWISE, TOLD["not told"], TOLD["cannot tell"]]
    items = [el("span", sign(of), f" {of.word}") for of in signs]
    meant = el("a", "what each sign means", href="#signs")
    return el("p", *items, meant, class_="legend")
