"""The pair model of `tellings.comparing.pair_model`, in PyTorch: trained on pairs of statements, exported to ONNX.

Its two layers begin as the reader's own last two; a statement's pieces come in with the states of the layer before.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from tellings.comparing.pair_model import LONGEST, NEITHER
from tellings.comparing.scorer import KINDS
from training.claims.examples import Example, Strangers
from training.export import MIDDLE, WEIGHTS, narrowed
from training.model import WIDTH, Encoder
from training.restore import restored

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

HIDDEN = 128
CLIP = 5.0
"""Features are cut at so many standard deviations."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How it is trained; `told` is the share of pairs of one claim among those drawn, `kinds` the weight of kinds."""

    seed: int = 7
    pairs: int = 100_000
    batch: int = 64
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    told: float = 0.4
    warmup: float = 0.08
    decay: float = 0.01
    kinds: float = 0.2


class TwoStatements(nn.Module):
    """From the states of two statements and the pair's features: one claim or not, and the kind of relation."""

    def __init__(self, mean: Floats, spread: Floats, dropout: float = 0.1) -> None:
        super().__init__()
        self.layers = Encoder(dropout, trained=False).bert.encoder.layer[MIDDLE:]
        self.side = nn.Embedding(3, WIDTH)
        nn.init.normal_(self.side.weight, std=0.02)
        self.met = nn.Linear(4 * WIDTH, 192)
        self.numbers = nn.Linear(len(mean), HIDDEN)
        self.hidden = nn.Linear(192 + HIDDEN, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1 + len(KINDS))
        self.dropout = nn.Dropout(dropout)
        self.register_buffer("mean", torch.from_numpy(mean))
        self.register_buffer("spread", torch.from_numpy(spread))

    def forward(self, states: Tensor, side: Tensor, features: Tensor) -> Tensor:
        """Logits (n x 1 + kinds) of states (n x pieces x width), sides (n x pieces), features (n x features)."""
        states = states + self.side(side)
        hidden = ((side == NEITHER) * -1e4).to(states.dtype)[:, None, None]
        for layer in self.layers:
            found = layer(states, attention_mask=hidden)
            states = found[0] if isinstance(found, tuple) else found
        a, b = _mean(states, side == 0), _mean(states, side == 1)
        most = (states + ((side == NEITHER) * -1e4).to(states.dtype)[..., None]).amax(1)
        met = functional.gelu(self.met(torch.cat([a + b, (a - b).abs(), a * b, most], -1)))
        mean, spread = self.get_buffer("mean"), self.get_buffer("spread")
        numbers = functional.gelu(self.numbers(((features - mean) / spread).clamp(-CLIP, CLIP)))
        logits: Tensor = self.out(
            self.dropout(functional.gelu(self.hidden(torch.cat([self.dropout(met), numbers], -1))))
        )
        return logits


def _mean(states: Tensor, inside: Tensor) -> Tensor:
    weight = inside.to(states.dtype)[..., None]
    return (states * weight).sum(1) / weight.sum(1).clamp(min=1.0)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of statements of many stories.

    `states` are the pieces of all accounts (pieces x width, float16), `a` and `b` (pairs x 2) the first and last of
    them for each statement, `values` (pairs x features) the features.
    """

    states: Tensor
    a: Ints
    b: Ints
    values: Floats

    def batch(self, which: Ints) -> tuple[Tensor, Tensor, Tensor]:
        """What the model takes of some pairs, padded to the longest."""
        first, second = self.a[which], self.b[which]
        length_a, length_b = (np.minimum(one[:, 1] - one[:, 0], LONGEST)[:, None] for one in (first, second))
        place = np.arange(int((length_a + length_b).max()))
        side = np.where(place < length_a, 0, np.where(place < length_a + length_b, 1, NEITHER))
        at = np.where(side == 0, first[:, :1] + place, second[:, :1] + place - length_a)
        at[side == NEITHER] = 0
        states = self.states[torch.from_numpy(at)].float()
        return states, torch.from_numpy(side), torch.from_numpy(self.values[which])

    def alike(self, which: Ints, size: int) -> list[Ints]:
        """Batches of some pairs, those of like length together."""
        length = np.minimum(np.diff(self.a[which], axis=1), LONGEST) + np.minimum(
            np.diff(self.b[which], axis=1), LONGEST
        )
        order = which[np.argsort(length[:, 0], kind="stable")]
        return [order[n : n + size] for n in range(0, len(order), size)]


def pairs_of(examples: Sequence[Example | Strangers], names: Sequence[str]) -> Pairs:
    """The candidate pairs of all stories, one after another; statements without a piece get that after them."""
    states, a, b, at = [], [], [], 0
    for one in examples:
        starts = []
        for reading in one.table.readings:
            starts.append(at)
            states.append(reading.pieces.states)
            at += len(reading.pieces.states)
        rows = one.table.pieces + np.asarray(starts, dtype=np.int64)[one.table.account][:, None]
        rows[:, 1] = np.maximum(rows[:, 1], rows[:, 0] + 1)
        rows = np.minimum(rows, [[at - 1, at]])
        a.append(rows[one.pairs.a])
        b.append(rows[one.pairs.b])
    columns = [examples[0].names.index(name) for name in names]
    values = np.concatenate([one.values[:, columns] for one in examples])
    return Pairs(torch.from_numpy(np.concatenate(states)), np.concatenate(a), np.concatenate(b), values)


@dataclass(frozen=True, slots=True)
class Targets:
    """What to learn of each pair: the probability of one claim, its kind (-1: none), how often to draw it."""

    same: Floats
    kind: Ints
    draw: Floats


def start(pairs: Pairs) -> TwoStatements:
    """The model before training: the reader's last layers, new heads."""
    model = TwoStatements(pairs.values.mean(0), pairs.values.std(0) + 1e-4)
    found = restored(WEIGHTS)
    for number, layer in enumerate(model.layers):
        prefix = f"encoder.bert.encoder.layer.{MIDDLE + number}."
        layer.load_state_dict({name.removeprefix(prefix): w for name, w in found.items() if name.startswith(prefix)})
    return model


