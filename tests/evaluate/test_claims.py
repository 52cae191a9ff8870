"""The measures of the claims, on labels and comparisons made by hand."""

import numpy as np
import pytest

from tellings.comparing.scorer import Scores
from tellings.comparing.stage import Settings
from tellings.errors import CorpusError
from tellings.evaluate.claims import Told, best_f1, evaluate, laid, measure, sentence_scores, titled, told
from tellings.evaluate.gold_claims import across, gold_pairs, pair_kinds, quote_kinds, sentences_of
from tellings.evaluate.stories import GoldClaim, GoldQuote, GoldStory, Telling
from tellings.records import Span
from tests.comparing.accounts import account, reading
from tests.evaluate import gold
from tests.evaluate.fakes import Knowing, by_cosine

A1, A2, B1, B2 = ("A", 1), ("A", 2), ("B", 1), ("B", 2)
TEXTS = {
    "a": "The hall burned. Ana Lind said “nobody was hurt in the fire”.",
    "b": "The hall burned. “Nobody was hurt in the fire,” said Ana Lind.",
}
SPANS = {"a": (Span(0, 0), Span(0, 16), Span(17, 61)), "b": (Span(0, 0), Span(0, 16), Span(17, 63))}


def pair(*sentences):
    return frozenset(sentences)


def story(*claims, quotes=(), name="allsides/s00"):
    tellings = tuple(Telling(key.upper(), account(key, text), SPANS[key]) for key, text in TEXTS.items())
    return GoldStory(name, tellings, claims, quotes, ())


def says(one, pairs, standings=None, **more):
    """What a comparison tells of a story, its relations given by pair."""
    scores = dict.fromkeys(pairs, 0.9)
    parts = {"claims": tuple(frozenset(p) for p in pairs), "quoted": {}, "scores": scores, "cosine": scores} | more
    return Told(story=one, pairs=pairs, standings=standings or pairs, **parts)


# ---------------------------------------------------------------- what the gold says


def test_a_pair_of_several_claims_has_its_strongest_relation():
    found = gold_pairs(story(GoldClaim((A1, B1), "agree", ""), GoldClaim((A1, B1, B2), "conflict", "")))
    assert found[pair(A1, B1)] == "conflict"
    assert across(found) == {pair(A1, B1), pair(A1, B2)}


def test_the_relation_of_a_pair_is_told_only_where_every_claim_tells_it():
    known = GoldClaim((A1, A2, B1), "differ", "", apart=((A2, B1, "differ"),), more=())
    assert pair_kinds(story(known)) == {pair(A1, A2): "agree", pair(A1, B1): "agree", pair(A2, B1): "differ"}
    unknown = GoldClaim((A1, B1, B2), "conflict", "")
    assert pair_kinds(story(known, unknown)) == {pair(A1, A2): "agree", pair(A2, B1): "differ"}


def test_quotes_are_pairs_of_sentences_of_two_accounts():
    assert quote_kinds(story(quotes=(GoldQuote((A1, A2, B1), "clipped"),))) == {
        pair(A1, B1): "clipped",
        pair(A2, B1): "clipped",
    }


def test_a_statement_stands_for_the_sentences_it_shares_half_with():
    one = laid(story(), [reading(*item) for item in TEXTS.items()])
    assert sentences_of(one.story, one.table) == ((A1,), (A2,), (B1,), (B2,))
    whole = Telling("A", account("a", TEXTS["a"]), (Span(0, 0), Span(0, 61)))
    merged = GoldStory("allsides/s00", (whole, one.story.tellings[1]), (), (), ())
    assert sentences_of(merged, one.table)[:2] == ((A1,), (A1,))


# ---------------------------------------------------------------- scores


def test_pairs_are_scored_by_precision_and_recall_over_all_and_by_part():
    gold_claims = GoldClaim((A1, B1), "agree", ""), GoldClaim((A2, B2), "agree", "")
    first = says(story(*gold_claims), {pair(A1, B1): "agree", pair(A1, B2): "agree"})
    second = says(story(*gold_claims, name="gva/v00"), {pair(A1, B1): "agree"})
    scores = evaluate([first, second])
    assert (scores["pairs"].precision, scores["pairs"].recall, scores["pairs"].count) == (0.6667, 0.5, 4)
    assert (scores["pairs, allsides"].value, scores["pairs, gva"].precision) == (0.5, 1.0)
    assert "pairs, basil" not in scores
    assert (scores["claims a story"].value, scores["claims a story"].pinned) == (1.5, False)


def test_candidates_recall_is_the_share_of_gold_pairs_that_are_scored():
    one = story(GoldClaim((A1, B1), "agree", ""), GoldClaim((A2, B2), "agree", ""))
    scores = evaluate([says(one, {}, scores={pair(A1, B1): 0.1, pair(A2, B1): 0.9}, cosine={pair(A2, B1): 0.9})])
    assert (scores["candidates, recall"].value, scores["candidates, recall"].count) == (0.5, 2)
    assert scores["score alone"].value == 0.5  # two scored, one of them right, two wanted
    assert (scores["cosine alone"].value, scores["cosine alone"].pinned) == (0.0, False)


