"""The head of the page: the accounts' titles, the claims counted by standing, and the way to the sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.page.html import Html, el, join, link
from tellings.show.page.parts import letter, ours, sign
from tellings.show.signs import STANDINGS, plural
from tellings.show.view import View, claims_shown, name_of, plain_date, standing_counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.records import Account


def head(v: View, sections: Sequence[tuple[str, str]]) -> Html:
    """Build the head; `sections` are the ids and titles to link to."""
    kicker = el("p", el("b", "Tellings"), ours(f" {plural(len(v.accounts), 'account')} of one story"), class_="kicker")
    titles = el("ol", *(_account(v, account) for account in v.accounts), class_="titles")
    links = el("nav", *(el("a", title, href=f"#{name}") for name, title in sections), aria_label="Sections")
    return el("header", el("h1", kicker), titles, _counts(v), links, class_="mast")


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
    return el("li", el("p", line), title, el("p", join(parts, " · "), class_="facts"), *notes)


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
            title=STANDINGS[name].meaning,
        )
        for name in STANDINGS
        if counts[name]
    ]
    search = el(
        "label",
        "Search ",
        el("input", type="search", id="search", autocomplete="off"),
        class_="search",
        hidden=True,
    )
    told = ours(f"{claims_shown(v)}:", "count")
    return el("div", told, *boxes, search, class_="counts", role="group", aria_label="Claims by standing")
