"""Train the reader: `python -m training.train --out out/reader`. One command, fixed seed; see training/RESULTS.md."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from tellings.evaluate.corpora import corpora_folder, gap, held_out, news_roles, polnear
from tellings.reading.tokens import CLS, GAPS, SEP
from training import corpora, treebanks
from training.examples import (
    Document,
    Example,
    attribution_document,
    chain_document,
    cue_words,
    cut,
    labelled_document,
    loaded_document,
    pronoun_document,
    sentence_document,
)
from training.losses import parts_of
from training.model import Reader
from training.teacher import with_teacher

if TYPE_CHECKING:
    from torch import Tensor

MASK = 103
LOWER, TITLE, UPPER = 1, 2, 3  # shapes of a word, as tokens.py numbers them


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
    passes: Mapping[str, float] = field(
        default_factory=lambda: {
            "polnear": 2.6, "ewt": 6.0, "gum": 6.5, "names": 1.5, "newsdiscourse": 1.0, "gap": 2.5, "litbank": 0.5,
            "pronouns": 2.0, "wording": 3.0, "propaganda": 0.3,
        }
    )  # fmt: skip


def documents(folder: Path, wanted: Mapping[str, float]) -> Iterator[Document]:
    """The training documents of every corpus that is read at all."""
    for name, load in LOADERS.items():
        if wanted.get(name):
            yield from load(folder)


def _polnear(folder: Path) -> Iterator[Document]:
    texts = list(polnear(folder / "polnear" / "train.jsonl.gz"))
    nested = cue_words(texts)
    return (attribution_document(text, nested) for text in texts)


def _propaganda(folder: Path) -> Iterator[Document]:
    texts = corpora.propaganda(folder / "wording" / "ptc_train.jsonl")
    return (loaded_document(text, "propaganda") for text in texts if not held_out(text.id))


LOADERS: Mapping[str, Callable[[Path], Iterable[Document]]] = {
    "polnear": _polnear,
    "ewt": treebanks.ewt,
    "gum": treebanks.gum,
    "names": lambda folder: map(labelled_document, corpora.names(folder)),
    "newsdiscourse": lambda folder: map(sentence_document, news_roles(folder / "newsdiscourse" / "train.jsonl")),
    "gap": lambda folder: map(pronoun_document, gap(folder / "coref" / "gap_development.jsonl")),
    "litbank": lambda folder: map(chain_document, corpora.litbank(folder)),
    "pronouns": lambda folder: (
        chain_document(text, "pronouns", nominals=False) for text in corpora.our_pronouns(folder)
    ),
    "wording": lambda folder: (loaded_document(text, "wording") for text in corpora.our_wording(folder)),
    "propaganda": _propaganda,
}


def one_round(found: list[Document], recipe: Recipe, dice: random.Random) -> list[list[Example]]:
    """The batches of one round: each corpus as often as its share of the passes says, windows cut anew each time."""
    examples: list[Example] = []
    for document in found:
        share = recipe.passes[document.corpus] / recipe.rounds
        times = int(share) + (dice.random() < share - int(share))
        for _ in range(times):
            examples += cut(document, dice, recipe.window)
    return batches(examples, recipe.batch, dice)


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


def inputs(batch: list[Example], recipe: Recipe, dice: random.Random) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, features and mask of a batch, some pieces hidden and some windows written without capitals."""
    length = max(len(e) for e in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    features = torch.zeros_like(ids)
    mask = torch.zeros_like(ids)
    for i, e in enumerate(batch):
        seen = slice(e.first, e.last)
        row = [CLS, *e.document.tokens.ids[seen].tolist(), SEP]
        ids[i, : len(row)] = torch.tensor(row)
        known = torch.from_numpy(e.document.tokens.features[seen])
        features[i, 1 : len(row) - 1] = _recased(known, dice) if dice.random() < recipe.recased else known
        mask[i, : len(row)] = 1
    hidden = (torch.rand(ids.shape) < recipe.masked) & (ids != CLS) & (ids != SEP) & (mask == 1)
    return ids.masked_fill(hidden, MASK), features, mask


def _recased(features: Tensor, dice: random.Random) -> Tensor:
    shapes = features // (2 * GAPS)
    to = LOWER if dice.random() < 0.6 else UPPER
    word = (shapes == LOWER) | (shapes == TITLE) | (shapes == UPPER)
    return torch.where(word, to * 2 * GAPS + features % (2 * GAPS), features)


def _freeze(model: Reader, layers: int) -> None:
    """Leave the vocabulary, and with `layers` also everything up to that layer, as they are."""
    model.encoder.bert.embeddings.word_embeddings.weight.requires_grad = False
    if layers:
        lower = [model.encoder.features, model.encoder.bert.embeddings, *model.encoder.bert.encoder.layer[:layers]]
        for parameter in (p for module in lower for p in module.parameters()):
            parameter.requires_grad = False


def train(folder: Path, out: Path, recipe: Recipe, start: Path | None = None) -> None:
    """Train, from `start/model.pt` if given, and save `model.pt` and `recipe.json` under `out`."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    dice = random.Random(recipe.seed)
    began = time.time()
    found, teacher = with_teacher(list(documents(folder, recipe.passes)), out)
    pieces: dict[str, int] = {}
    for document in found:
        pieces[document.corpus] = pieces.get(document.corpus, 0) + len(document.tokens)
    print(f"{len(found)} documents, pieces {pieces}, {time.time() - began:.0f} s", flush=True)
    model = Reader(recipe.dropout)
    if start is not None:
        model.load_state_dict(torch.load(start / "model.pt", weights_only=True))
    _freeze(model, recipe.frozen)
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in encoder}
    heads = [p for p in model.parameters() if p.requires_grad and id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}], weight_decay=0.01
    )
    plan = [one_round(found, recipe, dice) for _ in range(recipe.rounds)]
    total = sum(map(len, plan))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda s: min(s / max(1, recipe.warmup * total), max(0.0, (total - s) / (total * (1 - recipe.warmup)))),
    )
    losses: dict[str, float] = {}
    step = 0
    model.train()
    for number, batched in enumerate(plan):
        for batch in batched:
            outputs = model(*inputs(batch, recipe, dice))
            parts = list(parts_of(model, batch, outputs, teacher))
            loss = torch.stack([part.weighed for part in parts]).sum()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            for part in parts:
                losses[part.name] = 0.97 * losses.get(part.name, part.loss.item()) + 0.03 * part.loss.item()
            step += 1
            if step % 50 == 0:
                told = " ".join(f"{k} {v:.3f}" for k, v in losses.items())
                print(f"{time.time() - began:.0f} s round {number} step {step}/{total} {told}", flush=True)
            if step % 200 == 0:
                torch.save(model.state_dict(), out / "model.pt")
        torch.save(model.state_dict(), out / "model.pt")
    record = {"seconds": round(time.time() - began), "steps": total, "losses": losses, "pieces": pieces}
    record |= {name: getattr(recipe, name) for name in Recipe.__dataclass_fields__}
    (out / "recipe.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line and train."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--out", type=Path, default=Path("out/reader"))
    given.add_argument("--corpora", type=Path)
    for name in ("seed", "rounds", "frozen"):
        given.add_argument(f"--{name}", type=int, default=getattr(Recipe(), name))
    for name in ("rate", "head_rate", "masked"):
        given.add_argument(f"--{name.replace('_', '-')}", type=float, default=getattr(Recipe(), name))
    given.add_argument(
        "--passes", nargs="*", default=[], metavar="CORPUS=NUMBER", help="read a corpus this often; 0 leaves it out"
    )
    given.add_argument("--start", type=Path, help="go on from the model in this folder")
    args = given.parse_args()
    passes = dict(Recipe().passes)
    for pair in args.passes:
        name, _, number = pair.partition("=")
        if name not in passes:
            given.error(f"there is no corpus {name}: it is one of {', '.join(passes)}")
        passes[name] = float(number)
    recipe = Recipe(
        args.seed,
        args.rounds,
        rate=args.rate,
        head_rate=args.head_rate,
        masked=args.masked,
        frozen=args.frozen,
        passes=passes,
    )
    train(corpora_folder(args.corpora), args.out, recipe, args.start)


if __name__ == "__main__":
    main()
