"""The pair model of `tellings.comparing.pair_model`, in PyTorch: how it is made, and how it is exported to ONNX.

Its layers begin as the reader's own last two; the pieces of both sides come in with the states of the layer before.
`training.claims.taught` trains it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from torch import Tensor, nn
from torch.nn import functional

from tellings.comparing.pair_model import FIRST, NEITHER, SECOND, SIDE
from tellings.comparing.scorer import KINDS
from training.claims.packed import Text
from training.export import MIDDLE, WEIGHTS, narrowed
from training.model import WIDTH, Encoder
from training.restore import restored

MET, HIDDEN = 192, 128
SURE = 6.0
"""The first trees' log odds are cut here."""
CLS, SEP = 101, 102
_HIDDEN = -1e4


class TwoStatements(nn.Module):
    """From the states of two statements with what stands around them: one claim or not, and the kind of relation."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.layers = Encoder(dropout, trained=False).bert.encoder.layer[MIDDLE:]
        self.side = nn.Embedding(NEITHER + 1, WIDTH)
        nn.init.normal_(self.side.weight, std=0.02)
        self.met = nn.Linear(4 * WIDTH, MET)
        self.hidden = nn.Linear(MET + 1, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1 + len(KINDS))
        self.trust = nn.Parameter(torch.tensor(0.5))
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, side: Tensor, odds: Tensor) -> Tensor:
        """Logits (n x 1 + kinds) of states (n x pieces x width), marks (n x pieces) and first log odds (n)."""
        padding = (side == NEITHER).to(states.dtype) * _HIDDEN
        states = states + self.side(side)
        for layer in self.layers:
            found = layer(states, attention_mask=padding[:, None, None])
            states = found[0] if isinstance(found, tuple) else found
        a, b = _mean(states, side == FIRST), _mean(states, side == SECOND)
        most = (states + padding[..., None]).amax(1)
        met = functional.gelu(self.met(torch.cat([a + b, (a - b).abs(), a * b, most], -1)))
        given = odds.clamp(-SURE, SURE)[:, None]
        hidden = functional.gelu(self.hidden(torch.cat([self.dropout(met), given.to(met.dtype)], -1)))
        logits: Tensor = self.out(self.dropout(hidden))
        return torch.cat([logits[:, :1] + self.trust * given, logits[:, 1:]], -1)


def _mean(states: Tensor, inside: Tensor) -> Tensor:
    weight = inside.to(states.dtype)[..., None]
    return (states * weight).sum(1) / weight.sum(1).clamp(min=1.0)


def start(weights: Path = WEIGHTS) -> TwoStatements:
    """The model before training: the reader's last layers, new heads."""
    model = TwoStatements()
    found = restored(weights)
    for number, layer in enumerate(model.layers):
        prefix = f"encoder.bert.encoder.layer.{MIDDLE + number}."
        layer.load_state_dict({name.removeprefix(prefix): w for name, w in found.items() if name.startswith(prefix)})
    return model


def restored_student(path: Path) -> TwoStatements:
    """The model whose weights `training.claims.taught` wrote."""
    model = TwoStatements()
    with np.load(path) as file:
        model.load_state_dict({name: torch.from_numpy(file[name].astype(np.float32)) for name in file.files})
    return model.eval()


def middle_states(text: Text, device: torch.device, weights: Path = WEIGHTS) -> Tensor:
    """The states of layer MIDDLE of every piece as the reading gives them (pieces x width, float16)."""
    encoder = Encoder(0.0, trained=False)
    prefix = "encoder."
    found = {name.removeprefix(prefix): w for name, w in restored(weights).items() if name.startswith(prefix)}
    missing = encoder.load_state_dict(found, strict=False).missing_keys
    if [name for name in missing if "position_ids" not in name and "token_type" not in name]:
        raise ValueError(f"{weights} lacks {missing}")
    del encoder.bert.encoder.layer[MIDDLE:]
    encoder.eval().to(device)
    states = torch.zeros(len(text.ids), WIDTH, dtype=torch.float16, device=device)
    length = text.windows[:, 1] - text.windows[:, 0]
    order = np.argsort(length, kind="stable")
    many = 128 if device.type == "cuda" else 8
    with torch.inference_mode():
        for begin in range(0, len(order), many):
            _fill(states, encoder, text, order[begin : begin + many])
    return states


def _fill(states: Tensor, encoder: Encoder, text: Text, which: np.ndarray) -> None:
    windows = text.windows[which]
    length = windows[:, 1] - windows[:, 0]
    place = np.arange(int(length.max()) + 2)[None]
    at = np.minimum(windows[:, :1] + place - 1, len(text.ids) - 1).clip(0)
    inside = (place >= 1) & (place <= length[:, None])
    ids = np.where(inside, text.ids[at], np.where(place == 0, CLS, np.where(place == length[:, None] + 1, SEP, 0)))
    features = np.where(inside, text.features[at], 0)
    mask = (place < length[:, None] + 2).astype(np.int64)
    found = encoder(*(torch.from_numpy(one).to(states.device) for one in (ids, features, mask)))
    kept = inside & (at >= windows[:, 2:3]) & (at < windows[:, 3:4])
    states[torch.from_numpy(at[kept]).to(states.device)] = found[torch.from_numpy(kept).to(states.device)].half()


def export(model: TwoStatements, path: Path) -> None:
    """Write it as ONNX, its large weights in eight bits."""
    model.eval()
    arguments = (torch.zeros(2, 24, WIDTH), torch.ones(2, 24, dtype=torch.int64), torch.zeros(2))
    rows, pieces = torch.export.Dim("rows", min=1, max=256), torch.export.Dim("pieces", min=2, max=2 * SIDE)
    wide = path.with_suffix(".wide.onnx")
    torch.onnx.export(
        model,
        arguments,
        str(wide),
        input_names=["states", "side", "odds"],
        output_names=["logits"],
        dynamic_shapes={"states": {0: rows, 1: pieces}, "side": {0: rows, 1: pieces}, "odds": {0: rows}},
        dynamo=True,
        external_data=False,
    )
    onnx.save(narrowed(onnx.load(wide), 8), path)
    wide.unlink()
