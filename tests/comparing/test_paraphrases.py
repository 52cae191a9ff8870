"""Quotations beside what tells them in other words."""

from tellings.comparing.claims import Made
from tellings.comparing.paraphrases import paraphrases
from tellings.comparing.quotes import quotes
from tellings.comparing.table import build, in_order
from tellings.records import Claim, Quote, Relation, RelationKind
from tests.comparing.accounts import reading

QUOTED = "It rained. “Nobody warned the old council about the beams,” Ada Finch said."
TOLD = "Ada Finch said that the council had no warning of the beams."


def found(one: str, other: str, kind: RelationKind = "agree") -> tuple[Quote, ...]:
    """The paraphrases of two accounts whose last statements make one claim."""
    table = build(in_order([reading("a", one), reading("b", other)]))
    rows = (int(table.first[1]) - 1, int(table.first[2]) - 1)
    claim = Claim("c", "agreed", 0.9, (), (Relation(0, 1, kind, 0.9, ()),), ())
    return paraphrases(table, [Made(claim, rows)], quotes(table))


def test_a_quotation_and_what_tells_it_in_other_words():
    (quote,) = found(QUOTED, TOLD)
    assert (quote.kind, quote.speaker, quote.changes) == ("paraphrased", "Ada Finch", ())
    assert [(one.account, one.marked) for one in quote.appearances] == [("a", True), ("b", False)]
    assert quote.appearances[1].text == TOLD


def test_whichever_account_comes_first():
    (quote,) = found(TOLD, QUOTED)
    assert [(one.account, one.marked) for one in quote.appearances] == [("b", True), ("a", False)]


def test_another_speaker_or_another_telling_is_none():
    assert found(QUOTED, TOLD.replace("Ada Finch", "Bo Holt")) == ()
    assert found(QUOTED, TOLD, "conflict") == ()
    assert found(QUOTED, "The council had no warning of the beams.") == ()


def test_two_quotations_are_none_nor_the_same_words_without_marks():
    assert found(QUOTED, "“The council had no warning,” Ada Finch said.") == ()
    assert found(QUOTED, "Ada Finch said nobody warned the old council about the beams.") == ()
