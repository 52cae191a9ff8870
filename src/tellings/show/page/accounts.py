"""The accounts side by side, each to be read straight through, with every appearance of a claim marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tellings.show.page.html import Html, el, join, link, stretch
from tellings.show.page.parts import FEW, letter, mark_id, ours
from tellings.show.signs import STANDINGS
from tellings.show.view import View, name_of, plain_date, segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.records import Account, Claim

_NUMBERS = 4
"""Claims whose numbers stand at the end of one mark at most."""
_LINE = re.compile(r"[^\n]*\S[^\n]*")


class Place(NamedTuple):
    """Where an account tells a claim; `id` is given to the first place of a claim in an account."""

    start: int
    end: int
    claim: Claim
    id: str | None


def accounts(v: View) -> Html:
    """Build the columns; each can be switched off, and any two be set against each other, without script."""
    built = [_column(v, account) for account in v.accounts]
    many = "columns many" if len(built) > 4 else "columns"
    label = "Accounts side by side"
    shown = el("div", *built, class_=many, tabindex="0", role="region", aria_label=label)
    return join([_switches(v), _pair(v) if len(built) > 1 else "", shown])


def _switches(v: View) -> Html:
    boxes = [
        el(
            "label",
            el("input", type="checkbox", id=f"show-{v.letters[a.id]}", checked=True),
            el("b", v.letters[a.id], class_="letter"),
            f" {name_of(a)}",
        )
        for a in v.accounts
    ]
    told = f"{len(boxes)} accounts shown"
    group = el("div", *boxes, class_="switches", role="group", aria_label="Accounts shown")
    return el("details", el("summary", told), group) if len(boxes) > FEW else group


def _pair(v: View) -> Html:
    """Build the choice of two accounts: a box for it, and the left and the right one."""
    box = el("label", el("input", type="checkbox", id="pair"), " one against one")
    return el("div", box, _side(v, "left", 0), _side(v, "right", 1), class_="pair switches")


def _side(v: View, side: str, chosen: int) -> Html:
    choices = [
        el(
            "label",
            el("input", type="radio", name_=side, id=f"{side}-{v.letters[a.id]}", checked=place == chosen),
            el("b", v.letters[a.id], class_="letter", title=name_of(a)),
        )
        for place, a in enumerate(v.accounts)
    ]
    return el("fieldset", el("legend", f"{side} "), *choices)


def rules(v: View) -> list[str]:
    """The style rules of the switches: what is not wanted is not displayed."""
    pair = "body:has(#pair:checked)"
    found = [
        f"body:has(#show-{name}:not(:checked)) .account.col-{name} {{ display: none }}" for name in v.letters.values()
    ]
    for name in v.letters.values():
        for order, side in enumerate(("left", "right"), 1):
            at = f"{pair}:has(#{side}-{name}:checked) .account.col-{name}"
            found.append(f"{at} {{ display: block; order: {order} }}")
    return found


def _column(v: View, account: Account) -> Html:
    name = v.letters[account.id]
    facts = ours(f" {plain_date(account.published)}")
    url = link(account.url, "source page")
    top = [
        el("h3", letter(v, account.id), " ", el("span", name_of(account), class_="w"), facts),
        el("p", account.title, class_="title w") if account.title else "",
        el("p", url, class_="ours") if url is not None else "",
    ]
    places = places_of(v, account)
    body = [_paragraph(v, account, line.start(), line.end(), places) for line in _LINE.finditer(account.text)]
    return el(
        "article",
        el("header", *top),
        el("div", *body, class_="text", tabindex="0", role="region", aria_label=f"Text of {name}"),
        class_=f"account col-{name}",
        aria_label=f"{name} {name_of(account)}",
        id=f"account-{name}",
    )


def places_of(v: View, account: Account) -> list[Place]:
    """Give every place where an account tells a claim, in the order of the claims."""
    places = []
    for claim in v.claims:
        own = sorted((a.start, a.end) for a in claim.appearances if a.account == account.id)
        for index, (start, end) in enumerate(own):
            name = mark_id(v, claim, account.id) if index == 0 else None
            places.append(Place(start, end, claim, name))
    return places


def _paragraph(v: View, account: Account, start: int, end: int, places: Sequence[Place]) -> Html:
    here = [place for place in places if place.start < end and start < place.end]
    pieces = [
        _piece(v, account, piece.start, piece.end, [here[n] for n in piece.marks])
        for piece in segments(start, end, [(place.start, place.end) for place in here])
    ]
    return stretch("p", account.id, start, end, *pieces, data_signs=_signs(here))


def _signs(here: Sequence[Place]) -> str | None:
    """The signs of what a paragraph tells, for its margin, the sharpest first; that of what only it tells, alone."""
    told = {place.claim.standing for place in here}
    signs = [of.sign for standing, of in STANDINGS.items() if standing in told]
    return " ".join(signs[:-1] if "single" in told and len(signs) > 1 else signs) or None


def _piece(v: View, account: Account, start: int, end: int, places: Sequence[Place]) -> Html | str:
    """Mark a segment: a link to the first of its claims, all of them named, numbered where one ends."""
    text = account.text[start:end]
    if not places:
        return text
    first = places[0].claim
    numbers = dict.fromkeys(v.numbers[place.claim.id] for place in places)
    ending = [str(v.numbers[p.claim.id]) for p in places if p.end == end and p.claim.standing != "single"]
    anchors = [el("span", id=place.id) for place in places if place.id is not None and place.start == start]
    mark = stretch(
        "a",
        account.id,
        start,
        end,
        text,
        class_=f"m s-{first.standing}" + (" several" if len(numbers) > 1 else ""),
        href=f"#c{v.numbers[first.id]}",
        data_claims=" ".join(map(str, numbers)),
        data_ref=_numbers(ending),
    )
    return join([*anchors, mark])


def _numbers(ending: Sequence[str]) -> str | None:
    """The numbers of the claims that end at a mark, for its superscript; of many the first and how many more."""
    if len(ending) <= _NUMBERS:
        return ", ".join(ending) or None
    return f"{', '.join(ending[: _NUMBERS - 1])} +{len(ending) - _NUMBERS + 1}"
