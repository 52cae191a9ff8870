"""Train a reader: `python -m training.train --out out/reader`. One command, fixed seed; see training/RESULTS.md.

With `--wide FOLDER` (all-mpnet-base-v2) a wide reader is trained, which does not ship; with `--taught out/wide`
besides, the reader that ships learns from the labels and from what the wide one says of every text. An accelerator is
used where there is one; sums there are made in no fixed order, so weights differ in their last digits from run to run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from tellings.evaluate.corpora import corpora_folder
from tellings.reading.tokens import FEATURES
from training.batches import Batch, Noise, collate
from training.documents import LOADERS, Prepared, load, prepared
from training.encoders import wide_encoder
from training.examples import Document, Example, cut
from training.losses import Part, Teacher, parts_of, taught
from training.model import Encoder, Reader
from training.teacher import outputs_of, pseudo_cues, statement_vectors

if TYPE_CHECKING:
    from torch import Tensor

SHIPPED = {
    "polnear": 2.6, "ewt": 6.0, "gum": 6.5, "names": 1.5, "news_names": 4.0, "newsdiscourse": 1.0, "gap": 2.5,
    "litbank": 0.5, "pronouns": 2.0, "wording": 3.0, "propaganda": 0.3, "plain": 0.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a training run is made of; `passes` says how often each corpus is read in all."""

    seed: int = 7
    rounds: int = 4  # the passes are spread evenly over these
    window: int = 320
    batch: int = 2560  # pieces a step, padding included; larger ones leave a processor's caches
    rate: float = 1.2e-4  # of the encoder
    head_rate: float = 8e-4
    warmup: float = 0.05
    dropout: float = 0.1
    frozen: int = 0  # lowest layers left as they are
    masked: float = 0.05  # share of pieces hidden, so that six and more passes do not learn texts by heart
    recased: float = 0.08  # share of windows that lose their capitals, or have nothing else
    labels: float = 0.5  # weight of the labels beside a teacher
    seconds: float = 0.0  # the run ends by then, its rate falling in time; 0 for no limit
    passes: Mapping[str, float] = field(default_factory=lambda: dict(SHIPPED))


Windows = list[list[tuple[int, int, int]]]
"""Batches of windows: document number, first and last piece."""


def one_round(found: Prepared, recipe: Recipe, number: int) -> Windows:
    """The batches of one round: each corpus as often as its share of the passes says, windows cut anew each time."""
    dice = random.Random(f"{recipe.seed} {number}")
    examples: list[Example] = []
    for document in found.train:
        share = recipe.passes.get(document.corpus, 0.0) / recipe.rounds
        times = int(share) + (dice.random() < share - int(share))
        for _ in range(times):
            examples += cut(document, dice, recipe.window)
    return [[(e.document.number, e.first, e.last) for e in batch] for batch in batches(examples, recipe.batch, dice)]


def batches(examples: list[Example], size: int, dice: random.Random) -> list[list[Example]]:
    """Examples of about one length together, the batches shuffled."""
    ordered = sorted(examples, key=lambda e: len(e) + 24 * dice.random())
    found: list[list[Example]] = [[]]
    longest = 0
    for example in ordered:
        longest = max(longest, len(example))
        if found[-1] and (len(found[-1]) + 1) * longest > size:
            found.append([])
            longest = len(example)
        found[-1].append(example)
    dice.shuffle(found)
    return found


@dataclass(frozen=True, slots=True)
class Plan:
    """All batches of a run, put together when asked for."""

    found: Prepared
    starts: np.ndarray
    batches: Windows
    noise: Noise
    seed: int

    def batch(self, number: int) -> Batch:
        """One batch."""
        examples = [Example(self.found.train[n], first, last) for n, first, last in self.batches[number]]
        return collate(examples, self.starts, self.noise, random.Random(f"{self.seed} {number}"))


AHEAD = 96  # batches put together before they are asked for


def collated(plan: Plan, device: torch.device) -> Iterator[Batch]:
    """The batches in order, on the device; beside an accelerator other processes put them together."""
    count = len(plan.batches)
    if device.type != "cuda":
        yield from (plan.batch(number) for number in range(count))
        return
    _Shared.plan = plan
    with ProcessPoolExecutor(_workers(), mp_context=get_context("fork")) as pool:
        waiting = deque(pool.submit(_shared_batch, number) for number in range(min(AHEAD, count)))
        for number in range(count):
            made = waiting.popleft().result()
            if number + AHEAD < count:
                waiting.append(pool.submit(_shared_batch, number + AHEAD))
            yield Batch(*map(torch.from_numpy, made)).to(device)


