"""Train judges of pairs: `python -m training.claims.cross --data FILE --encoder FOLDER --out DIR`.

Meant for a few minutes on a graphics card; the device is picked automatically. One command, fixed seed, in given time:
first the helping pairs, once; from there one judge for each fold of the train stories. It scores the stories it has not
seen; the dev stories, the strangers and the unlabelled stories have the mean of all judges. The judges are too large to
ship: what they say teaches the pair model that does (`training.claims.taught`).

DIR gets scores.npz (by candidate pair, in the order of the data; NaN where a stage was not reached) and metrics.json,
written anew after every step.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training.claims.judge import TINY, Judge, Shape, SmallEncoder, Targets, loss_of
from training.claims.matches import figures
from training.claims.packed import MARKS, Floats, Ints, Joiner, Packed, batches, load, width


@dataclass(frozen=True, slots=True)
class Pace:
    """How one kind of model is trained; `rounds` is how often its pairs are drawn, time permitting."""

    batch: int
    rate: float
    head_rate: float
    rounds: int
    folds: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a run is made of; `helped` is the share of the time that the helping pairs may take."""

    seed: int = 7
    judge: Pace = Pace(batch=128, rate=4e-5, head_rate=3e-4, rounds=3, folds=3)
    helped: float = 0.1
    warmup: float = 0.06
    decay: float = 0.01
    clip: float = 1.0
    negatives: float = 6.0  # for each pair of one claim
    hard: float = 0.7  # share of these drawn by how near they are
    helping: float = 0.15  # share of the batches
    news: float = 4.0  # how much rather a helping pair of news is drawn
    scored: int = 1024  # pairs of a batch that is only scored
    again: float = 0.02  # from this probability a pair is scored the other way round as well


@dataclass(frozen=True, slots=True)
class Sample:
    """Pairs to learn from, as `judge.Targets`."""

    a: Ints
    b: Ints
    task: Ints
    label: Floats
    kind: Floats
    weight: Floats

    def take(self, order: Ints) -> Sample:
        """Some of them, or all in another order."""
        return Sample(*(getattr(self, one.name)[order] for one in fields(self)))


def joined(*samples: Sample) -> Sample:
    """One sample after the other."""
    return Sample(*(np.concatenate([getattr(one, each.name) for one in samples]) for each in fields(Sample)))


@dataclass(frozen=True, slots=True)
class Drawn:
    """The pairs of a round and the numbers of those of each batch."""

    sample: Sample
    parts: list[Ints]


class Scores:
    """For every candidate pair: the probability that both tell the same thing, and of each kind if they do."""

    def __init__(self, pairs: int, kinds: int) -> None:
        self.same = np.full(pairs, np.nan, dtype=np.float32)
        self.kinds = np.full((pairs, kinds), np.nan, dtype=np.float32)

    def put(self, where: Ints, same: Floats, kinds: Floats) -> None:
        """Set those of some pairs."""
        self.same[where], self.kinds[where] = same, kinds


