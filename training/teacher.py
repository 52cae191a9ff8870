"""What teaches: sentence vectors of an untouched encoder, and a wide reader's outputs on every piece."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from transformers import BertModel

from tellings.reading import labels
from tellings.reading.tokens import CLS, FEATURES, SEP
from training.documents import Prepared
from training.encoders import wide_encoder
from training.examples import NONE
from training.model import WIDTH, Reader, starting_encoder

SHARE = 4  # on a processor one span in so many has a teacher vector
LONGEST = 128  # pieces; longer statements are cut for the teacher
CUE = 0.4  # probability from which a teacher's piece is part of a cue whose links are asked
WINDOW, STRIDE = 400, 300  # pieces a teacher reads at once, and goes on by


def statement_vectors(found: Prepared, wide: Path | None, cache: Path, device: torch.device) -> Tensor:
    """The vector of each numbered span (float16, spans x 384), kept under `cache`; zeros where there is none.

    What all-mpnet-base-v2 gives each sentence or content read by itself, turned to its 384 main directions (principal
    components, which keep the cosines but for a few hundredths); without it, what all-MiniLM-L6-v2 gives.
    """
    rows = [document.tokens.ids[first:last][:LONGEST] for document in found.train for first, last, _ in document.spans]
    path = cache / f"vectors-{len(rows)}.npy"
    if path.exists():
        return torch.from_numpy(np.load(path)).to(device)
    if wide is None:
        asked = [i for i in range(len(rows)) if i % SHARE == 0]
        vectors = torch.zeros(len(rows), WIDTH, dtype=torch.float16)
        vectors[asked] = _means([rows[i] for i in asked], PlainEncoder(), device).cpu()
    else:
        vectors = _main_directions(_means(rows, wide_encoder(wide, FEATURES), device), cache).cpu()
    np.save(path, vectors.numpy())
    return vectors.to(device)


class PlainEncoder(torch.nn.Module):
    """all-MiniLM-L6-v2 as it is."""

    width = WIDTH

    def __init__(self) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(starting_encoder(), add_pooling_layer=False)

    def forward(self, ids: Tensor, _: Tensor, mask: Tensor) -> Tensor:
        """States (batch x pieces x 384) of ids and mask (batch x pieces)."""
        states: Tensor = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        return states


@torch.inference_mode()
def _means(rows: list[NDArray[np.int64]], encoder: torch.nn.Module, device: torch.device) -> Tensor:
    """Mean-pooled unit vectors (float16) of piece id rows, as sentence-transformers computes them."""
    encoder.eval().to(device)
    found = torch.zeros(len(rows), int(encoder.width), dtype=torch.float16, device=device)  # type: ignore[arg-type]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    size = 64 if device.type == "cpu" else 1024
    for at in range(0, len(order), size):
        batch = order[at : at + size]
        ids = np.zeros((len(batch), max(len(rows[i]) for i in batch) + 2), np.int64)
        mask = np.zeros_like(ids)
        for k, i in enumerate(batch):
            row = [CLS, *rows[i].tolist(), SEP]
            ids[k, : len(row)], mask[k, : len(row)] = row, 1
        given, real = torch.from_numpy(ids).to(device), torch.from_numpy(mask).to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            states = encoder(given, torch.zeros_like(given), real).float()
        pooled = (states * real[..., None]).sum(1) / real.sum(1, keepdim=True)
        found[batch] = torch.nn.functional.normalize(pooled, dim=-1).half()
    return found


def _main_directions(vectors: Tensor, cache: Path) -> Tensor:
    """Unit vectors turned to their main directions; how much of the whole they keep is written beside."""
    inner = torch.zeros(vectors.shape[1], vectors.shape[1], device=vectors.device)
    for part in vectors.split(65536):
        inner += part.float().T @ part.float()
    values, directions = torch.linalg.eigh(inner)
    kept = float(values[-WIDTH:].sum() / values.sum())
    (cache / "vectors.json").write_text(json.dumps({"kept": round(kept, 4)}) + "\n", encoding="utf-8")
    return torch.nn.functional.normalize(vectors.float() @ directions[:, -WIDTH:].flip(1), dim=-1).half()


@torch.inference_mode()
def outputs_of(model: Reader, found: Prepared, device: torch.device) -> tuple[Tensor, ...]:
    """Everything a reader says of every piece of the training documents (pieces x size each, half precision)."""
    model.eval()
    starts = found.starts
    windows = [
        (document, starts[document.number], first, min(first + WINDOW, len(document.tokens)))
        for document in found.train
        for first in range(0, max(1, len(document.tokens) - (WINDOW - STRIDE)), STRIDE)
    ]
    windows.sort(key=lambda w: w[3] - w[2])
    total = int(starts[-1])
    outputs: list[Tensor] = []
    size = 8 if device.type == "cpu" else 128
    for at in range(0, len(windows), size):
        batch = windows[at : at + size]
        ids = np.zeros((len(batch), max(last - first for *_, first, last in batch) + 2), np.int64)
        features, mask = np.zeros_like(ids), np.zeros_like(ids)
        for k, (document, _, first, last) in enumerate(batch):
            ids[k, : last - first + 2] = [CLS, *document.tokens.ids[first:last].tolist(), SEP]
            features[k, 1 : last - first + 1] = document.tokens.features[first:last]
            mask[k, : last - first + 2] = 1
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            made = model(*(torch.from_numpy(array).to(device) for array in (ids, features, mask)))
        if not outputs:
            outputs = [torch.zeros(total, part.shape[-1], dtype=torch.float16, device=device) for part in made]
        # of two windows that overlap each gives its half
        half = (WINDOW - STRIDE) // 2
        cores = [
            (first + half * (first > 0), last if last == len(document.tokens) else last - half)
            for document, _, first, last in batch
        ]
        spread = [np.arange(*core) for core in cores]
        flat = np.concatenate([places + start for places, (_, start, _, _) in zip(spread, batch, strict=True)])
        row = np.repeat(np.arange(len(batch)), [len(places) for places in spread])
        column = np.concatenate([places - first + 1 for places, (_, _, first, _) in zip(spread, batch, strict=True)])
        to, row_at, column_at = (torch.from_numpy(a).to(device) for a in (flat, row, column))
        for output, part in zip(outputs, made, strict=True):
            output[to] = part[row_at, column_at].half()
    return tuple(outputs)


def pseudo_cues(found: Prepared, scores: Tensor) -> Prepared:
    """Where nobody labelled attributions, the cues that a teacher sees: what belongs to them it is asked later."""
    shares = np.concatenate([p[:, labels.CUE].float().softmax(-1).cpu().numpy() for p in scores.split(1 << 18)])
    starts = found.starts
    return replace(
        found,
        train=tuple(
            document
            if "cue" in document.tags
            else replace(document, links=_cues(shares[starts[document.number] :][: len(document.tokens)]))
            for document in found.train
        ),
    )


def _cues(shares: NDArray[np.float32]) -> tuple[tuple[int, int, NDArray[np.int8]], ...]:
    inside = 1 - shares[:, 0] >= CUE
    begins = inside & (np.insert(~inside[:-1], 0, True) | (shares[:, 1] > shares[:, 2]))
    found = []
    unknown = np.full(len(inside), NONE, np.int8)
    for first in np.flatnonzero(begins).tolist():
        last = first + 1
        while last < len(inside) and inside[last] and not begins[last]:
            last += 1
        found.append((first, last, unknown))
    return tuple(found)
