"""The loss of each head over one batch: against its labels, and against what a teacher says of the same pieces.

Means over labels, weighed down where a batch has few of them. Against a teacher it is the divergence of the two
distributions (Hinton et al. 2015), also where nothing is labelled.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch.nn import functional

from tellings.reading import labels, pairs, places
from training.batches import TAGS
from training.examples import NONE

if TYPE_CHECKING:
    from torch import Tensor

    from training.batches import Batch
    from training.model import LinkHead, PairHead, Reader

COLUMNS = {
    "cue": labels.CUE, "source": labels.SOURCE, "content": labels.CONTENT, "mention": labels.MENTION,
    "upos": labels.PART_OF_SPEECH, "sentence": labels.SENTENCE, "nominal": labels.NOMINAL, "loaded": labels.LOADED,
}  # fmt: skip
WEIGHTS = {
    "cue": 1.0, "source": 0.7, "content": 0.7, "mention": 1.0, "upos": 0.5, "sentence": 0.3, "nominal": 0.5,
    "loaded": 0.6, "named": 0.5, "link": 1.5, "vector": 1.0, "arc": 1.0, "relation": 0.7, "chain": 0.6, "kind": 0.4,
    "role": 0.3,
}  # fmt: skip
ENOUGH = {"link": 6, "vector": 20, "arc": 250, "relation": 250, "chain": 30, "kind": 6, "role": 6}
TAGGED = 700  # labels of a tag layer that are enough to count fully
UNSEEN = -1e4  # the score of what may not be chosen
NEITHER = 0.5  # weight of a piece that is no part of a cue's attribution: most are, and far from it


@dataclass(frozen=True, slots=True)
class Part:
    """One head's share: its name, its mean loss, how many labels it rests on."""

    name: str
    loss: Tensor
    count: int

    def weighed(self, size: int) -> Tensor:
        """The loss with its weight in a batch of `size` pieces (ENOUGH is meant for one of 2,560)."""
        enough = ENOUGH.get(self.name, TAGGED) * size / 2560
        return self.loss * (WEIGHTS[self.name] * min(1.0, self.count / enough))


@dataclass(frozen=True, slots=True)
class Teacher:
    """A trained reader and its outputs on every piece of all documents (pieces x size each, half precision)."""

    model: Reader
    outputs: tuple[Tensor, ...]

    def of(self, batch: Batch) -> tuple[Tensor, ...]:
        """Its outputs on the pieces of a batch (windows x pieces x size)."""
        at = batch.flat.clamp(min=0)
        return tuple(output[at].float() for output in self.outputs)


def parts_of(model: Reader, batch: Batch, outputs: tuple[Tensor, ...], vectors: Tensor | None) -> Iterator[Part]:
    """Every head's share against the labels; `outputs` are the model's, windows x pieces x size, [CLS] first."""
    scores, statements, cues, pieces, *parse, anaphors, antecedents = outputs
    for k, name in enumerate(TAGS):
        if batch.count(name):
            shown = scores[..., COLUMNS[name]].float().flatten(0, 1)
            loss = functional.cross_entropy(shown, batch.tags[..., k].long().flatten(), ignore_index=NONE)
            yield Part(name, loss, batch.count(name))
    yield from _named(batch, scores[..., labels.MENTION])
    if batch.count("link"):
        linked = link_scores(model.link, batch, cues, pieces)
        wanted = batch.links.long()
        each = functional.cross_entropy(
            linked.float().flatten(0, 1), wanted.flatten(), ignore_index=NONE, reduction="none"
        )
        weight = torch.where(wanted > 0, 1.0, NEITHER)
        yield Part("link", (each.view_as(weight) * weight).sum() / batch.count("link") / 40.0, batch.count("link"))
    if vectors is not None and len(batch.spans):
        wanted = vectors[batch.spans[:, 3]].float()
        there = wanted.abs().amax(1) > 0
        near = functional.cosine_similarity(pooled(statements, batch.spans), wanted)
        yield Part("vector", ((1 - near) * there).sum() / there.sum().clamp(min=1), len(batch.spans))
    yield from _parse(model, batch, parse)
    yield from _chains(model, batch, anaphors, antecedents)
    for name, rows, columns in (("kind", batch.kinds, labels.KIND), ("role", batch.roles, labels.ROLE)):
        if len(rows):
            yield Part(name, functional.cross_entropy(pooled(scores[..., columns], rows), rows[:, 3]), len(rows))


