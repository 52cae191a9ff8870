"""Names on UNER's form."""

from tellings.evaluate import mentions
from tellings.evaluate.corpora import NamedText, uner
from tellings.records import Mention, Span
from tests.evaluate import made
from tests.reading.fakes import HandMadeModel

TEXT = NamedText("n", "Lind of Harbour", ((Span(0, 4), "PER"), (Span(8, 15), "LOC")))


def test_mentions_need_span_and_type():
    ours = (Mention(Span(0, 4), "PER", 1.0, 0), Mention(Span(8, 15), "ORG", 1.0, 1))
    scores = mentions.evaluate([(TEXT, ours)])
    assert (scores["all"].value, scores["PER"].value, scores["span alone"].value) == (0.5, 1.0, 1.0)


def test_phrases_and_pronouns_are_no_names():
    ours = (Mention(Span(0, 4), "PER", 1.0, 0), Mention(Span(5, 7), "PER", 1.0, 1, "nominal"))
    assert mentions.evaluate([(TEXT, ours)])["all"].precision == 1.0
    lost = (Mention(Span(0, 4), "PER", 1.0, 0, "pronoun"),)
    assert mentions.evaluate([(TEXT, lost)])["all"].recall == 0.0


def test_sentences_of_one_document_are_read_together(tmp_path):
    one, other = uner(made.write(tmp_path, "ner/uner_english_ewt_dev.jsonl"))
    assert (one.id, one.text) == ("uner-a", "Ana Lind left.\nShe saw Harbour.")
    assert [(one.text[s.start : s.end], kind) for s, kind in one.names] == [("Ana Lind", "PER"), ("Harbour", "LOC")]
    assert other.names == ()


def test_the_corpus_is_measured_as_it_lies(tmp_path):
    made.write(tmp_path, "ner/uner_english_ewt_dev.jsonl")
    scores = mentions.measure(
        tmp_path, HandMadeModel(names={"Harbour": "LOC", "Ana Lind": "PER", "left": "PER"})
    ).scores
    assert (scores["LOC"].value, scores["LOC"].count, scores["all"].count) == (1.0, 1, 2)
    assert (scores["PER"].precision, scores["PER"].recall) == (0.5, 1.0)  # "left" is no name
