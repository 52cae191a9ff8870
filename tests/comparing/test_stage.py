import time
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.comparing import Settings, compare
from tellings.comparing.claims import one_to_one
from tellings.comparing.table import Table, build, in_order
from tellings.records import Claim, Comparison, Excerpt, Reading
from tests.comparing.accounts import reading

WIRE = (
    "The footbridge at Marrow Ford collapsed on Monday night. Three people were hurt, officials said. "
    "Ada Finch said the deck had been rotten for years. “Nobody warned the council about the beams,” Ada Finch said. "
    "The council will vote on repairs next month."
)
LOCAL = (
    "The footbridge at Marrow Ford collapsed late on Monday night, blocking the towpath. Five people were hurt. "
    "Ada Finch said the deck had been rotten for years. “Nobody told the council about the beams,” Ada Finch said. "
    "A market was held on the green as usual."
)
LETTER = (
    "Our footbridge at Marrow Ford has collapsed on Monday night. I walked my dog past it an hour before. "
    "Bram Holt said the deck was not rotten. The council will vote on repairs next month."
)
APART = "A bakery opened on Quay Street. Its owner sells rye loaves. Queues formed at noon. The oven came by ship."


@pytest.fixture
def story() -> list[Reading]:
    return [
        reading("wire", WIRE, published="2030-05-01", outlet="Wire"),
        reading("local", LOCAL, published="2030-05-02", outlet="Local"),
        reading("letter", LETTER, published="2030-05-03", outlet="Letter"),
    ]


def texts(claim: Claim) -> frozenset[str]:
    return frozenset(f"{one.account}: {one.text}" for one in claim.appearances)


def test_what_all_three_tell_is_one_claim(story: list[Reading]):
    told = [claim for claim in compare(story).claims if len(claim.appearances) == 3]
    assert any(all("collapsed" in one.text for one in claim.appearances) for claim in told)


def test_what_one_alone_tells_is_single(story: list[Reading]):
    single = [claim for claim in compare(story).claims if claim.standing == "single"]
    assert any("dog" in claim.appearances[0].text for claim in single)
    assert all(claim.relations == () for claim in single)


def test_every_statement_that_tells_something_stands_in_a_claim(story: list[Reading]):
    shown = {(one.account, one.start) for claim in compare(story).claims for one in claim.appearances}
    for one in story:
        told = [s for s in one.statements if len(one.account.text[s.span.start : s.span.end].split()) >= 4]
        assert {(one.account.id, s.span.start) for s in told} <= shown


def test_page_furniture_is_no_claim():
    found = compare(
        [reading("a", "The hall closed on Monday. Read more about the hall here."), reading("b", "It rained.")]
    )
    assert not [claim for claim in found.claims if "Read more" in claim.appearances[0].text]


def test_the_voice_of_an_appearance(story: list[Reading]):
    voices = {
        one.text: one.voice[0].name
        for claim in compare(story).claims
        for one in claim.appearances
        if one.voice and "deck" in one.text
    }
    assert set(voices.values()) == {"Ada Finch", "Bram Holt"}


def test_claims_come_disputed_first_and_single_last(story: list[Reading]):
    order = ["disputed", "differs", "updated", "narrower", "agreed", "single"]
    places = [order.index(claim.standing) for claim in compare(story).claims]
    assert places == sorted(places)


def test_figures_name_their_claim(story: list[Reading]):
    found = compare(
        [reading("a", "A crane lifted 12 beams on Monday."), reading("b", "The crane lifted 14 beams on Monday.")]
    )
    assert [(one.text, one.low, one.unit) for one in found.figures] == [("12", 12.0, "beam"), ("14", 14.0, "beam")]
    assert {one.claim for one in found.figures} <= {claim.id for claim in found.claims}
    assert compare(story).figures == ()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_readings_does_not_matter(story: list[Reading], order: tuple[int, ...]):
    assert compare([story[n] for n in order]) == compare(story)


def test_an_account_of_something_else_changes_no_claim_of_the_others(story: list[Reading]):
    alone = {(claim.id, claim) for claim in compare(story).claims}
    amid = compare([*story, reading("foreign", APART, published="2030-05-02", outlet="Foreign")])
    others = {(c.id, c) for c in amid.claims if not any(one.account == "foreign" for one in c.appearances)}
    assert others == alone
    assert all(c.standing == "single" for c in amid.claims if any(one.account == "foreign" for one in c.appearances))


def test_claims_have_ids_of_their_own(story: list[Reading]):
    ids = Counter(claim.id for claim in compare(story).claims)
    assert max(ids.values()) == 1
    assert all(name.startswith("c-") and len(name) == 10 for name in ids)


def test_one_reading_has_only_single_claims(story: list[Reading]):
    found = compare(story[:1])
    assert {claim.standing for claim in found.claims} == {"single"}
    assert found.quotes == ()
    assert found.gaps == ()


def test_nothing_gives_an_empty_comparison():
    found = compare([])
    assert (found.accounts, found.claims, found.figures) == ((), (), ())


