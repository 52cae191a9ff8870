"""Attribution: cues by their labels, then for each cue which words are its source and which its content.

Because every cue has its own row of links, sources may be shared, missing or apart from their cue, contents may be
discontinuous, and one attribution may stand inside another's content (PARC 3.0; PolNeAR, Newell et al. 2018).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from tellings.reading import labels
from tellings.reading.model import link_scores, softmax
from tellings.reading.places import places
from tellings.reading.signatures import signed
from tellings.reading.spans import begin_inside, is_inside, joined, overlap, runs_of, smoothed, trimmed
from tellings.records import Attribution, Manner, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tellings.reading.layout import Layout
    from tellings.reading.model import Model, Scores
    from tellings.reading.windows import Window

# Swept together on PolNeAR dev (see training/RESULTS.md); do not tune one alone. Tags are the encoder's own labels of
# a word as some source or content, links what one cue sees: tags know extents better, links know belonging.
CUE = 0.45  # probability from which a run of words is a cue
DOUBTFUL_CUE = 0.3  # from here it is one if it explains content that no other cue does
EXPLAINED = 0.8  # share of a doubtful cue's content that must be tagged and unexplained
LEAST_EXPLAINED = 3  # words of it
CHANGE = 1.6  # nats a change of label costs along a cue's row
CONTENT_TAG, SOURCE_TAG = 0.6, 1.5  # weight of a tag's log odds beside a link's
LEAST_SOURCE = 0.3  # probability of the best source word where a row has none yet
SOURCE_EDGE = 0.4  # share of it at which a source ends
LEFT_OVER = 4  # words of tagged content without a cue that are given to the likeliest one ...
LEAST_LINK = 0.003  # ... if its mean link is at least this
LEAST_KEPT = 3  # words of content that a cue must keep to lose those it shares with another
QUOTED_SHARE = 0.85  # of a content between quotation marks: direct
MIXED_SHARE = 0.05

_SOURCE, _CONTENT = labels.LINKS.index("source"), labels.LINKS.index("content")


@dataclass(frozen=True, slots=True)
class Cue:
    """One found cue: its words `[first, last)` of the text, its probability, and whether that alone is enough."""

    first: int
    last: int
    score: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """The words of one window: the first's number, each one's first piece in the window, its tags' probabilities."""

    offset: int
    heads: NDArray[np.int64]
    cue: NDArray[np.float32]
    source: NDArray[np.float32]
    content: NDArray[np.float32]


def attributions(layout: Layout, scored: Sequence[tuple[Window, Scores]], model: Model) -> tuple[Attribution, ...]:
    """Every attribution of a text in order of their cues, parents set; sources' types are left to a later layer."""
    found = [one for window, scores in scored for one in _in_window(layout, window, scores, model)]
    found += signed(layout, found)
    return _with_parents(sorted(found, key=lambda a: a.cue[0]))


def _in_window(layout: Layout, window: Window, scores: Scores, model: Model) -> Iterator[Attribution]:
    seen = _seen(layout, window, scores)
    cues = _cues(layout, window, seen)
    if not cues:
        return
    links = _linked(layout, window, scores, cues, model)
    rows = _with_tags(links, seen)
    paths = smoothed(rows, CHANGE)
    kept = _kept(cues, paths, seen)
    _give_left_over(kept, cues, paths, links, seen)
    _settle_shared(kept, cues, paths, rows, seen)
    for number in sorted(kept):
        cue, path = cues[number], paths[number]
        path[cue.first - seen.offset : cue.last - seen.offset] = 0
        _give_source(path, rows[number], cue, seen)
        attribution = _attribution(layout, seen.offset, cue, path, rows[number])
        if attribution is not None:
            yield attribution


def _seen(layout: Layout, window: Window, scores: Scores) -> Seen:
    first, last = layout.words_between(window.first, window.last)
    heads = layout.heads[first:last] - window.first
    shares = scores.labels[heads]
    return Seen(
        first,
        heads,
        softmax(shares[:, labels.CUE]),
        1.0 - softmax(shares[:, labels.SOURCE])[:, 0],
        1.0 - softmax(shares[:, labels.CONTENT])[:, 0],
    )


