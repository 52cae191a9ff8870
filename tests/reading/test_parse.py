"""Trees from arc scores: the best one with one root, and words from a model's scores."""

from itertools import product

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tellings.reading.layout import layout
from tellings.reading.parse import first_pieces, parsed, tree
from tellings.reading.states import Encoded, states
from tellings.reading.windows import windows
from tellings.reading.words import syntactic_words
from tellings.records import Span
from tests.reading.fakes import HandMadeModel


def is_tree(heads):
    """One root, and every word leads to it."""
    if sum(head == 0 for head in heads) != 1:
        return False
    for start in range(len(heads)):
        at, steps = start + 1, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return True


def best_by_trying(scores):
    """The best total among all trees with one root."""
    count = len(scores)
    return max(
        sum(scores[i, head] for i, head in enumerate(heads))
        for heads in product(range(count + 1), repeat=count)
        if is_tree(heads)
    )


def test_governors_that_are_a_tree_are_taken_as_they_are():
    scores = np.zeros((3, 4), dtype=np.float32)
    scores[0, 2] = scores[1, 0] = scores[2, 2] = 5
    assert tree(scores).tolist() == [2, 0, 2]


def test_a_circle_is_opened_where_it_costs_least():
    # 1 and 2 govern each other; 2 under the root is nearly as good
    scores = np.asarray([[0, 0, 9, 0], [8, 9, 0, 0], [0, 9, 0, 0]], dtype=np.float32)
    assert tree(scores).tolist() == [2, 0, 1]


def test_two_roots_become_one():
    scores = np.asarray([[9, 0, 1], [8, 7, 0]], dtype=np.float32)
    assert tree(scores).tolist() == [0, 1]


@given(
    st.integers(1, 5).flatmap(lambda n: arrays.arrays(np.float32, (n, n + 1), elements=st.integers(-20, 20).map(float)))
)
@example(np.vstack([np.zeros((4, 6)), [[1, 0, 0, 0, 0, 0]]]).astype(np.float32))  # five words that lose nothing as root
def test_the_tree_is_the_best_of_all_with_one_root(scores):
    heads = tree(scores)
    assert is_tree(heads.tolist())
    total = sum(scores[i, head] for i, head in enumerate(heads))
    assert total == pytest.approx(best_by_trying(scores))


@given(st.integers(1, 40).flatmap(lambda n: arrays.arrays(np.float32, (n, n + 1), elements=st.floats(-9, 9, width=16))))
def test_any_scores_give_a_tree(scores):
    assert is_tree(tree(scores).tolist())


def test_a_word_stands_by_the_first_piece_that_begins_in_it():
    text = "They don't eat."
    cut = layout(text)
    words = [Span(0, 4), Span(5, 7), Span(7, 10), Span(11, 14), Span(14, 15)]
    pieces = [text[cut.tokens.starts[i] : cut.tokens.ends[i]] for i in first_pieces(cut.tokens, words)]
    assert pieces == ["They", "don", "'", "eat", "."]


def test_words_have_a_part_of_speech_and_a_governor_in_their_own_sentence():
    text = "The roof fell. Nobody was hurt."
    cut = layout(text)
    model = HandMadeModel()
    seen = states([(w, model.run(cut.tokens, w)) for w in windows(cut.tokens, cut.sentence_of)])
    words = parsed(Encoded(cut, seen, model), [syntactic_words(text, s) for s in cut.sentences])
    assert [text[w.span.start : w.span.end] for w in words] == [
        "The",
        "roof",
        "fell",
        ".",
        "Nobody",
        "was",
        "hurt",
        ".",
    ]
    assert {w.upos for w in words} == {"PROPN"}
    assert [i for i, w in enumerate(words) if w.head is None] == [0, 4]
    assert all(w.head in (None, 0) for w in words[:4])
    assert all(w.head in (None, 4) for w in words[4:])
    assert words[0].relation == "root"
    assert "root" not in {w.relation for w in words if w.head is not None}
