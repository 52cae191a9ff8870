"""Direct quotations and their speakers."""

from dataclasses import replace

import pytest

from tellings.evaluate import quotes
from tellings.evaluate.corpora import polnear
from tellings.reading.quotations import quotations as between_marks
from tests.evaluate import made
from tests.reading.fakes import HandMadeModel

TEXT = made.POLNEAR[0]["text"]
MENTIONS = [("Lind", "name", "PER", 0, 0), ("the hall", "nominal", "LOC", 1, 0), ("she", "pronoun", "PER", 0, 0)]


@pytest.fixture
def article(tmp_path):
    return next(polnear(made.write(tmp_path, "polnear/dev.jsonl")))


def shares(article, *found):
    read = made.reading(TEXT, quotations=between_marks(TEXT), mentions=MENTIONS, attributions=found)
    return {name: s.value for name, s in quotes.evaluate([(article, read)]).items()}


def test_only_quoted_content_with_a_source_is_a_quotation(article):
    (quoted,) = quotes.quotations(article, between_marks(TEXT))
    assert TEXT[quoted.content[0].start : quoted.content[0].end] == '"Nobody was hurt,"'
    nobodys = replace(article, attributions=tuple(replace(a, source=()) for a in article.attributions))
    assert list(quotes.quotations(nobodys, between_marks(TEXT))) == []


def test_marks_that_were_not_seen_count_by_the_ends_of_the_content():
    text = "‘Nobody was hurt,’ Lind said. She ran."
    whole = made.attribution(text, "Lind", "said", "‘Nobody was hurt,’")
    own = made.attribution(text, "Lind", "said", "She ran")
    article = polnear_text(text, whole, own)
    assert [a.content for a in quotes.quotations(article, ())] == [whole.content]


def polnear_text(text, *attributions):
    from tellings.evaluate.corpora import AttributionText, GoldAttribution

    return AttributionText("a", True, text, tuple(GoldAttribution(a.source, a.cue, a.content) for a in attributions))


def test_an_overlapping_source_is_the_right_speaker(article):
    right = made.attribution(TEXT, "she", "said", "Nobody was hurt")
    assert shares(article, right) == {"right speaker": 1.0, "overlapping source": 1.0, "found": 1.0}


def test_another_name_of_the_same_entity_is_the_right_speaker(article):
    right = made.attribution(TEXT, "Lind", "said", "Nobody was hurt", entity=0)
    assert shares(article, right) == {"right speaker": 1.0, "overlapping source": 0.0, "found": 1.0}


def test_another_entity_or_none_is_the_wrong_speaker(article):
    wrong = made.attribution(TEXT, "the hall", "said", "Nobody was hurt", entity=1)
    unknown = made.attribution(TEXT, "Lind", "said", "Nobody was hurt")
    for found in (wrong, unknown):
        assert shares(article, found) == {"right speaker": 0.0, "overlapping source": 0.0, "found": 1.0}


def test_a_speaker_of_other_words_is_none_of_the_quotation(article):
    assert shares(article, made.attribution(TEXT, "she", "said", "the hall burned"))["found"] == 0.0
    assert shares(article)["right speaker"] == 0.0


def test_the_corpus_is_measured_as_it_lies(tmp_path):
    made.write(tmp_path, "polnear/dev.jsonl")
    measured = quotes.measure(tmp_path, HandMadeModel())
    assert measured.scores["found"].count == 1
    assert measured.scores["right speaker"].precision is None
