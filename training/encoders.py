"""A wide encoder for teaching: all-mpnet-base-v2 (Song et al. 2020, MPNet; Apache 2.0) reading the reader's pieces."""

from __future__ import annotations

import json
import math
from importlib.resources import files
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, LAYERS, HEADS, INNER = 768, 12, 12, 3072
BUCKETS, FARTHEST = 32, 128
FIRST_PLACE = 2  # positions count from here
_SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}


class Block(nn.Module):
    """One layer: attention with a bias by distance, then two linear maps, each with its residual and norm."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.mixed = nn.Linear(WIDTH, 3 * WIDTH)
        self.o = nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, eps=1e-5)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-5)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """States (batch x pieces x 768) under a bias (batch x heads x pieces x pieces)."""
        batch, pieces, _ = states.shape
        query, key, value = self.mixed(states).view(batch, pieces, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        met = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias.to(query.dtype))
        met = self.o(met.transpose(1, 2).reshape(batch, pieces, WIDTH))
        states = self.attention_norm(states + self.dropout(met))
        deep = self.outer(functional.gelu(self.inner(states)))
        out: Tensor = self.norm(states + self.dropout(deep))
        return out


class WideEncoder(nn.Module):
    """all-mpnet-base-v2 over the reader's pieces, with one more embedding: the piece's feature.

    Its vocabulary is the reader's but for the special pieces, so `ids` are the reader's own.
    """

    width = WIDTH

    def __init__(self, path: Path, features: int, dropout: float = 0.1) -> None:
        super().__init__()
        stored = {name: tensor.float() for name, tensor in load_file(path / "model.safetensors").items()}
        self.words = nn.Embedding.from_pretrained(stored["embeddings.word_embeddings.weight"], freeze=True)
        self.places = nn.Embedding.from_pretrained(stored["embeddings.position_embeddings.weight"], freeze=True)
        self.features = nn.Embedding(features, WIDTH)
        nn.init.zeros_(self.features.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-5)
        self.dropout = nn.Dropout(dropout)
        self.blocks = nn.ModuleList(Block(dropout) for _ in range(LAYERS))
        self.register_buffer("distances", stored["encoder.relative_attention_bias.weight"])
        self.register_buffer("numbers", _numbers(path))
        self.norm.load_state_dict({n: stored[f"embeddings.LayerNorm.{n}"] for n in ("weight", "bias")})
        for number, block in enumerate(self.blocks):
            block.load_state_dict(_layer(stored, f"encoder.layer.{number}."))

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """States (batch x pieces x 768) of ids, features and mask (batch x pieces)."""
        count = ids.shape[1]
        place = torch.arange(FIRST_PLACE, FIRST_PLACE + count, device=ids.device)
        states = self.words(self.numbers[ids]) + self.places(place)[None]  # type: ignore[index] # a buffer
        states = self.dropout(self.norm(states + self.features(features)))
        bias = self.distances[buckets(count).to(ids.device)].permute(2, 0, 1)[None]  # type: ignore[index] # a buffer
        bias = bias.masked_fill((mask == 0)[:, None, None], -1e4)
        if torch.is_autocast_enabled(ids.device.type):
            bias = bias.to(torch.get_autocast_dtype(ids.device.type))
        for block in self.blocks:
            states = block(states, bias)
        return states


def wide_encoder(path: Path, features: int, dropout: float = 0.1) -> WideEncoder:
    """The encoder in a folder with `model.safetensors` and `vocab.txt` of all-mpnet-base-v2."""
    return WideEncoder(path, features, dropout)


def buckets(count: int) -> Tensor:
    """The number of the distance between every two places (query x key), as T5 and MPNet bucket them."""
    place = torch.arange(count)
    apart = place[:, None] - place[None]
    half = BUCKETS // 2
    near = half // 2
    far = apart.abs().clamp(min=1).float()
    coarse = near + (torch.log(far / near) / math.log(FARTHEST / near) * (half - near)).long()
    steps = torch.where(apart.abs() < near, apart.abs(), coarse.clamp(max=half - 1))
    return steps + (apart < 0) * half


def _layer(stored: dict[str, Tensor], at: str) -> dict[str, Tensor]:
    found = {}
    for kind in ("weight", "bias"):
        parts = [stored[f"{at}attention.attn.{part}.{kind}"] for part in "qkv"]
        found[f"mixed.{kind}"] = torch.cat(parts)
        found[f"o.{kind}"] = stored[f"{at}attention.attn.o.{kind}"]
        found[f"attention_norm.{kind}"] = stored[f"{at}attention.LayerNorm.{kind}"]
        found[f"inner.{kind}"] = stored[f"{at}intermediate.dense.{kind}"]
        found[f"outer.{kind}"] = stored[f"{at}output.dense.{kind}"]
        found[f"norm.{kind}"] = stored[f"{at}output.LayerNorm.{kind}"]
    return found


def _numbers(path: Path) -> Tensor:
    """For each piece of the reader's vocabulary its number in this one."""
    own = {word: n for n, word in enumerate((path / "vocab.txt").read_text(encoding="utf-8").split("\n")) if word}
    unknown = own["[UNK]"]
    stored = json.loads(files("tellings.weights").joinpath("tokenizer.json").read_text(encoding="utf-8"))
    pieces = sorted(stored["model"]["vocab"].items(), key=lambda item: item[1])
    return torch.tensor([own.get(_SPECIAL.get(piece, piece), unknown) for piece, _ in pieces])


__all__ = ["WIDTH", "WideEncoder", "buckets", "wide_encoder"]
