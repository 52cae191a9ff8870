"""Parts of speech and dependencies of words (Universal Dependencies 2).

Arcs are scored by a biaffine head (Dozat and Manning 2017); the best tree is the maximum spanning arborescence with one
root (Chu and Liu 1965; Edmonds 1967), which is nearly always what the best governor of each word already gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tellings.reading import labels
from tellings.reading.model import DECIMALS, relation_scores
from tellings.records import Span, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tellings.reading.states import Encoded
    from tellings.reading.tokens import Tokens

_ROOT = labels.RELATIONS.index("root")
LONGEST = 200  # words parsed as one; a longer run without a sentence end is parsed in parts, so time grows linearly


def parsed(encoded: Encoded, words: Sequence[Sequence[Span]]) -> tuple[Word, ...]:
    """The words of each sentence with part of speech, governor and relation, in one sequence over the text."""
    spans = [span for sentence in words for span in sentence]
    if not spans:
        return ()
    states, weights = encoded.states, encoded.model.parse
    at = first_pieces(encoded.layout.tokens, spans)
    upos = states.labels[at][:, labels.PART_OF_SPEECH].argmax(1)
    heads = _heads(states.dependents[at], states.governors[at], weights.arc_root, words)
    governors = states.relation_governors[at]
    over = np.where((heads >= 0)[:, None], governors[heads], weights.relation_root)
    named = relation_scores(weights, states.relation_dependents[at], over)
    named[heads >= 0, _ROOT] = -np.inf
    best = named.argmax(1)
    return tuple(
        Word(
            span,
            labels.UPOS[kind],
            None if head < 0 else head,
            "root" if head < 0 else labels.RELATIONS[relation],
        )
        for span, kind, head, relation in zip(spans, upos.tolist(), heads.tolist(), best.tolist(), strict=True)
    )


def _heads(
    dependents: NDArray[np.float32],
    governors: NDArray[np.float32],
    root: NDArray[np.float32],
    words: Sequence[Sequence[Span]],
) -> NDArray[np.int64]:
    """The number of each word's governor among all words, -1 at a root."""
    heads = np.full(len(dependents), -1, dtype=np.int64)
    first = 0
    for sentence in words:
        end = first + len(sentence)
        for begin in range(first, end, LONGEST):
            part = slice(begin, min(begin + LONGEST, end))
            over = np.concatenate([root[None], governors[part]])
            made = tree(np.round(dependents[part] @ over.T, DECIMALS))
            heads[part] = np.where(made > 0, made - 1 + begin, -1)
        first = end
    return heads


def first_pieces(tokens: Tokens, spans: Sequence[Span]) -> NDArray[np.int64]:
    """The piece that stands for each word: the first that begins in it, else the one it lies in."""
    starts = np.asarray([span.start for span in spans], dtype=np.int64)
    ends = np.asarray([span.end for span in spans], dtype=np.int64)
    begins = np.searchsorted(tokens.starts, starts, side="left")
    inside = (begins < len(tokens)) & (tokens.starts[np.minimum(begins, len(tokens) - 1)] < ends)
    around = np.searchsorted(tokens.ends, starts, side="right")
    return np.minimum(np.where(inside, begins, around), len(tokens) - 1)


MOST_ROOTS = 8
"""Words tried as the root of one sentence, those that lose least by it first."""


def tree(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """The governor of each of n words, 0 the root: the best tree with one root of scores n x (1 + n)."""
    count = len(scores)
    values = scores.astype(np.float64)
    values[np.arange(count), np.arange(count) + 1] = -np.inf
    heads: NDArray[np.int64] = values.argmax(1)
    roots = np.flatnonzero(heads == 0)
    if len(roots) == 1 and _is_tree(heads):
        return heads
    # one root: try each word that stands well as one, the others barred from it, and keep the best tree
    most = values.max(1)
    loss = most - values[:, 0]
    best: tuple[float, NDArray[np.int64]] | None = None
    for root in np.argsort(loss, kind="stable")[:MOST_ROOTS]:
        if best is not None and most.sum() - loss[root] <= best[0]:
            break  # no tree with this root, or a later one, can be better
        barred = values.copy()
        barred[:, 0] = -np.inf
        barred[root] = -np.inf
        barred[root, 0] = 0.0
        made = _arborescence(barred)
        value = float(values[np.arange(count), made].sum())
        if best is None or value > best[0]:
            best = (value, made)
    assert best is not None
    return best[1]


def _is_tree(heads: NDArray[np.int64]) -> bool:
    """Whether every word leads to the root: pointers doubled until each has gone as far as it can."""
    to = np.concatenate([[0], heads])
    for _ in range(max(1, int(np.ceil(np.log2(len(to)))))):
        to = to[to]
    return bool((to == 0).all())


def _arborescence(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """The best governors without a circle (Chu-Liu-Edmonds by contracting one circle at a time)."""
    heads: NDArray[np.int64] = scores.argmax(1)
    circle = _circle(heads)
    if circle is None:
        return heads
    count = len(scores)
    inside = np.zeros(count, dtype=bool)
    inside[circle] = True
    outside = np.flatnonzero(~inside)
    members = np.asarray(circle)
    own = scores[members, heads[members]]
    # contracted: the outside words, then the circle as one word
    small = np.full((len(outside) + 1, len(outside) + 2), -np.inf)
    small[:-1, 0] = scores[outside, 0]
    small[:-1, 1:-1] = scores[np.ix_(outside, outside + 1)]
    into = scores[np.ix_(outside, members + 1)]  # a word of the circle governs an outside word
    small[:-1, -1] = into.max(1)
    columns = np.concatenate([[0], outside + 1])
    enter = scores[np.ix_(members, columns)] - own[:, None]  # the circle opened at one of its words
    small[-1, :-1] = enter.max(0)
    made = _arborescence(small)
    result = heads.copy()
    for i, word in enumerate(outside):
        head = made[i]
        result[word] = members[into[i].argmax()] + 1 if head == len(outside) + 1 else columns[head]
    opened = int(enter[:, made[-1]].argmax())
    result[members[opened]] = columns[made[-1]]
    return result


def _circle(heads: NDArray[np.int64]) -> list[int] | None:
    """The words of one circle of governors, None where there is none."""
    colour = np.zeros(len(heads), dtype=np.int64)
    for start in range(len(heads)):
        path = []
        at = start
        while at >= 0 and colour[at] == 0:
            colour[at] = start + 1
            path.append(at)
            at = int(heads[at]) - 1
        if at >= 0 and colour[at] == start + 1 and at in path:
            return path[path.index(at) :]
    return None
