"""Names as words that can be compared: without marks, accents and forms of address; acronyms; bodies' other names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TypeAlias

from tellings.comparing.words import listed

Key: TypeAlias = tuple[str, ...]
"""A name's words in lower case, without accents, full stops and what is no part of it."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_ADDRESS = listed("mr mrs ms miss dr sir dame the")
_LINKS = listed("of the and for at on in to")
_SUFFIX = listed("jr sr ii iii iv")
_LEGAL = listed("inc corp corporation co company ltd llc plc group holdings")
_OF_STATE = listed("us united states american america british uk federal")
"""What is added before a body's name to say whose it is."""
_OTHER_NAMES = {
    "us": "united states", "u s": "united states", "usa": "united states", "america": "united states",
    "united states america": "united states", "uk": "united kingdom", "britain": "united kingdom",
    "great britain": "united kingdom", "gop": "republican party", "republicans": "republican party",
    "republican": "republican party", "democrats": "democratic party", "democrat": "democratic party",
    "democratic": "democratic party", "tories": "conservative party", "dprk": "north korea", "eu": "european union",
    "un": "united nations", "prc": "china",
}  # fmt: skip


@lru_cache(maxsize=65536)
def key_of(text: str) -> Key:
    """The words of a name; "Mr.", "Dr." and "the" before it, and a possessive ending, are no part of it."""
    joined = _DOTTED.sub(lambda match: match.group().replace(".", "") + " ", text.replace("’", "'"))
    plain = "".join(c for c in unicodedata.normalize("NFKD", joined) if not unicodedata.combining(c))
    words = [word.removesuffix("'s") for word in _WORD.findall(plain.casefold())]
    while len(words) > 1 and words[0] in _ADDRESS:
        words = words[1:]
    return tuple(word for word in words if word)


def suffix_of(key: Key) -> tuple[Key, str]:
    """A name without "jr", "sr" or a number after it, and that; "" where there is none."""
    if len(key) > 1 and key[-1] in _SUFFIX:
        return key[:-1], key[-1]
    return key, ""


def known_as(key: Key) -> frozenset[str]:
    """The words by which a body or place is known: without links and legal forms, other names for one made one."""
    words = [word for word in key if word not in _LINKS] or list(key)
    bare = [word for word in words if word not in _LEGAL] or words
    return frozenset(_OTHER_NAMES.get(" ".join(bare), " ".join(bare)).split())


def shortened(key: Key) -> frozenset[str]:
    """Shorter names for a body of two words or more: acronyms, with and without its links, and bare of whose it is.

    "Coast Guard" for "U.S. Coast Guard", "FBI" for "Federal Bureau of Investigation".
    """
    words = [word for word in key if word not in _LEGAL]
    found = {"".join(word[0] for word in some) for some in (words, [word for word in words if word not in _LINKS])}
    bare = key
    while len(bare) > 1 and bare[0] in _OF_STATE:
        bare = bare[1:]
        found.add(" ".join(bare))
    return frozenset(one for one in found if len(one) > 1)
