"""Which words name a claim, which has no title of its own, and which claims stand near each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tellings.records import Appearance, Claim

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_FRAGMENT = frozenset(
    _WORD.findall(
        "as and but or nor that who whom whose which when where while after before because since though although if "
        "unless until than to with without by for from of in on at into over under amid including despite through"
    )
)
"""Words that begin a part of a sentence rather than a sentence, unless a sentence begins there."""
_POINTING = frozenset(
    _WORD.findall("he she it they we i you this that these those his her its their there here him them")
)
"""Words that say nothing without what stands before them."""
_ASKING = frozenset({"what", "how", "why", "whether"})
_AGAIN = 2.5
"""What it costs to name a second claim by the same words: less than naming it by a fragment in its own."""
_SMALL = (
    _FRAGMENT
    | _POINTING
    | frozenset(_WORD.findall("the a an is are was were be been has have had not said says say told"))
)
_NEAR = 0.34
"""Share of content words (Jaccard) from which two claims stand side by side: a third, set by eye, not calibrated."""


def titles_of(claims: Iterable[Claim], texts: Mapping[str, str]) -> dict[str, Appearance]:
    """Name each claim by one of its appearances; `texts` are the accounts' texts by id.

    The best is a whole sentence or clause of handy length, in the account's own voice, with the words that most other
    appearances have too. Words that name an earlier claim name no second one while there are others as good.
    """
    titles: dict[str, Appearance] = {}
    taken: set[str] = set()
    for claim in claims:
        title = _title(claim, texts, taken)
        taken.add(_same(title.text))
        titles[claim.id] = title
    return titles


def _title(claim: Claim, texts: Mapping[str, str], taken: set[str]) -> Appearance:
    if len(claim.appearances) == 1:
        return claim.appearances[0]
    bags = [content_words(one.text) for one in claim.appearances]

    def cost(number: int) -> tuple[float, int, str, int]:
        one = claim.appearances[number]
        again = _AGAIN * (_same(one.text) in taken)
        total = _unlike(number, bags) + _shape(one, texts[one.account]) + bool(one.voice) + again
        return round(total, 3), len(one.text), one.account, one.start

    return claim.appearances[min(range(len(bags)), key=cost)]


def _unlike(number: int, bags: Sequence[frozenset[str]]) -> float:
    """How little an appearance has in common with the others, 0 to 2."""
    others = [likeness(bags[number], bag) for place, bag in enumerate(bags) if place != number]
    return 2 * (1 - sum(others) / len(others))


def _shape(one: Appearance, text: str) -> float:
    """How far words are from a clause that can be understood where it stands alone."""
    found = [word.lower() for word in _WORD.findall(one.text)]
    begins, ends = _begins(text, one.start), _ends(text, one.end)
    cost = 0.0 if begins and ends else 0.7
    if not found:
        return 9.0
    if found[0] in _ASKING or (not begins and (found[0] in _FRAGMENT or found[0].endswith(("ing", "ed")))):
        cost += 2
    return cost + (found[0] in _POINTING) * 0.8 + _length(len(found))


def _length(words: int) -> float:
    """Four to eighteen words are handy: two lines of a table's first column."""
    if words < 4:
        return 1.5
    return 0 if words <= 18 else min(2.0, (words - 18) / 8)


def _begins(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start].rstrip(" \t\"'“‘(")
    return not before or before[-1] in ".!?:;\n…”"


def _ends(text: str, end: int) -> bool:
    after = text[end : end + 4].lstrip("\"'”’)")
    return not after or after[0] in ".!?;\n…" or text[end - 1] in ".!?"


def _same(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def content_words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, in small letters."""
    return frozenset(word for word in map(str.lower, _WORD.findall(text)) if word not in _SMALL and len(word) > 1)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of two sets that both have (Jaccard), 0 to 1."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def near_ones(claims: Sequence[Claim]) -> list[Claim]:
    """Move claims that are told in like words up to the first of them; all else keeps its order."""
    bags = {claim.id: content_words(" ".join(one.text for one in claim.appearances)) for claim in claims}
    left, found = list(claims), []
    while left:
        first = left.pop(0)
        near = [one for one in left if likeness(bags[first.id], bags[one.id]) >= _NEAR]
        moved = {one.id for one in near}
        found += [first, *near]
        left = [one for one in left if one.id not in moved]
    return found
