"""A judge in the stage: what it is asked, what its word changes, and what stays where it has none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from tellings.comparing import compare
from tellings.comparing.candidates import candidates
from tellings.comparing.judge import LEAST, MOST, PEAK, Answer, Judged, Question, Told, doubtful, judged
from tellings.comparing.scorer import KINDS, Scores, score_pairs
from tellings.comparing.table import Table, build, in_order
from tellings.errors import JudgeError
from tellings.records import Claim, Reading
from tests.comparing.accounts import reading
from tests.comparing.test_stage import LETTER, LOCAL, WIRE

Rule = Callable[[Question], Answer | None]


@dataclass
class Fake:
    """A judge that answers by a rule and remembers what it was asked."""

    rule: Rule
    name: str = "fake"
    asked: list[Question] = field(default_factory=list)

    def answers(self, questions: Sequence[Question]) -> Sequence[Answer | None]:
        self.asked += questions
        return [self.rule(question) for question in questions]


def always(kind: str, score: float = 0.8) -> Fake:
    return Fake(lambda _: Answer(kind, score))


NEVER = Fake(lambda _: None)


@pytest.fixture
def story() -> list[Reading]:
    return [
        reading("wire", WIRE, published="2030-05-01", outlet="Wire"),
        reading("local", LOCAL, published="2030-05-02", outlet="Local"),
        reading("letter", LETTER, published="2030-05-03", outlet="Letter"),
    ]


@pytest.fixture
def table() -> Table:
    """Two accounts of two statements each: rows 0, 1 and 2, 3."""
    a = reading(
        "a", "Ada Finch said the deck was rotten. Three people were hurt.", outlet="Wire", published="2030-05-01"
    )
    b = reading("b", "The deck had been rotten. It rained.")
    return build(in_order([a, b]))


A, B = np.array([0, 0, 1, 1, 0]), np.array([2, 3, 2, 3, 1])
KINDS_GIVEN = np.tile(np.array([0.5, 0.2, 0.1, 0.1, 0.1], dtype=np.float32), (5, 1))


def given(*same: float) -> Scores:
    return Scores(np.array(same, dtype=np.float32), KINDS_GIVEN.copy())


# ---------------------------------------------------------------- what is asked


def test_doubtful_pairs_across_accounts_are_asked_in_the_order_of_the_rows(table: Table):
    assert doubtful(table, A, B, given(0.3, 0.04, 0.95, 0.05, 0.5)).tolist() == [0, 2, 3]
    shuffled = [3, 4, 0, 2, 1]
    same = np.array([0.3, 0.04, 0.95, 0.05, 0.5], dtype=np.float32)[shuffled]
    found = doubtful(table, A[shuffled], B[shuffled], Scores(same, KINDS_GIVEN))
    assert [(A[shuffled][n], B[shuffled][n]) for n in found] == [(0, 2), (1, 2), (1, 3)]


def test_a_pair_the_scorer_is_sure_of_is_not_asked(table: Table):
    fake = always("conflict")
    scores, said = judged(table, A, B, given(0.96, 0.04, 0.0, 1.0, 0.5), fake)
    assert fake.asked == []
    assert said == Judged("fake", 0, 0)
    assert scores.same.tolist() == given(0.96, 0.04, 0.0, 1.0, 0.5).same.tolist()


def test_a_statement_comes_with_its_sentence_speaker_outlet_and_date(table: Table):
    fake = always("agree")
    judged(table, A[:1], B[:1], given(0.5), fake)
    text = "Ada Finch said the deck was rotten."
    assert fake.asked == [
        Question(
            Told(text, text, "Ada Finch", "Wire", "2030-05-01"),
            Told("The deck had been rotten.", "The deck had been rotten.", None, None, None),
        )
    ]


def test_the_sentence_is_the_whole_one(table: Table):
    first = table.readings[0]
    short = replace(first.statements[0], span=first.statements[0].span._replace(start=15))
    cut = build((replace(first, statements=(short, *first.statements[1:])), table.readings[1]))
    fake = always("agree")
    judged(cut, A[:1], B[:1], given(0.5), fake)
    assert fake.asked[0].a.text == "the deck was rotten."
    assert fake.asked[0].a.sentence == "Ada Finch said the deck was rotten."


# ---------------------------------------------------------------- what an answer changes


def test_a_kind_gives_its_probability_and_peaks_there(table: Table):
    scores, said = judged(table, A[:1], B[:1], given(0.5), always("differ", 0.8))
    assert said == Judged("fake", 1, 1)
    assert scores.same[0] == pytest.approx(0.8)
    kinds = dict(zip(KINDS, scores.kinds[0].tolist(), strict=True))
    assert kinds["differ"] == pytest.approx(PEAK + (1 - PEAK) * 0.1, abs=1e-4)
    assert sum(kinds.values()) == pytest.approx(1, abs=1e-3)
    assert kinds["agree"] > kinds["update"]  # what is left still follows the scorer


@pytest.mark.parametrize(("score", "same"), [(0.99, 0.01), (0.6, LEAST), (0.0, LEAST)])
def test_unrelated_ones_fall_out_of_doubt(table: Table, score: float, same: float):
    scores, _ = judged(table, A[:1], B[:1], given(0.5), always("unrelated", score))
    assert scores.same[0] == pytest.approx(same)
    assert scores.kinds[0].tolist() == KINDS_GIVEN[0].tolist()


def test_a_pair_without_answer_keeps_what_the_scorer_gave(table: Table):
    def rule(question: Question) -> Answer | None:
        return Answer("agree", 0.7) if "hurt" in question.a.text else None

    before = given(0.3, 0.4, 0.5, 0.6, 0.5)
    scores, said = judged(table, A, B, before, Fake(rule))
    assert said == Judged("fake", 4, 2)
    assert scores.same.tolist() == pytest.approx([0.3, 0.4, 0.7, 0.7, 0.5])
    assert scores.kinds[[0, 1, 4]].tolist() == KINDS_GIVEN[[0, 1, 4]].tolist()
    assert before.same.tolist() == given(0.3, 0.4, 0.5, 0.6, 0.5).same.tolist()


@pytest.mark.parametrize(
    "bad", [Answer("agree", 1.01), Answer("agree", -0.1), Answer("agree", float("nan")), Answer("so", 0.5)]
)  # type: ignore[arg-type]
def test_an_answer_that_is_none_counts_as_none(table: Table, bad: Answer):
    scores, said = judged(table, A[:1], B[:1], given(0.5), Fake(lambda _: bad))
    assert said == Judged("fake", 1, 0)
    assert scores.same[0] == 0.5


def test_a_judge_that_loses_count_is_an_error(table: Table):
    class Short(Fake):
        def answers(self, questions: Sequence[Question]) -> Sequence[Answer | None]:
            return list(super().answers(questions))[1:]

    with pytest.raises(JudgeError, match="fake: gave 0 answers to 1 questions; "):
        judged(table, A[:1], B[:1], given(0.5), Short(lambda _: None))


# ---------------------------------------------------------------- the whole stage


def asked_of(story: list[Reading]) -> int:
    table = build(in_order(story))
    pairs = candidates(table)
    scores = score_pairs(table, pairs)
    return len(doubtful(table, pairs.a, pairs.b, scores))


def shared(claims: tuple[Claim, ...]) -> list[Claim]:
    return [claim for claim in claims if claim.standing != "single"]


def test_without_a_judge_nothing_is_said_of_one(story: list[Reading]):
    assert not [one for one in compare(story).manifest.settings if "judge" in one.name]


def test_the_manifest_says_which_judge_and_how_much_it_answered(story: list[Reading]):
    turns = iter(range(10_000))
    half = Fake(lambda _: Answer("agree", 0.8) if next(turns) % 2 else None)
    settings = {one.name: one.value for one in compare(story, judge=half).manifest.settings}
    count = asked_of(story)
    assert count > 3
    assert settings["judge"] == "fake"
    assert settings["judge answered"] == f"{count // 2} of {count}"


def test_a_judge_that_never_answers_changes_no_claim(story: list[Reading]):
    assert compare(story, judge=NEVER).claims == compare(story).claims


def test_the_judges_word_makes_and_unmakes_claims(story: list[Reading]):
    apart, together = compare(story, judge=always("unrelated", 0.9)), compare(story, judge=always("agree", 0.9))
    sizes = [sum(len(one.appearances) for one in shared(found.claims)) for found in (apart, compare(story), together)]
    assert sizes[0] < sizes[1] < sizes[2]


def test_a_kind_needs_words_to_show_for_it_all_the_same(story: list[Reading]):
    for claim in compare(story, judge=always("conflict", 0.9)).claims:
        for relation in claim.relations:
            if relation.kind in {"differ", "update", "conflict"}:
                assert len({why.account for why in relation.why}) == 2


@pytest.mark.parametrize("order", [(2, 1, 0), (1, 2, 0)])
def test_the_order_of_readings_changes_nothing_that_is_asked(story: list[Reading], order: tuple[int, ...]):
    first, second = always("narrower"), always("narrower")
    assert compare(story, judge=first) == compare([story[n] for n in order], judge=second)
    assert first.asked == second.asked


def test_the_limits_of_doubt_leave_something_on_both_sides():
    assert 0 < LEAST < 0.5 < MOST < 1