def test_relations_are_measured_by_claim_and_by_pair_on_pairs_that_both_have():
    claim = GoldClaim((A1, A2, B1), "conflict", "", apart=((A2, B1, "conflict"),), more=((A1, B1),))
    unsaid = GoldClaim((A2, B2), "differ", "")
    ours = {pair(A1, B1): "agree", pair(A2, B1): "differ", pair(A1, B2): "conflict"}
    scores = evaluate([says(story(claim, unsaid), ours, dict.fromkeys(ours, "conflict"))])
    by_claim, by_pair = (
        {name.partition(", ")[2]: score for name, score in scores.items() if name.startswith(f"relations by {way}")}
        for way in ("claim", "pair")
    )
    assert (by_claim["accuracy of five"].value, by_claim["accuracy of five"].count) == (1.0, 2)
    assert (by_claim["conflict"].value, by_claim["conflict precision"].value) == (1.0, 1.0)
    assert by_claim["macro F1"].value == 0.3333  # same and differ are not there
    assert by_pair["accuracy of five"].value == 0.0
    assert (by_pair["same"].value, by_pair["same"].count) == (1.0, 1)
    assert (by_pair["differ"].precision, by_pair["conflict"].recall) == (0.0, 0.0)
    assert (by_pair["conflict precision"].value, by_pair["conflict precision"].count) == (0.0, 0)


def test_quotes_are_scored_as_pairs_and_their_kind_where_both_have_them():
    one = story(quotes=(GoldQuote((A1, B1), "clipped"), GoldQuote((A2, B2), "altered")))
    quoted = {pair(A1, B1): "clipped", pair(A2, B2): "identical", pair(A1, B2): "clipped"}
    scores = evaluate([says(one, {}, quoted=quoted)])
    assert (scores["quotes"].precision, scores["quotes"].recall) == (0.6667, 1.0)
    assert (scores["quotes, kind"].value, scores["quotes, kind"].count) == (0.5, 2)


def test_nothing_found_and_nothing_wanted_gives_scores_of_nought():
    assert {score.value for score in evaluate([says(story(), {})]).values()} == {0.0}
    assert evaluate([])["pairs"].count == 0


def test_the_best_threshold_counts_gold_pairs_that_were_no_candidates():
    found = {pair(A1, B1): 0.9, pair(A2, B2): 0.4, pair(A1, B2): 0.2}
    wanted = {pair(A1, B1), pair(A2, B2), pair(A2, B1)}
    threshold, f1 = best_f1([(found, wanted)])
    assert threshold == 0.4
    assert f1 == pytest.approx(0.8)


def test_no_threshold_cuts_between_equal_scores():
    _, f1 = best_f1([({pair(A1, B1): 0.5, pair(A1, B2): 0.5, pair(A2, B2): 0.5}, {pair(A1, B1)})])
    assert f1 == 0.5
    assert best_f1([({}, {pair(A1, B1)})]) == (1.0, 0.0)


# ---------------------------------------------------------------- what the comparison says


def test_a_comparison_is_told_in_the_golds_sentences():
    one = laid(story(GoldClaim((A1, B1), "agree", "")), [reading(*item) for item in reversed(TEXTS.items())])
    found = told(one, by_cosine(one.table, one.pairs), Settings())
    assert found.claims == (frozenset({A1, B1}), frozenset({A2, B2}))
    assert found.pairs == {pair(A1, B1): "agree", pair(A2, B2): "agree"}
    assert found.standings == found.pairs
    assert found.quoted == {pair(A2, B2): "identical"}
    assert found.cosine[pair(A1, B1)] == pytest.approx(1.0)


def test_the_standing_is_that_of_the_whole_claim():
    text = "The hall burned. The hall burned with 4 trucks."
    spans = (Span(0, 0), Span(0, 16), Span(17, 47))
    others = {"a": "The hall burned with 3 trucks.", "b": text}
    tellings = (
        Telling("A", account("a", others["a"]), (Span(0, 0), Span(0, 30))),
        Telling("B", account("b", text), spans),
    )
    one = laid(GoldStory("allsides/s00", tellings, (), (), ()), [reading(*item) for item in others.items()])
    count = len(one.pairs.a)
    kinds = np.tile(np.asarray([0.4, 0.0, 0.6, 0.0, 0.0], dtype=np.float32), (count, 1))
    found = told(one, Scores(np.full(count, 0.9, dtype=np.float32), kinds), Settings())
    assert found.pairs == {pair(A1, B1): "agree", pair(A1, B2): "differ"}
    assert found.standings == {pair(A1, B1): "differ", pair(A1, B2): "differ"}


def test_a_pair_of_sentences_has_its_best_score_and_none_within_an_account():
    one = laid(story(), [reading(*item) for item in TEXTS.items()])
    scores, _ = sentence_scores(one, np.arange(len(one.pairs.a), dtype=np.float32))
    assert scores
    assert across(scores) == scores.keys()


# ---------------------------------------------------------------- the layer


def test_the_development_stories_are_read_and_compared(tmp_path, monkeypatch):
    monkeypatch.setenv("TELLINGS_GOLD", str(gold.write(tmp_path)))
    monkeypatch.setenv("TELLINGS_LABELS", str(tmp_path / "gold"))
    monkeypatch.setattr("tellings.evaluate.claims.score_pairs", by_cosine)
    measured = measure(tmp_path, Knowing())
    assert measured.scores["pairs"].count == 4  # two stories: once from the gold, once from our labels
    assert measured.wanted.keys() | measured.published.keys() <= measured.scores.keys()


def test_without_development_stories_there_is_nothing_to_measure(tmp_path, monkeypatch):
    monkeypatch.setenv("TELLINGS_GOLD", str(tmp_path))
    monkeypatch.setenv("TELLINGS_LABELS", str(tmp_path))
    with pytest.raises(CorpusError, match="set TELLINGS_GOLD"):
        measure(tmp_path, Knowing())


def test_the_corpus_is_named_by_its_texts_and_labels():
    one = story(GoldClaim((A1, B1), "agree", ""))
    assert titled([one]) == titled([story(GoldClaim((A1, B1), "agree", ""))])
    assert titled([one]) != titled([story(GoldClaim((A1, B1), "differ", ""))])
