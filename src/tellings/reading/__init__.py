"""Reading: one pass of one small encoder over each account, then layers of spans over its text.

account -> layout (words, sentences, quotation marks) -> windows -> encoder
        -> mentions, entities -> attributions with sources -> figures -> statements with voice and vector
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from tellings.records import Account, Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tellings.reading.layout import Layout
    from tellings.reading.model import Model, Scores
    from tellings.reading.windows import Window
    from tellings.records import Statement

__all__ = ["read"]


def read(accounts: Iterable[Account], *, model: Model | None = None) -> Iterator[Reading]:
    """Read accounts one by one; `model` is the shipped one unless given.

    Offsets are code points of the account's text, half-open. An account reads the same whatever else is in the run.

    Raises:
        ModelError: when the shipped model cannot be loaded.

    """
    if model is None:
        from tellings.reading.model import load

        model = load()
    for account in accounts:
        yield read_one(account, model)


def read_one(account: Account, model: Model) -> Reading:
    """The reading of one account."""
    from tellings.reading.attributions import attributions
    from tellings.reading.figures import figures
    from tellings.reading.layout import layout
    from tellings.reading.mentions import mentions
    from tellings.reading.sources import with_sources
    from tellings.reading.statements import statements
    from tellings.reading.windows import windows

    cut = layout(account.text)
    scored = [(window, model.run(cut.tokens, window)) for window in windows(cut.tokens, cut.sentence_of)]
    named, entities = mentions(cut, scored)
    attributed = with_sources(cut, attributions(cut, scored, model), named)
    counted = figures(account.text)
    told = statements(cut, attributed, counted)
    return Reading(
        account=account,
        sentences=cut.sentences,
        quotations=cut.quotations,
        mentions=named,
        entities=entities,
        attributions=attributed,
        figures=counted,
        statements=told,
        vectors=_vectors(cut, scored, told),
    )


def _vectors(layout: Layout, scored: list[tuple[Window, Scores]], told: tuple[Statement, ...]) -> NDArray[np.float32]:
    """The mean of each statement's piece states as a unit row; zeros where a statement has no piece."""
    if not told:
        return np.zeros((0, 384), dtype=np.float32)
    states = np.concatenate([s.statements[w.core_first - w.first : w.core_last - w.first] for w, s in scored])
    rows = np.zeros((len(told), states.shape[1]), dtype=np.float32)
    for i, statement in enumerate(told):
        first = int(np.searchsorted(layout.tokens.ends, statement.span.start, side="right"))
        last = int(np.searchsorted(layout.tokens.starts, statement.span.end, side="left"))
        if first < last:
            mean = states[first:last].mean(0)
            rows[i] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return rows
