"""The loss of each head over one batch of windows; each is a mean, weighed down where a batch has few of its labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

from tellings.reading import labels
from training.examples import NONE, Example, links, window_mentions

if TYPE_CHECKING:
    from torch import Tensor

    from training.model import Reader

TAG_LAYERS = (
    ("cue", labels.CUE, 1.0),
    ("source", labels.SOURCE, 0.7),
    ("content", labels.CONTENT, 0.7),
    ("mention", labels.MENTION, 1.0),
    ("upos", labels.PART_OF_SPEECH, 0.5),
    ("sentence", labels.SENTENCE, 0.3),
    ("nominal", labels.NOMINAL, 0.5),
    ("loaded", labels.LOADED, 0.6),
)
WEIGHTS = {
    "link": 1.5, "named": 0.5, "vector": 1.0, "arc": 1.0, "relation": 0.7, "chain": 0.6, "kind": 0.4, "role": 0.3,
}  # fmt: skip
ENOUGH = {"tag": 700, "link": 6, "named": 700, "vector": 20, "arc": 250, "chain": 30, "kind": 6, "role": 6}


@dataclass(frozen=True, slots=True)
class Part:
    """One head's share: its name, its mean loss, how many labels it rests on, how many are enough to count fully."""

    name: str
    loss: Tensor
    count: int
    enough: int
    weight: float

    @property
    def weighed(self) -> Tensor:
        """The loss with its weight."""
        return self.loss * (self.weight * min(1.0, self.count / self.enough))


def parts_of(model: Reader, batch: list[Example], outputs: tuple[Tensor, ...], teacher: Tensor) -> Iterator[Part]:
    """Every head's share in a batch; `outputs` are the model's, windows x pieces x size, [CLS] first."""
    scores, statements, cues, pieces, *parse, anaphors, antecedents = outputs
    yield from _tags(batch, scores)
    yield from _named(batch, scores[..., labels.MENTION])
    yield from _links(model, batch, cues, pieces)
    yield from _vectors(batch, statements, teacher)
    yield from _parse(model, batch, tuple(parse))
    yield from _chains(model, batch, anaphors, antecedents)
    yield from _pooled(batch, scores, "kind", labels.KIND)
    yield from _pooled(batch, scores, "role", labels.ROLE)


def _tags(batch: list[Example], scores: Tensor) -> Iterator[Part]:
    for name, columns, weight in TAG_LAYERS:
        wanted = torch.full(scores.shape[:2], NONE)
        for i, e in enumerate(batch):
            if name in e.document.tags:
                wanted[i, 1 : e.last - e.first + 1] = torch.from_numpy(e.document.tags[name][e.first : e.last])
        count = int((wanted != NONE).sum())
        if count:
            shown = scores[..., columns].reshape(-1, columns.stop - columns.start)
            loss = functional.cross_entropy(shown, wanted.reshape(-1), ignore_index=NONE)
            yield Part(name, loss, count, ENOUGH["tag"], weight)


def _named(batch: list[Example], scores: Tensor) -> Iterator[Part]:
    """Of proper nouns without a type: that they are some name; of other words: that they are none."""
    losses = []
    for i, e in enumerate(batch):
        if e.document.named is None:
            continue
        wanted = torch.from_numpy(e.document.named[e.first : e.last])
        seen = scores[i, 1 : e.last - e.first + 1].log_softmax(-1)
        losses += [-seen[wanted == 0, 0], -seen[wanted == 1, 1:].logsumexp(-1)]
    if losses:
        each = torch.cat(losses)
        if len(each):
            yield Part("named", each.mean(), len(each), ENOUGH["named"], WEIGHTS["named"])


def _links(model: Reader, batch: list[Example], cues: Tensor, pieces: Tensor) -> Iterator[Part]:
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
    if losses:
        each = torch.cat(losses)
        yield Part("link", each.mean(), len(each), ENOUGH["link"], WEIGHTS["link"])


def _vectors(batch: list[Example], states: Tensor, teacher: Tensor) -> Iterator[Part]:
    pooled, rows = [], []
    for i, e in enumerate(batch):
        for first, last, row in e.document.spans:
            if first >= e.first and last <= e.last and row >= 0:
                pooled.append(states[i, 1 + first - e.first : 1 + last - e.first].mean(0))
                rows.append(int(row))
    if rows:
        wanted = teacher[torch.tensor(rows)].float()
        loss = (1 - functional.cosine_similarity(torch.stack(pooled), wanted)).mean()
        yield Part("vector", loss, len(rows), ENOUGH["vector"], WEIGHTS["vector"])


