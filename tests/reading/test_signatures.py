"""Quotations signed with a dash."""

import pytest

from tellings.reading.layout import layout
from tellings.reading.signatures import signed
from tellings.records import Attribution, Span


def sources(text, found=()):
    return [(text[slice(*a.source[0])], text[slice(*a.content[0])]) for a in signed(layout(text), found)]


@pytest.mark.parametrize(
    ("after", "name"),
    [
        (" ― Anna Lind\n", "Anna Lind"),
        ("\n\n- Robert Berg.\n", "Robert Berg"),
        ("— Maria de la Vell, baker\nMore text.", "Maria de la Vell, baker"),
        (" -- Anna Lind", "Anna Lind"),
    ],
)
def test_the_name_after_the_dash_is_the_source(after, name):
    text = "“We will stay here for good.”" + after
    assert sources(text) == [(name, "“We will stay here for good.”")]


@pytest.mark.parametrize(
    "after",
    [
        " — a motto of the old town.\n",
        " — Lind said so before the vote, and left.\n",
        " Anna Lind\n",
        "",
    ],
)
def test_other_dashes_sign_nothing(after):
    assert sources("“We will stay here for good.”" + after) == []


def test_few_words_and_words_already_given_are_left():
    assert sources("“We stay.” — Anna Lind\n") == []
    text = "“We will stay here for good.” — Anna Lind\n"
    taken = Attribution((), (Span(0, 1),), (Span(0, 29),), "direct", None, None, 1.0)
    assert sources(text, (taken,)) == []


def test_a_signature_stands_beside_a_cue_inside_its_quotation():
    text = "“He said we will stay here for good.” — Anna Lind\n"
    inner = Attribution((Span(1, 3),), (Span(4, 8),), (Span(9, 35),), "direct", None, None, 1.0)
    assert sources(text, (inner,)) == [("Anna Lind", "“He said we will stay here for good.”")]


def test_a_quotation_never_closed_is_not_signed():
    assert sources("“We will stay here for good.\n— Anna Lind\n") == []


def test_a_signature_ends_with_its_line_however_long():
    assert sources("“We will stay here for good.” — " + "Anna " * 30 + "said so.\n") == []
