"""Where sentences end: rules for what stands around an end sign, and a head's word where it is sure."""

import itertools
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.reading.quotations import quotations
from tellings.reading.sentences import LONGEST, SURE_BEGIN, SURE_INSIDE, sentences, settled

SIGNS = "aB .,\"“”'’«»\n!?…éЖ\u200b🚨1)[(:-"
TEXTS = st.text(alphabet=st.sampled_from(SIGNS), max_size=300) | st.text(max_size=200)


def cut(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "It rained. | It snowed.",
        "Why? | Nobody knows! | It rained.",
        "A headline without a stop\n\n| The story begins.",
        "By Mara Lind\n| Port Velm, May 3\n| The gate is shut.",
        "THE ROOF FELL. | NOBODY WAS HURT.",
        "He waited... | Nobody came… | It rained.",
        "It closed in 1971.[1] | It opened again.[2][citation needed] | Then it burned.",
        "It closed in 1971. [1] [2] | It opened again.",
        "We won! :) | See you there 🚨",
        "(It rained.) | Then it snowed.",
        "He dropped it. | iPhones break.",
        "See the list. | https://velm.example/list",
        "It rained. | (Nobody minded.)",
        "The rest is here [...] | However, it is long.",
        "it rained all day. | then we left!! | we were wet.",
        "Nobody knows. | and so it goes.",
        "He won in 2019. | Then he lost.",
        "It is 5 o'clock.\u00a0 | The gate shuts.",
        "It didn't. | That was all.",
    ],
)
def test_a_sentence_ends_at_its_end_sign_and_at_a_line_end(text):
    assert cut(text.replace("| ", "")) == [part.strip() for part in text.split("|")]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Lind and Lt.-Gov. Berg met J. K. Orr Jr. of Velm Fishing Co. in St. Velm.",
        "They met at 3 p.m. Monday, Jan. 5, in the U.S. Senate, No. 5 vs. No. 6.",
        "The hall (c. 1900) and its owner (b. March 1950) stand.",
        "Bring tools, e.g. The Hammer, or esp. Lind's saw.",
        "1. The gate closes.",
        "2.1. The gate closes.",
        "a) The gate closes.",
        "There are three reasons: 1. It rained",
        "He waited ... and left.",
        "In seven days ... Seven nights later it came.",
        "It fell (again!) on Lind.",
        "They showed What Rain! (1965) at the hall.",
        "“So it goes. - Mara Lind",
        "She said: “It fell.”",
        "The list (boats, nets, etc.) is long.",
    ],
)
def test_no_sentence_ends_inside_one(text):
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Never!” she said. He left.", ["“Never!” she said.", "He left."]),
        ("“Who knew?” Mara Lind asked. Nobody.", ["“Who knew?” Mara Lind asked.", "Nobody."]),
        ("“It fell.” Nobody knew.", ["“It fell.”", "Nobody knew."]),
        ("It shut at 6 p.m. The gate is old.", ["It shut at 6 p.m.", "The gate is old."]),
        ("It shut at 6 p.m. “They left,” he said.", ["It shut at 6 p.m.", "“They left,” he said."]),
        ("He owns Velm Co. A. Berg works there.", ["He owns Velm Co. A. Berg works there."]),
        ("He owns Velm Co. A clerk works there.", ["He owns Velm Co.", "A clerk works there."]),
        ("   \n\n  ", []),
        ("", []),
    ],
)
def test_what_follows_a_mark_or_an_abbreviation_decides(text, expected):
    assert cut(text) == expected


def test_several_sentences_in_one_quotation_are_one_quotation():
    text = "“We will go. We will not come back,” said Lind. It rained."
    assert cut(text) == ["“We will go.", "We will not come back,” said Lind.", "It rained."]
    assert [text[a:b] for a, b in quotations(text)] == ["We will go. We will not come back,"]


def test_a_run_without_an_end_is_cut_at_a_space():
    text = "word and word " * 1000
    found = sentences(text)
    assert all(end - start <= LONGEST for start, end in found)
    assert all(text[start:end].endswith(("word", "and")) for start, end in found)
    assert " ".join(cut(text)) == text.strip()


@given(TEXTS)
def test_sentences_are_in_order_apart_and_cover_every_sign_that_is_not_space(text):
    found = sentences(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    covered = "".join(text[start:end] for start, end in found)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() and "\n" not in text[start:end] for start, end in found)


# ---------------------------------------------------------------- settled by a head


def with_head(text, **begins):
    """The text's sentences where a head gives the words named a probability, all others the middle."""
    words = list(re.finditer(r"\w+|\S", text))
    starts = np.asarray([word.start() for word in words], dtype=np.int64)
    shares = np.asarray([begins.get(word[0], 0.5) for word in words], dtype=np.float32)
    return [text[start:end] for start, end in settled(text, sentences(text), starts, shares)]


def test_a_sure_head_begins_a_sentence_where_no_sign_stands():
    text = "The gate is shut Nobody knows why"
    assert with_head(text, Nobody=SURE_BEGIN) == ["The gate is shut", "Nobody knows why"]


def test_a_sure_head_joins_what_a_sign_cut():
    text = "The shop Wow! Buys nets. It is old."
    assert with_head(text) == ["The shop Wow!", "Buys nets.", "It is old."]
    assert with_head(text, Buys=0.0) == ["The shop Wow! Buys nets.", "It is old."]
    assert with_head(text, Buys=0.0, nets=1.0) == ["The shop Wow! Buys", "nets.", "It is old."]


def test_a_doubtful_head_changes_nothing():
    text = "The shop Wow! Buys nets"
    assert with_head(text, Buys=2 * SURE_INSIDE, nets=SURE_BEGIN - 0.1) == ["The shop Wow!", "Buys nets"]


def test_a_head_joins_no_lines_and_cuts_no_word():
    assert with_head("A headline\nThe story", The=0.0) == ["A headline", "The story"]
    assert with_head("a well-known gate", known=1.0) == ["a well-known gate"]


@given(TEXTS, st.randoms(use_true_random=False))
def test_settled_sentences_cover_the_same_signs_in_order(text, random):
    starts = np.arange(len(text), dtype=np.int64)
    shares = np.asarray([random.choice([0.0, 0.5, 1.0]) for _ in text], dtype=np.float32)
    found = settled(text, sentences(text), starts, shares)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert "".join("".join(text[start:end] for start, end in found).split()) == "".join(text.split())
