"""In whose voice a stretch of an account stands: the account's own, or somebody's whom it quotes.

What stands between quotation marks is quoted, and what stands in a clause that an attribution gives to somebody. Whom
a verb merely has for its object is no part of what was said ("condemned Lind's remarks", "urged Lind to go"), nor is
what stands with a cue that denies the saying.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Literal

from tellings.comparing.reporting import tells
from tellings.comparing.table import Table
from tellings.records import Excerpt, Span

_CLAUSAL = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "cop", "aux", "aux:pass", "expl"})
"""Relations that only a predicate governs."""
_WHOLE = frozenset({"root", "ccomp", "parataxis", "advcl", "csubj", "dep", "orphan"})
"""Relations of a noun that stands for a clause ("no comment, he said")."""


class Voices:
    """In whose voice each stretch of one account stands."""

    def __init__(self, table: Table, number: int) -> None:
        self.reading, self.said = table.readings[number], table.speakers[number]
        account = self.reading.account
        title = account.title or ""
        self.title_ends = len(title) if title and account.text.startswith(title) else 0
        self.word_starts = [word.span.start for word in self.reading.words]
        self.clausal = {word.head for word in self.reading.words if word.relation in _CLAUSAL}
        self.contents = sorted(
            (content, n)
            for n, one in enumerate(self.reading.attributions)
            if tells(self.reading, one)
            for content in one.content
        )
        self.starts = [content.start for content, _ in self.contents]
        self.longest = max((content.end - content.start for content, _ in self.contents), default=0)
        self.quoted_starts = [span.start for span in self.reading.quotations]

    def of(self, span: Span) -> tuple[Literal["own", "quoted"], Excerpt | None]:
        """The voice of a stretch and whose it is: the innermost speaker told, None where the account leaves it out.

        An account's title, where its text begins with it, is its own voice but for what stands between marks.
        """
        at = bisect_right(self.quoted_starts, span.start) - 1
        marked = at >= 0 and span.end <= self.reading.quotations[at].end
        within = self._contents(span, marked=marked) if marked or span.start >= self.title_ends else []
        if within:
            _, number = max(within, key=lambda pair: (pair[0].start, -pair[0].end, pair[1]))
            speaker = self.said[number]
            return "quoted", self.words(speaker.span) if speaker else None
        return ("quoted" if marked else "own"), None

    def words(self, span: Span) -> Excerpt:
        """A stretch of the account."""
        account = self.reading.account
        return Excerpt(account.id, span.start, span.end, account.text[span.start : span.end])

    def _contents(self, span: Span, *, marked: bool) -> list[tuple[Span, int]]:
        """The contents that a stretch is a part of, with their attributions."""
        first = bisect_left(self.starts, span.start - self.longest)
        last = bisect_right(self.starts, span.start)
        held = [(content, n) for content, n in self.contents[first:last] if span.end <= content.end]
        return [(content, n) for content, n in held if marked or self._in_clause(span, content)]

    def _in_clause(self, span: Span, content: Span) -> bool:
        """Whether what a stretch hangs on inside a content is a clause; True where the reading has no parse."""
        at: int | None = bisect_left(self.word_starts, span.start)
        if at is None or at >= len(self.reading.words):
            return True
        for _ in range(_DEEPEST):
            above = self.reading.words[at].head
            if above is None or not content.start <= self.word_starts[above] < content.end:
                break
            at = above
        top = self.reading.words[at]
        return top.upos in {"VERB", "AUX"} or at in self.clausal or top.relation in _WHOLE


_DEEPEST = 60
"""Steps up a parse after which the stretch is taken for a part of a clause."""
