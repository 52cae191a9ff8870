"""Corrections of one reading: entities and speakers of an invented bridge, and of short accounts made by rule."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.correcting import corrected
from tellings.correcting.records import Correction, Kind
from tellings.records import Reading, Span
from tests.comparing.accounts import reading
from tests.correcting.made import at, says
from tests.show.readings import bridge

FERRY = (
    "Ada Finch said the ferry was old. Bram Holt said it was new. Finch laughed. Finch said no more. "
    "Carl Finch said he paid for it. The ferry sank."
)


def named(one: Reading) -> set[frozenset[tuple[int, str]]]:
    """The entities, each as the places and words of its mentions."""
    text = one.account.text
    return {
        frozenset((one.mentions[n].span.start, text[slice(*one.mentions[n].span)]) for n in entity.mentions)
        for entity in one.entities
    }


def words(one: Reading) -> set[frozenset[str]]:
    return {frozenset(text for _, text in entity) for entity in named(one)}


def whole(one: Reading) -> None:
    """Every number leads to what is there, both ways."""
    for number, entity in enumerate(one.entities):
        assert all(one.mentions[n].entity == number for n in entity.mentions)
        assert any(one.mentions[n].span == entity.name for n in entity.mentions)
    assert sum(len(entity.mentions) for entity in one.entities) == len(one.mentions)
    for said in one.attributions:
        assert said.entity is None or 0 <= said.entity < len(one.entities)
        assert said.parent is None or 0 <= said.parent < len(one.attributions)
    for statement in one.statements:
        assert all(0 <= n < len(one.attributions) for n in statement.voice)
        assert all(part.entity is None or part.entity < len(one.entities) for part in statement.participants)


def test_no_correction_leaves_the_very_reading():
    one = bridge()
    assert corrected(one, []).reading is one
    other = says(1, "same entity", at(reading("b", FERRY), "Ada Finch"), at(reading("b", FERRY), "Bram Holt"))
    assert corrected(one, [other]).reading is one


def test_two_entities_are_merged():
    one = reading("ferry", FERRY)
    made = corrected(one, [says(1, "same entity", at(one, "Ada Finch"), at(one, "Bram Holt"))])
    assert made.conflicts == ()
    assert len(made.reading.entities) == len(one.entities) - 1
    assert any({"Ada Finch", "Bram Holt"} <= entity for entity in words(made.reading))
    whole(made.reading)


def test_an_entity_is_split_by_its_names_and_by_who_was_named_last():
    """The plain reader takes everybody called Finch for one."""
    one = reading("ferry", FERRY)
    made = corrected(one, [says(1, "different entity", at(one, "Ada Finch"), at(one, "Carl Finch"))]).reading
    assert frozenset({"Ada Finch", "Finch"}) in words(made)
    assert frozenset({"Carl Finch"}) in words(made)
    whole(made)
    said = {
        FERRY[slice(*each.source[0])]: made.entities[each.entity or 0].name for each in made.attributions if each.source
    }
    assert FERRY[slice(*said["Carl Finch"])] == "Carl Finch"
    assert FERRY[slice(*said["Ada Finch"])] == "Ada Finch"


def test_a_phrase_that_the_reader_does_not_know_is_joined_to_one_it_knows():
    one = reading("ferry", FERRY)
    made = corrected(one, [says(1, "same entity", at(one, "The ferry sank"), at(one, "Bram Holt"))]).reading
    assert any({"Bram Holt", "The ferry sank"} <= entity for entity in words(made))
    whole(made)


def test_a_split_of_what_is_one_mention_does_not_fit():
    one = reading("ferry", FERRY)
    made = corrected(one, [says(1, "different entity", at(one, "Ada Finch"), at(one, "Ada"))])
    assert made.reading is one
    assert [(each.status, each.why) for each in made.conflicts] == [
        ("does not fit", "both its spans mean the same thing")
    ]


def test_the_speaker_is_another():
    one = reading("ferry", FERRY)
    made = corrected(one, [says(1, "speaker", at(one, "the ferry was old"), at(one, "Bram Holt"))]).reading
    said = next(each for each in made.attributions if FERRY[slice(*each.content[0])].startswith("the ferry was old"))
    assert [FERRY[slice(*span)] for span in said.source] == ["Bram Holt"]
    assert said.source_type == "named person"
    assert said.entity is not None
    assert FERRY[slice(*made.entities[said.entity].name)] == "Bram Holt"
    whole(made)


def test_words_that_nobody_was_given_have_a_speaker_now():
    one = reading("ferry", FERRY)
    made = corrected(one, [says(1, "speaker", at(one, "The ferry sank"), at(one, "Carl Finch"))]).reading
    last = made.statements[-1]
    assert FERRY[slice(*made.attributions[last.voice[-1]].source[0])] == "Carl Finch"
    assert one.statements[-1].voice == ()
    whole(made)


def test_it_is_the_account_s_own_voice_after_all():
    one = reading("ferry", FERRY)
    made = corrected(one, [says(1, "speaker", at(one, "the ferry was old"), value="own voice")]).reading
    assert len(made.attributions) == len(one.attributions) - 1
    assert made.statements[0].voice == ()
    assert made.attributions[made.statements[1].voice[0]] == one.attributions[one.statements[1].voice[0]]
    whole(made)


def test_what_stood_inside_an_attribution_that_is_none_stands_at_its_level():
    """In the bridge the council's words stand inside those of two people."""
    one = bridge()
    inner = next(n for n, each in enumerate(one.attributions) if each.parent is not None)
    outer = one.attributions[one.attributions[inner].parent or 0]
    span = Span(outer.content[0].start, outer.content[-1].end)
    made = corrected(one, [says(1, "speaker", at(one, one.account.text[slice(*span)]), value="own voice")]).reading
    assert [each.parent for each in made.attributions if each.content == one.attributions[inner].content] == [None]
    whole(made)


