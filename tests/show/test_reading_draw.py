"""A reading made into what to draw: every span with its words, and the refusal of what leads nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tellings.errors import SpanError
from tellings.records import Reading, Span
from tellings.show.reading import check_drawn, chosen, draw
from tellings.show.reading.layers import LAYERS, entity_tag, tag
from tellings.show.reading.order import as_nested, most_meant, uses_of

from .readings import BRIDGE, SENTENCES, bridge

OUTSIDE = [Span(-3, 4), Span(0, len(BRIDGE) + 1), Span(5, 4)]


def test_spans_bring_their_words():
    drawn = draw(bridge())

    assert [sentence.text for sentence in drawn.sentences] == list(SENTENCES)
    assert [quotation.text for quotation in drawn.quotations] == ["It was old,", "and nobody looked after it."]
    assert [figure.text for figure in drawn.figures] == ["at least 40 bolts", "12 to 15 centimetres"]
    assert [loaded.text for loaded in drawn.wording] == ["a scandal", "shameful"]
    assert [entity.name.text for entity in drawn.entities][2:4] == ["Edda Kroll", "Post"]


def test_an_attribution_keeps_its_parts_apart():
    told = draw(bridge()).attributions[1]

    assert [part.text for part in told.source] == ["Kroll"]
    assert [part.text for part in told.cue] == ["told"]
    assert [part.text for part in told.content] == ["It was old,", "and nobody looked after it."]
    assert told.via is not None
    assert told.via.text == "Post"


def test_depth_counts_the_tellings_around_one():
    reading = bridge()
    deeper = replace(reading.attributions[5], parent=4)
    drawn = draw(replace(reading, attributions=(*reading.attributions[:5], deeper)))

    assert [one.depth for one in drawn.attributions] == [0, 0, 0, 0, 1, 2]


def test_a_voice_names_its_speakers_as_fully_as_the_account_does():
    drawn = draw(bridge())
    voices = [[step.name.text if step.name else None for step in one.voice] for one in drawn.statements]

    assert voices[:4] == [
        ["Edda Kroll"],
        ["Edda Kroll"],  # the account says "Kroll" there
        ["Edda Kroll", None],
        ["Two people familiar with the work", "the council"],
    ]
    assert drawn.statements[3].voice[1].type == "organisation"


def test_words_know_their_sentence():
    drawn = draw(bridge())

    assert {word.sentence for word in drawn.words} == {1, 3, 7}
    assert [word.text for word in drawn.words if word.sentence == 7] == ["Who", "pays", "?"]


def test_a_word_before_the_first_sentence_has_none():
    reading = bridge()

    assert draw(replace(reading, sentences=reading.sentences[4:], statements=())).words[0].sentence is None


@pytest.mark.parametrize("span", OUTSIDE)
@pytest.mark.parametrize(
    "layer", ["sentences", "quotations", "words", "mentions", "figures", "statements", "wording", "attributions"]
)
def test_a_span_outside_the_text_is_refused_whatever_its_layer(layer: str, span: Span):
    reading = bridge()
    first, *others = getattr(reading, layer)
    if layer in {"sentences", "quotations"}:
        first = span
    elif layer == "attributions":
        first = replace(first, content=(span,))
    else:
        first = replace(first, span=span)

    with pytest.raises(SpanError, match=r"^bridge\.txt: "):
        draw(replace(reading, **{layer: (first, *others)}))


@pytest.mark.parametrize("span", OUTSIDE)
def test_a_span_inside_a_statement_or_an_attribution_is_checked_too(span: Span):
    reading = bridge()
    statement, attribution = reading.statements[0], reading.attributions[0]
    changed = [
        replace(reading, statements=(replace(statement, predicate=span),)),
        replace(
            reading, statements=(replace(statement, participants=(replace(statement.participants[0], span=span),)),)
        ),
        replace(reading, attributions=(replace(attribution, via=span), *reading.attributions[1:])),
        replace(reading, entities=(replace(reading.entities[0], name=span), *reading.entities[1:])),
    ]

    for one in changed:
        with pytest.raises(SpanError):
            draw(one)


def numbered_wrongly() -> list[Reading]:
    """Readings in which one item names another that is not there."""
    reading = bridge()
    word, mention, entity = reading.words[0], reading.mentions[0], reading.entities[0]
    attribution, statement = reading.attributions[0], reading.statements[0]
    participant = replace(statement.participants[0], entity=5)
    return [
        replace(reading, words=(replace(word, head=99), *reading.words[1:])),
        replace(reading, mentions=(replace(mention, entity=5), *reading.mentions[1:])),
        replace(reading, entities=(replace(entity, mentions=(-1,)), *reading.entities[1:])),
        replace(reading, attributions=(replace(attribution, parent=6), *reading.attributions[1:])),
        replace(reading, attributions=(replace(attribution, entity=5), *reading.attributions[1:])),
        replace(reading, statements=(replace(statement, sentence=8),)),
        replace(reading, statements=(replace(statement, voice=(6,)),)),
        replace(reading, statements=(replace(statement, figures=(2,)),)),
        replace(reading, statements=(replace(statement, participants=(participant,)),)),
    ]


@pytest.mark.parametrize("reading", numbered_wrongly())
def test_a_number_that_leads_nowhere_is_refused(reading: Reading):
    with pytest.raises(SpanError, match="is numbered, of"):
        draw(reading)


@pytest.mark.parametrize("parents", [(0, None), (1, 0)])
def test_attributions_inside_each_other_are_refused(parents: tuple[int | None, int | None]):
    reading = bridge()
    turned = [replace(one, parent=parent) for one, parent in zip(reading.attributions, parents, strict=False)]

    with pytest.raises(SpanError, match="inside itself"):
        draw(replace(reading, attributions=(*turned, *reading.attributions[2:])))


def test_records_whose_words_do_not_stand_there_are_refused():
    drawn = draw(bridge())
    shifted = replace(drawn.statements[0], predicate=replace(drawn.sentences[0], text="Bridge opened"))

    check_drawn(drawn)
    with pytest.raises(SpanError, match="characters 0 to 34 are not there"):
        check_drawn(replace(drawn, statements=(shifted,)))


def test_attributions_are_read_with_what_is_told_inside_them_after_them():
    reading = bridge()
    first = replace(reading.attributions[0], parent=3)

    assert as_nested(draw(reading)) == (0, 1, 2, 3, 4, 5)
    assert as_nested(draw(replace(reading, attributions=(first, *reading.attributions[1:])))) == (1, 2, 3, 0, 4, 5)


def test_what_somebody_is_called_is_joined_where_it_is_the_same():
    reading = bridge()
    again = replace(reading.mentions[3], span=Span(reading.mentions[2].span.start + 5, reading.mentions[2].span.end))
    drawn = draw(replace(reading, mentions=(*reading.mentions[:5], again, *reading.mentions[6:])))

    uses = uses_of(drawn, drawn.entities[2])
    assert [(use.text, use.form, use.mentions) for use in uses] == [
        ("Edda Kroll", "name", (2,)),
        ("Kroll", "name", (3, 5)),
    ]


def test_who_is_mentioned_most_comes_first():
    assert most_meant(draw(bridge())) == (2, 4, 0, 1, 3)


def test_layers_are_chosen_by_name_in_their_own_order():
    assert chosen(["figures", " Words ", "figures"]) == ("words", "figures")


@pytest.mark.parametrize(
    ("names", "problem"), [(["figures", "vibes"], "vibes: no such layer"), ([""], "no layer is named")]
)
def test_a_layer_that_is_none_is_told_with_those_there_are(names: list[str], problem: str):
    with pytest.raises(ValueError, match=f"{problem}; the layers are {', '.join(LAYERS)}"):
        chosen(names)


def test_tags_count_from_one_and_name_the_kind():
    drawn = draw(bridge())

    assert [tag("attributions", 0), tag("sentences", 4), tag("statements", 2)] == ["a1", "§5", "s3"]
    assert [entity_tag(drawn, number) for number in range(5)] == ["M1", "L2", "P3", "O4", "O5"]
