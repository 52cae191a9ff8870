"""Attribution on PolNeAR's form: what counts as found."""

from dataclasses import replace

from tellings.evaluate import attribution
from tellings.evaluate.corpora import AttributionText, GoldAttribution, polnear
from tests.evaluate import made
from tests.reading.fakes import HandMadeModel

TEXT = "Lind said the hall burned. Nobody was hurt, police said."


def gold(source, cue, content):
    return GoldAttribution(*[(made.span(TEXT, words),) if words else () for words in (source, cue, content)])


def found(source, cue, content, **more):
    return made.attribution(TEXT, source, cue, content, **more)


ARTICLE = AttributionText(
    "a", True, TEXT, (gold("Lind", "said the", "hall burned"), gold("police", "said.", "Nobody was hurt"))
)


def test_all_annotated_attributions_found_score_one():
    same = (found("Lind", "said the", "hall burned"), found("police", "said.", "Nobody was hurt"))
    assert {name: s.value for name, s in attribution.evaluate([(ARTICLE, same)]).items()} == dict.fromkeys(
        ("source", "cue", "content", "content found", "whole"), 1.0
    )


def test_another_source_is_content_found_but_not_whole():
    scores = attribution.evaluate([(ARTICLE, (found("police", "said the", "hall burned"),))])
    assert (scores["content found"].recall, scores["whole"].recall) == (0.5, 0.0)


def test_a_missing_source_agrees_with_a_missing_source_only():
    article = replace(ARTICLE, attributions=(gold("", "said the", "hall burned"),))
    assert attribution.evaluate([(article, (found("", "said the", "hall burned"),))])["whole"].value == 1.0
    assert attribution.evaluate([(article, (found("Lind", "said the", "hall burned"),))])["whole"].value == 0.0


def test_a_content_under_half_alike_is_not_found():
    scores = attribution.evaluate(
        [(ARTICLE, (found("Lind", "said the", "the hall burned. Nobody was hurt, police said."),))]
    )
    assert scores["content found"].value == 0.0


def test_an_attribution_inside_anothers_content_does_not_count():
    outer = found("Lind", "said the", "hall burned")
    inner = found("police", "said.", "burned", parent=0)
    with_inner, without = (attribution.evaluate([(ARTICLE, f)]) for f in ((outer, inner), (outer,)))
    assert with_inner == without
    assert with_inner["whole"].precision == 1.0


def test_only_the_first_annotator_of_an_article_is_measured(tmp_path):
    made.write(tmp_path, "polnear/dev.jsonl")
    measured = attribution.measure(tmp_path, HandMadeModel(names={"Lind": "PER"}))
    assert measured.corpus.startswith("PolNeAR dev, first annotator (")
    assert measured.scores["whole"].count == 2
    # the hand-made model finds quoted content in its cue's sentence, and so one of the two
    assert (measured.scores["cue"].precision, measured.scores["cue"].recall) == (1.0, 0.5)
    assert 0 < measured.scores["content"].value < 1
    assert measured.wanted["whole"] == 0.77


def test_articles_are_read_as_they_lie(tmp_path):
    first, other = polnear(made.write(tmp_path, "polnear/dev.jsonl"))
    assert [first.text[s.start : s.end] for a in first.attributions for s in a.content] == [
        "the hall burned",
        '"Nobody was hurt,"',
    ]
    assert (first.first, other.first) == (True, False)
