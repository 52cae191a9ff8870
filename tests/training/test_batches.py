"""Batches and losses on small invented texts (where PyTorch is installed; CI has none)."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from tellings.records import Span

torch = pytest.importorskip("torch")

from training.batches import COUNTED, Noise, collate, whole_sentences  # noqa: E402 - PyTorch may be missing
from training.corpora import LabelledText, LoadedText  # noqa: E402
from training.examples import NONE, Example, labelled_document, loaded_document, plain_document  # noqa: E402
from training.losses import divergence, pooled  # noqa: E402
from training.teacher import _cues  # noqa: E402

TEXT = "Mayor Anna Lind spoke in Velmia. She left early."


def document(number: int = 0):
    text = LabelledText("a", TEXT, ((Span(6, 15), "PER"), (Span(25, 31), "LOC")), None)
    return replace(labelled_document(text), number=number)


def batch(*examples: Example):
    starts = np.cumsum([0, *(len(e.document.tokens) for e in examples)])
    return collate(examples, starts, Noise(0.0, 0.0), random.Random(1))


def test_a_batch_pads_windows_and_keeps_their_labels():
    one, other = document(0), document(1)
    made = batch(Example(one, 0, len(one.tokens)), Example(other, 0, 5))
    assert made.ids.shape == (2, len(one.tokens) + 2)
    assert made.mask.sum(1).tolist() == [len(one.tokens) + 2, 7]
    tags = made.tags[0, 1:-1, COUNTED.index("mention")]
    assert tags.tolist() == one.tags["mention"].tolist()
    assert made.count("mention") == len(one.tokens) + 5
    assert made.count("cue") == 0
    assert made.flat[1, 1:6].tolist() == [len(one.tokens) + i for i in range(5)]
    assert made.flat[0, 0] == -1


def test_hidden_pieces_are_never_special():
    one = document()
    made = collate([Example(one, 0, len(one.tokens))], np.zeros(1, int), Noise(1.0, 0.0), random.Random(1))
    assert made.ids[0, 0] != 103
    assert set(made.ids[0, 1:-1].tolist()) == {103}


def test_words_nobody_parsed_have_no_heads_but_stand_in_whole_sentences():
    one = document()
    found = list(whole_sentences(Example(one, 0, len(one.tokens))))
    assert [len(words) for words, _, _ in found] == [7, 4]
    assert all((heads == NONE).all() for _, heads, _ in found)
    assert len(list(whole_sentences(Example(one, 0, 6)))) == 0


def test_mentions_without_chains_are_not_counted_as_labels():
    one = replace(plain_document("b", TEXT, [(Span(6, 15), "PER", "name"), (Span(33, 36), "PER", "pronoun")]), number=0)
    made = batch(Example(one, 0, len(one.tokens)))
    assert made.count("chain") == 0
    assert made.count("mention rows") == 1  # the pronoun; the name has nothing before it
    assert made.mentions.shape == (1, 2, 2)


def test_loaded_stretches_outside_what_was_read_are_no_labels():
    text = LoadedText("c", "A vile deed. Rain fell.", (Span(2, 6),), (), (Span(0, 12),))
    one = replace(loaded_document(text, "wording"), number=0)
    made = batch(Example(one, 0, len(one.tokens)))
    assert made.count("loaded") == 4


def test_pooled_is_the_mean_of_each_range():
    states = torch.arange(24.0).view(2, 4, 3)
    rows = torch.tensor([[0, 0, 2, 9], [1, 1, 4, 9]])
    expected = torch.stack([states[0, :2].mean(0), states[1, 1:].mean(0)])
    assert torch.allclose(pooled(states, rows), expected)


def test_divergence_is_nothing_between_equal_scores_and_counts_known_rows_alone():
    one = torch.tensor([[1.0, 2.0], [0.0, 5.0]])
    assert divergence(one, one, torch.tensor([True, True])) == 0
    other = torch.tensor([[1.0, 2.0], [5.0, 0.0]])
    assert divergence(one, other, torch.tensor([True, False])) == 0
    assert divergence(one, other, torch.tensor([True, True])) > 1


def test_cues_of_a_teacher_are_runs_that_begin_anew_at_a_beginning():
    shares = np.asarray([[0.9, 0.1, 0.0], [0.1, 0.8, 0.1], [0.1, 0.2, 0.7], [0.1, 0.8, 0.1], [0.9, 0.0, 0.1]])
    assert [(first, last) for first, last, _ in _cues(shares)] == [(1, 3), (3, 4)]
