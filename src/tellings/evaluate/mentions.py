"""Mentions on UNER English-EWT dev: exact spans with type (PER, ORG, LOC), as the benchmark scores them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tellings.evaluate.corpora import NamedText
from tellings.evaluate.scores import Score, score
from tellings.records import Mention

TYPES = ("PER", "ORG", "LOC")
PUBLISHED = {"all": "XLM-R-large .860 (test)", "PER": "", "ORG": "", "LOC": "", "span alone": ""}


def evaluate(pairs: Iterable[tuple[NamedText, tuple[Mention, ...]]]) -> dict[str, Score]:
    """Scores by name: `all`, each type, and `span alone` (type not counted)."""
    counts: Counter[tuple[str, str]] = Counter()
    for text, found in pairs:
        ours = {(m.span, m.type) for m in found if m.type in TYPES}
        theirs = set(text.names)
        for kind in TYPES:
            one = {m for m in ours if m[1] == kind}
            other = {m for m in theirs if m[1] == kind}
            _add(counts, kind, len(one & other), len(one), len(other))
            _add(counts, "all", len(one & other), len(one), len(other))
        spans, wanted = {m[0] for m in ours}, {m[0] for m in theirs}
        _add(counts, "span alone", len(spans & wanted), len(spans), len(wanted))
    return {name: score(counts[name, "right"], counts[name, "found"], counts[name, "wanted"]) for name in PUBLISHED}


def _add(counts: Counter[tuple[str, str]], name: str, right: int, found: int, wanted: int) -> None:
    counts[name, "right"] += right
    counts[name, "found"] += found
    counts[name, "wanted"] += wanted
