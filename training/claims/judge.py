"""A pair model: an encoder that reads two statements together, and heads on what it saw of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertConfig, BertModel

from training.claims.packed import MARKS, SECOND, STATEMENT

ENTAILMENT = 3
"""Entailed, neutral, contradicted; a label of one more number says no more than "not entailed"."""
_ALLOWED = ((1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 1, 1))
RELATION = 0.5
"""The weight of the relation beside whether a pair is of one claim at all."""
TINY = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
"""Random weights, to try the program out."""


class SmallEncoder(nn.Module):
    """A BERT of given size with one more embedding, the piece's mark; its words stay as they are."""

    def __init__(self, size: dict[str, int], features: int = MARKS, dropout: float = 0.1) -> None:
        super().__init__()
        settings: dict[str, Any] = {**size, "attn_implementation": "sdpa"}
        config = BertConfig(hidden_dropout_prob=dropout, attention_probs_dropout_prob=0.0, **settings)
        self.width = size["hidden_size"]
        self.bert = BertModel(config, add_pooling_layer=False)
        self.features = nn.Embedding(features, self.width)
        nn.init.zeros_(self.features.weight)
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """States (batch x pieces x width) of ids, features and mask (batch x pieces)."""
        words = self.bert.embeddings.word_embeddings(ids) + self.features(features)
        states: Tensor = self.bert(inputs_embeds=words, attention_mask=mask).last_hidden_state
        return states


@dataclass(frozen=True, slots=True)
class Shape:
    """Which columns of a judge's output say what: `same` is column 0."""

    kinds: int
    binary: int

    @property
    def kind(self) -> slice:
        """How two statements of one claim stand to each other."""
        return slice(1, 1 + self.kinds)

    @property
    def entailment(self) -> slice:
        """Whether the second sentence follows from the first."""
        return slice(1 + self.kinds, 1 + self.kinds + ENTAILMENT)

    @property
    def columns(self) -> int:
        """How many there are; the last ones are the yes-or-no tasks."""
        return 1 + self.kinds + ENTAILMENT + self.binary


class Judge(nn.Module):
    """Encoder and heads: [CLS] and the means over both statements are mixed once, and all heads read the mix."""

    def __init__(self, encoder: nn.Module, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        wide: Any = encoder.width
        self.encoder = encoder
        self.shape = shape
        self.mix = nn.Linear(3 * wide, wide)
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(wide, shape.columns)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """Raw scores (pairs x columns, float32)."""
        states = self.encoder(ids, features, mask)
        means = [_mean(states, features == mark) for mark in (STATEMENT, STATEMENT + SECOND)]
        mixed = functional.gelu(self.mix(self.dropout(torch.cat([states[:, 0], *means], dim=-1))))
        scores: Tensor = self.out(self.dropout(mixed))
        return scores.float()


def _mean(states: Tensor, chosen: Tensor) -> Tensor:
    weight = chosen.to(states.dtype)
    return torch.einsum("bpw,bp->bw", states, weight) / weight.sum(dim=1, keepdim=True).clamp(min=1)


@dataclass(frozen=True, slots=True)
class Targets:
    """What a batch should say, on its device.

    `task`: -1 a candidate pair, 0 entailment, from 1 the yes-or-no tasks. `label`: how sure the yes is, or the code of
    the entailment. `kind`: the distribution over kinds (pairs x kinds) with the weight `weight`.
    """

    task: Tensor
    label: Tensor
    kind: Tensor
    weight: Tensor

    def part(self, where: slice) -> Targets:
        """Those of some pairs."""
        return Targets(self.task[where], self.label[where], self.kind[where], self.weight[where])


def loss_of(scores: Tensor, wanted: Targets, shape: Shape) -> Tensor:
    """The mean loss of a batch; every pair counts for its own task alone."""
    told = wanted.task < 0
    same = functional.binary_cross_entropy_with_logits(scores[:, 0], wanted.label.clamp(0, 1), reduction="none")
    logs = functional.log_softmax(scores[:, shape.kind], dim=-1)
    kinds = -(wanted.kind * logs).sum(dim=-1) * wanted.weight
    total = torch.where(told, same, 0).mean() + RELATION * kinds.sum() / (wanted.weight.sum() + 4)
    entails = wanted.task == 0
    allowed = torch.tensor(_ALLOWED, device=scores.device)[torch.where(entails, wanted.label, 0).long()]
    raw = scores[:, shape.entailment]
    missed = raw.logsumexp(dim=-1) - raw.masked_fill(allowed == 0, -1e4).logsumexp(dim=-1)
    total = total + torch.where(entails, missed, 0).mean()
    column = (shape.entailment.stop + wanted.task - 1).clamp(min=shape.entailment.stop)
    asked = scores.gather(1, column[:, None])[:, 0]
    binary = functional.binary_cross_entropy_with_logits(asked, wanted.label.clamp(0, 1), reduction="none")
    return total + torch.where(wanted.task > 0, binary, 0).mean()
