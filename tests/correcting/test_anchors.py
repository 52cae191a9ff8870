import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.correcting.anchors import anchor_of, fits, found_again, text_hash
from tellings.errors import SpanError
from tellings.records import Span

TEXT = "The ferry sank. Nobody was hurt, the harbour master said. The ferry was old."


def of(words: str, text: str = TEXT):
    start = text.index(words)
    return anchor_of(text, Span(start, start + len(words)))


def test_an_anchor_holds_the_words_and_those_around():
    one = of("Nobody was hurt")
    assert (one.exact, one.prefix, one.suffix) == (
        "Nobody was hurt",
        "The ferry sank. ",
        ", the harbour master said. The f",
    )
    assert one.sha256 == text_hash(TEXT)
    assert fits(one, TEXT)


def test_it_is_found_again_where_the_words_moved():
    later = "Updated at noon. " * 9 + TEXT
    again = found_again(of("Nobody was hurt"), later, text_hash(later))
    assert again is not None
    assert later[again.start : again.end] == "Nobody was hurt"
    assert again.sha256 == text_hash(later)


@pytest.mark.parametrize(
    "later",
    [
        TEXT.replace("hurt", "harmed"),
        TEXT.replace("harbour master", "captain"),
        TEXT + " " + TEXT,
    ],
)
def test_it_never_drifts_to_other_words_other_surroundings_or_one_of_two_places(later: str):
    assert found_again(of("Nobody was hurt"), later, text_hash(later)) is None


def test_an_anchor_without_words_is_found_nowhere():
    from dataclasses import replace

    bare = replace(of("Nobody"), exact="", prefix="", suffix="")
    assert fits(bare, TEXT)
    assert found_again(bare, TEXT, text_hash(TEXT)) is None


@pytest.mark.parametrize("span", [(0, 0), (3, 2), (-1, 4), (0, len(TEXT) + 1)])
def test_a_span_that_is_not_there_is_refused(span: tuple[int, int]):
    with pytest.raises(SpanError, match="has no span"):
        anchor_of(TEXT, Span(*span))


@given(st.text(min_size=1, max_size=80), st.data())
def test_spans_round_trip(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    one = anchor_of(text, Span(start, end))
    assert fits(one, text)
    assert text[one.start : one.end] == one.exact
    added = data.draw(st.text(max_size=20))
    again = found_again(one, added + text, text_hash(added + text))
    if again is not None:
        assert (added + text)[again.start : again.end] == one.exact
