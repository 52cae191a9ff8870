"""Verbs of saying as small multiples: a row an account, bars on one scale, so that rows can be compared."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tellings.show.page.html import Html, el, excerpt, join
from tellings.show.page.parts import letter, ours
from tellings.show.view import View, name_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tellings.records import Account, CueSort, Excerpt

_MOST = 6
"""Plain verbs that have a column of their own."""
_WIDTH = 44
"""Width of the longest bar in pixels."""
_COLOURED: tuple[CueSort, ...] = ("doubting", "committing", "coloured")
SORTS: dict[CueSort, str] = {
    "doubting": "keeps the account at a distance from what is said (claimed)",
    "committing": "takes it for true (revealed, admitted)",
    "coloured": "tells how it was said (raged)",
}
"""What our words for the sorts of verbs mean."""

Uses = dict[tuple[str, str], list["Excerpt"]]
"""The places of a verb in an account, by the account's id and the verb in small letters."""


def verbs(v: View) -> Html:
    """Build the verbs: the plain ones that are most frequent, then those that do more than say."""
    plain, marked = _uses(v)
    if not plain and not marked:
        return Html("")
    total: Counter[str] = Counter()
    for (_, verb), places in plain.items():
        total[verb] += len(places)
    shown = sorted(total, key=lambda verb: (-total[verb], verb))[:_MOST]
    longest = max((len(places) for (_, verb), places in plain.items() if verb in shown), default=1)
    heads = ["Account", *(_named(plain, verb) for verb in shown), *_COLOURED]
    top = el("thead", el("tr", *(el("th", head, scope="col") for head in heads)))
    rows = [_row(v, account, shown, longest, plain, marked) for account in v.accounts]
    table = el("table", top, el("tbody", *rows), class_="verbs")
    meant = "; ".join(f"{sort}: {meaning}" for sort, meaning in SORTS.items())
    note = el("p", f"How often each account uses which verb of saying. {meant[0].upper()}{meant[1:]}.", class_="note")
    scroll = el("div", table, class_="scroll", tabindex="0", role="region", aria_label="Verbs of saying by account")
    return join([el("h3", "Verbs of saying"), note, scroll])


def _uses(v: View) -> tuple[Uses, dict[tuple[str, CueSort], list[Excerpt]]]:
    plain: Uses = {}
    marked: dict[tuple[str, CueSort], list[Excerpt]] = {}
    for source in v.comparison.sources:
        for one in source.attributions:
            for cue in one.cue:
                if one.sort == "neutral":
                    plain.setdefault((source.account, cue.text.lower()), []).append(cue)
                elif one.sort is not None:
                    marked.setdefault((source.account, one.sort), []).append(cue)
    return plain, marked


def _named(plain: Mapping[tuple[str, str], Sequence[Excerpt]], verb: str) -> Html:
    """A verb as the first account has it, in small letters where any has it so."""
    places = [place for (_, other), places in plain.items() if other == verb for place in places]
    return excerpt(next((place for place in places if place.text == verb), places[0]))


def _row(  # noqa: PLR0913 - what is counted, of whom, and on which scale
    v: View,
    account: Account,
    shown: Sequence[str],
    longest: int,
    plain: Mapping[tuple[str, str], Sequence[Excerpt]],
    marked: Mapping[tuple[str, CueSort], Sequence[Excerpt]],
) -> Html:
    cells = [el("td", _bar(len(plain.get((account.id, verb), ())), longest)) for verb in shown]
    cells += [el("td", _words(marked.get((account.id, sort), ()))) for sort in _COLOURED]
    return el("tr", el("th", letter(v, account.id), " ", name_of(account), scope="row"), *cells)


def _bar(number: int, longest: int) -> Html:
    if not number:
        return ours("–")
    width = max(2, round(_WIDTH * number / longest))
    bar = el("svg", el("rect", width=width, height=9), width=_WIDTH, height=9, class_="bar", aria_hidden="true")
    return join([bar, f" {number}"])


def _words(places: Sequence[Excerpt]) -> Html:
    if not places:
        return ours("–")
    groups: dict[str, list[Excerpt]] = {}
    for place in places:
        groups.setdefault(place.text.lower(), []).append(place)
    return join([join([excerpt(each[0]), _times(len(each))]) for each in groups.values()], ", ")


def _times(number: int) -> Html:
    return ours(f" ×{number}", "count") if number > 1 else Html("")
