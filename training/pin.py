"""Pin the floors at the shipped model's scores: `python -m training.pin [LAYER...] [--allow-lower]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tellings.errors import TellingsError
from tellings.evaluate import LAYERS, evaluate
from tellings.evaluate.floors import load, pinned, save

FLOORS = Path(__file__).parent.parent / "tests" / "evaluate" / "floors.json"


def main() -> None:
    """Measure the layers and write their floors; a layer that would lower one keeps its own unless told otherwise."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("layers", nargs="*", metavar="LAYER", help=f"of {', '.join(LAYERS)}; all where none is named")
    given.add_argument("--corpora", type=Path)
    given.add_argument("--allow-lower", action="store_true", help="lower a floor; say why in training/RESULTS.md")
    args = given.parse_args()
    floors = load(FLOORS)
    refused = []
    for layer in args.layers or LAYERS:
        (measured,) = evaluate(layer, args.corpora)
        print(layer, {name: score.value for name, score in measured.scores.items()}, flush=True)
        try:
            floors[layer] = pinned(layer, floors.get(layer), measured, lower=args.allow_lower)
        except TellingsError as problem:
            refused.append(str(problem))
    save(FLOORS, floors)
    if refused:
        sys.exit("\n".join(refused))


if __name__ == "__main__":
    main()