def taught(model: Reader, batch: Batch, outputs: tuple[Tensor, ...], teacher: Teacher) -> Iterator[Part]:
    """Every head's share against a teacher's scores on the same pieces."""
    scores, _, cues, pieces, *parse, anaphors, antecedents = outputs
    with torch.no_grad():
        told, _, told_cues, told_pieces, *told_parse, told_anaphors, told_antecedents = teacher.of(batch)
        head = teacher.model
    inside = batch.flat >= 0
    for name in TAGS:
        columns = COLUMNS[name]
        yield Part(name, divergence(told[..., columns], scores[..., columns], inside), batch.count("piece"))
    for name, columns in (("kind", labels.KIND), ("role", labels.ROLE)):
        if len(batch.spans):
            meant, shown = (pooled(each[..., columns], batch.spans) for each in (told, scores))
            yield Part(name, _apart(meant, shown).mean(), len(batch.spans))
    if len(batch.cues):
        with torch.no_grad():
            wanted = link_scores(head.link, batch, told_cues, told_pieces)
        weight = 1.0 - (1 - NEITHER) * wanted.softmax(-1)[..., 0]
        here = inside[batch.cues[:, 0]]
        each = _apart(wanted, link_scores(model.link, batch, cues, pieces))
        yield Part("link", (each * weight * here).sum(1).mean() / 40.0, len(batch.cues))
    if batch.count("word"):
        known = batch.words >= 0
        with torch.no_grad():
            arcs = arc_scores(head, batch, told_parse)
            heads = arcs.argmax(-1)
            related = relation_scores(head, batch, told_parse, heads)
        count = batch.count("word")
        yield Part("arc", divergence(arcs, arc_scores(model, batch, parse), known), count)
        yield Part("relation", divergence(related, relation_scores(model, batch, parse, heads), known), count)
    if batch.count("mention rows"):
        with torch.no_grad():
            wanted = chain_scores(head.pair, batch, told_anaphors, told_antecedents)
        shown = chain_scores(model.pair, batch, anaphors, antecedents)
        yield Part("chain", divergence(wanted, shown, batch.allowed.any(2)), batch.count("mention rows"))


def divergence(wanted: Tensor, shown: Tensor, known: Tensor) -> Tensor:
    """The mean Kullback-Leibler divergence of the scores shown from those wanted, over the last axis where `known`."""
    return (_apart(wanted, shown) * known).sum() / known.sum().clamp(min=1)


def _apart(wanted: Tensor, shown: Tensor) -> Tensor:
    seen, meant = shown.float().log_softmax(-1), wanted.float().log_softmax(-1)
    return functional.kl_div(seen, meant, log_target=True, reduction="none").sum(-1)


def pooled(states: Tensor, rows: Tensor) -> Tensor:
    """The mean state of each range of pieces (rows: window, first, last, ...)."""
    sums = functional.pad(states.float().cumsum(1), (0, 0, 1, 0))
    window, first, last = rows[:, 0], rows[:, 1], rows[:, 2]
    return (sums[window, last] - sums[window, first]) / (last - first)[:, None]


def one_hot(tables: torch.nn.ModuleList, sizes: tuple[int, ...], numbers: Tensor) -> Tensor:
    """The sum of one row of each table, as one product: many lookups in tiny tables are slow to learn from."""
    offsets = torch.tensor([0, *sizes[:-1]], device=numbers.device).cumsum(0)
    hot = torch.zeros(*numbers.shape[:-1], sum(sizes), device=numbers.device)
    hot.scatter_(-1, numbers.long() + offsets, 1.0)
    return hot @ torch.cat([table.weight for table in tables])


