"""Words of a text as the comparison sees them: keys and stems with their spans, and the small closed word lists."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tellings.records import Span

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")


def listed(words: str) -> frozenset[str]:
    """A word list from its words in one string."""
    return frozenset(words.split())


STOP = listed(
    """
    a about above after again against all also although am an and any are as at be because been before being
    below between both but by can could did do does doing down during each even ever few for from further
    get got had has have having he her here hers herself him himself his how however i if in into is it its
    itself just like made make many may me might more most much must my myself no nor not now of off on once
    one only or other our ours out over own per same say says said saying shall she should since so some
    still such tell tells than that the their theirs them themselves then there these they this those though
    through to told too toward towards under until up upon us very was we were what when where which while
    who whom whose why will with within without would yet you your yours mr mrs ms dr according added asked
    """
)
"""Words that say too little to be shared: function words and the plainest verbs of saying."""

NEGATIONS = listed(
    """
    no not never none nobody nothing neither nor without cannot isn't aren't wasn't weren't don't doesn't
    didn't hasn't haven't hadn't won't wouldn't can't couldn't shouldn't refused failed unable
    """
)
"""Words that turn a statement round."""

DENIALS = listed(
    """
    deny denies denied denying denial dispute disputes disputed disputing reject rejects rejected rejecting
    contradict contradicts contradicted false falsely untrue untruth lie lies lied lying wrong baseless
    unfounded contrary refute refutes refuted rebut rebuts rebutted disagree disagrees disagreed contend
    contended
    """
)
"""Words by which one account tells that another version is not so."""

HEDGES = listed(
    """reportedly allegedly apparently possibly probably perhaps likely unlikely may might could appears appeared seems
    seemed expected planned suspected believed presumed unconfirmed potentially""",
)
"""Words by which a statement is left open: as if, not yet, or on hearsay."""

DATES = listed(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december today yesterday tomorrow tonight morning afternoon evening night
    noon midnight week weekend month year spring summer fall autumn winter
    """
)
"""Words that place a statement in time ("May" is left to the figures beside it)."""

WEEKDAYS = listed("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = listed("january february march april june july august september october november december")

PRONOUNS = listed("he she they it we i you him her them us me who")


class Word(NamedTuple):
    """One word: its span in the account's text, its lower-case key, and its stem."""

    start: int
    end: int
    key: str
    stem: str


def words(text: str, span: Span | None = None) -> tuple[Word, ...]:
    """The words of a text, or of one span of it, with spans in the text."""
    start, end = span or (0, len(text))
    found = []
    for match in _WORD.finditer(text, start, end):
        key = _key(match.group())
        found.append(Word(match.start(), match.end(), key, stem(key)))
    return tuple(found)


def content(found: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words that are not function words."""
    return tuple(word for word in found if word.key not in STOP)


def is_capitalised(text: str, word: Word) -> bool:
    """Whether the word begins with a capital letter in its text."""
    return text[word.start].isupper()


@lru_cache(maxsize=65536)
def _key(token: str) -> str:
    """Lower case, straight apostrophes, no possessive, no thousands separators."""
    key = token.lower().replace("’", "'")
    if key[0].isdigit():
        return key.replace(",", "")
    return key.removesuffix("'s") if len(key) > 3 else key


_ENDINGS = (
    ("iness", "y"), ("ations", "ate"), ("ation", "ate"), ("ments", ""), ("ment", ""), ("ities", "ity"),
    ("ingly", ""), ("edly", ""), ("ies", "y"), ("ied", "y"), ("ings", ""), ("ing", ""), ("sses", "ss"),
    ("ers", ""), ("ed", ""), ("er", ""), ("es", ""), ("ly", ""), ("s", ""),
)  # fmt: skip


@lru_cache(maxsize=65536)
def stem(key: str) -> str:
    """A light stem: one common English ending off, doubled consonants and a last "e" dropped; for matching only."""
    if len(key) < 4 or not key.isalpha():
        return key
    for ending, instead in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= 3 and not key.endswith("ss"):
            key = key[: len(key) - len(ending)] + instead
            break
    if len(key) > 4 and key[-1] == key[-2] and key[-1] in "bdgmnprt":
        key = key[:-1]
    return key[:-1] if len(key) > 3 and key.endswith("e") else key
