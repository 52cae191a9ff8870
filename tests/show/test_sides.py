"""Versions, tellings and partings: how the appearances of one claim are put together for a reader."""

from __future__ import annotations

from dataclasses import replace

from tellings.records import Account, Claim, Comparison, Origin, Relation
from tellings.show.sides import agreeing, origins, otherwise, partings, says_more, telling_choice, tellings, versions
from tellings.show.view import View, view

from .comparisons import account, claim, crowd, harbour, manifest, relation, told, voice, words


def story_of(*texts: str) -> tuple[View, tuple[Account, ...]]:
    accounts = tuple(account(f"n{n}", text, published=f"2026-01-{n + 1:02}") for n, text in enumerate(texts))
    return view(Comparison(accounts, (), (), (), (), (), (), (), (), manifest(accounts))), accounts


def whole(accounts: tuple[Account, ...], *relations: Relation) -> Claim:
    """A claim that each account tells with all its words."""
    return claim("c", "disputed", tuple(told(a, a.text) for a in accounts), relations)


def of(story: Comparison, name: str) -> Claim:
    return next(entry for entry in story.claims if entry.id == name)


def test_a_claim_told_in_one_version_has_no_numerals():
    assert versions(view(harbour()), of(harbour(), "gone")) == {}
    assert versions(view(harbour()), of(harbour(), "no-alarm")) == {}


def test_those_who_agree_tell_one_version_and_the_first_account_has_the_first():
    assert versions(view(harbour()), of(harbour(), "alarm")) == {0: "i", 1: "ii", 2: "i"}


def test_numerals_follow_the_accounts_and_not_the_order_of_appearances():
    v, (first, second) = story_of("It sank.", "It floats.")
    turned = claim("c", "disputed", (told(second, "It floats"), told(first, "It sank")), (relation(0, 1, "conflict"),))

    assert versions(v, turned) == {1: "i", 0: "ii"}


def test_a_chain_that_contradicts_itself_gets_no_numerals():
    v, accounts = story_of("a a", "b b", "c c")
    torn = whole(accounts, relation(0, 1, "agree"), relation(1, 2, "agree"), relation(0, 2, "conflict"))

    assert versions(v, torn) == {}


def test_more_than_twelve_versions_are_counted_in_digits():
    v, accounts = story_of(*(f"text {n}" for n in range(14)))
    apart = whole(accounts, *(relation(a, b, "differ") for a in range(14) for b in range(a)))

    assert list(versions(v, apart).values())[-3:] == ["xii", "13", "14"]


def test_who_says_more_is_the_first_of_a_narrower_pair():
    assert says_more(of(harbour(), "no-alarm")) == {0}


def test_same_words_with_the_same_voice_are_one_telling():
    v, accounts = story_of("It sank.", "It sank.", "It floats.")

    assert [telling.numbers for telling in tellings(v, whole(accounts))] == [(0, 1), (2,)]


def test_same_words_with_another_voice_are_another_telling():
    v, (first, second) = story_of("Lena Moor said it sank.", "Her son said it sank.")
    made = claim(
        "c",
        "agreed",
        (
            told(first, "it sank", voice(first, "Lena Moor", "named person")),
            told(second, "it sank", voice(second, "Her son", "role")),
        ),
    )

    assert len(tellings(v, made)) == 2


def test_when_room_is_short_every_version_is_kept_before_a_second_of_one():
    texts = [f"It sank, said number {n}." for n in range(9)] + ["It floats."]
    v, accounts = story_of(*texts)
    against = whole(
        accounts,
        *(relation(n, 9, "conflict") for n in range(9)),
        *(relation(0, n, "agree") for n in range(1, 9)),
    )

    chosen, left = telling_choice(v, against, 3)

    assert [telling.accounts for telling in chosen] == [("n0",), ("n1",), ("n9",)]
    assert left == 7


def test_one_over_the_room_is_shown_rather_than_counted():
    v, accounts = story_of("a b", "c d", "e f", "g h")

    assert telling_choice(v, whole(accounts), 3)[1] == 0
    assert len(telling_choice(v, whole(accounts), 3)[0]) == 4


def test_relations_for_the_same_words_between_all_of_two_sides_are_one():
    story = crowd(5)
    (one,) = partings(view(story), story.claims[0])

    assert (one.kind, one.left, one.right) == ("conflict", (0, 1, 2, 3), (4,))
    assert [[excerpt.text for excerpt in side] for side in one.why] == [["fell"], ["did not"]]


def test_the_version_told_first_stands_on_the_left():
    (one,) = partings(view(harbour()), of(harbour(), "alarm"))

    assert (one.left, one.right) == ((0, 2), (1,))
    assert [side[0].text for side in one.why] == ["worked", "never sounded"]
    assert (one.low, one.high) == (0.93, 0.97)


def test_a_relation_with_a_direction_is_not_turned():
    v, (first, second) = story_of("Two died.", "Two men died.")
    made = claim(
        "c",
        "narrower",
        (told(first, "Two died"), told(second, "Two men died")),
        (relation(1, 0, "narrower"),),
    )

    (one,) = partings(v, made)

    assert (one.left, one.right) == ((1,), (0,))


def test_relations_are_not_joined_where_a_pair_is_missing():
    v, accounts = story_of("a", "b", "c", "d")
    made = whole(accounts, relation(0, 2, "differ"), relation(1, 3, "differ"))

    assert len(partings(v, made)) == 2


def test_relations_resting_on_other_words_stay_apart():
    v, (first, second, third) = story_of("ten", "eleven", "twelve")
    made = whole(
        (first, second, third),
        relation(0, 1, "differ", words(first, "ten"), words(second, "eleven")),
        relation(0, 2, "differ", words(first, "ten"), words(third, "twelve")),
    )

    assert len(partings(v, made)) == 2


def test_the_sharpest_relation_stands_first():
    v, accounts = story_of("a", "b", "c")
    made = whole(accounts, relation(0, 1, "narrower"), relation(0, 2, "conflict"), relation(1, 2, "agree"))

    assert [one.kind for one in partings(v, made)] == ["conflict", "narrower"]


def test_agreement_joins_sets_even_where_it_is_told_in_no_helpful_order():
    _, accounts = story_of(*"abcdef")
    made = whole(accounts, relation(0, 1, "agree"), relation(2, 3, "agree"), relation(1, 3, "agree"))

    assert agreeing(made) == [[0, 1, 2, 3]]


def test_a_claim_that_all_agree_on_has_nothing_to_tell_apart():
    assert agreeing(of(harbour(), "gone")) == []
    assert agreeing(of(harbour(), "alarm")) == [[0, 2]]


def test_origins_that_read_the_same_are_one_line():
    _, accounts = story_of("a", "b", "c")
    made = replace(
        whole(accounts),
        origins=(
            Origin("1", "own reporting", None, (0,)),
            Origin("2", "named person", "b", (1,)),
            Origin("3", "own reporting", None, (2,)),
        ),
    )

    assert origins(made) == [("own reporting", None, (0, 2)), ("named person", "b", (1,))]


def test_who_parts_from_another_is_told_with_the_sharpest_way():
    _, accounts = story_of("a", "b", "c", "d")
    made = whole(accounts, relation(0, 1, "differ"), relation(1, 2, "conflict"), relation(2, 3, "narrower"))

    assert otherwise(made) == {0: "differ", 1: "conflict", 2: "conflict"}
