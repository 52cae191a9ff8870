"""What `training.claims.pack` packed, ready for a pair model: rows cut to size, pairs, gold cells, batches.

A row is one side of a pair: what the pair model sees of a statement (`tellings.comparing.pair_model.views`). Helping
texts are rows as well, numbered after those of the stories.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from tellings.comparing.pair_model import SIDE, views

CLS, SEP = 101, 102
CONTEXT, STATEMENT = 1, 2
"""Marks of a row's pieces. As features of a pair the second side's are higher by SECOND; special pieces have 0."""
SECOND = 2
MARKS = 5
_STEP = 8
"""Batches are as wide as a multiple of this: fast attention wants it so."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows, padded: pieces `ids` and their `marks` (rows x SIDE), `length`, and `story` (-1 for helping texts).

    `at` numbers the pieces themselves among those of the stories (rows of stories x SIDE).
    """

    at: NDArray[np.int32]
    ids: NDArray[np.int32]
    marks: NDArray[np.int8]
    length: Ints
    story: Ints


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidate pairs of rows, across accounts: `kind` and `group` are -1 where unlabelled.

    `number` is a pair's among all candidates of its story, `odds` the log odds that the first trees give it. `rank` is
    the better of the two places a pair takes by cosine among the candidates that one of its statements has in the
    other's account: 0 for the nearest.
    """

    a: Ints
    b: Ints
    kind: Ints
    group: Ints
    cosine: Floats
    rank: Ints
    story: Ints
    number: Ints
    odds: Floats

    def __len__(self) -> int:
        return len(self.a)


@dataclass(frozen=True, slots=True)
class Text:
    """The pieces of all accounts: ids, features (as the reader takes them), and the windows they are read in.

    `windows` (windows x 4) are the first and last piece seen and the first and last kept, half-open.
    """

    ids: Ints
    features: Ints
    windows: Ints


@dataclass(frozen=True, slots=True)
class Helpers:
    """Helping pairs of rows: `task` numbers `Packed.tasks`, `label` is a code or how sure the yes is."""

    a: Ints
    b: Ints
    task: Ints
    label: Floats

    def __len__(self) -> int:
        return len(self.a)


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells are pairs of gold sentences; candidate `pair` stands for `cell` (two columns of one length).

    `kind` (-1 unrelated) and `story` have one entry a cell; `gold` counts the labelled pairs of each story, those
    that no candidate stands for included.
    """

    pair: Ints
    cell: Ints
    kind: Ints
    story: Ints
    gold: Ints


@dataclass(frozen=True, slots=True)
class Packed:
    """Everything in the file; `story` and `use` (a number of `uses`) have one entry a story."""

    kinds: tuple[str, ...]
    tasks: tuple[str, ...]
    story: tuple[str, ...]
    uses: tuple[str, ...]
    use: Ints
    text: Text
    rows: Rows
    pairs: Candidates
    helpers: Helpers
    cells: Cells

    def used(self, *uses: str) -> NDArray[np.bool_]:
        """Which stories are there for one of these."""
        chosen: NDArray[np.bool_] = np.isin(self.use, [self.uses.index(name) for name in uses])
        return chosen


def load(path: Path) -> Packed:
    """Read the file."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    story = arrays["row_story"].astype(np.int64)
    rows = _rows(arrays, story)
    shift = len(story)
    return Packed(
        kinds=tuple(map(str, arrays["kinds"])),
        tasks=tuple(map(str, arrays["tasks"])),
        story=tuple(map(str, arrays["story"])),
        uses=tuple(map(str, arrays["uses"])),
        use=arrays["use"].astype(np.int64),
        text=Text(*(arrays[name].astype(np.int64) for name in ("pieces", "features", "windows"))),
        rows=rows,
        pairs=_pairs(arrays, story),
        helpers=Helpers(
            arrays["helper_a"].astype(np.int64) + shift,
            arrays["helper_b"].astype(np.int64) + shift,
            arrays["helper_task"].astype(np.int64),
            arrays["helper_label"].astype(np.float32),
        ),
        cells=_cells(arrays, story),
    )


# ---------------------------------------------------------------- rows


def _rows(arrays: dict[str, NDArray[Any]], story: Ints) -> Rows:
    told = _cut(
        arrays["pieces"].astype(np.int32),
        *(arrays[f"row_{name}"].astype(np.int64) for name in ("statement", "sentence", "speaker")),
    )
    text = arrays["helper_text"].astype(np.int64)
    ranges = np.stack([text[:-1], text[1:]], axis=1)
    helping = _cut(arrays["helper_pieces"].astype(np.int32), ranges, ranges, np.zeros_like(ranges))
    none = np.full(len(ranges), -1, dtype=np.int64)
    joined = (np.concatenate([one, other]) for one, other in zip(told[1:], helping[1:], strict=True))
    return Rows(told[0], *joined, np.concatenate([story, none]))


def _cut(
    pieces: NDArray[np.int32], statement: Ints, sentence: Ints, speaker: Ints
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int8], Ints]:
    """Numbers of pieces, pieces and marks (rows x SIDE) and lengths, from ranges of pieces (rows x 2)."""
    seen = views(statement, sentence, speaker)
    here = np.arange(SIDE) < seen.length[:, None]
    ids = np.where(here, pieces[seen.at], 0).astype(np.int32)
    marks = np.where(here, np.where(seen.told, STATEMENT, CONTEXT), 0).astype(np.int8)
    return seen.at.astype(np.int32), ids, marks, seen.length