def _cues(layout: Layout, window: Window, seen: Seen) -> list[Cue]:
    """Sure and doubtful cues in text order whose first word belongs to the window's core."""
    sure = begin_inside(seen.cue, CUE)
    doubtful = [
        (first, last)
        for first, last in begin_inside(seen.cue, DOUBTFUL_CUE)
        if not any(a < last and first < b for a, b in sure)
    ]
    found = []
    for runs, is_sure in ((sure, True), (doubtful, False)):
        for first, last in runs:
            head = layout.heads[seen.offset + first]
            if window.core_first <= head < window.core_last:
                score = float((1.0 - seen.cue[first:last, 0]).mean())
                found.append(Cue(seen.offset + first, seen.offset + last, score, is_sure))
    return sorted(found, key=lambda cue: cue.first)


def _linked(layout: Layout, window: Window, scores: Scores, cues: list[Cue], model: Model) -> NDArray[np.float32]:
    """Link probabilities of every cue and word of the window, by the words' first pieces (cues x words x 3)."""
    pieces = slice(window.first, window.last)
    first, last = layout.words_between(window.first, window.last)
    heads = layout.heads[first:last] - window.first
    firsts = np.asarray([layout.heads[c.first] for c in cues]) - window.first
    lasts = np.asarray([layout.tail(c.last - 1) for c in cues]) - window.first
    cue_states = np.stack([scores.cues[a:b].mean(0) for a, b in zip(firsts, lasts, strict=True)])
    where = places(
        firsts, lasts, layout.sentence_of[pieces], layout.paragraph_of[pieces], layout.tokens.features[pieces] % 2
    )
    return link_scores(model.link, cue_states, scores.parts[heads], where[:, heads])


def _with_tags(links: NDArray[np.float32], seen: Seen) -> NDArray[np.float32]:
    """Links weighed with the words' own tags: probabilities again (cues x words x 3), rounded."""
    logs = np.log(np.maximum(links, 1e-4))
    logs[..., _CONTENT] += CONTENT_TAG * _log_odds(seen.content)
    logs[..., _SOURCE] += SOURCE_TAG * _log_odds(seen.source)
    return softmax(logs)


def _log_odds(shares: NDArray[np.float32]) -> NDArray[np.float32]:
    kept = np.clip(shares, 0.02, 0.98)
    odds: NDArray[np.float32] = np.log(kept / (1.0 - kept))
    return odds


def _kept(cues: list[Cue], paths: NDArray[np.int64], seen: Seen) -> list[int]:
    """The numbers of the cues to go on with: sure ones, and doubtful ones that explain what no other does."""
    kept = [number for number, cue in enumerate(cues) if cue.sure]
    explained = (paths[kept] == _CONTENT).any(0) if kept else np.zeros(len(seen.heads), dtype=bool)
    doubtful = sorted((n for n in range(len(cues)) if not cues[n].sure), key=lambda n: (-cues[n].score, n))
    for number in doubtful:
        content = paths[number] == _CONTENT
        new = int((content & ~explained & (seen.content >= 0.5)).sum())
        if new >= max(LEAST_EXPLAINED, EXPLAINED * int(content.sum())):
            explained |= content
            kept.append(number)
    return kept


def _give_left_over(
    kept: list[int], cues: list[Cue], paths: NDArray[np.int64], links: NDArray[np.float32], seen: Seen
) -> None:
    """Give tagged content that no cue explains - a quotation going on - to the cue likeliest to, in `paths`."""
    if not kept:
        return
    free = (seen.content >= 0.5) & ~(paths[kept] > 0).any(0)
    for number in kept:
        free[cues[number].first - seen.offset : cues[number].last - seen.offset] = False
    for first, last in runs_of(free.astype(np.int64), 1):
        if last - first < LEFT_OVER:
            continue
        means = [(float(links[n, first:last, _CONTENT].mean()), -n) for n in kept]
        best, number = max(means)
        if best >= LEAST_LINK:
            paths[-number, first:last] = _CONTENT


