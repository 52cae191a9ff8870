from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tellings.comparing.words import STOP, content, stem, words
from tellings.records import Span


def test_words_keep_their_place_in_the_text():
    text = "The bridge’s deck cost 1,200,000."
    found = words(text)
    assert [text[word.start : word.end] for word in found] == ["The", "bridge’s", "deck", "cost", "1,200,000"]
    assert [word.key for word in found] == ["the", "bridge", "deck", "cost", "1200000"]


def test_words_of_a_span_only():
    text = "One bell. Two bells."
    assert [word.key for word in words(text, Span(10, 20))] == ["two", "bells"]


def test_inflected_forms_share_a_stem():
    for forms in (("close", "closed", "closes", "closing"), ("stop", "stopped", "stopping"), ("injury", "injuries")):
        assert len({stem(form) for form in forms}) == 1, forms


def test_different_words_keep_apart():
    assert stem("bridge") != stem("bride")
    assert stem("glass") == "glass"


def test_function_words_are_no_content():
    assert [word.key for word in content(words("The mayor said that the roof had fallen"))] == [
        "mayor",
        "roof",
        "fallen",
    ]


@given(st.text(max_size=80))
def test_every_word_lies_in_the_text_in_order(text: str):
    found = words(text)
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(word.key not in STOP for word in content(found))
