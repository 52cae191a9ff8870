"""Claims x accounts: which account tells what, and where it tells it otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.page.html import Html, el, excerpt, join
from tellings.show.page.parts import letter, ours, sign, told_id
from tellings.show.sides import otherwise, says_more, versions
from tellings.show.signs import MORE, OTHERWISE, RELATIONS, STANDINGS, TOLD, VERSION, plural
from tellings.show.view import View

if TYPE_CHECKING:
    from tellings.records import Account, Claim
    from tellings.show.signs import Sign


def matrix(v: View) -> Html:
    """Build the matrix: a row a claim that several tell, one row for all that only one tells."""
    shared = [claim for claim in v.claims if claim.standing != "single"]
    heads = [
        el("th", letter(v, account.id, f"#account-{v.letters[account.id]}"), scope="col") for account in v.accounts
    ]
    top = el("thead", el("tr", el("th", "Claim, in the shortest words", scope="col"), *heads))
    rows = [_row(v, claim) for claim in shared]
    table = el("table", top, el("tbody", *rows, *_singles(v)))
    return el("div", el("div", table, class_="scroll", tabindex="0"), _legend(), class_="matrix")


def _row(v: View, claim: Claim) -> Html:
    number = v.numbers[claim.id]
    sign_word = STANDINGS[claim.standing]
    name = el(
        "a",
        sign(sign_word),
        el("span", sign_word.word, class_="hide"),
        excerpt(v.titles[claim.id]),
        href=f"#c{number}",
    )
    cells = [_cell(v, claim, account) for account in v.accounts]
    return el("tr", el("th", name, scope="row"), *cells, class_=f"s-{claim.standing}", data_claim=number)


def _cell(v: View, claim: Claim, account: Account) -> Html:
    own = [n for n, appearance in enumerate(claim.appearances) if appearance.account == account.id]
    if not own:
        value = v.told.get((claim.id, account.id), "not told")
        reason = v.reasons.get((claim.id, account.id))
        title = TOLD[value].word + (f": {reason}" if reason else "")
        return el("td", _mark(TOLD[value]), class_=value.replace(" ", "-"), title=title)
    numerals = versions(v, claim)
    words = " … ".join(claim.appearances[n].text for n in own)
    href = f"#{told_id(v, claim, account.id)}"
    if numerals:
        shown = join(dict.fromkeys(el("i", numerals[n]) for n in own), " ")
        return el("td", el("a", shown, ours("version", "hide"), href=href, title=f"“{words}”"), class_="told")
    parts = [kind for n, kind in otherwise(claim).items() if n in own]
    if parts:
        sharpest = min(parts, key=list(RELATIONS).index)
        mark = join([sign(RELATIONS[sharpest]), el("span", OTHERWISE.word, class_="hide")])
    else:
        mark = _mark(MORE if says_more(claim) & set(own) else TOLD["told"])
    return el("td", el("a", mark, href=href, title=f"“{words}”"), class_="told")


def _mark(of: Sign) -> Html:
    return join([sign(of), el("span", of.word, class_="hide")])


def _singles(v: View) -> list[Html]:
    """Fold the claims that one account alone tells into one row that counts them."""
    counts = {
        account.id: sum(c.standing == "single" and c.appearances[0].account == account.id for c in v.claims)
        for account in v.accounts
    }
    total = sum(counts.values())
    if not total:
        return []
    of = STANDINGS["single"]
    name = el("a", sign(of), ours(f"{plural(total, 'claim')} {of.word} alone"), href="#told-by-one")
    cells = [
        el("td", el("a", str(counts[a.id]), href=f"#single-{v.letters[a.id]}"), class_="told")
        if counts[a.id]
        else el("td", sign(TOLD["not told"]), class_="not-told")
        for a in v.accounts
    ]
    return [el("tr", el("th", name, scope="row"), *cells, class_="s-single fold")]


def _legend() -> Html:
    signs = [TOLD["told"], MORE, VERSION, OTHERWISE, TOLD["not told"], TOLD["cannot tell"]]
    items = [el("span", sign(of), f" {of.word}", title=of.meaning) for of in signs]
    return el("p", *items, class_="legend")
