"""The stage: readings in, one comparison out; no file, clock or randomness but the shipped weights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from tellings.comparing.candidates import candidates
from tellings.comparing.claims import Thresholds, claims
from tellings.comparing.figures import figures, quantities
from tellings.comparing.gaps import gaps
from tellings.comparing.judge import Judge, Judged, judged
from tellings.comparing.names import names
from tellings.comparing.notes import copies, noted
from tellings.comparing.outlets import Outlets, with_outlets
from tellings.comparing.paraphrases import paraphrases
from tellings.comparing.polls import polls_told
from tellings.comparing.quotes import quotes
from tellings.comparing.rulings import ruled, scored
from tellings.comparing.scorer import score_pairs
from tellings.comparing.sources import sources
from tellings.comparing.table import build, in_order
from tellings.comparing.timeline import timeline
from tellings.comparing.told import corrections_told
from tellings.comparing.wording import wording
from tellings.correcting.records import Correction
from tellings.correcting.stage import applied, plan
from tellings.records import Comparison, InputFile, Manifest, Reading, Setting

LAYERS = (
    "accounts", "claims", "copies", "figures", "gaps", "names", "polls", "quantities", "quotes", "sources", "timeline",
    "wording",
)  # fmt: skip
"""The parts of the contract this stage fills: all of them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How readily statements are put into one claim; probabilities, chosen together on the dev stories of the gold.

    Two groups of statements are joined while the mean probability over their pairs is at least `join`; a pair under
    `apart` never stands in one claim; a pair of at least `again` that the clusters leave apart makes a claim of its
    own. Change none alone: what was tried stands in training/claims/RESULTS.md.
    """

    join: float = 0.3
    apart: float = 0.1
    again: float = 0.4


def compare(  # noqa: PLR0913 - the manifest's parts are each made elsewhere
    readings: Iterable[Reading],
    *,
    settings: Settings = Settings(),
    version: str = "",
    model: str = "",
    inputs: tuple[InputFile, ...] = (),
    judge: Judge | None = None,
    outlets: Outlets | None = None,
    corrections: Iterable[Correction] = (),
) -> Comparison:
    """Compare the readings of one story.

    The order of the readings does not matter, and an account that shares nothing with the others changes no claim
    among them. `version`, `model` and `inputs` go into the manifest as they are. A `judge` is asked about the
    pairs that the shipped scorer doubts. `outlets` are known by name instead of the shipped ones. `corrections` by
    people hold whatever the scorer says, in any order; the comparison says what became of each.

    Raises:
        ModelError: the shipped weights are missing or damaged.
        JudgeError: the judge failed altogether; one that merely leaves pairs open does not.

    """
    ordered = in_order(list(readings))
    made_right = plan(ordered, corrections)
    table = build(with_outlets([applied(one, made_right) for one in ordered], outlets), outlets)
    table = ruled(table, made_right) if made_right.held else table
    pairs = candidates(table)
    scores = scored(table, pairs, score_pairs(table, pairs))
    asked = None
    if judge is not None:
        scores, asked = judged(table, pairs.a, pairs.b, scores, judge)
    made = claims(table, pairs, scores, Thresholds(settings.join, settings.apart, settings.again))
    copied = copies(table)
    quoted = quotes(table)
    return Comparison(
        accounts=noted(table, made, copied),
        claims=tuple(one.claim for one in made),
        quotes=(*quoted, *paraphrases(table, made, quoted)),
        sources=sources(table),
        names=names(table, made),
        wording=wording(table, made),
        figures=figures(table, made),
        timeline=timeline(table, made),
        gaps=gaps(table, made, pairs, scores),
        manifest=Manifest(version, model, inputs, _listed(settings, asked), LAYERS),
        copies=copied,
        quantities=quantities(table, made),
        polls=polls_told(table),
        corrections=corrections_told(table, made, made_right),
    )


def _listed(settings: Settings, asked: Judged | None) -> tuple[Setting, ...]:
    listed = [Setting(field.name, str(getattr(settings, field.name))) for field in fields(settings)]
    if asked is not None:
        listed += [Setting("judge", asked.name), Setting("judge answered", f"{asked.answered} of {asked.asked}")]
    return tuple(listed)
