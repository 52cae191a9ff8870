import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.correcting.anchors import anchor_of
from tellings.correcting.lines import from_lines, to_lines
from tellings.correcting.making import make
from tellings.correcting.records import Correction
from tellings.errors import InputError
from tellings.records import Span
from tests.correcting.made import says

TEXT = "The ferry sank. Nobody was hurt, the harbour master said."
AT, OTHER = anchor_of(TEXT, Span(16, 31)), anchor_of(TEXT, Span(33, 51))
ONE = says(1, "speaker", AT, OTHER, note="he says so at the end")


def line(**changes: object) -> str:
    said = {"kind": "speaker", "at": {"sha256": AT.sha256, "start": 16, "end": 31}, "author": "Ines",
            "made": "2030-05-01T00:00:00Z", "value": "own voice"} | changes  # fmt: skip
    return json.dumps({name: value for name, value in said.items() if value is not None})


def only(text: str) -> Correction | InputError:
    (found,) = from_lines([text], "made.jsonl")
    return found


def test_what_is_written_is_read_back():
    gone = says(2, "same claim", AT, OTHER, withdrawn="2030-05-02T00:00:00Z")
    assert list(from_lines(to_lines([ONE, gone]), "made.jsonl")) == [ONE, gone]


def test_a_line_written_by_hand_needs_neither_key_nor_words():
    found = only(line())
    assert isinstance(found, Correction)
    assert found.key.startswith("k-")
    assert found == only(line(key=found.key))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "is no correction"),
        ("[]", "is no correction"),
        ("x" * 1_000_001, "far too long"),
        (line(kind="opinion"), "is no correction"),
        (line(author=" "), "has no author"),
        (line(made="yesterday"), "for a time"),
        (line(at={"sha256": "abc", "start": 0, "end": 3}), "no hash of a text"),
        (line(at={"sha256": AT.sha256, "start": 5, "end": 5}), "has the span 5:5"),
        (line(at={"sha256": AT.sha256, "start": 0, "end": 3, "exact": "four"}), "not as long as its span"),
        (line(value=None), "of one thing alone"),
        (line(kind="relation", value="agree"), "of one thing alone"),
        (line(kind="label", value="none", other={"sha256": AT.sha256, "start": 0, "end": 3}), "give one of the two"),
        (line(kind="same claim", other={"sha256": AT.sha256, "start": 0, "end": 3}), "has none"),
        (line(value="hearsay", other={"sha256": AT.sha256, "start": 0, "end": 3}), "use one of: named person"),
        (line(value=None, other={"sha256": "f" * 64, "start": 0, "end": 3}), "is of two texts"),
        (line(key="k-000000000000"), "was changed after it was made"),
    ],
)
def test_what_is_no_correction_is_an_error_about_its_line(text: str, problem: str):
    found = only(text)
    assert isinstance(found, InputError)
    assert found.about.startswith("made.jsonl, line 1")
    assert problem in str(found)


def test_a_bad_line_stops_no_other():
    found = list(from_lines(["\n", "nonsense\n", *to_lines([ONE])], "made.jsonl"))
    assert [type(one) for one in found] == [InputError, Correction]


@given(st.text(max_size=200))
def test_no_line_whatever_ends_the_reading(text: str):
    for found in from_lines([text], "made.jsonl"):
        assert isinstance(found, InputError | Correction)


def test_either_way_round_is_the_same_correction():
    assert says(1, "same claim", AT, OTHER).key == says(1, "same claim", OTHER, AT).key
    assert says(1, "relation", AT, OTHER, "narrower").key != says(1, "relation", OTHER, AT, "narrower").key


def test_the_key_does_not_hang_on_being_withdrawn():
    made = make("same claim", AT, OTHER, author="Ines", made="2030-05-01T00:00:00Z")
    gone = make("same claim", AT, OTHER, author="Ines", made="2030-05-01T00:00:00Z", withdrawn="2030-05-02T00:00:00Z")
    assert made.key == gone.key
