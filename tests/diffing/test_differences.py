"""Two versions of one account: what is kept, altered, moved, added, removed, and what is corrected without a word."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.comparing.words import words
from tellings.diffing import Versions, differences, same_page
from tellings.diffing.changes import gaps
from tellings.diffing.pairs import in_order
from tellings.diffing.units import units
from tellings.records import Excerpt, Mention, Reading, Span, Statement
from tests.comparing.accounts import account, reading

CRANE = "The crane on the north quay fell on Monday."
HURT = "In the end 12 people were hurt by its chain."
KROLL = "Edda Kroll said nobody had looked at the bolts."
SHUT = "The quay will be shut until the spring."


def named(name: str, text: str, **more: str) -> Reading:
    """A reading in which pairs of capitalised words are names."""
    return reading(name, text, **more)


def laid(before: str, after: str) -> Versions:
    return differences(named("old", before), named("new", after))


def told(versions: Versions) -> list[tuple[str, str | None, str | None]]:
    """Kind, earlier and later words of each difference."""
    return [(one.kind, one.before and one.before.text, one.after and one.after.text) for one in versions.differences]


def changed(before: str, after: str) -> list[tuple[str, str | None, str | None]]:
    """Kind, earlier and later words of the changes of the only altered statement."""
    (one,) = (one for one in laid(before, after).differences if one.kind == "altered")
    return [(c.kind, c.before and c.before.text, c.after and c.after.text) for c in one.changes]


class TestStatements:
    def test_the_same_words_are_kept_and_others_added_and_removed(self):
        assert told(laid(f"{CRANE} {HURT} {SHUT}", f"{CRANE} {SHUT} A ferry sank far away.")) == [
            ("kept", CRANE, CRANE),
            ("removed", HURT, None),
            ("kept", SHUT, SHUT),
            ("added", None, "A ferry sank far away."),
        ]

    def test_what_is_altered_is_one_statement_with_both_its_forms(self):
        assert told(laid(f"{CRANE} {SHUT}", f"The old crane on the quay fell on Monday. {SHUT}")) == [
            ("altered", CRANE, "The old crane on the quay fell on Monday."),
            ("kept", SHUT, SHUT),
        ]

    def test_what_stands_in_another_order_is_moved(self):
        found = laid(f"{CRANE} {HURT} {KROLL} {SHUT}", f"{SHUT} {CRANE} {HURT} {KROLL}").differences
        assert [(one.after and one.after.text, one.moved) for one in found] == [
            (SHUT, True),
            (CRANE, False),
            (HURT, False),
            (KROLL, False),
        ]
        assert {one.kind for one in found} == {"kept"}

    def test_a_statement_can_be_moved_and_altered(self):
        found = laid(f"{CRANE} {HURT} {KROLL}", f"{HURT.replace('12', '14')} {CRANE} {KROLL}").differences
        assert (found[0].kind, found[0].moved, found[1].moved) == ("altered", True, False)

    def test_of_several_alike_the_first_goes_with_the_first(self):
        found = laid(f"{CRANE} {SHUT} {CRANE}", f"{CRANE} {SHUT}").differences
        assert [one.kind for one in found] == ["kept", "kept", "removed"]
        assert found[2].before == Excerpt("old", 84, 84 + len(CRANE), CRANE)

    def test_white_space_does_not_count(self):
        assert {kind for kind, _, _ in told(laid(f"{CRANE}\n\n{SHUT}", f"{CRANE}  {SHUT}"))} == {"kept"}


class TestWords:
    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            (HURT, HURT.replace("12", "14"), [("figure", "12", "14")]),
            (HURT, "In the end people were hurt by its chain.", [("figure", "12", None)]),
            (KROLL, KROLL.replace("Edda Kroll", "Ida Lind"), [("name", "Edda Kroll", "Ida Lind")]),
            ("The chain did not break in the wind.", "The chain did break in the wind.", [("negation", "not", None)]),
            (CRANE, CRANE.replace("Monday", "Sunday"), [("words", "Monday", "Sunday")]),
            ("It was built in 1974 by the port.", "It was built in 1975 by the port.", [("figure", "1974", "1975")]),
            (
                "The old crane had stood there for a long time.",
                "The crane had stood up there for a very long time.",
                [("words", "old", None), ("words", None, "up"), ("words", None, "very")],
            ),
            (
                "So the quay is shut.",
                "So, the Quay is shut!",
                [("marks", "So the quay is shut.", "So, the Quay is shut!")],
            ),
        ],
    )
    def test_which_words_and_of_which_kind(
        self, before: str, after: str, expected: list[tuple[str, str | None, str | None]]
    ):
        assert changed(before, after) == expected

    def test_a_figure_told_otherwise_is_the_same_figure(self):
        one, other = named("old", "They saw 12 people."), named("new", "They saw twelve people.")
        figure = replace(one.figures[0], span=Span(9, 15))
        (found,) = differences(one, replace(other, figures=(figure,))).differences
        assert [change.kind for change in found.changes] == ["words"]

    def test_a_bound_put_before_a_figure_changes_the_figure(self):
        one, other = named("old", HURT), named("new", HURT.replace("12", "at least 12"))
        (found,) = differences(one, replace(other, figures=(replace(other.figures[0], bound="at least"),))).differences
        assert [(c.kind, c.before, c.after and c.after.text) for c in found.changes] == [("figure", None, "at least")]

    def test_pronouns_are_no_names(self):
        one, other = named("old", "Then he went to the quay."), named("new", "Then she went to the quay.")
        pronoun = (Mention(Span(5, 7), "PER", 1.0, 0, "pronoun"),)
        (found,) = differences(replace(one, mentions=pronoun), other).differences
        assert [change.kind for change in found.changes] == ["words"]

    def test_a_very_long_statement_is_aligned_by_its_ends(self):
        many = ["".join(chr(97 + int(digit)) for digit in f"{n:04}") for n in range(3000)]
        before = " ".join(many)
        found = changed(before, before.replace(many[7], "x").replace(many[2990], "y"))
        assert [kind for kind, _, _ in found] == ["words"]
        assert (found[0][1] or "").startswith(many[7])
        assert (found[0][1] or "").endswith(many[2990])


class TestSilence:
    LATER = f"{CRANE} {HURT.replace('12', '14')} {SHUT}"
    EARLIER = f"{CRANE} {HURT} {SHUT}"

    def test_a_figure_changed_without_a_word_is_silently_corrected(self):
        found = laid(self.EARLIER, self.LATER)
        assert [one.silent for one in found.differences] == [False, True, False]
        assert found.notices == ()

    @pytest.mark.parametrize(
        "notice",
        [
            "Correction: 14 people were hurt, not 12.",
            "Corrections, 5 November: the number of people hurt was wrong.",
            "An earlier version of this article said that 12 were hurt.",
            "A previous version of this story misstated the number.",
            "This article was updated on Tuesday.",
            "This story has been corrected.",
            "UPDATE: More people were found.",
            "Updated at 10:05 with the number of people hurt.",
            "Clarification: the number counts all.",
            "Editor’s note: the number was changed.",
        ],
    )
    def test_a_notice_in_the_later_version_breaks_the_silence(self, notice: str):
        found = laid(self.EARLIER, f"{self.LATER}\n\n{notice}")
        assert not any(one.silent for one in found.differences)
        assert len(found.notices) == 1
        assert found.notices[0].text in notice

    @pytest.mark.parametrize(
        "words",
        [
            "The council updated its plan for the quay.",
            "The correction of the course took an hour.",
            "The house of correction is near.",
            "An earlier ship had come in.",
        ],
    )
    def test_other_uses_of_these_words_are_no_notice(self, words: str):
        assert [one.silent for one in laid(self.EARLIER, f"{self.LATER} {words}").differences][1]

    def test_a_notice_that_was_there_before_speaks_of_another_change(self):
        notice = "\n\nCorrection: the crane was built in 1974."
        found = laid(self.EARLIER + notice, self.LATER + notice)
        assert [one.silent for one in found.differences if one.kind == "altered"] == [True]
        assert found.notices == ()

    @pytest.mark.parametrize(
        ("before", "after", "silent"),
        [
            (CRANE, "The old crane on the north quay fell on Monday at noon.", False),
            (CRANE, "The crane on the quay fell on Monday.", False),
            (CRANE, "The crane on the north quay fell on Sunday.", True),
            (CRANE, "The crane on the north quay never fell on Monday.", True),
            (HURT, "In the end people were hurt by its chain.", True),
            (KROLL, "Nobody had looked at the bolts, it is said by some.", True),
            ("So the quay is shut.", "So a quay is shut.", False),
        ],
    )
    def test_words_put_in_or_left_out_alone_correct_nothing(self, before: str, after: str, silent: bool):
        found = laid(f"{before} {SHUT}", f"{after} {SHUT}").differences
        assert (found[0].kind, found[0].silent) == ("altered", silent)


class TestHeads:
    def test_what_the_versions_say_of_themselves_otherwise(self):
        one, other = named("old", CRANE, outlet="Post"), named("new", CRANE, outlet="Post")
        one = replace(one, account=replace(one.account, title="Crane falls", published="2025-11-03"))
        other = replace(other, account=replace(other.account, title="Old crane falls", published="2025-11-03"))
        found = differences(one, other).heads
        assert [(head.field, head.before, head.after) for head in found] == [
            ("title", "Crane falls", "Old crane falls")
        ]

    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            (None, "2025-11-03", "as given"),
            ("2025-11-03", "2025-11-04", "by their dates"),
            ("2025-11-04", "2025-11-03T10:00", "against their dates"),
            ("2025-11-03", "2025-11-03T10:00", "as given"),
            ("2025-11-03T10:00", "2025-11-03T10:01", "by their dates"),
            ("2025-11-03T10:00+01:00", "2025-11-03T09:30Z", "by their dates"),
            ("2025-11", "2025-12", "as given"),
        ],
    )
    def test_which_is_later(self, before: str | None, after: str | None, expected: str):
        made = (named("x", CRANE, published=date) if date else named("x", CRANE) for date in (before, after))
        assert differences(*made).order == expected

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            ("https://quay.example/a", "http://www.quay.example/a/", True),
            ("https://quay.example/a?id=1&utm_source=x#top", "https://quay.example/a?id=1", True),
            ("https://quay.example/a?id=1", "https://quay.example/a?id=2", False),
            ("https://quay.example/a", "https://quay.example/b", False),
            (None, None, False),
            ("http://[broken", "http://[broken", True),
        ],
    )
    def test_the_same_page(self, one: str | None, other: str | None, expected: bool):
        assert same_page(replace(account("x", "a"), url=one), replace(account("y", "b"), url=other)) is expected


class TestUnits:
    def test_words_between_statements_are_units_and_joining_words_go_with_the_next(self):
        text = "The crane fell, and nobody was hurt, the harbour master said. Well."
        spans = [(0, 14), (20, 35)]
        made = replace(
            named("x", text),
            sentences=(Span(0, 61), Span(62, 67)),
            statements=tuple(Statement(Span(*s), 0, (), False, None, "affirmed", "certain", ()) for s in spans),
        )
        assert [one.text for one in units(made)] == [
            "The crane fell",
            "and nobody was hurt",
            "the harbour master said.",
            "Well.",
        ]

    def test_words_outside_all_sentences_are_not_lost(self):
        made = replace(named("x", f"{CRANE} {SHUT}"), sentences=(), statements=())
        assert [one.text for one in units(made)] == [f"{CRANE} {SHUT}"]


class TestBadInput:
    def test_versions_with_nothing_in_common(self):
        found = laid(f"{CRANE} {HURT}", "Rain came late. Then bees sang.")
        assert [one.kind for one in found.differences] == ["removed", "removed", "added", "added"]
        assert (found.before.shared, found.after.shared) == (0.0, 0.0)

    @pytest.mark.parametrize("text", ["", "...", "\n \n", "12", "“"])
    def test_texts_with_next_to_nothing(self, text: str):
        assert all(one.kind == "kept" for one in laid(text, text).differences)
        assert all(one.kind == "added" for one in laid(text, CRANE).differences if one.after)

    def test_both_may_have_one_id(self):
        found = differences(named("x", CRANE), named("x", SHUT))
        assert [one.kind for one in found.differences] == ["removed", "added"]

    @pytest.mark.parametrize("sentence", ["The crane number {0} fell on {1}.", "It fell."])
    def test_many_statements_take_time_in_step_with_their_number(self, sentence: str):
        def taken(count: int) -> float:
            made = [
                named(day, " ".join(sentence.format(n, day) for n in range(count))) for day in ("Monday", "Tuesday")
            ]
            start = time.process_time()
            differences(*made)
            return time.process_time() - start

        few = min(taken(500), taken(500))
        assert taken(4000) < 8 * few * 3 + 1

    def test_many_notices_are_read_in_little_time(self):
        start = time.process_time()
        found = laid(CRANE, "Correction: " * 20_000)
        assert len(found.notices) <= 50
        assert time.process_time() - start < 10


WORDS = st.sampled_from(
    [
        "the",
        "crane",
        "fell",
        "12",
        "14",
        "Edda Kroll",
        "not",
        "quay",
        ".",
        "!",
        "\n\n",
        "“so”",
        "said",
        ",",
        "1974",
        "é",
    ]
)
TEXTS = st.lists(WORDS, max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_an_account_beside_itself_is_all_kept(text: str):
    one = named("x", text)
    found = differences(one, one)
    assert all(
        (d.kind, d.moved, d.silent, d.changes) == ("kept", False, False, ()) and d.before == d.after
        for d in found.differences
    )
    assert (found.before.shared, found.notices, found.heads) == (1.0, (), ())


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_every_word_of_both_is_told_once_and_every_span_round_trips(before: str, after: str):
    versions = laid(before, after)
    for side, text in (("before", before), ("after", after)):
        shown = [getattr(one, side) for one in versions.differences if getattr(one, side)]
        assert sum(len(words(excerpt.text)) for excerpt in shown) == len(words(text))
        inner = [getattr(c, side) for one in versions.differences for c in one.changes if getattr(c, side)]
        notices = versions.notices if side == "after" else ()
        assert all(text[e.start : e.end] == e.text for e in [*shown, *inner, *notices])
        assert len({e.start for e in shown}) == len(shown)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 4), max_size=12), st.lists(st.integers(0, 4), max_size=12))
def test_gaps_are_all_that_is_not_shared(one: list[int], other: list[int]):
    mine, its = [str(n) for n in one], [str(n) for n in other]
    kept = [list(mine), list(its)]
    for a, b in reversed(list(gaps(mine, its))):
        del kept[0][slice(*a)]
        del kept[1][slice(*b)]
    assert kept[0] == kept[1]


@given(st.permutations(range(8)), st.lists(st.sampled_from([0.5, 1.0, 4.0]), min_size=8, max_size=8))
def test_the_heaviest_run_is_as_heavy_as_any(places: list[int], weights: list[float]):
    found = in_order(dict(enumerate(places)), dict(enumerate(weights)))
    runs = ([n for n in range(8) if chosen >> n & 1] for chosen in range(256))
    rising = (run for run in runs if all(places[a] < places[b] for a, b in pairwise(run)))
    assert sum(weights[a] for a, _ in found) == max(sum(weights[n] for n in run) for run in rising)


@given(st.permutations(range(8)))
def test_the_longest_run_in_order_is_in_order(places: list[int]):
    found = in_order(dict(enumerate(places)))
    assert found == sorted(found) == sorted(found, key=lambda pair: pair[1])
    assert all(places[a] == b for a, b in found)
    assert found
