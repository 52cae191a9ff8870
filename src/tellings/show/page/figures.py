"""Figures: quantities that several accounts give with what their comparison says, then other figures by claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.measures import MORE_THAN_ALL, VERDICTS, amount, worst
from tellings.show.page.html import Html, el, excerpt, join
from tellings.show.page.lines import number_line
from tellings.show.page.parts import counted, letter, ours, sign
from tellings.show.page.tables import claim_link, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tellings.records import Excerpt, FigureUse, PollTold, Quantity, QuantityVerdict
    from tellings.show.view import View

_HEADS = ("Account", "Words", "What is counted", "Read as", "On one line", "Claim", "Voice")
_MARKED: dict[QuantityVerdict, str] = {
    "conflicting": "conflict", "update": "update", "different quantity": "differ", "compatible": "agree",
}  # fmt: skip


def figures(v: View) -> Html:
    """Build the figures: quantities, those that conflict first; others of one claim and unit; those of one account."""
    quantities = sorted(v.comparison.quantities, key=lambda one: list(VERDICTS).index(worst(one)))
    taken = {(use.account, use.start, use.end) for one in quantities for use in one.uses}
    rest = [use for use in v.comparison.figures if (use.account, use.start, use.end) not in taken]
    compared, others = _by_claim(v, rest)
    bodies = [_quantity(v, one) for one in quantities]
    bodies += [el("tbody", *(_figure(v, use, uses) for use in uses)) for uses in compared]
    parts = [table(_HEADS, bodies, "figures")] if bodies else []
    if others:
        told = el("summary", counted(len(others), "figure"), ours(" that only one account has"))
        rows = [el("tbody", *(_figure(v, use, ()) for use in others))]
        parts.append(el("details", told, table(_HEADS, rows, "figures")))
    if v.comparison.polls:
        parts.append(_polls(v))
    return join(parts)


def _polls(v: View) -> Html:
    """Build the polls that accounts tell of, a row each; shares that are more than all are said to be."""
    heads = ["Account", "Pollster", "Dates", "Sample", "Question", "Shares", "Lead", "Margin"]
    rows = [
        el(
            "tr",
            el("td", letter(v, poll.account)),
            *(el("td", _part(part)) for part in (poll.pollster, poll.dates, poll.sample, poll.scenario)),
            el("td", _shares(poll)),
            *(el("td", _part(part)) for part in (poll.lead, poll.margin)),
        )
        for poll in v.comparison.polls
    ]
    return join([el("h3", "Polls"), table(heads, [el("tbody", *rows)], "figures polls")])


def _part(part: Excerpt | None) -> Html:
    return excerpt(part) if part else ours("–")


def _shares(poll: PollTold) -> Html:
    told = [
        join([excerpt(one.answer) if one.answer else ours("not named"), " ", excerpt(one.figure)])
        for one in poll.shares
    ]
    over = el("span", f" ! {MORE_THAN_ALL}", class_="ours conflict") if poll.over_full else ""
    return join([join(told, ", "), over])


def _by_claim(v: View, uses: Iterable[FigureUse]) -> tuple[list[list[FigureUse]], list[FigureUse]]:
    """Group figures of one claim and unit that several accounts have; and give those that none of these holds."""
    groups: dict[tuple[str | None, str], list[FigureUse]] = {}
    for use in uses:
        groups.setdefault((use.claim, use.unit), []).append(use)
    order = {account.id: index for index, account in enumerate(v.accounts)}
    for each in groups.values():
        each.sort(key=lambda use: (order[use.account], use.start))
    compared = [
        each for (claim, _), each in groups.items() if claim in v.numbers and len({u.account for u in each}) > 1
    ]
    compared.sort(key=lambda each: (v.numbers[each[0].claim or ""], each[0].unit))
    others = [use for each in groups.values() if each not in compared for use in each]
    return compared, sorted(others, key=lambda use: (order[use.account], use.start))


def _quantity(v: View, quantity: Quantity) -> Html:
    """Build one quantity: what the comparison of its figures says and why as a heading, then its figures."""
    verdict = worst(quantity)
    told = VERDICTS[verdict]
    why = dict.fromkeys(pair.why for pair in quantity.pairs if pair.verdict == verdict and pair.why)
    reason = ours(f": {', '.join(why)}") if verdict != "compatible" and why else ""
    head = el("th", sign(told), f" {told.word}", reason, colspan=len(_HEADS), scope="rowgroup", class_=_MARKED[verdict])
    return el("tbody", el("tr", head), *(_figure(v, use, quantity.uses) for use in quantity.uses))


def _figure(v: View, use: FigureUse, beside: Sequence[FigureUse]) -> Html:
    """Build a figure's row, on one number line with those beside it."""
    return el(
        "tr",
        el("td", letter(v, use.account)),
        el("td", excerpt(use)),
        el("td", excerpt(use.counted) if use.counted else ours("–")),
        el("td", amount(use), class_="ours"),
        el("td", number_line(use, beside) if beside else ""),
        el("td", claim_link(v, use.claim)),
        el("td", f"{use.voice} voice", class_="ours"),
    )
