"""Phrases without their articles as the joining takes them: cut by their capitals, titles and forms of address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tellings.comparing.entities import Phrase
from tellings.comparing.speakers import TITLES
from tellings.comparing.words import listed
from tellings.reading.gender import of_name


def alike(text: str) -> str:
    """What is the same for phrases of one document that a reader takes for one, having nothing but their words."""
    words = re.sub(r"[’']s$", "", text.lower().strip(" ,.\"“”‘'")).split()
    return " ".join(words[1:] if words[:1] in (["the"], ["mr."], ["mr"]) else words)


_MR = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? ((?:[A-Z][\w’'-]*[ ,]?)+)")
_BODIES = listed(
    """administration department committee party house senate court agency bureau office ministry campaign council
    states kingdom korea union nations republicans democrats congress commission service institute government regime
    country nation state party organization company group agency"""
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
        found |= {word.strip(",.").lower() for word in _after_first_name(words)}
    return frozenset(found - _BODIES - TITLES)


def _after_first_name(words: Sequence[str]) -> list[str]:
    """The capitals after a first name that tells he from she, and that name."""
    for n, word in enumerate(words[:-1]):
        if word[:1].isupper() and words[n + 1][:1].isupper() and of_name(" ".join(words[n : n + 2]), 0, 99):
            last = next((m for m in range(n + 1, len(words)) if not words[m][:1].isupper()), len(words))
            return [re.sub(r"[’']s$", "", word) for word in words[n:last]]
    return []


def cut(text: str, account: int, number: int, known: frozenset[str]) -> Phrase:
    """A phrase without its context as the joining takes one: its name and the words before it, or no name."""
    main = _main(text)
    words = main.split()
    if re.search(r"[’']s [a-z]+$", main) or _OF_ANOTHER.match(main):
        return _nominal(account, number, main)
    titles = [n for n, word in enumerate(words) if _is_title(words, n) or word.endswith(("'s", "’s"))]
    first = titles[-1] + 1 if titles and any(word[:1].isupper() for word in words[titles[-1] + 1 :]) else 0
    names = _last_run(words, [n for n in range(first, len(words)) if _is_name(words, n)])
    if not names or (names[0] > first and words[first] in _AFTER):
        return _nominal(account, number, main or text)
    person = any(re.sub(r"[’']s$", "", words[n].lower()).strip(".,") in known for n in names)
    last = names[0]
    while last + 1 < len(words) and (last + 1 in names or (words[last + 1] in _LINKS and not person)):
        last += 1
    while words[last] in _LINKS:
        last -= 1
    after = words[last + 1] if last + 1 < len(words) else ""
    if after.islower() and after not in _AFTER:
        return _nominal(account, number, main)  # "Lind's office"
    before = [word.lower().replace(".", "").strip(",") for word in words[: names[0]]]
    title = " ".join(word for word in before if word and word not in _SMALL)
    while not person and names[0] > 0 and words[last].lower() in _BODIES and _capital_adjective(words, names[0] - 1):
        names = [names[0] - 1, *names]  # "Velman News Agency"
    name = " ".join(words[names[0] : last + 1])
    return Phrase(account, number, name, "name", "PER" if person else "ORG", frozenset({title} - {""}))


def _main(text: str) -> str:
    """A phrase up to what is said of it; before a comma and a name ("the mayor, Ana Lind") with it."""
    parts = re.split(r",|;| who | that | which |\(", text.strip(' ,"“”‘'))
    if _ADJECTIVES.match(parts[0]) and len(parts) > 1 and parts[-1].split()[-1:] != parts[-1].lower().split()[-1:]:
        return text.replace(",", "")
    words, after = parts[0].split(), parts[1].split() if len(parts) > 1 else []
    named = bool(after) and after[0][:1].isupper() and "," in text and after[0].lower().strip(".") not in _SUFFIXES
    if named and len(after) < _LONGEST_NAME and words and words[-1].islower():
        return f"{parts[0]} {parts[1].strip()}"
    return parts[0]


def _last_run(words: Sequence[str], names: Sequence[int]) -> list[int]:
    """The capitals that end a phrase after a common noun ("Lind ally Bo Moss"); else all."""
    if not names or names[-1] != len(words) - 1:
        return list(names)
    first = len(words) - 1
    while first - 1 in names:
        first -= 1
    after_noun = first > 0 and words[first - 1].islower() and words[first - 1] not in _LINKS | _AFTER | _SMALL
    return list(range(first, len(words))) if after_noun else list(names)


def _nominal(account: int, number: int, text: str) -> Phrase:
    """A phrase without a name, up to its head, as a reading has it."""
    main = re.split(r" (?:of|for|in|from|at|on|to|with|as|and) ", text)[0]
    head = main.lower().split()[-1:] or [""]
    return Phrase(account, number, main, "nominal", "ORG" if head[0] in _BODIES else "PER")


def _is_name(words: Sequence[str], n: int) -> bool:
    word = words[n].strip(".,").lower()
    other = word in _FORMS | _SMALL or _is_title(words, n) or _adjective(words, n)
    return words[n][:1].isupper() and not other


def _is_title(words: Sequence[str], n: int) -> bool:
    """Whether a word is a title, and no part of a body's name ("Justice Department", "Department of Justice")."""
    of_body = n > 1 and words[n - 1] in _LINKS and words[n - 2].lower() in _BODIES
    before_body = n + 1 < len(words) and words[n + 1].lower() in _BODIES and words[n + 1][:1].isupper()
    return words[n].strip(".,").lower() in TITLES and not of_body and not before_body


_LINKS = listed("of the and &")


def _adjective(words: Sequence[str], n: int) -> bool:
    """Whether a capital begins a word of where somebody is from ("North Korean leader")."""
    word = words[n].lower().strip(".,")
    after = words[n + 1].lower() if n + 1 < len(words) else ""
    return word.endswith(("ean", "ese", "ian", "ican", "ish")) or (after.endswith(("ean", "ican")) and bool(after))


def _capital_adjective(words: Sequence[str], n: int) -> bool:
    return words[n][:1].isupper() and words[n].lower() not in _SMALL and _adjective(words, n)


_SMALL = listed("the a an his her its their this that these those then former")
_SUFFIXES = listed("jr sr ii iii iv inc")
_OF_ANOTHER = re.compile(r"(?:[a-z][\w’'-]* )+(?:of|for|in|from|to) (?:the )?[A-Z]")
_ADJECTIVES = re.compile(r"(?:an?|the) [a-z]+$")
_LONGEST_NAME = 5
"""Words after a comma from which on they are no mere name."""
_FORMS = listed("mr mrs ms miss dr mr. mrs. ms.")
_AFTER = listed("of in at on from for to and with is was has had as by")