# ---------------------------------------------------------------- pairs and cells


def _pairs(arrays: dict[str, NDArray[Any]], story: Ints) -> Candidates:
    a, b = arrays["pair_a"].astype(np.int64), arrays["pair_b"].astype(np.int64)
    cosine = arrays["pair_cosine"].astype(np.float32)
    account = arrays["row_account"].astype(np.int64)
    many = int(account.max(initial=0)) + 1
    rank = np.minimum(_ranks(a * many + account[b], cosine), _ranks(b * many + account[a], cosine))
    kind, group = arrays["pair_kind"].astype(np.int64), arrays["pair_group"].astype(np.int64)
    number, odds = arrays["pair_number"].astype(np.int64), arrays["pair_odds"].astype(np.float32)
    return Candidates(a, b, kind, group, cosine, rank, story[a], number, odds)


def _ranks(key: Ints, values: Floats) -> Ints:
    """The place of each value among those of one key, from the highest."""
    order = np.lexsort((-values, key))
    place = np.arange(len(key))
    opens = np.ones(len(key), dtype=bool)
    opens[1:] = key[order][1:] != key[order][:-1]
    rank = np.empty(len(key), dtype=np.int64)
    rank[order] = place - np.maximum.accumulate(np.where(opens, place, 0))
    return rank


def _cells(arrays: dict[str, NDArray[Any]], story: Ints) -> Cells:
    """Every gold sentence of one side of a candidate pair with every one of the other."""
    row, place = arrays["row_place"].astype(np.int64).T
    order = np.argsort(row, kind="stable")
    place = place[order]
    count = np.bincount(row, minlength=len(story))
    start = np.concatenate([[0], np.cumsum(count)])
    a, b = arrays["pair_a"].astype(np.int64), arrays["pair_b"].astype(np.int64)
    times = count[a] * count[b]
    pair = np.repeat(np.arange(len(a)), times)
    step = np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times)
    one = place[start[a[pair]] + step // count[b[pair]]]
    other = place[start[b[pair]] + step % count[b[pair]]]
    gold = arrays["gold_place"].astype(np.int64)
    size = int(max(place.max(initial=0), gold.max(initial=0))) + 1
    keys, cell = np.unique(np.minimum(one, other) * size + np.maximum(one, other), return_inverse=True)
    of_story = np.zeros(len(keys), dtype=np.int64)
    of_story[cell] = story[a[pair]]
    labelled = gold[:, 0] * size + gold[:, 1]
    kind = np.full(len(keys), -1, dtype=np.int64)
    found = np.searchsorted(keys, labelled).clip(0, max(0, len(keys) - 1))
    right = keys[found] == labelled
    kind[found[right]] = arrays["gold_kind"].astype(np.int64)[right]
    counts = np.bincount(arrays["gold_story"].astype(np.int64), minlength=len(arrays["story"]))
    return Cells(pair, cell.reshape(-1), kind, of_story, counts)


# ---------------------------------------------------------------- batches


@dataclass(frozen=True, slots=True)
class Joiner:
    """The rows on a device, and how two become one input."""

    ids: Tensor
    marks: Tensor
    length: Tensor

    @classmethod
    def of(cls, rows: Rows, device: torch.device) -> Joiner:
        """Bring the rows to a device."""
        return cls(*(torch.from_numpy(array).to(device) for array in (rows.ids, rows.marks, rows.length)))

    def join(self, a: Tensor, b: Tensor, width: int) -> tuple[Tensor, Tensor, Tensor]:
        """Ids, features and mask (pairs x width) of [CLS] row a [SEP] row b [SEP]."""
        first, second = self.length[a][:, None], self.length[b][:, None]
        place = torch.arange(width, device=a.device)[None]
        at_a, at_b = place - 1, place - 2 - first
        in_a, in_b = (at_a >= 0) & (at_a < first), (at_b >= 0) & (at_b < second)
        at_a, at_b = at_a.clamp(0, SIDE - 1), at_b.clamp(0, SIDE - 1)
        one, other = a[:, None], b[:, None]
        ids = torch.where(in_a, self.ids[one, at_a], torch.where(in_b, self.ids[other, at_b], 0)).long()
        ids = torch.where((place == first + 1) | (place == first + second + 2), SEP, ids)
        ids = torch.where(place == 0, CLS, ids)
        features = torch.where(in_b, self.marks[other, at_b].long() + SECOND, 0)
        features = torch.where(in_a, self.marks[one, at_a].long(), features)
        return ids, features, (place < first + second + 3).long()


def width(lengths: Ints) -> int:
    """How wide a batch of pairs has to be whose rows have these lengths together."""
    return -(-(int(lengths.max()) + 3) // _STEP) * _STEP


def batches(lengths: Ints, size: int, rng: np.random.Generator, among: int = 32) -> list[Ints]:
    """All numbers of `lengths` once, in shuffled batches of pairs about equally long."""
    found: list[Ints] = []
    order = rng.permutation(len(lengths))
    for start in range(0, len(order), size * among):
        part = order[start : start + size * among]
        part = part[np.argsort(lengths[part], kind="stable")]
        found += [part[n : n + size] for n in range(0, len(part), size)]
    return [found[n] for n in rng.permutation(len(found))]
