"""A whole reading, by a model made by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.ingest import account_from_text
from tellings.reading import read
from tests.reading.fakes import HandMadeModel

STORY = (
    "Roof falls in\n\n"
    "The roof of the market hall fell in on Friday. Lind said: “Nine people were not hurt.”\n\n"
    "“It was old,” Lind said, “and it may fall again.” The hall is closed."
)
NAMES = {"Lind": "PER"}


@pytest.fixture
def reading():
    return next(read([account_from_text(STORY)], model=HandMadeModel(NAMES)))


def texts(spans):
    return [STORY[start:end] for start, end in spans]


def test_mentions_of_one_name_share_an_entity(reading):
    assert texts(m.span for m in reading.mentions) == ["Lind", "Lind"]
    assert [m.entity for m in reading.mentions] == [0, 0]
    assert [(e.type, e.mentions) for e in reading.entities] == [("PER", (0, 1))]


def test_an_attribution_links_cue_source_and_content_also_a_discontinuous_one(reading):
    first, second = reading.attributions
    assert (texts(first.source), texts(first.cue)) == (["Lind"], ["said"])
    assert texts(first.content) == ["Nine people were not hurt."]
    assert texts(second.content) == ["It was old", "and it may fall again."]
    assert second.manner == "direct"
    assert (second.source_type, second.entity) == ("named person", 0)


def test_statements_are_cut_where_the_voice_changes(reading):
    told = [(STORY[s.span.start : s.span.end], s.voice) for s in reading.statements]
    assert ("Nine people were not hurt.", (0,)) in told
    assert ("It was old", (1,)) in told
    assert ("The roof of the market hall fell in on Friday.", ()) in told
    assert not any(words.strip("”“ ,").startswith("Lind said") for words, _ in told)


def test_a_statement_knows_its_polarity_certainty_figures_and_marks(reading):
    by_words = {STORY[s.span.start : s.span.end]: s for s in reading.statements}
    hurt, again = by_words["Nine people were not hurt."], by_words["and it may fall again."]
    assert (hurt.polarity, hurt.quoted) == ("negated", True)
    assert [reading.figures[i].low for i in hurt.figures] == [9]
    assert again.certainty == "hedged"
    assert by_words["The hall is closed."].quoted is False


def test_every_statement_has_a_unit_vector(reading):
    assert reading.vectors.shape[0] == len(reading.statements)
    assert np.allclose(np.linalg.norm(reading.vectors, axis=1), 1, atol=1e-5)


def test_a_statement_never_crosses_a_sentence(reading):
    for statement in reading.statements:
        sentence = reading.sentences[statement.sentence]
        assert sentence.start <= statement.span.start <= statement.span.end <= sentence.end


def test_an_account_reads_the_same_alone_and_amid_others():
    model = HandMadeModel(NAMES)
    other = account_from_text("Lind denied it. “Nothing fell,” she said.")
    alone = next(read([account_from_text(STORY)], model=model))
    amid = list(read([other, account_from_text(STORY), other], model=model))[1]
    assert alone == amid
    assert np.array_equal(alone.vectors, amid.vectors)


def spans_of(reading):
    yield from reading.sentences
    yield from reading.quotations
    for layer in (reading.mentions, reading.figures, reading.statements):
        yield from (item.span for item in layer)
    for attribution in reading.attributions:
        yield from (*attribution.source, *attribution.cue, *attribution.content)


WORDS = ["Lind", "said", "“it fell.”", "told", "nine", "men\n", "«so»", '"so"', "🚨", "\u200b", "Ж."]


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_every_span_of_a_reading_lies_in_its_text(words):
    text = " ".join(["It", *words])
    reading = next(read([account_from_text(text)], model=HandMadeModel(NAMES)))
    for start, end in spans_of(reading):
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()
    for number, attribution in enumerate(reading.attributions):
        assert attribution.parent != number
