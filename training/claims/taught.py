"""Train the pair model that ships: `python -m training.claims.taught --data FILE --judges FILE --out DIR`.

Meant for a few minutes on a graphics card, in given time; on processors the same, slower. It learns half from the
labels and half from what judges say that had not seen the story (`training.claims.cross`), and from the judges alone
where nobody labelled a story. One model on all train stories, whose weights are kept, and one for each half of them,
for what is said of stories not seen. DIR gets logits.npz (of labelled stories and strangers; NaN where none) and
student.npz.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from tellings.comparing.pair_model import AROUND_FIRST, AROUND_SECOND, FIRST, NEITHER, SECOND
from training.claims.halves import half
from training.claims.matches import figures
from training.claims.packed import STATEMENT, Floats, Ints, Packed, batches, load
from training.claims.pair_model import TwoStatements, middle_states, start

STRANGE = 0.5
"""Strangers' pairs are known to be unrelated: of what the judges say of them so much is left."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How it is trained; `labels` is the share of the labels beside the judges, `kinds` the weight of the kinds."""

    seed: int = 7
    rounds: int = 6
    batch: int = 256
    rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.05
    decay: float = 0.01
    kinds: float = 0.2
    labels: float = 0.5
    least: float = 0.2  # of the least likely pairs so many are read a round
    scored: int = 1024
    shares: tuple[float, ...] = (0.4, 0.3, 0.3)  # of the time


def main() -> None:
    """Train, score, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the file training.claims.pack made")
    parser.add_argument("--judges", type=Path, required=True, help="scores.npz of training.claims.cross")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=200.0)
    parser.add_argument("--rounds", type=int, default=Recipe().rounds, help="time permitting")
    options = parser.parse_args()
    with np.load(options.judges) as file:
        judged = Judged(file["judge_same"].astype(np.float32), file["judge_kinds"].astype(np.float32))
    run = Run(load(options.data), judged, Recipe(rounds=options.rounds), options.out)
    run.learn(options.seconds)


@dataclass(frozen=True, slots=True)
class Judged:
    """What judges say of every pair: the probability of one claim, and of each kind if it is."""

    same: Floats
    kinds: Floats


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to learn of every pair: the probability of one claim; the kinds' distribution with its weight."""

    same: Floats
    kinds: Floats
    weight: Floats


def wanted(data: Packed, judged: Judged, labels: float) -> Wanted:
    """Labels and judges together; of the pairs a label may mean the judges say which (see `examples.targets`)."""
    pairs, same = data.pairs, judged.same
    labelled = data.used("train", "dev")[pairs.story]
    strange = data.used("strange")[pairs.story]
    meant = np.zeros(len(pairs), dtype=np.float32)
    told = np.flatnonzero(pairs.group >= 0)
    order = told[np.lexsort((-same[told], pairs.group[told]))]
    best = np.ones(len(order), dtype=np.bool_)
    best[1:] = pairs.group[order[1:]] != pairs.group[order[:-1]]
    meant[order[best | (same[order] > 0.5)]] = 1.0
    settled = labelled & ((meant > 0) | (pairs.kind < 0))
    target = np.where(settled, labels * meant + (1 - labels) * same, np.where(strange, STRANGE * same, same))
    known = pairs.kind >= 0
    own = np.eye(len(data.kinds), dtype=np.float32)[pairs.kind]
    kinds = np.where(known[:, None], (own + judged.kinds) / 2, judged.kinds)
    weight = np.where(strange, 0.0, np.maximum(meant, np.where(same > 0.3, same, 0.0)))
    return Wanted(*(one.astype(np.float32) for one in (target, kinds, weight)))


