"""Tables as CSV."""

import csv
import io

import pytest

from tellings.comparing import compare
from tellings.show.csv import TABLES, render_csv, safe
from tests.comparing.accounts import reading

FIRST = "The gate was open on Monday. “Nobody warned the old council about the beams,” Ada Finch said."
SECOND = "Ada Finch said “nobody warned the old council about the beams.” The gate was shut on Monday."


@pytest.fixture(scope="module")
def comparison():
    return compare([reading("a", FIRST), reading("b", SECOND)])


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_sources_with_their_verbs(comparison):
    found = rows(render_csv(comparison, "sources"))
    assert {(row["account"], row["source"], row["verbs"], row["neutral"]) for row in found} == {
        ("a", "Ada Finch", "said (1)", "1"),
        ("b", "Ada Finch", "said (1)", "1"),
    }
    assert len({row["id"] for row in found}) == 1


def test_every_version_of_a_quotation_is_a_row(comparison):
    found = rows(render_csv(comparison, "quotes"))
    assert [(row["quote"], row["account"], row["shown by"]) for row in found] == [
        ("1", "a", "marks"),
        ("1", "b", "marks"),
    ]
    assert all((FIRST, SECOND)["ab".index(r["account"])][int(r["start"]) : int(r["end"])] == r["text"] for r in found)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_as_long_as_the_heads(comparison, name):
    table = list(csv.reader(io.StringIO(render_csv(comparison, name), newline="")))
    assert {len(row) for row in table} == {len(TABLES[name][0])}


def test_words_never_become_a_formula():
    assert safe(("=1+1", "said", -3)) == ["'=1+1", "said", -3]
