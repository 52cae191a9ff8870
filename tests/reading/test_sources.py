"""Who a source is: by the mention at its head, by what a pronoun stands for; of what type; through which outlet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.reading.layout import layout
from tellings.reading.sources import with_sources
from tellings.records import Attribution, Mention, Span


def at(text, words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def said(text, source, content, *, cue="said", nth=0, parent=None):
    """An attribution by the words of its source (or its span), cue and content."""
    span = at(text, source) if isinstance(source, str) else source
    return Attribution((span,), (at(text, cue, nth),), (at(text, content),), "indirect", None, parent, 1.0)


def name(text, words, kind, entity, nth=0):
    return Mention(at(text, words, nth), kind, 1.0, entity)


def phrase(text, words, kind, entity, nth=0):
    return Mention(at(text, words, nth), kind, 1.0, entity, "nominal")


def pronoun(text, words, entity, nth=0, kind="PER"):
    return Mention(at(text, words, nth), kind, 1.0, entity, "pronoun")


def resolved(text, attributions, mentions):
    return [(a.entity, a.source_type) for a in with_sources(layout(text), attributions, mentions)]


# ---------------------------------------------------------------- one source however named


def test_the_same_speaker_is_one_named_person_by_name_by_office_and_by_pronoun():
    text = "Mayor Ana Lind said it fell. The mayor said it was old. She said so twice."
    mentions = [name(text, "Ana Lind", "PER", 0), phrase(text, "The mayor", "PER", 0), pronoun(text, "She", 0)]
    spoken = [
        said(text, "Mayor Ana Lind", "it fell"),
        said(text, "The mayor", "it was old", nth=1),
        said(text, "She", "so twice", nth=2),
    ]
    assert resolved(text, spoken, mentions) == [(0, "named person")] * 3


def test_a_name_that_comes_later_names_the_source_all_the_same():
    text = "The mayor said it fell. The hall is closed. Ana Lind, the mayor, left."
    mentions = [phrase(text, "The mayor", "PER", 0), name(text, "Ana Lind", "PER", 0)]
    assert resolved(text, [said(text, "The mayor", "it fell")], mentions) == [(0, "named person")]


def test_who_a_source_belongs_to_is_not_the_source():
    text = "Ana Lind left. A spokesman for Ana Lind said it fell. Ana Lind's office said it was old."
    mentions = [
        name(text, "Ana Lind", "PER", 0),
        phrase(text, "A spokesman", "PER", 1),
        name(text, "Ana Lind", "PER", 0, nth=1),
        phrase(text, "Ana Lind's office", "ORG", 2),
        name(text, "Ana Lind", "PER", 0, nth=2),
    ]
    spoken = [
        said(text, "A spokesman for Ana Lind", "it fell"),
        said(text, "Ana Lind's office", "it was old", nth=1),
    ]
    assert resolved(text, spoken, mentions) == [(1, "role"), (2, "organisation")]


def test_two_speakers_joined_are_no_one_entity():
    text = "Ana Lind and Bo Berg said it fell."
    mentions = [name(text, "Ana Lind", "PER", 0), name(text, "Bo Berg", "PER", 1)]
    assert resolved(text, [said(text, "Ana Lind and Bo Berg", "it fell")], mentions) == [(None, "named person")]


def test_a_body_is_what_its_name_tells_also_as_it():
    text = "The Northern Post said it fell. The company said more. It said it was old. It rained."
    mentions = [
        name(text, "Northern Post", "ORG", 0),
        phrase(text, "The company", "ORG", 0),
        pronoun(text, "It", 0, kind="ORG"),
    ]
    spoken = [
        said(text, "The Northern Post", "it fell"),
        said(text, "The company", "more", nth=1),
        said(text, "It", "it was old", nth=2),
    ]
    assert resolved(text, spoken, mentions) == [(0, "outlet")] * 3


def test_an_organisation_named_is_an_organisation():
    text = "The Harbour Board met. It said it fell."
    mentions = [name(text, "Harbour Board", "ORG", 0), pronoun(text, "It", 0, kind="ORG")]
    assert resolved(text, [said(text, "It", "it fell")], mentions) == [(0, "organisation")]


# ---------------------------------------------------------------- unnamed


def test_unnamed_insiders_stay_anonymous_also_as_they_and_the_people():
    text = "Two people familiar with the call said it fell. They said it was old. The people said so twice."
    mentions = [
        phrase(text, "Two people", "PER", 0),
        pronoun(text, "They", 0),
        phrase(text, "The people", "PER", 0),
    ]
    spoken = [
        said(text, "Two people familiar with the call", "it fell"),
        said(text, "They", "it was old", nth=1),
        said(text, "The people", "so twice", nth=2),
    ]
    assert resolved(text, spoken, mentions) == [(0, "anonymous")] * 3


def test_he_of_an_unnamed_official_is_what_the_official_is():
    text = "A police spokesman spoke at noon. He said it fell."
    mentions = [phrase(text, "A police spokesman", "PER", 0), pronoun(text, "He", 0)]
    assert resolved(text, [said(text, "He", "it fell")], mentions) == [(0, "role")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [("a person close to the mayor", "anonymous"), ("two aides", "anonymous"), ("a spokesman", "role")],
)
def test_what_is_told_as_new_is_nobody_named_before(source, expected):
    text = f"Ana Lind left. It fell, {source} said."
    head = source.split(" close")[0]
    mentions = [name(text, "Ana Lind", "PER", 0), phrase(text, head, "PER", 0)]
    assert resolved(text, [said(text, source, "It fell")], mentions) == [(0, expected)]


def test_a_document_is_a_document_whoever_made_it():
    text = "Ana Lind left. The report said it fell."
    mentions = [name(text, "Ana Lind", "PER", 0), phrase(text, "The report", "PER", 0)]
    assert resolved(text, [said(text, "The report", "it fell")], mentions) == [(0, "document")]


# ---------------------------------------------------------------- pronouns


def test_a_pronoun_that_speaks_is_who_spoke_or_began_a_sentence_last_before_what_coreference_says():
    text = "Ana Lind said it fell. Bo Berg nodded. He said it was old."
    mentions = [name(text, "Ana Lind", "PER", 0), name(text, "Bo Berg", "PER", 1), pronoun(text, "He", 0)]
    assert resolved(text, [said(text, "He", "it was old", nth=1)], mentions) == [(1, "named person")]


def test_a_pronoun_without_a_mention_stands_for_the_last_speaker():
    text = "Ana Lind said it fell. Nobody at the hall that day had seen Bo Berg. She said it was old."
    mentions = [name(text, "Ana Lind", "PER", 0), name(text, "Bo Berg", "PER", 1)]
    spoken = [said(text, "Ana Lind", "it fell"), said(text, "She", "it was old", nth=1)]
    assert resolved(text, spoken, mentions) == [(0, "named person")] * 2


def test_pronouns_that_only_stand_for_each_other_stand_for_the_last_speaker():
    text = "Ana Lind said it fell. She said it was old. It rained and she left."
    mentions = [name(text, "Ana Lind", "PER", 0), pronoun(text, "She", 1), pronoun(text, "she", 1)]
    spoken = [said(text, "Ana Lind", "it fell"), said(text, "She", "it was old", nth=1)]
    assert resolved(text, spoken, mentions) == [(0, "named person")] * 2


def test_a_pronoun_after_a_sentence_about_somebody_stands_for_that_one():
    text = "Ana Lind said it fell. Mayor Bo Berg denied this. It was safe, he said."
    he = text.index("he said")
    mentions = [name(text, "Ana Lind", "PER", 0), name(text, "Bo Berg", "PER", 1)]
    spoken = [said(text, "Ana Lind", "it fell"), said(text, Span(he, he + 2), "It was safe", nth=1)]
    assert [entity for entity, _ in resolved(text, spoken, mentions)] == [0, 1]


def test_a_pronoun_far_from_any_person_stands_for_nobody():
    text = "Ana Lind left. " + "It rained. " * 5 + "She said it fell."
    assert resolved(text, [said(text, "She", "it fell")], [name(text, "Ana Lind", "PER", 0)])[0][0] is None


def test_they_without_a_mention_stand_for_nobody():
    text = "Ana Lind left. They said it fell."
    assert resolved(text, [said(text, "They", "it fell")], [name(text, "Ana Lind", "PER", 0)]) == [(None, "collective")]


@pytest.mark.parametrize("body", ["WHO", "US"])
def test_a_name_written_like_a_pronoun_is_a_name(body):
    text = f"Ana Lind left. The {body} said it fell."
    mentions = [name(text, "Ana Lind", "PER", 0), name(text, body, "ORG", 1)]
    assert resolved(text, [said(text, body, "it fell")], mentions) == [(1, "organisation")]


# ---------------------------------------------------------------- the first person in a quotation

QUOTED = "“We think it fell,” Ana Lind said. Bo Berg left."
LIND = [name(QUOTED, "Ana Lind", "PER", 0), name(QUOTED, "Bo Berg", "PER", 1), pronoun(QUOTED, "We", 1)]


@pytest.mark.parametrize("parent", [1, None])
def test_we_in_a_quotation_is_its_speaker_whatever_coreference_says(parent):
    spoken = [
        said(QUOTED, "We", "it fell", cue="think", parent=parent),
        said(QUOTED, "Ana Lind", "We think it fell"),
    ]
    assert resolved(QUOTED, spoken, LIND) == [(0, "named person")] * 2


def test_we_in_the_words_of_an_unnamed_source_is_of_its_type():
    text = "“I know it fell,” a person familiar with the call said."
    mentions = [phrase(text, "a person", "PER", 0), pronoun(text, "I", 1)]
    spoken = [
        said(text, "I", "it fell", cue="know", parent=1),
        said(text, "a person familiar with the call", "I know it fell"),
    ]
    assert resolved(text, spoken, mentions) == [(0, "anonymous")] * 2


def test_the_first_person_of_a_quotation_without_a_speaker_is_who_coreference_says():
    text = "“I know it fell.” Ana Lind left."
    mentions = [name(text, "Ana Lind", "PER", 0), pronoun(text, "I", 0)]
    assert resolved(text, [said(text, "I", "it fell", cue="know")], mentions) == [(0, "named person")]


# ---------------------------------------------------------------- relatives


def test_who_goes_to_the_person_before_it():
    text = "The board met Ana Lind of the harbour, who said it fell."
    mentions = [
        phrase(text, "The board", "ORG", 0),
        name(text, "Ana Lind", "PER", 1),
        phrase(text, "the harbour", "LOC", 2),
    ]
    assert resolved(text, [said(text, "who", "it fell")], mentions) == [(1, "named person")]


def test_who_after_an_apposition_is_the_one_named():
    text = "Bo Berg met Ana Lind, the mayor, who said it fell."
    mentions = [
        name(text, "Bo Berg", "PER", 0),
        name(text, "Ana Lind", "PER", 1),
        phrase(text, "the mayor", "PER", 2),
    ]
    assert resolved(text, [said(text, "who", "it fell")], mentions) == [(1, "named person")]


def test_which_goes_to_the_body_before_it():
    text = "Ana Lind wrote to the Harbour Board, which said it fell."
    mentions = [name(text, "Ana Lind", "PER", 0), name(text, "Harbour Board", "ORG", 1)]
    assert resolved(text, [said(text, "which", "it fell")], mentions) == [(1, "organisation")]


def test_a_relative_may_have_its_clause_with_it():
    text = "It rested on the Harbour Board, which sits in Velm, which said it fell."
    mentions = [name(text, "Harbour Board", "ORG", 0), name(text, "Velm", "LOC", 1)]
    assert resolved(text, [said(text, "which sits in Velm", "it fell")], mentions) == [(0, "organisation")]


def test_who_with_nobody_before_it_in_its_sentence_is_nobody():
    text = "Ana Lind left. Those who said it fell were wrong."
    assert resolved(text, [said(text, "who", "it fell")], [name(text, "Ana Lind", "PER", 0)]) == [(None, None)]


# ---------------------------------------------------------------- the outlet it came through


def via(text, source, content, mentions, cue="said"):
    (found,) = with_sources(layout(text), [said(text, source, content, cue=cue)], mentions)
    return text[slice(*found.via)] if found.via else None


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Two people told the Northern Post it fell.", "told"),
        ("Two people said in an interview with the Northern Post it fell.", "said"),
        ("Two people said on the Northern Post's programme it fell.", "said"),
        ("According to the Northern Post, citing two people, it fell.", "citing"),
        ("Two people said it fell (Northern Post).", "said"),
        ("Two people said in a statement to the Northern Post it fell.", "said"),
    ],
)
def test_the_outlet_told_or_citing_is_the_way_it_came(text, cue):
    source = "Two people" if "Two people" in text else "two people"
    mentions = [name(text, "Northern Post", "ORG", 0)]
    assert via(text, source, "it fell", mentions, cue=cue) == "Northern Post"


def test_the_paper_told_is_called_by_its_name():
    text = "The Northern Post asked around. Two people told the paper it fell."
    mentions = [name(text, "Northern Post", "ORG", 0), phrase(text, "the paper", "ORG", 0)]
    assert via(text, "Two people", "it fell", mentions, cue="told") == "Northern Post"
    assert via(text, "Two people", "it fell", [phrase(text, "the paper", "ORG", 0)], cue="told") == "the paper"


@pytest.mark.parametrize(
    ("text", "named", "cue"),
    [
        ("Two people told the Harbour Board it fell.", "Harbour Board", "told"),
        ("Two people said it fell near the Northern Post.", "Northern Post", "said"),
        ("Two people said on Friday the Northern Post hall was where it fell.", "Northern Post", "said"),
    ],
)
def test_no_other_name_is_a_way(text, named, cue):
    assert via(text, "Two people", "it fell", [name(text, named, "ORG", 0)], cue=cue) is None


def test_an_outlet_itself_came_through_nobody():
    text = "The Northern Post told the Evening Herald it fell."
    mentions = [name(text, "Northern Post", "ORG", 0), name(text, "Evening Herald", "ORG", 1)]
    assert via(text, "The Northern Post", "it fell", mentions, cue="told") is None


# ---------------------------------------------------------------- whatever comes


def test_an_attribution_without_a_source_stays_without():
    text = "It fell, said."
    bare = Attribution((), (at(text, "said"),), (at(text, "It fell"),), "indirect", None, None, 1.0)
    assert with_sources(layout(text), [bare], []) == (bare,)


TEXT = "Ana Lind and the mayor said it fell. “I told the Northern Post,” who, he and they said: 42% know."
SPANS = [Span(i, j) for i in range(0, len(TEXT), 3) for j in (i + 3, i + 9) if TEXT[i:j].strip()]
mention = st.builds(
    Mention,
    st.sampled_from(SPANS),
    st.sampled_from(["PER", "ORG", "LOC"]),
    st.just(1.0),
    st.integers(0, 3),
    st.sampled_from(["name", "nominal", "pronoun"]),
)
part = st.tuples(st.sampled_from(SPANS))
attribution = st.builds(
    Attribution,
    st.just(()) | part,
    part,
    part,
    st.just("indirect"),
    st.none(),
    st.none() | st.integers(0, 2),
    st.just(1.0),
)


@given(st.lists(attribution, min_size=3, max_size=5), st.lists(mention, max_size=6))
def test_sources_are_added_and_nothing_else_changes_even_where_parents_go_round(attributions, mentions):
    found = with_sources(layout(TEXT), attributions, mentions)
    assert [(a.source, a.cue, a.content, a.parent) for a in found] == [
        (a.source, a.cue, a.content, a.parent) for a in attributions
    ]
    assert {a.entity for a in found} <= {m.entity for m in mentions} | {None}
    assert {a.via for a in found} <= {m.span for m in mentions} | {None}
    assert with_sources(layout(TEXT), found, mentions) == found
