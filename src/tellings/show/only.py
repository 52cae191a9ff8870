"""Fewer claims: those of the standings a reader asks for, with what belongs to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from tellings.records import Setting, Standing
from tellings.show.signs import STANDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tellings.records import Appearance, Claim, Comparison, FigureUse

Choice: TypeAlias = Standing | Literal["shared"]

SETTING = "only"
"""The name of the manifest's setting that says what was chosen."""
CHOICES: tuple[Choice, ...] = (*STANDINGS, "shared")
"""What can be asked for: a standing, or `shared`, all of them but single."""


def chosen(names: Iterable[str]) -> tuple[Choice, ...]:
    """Give the choices of these names, in the order of CHOICES, each once.

    Raises:
        ValueError: with a plain sentence naming the choices, for a name that is none or for no name at all.

    """
    wanted = [name.strip().lower() for name in names if name.strip()]
    unknown = [name for name in wanted if name not in CHOICES]
    known = ", ".join(CHOICES)
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: no such standing; choose from {known}")
    if not wanted:
        raise ValueError(f"no standing is named; choose from {known}")
    return tuple(choice for choice in CHOICES if choice in wanted)


def only(comparison: Comparison, choices: Sequence[Choice]) -> Comparison:
    """Keep the claims of the chosen standings, in their order, and the gaps, dates, figures and quantities of theirs.

    A figure that stood in a claim left out is given to the first kept one whose words hold it. Accounts, quotes,
    sources, names and wording stay whole, wording without the claims left out. The manifest's settings say what was
    chosen.
    """
    claims = tuple(claim for claim in comparison.claims if _is_wanted(claim, choices))
    kept = {claim.id for claim in claims}
    said = Setting(SETTING, ", ".join(choices))
    return replace(
        comparison,
        claims=claims,
        figures=tuple(_figures(comparison.figures, claims)),
        wording=tuple(use if use.claim in kept else replace(use, claim=None) for use in comparison.wording),
        timeline=tuple(entry for entry in comparison.timeline if entry.claim in kept),
        gaps=tuple(gap for gap in comparison.gaps if gap.claim in kept),
        quantities=tuple(one for one in comparison.quantities if one.claim in kept),
        corrections=tuple(
            replace(one, claims=tuple(claim for claim in one.claims if claim in kept)) for one in comparison.corrections
        ),
        manifest=replace(comparison.manifest, settings=(*comparison.manifest.settings, said)),
    )


def _is_wanted(claim: Claim, choices: Sequence[Choice]) -> bool:
    return claim.standing in choices or ("shared" in choices and claim.standing != "single")


def _figures(uses: Iterable[FigureUse], claims: Sequence[Claim]) -> Iterator[FigureUse]:
    kept = {claim.id for claim in claims}
    for use in uses:
        if use.claim in kept:
            yield use
            continue
        home = next((claim.id for claim in claims if any(_holds(one, use) for one in claim.appearances)), None)
        if home is not None:
            yield replace(use, claim=home)


def _holds(appearance: Appearance, use: FigureUse) -> bool:
    return appearance.account == use.account and appearance.start <= use.start and use.end <= appearance.end
