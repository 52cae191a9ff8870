"""The head of a source's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.reading.source_phrases import phrase_of


def head(words, names=()):
    phrase = phrase_of(words, names)
    span = phrase.tokens[phrase.head].span
    return words[span.start : span.end]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a spokesman for Ana Lind", "spokesman"),
        ("Ana Lind's spokesman", "spokesman"),
        ("Ana Lind, the mayor", "Lind"),
        ("the mayor (Ana Lind)", "mayor"),
        ("two people familiar with the call", "people"),
        ("a report published by the board", "report"),
        ("a report last month", "report"),
        ("records obtained Friday", "records"),
        ("according to three nurses at the hospital", "nurses"),
        ("some of the sources", "sources"),
        ("a group of residents", "residents"),
        ("nearly half of likely voters", "voters"),
        ("the suing states", "states"),
        ("those with keys", "those"),
        ("the ad itself", "ad"),
        ("the council and the police", "council"),
        ("Department of Harbour Affairs spokeswoman", "spokeswoman"),
        ("the Bakers’ union", "union"),
    ],
)
def test_the_head_is_the_noun_before_what_only_describes_it(words, expected):
    assert head(words) == expected


def test_words_of_a_name_do_not_end_it():
    assert head("the Bank of Velm", [("Bank of Velm", "ORG")]) == "Velm"
    assert head("the Bank of Velm") == "Bank"


def test_a_name_is_found_as_a_word_only():
    assert phrase_of("the Linden estate", [("Lind", "PER")]).named is None


def test_a_capital_at_the_beginning_alone_makes_no_name():
    assert not phrase_of("Residents of the street").proper
    assert phrase_of("the Residents").proper
    assert phrase_of("Centre for Velmian Studies").proper


@given(st.text(alphabet="ab Lind'’,.()—-“” the of who\n", max_size=40))
def test_the_head_stands_in_the_words(words):
    phrase = phrase_of(words)
    if phrase is None:
        assert not any(sign.isalnum() for sign in words)
    else:
        token = phrase.tokens[phrase.head]
        assert phrase.first <= phrase.head
        assert words[token.span.start : token.span.end].replace("’", "'") == token.text
        assert token.word
