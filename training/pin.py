"""Pin the floors at the shipped model's scores: `python -m training.pin [--allow-lower]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tellings.evaluate import evaluate
from tellings.evaluate.floors import load, pinned, save

FLOORS = Path(__file__).parent.parent / "tests" / "evaluate" / "floors.json"
LAYERS = ("attribution", "mentions")


def main() -> None:
    """Measure every layer and write the floors, refusing to lower one unless told to."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--corpora", type=Path)
    given.add_argument("--allow-lower", action="store_true", help="lower a floor; say why in training/RESULTS.md")
    args = given.parse_args()
    floors = load(FLOORS)
    for layer in LAYERS:
        measured = evaluate(layer, args.corpora)
        floors[layer] = pinned(layer, floors.get(layer), measured, lower=args.allow_lower)
        print(layer, {name: score.f1 for name, score in measured.scores.items()})
    save(FLOORS, floors)


if __name__ == "__main__":
    main()
