"""Origins and chains against labels of our own."""

from dataclasses import replace

from tellings.comparing.candidates import candidates
from tellings.comparing.table import build, in_order
from tellings.evaluate.claims import Laid
from tellings.evaluate.stories import GoldClaim, GoldStory, Telling
from tellings.evaluate.voices import Labelled, Told, appearances, chains, counted, evaluate
from tellings.records import Attribution, Reading, Span
from tests.comparing.accounts import reading

FIRST = "It rained. Ada Finch said the old gate was open."
SECOND = "The old gate was open. Ada Finch said Bo Holt told her the gate was open."


def nested(found: Reading) -> Reading:
    """The second account with what Holt said inside what Finch said."""
    at = SECOND.index("Bo Holt")
    content = Span(SECOND.index("the gate was"), len(SECOND) - 1)
    inner = Attribution((Span(at, at + 7),), (Span(at + 8, at + 12),), (content,), "indirect", "named person", 0, 1.0)
    return replace(found, attributions=(*found.attributions, inner))


def laid(*members: tuple[str, int]) -> Laid:
    """A story of the two accounts with one claim of some sentences, numbered from 1."""
    readings = [reading("a", FIRST), nested(reading("b", SECOND))]
    tellings = tuple(
        Telling(letter, one.account, (Span(0, 0), *one.sentences)) for letter, one in zip("AB", readings, strict=True)
    )
    table = build(in_order(readings))
    sentences = tuple((("AB"[row.reading], row.record.sentence + 1),) for row in table.rows)
    story = GoldStory("basil/b00", tellings, (GoldClaim(members, "agree", ""),), (), ())
    return Laid(story, table, candidates(table), sentences)


def test_a_claims_sentences_are_told_by_their_nearest_statements():
    one = laid(("A", 2), ("B", 1))
    assert [one.table.text(row) for row in appearances(one, one.story.claims[0].members)] == [
        "Ada Finch said the old gate was open.",
        "The old gate was open.",
    ]


def test_a_claim_is_right_within_its_labelled_range():
    one = laid(("A", 2), ("B", 1))  # Finch, whom the second account names for it a sentence later
    right = [counted(one, Labelled((Told(0, (), *labels),), ())).right for labels in ((2, 2), (1, 2), (1, 1))]
    assert right == [0, 1, 1]


def test_a_claim_of_one_account_is_not_counted():
    assert counted(laid(("B", 1), ("B", 2)), Labelled((Told(0, (), 1, 1),), ())).claims == 0


def test_a_chain_is_found_by_its_content():
    one = laid(("A", 2), ("B", 1))
    ((letter, span),) = chains(one)
    assert (letter, SECOND[span.start : span.end]) == ("B", "the gate was open")
    found = counted(one, Labelled((), (("B", span), ("A", span))))
    assert (found.chains, found.found, found.labelled) == (1, 1, 2)
    scores = evaluate([found])
    assert scores["chains of two or more, recall"].value == 0.5
    assert scores["chains of two or more, precision"].value == 1.0
