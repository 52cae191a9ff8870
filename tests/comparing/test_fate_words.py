"""What befell those whom a number counts, by the words beside it."""

import pytest

from tellings.comparing.fate_words import fate_at, is_elsewhere
from tellings.records import Span


@pytest.mark.parametrize(
    ("text", "number", "fate"),
    [
        ("It hurt four people.", "four", "injured"),
        ("It killed one man, injured four.", "one", "killed"),
        ("Four people, including two children, were shot.", "Four", "shot"),
        ("Four people, including two children, were shot.", "two", None),
        ("Three men were found with gunshot wounds.", "Three", "shot"),
        ("One of three people was killed.", "three", None),
        ("Four boats sank.", "Four", None),
    ],
)
def test_a_number_has_the_fate_of_the_words_beside_it(text, number, fate):
    start = text.index(number)
    assert fate_at(text, Span(start, start + len(number))) == fate


@pytest.mark.parametrize(
    ("sentence", "lead", "elsewhere"),
    [
        ("Nine people have been killed so far this year.", True, True),
        ("Two were killed in a separate shooting on Elm Street.", False, True),
        ("Two were killed in a separate shooting on Elm Street.", True, False),
        ("It came a week after another deadly shooting.", False, True),
        ("Two were killed on Elm Street.", False, False),
    ],
)
def test_a_sentence_may_tell_of_other_incidents(sentence, lead, elsewhere):
    assert is_elsewhere(sentence, lead=lead) is elsewhere
