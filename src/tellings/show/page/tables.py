"""Who says so and what is left out: a table each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.page.graph import graph
from tellings.show.page.html import Html, el, excerpt, join
from tellings.show.page.parts import counted, letter, ours, q, sign
from tellings.show.page.verbs import verbs
from tellings.show.signs import LOOSE, NEAR, TOLD
from tellings.show.view import View, name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.records import Claim, CueSort, Excerpt, Gap, Source

_GAP_HEADS = ("Account", "Tells it", "Claim", "Why")
_BAR = 120
"""Width of the longest bar in pixels."""


def table(heads: Sequence[str], rows: Sequence[Html], class_: str) -> Html:
    """Build a table that scrolls sideways by itself where it is too wide."""
    top = el("thead", el("tr", *(el("th", head, scope="col") for head in heads)))
    shown = el("table", top, *rows, class_=class_)
    return el("div", shown, class_="scroll", tabindex="0", role="group", aria_label=f"{heads[0]}, {heads[1]}")


def sources(v: View) -> Html:
    """Build the source table: a body an account, the speakers given most words first."""
    longest = max((_given(source) for source in v.comparison.sources), default=1) or 1
    bodies = []
    for account in v.accounts:
        own = [source for source in v.comparison.sources if source.account == account.id]
        own.sort(key=lambda source: -_given(source))
        head = el(
            "tr",
            el(
                "th",
                letter(v, account.id),
                " ",
                name_of(account),
                " ",
                counted(len(own), "source"),
                colspan=5,
                scope="rowgroup",
            ),
        )
        bodies.append(el("tbody", head, *(_source(source, longest) for source in own)))
    listed = table(["Source", "Kind", "Came through", "Words given", "Attributed with"], bodies, "sources")
    return join([graph(v), verbs(v), el("h3", "Sources of each account"), listed])


def _given(source: Source) -> int:
    """Count the words given to a source; nested contents count once for each content they are in."""
    return sum(len(part.text.split()) for attribution in source.attributions for part in attribution.content)


def _source(source: Source, longest: int) -> Html:
    named = next(
        (part for attribution in source.attributions for part in attribution.source if part.text == source.name),
        None,
    )
    name = (
        excerpt(named)
        if named is not None
        else el("span", source.name, class_="w")
        if source.name
        else ours("source left out")
    )
    words = _given(source)
    width = max(1, round(_BAR * words / longest)) if words else 0
    bar = el("svg", el("rect", width=width, height=8), width=_BAR, height=8, class_="bar", aria_hidden="true")
    cues = {part.text.lower(): (part, one.sort) for one in source.attributions for part in one.cue}
    contents = [
        el("li", join([q(part) for part in attribution.content], ours(" … "))) for attribution in source.attributions
    ]
    given = el(
        "details",
        el("summary", bar, " ", counted(words, "word"), ours(" in "), counted(len(contents), "place")),
        el("ul", *contents),
    )
    anonymous = "unnamed" if source.type == "anonymous" or source.name is None else None
    return el(
        "tr",
        el("td", name),
        el("td", source.type or "not known", class_="ours"),
        el("td", el("span", source.via, class_="w") if source.via else ours("–")),
        el("td", given),
        el("td", join([_cue(cue, sort) for cue, sort in cues.values()], ", ")),
        class_=anonymous,
    )


def _cue(cue: Excerpt, sort: CueSort | None) -> Html:
    """Give a verb of saying, marked where it does more than say."""
    if sort in {None, "neutral"}:
        return excerpt(cue)
    return join([excerpt(cue, class_=f"w cue-{sort}"), ours(f" ({sort})", "kind")])


def claim_link(v: View, claim: str | None) -> Html:
    """Link to a claim by its number; a dash where there is none."""
    number = v.numbers.get(claim or "")
    return el("a", str(number), href=f"#c{number}", class_="number") if number is not None else ours("–")


def gaps(v: View) -> Html:
    """Build what each account leaves out of what most others tell, with the reason."""
    claims = {claim.id: claim for claim in v.claims}
    left = [gap for gap in v.comparison.gaps if gap.value != "told" and gap.claim in claims]
    left.sort(key=lambda gap: (v.letters[gap.account], v.numbers[gap.claim]))
    sure = [_gap(v, gap, claims[gap.claim]) for gap in left if gap.why not in _OPEN]
    parts = [table(_GAP_HEADS, [el("tbody", *sure)], "gaps")] if sure else []
    for why, told in _OPEN.items():
        rows = [_gap(v, gap, claims[gap.claim]) for gap in left if gap.why == why]
        if rows:
            head = el("summary", counted(len(rows), "claim"), ours(told))
            parts.append(el("details", head, table(_GAP_HEADS, [el("tbody", *rows)], "gaps"), class_="rest"))
    return join(parts)


_OPEN = {
    NEAR: " that an account may tell in other words",
    LOOSE: " of which the accounts that tell it may not tell the same",
}
"""Reasons of gaps that are folded, and how each is told of many."""


def _gap(v: View, gap: Gap, claim: Claim) -> Html:
    return el(
        "tr",
        el("td", letter(v, gap.account)),
        el("td", sign(TOLD[gap.value]), f" {TOLD[gap.value].word}", class_="ours"),
        el("td", _claim_name(v, claim)),
        el("td", gap.why, class_="ours"),
    )


def _claim_name(v: View, claim: Claim) -> Html:
    return join([claim_link(v, claim.id), " ", q(v.titles[claim.id])])
