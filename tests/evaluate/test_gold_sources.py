"""Sources against the gold."""

from tellings.evaluate.sources import Found, Matched, _closeness, evaluate, matched
from tellings.evaluate.stories import GoldSource, GoldStory, Telling
from tellings.records import Span
from tests.comparing.accounts import reading

TEXT = "Ada Finch said it leaks. It rained. The clerk said it stopped. Finch said nobody came."


def labelled(*sources: GoldSource) -> list[Matched]:
    one = reading("a", TEXT)
    story = GoldStory("basil/b00", (Telling("A", one.account, (Span(0, 0), *one.sentences)),), (), (), sources)
    return list(matched(story, [one]))


def test_sources_are_matched_by_name_and_sentences():
    (found,) = labelled(
        GoldSource("A", "Finch", "named person", (1, 4)),
        GoldSource("A", "town clerk", "role only", (3,)),
        GoldSource("A", "unnamed guards", "anonymous", (2,)),
    )
    assert [one.type if one else None for one in found.ours] == ["named person", "role", None]
    scores = evaluate([found])
    assert (scores["found"].value, scores["right type"].value) == (0.6667, 0.6667)
    assert scores["right type, of those found"].value == 1.0
    assert (scores["anonymous"].precision, scores["anonymous"].recall) == (0, 0)


def test_another_name_in_the_same_sentences_stands_for_it_only_if_most_are_shared():
    gold = GoldSource("A", "the caller", "role only", (2, 3))
    assert _closeness(gold, Found("role", frozenset({2, 3}), frozenset({"man"}))) > 0
    assert _closeness(gold, Found("role", frozenset({3, 4, 5}), frozenset({"man"}))) > 0
    assert _closeness(gold, Found("role", frozenset({4, 5}), frozenset({"caller"}))) == 0