def main() -> None:
    """Train, score, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the file training.claims.pack made")
    parser.add_argument("--encoder", required=True, help="a folder with all-mpnet-base-v2, or: tiny")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=200.0)
    parser.add_argument("--rounds", type=int, default=3, help="of the judges, time permitting")
    options = parser.parse_args()
    usual = Recipe()
    recipe = replace(usual, judge=replace(usual.judge, rounds=options.rounds))
    run = Run(load(options.data), recipe, options.out, options.seconds)
    run.teach(Judge(_encoder(options.encoder), Shape(len(run.data.kinds), len(run.data.tasks) - 1)))
    run.say("done")


def _encoder(name: str) -> nn.Module:
    if name == "tiny":
        return SmallEncoder(TINY)
    from training.encoders import wide_encoder

    return wide_encoder(Path(name), MARKS)


class Run:
    """The data on the device, the clock, and what has come out so far."""

    def __init__(self, data: Packed, recipe: Recipe, out: Path, seconds: float) -> None:
        self.began = time.perf_counter()
        self.seconds = seconds
        self.data, self.recipe, self.out = data, recipe, out
        self.out.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(recipe.seed)
        torch.set_float32_matmul_precision("high")
        self.rng = np.random.default_rng(recipe.seed)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.joiner = Joiner.of(data.rows, self.device)
        self.train = np.flatnonzero(data.used("train"))
        self.others = np.flatnonzero(~data.used("train")[data.pairs.story])
        self.judges = Scores(len(data.pairs), len(data.kinds))
        self.metrics: dict[str, object] = {"device": str(self.device), "recipe": asdict(recipe), "seconds": seconds}
        self.stages: list[dict[str, object]] = []
        near = 1 / (1.0 + data.pairs.rank)
        self.likely = recipe.hard * near / near.sum() + (1 - recipe.hard) / len(near)
        for name in ("train", "dev"):
            stories = data.used(name)
            if stories.any():
                cosine = data.pairs.cosine
                self.metrics[f"cosine on {name}"] = figures(
                    data, stories, cosine, np.zeros((len(cosine), len(data.kinds)), np.float32)
                )
        self.say(
            f"{len(data.story)} stories, {int(data.used('dev').sum())} dev, {len(data.pairs)} pairs, "
            f"{int((data.pairs.kind >= 0).sum())} labelled, {len(data.helpers)} helping, on {self.device}"
        )

    def now(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self.began

    def say(self, text: str) -> None:
        """Print one line at once."""
        print(f"{self.now():6.1f} {text}", flush=True)

    # ------------------------------------------------------------ the judges

    def teach(self, judge: Judge) -> None:
        """Helping pairs, then a judge for every fold; scores of all stories by judges that have not seen them."""
        first = self.recipe.helped * self.seconds
        pace = self.recipe.judge
        judge.to(self.device)
        self.fit("helping", judge, pace, self._helping_rounds(1, pace.batch), first)
        start = _copy(judge)
        speed = self._speed(judge)
        folds = self._folds(pace.folds)
        sums: list[tuple[Floats, Floats]] = []
        for number, fold in enumerate(folds):
            need = sum(len(self._pairs_of(one)) + len(self.others) for one in folds[number:]) / speed * 1.3
            left = (self.seconds - self.now() - need) / (len(folds) - number)
            self.say(f"fold {number + 1}: {left:.1f} s to train, {need:.1f} s to score what is left to score")
            judge.load_state_dict(start)
            seen = np.setdiff1d(self.train, fold)
            self.fit(f"judge {number + 1}", judge, pace, self._gold_rounds(judge, seen), self.now() + max(1.0, left))
            held = self._pairs_of(fold)
            self.judges.put(held, *self.score(judge, held, f"judge {number + 1}"))
            sums.append(self.score(judge, self.others, f"judge {number + 1} on the others"))
            self.judges.put(self.others, *(np.mean([one[n] for one in sums], axis=0) for n in range(2)))
            self._measure(fold, number + 1)

    def _gold_rounds(self, judge: Judge, stories: Ints) -> Iterator[Callable[[], Drawn]]:
        """The rounds of a judge: which pair of statements a label means is chosen anew by its own scores."""
        pairs = self.data.pairs
        current: Floats = (pairs.cosine / 2).astype(np.float32)  # below one half: at first only the best pair is taken
        inside = self._pairs_of(stories)
        several = np.bincount(pairs.group[pairs.group >= 0], minlength=int(pairs.group.max(initial=-1)) + 1) > 1
        open_ = inside[(pairs.group[inside] >= 0) & several[pairs.group[inside]]]
        for number in range(self.recipe.judge.rounds):

            def draw(number: int = number) -> Drawn:
                if number and len(open_):
                    current[open_] = self.score(judge, open_, "", again=False)[0]
                return self._mixed(self._gold(inside, current), self.recipe.judge.batch)

            yield draw

    def _gold(self, inside: Ints, current: Floats) -> Sample:
        """The pairs of one claim among some candidates, and unrelated ones, the nearer the likelier."""
        pairs = self.data.pairs
        meant = self._meant(inside, current)
        apart = inside[pairs.kind[inside] < 0]
        many = min(len(apart), int(self.recipe.negatives * len(meant)))
        apart = apart[_draw(self.likely[apart], many, self.rng)]
        chosen = np.concatenate([meant, apart])
        label = np.zeros(len(chosen), dtype=np.float32)
        label[: len(meant)] = 1
        kind = np.eye(len(self.data.kinds), dtype=np.float32)[pairs.kind[chosen]]
        return self._either_way(chosen, label, kind, label)

    def _meant(self, inside: Ints, current: Floats) -> Ints:
        """Of the pairs a label may mean the best scored one, and those above one half (see `examples.targets`)."""
        labelled = inside[self.data.pairs.group[inside] >= 0]
        order = labelled[np.lexsort((-current[labelled], self.data.pairs.group[labelled]))]
        best = np.ones(len(order), dtype=bool)
        best[1:] = self.data.pairs.group[order[1:]] != self.data.pairs.group[order[:-1]]
        return order[best | (current[order] > 0.5)]

    def _either_way(self, chosen: Ints, label: Floats, kind: Floats, weight: Floats) -> Sample:
        """A sample of candidate pairs, every other one turned round."""
        a, b = self.data.pairs.a[chosen], self.data.pairs.b[chosen]
        turned = self.rng.random(len(chosen)) < 0.5
        task = np.full(len(chosen), -1, dtype=np.int64)
        return Sample(np.where(turned, b, a), np.where(turned, a, b), task, label, kind, weight)

    def _folds(self, count: int) -> list[Ints]:
        """The train stories in folds of about as many pairs."""
        size = np.bincount(self.data.pairs.story, minlength=len(self.data.story))
        found: list[list[int]] = [[] for _ in range(count)]
        for story in self.train[np.argsort(-size[self.train], kind="stable")]:
            min(found, key=lambda fold: size[fold].sum()).append(int(story))
        return [np.array(sorted(fold), dtype=np.int64) for fold in found]

    def _pairs_of(self, stories: Ints) -> Ints:
        return np.flatnonzero(np.isin(self.data.pairs.story, stories))

    # ------------------------------------------------------------ helping pairs

    def _helping(self, chosen: Ints) -> Sample:
        helpers = self.data.helpers
        task = helpers.task[chosen]
        a, b = helpers.a[chosen], helpers.b[chosen]
        # only whether two sentences can be aligned is the same both ways
        turned = (self.rng.random(len(chosen)) < 0.5) & (task == self.data.tasks.index("aligned"))
        kind = np.zeros((len(chosen), len(self.data.kinds)), dtype=np.float32)
        none = np.zeros(len(chosen), dtype=np.float32)
        return Sample(np.where(turned, b, a), np.where(turned, a, b), task, helpers.label[chosen], kind, none)

    def _helping_rounds(self, rounds: int, batch: int) -> Iterator[Callable[[], Drawn]]:
        def draw() -> Drawn:
            sample = self._helping(np.arange(len(self.data.helpers)))
            return Drawn(sample, batches(self._lengths(sample.a, sample.b), batch, self.rng))

        for _ in range(rounds):
            yield draw

    def _mixed(self, told: Sample, batch: int) -> Drawn:
        """Batches of candidate pairs among some of helping pairs."""
        share = self.recipe.helping
        many = min(len(self.data.helpers), int(len(told.a) * share / (1 - share)))
        likely = np.where(self.data.helpers.task > 0, self.recipe.news, 1.0)
        helping = self._helping(_draw(likely, many, self.rng))
        parts = batches(self._lengths(told.a, told.b), batch, self.rng)
        parts += [part + len(told.a) for part in batches(self._lengths(helping.a, helping.b), batch, self.rng)]
        return Drawn(joined(told, helping), [parts[n] for n in self.rng.permutation(len(parts))])

    # ------------------------------------------------------------ training and scoring

    def fit(self, name: str, judge: Judge, pace: Pace, rounds: Iterator[Callable[[], Drawn]], until: float) -> None:
        """Train until all rounds are done or the time is up; the rate falls with whichever is further on."""
        opened = self.now()
        draws = list(rounds)
        optimizer = self._optimizer(judge, pace)
        learning = [parameter for parameter in judge.parameters() if parameter.requires_grad]
        step, read, total = 0, 0, 1
        shown: list[Tensor] = []
        for draw in draws:
            if self.now() >= until:
                break
            drawn = draw()
            total = max(total, len(draws) * len(drawn.parts))
            judge.train()
            for scores, wanted in self._outputs(judge, drawn):
                progress = max(step / total, (self.now() - opened) / max(0.1, until - opened))
                if progress >= 1:
                    break
                loss = loss_of(scores, wanted, judge.shape)
                loss.backward()  # type: ignore[no-untyped-call] # torch leaves it so
                nn.utils.clip_grad_norm_(learning, self.recipe.clip)
                for group in optimizer.param_groups:
                    group["lr"] = group["rate"] * self._share(progress)
                optimizer.step()
                optimizer.zero_grad(set_to_none=True)
                step, read = step + 1, read + len(scores)
                shown.append(loss.detach())
                if step % 100 == 0:
                    self.say(f"{name}: step {step} of {total}, loss {float(torch.stack(shown[-100:]).mean()):.4f}")
        self._wait()
        losses = torch.stack(shown[-100:]).mean().item() if shown else float("nan")
        self._note(name, opened, read, steps=step, of=total, loss=round(losses, 4))

    def _outputs(self, judge: Judge, drawn: Drawn) -> Iterator[tuple[Tensor, Targets]]:
        """Raw scores of each batch of a round with what they should be; everything is on the device beforehand."""
        sample = drawn.sample.take(np.concatenate(drawn.parts))
        lengths = self._lengths(sample.a, sample.b)
        a, b, *rest = (torch.from_numpy(getattr(sample, one.name)).to(self.device) for one in fields(sample))
        wanted = Targets(*rest)
        stop = 0
        for part in drawn.parts:
            where = slice(stop, stop + len(part))
            stop = where.stop
            with self._autocast():
                scores = judge(*self.joiner.join(a[where], b[where], width(lengths[where])))
            yield scores, wanted.part(where)

    def _optimizer(self, judge: Judge, pace: Pace) -> torch.optim.AdamW:
        """Heads and the marks' embedding, which start from nothing, at their own rate; vectors do not decay."""
        groups: dict[tuple[bool, bool], list[nn.Parameter]] = {}
        for name, parameter in judge.named_parameters():
            if parameter.requires_grad:
                new = not name.startswith("encoder.") or name == "encoder.features.weight"
                groups.setdefault((new, parameter.ndim > 1), []).append(parameter)
        return torch.optim.AdamW(
            [
                {
                    "params": found,
                    "rate": pace.head_rate if new else pace.rate,
                    "weight_decay": self.recipe.decay * matrix,
                }
                for (new, matrix), found in groups.items()
            ],
            lr=pace.rate,
            betas=(0.9, 0.98),
            fused=self.device.type == "cuda",
        )

    def _share(self, progress: float) -> float:
        """Of the full rate: a rise, then a fall to nothing."""
        rise = progress / self.recipe.warmup
        return max(0.01, min(rise, (1 - progress) / (1 - self.recipe.warmup)))

    def score(self, judge: Judge, chosen: Ints, name: str, again: bool = True) -> tuple[Floats, Floats]:
        """Probabilities of some candidate pairs; likely ones are the mean of both ways round."""
        opened = self.now()
        a, b = self.data.pairs.a[chosen], self.data.pairs.b[chosen]
        found = self._score(judge, a, b)
        if again:
            likely = np.flatnonzero(found[:, 0] >= self.recipe.again)
            found[likely] = (found[likely] + self._score(judge, b[likely], a[likely])) / 2
        if name:
            self._note(f"{name}: scoring", opened, len(chosen))
        return found[:, 0], found[:, 1:]

    def _score(self, judge: Judge, a: Ints, b: Ints) -> Floats:
        """Probabilities (pairs x 1 + kinds): same, then the kinds."""
        judge.eval()
        lengths = self._lengths(a, b)
        order = np.argsort(-lengths, kind="stable")
        one, other, at = (torch.from_numpy(array).to(self.device) for array in (a[order], b[order], order))
        found = torch.zeros((len(a), 1 + judge.shape.kinds), device=self.device)
        with torch.inference_mode(), self._autocast():
            for start in range(0, len(order), self.recipe.scored):
                part = slice(start, start + self.recipe.scored)
                raw = judge(*self.joiner.join(one[part], other[part], width(lengths[order[part]])))
                same, kinds = raw[:, :1].sigmoid(), raw[:, judge.shape.kind].softmax(dim=-1)
                found[at[part]] = torch.cat([same, kinds], dim=-1).float()
        numbers: Floats = found.cpu().numpy()
        return numbers

    def _speed(self, judge: Judge) -> float:
        """Pairs scored a second, by a few batches."""
        some = self.rng.permutation(len(self.data.pairs))[: 8 * self.recipe.scored if self._fast() else 64]
        a, b = self.data.pairs.a[some], self.data.pairs.b[some]
        self._score(judge, a[: self.recipe.scored], b[: self.recipe.scored])
        opened = self.now()
        self._score(judge, a, b)
        speed = len(some) / max(1e-6, self.now() - opened)
        self.say(f"scores {speed:.0f} pairs a second")
        return speed

    def _fast(self) -> bool:
        return self.device.type == "cuda"

    def _autocast(self) -> torch.autocast:
        return torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self._fast())

    def _wait(self) -> None:
        if self._fast():
            torch.cuda.synchronize()

    def _lengths(self, a: Ints, b: Ints) -> Ints:
        return self.data.rows.length[a] + self.data.rows.length[b]

    # ------------------------------------------------------------ what comes out

    def _note(self, name: str, opened: float, pairs: int, **more: object) -> None:
        took = self.now() - opened
        self.stages.append({"stage": name, "seconds": round(took, 2), "pairs": pairs, **more})
        details = ", ".join(f"{key} {value}" for key, value in more.items())
        self.say(f"{name}: {pairs} pairs, {took:.1f} s, {pairs / max(1e-6, took):.0f} a second {details}")

    def _measure(self, fold: Ints, number: int) -> None:
        """Measure what is scored so far and write everything down."""
        data, scores = self.data, self.judges
        unscored = np.bincount(data.pairs.story, np.isnan(scores.same), minlength=len(data.story)) > 0
        threshold = None
        chosen = np.isin(np.arange(len(data.story)), fold)
        if chosen.any():
            self.metrics[f"judge {number} on its fold"] = figures(data, chosen, scores.same, scores.kinds)
        train, dev = data.used("train") & ~unscored, data.used("dev") & ~unscored
        if train.any():
            found = figures(data, train, scores.same, scores.kinds)
            self.metrics["judge out of fold"] = found
            threshold = float(str(found["threshold"]))
        if dev.any():
            self.metrics["judge on dev"] = figures(data, dev, scores.same, scores.kinds, threshold)
        for part in ("out of fold", "on dev"):
            if f"judge {part}" in self.metrics:
                self.say(f"judge {part}: {_headline(self.metrics[f'judge {part}'])}")
        self._write()

    def _write(self) -> None:
        (self.out / "metrics.json").write_text(
            json.dumps({**self.metrics, "stages": self.stages}, indent=1), encoding="utf-8"
        )
        np.savez_compressed(
            self.out / "scores.npz",
            judge_same=self.judges.same.astype(np.float16),
            judge_kinds=self.judges.kinds.round(3).astype(np.float16),
        )


def _headline(found: object) -> str:
    """The figures to watch in one line; all are in metrics.json."""
    shown = dict(found) if isinstance(found, dict) else {}
    related = shown.get("relations of pairs found", {})
    kept = ("stories", "average precision", "best f1", "threshold", "f1 at the threshold out of fold")
    parts = [f"{name} {shown[name]}" for name in kept if name in shown]
    return ", ".join([*parts, *(f"{name} {related[name]}" for name in ("accuracy", "macro f1", "conflict"))])


def _copy(judge: Judge) -> dict[str, Tensor]:
    return {name: tensor.detach().clone() for name, tensor in judge.state_dict().items()}


def _draw(likely: NDArray[np.floating], count: int, rng: np.random.Generator) -> Ints:
    """So many numbers of `likely`, none twice, the likelier the rather (the Gumbel trick)."""
    keys = np.log(likely) + rng.gumbel(size=len(likely))
    if count >= len(keys):
        return np.arange(len(keys))
    return np.argpartition(-keys, count)[:count]


if __name__ == "__main__":
    main()
