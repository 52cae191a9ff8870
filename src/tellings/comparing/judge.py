"""Doubtful pairs put to a stronger judge, where the user has one; what it leaves open stays with the shipped scorer.

Only the Protocol of a judge is known here, so that comparing stays free of files and sockets: those are in `judging/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

import numpy as np

from tellings.comparing.scorer import KINDS, Scores
from tellings.comparing.table import Table
from tellings.errors import JudgeError
from tellings.records import RelationKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST, MOST = 0.05, 0.95
"""A pair is doubtful while the shipped scorer's probability that both tell the same thing is within these."""
PEAK = 0.9
"""How much the kind that a judge names weighs against the shipped scorer's kinds, which the words may still prefer."""

Verdict: TypeAlias = RelationKind | Literal["unrelated"]
VERDICTS: tuple[Verdict, ...] = (*KINDS, "unrelated")


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as a judge sees it: its words, the whole sentence it stands in, who says it, where and when.

    `speaker` is None in the account's own voice and where the source is left out; `published` as in an Account.
    """

    text: str
    sentence: str
    speaker: str | None
    outlet: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """How do these two statements of different accounts stand to each other? Their order says nothing."""

    a: Told
    b: Told


@dataclass(frozen=True, slots=True)
class Answer:
    """How two statements stand to each other.

    `score` is the probability in [0, 1] that the answer is right in whether both tell the same thing: that they do for
    a kind of relation, that they do not for `unrelated`.
    """

    kind: Verdict
    score: float


class Judge(Protocol):
    """What comparing needs of a judge; the same question should get the same answer, whatever is asked beside it."""

    @property
    def name(self) -> str:
        """The judge's name for a manifest."""

    def answers(self, questions: Sequence[Question]) -> Sequence[Answer | None]:
        """One answer for each question, in order; None where the judge has none."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Which judge was asked about how many doubtful pairs, and how many it answered."""

    name: str
    asked: int
    answered: int


def judged(
    table: Table, a: NDArray[np.int64], b: NDArray[np.int64], scores: Scores, judge: Judge
) -> tuple[Scores, Judged]:
    """The scores of candidate pairs (rows `a` and `b` of the table) with the judge's word on the doubtful ones.

    An answer that is none of VERDICTS or has no probability counts as none.

    Raises:
        JudgeError: the judge gave more or fewer answers than it was asked questions.

    """
    asked = doubtful(table, a, b, scores)
    questions = [Question(_told(table, int(a[n])), _told(table, int(b[n]))) for n in asked]
    answers = judge.answers(questions) if questions else ()
    if len(answers) != len(questions):
        problem = f"gave {len(answers)} answers to {len(questions)} questions"
        raise JudgeError(judge.name, problem, "compare without this judge")
    same, kinds = scores.same.copy(), scores.kinds.copy()
    answered = 0
    for n, answer in zip(asked, answers, strict=True):
        if answer is not None and is_answer(answer):
            same[n], kinds[n] = _same(answer), _kinds(answer, kinds[n])
            answered += 1
    return replace(scores, same=same, kinds=kinds), Judged(judge.name, len(questions), answered)


def doubtful(table: Table, a: NDArray[np.int64], b: NDArray[np.int64], scores: Scores) -> NDArray[np.int64]:
    """The numbers of the doubtful pairs across accounts, in the order of the rows, whatever order they come in."""
    open_ = (scores.same >= LEAST) & (scores.same <= MOST) & (table.account[a] != table.account[b])
    order = np.lexsort((b, a)).astype(np.int64)
    chosen: NDArray[np.int64] = order[open_[order]]
    return chosen


def is_answer(answer: Answer) -> bool:
    """Whether an answer names a verdict there is, with a probability."""
    return answer.kind in VERDICTS and 0 <= answer.score <= 1


def _told(table: Table, row: int) -> Told:
    found = table.rows[row]
    reading = table.readings[found.reading]
    text = reading.account.text
    start, end = reading.sentences[found.record.sentence] if reading.sentences else found.record.span
    speaker = text[found.speaker.span.start : found.speaker.span.end] if found.speaker else None
    return Told(table.text(row), text[start:end], speaker, reading.account.outlet, reading.account.published)


def _same(answer: Answer) -> float:
    """The probability that both tell the same; unrelated ones fall out of doubt, however unsure the judge is."""
    return round(min(1 - answer.score, LEAST) if answer.kind == "unrelated" else answer.score, 4)


def _kinds(answer: Answer, shipped: NDArray[np.float32]) -> NDArray[np.float32]:
    if answer.kind == "unrelated":
        return shipped
    peak = np.array([kind == answer.kind for kind in KINDS], dtype=np.float32)
    row: NDArray[np.float32] = (PEAK * peak + (1 - PEAK) * shipped).round(4)
    return row