def test_the_manifest_names_settings_and_layers(story: list[Reading]):
    manifest = compare(story, settings=Settings(join=0.5), version="9", model="m").manifest
    assert {one.name: one.value for one in manifest.settings}["join"] == "0.5"
    assert (manifest.version, manifest.model) == ("9", "m")
    assert "claims" in manifest.layers
    assert set(manifest.layers) >= {"figures", "names", "timeline", "wording"}


def test_what_most_others_tell_and_one_does_not_is_a_gap(story: list[Reading]):
    fourth = reading("late", APART, published="2030-05-04", outlet="Late")
    gaps = compare([*story, fourth]).gaps
    assert {gap.value for gap in gaps if gap.account == "late"} == {"not told"}
    assert "told" in {gap.value for gap in gaps if gap.account == "wire"}


def test_what_an_account_cut_off_tells_cannot_be_told(story: list[Reading]):
    gaps = compare([*story, reading("late", APART, published="2030-05-04", cut=True)]).gaps
    assert {(gap.value, gap.why) for gap in gaps if gap.account == "late"} == {
        ("cannot tell", "the account is cut off")
    }


def test_an_account_from_before_cannot_tell(story: list[Reading]):
    gaps = compare([*story, reading("early", APART, published="2030-04-01")]).gaps
    assert {gap.value for gap in gaps if gap.account == "early"} == {"cannot tell"}


def excerpts(found: Comparison) -> list[Excerpt]:
    shown = [why for claim in found.claims for relation in claim.relations for why in relation.why]
    shown += [words for one in found.sources for a in one.attributions for words in (*a.source, *a.cue, *a.content)]
    return shown


SENTENCES = [s.strip() + "." for text in (WIRE, LOCAL, LETTER, APART) for s in text.split(".") if s.strip()]
ACCOUNTS = st.lists(st.lists(st.sampled_from(SENTENCES), max_size=6).map(" ".join), min_size=1, max_size=4)


@settings(deadline=None, max_examples=40)
@given(ACCOUNTS)
def test_every_shown_word_is_the_accounts_own(written: list[str]):
    readings = [reading(f"account {n}", text) for n, text in enumerate(written)]
    source = {one.account.id: one.account.text for one in readings}
    found = compare(readings)
    shown = [*excerpts(found), *(one for claim in found.claims for one in claim.appearances), *found.figures]
    assert all(source[one.account][one.start : one.end] == one.text for one in shown)
    for claim in found.claims:
        for one in claim.appearances:
            for voice in one.voice:
                assert voice.span is None or source[one.account][slice(*voice.span)] == voice.name


@settings(deadline=None, max_examples=40)
@given(ACCOUNTS)
def test_differ_and_conflict_always_show_both_sides(written: list[str]):
    found = compare([reading(f"account {n}", text) for n, text in enumerate(written)])
    for claim in found.claims:
        for relation in claim.relations:
            sides = {claim.appearances[relation.a].account, claim.appearances[relation.b].account}
            assert len(sides) == 2
            if relation.kind in {"differ", "update", "conflict"}:
                assert {one.account for one in relation.why} == sides


def test_a_copy_does_not_add_an_origin(story: list[Reading]):
    copy = replace(story[0], account=replace(story[0].account, id="copy", outlet="Copy"))
    for claim in compare([story[0], copy]).claims:
        assert len(claim.origins) == 1, texts(claim)


def test_many_accounts_in_reasonable_time():
    many = [
        reading(f"account {n:02}", WIRE.replace("Three", str(n)) + " " + LOCAL, published="2030-05-01")
        for n in range(12)
    ]
    began = time.process_time()
    compare(many)
    assert time.process_time() - began < 30  # about one second where nothing else runs


def sentences(*numbers: int, near: tuple[int, ...] = (0, 1, 2, 0, 1, 2)) -> Table:
    """A table whose statements stand in these sentences of accounts a (three rows) and b; equal `near` are near."""
    table = build(
        in_order([reading("a", "It rained. It snowed. It froze."), reading("b", "Ice came. Hail fell. Frost.")])
    )
    rows = tuple(
        replace(row, record=replace(row.record, sentence=number))
        for row, number in zip(table.rows, numbers, strict=True)
    )
    return replace(table, rows=rows, vectors=np.eye(384, dtype=np.float32)[list(near)])


SCORES = {(0, 3): 0.9, (0, 4): 0.8, (1, 3): 0.7, (1, 4): 0.6, (2, 5): 0.5}


def test_a_clause_matches_one_clause_of_another_sentence():
    assert one_to_one(sentences(0, 0, 1, 0, 0, 1), SCORES) == {(0, 3): 0.9, (1, 4): 0.6, (2, 5): 0.5}
    assert one_to_one(sentences(0, 1, 2, 0, 1, 2), SCORES) == SCORES


def test_the_clauses_that_fit_go_together_with_the_score_of_their_sentences():
    crossed = sentences(0, 0, 1, 0, 0, 1, near=(1, 0, 2, 0, 1, 2))
    assert one_to_one(crossed, SCORES) == {(0, 4): 0.9, (1, 3): 0.7, (2, 5): 0.5}
