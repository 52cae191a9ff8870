"""From scores of word pieces to spans of text: words, labelled runs, trimmed ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tellings.records import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tellings.reading.tokens import Tokens


def word_starts(tokens: Tokens) -> NDArray[np.int64]:
    """The first piece of every word or sign."""
    return np.flatnonzero(tokens.first)


def word_spans(tokens: Tokens) -> list[Span]:
    """The span of every word or sign."""
    heads = word_starts(tokens)
    tails = np.append(heads, len(tokens))[1:] - 1
    return [Span(int(start), int(end)) for start, end in zip(tokens.starts[heads], tokens.ends[tails], strict=True)]


def begin_inside(probabilities: NDArray[np.float32], threshold: float = 0.5) -> list[tuple[int, int]]:
    """Runs `[first, last)` of words inside a span by begin/inside/outside probabilities (words x 3).

    A run begins where the outside falls below `1 - threshold`, and anew where beginning beats going on.
    """
    inside = 1.0 - probabilities[:, 0] >= threshold
    begins = probabilities[:, 1] > probabilities[:, 2]
    runs: list[tuple[int, int]] = []
    for at in np.flatnonzero(inside).tolist():
        if runs and runs[-1][1] == at and not begins[at]:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def smoothed(probabilities: NDArray[np.float32], change: float) -> NDArray[np.int64]:
    """The best label of every word where each change of label costs `change` nats (Viterbi; rows x words x labels).

    Since every change costs the same, the best way into a label is to stay in it or to come from the best of all.
    """
    logs = np.log(np.maximum(probabilities, 1e-4)).transpose(1, 0, 2)
    words, rows, _ = logs.shape
    best = logs[0]
    stays = np.empty(logs.shape, dtype=bool)
    tops = np.empty((words, rows), dtype=np.int64)
    for at in range(1, words):
        top = best.max(1, keepdims=True) - change
        best.argmax(1, out=tops[at])
        np.greater_equal(best, top, out=stays[at])
        best = np.maximum(best, top) + logs[at]
    path = np.zeros((rows, words), dtype=np.int64)
    path[:, -1] = best.argmax(1)
    every = np.arange(rows)
    for at in range(words - 1, 0, -1):
        label = path[:, at]
        path[:, at - 1] = np.where(stays[at, every, label], label, tops[at])
    return path


def runs_of(labels: NDArray[np.int64], label: int) -> list[tuple[int, int]]:
    """Runs `[first, last)` of equal `label`."""
    marked = np.concatenate([[0], (labels == label).astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(marked))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def joined(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, those with only white space between them made one."""
    result: list[Span] = []
    for span in spans:
        if result and not text[result[-1].end : span.start].strip():
            result[-1] = Span(result[-1].start, span.end)
        else:
            result.append(span)
    return tuple(result)


def trimmed(text: str, span: Span, signs: str = " \t\n\u00a0,;:–—-") -> Span:
    """A span without white space and joining signs at its ends."""
    start, end = span
    while start < end and (text[start] in signs or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in signs or text[end - 1].isspace()):
        end -= 1
    return Span(start, end)


def overlap(a: Span, b: Span) -> int:
    """How many code points two spans share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def is_inside(inner: Span, outer: Span) -> bool:
    """Whether `inner` stands wholly in `outer`."""
    return outer.start <= inner.start and inner.end <= outer.end
