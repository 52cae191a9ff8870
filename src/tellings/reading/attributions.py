"""Attribution: cues by their labels, then for each cue which words are its source and which its content.

Because every cue has its own row of links, sources may be shared, missing or apart from their cue, contents may be
discontinuous, and one attribution may stand inside another's content (PARC 3.0; PolNeAR, Newell et al. 2018).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tellings.reading import labels
from tellings.reading.model import link_scores, softmax
from tellings.reading.places import places
from tellings.reading.spans import begin_inside, is_inside, joined, overlap, runs_of, smoothed, trimmed
from tellings.records import Attribution, Manner, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tellings.reading.layout import Layout
    from tellings.reading.model import Model, Scores
    from tellings.reading.windows import Window

# Swept together on PolNeAR dev (tellings evaluate attribution); do not tune one alone.
CUE_THRESHOLD = 0.5
CHANGE = 1.5  # nats a change of label costs along a cue's row
QUOTED_SHARE = 0.85  # of a content's words between quotation marks: direct
MIXED_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Cue:
    """One found cue: its words `[first, last)` of the text and its probability."""

    first: int
    last: int
    score: float


def attributions(layout: Layout, scored: Sequence[tuple[Window, Scores]], model: Model) -> tuple[Attribution, ...]:
    """Every attribution of a text in order of their cues, parents set; `source_type` is left to a later layer."""
    found: list[Attribution] = []
    for window, scores in scored:
        found.extend(_in_window(layout, window, scores, model))
    found.sort(key=lambda a: a.cue[0])
    return _with_parents(found)


def _in_window(layout: Layout, window: Window, scores: Scores, model: Model) -> Iterator[Attribution]:
    words = layout.words_between(window.first, window.last)
    heads = layout.heads[words[0] : words[1]] - window.first
    cues = _cues(softmax(scores.labels[heads][:, labels.CUE]), layout, words[0], window)
    if not cues:
        return
    linked = _linked(layout, window, scores, cues, model)[:, heads]
    paths = smoothed(linked, CHANGE)
    for cue, path, row in zip(cues, paths, linked, strict=True):
        attribution = _attribution(layout, words[0], cue, path, row)
        if attribution is not None:
            yield attribution


def _cues(probabilities: NDArray[np.float32], layout: Layout, offset: int, window: Window) -> list[Cue]:
    """The cues whose first word belongs to the window's core."""
    found = []
    for first, last in begin_inside(probabilities, CUE_THRESHOLD):
        head = layout.heads[offset + first]
        if window.core_first <= head < window.core_last:
            score = float((1.0 - probabilities[first:last, 0]).mean())
            found.append(Cue(offset + first, offset + last, score))
    return found


def _linked(layout: Layout, window: Window, scores: Scores, cues: list[Cue], model: Model) -> NDArray[np.float32]:
    """Link probabilities of every cue and piece of the window (cues x pieces x 3)."""
    seen = slice(window.first, window.last)
    firsts = np.asarray([layout.heads[c.first] for c in cues]) - window.first
    lasts = np.asarray([layout.tail(c.last - 1) for c in cues]) - window.first
    cue_states = np.stack([scores.cues[a:b].mean(0) for a, b in zip(firsts, lasts, strict=True)])
    where = places(firsts, lasts, layout.sentence_of[seen], layout.paragraph_of[seen], layout.tokens.features[seen] % 2)
    return link_scores(model.link, cue_states, scores.parts, where)


def _attribution(
    layout: Layout, offset: int, cue: Cue, path: NDArray[np.int64], row: NDArray[np.float32]
) -> Attribution | None:
    """One cue's attribution; None where no content was found for it."""
    path = path.copy()
    path[cue.first - offset : cue.last - offset] = 0
    cue_span = Span(layout.words[cue.first].start, layout.words[cue.last - 1].end)
    content = _part(layout, offset, path, labels.LINKS.index("content"))
    if not content:
        return None
    source = _part(layout, offset, path, labels.LINKS.index("source"))
    sure = row[np.arange(len(path)), path][path > 0]
    return Attribution(
        source=source,
        cue=(cue_span,),
        content=content,
        manner=_manner(layout, content),
        source_type=None,
        parent=None,
        score=round(float(cue.score * sure.mean()), 3),
    )


def _part(layout: Layout, offset: int, path: NDArray[np.int64], label: int) -> tuple[Span, ...]:
    spans = []
    for first, last in runs_of(path, label):
        span = Span(layout.words[offset + first].start, layout.words[offset + last - 1].end)
        span = trimmed(layout.text, span)
        if any(sign.isalnum() for sign in layout.text[span.start : span.end]):
            spans.append(span)
    return joined(layout.text, spans)


def _manner(layout: Layout, content: tuple[Span, ...]) -> Manner:
    """Direct, mixed or indirect, by the share of the content between quotation marks."""
    length = sum(span.end - span.start for span in content)
    quoted = sum(overlap(span, quotation) for span in content for quotation in layout.quotations)
    marks = 2 * len(content)  # the marks themselves belong to the content, not to the quotation
    if quoted >= QUOTED_SHARE * max(1, length - marks):
        return "direct"
    return "mixed" if quoted >= MIXED_SHARE * length else "indirect"


def _with_parents(found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Each attribution with the number of the smallest longer one in whose content its cue and content stand."""
    return tuple(replace(inner, parent=_parent(i, found)) for i, inner in enumerate(found))


def _parent(number: int, found: Sequence[Attribution]) -> int | None:
    inner = found[number]
    size = _size(inner)
    around = [
        (_size(outer), i)
        for i, outer in enumerate(found)
        if i != number and _size(outer) > size and _encloses(outer, inner)
    ]
    return min(around)[1] if around else None


def _encloses(outer: Attribution, inner: Attribution) -> bool:
    spans = (*inner.cue, *inner.content)
    return all(any(is_inside(span, content) for content in outer.content) for span in spans)


def _size(attribution: Attribution) -> int:
    return sum(span.end - span.start for span in attribution.content)
