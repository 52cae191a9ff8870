"""What an account gives as somebody's very words."""

import pytest

from tellings.comparing.spoken import heard, pieces
from tellings.comparing.table import build, in_order
from tellings.comparing.words import words
from tests.comparing.accounts import reading


def shown(text: str) -> list[tuple[str, str]]:
    table = build(in_order([reading("a", text)]))
    return [(text[one.span.start : one.span.end], one.shown) for one in pieces(table)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("He’s late and won't say why", "He is late and will not say why"),
        ("the second of three", "the 2nd of 3"),
        ("the crew’s boat", "the crew's boat"),
        ("Sen. Holt and Gov. Finch", "Senator Holt and Governor Finch"),
        ("the boat [sic] sank", "the boat sank"),
        ("that [the ferry] sank", "that sank"),
    ],
)
def test_words_are_compared_as_they_are_heard(one, other):
    first, second = ("".join(key for key, _ in heard(text, words(text))) for text in (one, other))
    assert first == second


def test_every_heard_word_knows_the_word_it_comes_from():
    text = "They don't know."
    assert list(heard(text, words(text))) == [("they", 0), ("do", 1), ("not", 1), ("know", 2)]


def test_a_quotation_is_cut_at_sentence_ends_also_where_words_are_left_out():
    text = "“The gate was open. ... Nobody closed it,” Ada Finch said."
    assert [one for one, _ in shown(text)] == ["The gate was open.", "Nobody closed it"]


def test_a_post_set_into_the_text_is_somebodys_words_up_to_its_furniture():
    text = "It rained.\nThe gate stays open pic.twitter.com/Ab12 — Ada Finch (@finch) May 3\nIt snowed."
    assert shown(text) == [("The gate stays open", "post")]


def test_a_paragraph_after_a_colon_is_somebodys_words():
    text = "Ada Finch said in a statement:\n\nThe gate stays open all night.\n\nIt rained."
    assert ("The gate stays open all night.", "post") in shown(text)


def test_the_name_of_a_thing_is_none_but_a_motto_that_is_said_is():
    assert shown("They sang “The Harbour Song” twice.") == []
    assert shown("Ada Finch said “Harbour Before Party” twice.") == [("Harbour Before Party", "marks")]
