"""The words of a source cut up: its head, what leads to it, and whether it is written as a name.

Without a parse: the head is the last word before the first preposition, relative, participle or sign after the phrase's
first noun, so `spokesman` in `a spokesman for Ana Lind`, `Lind` in `Ana Lind, the mayor`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tellings.reading import source_words as lists
from tellings.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.records import MentionType

_SIGNS = "()[],;:–—"
_TOKEN = re.compile(rf"[^\s“”\"{re.escape(_SIGNS)}]+|[{re.escape(_SIGNS)}]")
_EDGES = "'‘’.!?*-"
_PARTICIPLE = re.compile(r"^[a-z]{2,}(?:ed|ing)$")
STOPPERS = lists.PREPOSITIONS | lists.RELATIVES | lists.DETERMINERS | lists.ENDERS
_AFTER_NOUN = lists.PREPOSITIONS | lists.RELATIVES | lists.FOLLOWERS


class Token(NamedTuple):
    """One word of a phrase: as written, in lower case without points and possessive ending, and where it stands."""

    text: str
    word: str
    span: Span
    possessive: bool

    @property
    def is_sign(self) -> bool:
        """Whether it is a comma, a dash or a bracket."""
        return not self.word


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a source, cut up: `[first, head]` number the tokens of its head's group.

    `lower` are all its words in lower case, `group` those up to the head, `ends` the group's last one, two and three.
    `proper` says that the head is written as a name; `named` is the name that the head is part of, with its type.
    """

    lower: str
    tokens: tuple[Token, ...]
    first: int
    head: int
    group: tuple[str, ...]
    ends: tuple[str, str, str]
    proper: bool
    named: tuple[str, MentionType] | None

    def ends_in(self, words: frozenset[str]) -> bool:
        """Whether the group ends in one of these words or runs of up to three words."""
        return not words.isdisjoint(self.ends)

    @property
    def is_plural(self) -> bool:
        """Whether the head looks like a plural."""
        word = self.group[-1]
        plain = word.endswith("s") and not word.endswith("ss")
        return plain or word.endswith("men") or word in {"people", "children"}


def phrase_of(words: str, names: Sequence[tuple[str, MentionType]] = ()) -> Phrase | None:
    """A source's words cut up; None where they hold no word."""
    tokens = tuple(_tokens(words))
    inside = _inside_names(tokens, words, names)
    first = _first(tokens)
    if first is None:
        return None
    first, head = _head(tokens, first, inside)
    lower = " ".join(token.word for token in tokens if token.word)
    group = tuple(token.word for token in tokens[first : head + 1])
    ends = (group[-1], " ".join(group[-2:]), " ".join(group[-3:]))
    return Phrase(lower, tokens, first, head, group, ends, _is_proper(tokens, head, inside), inside.get(head))


def _tokens(words: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(words):
        text = match.group().replace("’", "'")
        if text in _SIGNS:
            yield Token(text, "", Span(*match.span()), possessive=False)
            continue
        bare = text.strip(_EDGES)
        core = bare.removesuffix("'s")
        start = match.start() + text.find(bare)
        if core:
            possessive = core != bare or text.rstrip(".!?").endswith("s'")
            yield Token(core, core.lower(), Span(start, start + len(core)), possessive)


def _inside_names(
    tokens: Sequence[Token], words: str, names: Sequence[tuple[str, MentionType]]
) -> dict[int, tuple[str, MentionType]]:
    """The tokens that stand in a name, with that name and its type."""
    found: dict[int, tuple[str, MentionType]] = {}
    for name, kind in sorted(names, key=lambda one: len(one[0])):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", words) if name else ():
            inside = (i for i, t in enumerate(tokens) if t.word and match.start() <= t.span.start < match.end())
            found |= dict.fromkeys(inside, (name, kind))
    return found


def _first(tokens: Sequence[Token]) -> int | None:
    """The first token that is neither a sign, an opener nor a determiner; `those` where it stands for itself."""
    spoken = [i for i, token in enumerate(tokens) if token.word]
    for i in spoken:
        word, after = tokens[i].word, tokens[i + 1 : i + 2]
        alone = word == "those" and (not after or after[0].is_sign or after[0].word in _AFTER_NOUN)
        if alone or (word not in lists.OPENERS and word not in lists.DETERMINERS):
            return i
    return spoken[0] if spoken else None


def _head(tokens: Sequence[Token], first: int, inside: dict[int, tuple[str, MentionType]]) -> tuple[int, int]:
    """The first token and the head of the phrase's group; what only counts (`some of the ...`) is stepped over."""
    at = first
    while at + 1 < len(tokens):
        following = tokens[at + 1]
        if following.word == "of" and at + 1 not in inside:
            beyond = _compound(tokens, at, inside)
            if beyond:
                at = beyond
                continue
            if tokens[at].word in lists.PARTITIVES and at + 2 < len(tokens):
                inner = _first(tokens[at + 2 :])
                if inner is not None:
                    first = at = at + 2 + inner
                    continue
            break
        if at + 1 not in inside and _stops(tokens, at + 1):
            break
        at += 1
    while at > first and tokens[at].word in {"and", "or"}:
        at -= 1
    return first, at


def _stops(tokens: Sequence[Token], at: int) -> bool:
    """Whether the group before a token ends there."""
    token, before = tokens[at], tokens[at - 1].word
    if token.is_sign or token.word in STOPPERS:
        return True
    if before in lists.DETERMINERS and before != "those":
        return False  # `the suing states`: before a noun of its own it is an adjective
    return token.word in lists.FOLLOWERS or _is_participle(tokens, at)


def _is_participle(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is a verb that tells of the noun before it: `a poll conducted by`, `records obtained Friday`."""
    token = tokens[at]
    if not _PARTICIPLE.match(token.text) or token.word in lists.KNOWN:
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or following.is_sign:
        return token.word.endswith("ed")
    return following.word in STOPPERS or following.word in lists.FOLLOWERS


def _compound(tokens: Sequence[Token], at: int, inside: dict[int, tuple[str, MentionType]]) -> int | None:
    """The token after `of` and a name where the phrase goes on (`Department of Homeland Security spokesperson`)."""
    here = at + 2
    if not tokens[at].text[:1].isupper():
        return None
    while here < len(tokens) and (tokens[here].text[:1].isupper() or tokens[here].word in {"the", "and"}):
        here += 1
    goes_on = here > at + 2 and here < len(tokens) and here not in inside and not _stops(tokens, here)
    return here if goes_on and not tokens[here].is_sign else None


def _is_proper(tokens: Sequence[Token], head: int, inside: dict[int, tuple[str, MentionType]]) -> bool:
    """Whether the head is written as a name; a capital that only begins the phrase says nothing."""
    if head in inside:
        return True
    text = tokens[head].text
    if any(sign.isupper() for sign in text[1:]):
        return True
    if not text[:1].isupper():
        return False
    before = any(token.word for token in tokens[:head])
    after = [token for token in tokens[head + 1 :] if token.word]
    # `Center for Public Policy`: what follows is written as a name too
    follows = len(after) >= 2 and after[0].word in {"for", "of", "on", "and"} and after[1].text[:1].isupper()
    return before or follows
