"""Floors under the scores: pinned with the digest of the corpus they were measured on, never lowered silently."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tellings.errors import TellingsError
from tellings.evaluate import Evaluation

MARGIN = 0.002  # of F1: what another machine's last bits may move


@dataclass(frozen=True, slots=True)
class Floors:
    """The least F1 of each score of one layer, and the corpus (named with its digest) it was measured on."""

    corpus: str
    f1: Mapping[str, float]


def load(path: Path) -> dict[str, Floors]:
    """Floors by layer; none where the file does not exist yet."""
    if not path.exists():
        return {}
    stored = json.loads(path.read_text(encoding="utf-8"))
    return {layer: Floors(floors["corpus"], floors["f1"]) for layer, floors in stored.items()}


def save(path: Path, floors: Mapping[str, Floors]) -> None:
    """Write floors as JSON, sorted."""
    plain = {layer: {"corpus": one.corpus, "f1": dict(sorted(one.f1.items()))} for layer, one in sorted(floors.items())}
    path.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")


def below(floors: Floors, measured: Evaluation) -> list[str]:
    """What falls under the floors, a line each; a corpus other than the pinned one is told, not scored."""
    if floors.corpus != measured.corpus:
        return [f"the floors were pinned on {floors.corpus}, this is {measured.corpus}: pin them anew"]
    return [
        f"{name}: F1 {measured.scores[name].f1:.4f} is under the floor {floor:.4f}"
        for name, floor in floors.f1.items()
        if measured.scores[name].f1 < floor - MARGIN
    ]


def pinned(layer: str, before: Floors | None, measured: Evaluation, *, lower: bool = False) -> Floors:
    """Floors at the measured scores.

    Raises:
        TellingsError: when one would be lowered and `lower` does not allow it.
    """
    f1 = {name: score.f1 for name, score in measured.scores.items()}
    lowered = [name for name, floor in (before.f1.items() if before else ()) if f1.get(name, 0.0) < floor]
    if lowered and not lower:
        raise TellingsError(
            layer, f"would lower its floors ({', '.join(lowered)})", "mend the reader, or say so with --allow-lower"
        )
    return Floors(measured.corpus, f1)
