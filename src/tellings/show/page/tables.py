"""Who says so, figures, timeline and what is left out: one table each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.page.graph import graph
from tellings.show.page.html import Html, el, excerpt, join
from tellings.show.page.lines import number_line
from tellings.show.page.parts import counted, letter, ours, q, sign
from tellings.show.signs import TOLD
from tellings.show.view import View, name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.records import Claim, CueSort, Excerpt, FigureUse, Source

_BAR = 120
"""Width of the longest bar in pixels."""


def table(heads: Sequence[str], rows: Sequence[Html], class_: str) -> Html:
    """Build a table that scrolls sideways by itself where it is too wide."""
    top = el("thead", el("tr", *(el("th", head, scope="col") for head in heads)))
    return el("div", el("table", top, *rows, class_=class_), class_="scroll", tabindex="0")


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
    return join([graph(v), listed])


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


def figures(v: View) -> Html:
    """Build the figures: those of one claim and unit on one number line, then the others."""
    groups: dict[tuple[str | None, str], list[FigureUse]] = {}
    for use in v.comparison.figures:
        groups.setdefault((use.claim, use.unit), []).append(use)
    order = {account.id: index for index, account in enumerate(v.accounts)}
    for uses in groups.values():
        uses.sort(key=lambda use: (order[use.account], use.start))
    compared = [
        uses for (claim, _), uses in groups.items() if claim in v.numbers and len({u.account for u in uses}) > 1
    ]
    compared.sort(key=lambda uses: (v.numbers[uses[0].claim or ""], uses[0].unit))
    others = [use for uses in groups.values() if uses not in compared for use in uses]
    others.sort(key=lambda use: (order[use.account], use.start))
    heads = ["Account", "Words", "Read as", "On one line", "Claim"]
    parts = [table(heads, [el("tbody", *_figures(v, uses)) for uses in compared], "figures")] if compared else []
    if others:
        rows = [el("tbody", *_figures(v, others, line=False))]
        told = el("summary", counted(len(others), "figure"), ours(" that only one account has"))
        parts.append(el("details", told, table(["Account", "Words", "Read as", "", "Claim"], rows, "figures")))
    return join(parts)


def _figures(v: View, uses: Sequence[FigureUse], *, line: bool = True) -> list[Html]:
    return [
        el(
            "tr",
            el("td", letter(v, use.account)),
            el("td", excerpt(use)),
            el("td", _value(use), class_="ours"),
            el("td", number_line(use, uses)) if line else el("td"),
            el("td", claim_link(v, use.claim)),
        )
        for use in uses
    ]


def _value(use: FigureUse) -> str:
    low, high = (f"{value:,.10g}" for value in (use.low, use.high))
    amount = low if use.low == use.high else f"{low} to {high}"
    bound = "" if use.bound == "exactly" else f"{use.bound} "
    return f"{bound}{amount} {use.unit}".strip()


def claim_link(v: View, claim: str | None) -> Html:
    """Link to a claim by its number; a dash where there is none."""
    number = v.numbers.get(claim or "")
    return el("a", str(number), href=f"#c{number}", class_="number") if number is not None else ours("–")


def gaps(v: View) -> Html:
    """Build what each account leaves out of what most others tell, with the reason."""
    claims = {claim.id: claim for claim in v.claims}
    left = [gap for gap in v.comparison.gaps if gap.value != "told" and gap.claim in claims]
    left.sort(key=lambda gap: (v.letters[gap.account], v.numbers[gap.claim]))
    rows = [
        el(
            "tr",
            el("td", letter(v, gap.account)),
            el("td", sign(TOLD[gap.value]), f" {TOLD[gap.value].word}", class_="ours"),
            el("td", _claim_name(v, claims[gap.claim])),
            el("td", gap.why, class_="ours"),
        )
        for gap in left
    ]
    return table(["Account", "", "Claim", "Why"], [el("tbody", *rows)], "gaps")


def _claim_name(v: View, claim: Claim) -> Html:
    return join([claim_link(v, claim.id), " ", q(v.titles[claim.id])])


def timeline(v: View) -> Html:
    """Build the timeline: when a claim happened, by the account's words."""
    entries = sorted(v.comparison.timeline, key=lambda entry: (entry.value, v.letters[entry.account], entry.start))
    rows = [
        el(
            "tr",
            el("td", entry.value if entry.until is None else f"{entry.value} to {entry.until}", class_="ours"),
            el("td", letter(v, entry.account)),
            el("td", excerpt(entry)),
            el("td", claim_link(v, entry.claim)),
        )
        for entry in entries
    ]
    return table(["When", "Account", "By the words", "Claim"], [el("tbody", *rows)], "timeline")
