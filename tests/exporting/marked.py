"""Accounts with marks anywhere in them, for properties that every format holds."""

from __future__ import annotations

import hashlib

from hypothesis import strategies as st

from tellings.exporting.records import Made, Mark, Marked, MarkKind
from tellings.records import Account, Original, Span

MADE = Made("1.0", "a model", "comparison")
_LETTERS = st.text(
    st.sampled_from("ab c.\n“”\"'<&\\=+-é\u0301\u202e\U0001f309\ue000,;|\t\r\u2028"), min_size=1, max_size=80
)
_KINDS: tuple[MarkKind, ...] = ("attribution", "statement", "label", "name", "figure", "time", "wording")


def account(text: str, name: str = "one", **head: str) -> Account:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Account(name, text, digest, Original(f"{name}.txt", digest, len(text.encode()), "utf-8"), **head)  # type: ignore[arg-type] # heads are texts


@st.composite
def marked(draw: st.DrawFn) -> Marked:
    """An account of strange letters, with marks of every kind."""
    text = draw(_LETTERS)
    ends = st.integers(0, len(text))
    span = st.tuples(ends, ends).map(lambda pair: Span(min(pair), max(pair))).filter(lambda one: one.start < one.end)
    marks = []
    for kind in draw(st.lists(st.sampled_from(_KINDS), min_size=1, max_size=4)):
        spans = tuple(draw(st.lists(span, min_size=1, max_size=2)))
        parts = (("source", (draw(span),)),) if kind == "attribution" else ()
        marks.append(Mark(kind, spans, (("speaker", text[spans[0].start : spans[0].end]),), parts))
    return Marked(account(text), tuple(marks))