def _parse(model: Reader, batch: list[Example], projected: tuple[Tensor, ...]) -> Iterator[Part]:
    """Arcs over the words of whole sentences, a root before them, and the relation of each right arc."""
    dependents, governors, rel_dependents, rel_governors = projected
    sentences = [(i, *words) for i, e in enumerate(batch) for words in whole_sentences(e)]
    if not sentences:
        return
    longest = max(len(s[1]) for s in sentences)
    window = torch.tensor([s[0] for s in sentences])
    at = torch.zeros(len(sentences), longest, dtype=torch.long)
    heads = torch.full((len(sentences), longest), NONE)
    relations = torch.full((len(sentences), longest), NONE)
    for k, (_, places, governor, relation) in enumerate(sentences):
        at[k, : len(places)] = torch.from_numpy(places)
        heads[k, : len(places)] = torch.from_numpy(governor)
        relations[k, : len(places)] = torch.from_numpy(relation)
    known = heads != NONE
    dependent = dependents[window[:, None], at]
    governor = governors[window[:, None], at]
    root = model.parser.root.expand(len(sentences), 1, -1)
    arcs = dependent @ torch.cat([root, governor], 1).transpose(1, 2)  # column 0 is the root
    columns = torch.cat([torch.ones(len(sentences), 1, dtype=torch.bool), known], 1)
    arcs = arcs.masked_fill(~columns[:, None], -1e4)
    loss = functional.cross_entropy(arcs.reshape(-1, longest + 1), heads.reshape(-1), ignore_index=NONE)
    count = int(known.sum())
    yield Part("arc", loss, count, ENOUGH["arc"], WEIGHTS["arc"])
    flat = torch.cat([model.parser.relation_root.expand(len(sentences), 1, -1), rel_governors[window[:, None], at]], 1)
    chosen = flat[torch.arange(len(sentences))[:, None], heads.clamp(min=0)]
    shown = model.parser.relations(rel_dependents[window[:, None], at], chosen)
    loss = functional.cross_entropy(shown[known], relations[known])
    yield Part("relation", loss, count, ENOUGH["arc"], WEIGHTS["relation"])


def whole_sentences(example: Example) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Parsed sentences wholly inside a window: window positions ([CLS] counted), heads (0 the root), relations."""
    parse = example.document.parse
    if parse is None:
        return
    inside = (parse.pieces >= example.first) & (parse.pieces < example.last)
    numbers = np.unique(parse.sentences[inside])
    for number in numbers:
        words = np.flatnonzero(parse.sentences == number)
        if inside[words].all() and len(words) <= 120:
            heads = parse.heads[words]
            governor = np.where(heads < 0, 0, heads - words[0] + 1)
            yield parse.pieces[words] - example.first + 1, governor, parse.relations[words]


def _chains(model: Reader, batch: list[Example], anaphors: Tensor, antecedents: Tensor) -> Iterator[Part]:
    """Minus the log share of all right candidates, or of having none (Lee et al. 2017)."""
    losses = []
    for i, example in enumerate(batch):
        found = window_mentions(example)
        if found is None:
            continue
        one = torch.stack([anaphors[i, 1 + a : 1 + b].mean(0) for a, b in found.pieces])
        other = torch.stack([antecedents[i, 1 + a : 1 + b].mean(0) for a, b in found.pieces])
        scores, first = model.pair(one, other, torch.from_numpy(found.features))
        allowed = torch.from_numpy(found.allowed)
        right = torch.from_numpy(found.right)
        rows = torch.from_numpy(found.allowed.any(1))
        scores = scores.masked_fill(~allowed, -1e4)
        total = torch.cat([first[:, None], scores], 1).logsumexp(1)
        has = right.any(1)
        good = torch.where(has, scores.masked_fill(~right, -1e4).logsumexp(1), first)
        losses.append((total - good)[rows])
    if losses:
        each = torch.cat(losses)
        if len(each):
            yield Part("chain", each.mean(), len(each), ENOUGH["chain"], WEIGHTS["chain"])


def _pooled(batch: list[Example], scores: Tensor, name: str, columns: slice) -> Iterator[Part]:
    """Labels of whole statements: the mean of their pieces' scores."""
    shown, wanted = [], []
    for i, e in enumerate(batch):
        for first, last, label in e.document.kinds if name == "kind" else e.document.roles:
            if first >= e.first and last <= e.last and first < last:
                shown.append(scores[i, 1 + first - e.first : 1 + last - e.first, columns].mean(0))
                wanted.append(label)
    if shown:
        loss = functional.cross_entropy(torch.stack(shown), torch.tensor(wanted))
        yield Part(name, loss, len(shown), ENOUGH[name], WEIGHTS[name])
