"""Train the reader: `python -m training.train --out out/reader`. One command, fixed seed; see training/RESULTS.md."""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch.nn import functional

from tellings.evaluate.corpora import corpora_folder, polnear
from tellings.reading import labels
from tellings.reading.tokens import CLS, SEP
from training.corpora import names, parts_of_speech
from training.examples import NONE, Document, Example, attribution_document, cut, labelled_document, links
from training.model import Reader
from training.teacher import with_teacher

if TYPE_CHECKING:
    from torch import Tensor

TAG_LAYERS = (
    ("cue", labels.CUE, 1.0),
    ("source", labels.SOURCE, 0.7),
    ("content", labels.CONTENT, 0.7),
    ("mention", labels.MENTION, 1.0),
    ("upos", labels.PART_OF_SPEECH, 0.3),
)
LINK_WEIGHT = 1.5
NAMED_WEIGHT = 1.0
TEACHER_WEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a training run is made of."""

    seed: int = 7
    passes: int = 3
    window: int = 320
    batch: int = 5120  # pieces a step, padding included
    rate: float = 2e-4  # of the encoder
    head_rate: float = 1e-3
    warmup: float = 0.06
    dropout: float = 0.1
    attribution_share: float = 1.0  # of PolNeAR, each pass
    names_share: float = 0.7  # of the name corpora, each pass
    upos_share: float = 0.35
    attribution: bool = True  # leave PolNeAR out with --without-polnear


def documents(folder: Path, recipe: Recipe) -> list[Document]:
    """Every training document, teacher vectors attached."""
    found: list[Document] = []
    if recipe.attribution:
        found += [attribution_document(text) for text in polnear(folder / "polnear" / "train.jsonl.gz")]
    found += [labelled_document(text) for text in names(folder)]
    found += [labelled_document(text) for text in parts_of_speech(folder)]
    return found


def one_pass(found: list[Document], recipe: Recipe, dice: random.Random) -> list[list[Example]]:
    """The batches of one pass: each pass another draw of the layers."""

    def drawn(document: Document) -> bool:
        if document.cue[0] != NONE:
            return dice.random() < recipe.attribution_share
        return dice.random() < (recipe.names_share if document.mention[0] != NONE else recipe.upos_share)

    examples = [e for d in found if drawn(d) for e in cut(d, dice, recipe.window)]
    return batches(examples, recipe.batch, dice)


def batches(examples: list[Example], size: int, dice: random.Random) -> list[list[Example]]:
    """Examples of about one length together, the batches shuffled."""
    ordered = sorted(examples, key=lambda e: len(e) + dice.random())
    found: list[list[Example]] = [[]]
    for example in ordered:
        if found[-1] and (len(found[-1]) + 1) * len(example) > size:
            found.append([])
        found[-1].append(example)
    dice.shuffle(found)
    return found


def loss_of(model: Reader, batch: list[Example], teacher: Tensor, parts: dict[str, float]) -> Tensor:
    """The weighted loss of one batch; `parts` gathers each layer's."""
    length = max(len(e) for e in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    features = torch.zeros_like(ids)
    mask = torch.zeros_like(ids)
    for i, e in enumerate(batch):
        seen = slice(e.first, e.last)
        row = [CLS, *e.document.tokens.ids[seen].tolist(), SEP]
        ids[i, : len(row)] = torch.tensor(row)
        features[i, 1 : len(row) - 1] = torch.from_numpy(e.document.tokens.features[seen])
        mask[i, : len(row)] = 1
    scores, statements, cue_states, piece_states = model(ids, features, mask)
    total = torch.zeros(())
    for name, columns, weight in TAG_LAYERS:
        wanted = torch.full((len(batch), length), NONE)
        for i, e in enumerate(batch):
            wanted[i, 1 : e.last - e.first + 1] = torch.from_numpy(getattr(e.document, name)[e.first : e.last])
        if (wanted != NONE).any():
            part = functional.cross_entropy(
                scores[..., columns].reshape(-1, columns.stop - columns.start),
                wanted.reshape(-1),
                ignore_index=NONE,
            )
            parts[name] = parts.get(name, 0.0) * 0.98 + part.item() * 0.02
            total = total + weight * part
    total = total + _named_loss(batch, scores[..., labels.MENTION], parts)
    total = total + _link_loss(model, batch, cue_states, piece_states, parts)
    return total + _teacher_loss(batch, statements, teacher, parts)


def _named_loss(batch: list[Example], scores: Tensor, parts: dict[str, float]) -> Tensor:
    """Of proper nouns without a type: that they are some name; of other words: that they are none."""
    logs = scores.log_softmax(-1)
    losses = []
    for i, e in enumerate(batch):
        wanted = torch.from_numpy(e.document.named[e.first : e.last])
        seen = logs[i, 1 : e.last - e.first + 1]
        losses.append(-seen[wanted == 0, 0])
        losses.append(-seen[wanted == 1, 1:].logsumexp(-1))
    each = torch.cat(losses)
    if not len(each):
        return torch.zeros(())
    loss = each.mean()
    parts["named"] = parts.get("named", 0.0) * 0.98 + loss.item() * 0.02
    return NAMED_WEIGHT * loss


def _link_loss(model: Reader, batch: list[Example], cues: Tensor, pieces: Tensor, parts: dict[str, float]) -> Tensor:
    losses = []
    for i, example in enumerate(batch):
        found = links(example)
        if found is None:
            continue
        seen = cues[i, 1 : example.last - example.first + 1]
        cue = torch.stack([seen[a:b].mean(0) for a, b in zip(found.first, found.last, strict=True)])
        scores = model.link(cue, pieces[i, 1 : example.last - example.first + 1], torch.from_numpy(found.places))
        wanted = torch.from_numpy(found.labels)
        # most pieces are far from any part of this cue; those near decide
        weight = torch.where(wanted > 0, 1.0, 0.5)
        each = functional.cross_entropy(scores.reshape(-1, 3), wanted.reshape(-1), reduction="none")
        losses.append((each * weight.reshape(-1)).reshape(wanted.shape).sum(1) / 40.0)
    if not losses:
        return torch.zeros(())
    loss = torch.cat(losses).mean()
    parts["link"] = parts.get("link", 0.0) * 0.98 + loss.item() * 0.02
    return LINK_WEIGHT * loss


def _teacher_loss(batch: list[Example], states: Tensor, teacher: Tensor, parts: dict[str, float]) -> Tensor:
    pooled, rows = [], []
    for i, e in enumerate(batch):
        for first, last, row in e.document.spans:
            if first >= e.first and last <= e.last and row >= 0:
                pooled.append(states[i, 1 + first - e.first : 1 + last - e.first].mean(0))
                rows.append(int(row))
    if not rows:
        return torch.zeros(())
    wanted = teacher[torch.tensor(rows)].float()
    loss = (1 - functional.cosine_similarity(torch.stack(pooled), wanted)).mean()
    parts["vector"] = parts.get("vector", 0.0) * 0.98 + loss.item() * 0.02
    return TEACHER_WEIGHT * loss


def train(folder: Path, out: Path, recipe: Recipe, start: Path | None = None) -> None:
    """Train, from `start/model.pt` if given, and save `model.pt` and `recipe.json` under `out`."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    dice = random.Random(recipe.seed)
    began = time.time()
    found, teacher = with_teacher(documents(folder, recipe), out)
    print(
        f"{len(found)} documents, {sum(len(d.tokens) for d in found)} pieces, {time.time() - began:.0f} s",
        flush=True,
    )
    model = Reader(recipe.dropout)
    if start is not None:
        model.load_state_dict(torch.load(start / "model.pt", weights_only=True))
    model.encoder.bert.embeddings.word_embeddings.weight.requires_grad = False
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in encoder}
    heads = [p for p in model.parameters() if p.requires_grad and id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}], weight_decay=0.01
    )
    plan = [one_pass(found, recipe, dice) for _ in range(recipe.passes)]
    total = sum(map(len, plan))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda s: min(s / max(1, recipe.warmup * total), max(0.0, (total - s) / (total * (1 - recipe.warmup)))),
    )
    parts: dict[str, float] = {}
    step = 0
    model.train()
    for number, batched in enumerate(plan):
        for batch in batched:
            loss = loss_of(model, batch, teacher, parts)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            if step % 50 == 0:
                told = " ".join(f"{k} {v:.4f}" for k, v in parts.items())
                print(f"{time.time() - began:.0f} s pass {number} step {step}/{total} {told}", flush=True)
            if step % 300 == 0:
                torch.save(model.state_dict(), out / "model.pt")
        torch.save(model.state_dict(), out / "model.pt")
    record = {"seconds": round(time.time() - began), "steps": total, "losses": parts}
    record |= {name: getattr(recipe, name) for name in Recipe.__dataclass_fields__}
    (out / "recipe.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line and train."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--out", type=Path, default=Path("out/reader"))
    given.add_argument("--corpora", type=Path)
    given.add_argument("--passes", type=int, default=Recipe().passes)
    given.add_argument("--seed", type=int, default=Recipe().seed)
    for name in ("rate", "head_rate", "attribution_share", "names_share", "upos_share"):
        given.add_argument(f"--{name.replace('_', '-')}", type=float, default=getattr(Recipe(), name))
    given.add_argument("--start", type=Path, help="go on from the model in this folder")
    given.add_argument("--without-polnear", action="store_true")
    args = given.parse_args()
    recipe = Recipe(
        seed=args.seed,
        passes=args.passes,
        rate=args.rate,
        head_rate=args.head_rate,
        attribution_share=args.attribution_share,
        names_share=args.names_share,
        upos_share=args.upos_share,
        attribution=not args.without_polnear,
    )
    train(corpora_folder(args.corpora), args.out, recipe, args.start)


if __name__ == "__main__":
    main()