def plans(found: Prepared, recipe: Recipe, device: torch.device) -> Windows:
    """The batches of every round, one round after another."""
    if device.type != "cuda":
        made: Iterable[Windows] = (one_round(found, recipe, number) for number in range(recipe.rounds))
        return list(chain.from_iterable(made))
    _Shared.found = found
    with ProcessPoolExecutor(_workers(), mp_context=get_context("fork")) as pool:
        return list(chain.from_iterable(pool.map(partial(_shared_round, recipe), range(recipe.rounds))))


def _workers() -> int:
    return max(1, (os.cpu_count() or 1) - 2)


class _Shared:
    """What forked processes find in their parent's memory."""

    found: Prepared
    plan: Plan


def _shared_round(recipe: Recipe, number: int) -> Windows:
    return one_round(_Shared.found, recipe, number)


def _shared_batch(number: int) -> tuple[np.ndarray, ...]:
    return _Shared.plan.batch(number).arrays()


def _freeze(model: Reader, layers: int) -> None:
    """Leave the vocabulary, and with `layers` also everything up to that layer, as they are."""
    if not isinstance(model.encoder, Encoder):
        return
    model.encoder.bert.embeddings.word_embeddings.weight.requires_grad = False
    if layers:
        lower = [model.encoder.features, model.encoder.bert.embeddings, *model.encoder.bert.encoder.layer[:layers]]
        for parameter in (p for module in lower for p in module.parameters()):
            parameter.requires_grad = False


def precision(device: torch.device) -> torch.autocast | nullcontext[None]:
    """Half precision where the device has it."""
    return torch.autocast("cuda", torch.bfloat16) if device.type == "cuda" else nullcontext()


@dataclass(frozen=True, slots=True)
class Lessons:
    """What teaches besides labels: the vector of each numbered span and, it may be, a trained reader."""

    vectors: Tensor
    teacher: Teacher | None = None


def train(model: Reader, found: Prepared, recipe: Recipe, lessons: Lessons, out: Path) -> dict[str, float]:
    """Train a model in place, saving `model.pt` under `out` now and then; the last losses, smoothed."""
    device = lessons.vectors.device
    began = time.time()
    _freeze(model, recipe.frozen)
    # the embedding of features starts from nothing, as the heads do
    encoder = [p for name, p in model.encoder.named_parameters() if p.requires_grad and name != "features.weight"]
    known = {id(p) for p in encoder}
    heads = [p for p in model.parameters() if p.requires_grad and id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}],
        weight_decay=0.01,
        fused=device.type == "cuda",
    )
    plan = plans(found, recipe, device)
    rates = [group["lr"] for group in optimizer.param_groups]
    data = Plan(found, found.starts, plan, Noise(recipe.masked, recipe.recased), recipe.seed)
    print(f"{len(plan)} steps planned, {time.time() - began:.0f} s", flush=True)
    losses: dict[str, float] = {}
    recent: dict[str, list[Tensor]] = defaultdict(list)
    model.train()
    for step, batch in enumerate(collated(data, device)):
        passed = (time.time() - began) / recipe.seconds if recipe.seconds else 0.0
        done = max(step / len(plan), passed)
        if done >= 1.0:
            break
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * min((step + 1) / (recipe.warmup * len(plan)), (1.0 - done) / (1 - recipe.warmup), 1.0)
        with precision(device):
            outputs = model(batch.ids, batch.features, batch.mask)
            told = list(parts_of(model, batch, outputs, lessons.vectors))
            size = batch.ids.numel()
            loss = torch.stack([part.weighed(size) for part in told]).sum()
            if lessons.teacher is not None:
                shown = list(taught(model, batch, outputs, lessons.teacher))
                loss = recipe.labels * loss + torch.stack([part.weighed(size) for part in shown]).sum()
                told += [replace(part, name=f"taught {part.name}") for part in shown]
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        for part in told:
            recent[part.name].append(part.loss.detach())
        if step % 50 == 49:
            for name, each in recent.items():
                mean = torch.stack(each).mean().item()
                losses[name] = 0.3 * losses.get(name, mean) + 0.7 * mean
            recent.clear()
            told_losses = " ".join(f"{name} {value:.3f}" for name, value in losses.items())
            print(f"{time.time() - began:.0f} s step {step + 1}/{len(plan)} {told_losses}", flush=True)
        if step % 500 == 499:
            torch.save(model.state_dict(), out / "model.pt")
    torch.save(model.state_dict(), out / "model.pt")
    return losses | {"steps": float(step + 1), "seconds": time.time() - began}


