"""Who a source is: pronouns led back, outlets told to."""

from tellings.reading.layout import layout
from tellings.reading.sources import with_sources
from tellings.records import Attribution, Mention, Span


def at(text, words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def said(text, source, content, *, cue="said", nth=0):
    return Attribution((source,), (at(text, cue, nth),), (at(text, content),), "indirect", None, None, 1.0)


def test_a_pronoun_stands_for_the_last_speaker():
    text = "Ana Lind said it fell. Nobody at the hall that day had seen Bo Berg. She said it was old."
    names = [Mention(at(text, "Ana Lind"), "PER", 1.0, 0), Mention(at(text, "Bo Berg"), "PER", 1.0, 1)]
    found = with_sources(
        layout(text),
        [said(text, at(text, "Ana Lind"), "it fell"), said(text, at(text, "She"), "it was old", nth=1)],
        names,
    )
    assert [(a.entity, a.source_type) for a in found] == [(0, "named person"), (0, "named person")]


def test_a_pronoun_after_a_sentence_about_somebody_stands_for_that_one():
    text = "Ana Lind said it fell. Mayor Bo Berg denied this. It was safe, he said."
    he = text.index("he said")
    names = [Mention(at(text, "Ana Lind"), "PER", 1.0, 0), Mention(at(text, "Bo Berg"), "PER", 1.0, 1)]
    found = with_sources(
        layout(text),
        [said(text, at(text, "Ana Lind"), "it fell"), said(text, Span(he, he + 2), "It was safe", nth=1)],
        names,
    )
    assert [a.entity for a in found] == [0, 1]


def test_a_pronoun_far_from_any_person_stands_for_nobody():
    text = "Ana Lind left. " + "It rained. " * 5 + "She said it fell."
    names = [Mention(at(text, "Ana Lind"), "PER", 1.0, 0)]
    (found,) = with_sources(layout(text), [said(text, at(text, "She"), "it fell")], names)
    assert found.entity is None


def test_an_outlet_told_is_the_way_it_came():
    text = "Two people told the Northern Post it fell."
    outlet = Mention(at(text, "Northern Post"), "ORG", 1.0, 0)
    (found,) = with_sources(layout(text), [said(text, at(text, "Two people"), "it fell", cue="told")], [outlet])
    assert found.via == outlet.span


def test_who_was_told_something_is_no_way_unless_an_outlet():
    text = "Two people told the Harbour Board it fell."
    board = Mention(at(text, "Harbour Board"), "ORG", 1.0, 0)
    (found,) = with_sources(layout(text), [said(text, at(text, "Two people"), "it fell", cue="told")], [board])
    assert found.via is None
