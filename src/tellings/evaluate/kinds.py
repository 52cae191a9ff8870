"""What a sentence tells, on NewsDiscourse: its role in the news text, and the kind of what it states.

NewsDiscourse (Choubey et al. 2020) has nine roles of sentences and no kinds of statements. Roles map to kinds so:

    event       Main, Main_Consequence, Cause_Specific, Distant_Historical, Distant_Anecdotal
    state       Cause_General
    evaluation  Distant_Evaluation
    forecast    Distant_Expectations_Consequences
    (left out)  NA

The map is coarse: a Main sentence may tell what somebody demands, and current context (Cause_General) often tells
events. Demands and questions have no role. So kinds are told, and no bar is set for them. A sentence's role or kind is
the best of the mean scores of its pieces; kinds come once from the kind head, among the four mapped, and once from the
role head, by the sum of the shares of the roles that map to each.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from tellings.evaluate.corpora import RoleText, news_roles, titled
from tellings.evaluate.readings import encoded
from tellings.evaluate.scores import Evaluation, Score, accuracy, macro

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from tellings.reading.model import Model
    from tellings.records import StatementKind

KIND_OF: dict[str, StatementKind] = {
    "Main": "event",
    "Main_Consequence": "event",
    "Cause_Specific": "event",
    "Distant_Historical": "event",
    "Distant_Anecdotal": "event",
    "Cause_General": "state",
    "Distant_Evaluation": "evaluation",
    "Distant_Expectations_Consequences": "forecast",
}
MAPPED: tuple[StatementKind, ...] = ("event", "state", "evaluation", "forecast")
PUBLISHED = {"roles, macro F1": "Choubey et al. .544 (test, 9 roles)"}


def measure(folder: Path, model: Model) -> Evaluation:
    """Roles and kinds of the sentences of NewsDiscourse's validation articles.

    Raises:
        CorpusError: when the file is missing.

    """
    path = folder / "newsdiscourse" / "validation.jsonl"
    rows = (row for text in news_roles(path) for row in sentence_scores(text, model))
    return Evaluation("kinds", titled("NewsDiscourse validation", path), evaluate(rows), {}, PUBLISHED)


def sentence_scores(text: RoleText, model: Model) -> Iterable[tuple[str, NDArray[np.float32]]]:
    """The role of each sentence and the mean label scores of its pieces (SCORES)."""
    seen = encoded(text.text, model)
    for span, role in text.roles:
        first, last = seen.layout.pieces(span)
        yield role, seen.states.labels[first:last].mean(0)


def evaluate(sentences: Iterable[tuple[str, NDArray[np.float32]]]) -> dict[str, Score]:
    """Accuracy and macro F1 of roles, and of kinds by either head, of sentences with role and label scores (SCORES)."""
    from tellings.reading import labels

    roles: list[tuple[str, str]] = []
    by_kind: list[tuple[str, str]] = []
    by_role: list[tuple[str, str]] = []
    for role, scores in sentences:
        roles.append((labels.ROLES[int(scores[labels.ROLE].argmax())], role))
        if role in KIND_OF:
            by_kind.append((_best_kind(scores[labels.KIND]), KIND_OF[role]))
            by_role.append((_kind_of_roles(scores[labels.ROLE]), KIND_OF[role]))
    return {
        "roles, macro F1": macro(roles, labels.ROLES),
        "roles, accuracy": accuracy(roles),
        "kinds, macro F1": macro(by_kind, MAPPED),
        "kinds, accuracy": accuracy(by_kind),
        "kinds by role, macro F1": macro(by_role, MAPPED),
        "kinds by role, accuracy": accuracy(by_role),
    }


def _best_kind(scores: NDArray[np.float32]) -> str:
    from tellings.reading.labels import KINDS

    return max(MAPPED, key=lambda kind: float(scores[KINDS.index(kind)]))


def _kind_of_roles(scores: NDArray[np.float32]) -> str:
    from tellings.reading.labels import ROLES

    shares = np.exp(scores - scores.max())
    sums = dict.fromkeys(MAPPED, 0.0)
    for role, share in zip(ROLES, shares.tolist(), strict=True):
        if role in KIND_OF:
            sums[KIND_OF[role]] += share
    return max(MAPPED, key=lambda kind: sums[kind])
