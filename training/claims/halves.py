"""How train stories are split where one part is to be scored by what saw the other: by hashes of their names."""

from __future__ import annotations

import hashlib

FOLDS = 5


def fold(name: str) -> int:
    """The fold of a story."""
    return hashlib.sha256(f"fold {name}".encode()).digest()[0] % FOLDS


def half(name: str) -> int:
    """The half of the stories a story belongs to."""
    return hashlib.sha256(f"half {name}".encode()).digest()[0] % 2
