"""Accounts that are copies: most of their words stand, run by run, in another account of the comparison."""

from __future__ import annotations

from collections.abc import Sequence

from tellings.comparing.words import words

Runs = frozenset[tuple[str, ...]]

RUN = 5
"""Words in a row that are looked for in the other account; punctuation and case do not count."""
_COPIED = 0.7
"""The least share of its runs by which an account is a copy. Of 839 pairs of accounts of one gold story five share more
(from 0.79 up, all of them one agency's or one office's text), and none of the others more than 0.64."""
_LEAST = 8
"""A text of fewer words is too short to say so: two people may have written it alike."""


def runs(text: str) -> Runs:
    """All runs of five words of a text; none where it is too short to be told a copy."""
    keys = [word.key for word in words(text)]
    if len(keys) < _LEAST:
        return frozenset()
    return frozenset(tuple(keys[n : n + RUN]) for n in range(len(keys) - RUN + 1))


def share(one: Runs, other: Runs) -> float:
    """The share of the runs of one text that stand in the other; 0 where it has none."""
    return len(one & other) / len(one) if one else 0.0


def counted(texts: Sequence[str], versions: Sequence[Sequence[int]] = ()) -> tuple[int, ...]:
    """For each text the number of the one it counts with: its own, or that of the text it is a copy of.

    `versions` are groups of texts, by number, that are one account's, the latest last: they count with that one, and
    what copies any of them is a copy of it.

    Of two that are copies of each other the first counts; a text that is part of a longer one counts with that one,
    wherever it stands. Whether two texts are copies rests on these two alone.
    """
    latest = {n: group[-1] for group in versions for n in group}
    forms = {group[-1]: group for group in versions}
    found = [runs(text) for text in texts]
    standing = [n for n in range(len(found)) if latest.get(n, n) == n]

    def copied(n: int, other: int) -> bool:
        return any(share(found[n], found[form]) >= _COPIED for form in forms.get(other, (other,)))

    first: dict[int, int] = {}
    for n in standing:
        first[n] = next((m for m in standing if m < n and first[m] == m and copied(n, m)), n)
    kept = [n for n, home in first.items() if n == home]
    last: dict[int, int] = {}
    for n in reversed(kept):
        last[n] = next((last[m] for m in kept if m > n and copied(n, m)), n)
    return tuple(last[first[latest.get(n, n)]] for n in range(len(found)))
