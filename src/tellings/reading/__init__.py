"""Reading: one pass of one small encoder over each account, then layers of spans over its text.

account -> layout (sentences, quotation marks) -> windows -> encoder -> words with their parse
        -> mentions, entities -> attributions with sources -> figures, times
        -> statements with voice and vector -> wording
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from tellings.records import Account, Pieces, Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tellings.reading.layout import Layout
    from tellings.reading.model import Model
    from tellings.reading.states import States
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
    from tellings.reading import labels
    from tellings.reading.attributions import attributions
    from tellings.reading.figures import figures
    from tellings.reading.layout import layout
    from tellings.reading.mentions import mentions, names
    from tellings.reading.model import softmax
    from tellings.reading.parse import parsed
    from tellings.reading.pasted import with_pasted
    from tellings.reading.sources import with_sources
    from tellings.reading.statements import statements
    from tellings.reading.states import Encoded, states
    from tellings.reading.subjects import with_subjects
    from tellings.reading.times import times
    from tellings.reading.windows import windows
    from tellings.reading.wording import wording
    from tellings.reading.words import syntactic_words

    cut = layout(account.text)
    scored = [(window, model.run(cut.tokens, window)) for window in windows(cut.tokens, cut.sentence_of)]
    seen = states(scored)
    cut = cut.settled(softmax(seen.labels[:, labels.SENTENCE])[:, 1])
    encoded = Encoded(cut, seen, model)
    words = parsed(encoded, [syntactic_words(cut.text, sentence) for sentence in cut.sentences])
    found, entities = mentions(encoded, names(cut, scored), words)
    said = with_pasted(account.text, attributions(cut, scored, model))
    attributed = with_sources(cut, with_subjects(account.text, said, words), found)
    counted = figures(account.text, words, cut.sentences)
    dated = times(account.text, cut.sentences, account.published)
    told = statements(cut, attributed, counted, words, found, seen, dated)
    return Reading(
        account=account,
        sentences=cut.sentences,
        quotations=cut.quotations,
        words=words,
        mentions=found,
        entities=entities,
        attributions=attributed,
        figures=counted,
        times=dated,
        statements=told,
        wording=wording(cut, seen, attributed),
        vectors=_vectors(cut, seen, told),
        pieces=Pieces(
            np.stack([cut.tokens.starts, cut.tokens.ends], axis=1).astype(np.int32), seen.middle.astype(np.float16)
        ),
    )


def _vectors(layout: Layout, seen: States, told: tuple[Statement, ...]) -> NDArray[np.float32]:
    """The mean of each statement's piece states as a unit row; zeros where a statement has no piece."""
    rows = np.zeros((len(told), seen.statements.shape[1] if told else 384), dtype=np.float32)
    for i, statement in enumerate(told):
        first = int(np.searchsorted(layout.tokens.ends, statement.span.start, side="right"))
        last = int(np.searchsorted(layout.tokens.starts, statement.span.end, side="left"))
        if first < last:
            mean = seen.statements[first:last].mean(0)
            rows[i] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return rows
