"""Two versions of an utterance laid over each other."""

import pytest

from tellings.comparing.spoken import Piece, heard
from tellings.comparing.versions import kind, reordered, strongest
from tellings.comparing.words import words
from tellings.records import Span


def piece(text: str) -> Piece:
    found = words(text)
    return Piece(0, Span(0, len(text)), found, tuple(heard(text, found)), None, False, "marks", None)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("We saw the crane fall", "we saw the crane fall.", "identical"),
        ("It was a sign of goodwill", "It was a sign of good will", "identical"),
        ("The U.N. will not move", "The UN won't move", "identical"),
        ("We saw the crane fall at noon", "the crane fall at noon", "clipped"),
        ("We saw the old crane fall", "We saw the ... crane fall", "clipped"),
        ("Then we saw the crane fall", "we saw the crane fall over", "clipped"),
        ("He told the crew to leave", "He told [his men] to leave", "clipped"),
        ("We saw the old crane fall", "We saw the crane fall", "altered"),
        ("We saw the crane fall", "We saw the crane drop", "altered"),
        ("We saw the crane fall, and ran", "We saw the crane fall … Then it rained", "clipped"),
    ],
)
def test_how_two_versions_differ(one: str, other: str, expected: str):
    assert kind(piece(one), piece(other), (one, other)) == expected
    assert kind(piece(other), piece(one), (other, one)) == expected


def test_the_strongest_difference_of_several():
    texts = ["We saw the crane fall at noon", "We saw the crane fall", "We saw the crane drop at noon"]
    assert strongest([(piece(text), text) for text in texts]) == "altered"
    assert strongest([(piece(text), text) for text in texts[:2]]) == "clipped"
    assert strongest([(piece(texts[0]), texts[0])]) == "identical"


def test_a_run_that_stands_elsewhere_is_reordered():
    one = "at noon on Monday we saw the old crane fall down"
    assert reordered(piece(one), piece("we saw the old crane fall down at noon on Monday"))
    assert not reordered(piece(one), piece("we saw the old crane fall"))
