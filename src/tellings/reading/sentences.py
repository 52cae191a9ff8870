"""Sentences: nupunkt's ends inside each line of text, joined again where no sentence can begin."""

from __future__ import annotations

from collections.abc import Sequence

from tellings.records import Span

_TAIL = frozenset("\"”’'»)]")
MAX_BLOCK = 20_000  # code points given to nupunkt at once; longer paragraphs are cut at a space, so time grows linearly


def sentences(text: str) -> tuple[Span, ...]:
    """Sentences of a text in order, white space at their ends left out.

    A line end always ends a sentence. Ends come from nupunkt (Punkt, Kiss and Strunk 2006, trained on legal and news
    text); where it cuts before a lower-case word or leaves a closing mark alone, the pieces are joined again.
    """
    found: list[Span] = []
    for block in _blocks(text):
        found.extend(_in_block(text, block))
    return tuple(found)


def _blocks(text: str) -> list[Span]:
    blocks = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        at = start
        while end - at > MAX_BLOCK:
            cut = text.rfind(" ", at, at + MAX_BLOCK)
            cut = at + MAX_BLOCK if cut <= at else cut
            blocks.append(Span(at, cut))
            at = cut
        blocks.append(Span(at, end))
        start = end + 1
    return blocks


def _in_block(text: str, block: Span) -> list[Span]:
    import nupunkt

    stripped = _strip(text, block)
    if stripped.start == stripped.end:
        return []
    piece = text[stripped.start : stripped.end]
    cuts = [Span(stripped.start + s, stripped.start + e) for s, e in nupunkt.sent_spans(piece)]
    return _joined(text, [_strip(text, cut) for cut in cuts])


def _joined(text: str, cuts: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for cut in cuts:
        if cut.start == cut.end:
            continue
        if joined and _goes_on(text, joined[-1], cut):
            joined[-1] = Span(joined[-1].start, cut.end)
        else:
            joined.append(cut)
    return joined


def _goes_on(text: str, before: Span, cut: Span) -> bool:
    """Whether a cut is no sentence of its own: only closing marks, or a lower-case word after a closed quotation.

    `"Never!" she said.` is one sentence: the attribution after the mark goes on with it.
    """
    piece = text[cut.start : cut.end]
    if all(sign in _TAIL or sign in ".?!…" for sign in piece):
        return True
    return piece[0].islower() and text[before.end - 1] in _TAIL | {"?", "!", "…"}


def _strip(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
