"""The example story, read by the shipped model: what it finds against what a careful reader finds."""

from pathlib import Path

import pytest

import tellings
from tests.stories import market_hall as expected

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").iterdir())


@pytest.fixture(scope="module")
def story():
    return tellings.compare(EXAMPLES)


def account(name):
    """The account an id belongs to: the id without its digest."""
    return name.rsplit("-", 1)[0]


def told(claim):
    return {(account(a.account), a.text) for a in claim.appearances}


def test_accounts_stand_in_the_order_of_publication(story):
    assert [account(a.id) for a in story.accounts] == expected.ACCOUNTS


@pytest.mark.parametrize(("words", "accounts", "kind"), expected.QUOTES)
def test_shared_quotations_are_collated(story, words, accounts, kind):
    found = [q for q in story.quotes if any(words in a.text for a in q.appearances)]
    assert [({account(a.account) for a in q.appearances}, q.kind) for q in found] == [(accounts, kind)]


def test_words_left_out_and_altered_are_named(story):
    changes = [change for quote in story.quotes for change in quote.changes]
    left_out = {c.a_words.text for c in changes if c.kind == "left out" and c.a_words}
    altered = {(c.a_words.text, c.b_words.text) for c in changes if c.kind == "altered" and c.a_words and c.b_words}
    assert expected.LEFT_OUT in left_out
    assert altered >= expected.ALTERED


@pytest.mark.parametrize("words", expected.SHARED, ids=lambda words: words["wire"])
def test_claims_that_several_accounts_tell(story, words):
    holding = [
        claim
        for claim in story.claims
        if all(any(a == name and part in text for a, text in told(claim)) for name, part in words.items())
    ]
    assert holding


def test_a_relation_says_on_which_words_it_rests(story):
    words, kind = expected.WHY
    relations = [relation for claim in story.claims for relation in claim.relations if relation.kind == kind]
    assert any({excerpt.text for excerpt in relation.why} == words for relation in relations)


@pytest.mark.parametrize(("name", "words"), expected.ALONE)
def test_what_one_account_alone_tells(story, name, words):
    assert any(
        claim.standing == "single" and any(a == name and words in text for a, text in told(claim))
        for claim in story.claims
    )


@pytest.mark.parametrize(("name", "words", "kind"), expected.SOURCES)
def test_sources_and_their_types(story, name, words, kind):
    found = {(source.name, source.type) for source in story.sources if account(source.account) == name}
    assert any(words in (source or "") and its == kind for source, its in found), found


def test_every_shown_word_stands_in_its_account(story):
    from tellings.show import check

    check(story)


def test_a_story_can_be_had_as_json_page_and_notebook_frame(story):
    from tellings.show import from_json

    assert from_json(story.to_json()).claims == story.claims
    assert story.to_html().lower().startswith("<!doctype html>")
    assert story._repr_html_().startswith("<iframe srcdoc=")


def test_an_account_from_another_story_changes_no_claim_among_the_others(story):
    from tellings.ingest import account_from_text

    stranger = account_from_text(
        "The ferry to Orrin sailed late. Nobody minded, said its captain, Lo Wenn.", title="Ferry"
    )
    amid = tellings.compare([*EXAMPLES, stranger])
    kept = {c.id: c for c in amid.claims if all(a.account != stranger.id for a in c.appearances)}
    assert {c.id: c.relations for c in story.claims} == {i: c.relations for i, c in kept.items()}


def test_programs_are_told_of_bad_inputs_and_of_nothing_to_compare(tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    with pytest.warns(tellings.InputWarning, match="is empty"), pytest.raises(tellings.NothingToCompareError):
        tellings.compare([EXAMPLES[0], empty])
    problems = []
    assert len(list(tellings.read([EXAMPLES[0], empty], on_problem=problems.append))) == 1
    assert [problem.about for problem in problems] == [str(empty)]
