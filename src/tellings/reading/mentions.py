"""Mentions by their labels, and entities: mentions of one account that share a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from tellings.reading import labels
from tellings.reading.model import softmax
from tellings.records import Entity, Mention, MentionType, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tellings.reading.layout import Layout
    from tellings.reading.model import Scores
    from tellings.reading.windows import Window

MENTION_THRESHOLD = 0.5  # of being any name; swept on UNER EWT dev
NEW_NAME = 2.0  # times likelier than going on that a word beside a name must begin another
TYPES: tuple[MentionType, ...] = ("PER", "ORG", "LOC", "MISC")
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "dame",
        "lord",
        "lady",
        "president",
        "prime",
        "minister",
        "senator",
        "sen",
        "rep",
        "representative",
        "gov",
        "governor",
        "mayor",
        "judge",
        "justice",
        "chief",
        "officer",
        "detective",
        "sergeant",
        "captain",
        "general",
        "colonel",
        "professor",
        "prof",
        "secretary",
        "king",
        "queen",
        "prince",
        "princess",
        "pope",
        "bishop",
        "rev",
        "reverend",
        "former",
        "the",
    ]
)


def mentions(layout: Layout, scored: Sequence[tuple[Window, Scores]]) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Every named mention in text order with its entity, and the entities in order of their first mention."""
    found = [named for window, scores in scored for named in _in_window(layout, window, scores)]
    return entities(layout.text, found)


def _in_window(layout: Layout, window: Window, scores: Scores) -> Iterator[tuple[Span, MentionType, float]]:
    first, last = layout.words_between(window.core_first, window.core_last)
    if first == last:
        return
    scored = scores.labels[layout.heads[first:last] - window.first]
    shares = softmax(scored[:, labels.MENTION])
    adjective = scored[:, labels.PART_OF_SPEECH].argmax(1) == labels.UPOS.index("ADJ")
    for begin, end in runs(shares):
        kind, score = _type(shares[begin:end])
        span = whole_name(layout, first + begin, first + end)
        if span is None or _is_address(layout.text, span):
            continue
        if not adjective[begin:end].all():  # "Velmian officials" name nobody by "Velmian"
            yield span, kind, score


_ADDRESS = re.compile(
    r"@|://|www\.|\.(?:com|org|net|edu|gov|co|io|html?|aspx?|php|docx?|pdf|jpe?g|png)\b", re.IGNORECASE
)


def _is_address(text: str, span: Span) -> bool:
    """Whether a name is part of a web or mail address: what stands between white space has the signs of one."""
    start, end = span
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return bool(_ADDRESS.search(text[start:end]))


_JOINERS = frozenset("-‐‑'’&.")
_POINTED = re.compile(r"(?:\b[A-Z]|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|Bros|LLC|Pvt))$")


def whole_name(layout: Layout, first: int, last: int) -> Span | None:
    """The span of words `[first, last)` with what is joined to them: `O'Neil`, `al-Hadi`, `U.S.`, `Corp.`.

    A possessive ending is left out, and so are signs before the first letter; None where no letter is left.
    """
    words, text = layout.words, layout.text
    while first < last and not text[words[first].start].isalnum():
        first += 1
    if first == last:
        return None
    while first >= 2 and _is_joined(layout, first - 2):
        first -= 2
    while last + 2 <= len(words) and _is_joined(layout, last - 1):
        last += 2
    span = Span(words[first].start, words[last - 1].end)
    name = text[span.start : span.end]
    if _POINTED.search(name) and text[span.end : span.end + 1] == ".":
        return Span(span.start, span.end + 1)
    bare = re.sub(r"\W*\s?['’]s$|[\s,;:!?'’\"”)-]+$", "", name)
    return Span(span.start, span.start + len(bare)) if bare else None


def _is_joined(layout: Layout, number: int) -> bool:
    """Whether the word `number`, the sign after it and the word after that stand together as one name."""
    if number < 0 or number + 2 >= len(layout.words):
        return False
    one, sign, other = layout.words[number : number + 3]
    text = layout.text
    together = one.end == sign.start and sign.end == other.start and sign.end - sign.start == 1
    after = text[other.start : other.end]
    return (
        together and text[sign.start] in _JOINERS and text[one.end - 1].isalnum() and after.isalnum() and after != "s"
    )


