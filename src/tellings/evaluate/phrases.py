"""Phrases without their articles as the joining takes them: cut by their capitals, titles and forms of address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tellings.comparing.entities import Phrase
from tellings.comparing.speakers import TITLES
from tellings.comparing.words import listed


def alike(text: str) -> str:
    """What is the same for phrases of one document that a reader takes for one, having nothing but their words."""
    words = re.sub(r"[’']s$", "", text.lower().strip(" ,.\"“”‘'")).split()
    return " ".join(words[1:] if words[:1] in (["the"], ["mr."], ["mr"]) else words)


_MR = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? ((?:[A-Z][\w’'-]*[ ,]?)+)")
_BODIES = listed(
    """administration department committee party house senate court agency bureau office ministry campaign council
    states kingdom korea union nations republicans democrats congress commission service institute"""
)


def people(texts: Iterable[str]) -> frozenset[str]:
    """Words that stand somewhere after a form of address or a title, as a person's do."""
    found: set[str] = set()
    for text in texts:
        found |= {word.strip(",").lower() for match in _MR.finditer(text) for word in match[1].split()}
        words = text.split()
        at = [n for n, word in enumerate(words) if word.strip(".,").lower() in TITLES]
        for word in words[at[-1] + 1 :] if at else ():
            if not word[:1].isupper() or word.strip(".,").isupper():
                break
            found.add(word.strip(",.").lower())
    return frozenset(found - _BODIES - TITLES)


def cut(text: str, account: int, number: int, known: frozenset[str]) -> Phrase:
    """A phrase without its context as the joining takes one: its name and the words before it, or no name."""
    main = re.split(r",|;| who | that | which |\(", text.strip(' ,"“”‘'))[0]
    words = main.split()
    titles = [n for n, word in enumerate(words) if word.strip(".,").lower() in TITLES or word.endswith(("'s", "’s"))]
    first = titles[-1] + 1 if titles and any(word[:1].isupper() for word in words[titles[-1] + 1 :]) else 0
    names = [n for n in range(first, len(words)) if _is_name(words, n)]
    if not names or (names[0] > first and words[first] in _AFTER):
        return Phrase(account, number, main or text, "nominal", "PER")
    person = any(re.sub(r"[’']s$", "", words[n].lower()).strip(".,") in known for n in names)
    last = names[0]
    while last + 1 < len(words) and (last + 1 in names or (words[last + 1] in _LINKS and not person)):
        last += 1
    while words[last] in _LINKS:
        last -= 1
    after = words[last + 1] if last + 1 < len(words) else ""
    if after.islower() and after not in _AFTER:
        return Phrase(account, number, main, "nominal", "PER")  # "Lind's office"
    before = [word.lower().replace(".", "").strip(",") for word in words[: names[0]]]
    title = " ".join(word for word in before if word and word not in _SMALL)
    name = " ".join(words[names[0] : last + 1])
    return Phrase(account, number, name, "name", "PER" if person else "ORG", frozenset({title} - {""}))


def _is_name(words: Sequence[str], n: int) -> bool:
    word = words[n].strip(".,").lower()
    return words[n][:1].isupper() and word not in TITLES | _FORMS | _SMALL and not _adjective(words, n)


_LINKS = listed("of the and &")


def _adjective(words: Sequence[str], n: int) -> bool:
    """Whether a capital begins a word of where somebody is from ("North Korean leader")."""
    word = words[n].lower().strip(".,")
    after = words[n + 1].lower() if n + 1 < len(words) else ""
    return word.endswith(("ean", "ese", "ian", "ican", "ish")) or (after.endswith(("ean", "ican")) and bool(after))


_SMALL = listed("the a an his her its their this that these those then former")
_FORMS = listed("mr mrs ms miss dr mr. mrs. ms.")
_AFTER = listed("of in at on from for to and with is was has had as by")