def _settle_shared(
    kept: list[int], cues: list[Cue], paths: NDArray[np.int64], rows: NDArray[np.float32], seen: Seen
) -> None:
    """Leave content that two cues claim to the likelier one, in `paths`, unless one cue stands in the other's content.

    Nobody's words are two speakers' at one level (in PolNeAR no content is shared), but a content may hold another.
    """
    for one, other in combinations(kept, 2):
        shared = (paths[one] == _CONTENT) & (paths[other] == _CONTENT)
        if not shared.any() or _holds(paths[one], cues[other], seen) or _holds(paths[other], cues[one], seen):
            continue
        means = [float(rows[number][shared, _CONTENT].mean()) for number in (one, other)]
        loser = paths[other if means[0] >= means[1] else one]
        if int(((loser == _CONTENT) & ~shared).sum()) >= LEAST_KEPT:
            loser[shared] = 0


def _holds(path: NDArray[np.int64], cue: Cue, seen: Seen) -> bool:
    return bool((path[cue.first - seen.offset : cue.last - seen.offset] == _CONTENT).any())


def _give_source(path: NDArray[np.int64], row: NDArray[np.float32], cue: Cue, seen: Seen) -> None:
    """Leave a path one source, the likeliest, and mark one if it has none: nearly every attribution has just one."""
    runs = runs_of(path, _SOURCE)
    if runs:
        first, last = max(runs, key=lambda run: (float(row[run[0] : run[1], _SOURCE].max()), -abs(run[0] - cue.first)))
        path[path == _SOURCE] = 0
        path[first:last] = _SOURCE
        return
    shares = np.where(path == _CONTENT, 0.0, row[:, _SOURCE])
    shares[cue.first - seen.offset : cue.last - seen.offset] = 0.0
    best = int(shares.argmax())
    if shares[best] < LEAST_SOURCE:
        return
    near = shares >= SOURCE_EDGE * shares[best]
    first, last = next(run for run in runs_of(near.astype(np.int64), 1) if run[0] <= best < run[1])
    path[first:last] = _SOURCE


def _attribution(
    layout: Layout, offset: int, cue: Cue, path: NDArray[np.int64], row: NDArray[np.float32]
) -> Attribution | None:
    """One cue's attribution; None where no content was found for it."""
    content = _part(layout, offset, path, _CONTENT)
    if not content:
        return None
    sure = row[np.arange(len(path)), path][path > 0]
    return Attribution(
        source=_part(layout, offset, path, _SOURCE),
        cue=(Span(layout.words[cue.first].start, layout.words[cue.last - 1].end),),
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
    quoted = sum(_quoted(layout, span) for span in content)
    marks = 2 * len(content)  # the marks themselves belong to the content, not to the quotation
    if quoted >= QUOTED_SHARE * max(1, length - marks):
        return "direct"
    return "mixed" if quoted >= MIXED_SHARE * length else "indirect"


def _quoted(layout: Layout, span: Span) -> int:
    """How many code points of a span stand between quotation marks."""
    at = bisect_right(layout.quotations, span.start, key=lambda q: q.end)
    total = 0
    while at < len(layout.quotations) and layout.quotations[at].start < span.end:
        total += overlap(span, layout.quotations[at])
        at += 1
    return total


def _with_parents(found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Each attribution with the number of the smallest longer one in whose content its cue and content stand.

    Only those whose cue is no further away than any content reaches are asked, so time grows linearly.
    """
    sizes = [_size(attribution) for attribution in found]
    starts = [attribution.cue[0].start for attribution in found]
    reach = max((abs(edge - a.cue[0].start) for a in found for span in a.content for edge in span), default=0)
    parents = []
    for i, inner in enumerate(found):
        near = range(bisect_left(starts, starts[i] - reach), bisect_right(starts, starts[i] + reach))
        around = [(sizes[k], k) for k in near if k != i and sizes[k] > sizes[i] and _encloses(found[k], inner)]
        parents.append(min(around)[1] if around else None)
    return tuple(replace(one, parent=parent) for one, parent in zip(found, parents, strict=True))


def _encloses(outer: Attribution, inner: Attribution) -> bool:
    spans = (*inner.cue, *inner.content)
    return all(any(is_inside(span, content) for content in outer.content) for span in spans)


def _size(attribution: Attribution) -> int:
    return sum(span.end - span.start for span in attribution.content)
