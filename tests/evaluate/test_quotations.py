"""Shared quotations against the gold."""

from tellings.evaluate.quotations import Collated, collated, evaluate
from tellings.evaluate.stories import GoldQuote, GoldStory, Telling
from tellings.records import Span
from tests.comparing.accounts import reading

TEXTS = (
    "“Nobody warned the old council about the beams,” Ada Finch said. It rained.",
    "Ada Finch said “nobody warned the old council.” It rained all day.",
    "Nobody told anybody. It rained.",
)


def story(*quotes: GoldQuote) -> tuple[GoldStory, list]:
    readings = [reading(name, text) for name, text in zip("abc", TEXTS, strict=True)]
    tellings = tuple(
        Telling(letter, one.account, (Span(0, 0), *one.sentences)) for letter, one in zip("ABC", readings, strict=True)
    )
    return GoldStory("basil/b00", tellings, (), quotes, ()), readings


def test_a_quotation_is_found_with_its_kind_or_missed():
    found = list(
        collated(
            *story(
                GoldQuote((("A", 1), ("B", 1)), "clipped"),
                GoldQuote((("A", 1), ("B", 1)), "identical"),
                GoldQuote((("A", 1), ("C", 1)), "altered"),
            )
        )
    )
    assert [(one.gold, one.ours) for one in found] == [
        ("clipped", "clipped"),
        ("identical", "clipped"),
        ("altered", None),
    ]
    scores = evaluate(found)
    assert (scores["found"].value, scores["kind, of those found"].value) == (0.6667, 0.5)


def test_nothing_labelled_scores_nothing():
    assert evaluate([])["found"].value == 0
    assert evaluate([Collated("identical", None)])["kind, of those found"].value == 0
