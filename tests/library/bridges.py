"""Readings of an invented bridge, told by several outlets, for a library."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from tellings.records import Original, Reading
from tests.show.readings import BRIDGE, bridge


def read(name: str = "bridge", outlet: str | None = "Ostrel Courier", **head: Any) -> Reading:
    """The bridge as one outlet tells it: the same text, another original."""
    one = bridge()
    digest = (name.encode().hex() * 64)[:64]
    original = Original(f"{name}.txt", digest, len(BRIDGE.encode()), "utf-8")
    account = replace(one.account, id=name, sha256=digest, original=original, outlet=outlet, **head)
    return replace(one, account=account, vectors=vectors(len(one.statements)))


def vectors(count: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Rows of unit length, each its own."""
    rows = np.random.default_rng(4).standard_normal((count, 384)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)
