"""What people said holds in every part of a comparison: claims, relations, sources, origins, names, quotes, gaps."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.comparing import compare
from tellings.correcting.records import Correction
from tellings.records import Claim, Comparison, Reading
from tellings.show.contract import check, from_json, to_json
from tests.comparing.accounts import reading
from tests.comparing.test_stage import LETTER, LOCAL, WIRE
from tests.correcting.made import at, says


@pytest.fixture(scope="module")
def story() -> list[Reading]:
    return [
        reading("wire", WIRE, published="2030-05-01", outlet="Wire"),
        reading("local", LOCAL, published="2030-05-02", outlet="Local"),
        reading("letter", LETTER, published="2030-05-03", outlet="Letter"),
    ]


def claim_of(found: Comparison, account: str, words: str) -> Claim:
    (one,) = [c for c in found.claims if any(a.account == account and words in a.text for a in c.appearances)]
    return one


def accounts(claim: Claim) -> list[str]:
    return [one.account for one in claim.appearances]


def test_no_correction_changes_no_byte(story: list[Reading]):
    plain = to_json(compare(story))
    assert to_json(compare(story, corrections=[])) == plain
    gone = says(
        1, "same entity", at(story[0], "Ada Finch"), at(story[2], "Bram Holt"), withdrawn="2030-05-02T00:00:00Z"
    )
    assert to_json(compare(story, corrections=[gone])) == plain
    assert "corrections" not in plain


def test_statements_said_to_tell_the_same_are_one_claim(story: list[Reading]):
    said = says(1, "same claim", at(story[0], "Three people were hurt"), at(story[1], "Five people were hurt"))
    found = compare(story, corrections=[said])
    claim = claim_of(found, "wire", "Three people")
    assert accounts(claim) == ["wire", "local"]
    assert claim.score == 1.0
    assert [relation.kind for relation in claim.relations] != ["agree"]  # three and five: the words decide
    (told,) = found.corrections
    assert (told.status, told.claims) == ("applied", (claim.id,))
    assert {words.text for words in (told.at, told.other) if words} == {
        "Three people were hurt",
        "Five people were hurt",
    }
    check(found)


def test_statements_said_to_tell_two_things_stand_in_no_common_claim(story: list[Reading]):
    said = says(1, "different claim", at(story[0], "The footbridge"), at(story[2], "Our footbridge"))
    for claim in compare(story, corrections=[said]).claims:
        told = {one.account for one in claim.appearances if "collapsed" in one.text}
        assert not {"wire", "letter"} <= told


def test_a_rejected_appearance_leaves_the_quotation_too(story: list[Reading]):
    assert len(compare(story).quotes) == 1
    said = says(1, "different claim", at(story[0], "“Nobody warned"), at(story[1], "“Nobody told"))
    assert compare(story, corrections=[said]).quotes == ()


def test_a_relation_is_what_a_person_says_and_the_claim_stands_so(story: list[Reading]):
    said = says(1, "relation", at(story[0], "collapsed on Monday"), at(story[1], "collapsed late"), "conflict")
    claim = claim_of(compare(story, corrections=[said]), "wire", "collapsed")
    (one,) = [relation for relation in claim.relations if relation.score == 1.0]
    assert one.kind == "conflict"
    assert [words.text for words in one.why] == ["collapsed on Monday", "collapsed late"]
    assert claim.standing == "disputed"


def test_a_relation_within_one_account_is_none(story: list[Reading]):
    said = says(1, "relation", at(story[0], "Three people"), at(story[0], "collapsed"), "conflict")
    (told,) = compare(story, corrections=[said]).corrections
    assert told.status == "does not fit"


def test_a_judge_is_not_asked_what_a_person_said(story: list[Reading]):
    first, other = at(story[0], "The footbridge"), at(story[1], "The footbridge")
    asked = []

    class Judge:
        name = "invented"

        def answers(self, questions):
            asked.extend((one.a.text, one.b.text) for one in questions)
            return [None] * len(questions)

    compare(story, judge=Judge())
    assert any("collapsed on" in a and "collapsed late" in b for a, b in asked)
    asked.clear()
    compare(story, judge=Judge(), corrections=[says(1, "same claim", first, other)])
    assert not any("collapsed on" in a and "collapsed late" in b for a, b in asked)


def test_of_narrower_the_first_says_more(story: list[Reading]):
    said = says(1, "relation", at(story[1], "blocking the towpath"), at(story[0], "The footbridge"), "narrower")
    claim = claim_of(compare(story, corrections=[said]), "wire", "collapsed")
    (one,) = [relation for relation in claim.relations if relation.score == 1.0]
    assert accounts(claim)[one.a] == "local"
    assert [words.text for words in one.why] == ["blocking the towpath"]


def test_a_person_merged_across_accounts_is_one_source_one_name_and_one_origin(story: list[Reading]):
    said = [
        says(1, "same entity", at(story[0], "Ada Finch"), at(story[2], "Bram Holt")),
        says(2, "same claim", at(story[0], "Ada Finch said the deck"), at(story[2], "Bram Holt said the deck")),
    ]
    apart = compare(story, corrections=said[1:])
    assert len(claim_of(apart, "letter", "deck").origins) > 1
    found = compare(story, corrections=said)
    ids = {one.id for one in found.sources if one.name in {"Ada Finch", "Bram Holt"}}
    assert len(ids) == 1
    (name,) = [one for one in found.names if any(use.text == "Bram Holt" for use in one.labels)]
    assert {use.text for use in name.labels} == {"Ada Finch", "Bram Holt"}
    (origin,) = claim_of(found, "letter", "deck").origins
    assert len(origin.appearances) == 3


def test_namesakes_of_two_accounts_are_two(story: list[Reading]):
    said = says(1, "different entity", at(story[0], "Ada Finch"), at(story[1], "Ada Finch"))
    found = compare(story, corrections=[said])
    assert len({one.id for one in found.sources if one.name == "Ada Finch"}) == 2
    for name in found.names:
        assert len({use.account for use in name.labels if use.text == "Ada Finch"}) < 2
    assert len(claim_of(found, "wire", "rotten for years").origins) == 2


def test_another_speaker_is_the_origin(story: list[Reading]):
    said = says(1, "speaker", at(story[2], "the deck was not rotten"), value="left out")
    claim = claim_of(compare(story, corrections=[said]), "letter", "not rotten")
    assert [one.name for one in claim.origins] == [None]
    assert [voice.name for voice in claim.appearances[0].voice] == [None]


def test_a_label_is_set_and_taken_away(story: list[Reading]):
    new = says(1, "label", at(story[0], "deck had been"), at(story[0], "Ada Finch"), "predicate")
    found = compare(story, corrections=[new])
    (name,) = [one for one in found.names if one.entity == "Ada Finch"]
    (use,) = [one for one in name.labels if one.text == "deck had been"]
    assert use.kind == "predicate"
    gone = says(2, "label", at(story[0], "Ada Finch"), value="none")
    (name,) = [one for one in compare(story, corrections=[gone]).names if one.entity == "Ada Finch"]
    assert len(name.labels) == 3


def test_what_it_tells_by_a_person_s_word_is_no_gap(story: list[Reading]):
    vote = at(story[1], "A market was held")
    said = says(1, "same claim", vote, at(story[0], "The council will vote"))
    before = {(gap.account, gap.value) for gap in compare(story).gaps if gap.account == "local"}
    found = compare(story, corrections=[said])
    claim = claim_of(found, "wire", "council will vote")
    assert {gap.value for gap in found.gaps if gap.claim == claim.id and gap.account == "local"} == {"told"}
    assert ("local", "told") not in before or len(before) > 1


def test_corrections_outlive_another_reading_of_the_text(story: list[Reading]):
    """A later reader cuts the sentence otherwise, and loses the attribution."""
    said = [
        says(
            1,
            "same claim",
            at(story[0], "Three people were hurt, officials said."),
            at(story[1], "Five people were hurt."),
        ),
        says(2, "speaker", at(story[0], "the deck had been rotten for years."), at(story[0], "Ada Finch")),
    ]
    shorter = tuple(
        replace(one, span=one.span._replace(end=one.span.end - 16), voice=()) if "Three" in WIRE[slice(*one.span)] else
        replace(one, voice=()) for one in story[0].statements
    )  # fmt: skip
    other = replace(story[0], statements=shorter, attributions=())
    found = compare([other, *story[1:]], corrections=said)
    assert [one.status for one in found.corrections] == ["applied", "applied"]
    assert accounts(claim_of(found, "wire", "Three people")) == ["wire", "local"]
    assert claim_of(found, "wire", "rotten").appearances[0].voice[0].name == "Ada Finch"


def test_a_text_that_is_not_here_is_listed_and_one_with_a_new_version_proposed(story: list[Reading]):
    later = reading("wire", "CORRECTED AT NOON. " + WIRE, published="2030-05-04", outlet="Wire")
    elsewhere = reading("other", "Nobody at all was told about anything here.")
    said = [
        says(1, "same entity", at(story[0], "Ada Finch"), at(story[2], "Bram Holt")),
        says(2, "speaker", at(elsewhere, "was told"), value="own voice"),
    ]
    found = compare([later, *story[1:]], corrections=said)
    assert [one.status for one in found.corrections] == ["moved", "not here"]
    assert found.corrections[0].at is None
    assert found.corrections[0].other is not None
    assert to_json(replace(found, corrections=())) == to_json(compare([later, *story[1:]]))


def test_a_ring_of_contradictions_across_accounts_is_listed(story: list[Reading]):
    ada, local, bram = at(story[0], "Ada Finch"), at(story[1], "Ada Finch"), at(story[2], "Bram Holt")
    said = [
        says(1, "same entity", ada, local),
        says(2, "same entity", local, bram),
        says(3, "different entity", ada, bram),
    ]
    found = compare(story, corrections=said)
    assert [one.status for one in found.corrections] == ["contradicted", "applied", "applied"]
    assert len({one.id for one in found.sources if one.name in {"Ada Finch", "Bram Holt"}}) == 2


def test_one_text_in_two_accounts_is_corrected_in_both(story: list[Reading]):
    twin = replace(story[0], account=replace(story[0].account, id="wire-too", outlet="Echo"))
    said = says(1, "same claim", at(story[0], "Three people were hurt"), at(story[1], "A market was held"))
    found = compare([*story, twin], corrections=[said])
    assert set(accounts(claim_of(found, "local", "market"))) == {"wire", "wire-too", "local"}


def test_the_contract_takes_them_along(story: list[Reading]):
    said = says(
        1, "relation", at(story[0], "collapsed on Monday"), at(story[1], "collapsed late"), "update", note="later"
    )
    written = to_json(compare(story, corrections=[said]))
    assert to_json(from_json(written)) == written
    assert '"note":"later"' in written


PLACES = {
    "same claim": ("footbridge", "people were hurt", "deck", "Nobody", "council", "market", "dog"),
    "same entity": ("Ada Finch", "Bram Holt", "Marrow Ford"),
}


@st.composite
def corrections(draw: st.DrawFn) -> list[Correction]:
    readings = [reading("wire", WIRE), reading("local", LOCAL), reading("letter", LETTER)]
    made = []
    for second in range(draw(st.integers(1, 5))):
        group = draw(st.sampled_from(sorted(PLACES)))
        places = [at(one, words) for one in readings for words in PLACES[group] if words in one.account.text]
        first, other = draw(st.sampled_from(places)), draw(st.sampled_from(places))
        kind = draw(st.sampled_from([group, group.replace("same", "different")]))
        if kind == "same claim" and draw(st.booleans()):
            made.append(
                says(second, "relation", first, other, draw(st.sampled_from(["agree", "conflict", "narrower"])))
            )
        else:
            made.append(says(second, kind, first, other, author=draw(st.sampled_from(["Ines", "Otis"]))))
    return made


@settings(max_examples=25)
@given(corrections(), st.integers(0, 1000))
def test_in_any_order_the_same_bytes_nothing_lost_and_what_holds_holds(said: list[Correction], seed: int):
    readings = [
        reading("wire", WIRE, published="2030-05-01", outlet="Wire"),
        reading("local", LOCAL, published="2030-05-02", outlet="Local"),
        reading("letter", LETTER, published="2030-05-03", outlet="Letter"),
    ]
    shuffled = list(said)
    Random(seed).shuffle(shuffled)
    found = compare(readings, corrections=said)
    assert to_json(found) == to_json(compare(readings, corrections=shuffled))
    assert {one.key for one in found.corrections} == {one.key for one in said}
    for one in found.corrections:
        if one.status == "applied" and one.kind.endswith("claim") and one.at and one.other:
            common = [claim for claim in found.claims if _has(claim, one.at) and _has(claim, one.other)]
            assert bool(common) is (one.kind == "same claim")


def _has(claim: Claim, words: object) -> bool:
    return any(
        one.account == words.account and one.start < words.end and words.start < one.end  # type: ignore[attr-defined] # an Excerpt
        for one in claim.appearances
    )
