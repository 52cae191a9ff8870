"""Loaded wording: its stretches, and whose voice they stand in."""

import numpy as np

from tellings.ingest import account_from_text
from tellings.reading import labels, read
from tests.reading.fakes import SURE, HandMadeModel, piece_ids

TEXT = "The brazen board left. Lind said: “It was a shameful, bogus deal.” Nobody slept."


class LoadedModel(HandMadeModel):
    """Takes three words for loaded."""

    def run(self, tokens, window):
        scores = super().run(tokens, window)
        ids = tokens.ids[window.first : window.last]
        known = [piece for word in ("brazen", "shameful", "bogus") for piece in piece_ids(word)]
        scores.labels[:, labels.LOADED.start] = SURE / 2
        scores.labels[np.isin(ids, known), labels.LOADED.start + 1] = SURE
        return scores


def test_loaded_words_are_found_and_a_quotation_s_belong_to_its_speaker():
    reading = next(read([account_from_text(TEXT)], model=LoadedModel({"Lind": "PER"})))
    found = [(TEXT[w.span.start : w.span.end], w.quoted) for w in reading.wording]
    assert found == [("brazen", False), ("shameful", True), ("bogus", True)]
    assert all(0.5 <= w.score <= 1.0 for w in reading.wording)


def test_plain_words_are_none():
    assert next(read([account_from_text(TEXT)], model=HandMadeModel())).wording == ()
