"""Loaded wording: runs of words that the tagger takes for loaded, and whose voice they stand in."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tellings.reading import labels
from tellings.reading.model import softmax
from tellings.reading.spans import trimmed
from tellings.records import Attribution, Loaded, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tellings.reading.layout import Layout
    from tellings.reading.states import States

LOADED = 0.35  # probability from which a word is shown as loaded: to call a plain word loaded is the worse error


def wording(layout: Layout, states: States, attributions: Sequence[Attribution]) -> tuple[Loaded, ...]:
    """Every stretch of loaded wording in text order; a content or a quotation makes it its speaker's."""
    shares = loaded_shares(layout, states)
    inside = np.zeros(len(layout.text) + 1, dtype=bool)
    for start, end in (span for attribution in attributions for span in attribution.content):
        inside[start:end] = True
    sentence = np.asarray(layout.sentence_of)[layout.heads]
    found = []
    for first, last in _runs(shares >= LOADED, sentence):
        span = trimmed(layout.text, Span(layout.words[first].start, layout.words[last - 1].end), " \t\n.,;:!?()\"“”‘’'")
        if any(sign.isalnum() for sign in layout.text[span.start : span.end]):
            quoted = layout.is_quoted(span.start) or bool(inside[span.start : span.end].any())
            found.append(Loaded(span, round(float(shares[first:last].max()), 3), quoted))
    return tuple(found)


def _runs(loaded: NDArray[np.bool_], sentence: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Runs of loaded words, cut where a sentence ends."""
    if not len(loaded):
        return []
    numbered = np.where(loaded, 1 + sentence - sentence[0], 0)
    ends = [0, *(np.flatnonzero(np.diff(numbered)) + 1).tolist(), len(numbered)]
    return [(a, b) for a, b in pairwise(ends) if numbered[a]]


def loaded_shares(layout: Layout, states: States) -> NDArray[np.float32]:
    """The probability of being loaded for every word of the layout, rounded."""
    scores = states.labels[layout.heads][:, labels.LOADED]
    return softmax(scores)[:, labels.LOADED_TAGS.index("loaded")] if len(scores) else np.zeros(0, dtype=np.float32)
