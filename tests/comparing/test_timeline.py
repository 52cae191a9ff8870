"""When what claims tell happened, by the dates in their statements."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tellings.comparing import compare
from tellings.comparing.relations import STRENGTH, relation
from tellings.comparing.table import build, in_order
from tellings.comparing.timeline import is_day, own_date
from tellings.records import Span, Time, Word
from tellings.show.contract import check
from tests.comparing.accounts import reading

WIRE = (
    "The footbridge at Marrow Ford collapsed on Monday night. Repairs took three days. "
    "The council met every Tuesday about the old beams. The council will vote on repairs next month. "
    "The footbridge was built in 1931."
)
LOCAL = "The footbridge at Marrow Ford collapsed at 9 p.m. on Monday. It opened again on Thursday morning."


@pytest.fixture
def told():
    return compare([reading("wire", WIRE, published="2030-05-03"), reading("local", LOCAL, published="2030-05-04")])


def test_dates_stand_in_order_with_the_words_they_rest_on(told):
    assert [(entry.account, entry.text, entry.value, entry.until) for entry in told.timeline] == [
        ("wire", "1931", "1931-01-01", "1931-12-31"),
        ("local", "9 p.m. on Monday", "2030-04-29T21:00", None),
        ("wire", "Monday night", "2030-04-29", None),
        ("local", "Thursday morning", "2030-05-02", None),
        ("wire", "next month", "2030-06-01", "2030-06-30"),
    ]


def test_every_entry_belongs_to_a_claim_that_has_its_statement(told):
    claims = {claim.id: claim for claim in told.claims}
    for entry in told.timeline:
        places = [(one.account, one.start, one.end) for one in claims[entry.claim].appearances]
        assert any(name == entry.account and start <= entry.start < end for name, start, end in places)
    assert all(a.value[:10] <= b.value[:10] for a, b in pairwise(told.timeline))


def test_the_comparison_says_that_it_has_a_timeline_and_holds_the_contract(told):
    assert "timeline" in told.manifest.layers
    check(told)
    assert "2030-06" in told.to_html()


def test_what_is_reckoned_from_a_publication_that_is_not_known_has_no_entry():
    told = compare([reading("wire", WIRE), reading("local", LOCAL)])
    assert [entry.text for entry in told.timeline] == ["1931"]


def test_the_most_exact_date_of_a_statement_is_its_own():
    one = reading("a", "In 2021 the hall closed on March 3, 2021 and not before March 5, 2021.")
    assert own_date(one, one.statements[0]).first == "2021-03-03"


def test_a_statement_without_a_date_has_none():
    one = reading("a", "The hall closed after three days.")
    assert own_date(one, one.statements[0]) is None


@pytest.mark.parametrize(("relation_", "own"), [("compound", False), ("nmod:poss", False), ("obl", True)])
def test_a_date_before_a_noun_is_the_nouns(relation_, own):
    one = reading("a", "The 2016 vote split them.")
    words = tuple(
        Word(Span(*span), "X", head, name)
        for span, head, name in (
            ((0, 3), 2, "det"),
            ((4, 8), 2, relation_),
            ((9, 13), 3, "nsubj"),
            ((14, 19), None, "root"),
        )
    )
    assert (own_date(replace(one, words=words), one.statements[0]) is not None) is own


def evidence(one, other, days=("2030-05-03", "2030-05-04"), kind="conflict"):
    """The relation of the first statements of two accounts, where the scorer is sure of a kind, and what shows it."""
    table = build(in_order([reading("a", one, published=days[0]), reading("b", other, published=days[1])]))
    found = relation(table, 0, 1, 0.9, dict.fromkeys(STRENGTH, 0.02) | {kind: 0.92})
    return found.kind, [excerpt.text for excerpt in found.why]


def test_two_days_that_exclude_each_other_conflict():
    assert evidence("The hall closed on Monday.", "The hall closed on April 30.") == (
        "conflict",
        ["Monday", "April 30"],
    )
    assert evidence("The hall closed on Monday.", "The hall closed on Tuesday.")[0] == "conflict"
    assert evidence("The hall closed on May 2, 2029.", "The hall closed on May 2, 2030.", kind="differ")[0] == "differ"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The hall closed on Monday.", "The hall closed on April 29."),  # the same day
        ("The hall closed on Monday.", "The hall closed last week."),  # one is not exact to the day
        ("The hall closed yesterday.", "The hall closed yesterday."),  # nothing to show
        ("The hall closed in three days.", "The hall closed on Monday."),  # no date
    ],
)
def test_days_that_can_be_one_are_no_ground(one, other):
    assert evidence(one, other)[0] != "conflict"


def test_a_week_is_no_day():
    assert is_day(Time(Span(0, 1), "date", "2030-05-01", "2030-05-01", "2030-05-01"))
    assert not is_day(Time(Span(0, 1), "date", "2030-W18", "2030-04-29", "2030-05-05"))
    assert not is_day(Time(Span(0, 1), "duration", "P1D"))


def test_on_one_day_they_stand_by_the_time_of_day():
    text = "The gate fell on Monday night. The mill shut on Monday morning. The ford rose at 1 p.m. on Monday."
    told = compare([reading("wire", text, published="2030-05-03")])
    assert [entry.text for entry in told.timeline] == ["Monday morning", "1 p.m. on Monday", "Monday night"]
