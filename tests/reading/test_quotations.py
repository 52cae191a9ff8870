"""Where quotation marks open and close, whichever marks an account uses and however it sets them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.reading.quotations import LONGEST_SINGLE, quotations

MARKS = "aB .,\"“”„‟‘’'«»\n!?—(é\u200b🚨1"
TEXTS = st.text(alphabet=st.sampled_from(MARKS), max_size=300) | st.text(max_size=200)


def quoted(text):
    return [text[start:end] for start, end in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no” twice.", ["no"]),
        ('She said "no," then "yes."', ["no,", "yes."]),
        ("«Oui», „Ja“ and “yes”", ["Oui", "Ja", "yes"]),
        ("»Nein«, sagte er, »nie«.", ["Nein", "nie"]),
        ("„Nie”, powiedział. „Tak”.", ["Nie", "Tak"]),
        ("”So it is,” she said, ”or so”.", ["So it is,", "or so"]),
        ("“It fell“ he said, “today“.", ["It fell", "today"]),
        ('“It fell," he said. "Today.”', ["It fell,", "Today."]),
        ("“He called it “a farce” again,” she said.", ["He called it “a farce” again,"]),
        ('A 6\' 2" man said "hello" to her.', ["hello"]),
        ("(“so it was”)", ["so it was"]),
        ("It was—“so to say”—wet.", ["so to say"]),
        ("No marks at all, it's plain.", []),
        ("“” and «»", []),
    ],
)
def test_quotations_are_found_by_their_marks(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“One paragraph.\n\n“And the next.” The end.", ["One paragraph.", "And the next."]),
        ("“Never closed.\nAnother line.", ["Never closed."]),
        ('"Never closed, she said.\n"So it goes," he said.', ["Never closed, she said.", "So it goes,"]),
        ("A stray ” mark and a stray »one.", ["one."]),
    ],
)
def test_a_quotation_ends_with_its_paragraph_at_the_latest(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘It fell,’ she said. ‘It won’t stand.’", ["It fell,", "It won’t stand."]),
        ("‘The dogs’ bowl is empty,’ he said.", ["The dogs’ bowl is empty,"]),
        ("The ‘crazy systems’ of the ‘hall’", ["crazy systems", "hall"]),
        ("“He called it ‘a farce’ again.”", ["He called it ‘a farce’ again."]),
        ("In the ‘90s the boats’ owners left.", []),
        ("Lind’s boat isn’t the owners’ own.", []),
        ("A mark ‘never closed", []),
        (f"A mark ‘{'far ' * LONGEST_SINGLE}from its end’", []),
    ],
)
def test_single_curly_marks_quote_where_they_are_no_apostrophes(text, expected):
    assert quoted(text) == expected


@given(TEXTS)
def test_quotations_are_in_order_apart_and_inside_one_paragraph(text):
    found = quotations(text)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(text[start:end].strip() and "\n" not in text[start:end] for start, end in found)
    assert all(text[start - 1] in '"“”„‟«»‘' for start, _ in found)