def train(pairs: Pairs, targets: Targets, recipe: Recipe) -> TwoStatements:
    """Train on pairs drawn by their weight, a share of them of one claim; the same seed gives the same model."""
    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    model = start(pairs)
    layers = list(model.layers.parameters())
    rest = [one for name, one in model.named_parameters() if not name.startswith("layers.")]
    groups = [{"params": layers, "lr": recipe.rate}, {"params": rest, "lr": recipe.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=recipe.decay)
    batches = list(_drawn(pairs, targets, recipe, rng))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _pace(step / len(batches), recipe.warmup))
    began, losses = time.perf_counter(), []
    for number, which in enumerate(batches, start=1):
        loss = _loss(model(*pairs.batch(which)), targets, which, recipe.kinds)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call] # torch ships no type for it
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
        if number % 200 == 0:
            print(
                f"{number}/{len(batches)} {np.mean(losses[-200:]):.4f} {time.perf_counter() - began:.0f} s", flush=True
            )
    return model.eval()


def _pace(done: float, warmup: float) -> float:
    return min(1.0, done / warmup + 0.01) * max(0.02, 1.0 - done)


def _drawn(pairs: Pairs, targets: Targets, recipe: Recipe, rng: np.random.Generator) -> Iterator[Ints]:
    """Batches of pairs: those of one claim, and others in proportion to their weight; like lengths together."""
    told = np.flatnonzero((targets.draw > 0) & (targets.same > 0.1))
    other = np.flatnonzero((targets.draw > 0) & (targets.same <= 0.1))
    left = recipe.pairs
    while left > 0:
        count = min(left, int(len(told) / recipe.told))
        left -= count
        yes = rng.choice(told, int(count * recipe.told), replace=False)
        weight = targets.draw[other].astype(np.float64)
        no = rng.choice(other, min(len(other), count - len(yes)), replace=False, p=weight / weight.sum())
        drawn = rng.permutation(np.concatenate([yes, no]))
        for part in np.array_split(drawn, max(1, len(drawn) // (50 * recipe.batch))):
            batches = pairs.alike(part, recipe.batch)
            yield from (batches[n] for n in rng.permutation(len(batches)))


def _loss(logits: Tensor, targets: Targets, which: Ints, weight: float) -> Tensor:
    same, kind = torch.from_numpy(targets.same[which]), torch.from_numpy(targets.kind[which])
    loss = functional.binary_cross_entropy_with_logits(logits[:, 0], same)
    known = kind >= 0
    if known.any():
        loss = loss + weight * functional.cross_entropy(logits[known, 1:], kind[known])
    return loss


def logits(model: TwoStatements, pairs: Pairs, which: Ints) -> Floats:
    """The model's logits of some pairs (n x 1 + kinds), in their order."""
    found = np.zeros((len(pairs.values), 1 + len(KINDS)), dtype=np.float32)
    with torch.inference_mode():
        for part in pairs.alike(which, 128):
            found[part] = model(*pairs.batch(part)).numpy()
    return found[which]


def export(model: TwoStatements, path: Path) -> None:
    """Write it as ONNX, its large weights in eight bits."""
    model.eval()
    arguments = (
        torch.zeros(2, 24, WIDTH),
        torch.ones(2, 24, dtype=torch.int64),
        torch.zeros(2, model.numbers.in_features),
    )
    rows, pieces = torch.export.Dim("rows", min=1, max=256), torch.export.Dim("pieces", min=2, max=2 * LONGEST)
    wide = path.with_suffix(".wide.onnx")
    torch.onnx.export(
        model,
        arguments,
        str(wide),
        input_names=["states", "side", "features"],
        output_names=["logits"],
        dynamic_shapes={"states": {0: rows, 1: pieces}, "side": {0: rows, 1: pieces}, "features": {0: rows}},
        dynamo=True,
        external_data=False,
    )
    onnx.save(narrowed(onnx.load(wide), 8), path)
    wide.unlink()
