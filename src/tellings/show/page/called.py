"""What each account calls whom, and in what words: names and loaded wording, own and quoted voice apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.labels import grouped
from tellings.show.page.html import Html, el, excerpt, join
from tellings.show.page.parts import counted, letter, ours, q
from tellings.show.page.tables import claim_link, table
from tellings.show.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.records import Name, Wording
    from tellings.show.labels import Group

_OPEN = 20
"""Names that are shown at once; the others open by a click."""


def names(v: View) -> Html:
    """Build the names: for everybody, then for acts, a row an account, labels in own and in quoted voices counted."""
    named = [name for name in v.comparison.names if name.type != "ACT"]
    acts = [name for name in v.comparison.names if name.type == "ACT"]
    parts = _tables(v, named, "more name") if named else []
    if acts:
        parts += [el("p", "Acts that accounts call by different words", class_="ours"), *_tables(v, acts, "more act")]
    return join(parts)


def _tables(v: View, names: Sequence[Name], more: str) -> list[Html]:
    """The first names in a table, the others in one that opens by a click."""
    heads = ["Account", "In its own voice", "In quoted voices"]
    bodies = [_body(v, name) for name in names]
    parts = [table(heads, bodies[:_OPEN], "names")]
    if bodies[_OPEN:]:
        told = el("summary", counted(len(bodies) - _OPEN, more))
        parts.append(el("details", told, table(heads, bodies[_OPEN:], "names")))
    return parts


def _body(v: View, name: Name) -> Html:
    accounts = [account.id for account in v.accounts if any(label.account == account.id for label in name.labels)]
    told = [counted(len(name.labels), "label"), ours(" in "), counted(len(accounts), "account")]
    head = el("tr", el("th", el("span", name.entity, class_="w"), " ", *told, colspan=3, scope="rowgroup"))
    rows = []
    for account in accounts:
        sides = [[x for x in name.labels if x.account == account and x.voice == voice] for voice in ("own", "quoted")]
        rows.append(el("tr", el("td", letter(v, account)), *(el("td", _side(grouped(side))) for side in sides)))
    return el("tbody", head, *rows)


def _side(groups: Sequence[Group]) -> Html:
    return join([_group(group) for group in groups], ", ") if groups else ours("–")


def _group(group: Group) -> Html:
    """Give one label, how often, how it stands and whose it is where a voice is quoted."""
    parts = [excerpt(group.first)]
    parts += [ours(f" ×{group.times}", "count")] if group.times > 1 else []
    parts += [ours(f" ({group.first.kind})", "kind")] if group.first.kind != "name" else []
    if group.speakers and group.first.kind != "name":
        parts += [ours(" by "), join([excerpt(one) for one in group.speakers], ", ")]
    return join(parts)


def wording(v: View) -> Html:
    """Build the loaded wording by account and voice, beside it what other accounts say where they tell the same."""
    uses = sorted(v.comparison.wording, key=lambda use: (v.letters[use.account], use.start))
    rows = [
        el(
            "tr",
            el("td", letter(v, use.account)),
            el("td", excerpt(use)),
            el("td", f"{use.voice} voice", class_="ours"),
            el("td", claim_link(v, use.claim)),
            el("td", _elsewhere(v, use)),
        )
        for use in uses
    ]
    return table(["Account", "Words", "Voice", "Claim", "The same in other accounts"], [el("tbody", *rows)], "wording")


def _elsewhere(v: View, use: Wording) -> Html:
    number = v.numbers.get(use.claim or "")
    told = v.claims[number - 1].appearances if number is not None else ()
    others = [one for one in told if one.account != use.account]
    if not others:
        return ours("–")
    return join([join([letter(v, one.account), " ", q(one)]) for one in others], el("br"))
