"""Attributions inside others' contents: which relations are nested, and what finds one."""

import pytest

from tellings.evaluate import nested
from tellings.evaluate.corpora import GoldRelation, RelationText, gum_relations
from tellings.records import Span
from tests.evaluate import made
from tests.reading.fakes import HandMadeModel

TEXT = made.RELATIONS[0]["text"]
OUTER = made.attribution(TEXT, "Police", "say", "Lind told them that the hall burned")
INNER = made.attribution(TEXT, "Lind", "told", "the hall burned", parent=0)


@pytest.fixture
def article(tmp_path):
    return next(gum_relations(made.write(tmp_path, "gum/rst_attribution_dev.jsonl")))


def recalls(article, *found):
    scores = nested.evaluate([(("dev",), article, found)])
    return [scores[f"dev: {name}"].value for name in nested.MEASURES]


def test_a_relation_is_nested_where_its_satellite_lies_in_anothers_nucleus(article):
    assert [is_nested for _, is_nested in nested.nested(article.relations)] == [False, True]


def test_a_relation_is_not_nested_in_itself():
    """`"It burned", he said, "and fell"`: the nucleus runs on around its own satellite."""
    alone = GoldRelation((Span(11, 19),), (Span(0, 34),))
    assert nested.nested((alone,)) == [(alone, False)]


def test_both_found_with_the_inner_one_placed_in_the_outer(article):
    assert recalls(article, OUTER, INNER) == [1.0, 1.0, 1.0]


def test_a_nested_one_without_its_parent_is_found_all_the_same(article):
    alone = made.attribution(TEXT, "Lind", "told", "the hall burned")
    assert recalls(article, OUTER, alone) == [1.0, 0.0, 1.0]
    assert recalls(article, OUTER) == [0.0, 0.0, 0.5]


def test_the_cue_or_source_must_touch_the_satellite(article):
    assert recalls(article, made.attribution(TEXT, "Police", "say", "the hall burned"))[0] == 0.0
    assert recalls(article, made.attribution(TEXT, "", "told", "the hall burned"))[0] == 1.0


def test_the_content_must_be_half_alike(article):
    assert recalls(article, made.attribution(TEXT, "Lind", "told", "that"))[0] == 0.0


def test_of_a_long_nucleus_a_part_is_enough():
    said = "the hall burned and nobody came " * 12
    text = f"Lind said {said}"
    article = RelationText("a", "news", text, (GoldRelation((Span(0, 9),), (Span(10, len(text)),)),))
    part, beside = made.attribution(text, "Lind", "said", said[:60]), made.attribution(text, "Lind", "said", text[:14])
    assert recalls(article, part)[2] == 1.0
    assert recalls(article, beside)[2] == 0.0  # "Lind said the": two of three tokens are not in the nucleus


def test_a_byline_over_a_whole_text_is_no_attribution_and_nests_nothing():
    text = "By Ana Lind. " + "She says it burned. " * 100
    whole = GoldRelation((Span(0, 12),), (Span(13, len(text)),))
    inner = GoldRelation((Span(13, 21),), (Span(22, 31),))
    assert nested.nested((whole, inner)) == [(inner, False)]


def test_genres_and_the_train_part_are_told_apart(tmp_path):
    for part in ("dev", "train"):
        made.write(tmp_path, f"gum/rst_attribution_{part}.jsonl")
    scores = nested.measure(tmp_path, HandMadeModel()).scores
    assert {name: s.count for name, s in scores.items() if name.endswith("all relations")} == {
        "news+interview: all relations": 2,
        "all genres: all relations": 3,
        f"{nested.TRAINED}: all relations": 2,
    }
