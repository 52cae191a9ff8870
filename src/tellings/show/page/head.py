"""The head of the page: the accounts, the claims counted by standing, and the way to the sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.page.html import Html, el, join, link
from tellings.show.page.parts import FEW, letter, ours, sign
from tellings.show.signs import STANDINGS, plural
from tellings.show.view import View, claims_shown, name_of, plain_date, standing_counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.records import Account


def head(v: View, sections: Sequence[tuple[str, str]]) -> Html:
    """Build the head; `sections` are the ids and titles to link to."""
    copies = f", {plural(len(v.copies), 'copy', 'copies')} among them" if v.copies else ""
    many = ours(f" {plural(len(v.accounts), 'account')} of one story{copies}")
    kicker = el("h1", el("b", "Tellings"), many, class_="kicker")
    links = el("nav", *(el("a", title, href=f"#{name}") for name, title in sections), aria_label="Sections")
    return el("header", kicker, _accounts(v), _counts(v), links, class_="mast")


def _accounts(v: View) -> Html:
    """Build the accounts with their titles; of more than a few a line each, the titles folded."""
    titles = el("ol", *(_account(v, account) for account in v.accounts), class_="titles")
    if len(v.accounts) <= FEW:
        return titles
    chips = el("ol", *(_chip(v, account) for account in v.accounts), class_="chips")
    summary = el("summary", f"Titles, authors and notes of all {len(v.accounts)}")
    return join([chips, el("details", summary, titles, class_="all-titles")])


def _chip(v: View, account: Account) -> Html:
    where = f"#account-{v.letters[account.id]}"
    noted = any(note.code not in ("copy", "no date") for note in account.notes)
    note = [" ", el("a", "note", href=f"#head-{v.letters[account.id]}", class_="warn")] if noted else []
    when = ours(f" {plain_date(account.published)}")
    name = el("span", name_of(account), class_="outlet w")
    return el("li", letter(v, account.id, where), " ", name, when, _copied(v, account), *note)


def _copied(v: View, account: Account) -> Html:
    """Say of which account one is a copy, and how much of it."""
    found = next((one for one in v.comparison.copies if one.account == account.id), None)
    return ours(f" copy of {v.letters[found.of]} {found.share:.0%}".replace("%", " %"), "copied") if found else Html("")


def _account(v: View, account: Account) -> Html:
    where = f"#account-{v.letters[account.id]}"
    line = join([letter(v, account.id, where), el("span", name_of(account), class_="outlet w")], " ")
    facts = [plain_date(account.published)]
    if account.updated is not None:
        facts.append(f"updated {plain_date(account.updated)}")
    facts.append(plural(len(account.text.split()), "word"))
    byline = [el("span", account.author, class_="w")] if account.author else []
    url = link(account.url, "source page")
    parts = [*byline, *(ours(fact) for fact in facts), *([url] if url is not None else [])]
    notes = [el("p", sign_note(note.message), class_="warn") for note in account.notes]
    title = el("p", account.title, class_="title w") if account.title else ""
    first = el("p", line, _copied(v, account))
    told = el("p", join(parts, " · "), class_="facts")
    return el("li", first, title, told, *notes, id=f"head-{v.letters[account.id]}")


def sign_note(message: str) -> str:
    """Give a note about an input as the interface says it."""
    return f"Note: {message}"


def _counts(v: View) -> Html:
    """Build the counts, each also a switch: the rules of the style sheet hide what is switched off."""
    counts = standing_counts(v.claims)
    boxes = [
        el(
            "label",
            el("input", type="checkbox", id=f"show-{name}", checked=True),
            sign(STANDINGS[name]),
            el("b", str(counts[name])),
            f" {STANDINGS[name].word}",
            class_=f"s-{name}",
        )
        for name in STANDINGS
        if counts[name]
    ]
    box = el("input", type="search", id="search", autocomplete="off")
    search = el("label", "Search ", box, class_="search", hidden=True)
    told = ours(f"{claims_shown(v)}:", "count")
    return el("div", told, *boxes, search, class_="counts", role="group", aria_label="Claims by standing")
