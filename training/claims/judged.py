"""What a judge too large to ship said of candidate pairs: `python -m training.claims.judged SCORES...` keeps it.

SCORES are the scores.npz of runs of `training.claims.cross` over the same packed stories; their mean is kept.

The judge is all-mpnet-base-v2 reading two statements together with their sentences; every pair was scored by judges
that had not seen its story (the mean of two runs). Statements are kept as spans, so that the scores outlive the reader
that cut them: `matched` finds them for the statements of another one.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tellings.evaluate import stories
from training.claims.examples import Example, example, reader

FILE = Path(__file__).parent / "judged.npz"
LEAST_COMMON = 0.8
"""Of the longer of two statements that the shorter must hold to stand for it."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Judged:
    """Judged pairs of one story.

    `rows` (rows x 3) has for each statement its account's number among the story's tellings, start and end; `pairs`
    (pairs x 2) are numbers of rows; `same` (pairs) and `kinds` (pairs x KINDS) the judges' probabilities.
    """

    rows: NDArray[np.int32]
    pairs: NDArray[np.int32]
    same: Floats
    kinds: Floats


def gathered(examples: Sequence[Example], same: Floats, kinds: Floats) -> dict[str, Judged]:
    """The scores of all candidate pairs across accounts, in the order of `training.claims.pack`, by story."""
    found, at = {}, 0
    for one in examples:
        inside = np.flatnonzero(~one.within)
        part = slice(at, at + len(inside))
        at = part.stop
        pairs = np.stack([one.pairs.a[inside], one.pairs.b[inside]], axis=1).astype(np.int32)
        found[one.story.name] = Judged(_rows(one), pairs, same[part], kinds[part])
    if at != len(same):
        raise ValueError(f"there are {len(same)} scores for {at} pairs: they are of other examples")
    return found


def save(found: Mapping[str, Judged], path: Path = FILE) -> None:
    """Write scores, probabilities in 250ths."""
    arrays = {}
    for name, one in found.items():
        key = name.replace("/", "_")
        arrays |= {f"{key}.rows": one.rows, f"{key}.pairs": one.pairs.astype(np.uint16)}
        arrays |= {f"{key}.{kind}": np.round(250 * getattr(one, kind)).astype(np.uint8) for kind in ("same", "kinds")}
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type] # names are strings


def load(path: Path = FILE) -> dict[str, Judged]:
    """What `save` wrote, by story name with its slash as an underscore."""
    with np.load(path) as file:
        arrays = dict(file)
    names = {name.removesuffix(".rows") for name in arrays if name.endswith(".rows")}
    return {
        name: Judged(
            arrays[f"{name}.rows"],
            arrays[f"{name}.pairs"].astype(np.int32),
            arrays[f"{name}.same"].astype(np.float32) / 250,
            arrays[f"{name}.kinds"].astype(np.float32) / 250,
        )
        for name in names
    }


def matched(one: Example, judged: Judged) -> tuple[Floats, Floats]:
    """The judges' probabilities of an example's candidate pairs (pairs; pairs x KINDS), NaN where there are none."""
    rows = _rows(one)
    stands = np.full(len(rows), -1, dtype=np.int64)
    for number, (account, start, end) in enumerate(rows):
        common = np.minimum(judged.rows[:, 2], end) - np.maximum(judged.rows[:, 1], start)
        share = common / np.maximum(judged.rows[:, 2] - judged.rows[:, 1], end - start)
        share[judged.rows[:, 0] != account] = 0
        best = int(share.argmax())
        if share[best] >= LEAST_COMMON:
            stands[number] = best
    place = {tuple(sorted(pair)): n for n, pair in enumerate(judged.pairs.tolist())}
    same = np.full(len(one.kind), np.nan, dtype=np.float32)
    kinds = np.full((len(one.kind), judged.kinds.shape[1]), np.nan, dtype=np.float32)
    for n, pair in enumerate(zip(stands[one.pairs.a].tolist(), stands[one.pairs.b].tolist(), strict=True)):
        at = place.get(tuple(sorted(pair)))
        if at is not None:
            same[n], kinds[n] = judged.same[at], judged.kinds[at]
    return same, kinds


def _rows(one: Example) -> NDArray[np.int32]:
    number = {telling.account.id: n for n, telling in enumerate(one.story.tellings)}
    return np.asarray(
        [(number[one.table.readings[row.reading].account.id], *row.record.span) for row in one.table.rows],
        dtype=np.int32,
    ).reshape(-1, 3)


def main() -> None:
    """Read the scores of some runs and the stories they are of, and write `judged.npz`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scores", type=Path, nargs="+")
    parser.add_argument("--reader", default="tellings.reading:read", help="module:function from accounts to readings")
    options = parser.parse_args()
    read = reader(options.reader)
    examples = [example(story, read) for story in stories.load()]
    runs = [np.load(path) for path in options.scores]
    same, kinds = (
        np.mean([run[name].astype(np.float32) for run in runs], axis=0) for name in ("judge_same", "judge_kinds")
    )
    save(gathered(examples, same, kinds))


if __name__ == "__main__":
    main()