class Run:
    """The data on the device, the clock, and what has come out so far."""

    def __init__(self, data: Packed, judged: Judged, recipe: Recipe, out: Path) -> None:
        self.began = time.perf_counter()
        self.data, self.recipe, self.out = data, recipe, out
        self.out.mkdir(parents=True, exist_ok=True)
        torch.set_float32_matmul_precision("high")
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.states = middle_states(data.text, self.device)
        self.at, self.marks = (torch.from_numpy(one).to(self.device) for one in (data.rows.at, data.rows.marks))
        self.lengths = data.rows.length[data.pairs.a] + data.rows.length[data.pairs.b]
        wide = wanted(data, judged, recipe.labels)
        self.wanted = wide
        self.usable = ~np.isnan(wide.same)
        self.half = np.array([half(name.split("+")[0]) for name in data.story])[data.pairs.story]
        self.logits = np.full((len(data.pairs), 1 + len(data.kinds)), np.nan, dtype=np.float32)
        self.say(f"{len(data.pairs)} pairs, {len(data.text.ids)} pieces, on {self.device}")

    def say(self, text: str) -> None:
        """Print one line at once."""
        print(f"{time.perf_counter() - self.began:6.1f} {text}", flush=True)

    def learn(self, seconds: float) -> None:
        """The model that ships, then those of the halves; everything is written after each."""
        pairs, data = self.data.pairs, self.data
        from_train = data.used("train", "strange")[pairs.story]
        for without, share in zip((None, 0, 1), self.recipe.shares, strict=True):
            seen = (from_train & (self.half != without)) | data.used("plain")[pairs.story]
            model = self.fit(np.flatnonzero(seen & self.usable), share * seconds, f"without half {without}")
            if without is None:
                state = {name: one.cpu().numpy().astype(np.float16) for name, one in model.state_dict().items()}
                np.savez_compressed(self.out / "student.npz", **state)  # type: ignore[arg-type] # names are strings
                held = np.flatnonzero(data.used("dev")[pairs.story])
            else:
                held = np.flatnonzero(from_train & (self.half == without))
            self.logits[held] = self.score(model, held)
            self._measure()
            np.savez_compressed(
                self.out / "logits.npz",
                logits=self.logits.astype(np.float16),
                pair_story=pairs.story,
                pair_number=pairs.number,
                story=np.array(data.story),
            )

    def fit(self, inside: Ints, seconds: float, name: str) -> TwoStatements:
        """Train on some pairs until all rounds are done or the time is up."""
        recipe = self.recipe
        torch.manual_seed(recipe.seed)
        rng = np.random.default_rng(recipe.seed)
        model = start().to(self.device).train()
        optimizer = _optimizer(model, recipe)
        chance = np.minimum(1.0, recipe.least + 3 * self.wanted.same[inside])
        rounds = max(1, recipe.rounds)
        opened, shown, read, progress = time.perf_counter(), [], 0, 0.0
        for number in range(rounds):
            drawn = inside[rng.random(len(inside)) < chance]
            parts = batches(self.lengths[drawn], recipe.batch, rng)
            for step, part in enumerate(parts):
                spent = (time.perf_counter() - opened) / seconds
                progress = max((number + step / len(parts)) / rounds, spent)
                if progress >= 1:
                    break
                for group in optimizer.param_groups:
                    group["lr"] = group["rate"] * _pace(progress, recipe.warmup)
                which = drawn[part]
                loss = self._loss(model, which, bool(rng.random() < 0.5))
                optimizer.zero_grad(set_to_none=True)
                loss.backward()  # type: ignore[no-untyped-call] # torch leaves it so
                nn.utils.clip_grad_norm_(model.parameters(), 1.0)
                optimizer.step()
                shown.append(loss.detach())
                read += len(which)
                if len(shown) % 1000 == 0:
                    self.say(f"{name}: {len(shown)} steps, {progress:.2f}, {_average(shown):.4f}")
            if progress >= 1:
                break
        took = time.perf_counter() - opened
        self.say(f"{name}: {read} pairs in {took:.0f} s, {read / took:.0f} a second, loss {_average(shown):.4f}")
        return model.eval()

    def _loss(self, model: TwoStatements, which: Ints, turned: bool) -> Tensor:
        same, kinds, weight = (
            torch.from_numpy(one[which]).to(self.device)
            for one in (self.wanted.same, self.wanted.kinds, self.wanted.weight)
        )
        with self._autocast():
            logits = model(*self.inputs(which, turned)).float()
        loss = functional.binary_cross_entropy_with_logits(logits[:, 0], same)
        told = -(kinds * functional.log_softmax(logits[:, 1:], -1)).sum(-1) * weight
        return loss + self.recipe.kinds * told.sum() / (weight.sum() + 4)

    def inputs(self, which: Ints, turned: bool = False) -> tuple[Tensor, Tensor, Tensor]:
        """What the model takes of some pairs, padded to the longest; `turned`: the second statement first."""
        pairs, length = self.data.pairs, self.data.rows.length
        a, b = (pairs.b[which], pairs.a[which]) if turned else (pairs.a[which], pairs.b[which])
        first, second = (torch.from_numpy(length[one]).to(self.device)[:, None] for one in (a, b))
        one, other = (torch.from_numpy(row).to(self.device)[:, None] for row in (a, b))
        width = -(-int(self.lengths[which].max()) // 8) * 8
        place = torch.arange(width, device=self.device)[None]
        at_b = (place - first).clamp(0, self.at.shape[1] - 1)
        at_a = place.clamp(0, self.at.shape[1] - 1).expand(len(which), -1)
        in_a, in_b = place < first, (place >= first) & (place < first + second)
        own_a, own_b = self.marks[one, at_a] == STATEMENT, self.marks[other, at_b] == STATEMENT
        side = torch.where(in_b, torch.where(own_b, SECOND, AROUND_SECOND), NEITHER)
        side = torch.where(in_a, torch.where(own_a, FIRST, AROUND_FIRST), side)
        pieces = torch.where(in_a, self.at[one, at_a], torch.where(in_b, self.at[other, at_b], 0))
        states = self.states[pieces.long()].float()
        return states, side, torch.from_numpy(pairs.odds[which]).to(self.device)

    def score(self, model: TwoStatements, chosen: Ints) -> Floats:
        """Logits (pairs x 1 + kinds) of some pairs."""
        order = chosen[np.argsort(-self.lengths[chosen], kind="stable")]
        found = np.zeros_like(self.logits)
        with torch.inference_mode(), self._autocast():
            for part in _chunks(order, self.recipe.scored):
                found[part] = model(*self.inputs(part)).float().cpu().numpy()
        scores: Floats = found[chosen]
        return scores

    def _measure(self) -> None:
        data = self.data
        missing = np.bincount(data.pairs.story, np.isnan(self.logits[:, 0]), minlength=len(data.story)) > 0
        for use in ("dev", "train"):
            stories = data.used(use)
            if stories.any() and not missing[stories].any():
                same = np.nan_to_num(1 / (1 + np.exp(-self.logits[:, 0])))
                found = figures(data, stories, same.astype(np.float32), np.nan_to_num(self.logits[:, 1:]))
                self.say(f"{use}: best f1 {found['best f1']}, average precision {found['average precision']}, {found}")

    def _autocast(self) -> torch.autocast:
        return torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.device.type == "cuda")


def _optimizer(model: TwoStatements, recipe: Recipe) -> torch.optim.AdamW:
    groups = []
    for layers in (True, False):
        for matrix in (True, False):
            found = [
                one
                for name, one in model.named_parameters()
                if name.startswith("layers.") == layers and (one.ndim > 1) == matrix
            ]
            rate = recipe.rate if layers else recipe.head_rate
            groups.append({"params": found, "rate": rate, "weight_decay": recipe.decay * matrix})
    return torch.optim.AdamW(groups, lr=recipe.rate, betas=(0.9, 0.98), fused=torch.cuda.is_available())


def _pace(progress: float, warmup: float) -> float:
    """Of the full rate: a rise, then a fall to nothing."""
    return max(0.01, min(progress / warmup, (1 - progress) / (1 - warmup)))


def _average(losses: list[Tensor]) -> float:
    return float(torch.stack(losses[-1000:]).mean())


def _chunks(numbers: NDArray[np.int64], size: int) -> Iterator[NDArray[np.int64]]:
    for begin in range(0, len(numbers), size):
        yield numbers[begin : begin + size]


if __name__ == "__main__":
    main()
