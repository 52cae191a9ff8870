"""Words found again in a text that changed: at their place, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.exporting.selectors import CONTEXT, placed, quoted
from tellings.records import Span

TEXT = (
    "The gate at Hollin Lane was shut on Sunday, the council said. Nobody was hurt. "
    "A second gate was shut on Monday. The council said it would look at both of them within the week."
)


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The gate at", "UPDATE. The gate at"),
        ("within the week", "within a month"),
        ("The gate at Hollin Lane", "A gate in a lane"),
    ],
)
def test_words_whose_context_stayed_are_found_where_they_are_now(old: str, new: str):
    changed = TEXT.replace(old, new)
    assert placed(quoted(TEXT, at(TEXT, "Nobody was hurt")), changed) == at(changed, "Nobody was hurt")


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.replace("Nobody was hurt", "Nobody was harmed"),
        TEXT.replace("said. Nobody", "said: nobody"),
        TEXT.replace(" A second", " And a second"),
        TEXT + "\n" + TEXT,
        "",
    ],
)
def test_words_that_changed_or_stand_among_others_or_twice_are_orphans(changed: str):
    assert placed(quoted(TEXT, at(TEXT, "Nobody was hurt")), changed) is None


def test_a_passage_that_stood_twice_is_never_taken_for_the_other():
    twice = f"{TEXT} {TEXT}"
    first = quoted(twice, at(twice, "Nobody was hurt"))

    assert placed(first, twice) == at(twice, "Nobody was hurt")
    assert placed(first, twice[len(TEXT) + 1 :]) is None


def test_the_whole_of_a_short_text_is_no_part_of_a_longer_one():
    one = quoted("12", Span(0, 2))
    assert placed(one, "12") == Span(0, 2)
    assert placed(one, "About 12 of them were seen.") is None


WORDS = st.lists(st.integers(0, 30), min_size=1, max_size=60)


@given(WORDS, st.data())
def test_nothing_drifts(numbers: list[int], data: st.DataObject):
    """Each word's place is followed through edits; what is placed is where it went."""
    words = [f"w{number}" for number in numbers]
    chosen = data.draw(st.integers(0, len(words) - 1))
    text = " ".join(words)
    start = sum(len(word) + 1 for word in words[:chosen])
    one = quoted(text, Span(start, start + len(words[chosen])))
    edited: list[tuple[str, int | None]] = [(word, number) for number, word in enumerate(words)]
    for fresh in range(data.draw(st.integers(0, 4))):
        where = data.draw(st.integers(0, len(edited)))
        edited[where : where + data.draw(st.integers(0, 3))] = [(f"new{fresh}", None)]
    changed = " ".join(word for word, _ in edited)

    found = placed(one, changed)
    if found is not None:
        went = [number for number, (_, old) in enumerate(edited) if old == chosen]
        assert went, "what is gone was found"
        begin = sum(len(word) + 1 for word, _ in edited[: went[0]])
        assert found == Span(begin, begin + len(words[chosen]))


@given(st.text(st.sampled_from("ab "), min_size=1, max_size=200), st.data())
def test_a_text_that_did_not_change_gives_every_span_back(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    one = quoted(text, span)

    assert len(one.prefix) >= min(CONTEXT, start)
    assert placed(one, text) == span