@torch.inference_mode()
def watch(model: Reader, documents: Sequence[Document], device: torch.device) -> dict[str, float]:
    """The mean loss of each head over documents that were not trained on."""
    model.eval()
    dice = random.Random(1)
    examples = [e for document in documents for e in cut(document, dice, 320)]
    total: dict[str, float] = defaultdict(float)
    count: dict[str, int] = defaultdict(int)
    none = np.zeros(1, dtype=np.int64)
    for batched in batches(examples, 8192, dice):
        batch = collate(batched, none, Noise(0.0, 0.0), dice).to(device)
        with precision(device):
            outputs = model(batch.ids, batch.features, batch.mask)
            parts: list[Part] = list(parts_of(model, batch, outputs, None))
        for part in parts:
            total[part.name] += part.loss.item() * part.count
            count[part.name] += part.count
    return {name: round(total[name] / count[name], 4) for name in total}


def fresh(recipe: Recipe, wide: Path | None) -> Reader:
    """A reader to train: of the wide encoder in a folder, or of the one that ships."""
    encoder = Encoder(recipe.dropout) if wide is None else wide_encoder(wide, FEATURES, recipe.dropout)
    return Reader(encoder, recipe.dropout)


def restored(path: Path, recipe: Recipe, wide: Path | None = None) -> Reader:
    """The reader in `path/model.pt`."""
    encoder = Encoder(recipe.dropout, trained=False) if wide is None else wide_encoder(wide, FEATURES, recipe.dropout)
    model = Reader(encoder, recipe.dropout)
    model.load_state_dict(torch.load(path / "model.pt", weights_only=True, map_location="cpu"))
    return model


def main() -> None:
    """Read the command line and train."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--out", type=Path, default=Path("out/reader"))
    given.add_argument("--corpora", type=Path)
    given.add_argument("--documents", type=Path, help="prepared by training.documents; else they are prepared now")
    for name in ("seed", "rounds", "frozen", "batch"):
        given.add_argument(f"--{name}", type=int, default=getattr(Recipe(), name))
    for name in ("rate", "head_rate", "masked", "labels", "seconds", "dropout"):
        given.add_argument(f"--{name.replace('_', '-')}", type=float, default=getattr(Recipe(), name))
    given.add_argument(
        "--passes", nargs="*", default=[], metavar="CORPUS=NUMBER", help="read a corpus this often; 0 leaves it out"
    )
    given.add_argument("--start", type=Path, help="go on from the model in this folder")
    given.add_argument("--wide", type=Path, help="the folder of all-mpnet-base-v2: its vectors teach the statements")
    given.add_argument("--taught", type=Path, help="a folder with a trained wide reader, which teaches")
    args = given.parse_args()
    passes = dict(SHIPPED)
    for pair in args.passes:
        name, _, number = pair.partition("=")
        if name not in passes:
            given.error(f"there is no corpus {name}: it is one of {', '.join(passes)}")
        passes[name] = float(number)
    own = {name: getattr(args, name) for name in Recipe.__dataclass_fields__ if hasattr(args, name)}
    recipe = Recipe(**(own | {"passes": passes}))
    wanted = [name for name in (*LOADERS, "plain") if passes.get(name)]
    found = load(args.documents) if args.documents else prepared(corpora_folder(args.corpora), wanted)
    run(found, recipe, Folders(args.out, args.start, args.wide, args.taught))


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a run writes, and where it finds a model to go on from, the wide encoder, and a wide reader."""

    out: Path
    start: Path | None = None
    wide: Path | None = None
    taught: Path | None = None


def run(found: Prepared, recipe: Recipe, folders: Folders) -> None:
    """One run: vectors, model, teacher, training, losses on what is watched; `recipe.json` records it."""
    folders.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    print(f"{len(found.train)} documents, pieces {dict(found.pieces())}", flush=True)
    lessons = Lessons(statement_vectors(found, folders.wide, folders.taught or folders.out, device))
    wide = folders.wide if folders.taught is None else None
    model = restored(folders.start, recipe, wide) if folders.start else fresh(recipe, wide)
    model.to(device)
    if folders.taught is not None:
        wise = restored(folders.taught, recipe, folders.wide).to(device)
        wise.eval().requires_grad_(requires_grad=False)
        teacher = Teacher(wise, outputs_of(wise, found, device))
        lessons = replace(lessons, teacher=teacher)
        found = pseudo_cues(found, teacher.outputs[0])
        wise.encoder = torch.nn.Identity()  # its outputs are known: only its heads are asked again
    losses = train(model, found, recipe, lessons, folders.out)
    seen = watch(model, found.watch, device)
    print("watched", json.dumps(seen), flush=True)
    record = {"losses": losses, "watched": seen, "pieces": dict(found.pieces()), **asdict(recipe)}
    (folders.out / "recipe.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
