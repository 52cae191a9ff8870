"""Words made safe and short for a line of plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.show.plain import clean, clip, first_of, quoted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\n lines\tand a tab", "two lines and a tab"),
        ("\x1b[31mred", "�[31mred"),
        ("right\u202eleft", "right�left"),
        (
            "\u0646\u0645\u06cc\u200c\u062f\u0627\u0646\u0645",
            "\u0646\u0645\u06cc\u200c\u062f\u0627\u0646\u0645",
        ),
        ("café – “yes”", "café – “yes”"),
    ],
)
def test_controls_are_replaced_and_letters_kept(text: str, shown: str):
    assert clean(text) == shown


def test_words_are_cut_at_a_space():
    assert clip("the harbour was closed", 14) == ("the harbour", True)


def test_words_that_fit_are_whole():
    assert clip("the harbour", 11) == ("the harbour", False)


def test_a_word_longer_than_the_room_is_cut_inside():
    assert clip("x" * 30, 10) == ("x" * 10, True)


def test_our_mark_stands_outside_the_quotation():
    assert quoted("the harbour was closed", 14) == "“the harbour” […]"
    assert quoted("the harbour", 14) == "“the harbour”"


@pytest.mark.parametrize(("count", "shown", "left"), [(2, 2, 0), (3, 3, 0), (4, 4, 0), (5, 3, 2)])
def test_a_list_is_cut_only_when_more_than_one_is_left(count: int, shown: int, left: int):
    items, rest = first_of(range(count), 3)

    assert (len(items), rest) == (shown, left)


@given(st.text(max_size=200), st.integers(1, 100))
def test_what_is_shown_is_always_a_beginning_of_the_cleaned_words(text: str, room: int):
    words, cut = clip(text, room)

    assert clean(text).startswith(words)
    assert cut == (len(words) < len(clean(text)))
    assert len(words) <= room
