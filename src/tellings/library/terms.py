"""What a person types to search by words, as terms that mean the same in both stores and can break neither."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from tellings.errors import LibraryError

_TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_WORD = re.compile(r"\w+")
_MOST = 64  # terms in one search


class Term(NamedTuple):
    """A word or a phrase that must stand there, or (`without`) must not."""

    words: str
    without: bool


def terms(asked: str) -> tuple[Term, ...]:
    """The terms of a search: words, "phrases", and either with a minus before it.

    Nothing else means anything: brackets, stars, colons, AND and OR are taken as they are written.

    Raises:
        LibraryError: where there is no word to be looked for.

    """
    found = []
    for minus, phrase, word in _TERM.findall(folded(asked.replace("\x00", " ").replace("“", '"').replace("”", '"'))):
        parts = _WORD.findall((phrase or word).replace("_", " "))
        if parts:
            found.append(Term(" ".join(parts), minus == "-"))
    if all(term.without for term in found):
        raise LibraryError(
            "the words searched", "hold no word to be found", "give a word, or a phrase in quotation marks"
        )
    return tuple(found[:_MOST])


def folded(text: str) -> str:
    """Letters without their accents; every code point stays one, so that places in the text stay what they are."""
    if text.isascii():
        return text
    return "".join(map(_plain, text))


def name_words(name: str) -> tuple[str, ...]:
    """The words by which a name is found: without case, accents and signs, each once, in order."""
    low = folded(name).casefold().replace("’s", "").replace("'s", "")
    return tuple(dict.fromkeys(_WORD.findall(low)))


def _plain(character: str) -> str:
    if character < "\x80":
        return character
    first = unicodedata.normalize("NFKD", character)[:1]
    return first if first.isalnum() else character
