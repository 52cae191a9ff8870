"""Corrections in the terminal: what each says, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.show.plain import clean, clip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tellings.correcting.agreement import Agreement
    from tellings.correcting.records import Anchor, Correction, Outcome

_ROOM = 50
_HERE = "here"


def line_of(one: Correction) -> str:
    """What a correction says, on one line."""
    parts = [one.kind, _words(one.at)]
    if one.other is not None:
        parts += ["|", _words(one.other)]
    if one.value is not None:
        parts.append(f"= {clean(one.value)}")
    return " ".join(parts)


def render_outcomes(found: Iterable[Outcome]) -> str:
    """Corrections with what became of each, two lines each or three."""
    return "".join(_outcome(one) for one in found)


def render_withdrawn(found: Iterable[Correction]) -> str:
    """Corrections that were withdrawn."""
    return "".join(f"{one.key} {line_of(one)}\n  withdrawn {clean(one.withdrawn or '')}, {_by(one)}\n" for one in found)


def render_agreement(found: Sequence[Agreement], a: str, b: str) -> str:
    """A line a kind of things: how many both spoke of, raw agreement, Krippendorff's alpha."""
    head = f"{'':9} {'both':>5} {'same':>5} {'raw':>6} {'alpha':>6}   only {clean(a)}, only {clean(b)}\n"
    return head + "".join(_measured(one) for one in found)


def _measured(one: Agreement) -> str:
    raw = "" if one.raw is None else f"{one.raw:.3f}"
    alpha = "" if one.alpha is None else f"{one.alpha:.3f}"
    return f"{one.about:9} {one.both:>5} {one.same:>5} {raw:>6} {alpha:>6}   {one.only_a}, {one.only_b}\n"


def _outcome(one: Outcome) -> str:
    said = one.correction
    status = _HERE if one.status == "applied" else one.status
    lines = [f"{said.key} {line_of(said)}", f"  {status}{': ' + one.why if one.why else ''}, {_by(said)}"]
    if one.proposed is not None:
        lines.append(f"  tellings correct accept {said.key}")
    return "\n".join(lines) + "\n"


def _by(one: Correction) -> str:
    note = f" ({clean(one.note)})" if one.note else ""
    return f"by {clean(one.author)}, {one.made[:19]}Z{note}"


def _words(anchor: Anchor) -> str:
    words, cut = clip(anchor.exact or anchor.sha256[:12], _ROOM)
    return f"“{words}{'…' if cut else ''}” {anchor.start}:{anchor.end}"
