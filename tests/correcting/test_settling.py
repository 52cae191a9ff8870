from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.correcting.anchors import anchor_of
from tellings.correcting.making import make
from tellings.correcting.records import Correction, Node, Placed
from tellings.correcting.settling import in_order, settled
from tellings.records import Span
from tests.correcting.made import says

TEXT = "abcdefgh"
A, B, C, D = (anchor_of(TEXT, Span(n, n + 1)) for n in range(4))


def placed(*corrections: Correction) -> list[Placed]:
    return [
        Placed(one, Node(one.at.sha256, one.at.span), Node(one.other.sha256, one.other.span) if one.other else None)
        for one in in_order(corrections)
        if one.withdrawn is None
    ]


def outcome(*corrections: Correction) -> tuple[set[str], dict[str, str]]:
    held, against = settled(placed(*corrections))
    return {one.correction.key for one in held}, {one.correction.key: one.status for one in against}


def test_what_does_not_contradict_all_holds():
    given = [says(1, "same entity", A, B), says(2, "same entity", B, C), says(3, "different entity", A, D)]
    assert outcome(*given) == ({one.key for one in given}, {})


def test_of_one_author_the_later_holds():
    first, later = says(1, "same entity", A, B), says(2, "different entity", B, A)
    assert outcome(first, later) == ({later.key}, {first.key: "superseded"})


def test_of_two_authors_the_later_holds_and_the_other_is_a_disagreement():
    first, later = says(1, "same claim", A, B), says(2, "different claim", A, B, author="Otis")
    held, against = settled(placed(first, later))
    assert [one.correction for one in held] == [later]
    (lost,) = against
    assert (lost.status, lost.keys) == ("overruled", (later.key,))
    assert "Otis says otherwise" in lost.why


def test_two_who_say_the_same_both_hold():
    given = [says(1, "same claim", A, B), says(2, "same claim", B, A, author="Otis")]
    assert outcome(*given) == ({one.key for one in given}, {})


def test_a_contradiction_in_a_ring_is_found_and_named():
    first, second, third = says(1, "same entity", A, B), says(2, "same entity", B, C), says(3, "different entity", A, C)
    held, against = settled(placed(first, second, third))
    assert [one.correction.key for one in held] == [second.key, third.key]
    (lost,) = against
    assert (lost.correction, lost.status) == (first, "contradicted")
    assert set(lost.keys) == {second.key, third.key}


def test_what_two_pairs_say_of_a_third_holds_that_apart_too():
    far, near = says(2, "different claim", B, C), says(3, "same claim", A, B)
    early = says(1, "same claim", A, C)
    assert outcome(far, near, early) == ({far.key, near.key}, {early.key: "contradicted"})


def test_a_relation_says_that_it_is_one_claim():
    related, apart = says(1, "relation", A, B, "conflict"), says(2, "different claim", A, B)
    assert outcome(related, apart) == ({apart.key}, {related.key: "superseded"})
    joined = says(3, "same claim", A, B)
    assert outcome(related, joined)[0] == {related.key, joined.key}


@pytest.mark.parametrize(("later", "holds"), [("conflict", True), ("agree", False)])
def test_two_relations_of_one_pair(later: str, holds: bool):
    one, other = says(1, "relation", A, B, "conflict"), says(2, "relation", A, B, later)
    assert (one.key in outcome(one, other)[0]) is holds


def test_which_one_says_more_is_part_of_narrower():
    one, other = says(1, "relation", A, B, "narrower"), says(2, "relation", B, A, "narrower")
    assert outcome(one, other) == ({other.key}, {one.key: "superseded"})


def test_a_correction_withdrawn_anywhere_is_withdrawn():
    from dataclasses import replace

    one = says(1, "same entity", A, B)
    gone = replace(one, withdrawn="2030-05-02T00:00:00Z")
    assert in_order([one, gone]) == in_order([gone, one]) == [gone]


KINDS = ("same entity", "different entity", "same claim", "different claim")


@st.composite
def corrections(draw: st.DrawFn) -> list[Correction]:
    made = []
    for second in range(draw(st.integers(1, 7))):
        a, b = draw(st.sampled_from([(x, y) for x, y in permutations((A, B, C, D), 2)]))
        kind = draw(st.sampled_from(KINDS))
        author = draw(st.sampled_from(["Ines", "Otis"]))
        made.append(make(kind, a, b, author=author, made=f"2030-05-01T00:00:{second // 2:02}Z"))
    return made


@given(corrections(), st.randoms())
def test_the_order_in_which_they_are_given_does_not_matter(given_: list[Correction], random: object):
    shuffled = list(given_)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # a random.Random
    assert settled(placed(*given_)) == settled(placed(*shuffled))


@given(corrections())
def test_none_is_lost_the_latest_holds_and_what_holds_is_no_contradiction(given_: list[Correction]):
    held, against = settled(placed(*given_))
    keys = [one.correction.key for one in held] + [one.correction.key for one in against]
    assert sorted(keys) == sorted({one.key for one in given_})
    assert held[-1].correction == in_order(given_)[-1]
    assert settled(held) == (held, [])
