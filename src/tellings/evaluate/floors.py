"""Floors under the scores: pinned with the digest of the corpora they were measured on, never lowered silently."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tellings.errors import TellingsError
from tellings.evaluate.scores import Evaluation

MARGIN = 0.002  # of a value: what another machine's last bits may move


@dataclass(frozen=True, slots=True)
class Floors:
    """The least value of each score of one layer, and the corpora (named with their digest) it was measured on."""

    corpus: str
    least: Mapping[str, float]


def load(path: Path) -> dict[str, Floors]:
    """Floors by layer; none where the file does not exist yet."""
    if not path.exists():
        return {}
    stored = json.loads(path.read_text(encoding="utf-8"))
    return {layer: Floors(floors["corpus"], floors["least"]) for layer, floors in stored.items()}


def save(path: Path, floors: Mapping[str, Floors]) -> None:
    """Write floors as JSON, sorted."""
    plain = {
        layer: {"corpus": one.corpus, "least": dict(sorted(one.least.items()))} for layer, one in sorted(floors.items())
    }
    path.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")


def below(floors: Floors, measured: Evaluation) -> list[str]:
    """What falls under the floors, a line each; a corpus other than the pinned one is told, not scored."""
    if floors.corpus != measured.corpus:
        return [f"the floors were pinned on {floors.corpus}, this is {measured.corpus}: pin them anew"]
    values = {name: score.value for name, score in measured.scores.items()}
    return [
        f"{name}: {values[name]:.4f} is under the floor {floor:.4f}" if name in values else f"{name}: is not measured"
        for name, floor in floors.least.items()
        if values.get(name, -1.0) < floor - MARGIN
    ]


def pinned(layer: str, before: Floors | None, measured: Evaluation, *, lower: bool = False) -> Floors:
    """Floors at the measured scores; those told beside the reader's own get none.

    Raises:
        TellingsError: when one would be lowered and `lower` does not allow it.
    """
    least = {name: score.value for name, score in measured.scores.items() if score.pinned}
    lowered = [name for name, floor in (before.least.items() if before else ()) if least.get(name, 0.0) < floor]
    if lowered and not lower:
        raise TellingsError(
            layer, f"would lower its floors ({', '.join(lowered)})", "mend the reader, or say so with --allow-lower"
        )
    return Floors(measured.corpus, least)