def runs(shares: NDArray[np.float32], threshold: float = MENTION_THRESHOLD) -> list[tuple[int, int]]:
    """Runs of words `[first, last)` that are one name each, by label probabilities (words x MENTION_TAGS)."""
    inside = 1.0 - shares[:, 0] >= threshold
    begins = shares[:, 1::2].sum(1) > NEW_NAME * shares[:, 2::2].sum(1)
    found: list[tuple[int, int]] = []
    for at in np.flatnonzero(inside).tolist():
        if found and found[-1][1] == at and not begins[at]:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def _type(shares: NDArray[np.float32]) -> tuple[MentionType, float]:
    by_type = (shares[:, 1::2] + shares[:, 2::2]).sum(0)
    best = int(by_type.argmax())
    return TYPES[best], round(float(by_type[best] / len(shares)), 3)


def entities(
    text: str, found: Sequence[tuple[Span, MentionType, float]]
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Group typed names: a person by full name or a part of one named before or after, others by the same words."""
    groups: list[list[int]] = []
    keys: list[tuple[MentionType, tuple[str, ...]]] = []
    fullest = sorted(range(len(found)), key=lambda i: (-len(name_words(_words(text, found[i]))), i))
    group_of: dict[int, int] = {}
    for i in fullest:
        key = (found[i][1], name_words(_words(text, found[i])))
        home = next((g for g, known in enumerate(keys) if same_name(known, key)), None)
        if home is None:
            home = len(keys)
            keys.append(key)
            groups.append([])
        groups[home].append(i)
        group_of[i] = home
    order = {g: n for n, g in enumerate(sorted(range(len(groups)), key=lambda g: min(groups[g])))}
    mentions = tuple(Mention(span, kind, score, order[group_of[i]]) for i, (span, kind, score) in enumerate(found))
    return mentions, tuple(
        Entity(keys[g][0], _fullest(groups[g], found), tuple(sorted(groups[g])))
        for g in sorted(order, key=lambda g: order[g])
    )


def _fullest(group: Sequence[int], found: Sequence[tuple[Span, MentionType, float]]) -> Span:
    return min((found[i][0] for i in group), key=lambda s: (s.start - s.end, s.start))


def _words(text: str, named: tuple[Span, MentionType, float]) -> str:
    return text[named[0].start : named[0].end]


def name_words(name: str) -> tuple[str, ...]:
    """A name's words for comparing: lower case, without titles, possessive endings and points."""
    words = name.lower().replace("’", "'").replace(".", " ").split()
    kept = [word.removesuffix("'s").strip("'\",()") for word in words]
    kept = [word for word in kept if word]
    core = [word for word in kept if word not in _TITLES]
    return tuple(core or kept)


def same_name(a: tuple[MentionType, tuple[str, ...]], b: tuple[MentionType, tuple[str, ...]]) -> bool:
    """Whether two typed names name one: equal words; a person's surname or first name; an organisation's initials."""
    (kind_a, words_a), (kind_b, words_b) = a, b
    if words_a == words_b:
        return kind_a == kind_b
    if kind_a != kind_b or not words_a or not words_b:
        return False
    long, short = (words_a, words_b) if len(words_a) > len(words_b) else (words_b, words_a)
    if kind_a == "PER":
        return _part_of_person(long, short)
    return kind_a == "ORG" and _short_for(long, short)


def _part_of_person(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    if len(long) == len(short):
        return False
    return (len(short) == 1 and short[0] in (long[0], long[-1])) or (long[-1] == short[-1] and long[0] == short[0])


def _short_for(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    initials = "".join(word[0] for word in long if word not in {"of", "the", "and", "for"})
    return len(short) == 1 and len(long) > 1 and (short[0] == initials or (short[0] == long[0] and len(short[0]) > 3))