@pytest.mark.parametrize("kind", ["anonymous", None])
def test_the_speaker_has_the_type_that_is_given(kind: str | None):
    one = bridge()
    words_ = at(one, "Two people familiar with the work")
    said = next(each for each in one.attributions if each.source and each.source[0] == words_.span)
    content = at(one, one.account.text[slice(*said.content[0])])
    made = corrected(one, [says(1, "speaker", content, at(one, "Harrow Works"), kind)]).reading
    changed = next(each for each in made.attributions if each.content == said.content)
    assert changed.source_type == (kind or "organisation")


def test_the_source_is_left_out():
    one = reading("ferry", FERRY)
    made = corrected(one, [says(1, "speaker", at(one, "the ferry was old"), value="left out")]).reading
    assert made.attributions[0].source == ()
    assert made.attributions[0].entity is None
    whole(made)


def test_a_phrase_is_not_the_one_it_only_names_in_passing():
    """The mayor of a town is not the town, nor somebody's deputy that somebody."""
    one = reading("a", "The mayor of Marrow Ford spoke. Ada Finch's deputy was silent. Bram Holt laughed.")
    said = [
        says(1, "same entity", at(one, "The mayor of Marrow Ford"), at(one, "Bram Holt")),
        says(2, "different entity", at(one, "Ada Finch's deputy"), at(one, "Bram Holt")),
    ]
    made = corrected(one, said)
    assert frozenset({"The mayor of Marrow Ford", "Bram Holt"}) in words(made.reading)
    assert frozenset({"Marrow Ford"}) in words(made.reading)
    assert [each.why for each in made.conflicts] == ["nothing that the reader takes for somebody stands at 32:50"]


def test_words_that_do_not_stand_there_are_listed():
    one = reading("ferry", FERRY)
    wrong = replace(at(one, "Ada Finch"), exact="Eda Finch")
    made = corrected(one, [says(1, "same entity", wrong, at(one, "Bram Holt"))])
    assert made.reading is one
    assert [each.status for each in made.conflicts] == ["does not fit"]


def test_two_speakers_of_one_attribution_by_two_people():
    one = reading("ferry", FERRY)
    first = says(1, "speaker", at(one, "the ferry was old"), at(one, "Bram Holt"))
    later = says(2, "speaker", at(one, "ferry was old."), at(one, "Carl Finch"), author="Otis")
    made = corrected(one, [first, later])
    assert FERRY[slice(*made.reading.attributions[0].source[0])] == "Carl Finch"
    assert [(each.correction, each.status) for each in made.conflicts] == [(first, "overruled")]


# ---------------------------------------------------------------- whatever the corrections


@st.composite
def corrections(draw: st.DrawFn) -> tuple[Reading, list[Correction]]:
    one = draw(st.sampled_from([reading("ferry", FERRY), bridge()]))
    mentions = [one.account.text[slice(*each.span)] for each in one.mentions] + ["The"]
    contents = [one.account.text[slice(*each.content[0])] for each in one.attributions]
    told = [one.account.text[slice(*each.span)] for each in one.statements]
    made = []
    for second in range(draw(st.integers(0, 6))):
        kind: Kind = draw(st.sampled_from(["same entity", "different entity", "speaker"]))
        author = draw(st.sampled_from(["Ines", "Otis"]))
        name = at(one, draw(st.sampled_from(mentions)))
        if kind == "speaker":
            value = draw(st.sampled_from([None, "own voice", "left out"]))
            content = at(one, draw(st.sampled_from([*contents, *told])))
            made.append(says(second, kind, content, None if value else name, value, author))
        else:
            made.append(says(second, kind, name, at(one, draw(st.sampled_from(mentions))), author=author))
    return one, made


@given(corrections(), st.integers(0, 10_000))
def test_in_any_order_the_same_reading_whole_with_nothing_lost(given_: tuple[Reading, list[Correction]], seed: int):
    one, said = given_
    shuffled = list(said)
    Random(seed).shuffle(shuffled)
    made, again = corrected(one, said), corrected(one, shuffled)
    assert made.reading == again.reading
    assert made.conflicts == again.conflicts
    whole(made.reading)
    assert {span for each in one.mentions for span in [each.span]} <= {each.span for each in made.reading.mentions}
