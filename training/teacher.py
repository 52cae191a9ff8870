"""Teacher vectors: what the untouched all-MiniLM-L6-v2 gives each sentence or clause read by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from transformers import BertModel

from tellings.reading.tokens import CLS, SEP
from training.examples import Document
from training.model import starting_encoder

SHARE = 4  # one span in so many has a teacher row
LONGEST = 128  # pieces; longer statements are cut for the teacher


def with_teacher(documents: list[Document], cache: Path) -> tuple[list[Document], Tensor]:
    """Number the spans that have a teacher row and give the rows (float16, spans x 384); kept under `cache`.

    A share of the spans, drawn by their place, is enough to keep the vectors where they are.
    """
    documents = [replace(d, spans=d.spans[(d.spans.sum(1) % SHARE) == 0]) for d in documents]
    rows = [document.tokens.ids[first:last][:LONGEST] for document in documents for first, last, _ in document.spans]
    numbered, at = [], 0
    for document in documents:
        spans = document.spans.copy()
        spans[:, 2] = np.arange(at, at + len(spans))
        at += len(spans)
        numbered.append(replace(document, spans=spans))
    path = cache / f"teacher-{len(rows)}.npy"
    if not path.exists():
        np.save(path, vectors(rows))
    return numbered, torch.from_numpy(np.load(path))


def vectors(rows: list[np.ndarray]) -> np.ndarray:
    """Mean-pooled unit vectors (float16) of piece id rows, as sentence-transformers computes them."""
    model = BertModel.from_pretrained(starting_encoder(), add_pooling_layer=False).eval()
    found = np.zeros((len(rows), 384), dtype=np.float16)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    with torch.inference_mode():
        for at in range(0, len(order), 64):
            batch = order[at : at + 64]
            length = max(len(rows[i]) for i in batch) + 2
            ids = torch.zeros(len(batch), length, dtype=torch.long)
            mask = torch.zeros_like(ids)
            for k, i in enumerate(batch):
                row = [CLS, *rows[i].tolist(), SEP]
                ids[k, : len(row)] = torch.tensor(row)
                mask[k, : len(row)] = 1
            states = model(input_ids=ids, attention_mask=mask).last_hidden_state
            pooled = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            found[batch] = torch.nn.functional.normalize(pooled, dim=-1).half().numpy()
    return found