def link_scores(head: LinkHead, batch: Batch, cues: Tensor, pieces: Tensor) -> Tensor:
    """Scores (cues x pieces x 3) of a batch's cues, from the projections of all its pieces."""
    cue = pooled(cues, batch.cues)
    met = one_hot(head.places, places.SIZES, batch.places)
    return head.scores(cue, pieces[batch.cues[:, 0]], met)


def _named(batch: Batch, scores: Tensor) -> Iterator[Part]:
    """Of proper nouns without a type: that they are some name; of other words: that they are none."""
    if batch.count("named"):
        seen = scores.float().log_softmax(-1)
        each = torch.where(batch.named == 1, -seen[..., 1:].logsumexp(-1), -seen[..., 0])
        yield Part("named", (each * (batch.named != NONE)).sum() / batch.count("named"), batch.count("named"))


def arc_scores(model: Reader, batch: Batch, parse: list[Tensor]) -> Tensor:
    """Scores (sentences x words x 1 + words) of every word's governor, the root first."""
    window, at = batch.sentences[:, None], batch.words.clamp(min=0)
    dependent, governor = parse[0][window, at], parse[1][window, at]
    root = model.parser.root.to(governor.dtype).expand(len(at), 1, -1)
    arcs = dependent @ torch.cat([root, governor], 1).transpose(1, 2)
    columns = functional.pad(batch.words >= 0, (1, 0), value=True)
    return arcs.float().masked_fill(~columns[:, None], UNSEEN)


def relation_scores(model: Reader, batch: Batch, parse: list[Tensor], heads: Tensor) -> Tensor:
    """Scores (sentences x words x relations) of every word's relation to its given governor (0 the root)."""
    window, at = batch.sentences[:, None], batch.words.clamp(min=0)
    root = model.parser.relation_root.to(parse[3].dtype).expand(len(at), 1, -1)
    flat = torch.cat([root, parse[3][window, at]], 1)
    chosen = flat[torch.arange(len(at), device=at.device)[:, None], heads.clamp(min=0)]
    return model.parser.relations(parse[2][window, at], chosen)


def _parse(model: Reader, batch: Batch, parse: list[Tensor]) -> Iterator[Part]:
    """Arcs over the words of whole sentences, a root before them, and the relation of each right arc."""
    count = batch.count("arc")
    if count:
        arcs = arc_scores(model, batch, parse).flatten(0, 1)
        yield Part("arc", functional.cross_entropy(arcs, batch.heads.flatten(), ignore_index=NONE), count)
        shown = relation_scores(model, batch, parse, batch.heads).float().flatten(0, 1)
        wanted = batch.relations.flatten()
        yield Part("relation", functional.cross_entropy(shown, wanted, ignore_index=NONE), count)


def chain_scores(head: PairHead, batch: Batch, anaphors: Tensor, antecedents: Tensor) -> Tensor:
    """Scores (groups x mentions x 1 + mentions): of having no antecedent, then of each candidate."""
    groups, count = batch.mentions.shape[:2]
    rows = torch.cat([batch.groups[:, None].expand(-1, count)[..., None], batch.mentions], -1).flatten(0, 1)
    one = pooled(anaphors, rows).view(groups, count, -1)
    other = pooled(antecedents, rows).view(groups, count, -1)
    scores, first = head.scores(one, other, one_hot(head.tables, pairs.SIZES, batch.pairs))
    scores = scores.float().masked_fill(~batch.allowed, UNSEEN)
    return torch.cat([first.float()[..., None], scores], -1)


def _chains(model: Reader, batch: Batch, anaphors: Tensor, antecedents: Tensor) -> Iterator[Part]:
    """Minus the log share of all right candidates, or of having none (Lee et al. 2017)."""
    count = batch.count("chain")
    if count:
        scores = chain_scores(model.pair, batch, anaphors, antecedents)
        right = torch.cat([~batch.right.any(2, keepdim=True), batch.right], 2)
        each = scores.logsumexp(2) - scores.masked_fill(~right, UNSEEN).logsumexp(2)
        rows = batch.allowed.any(2) & batch.chained[:, None]
        yield Part("chain", (each * rows).sum() / count, count)
