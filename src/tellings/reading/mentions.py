"""Mentions - names, phrases, pronouns - and entities: what the mentions of one account mean."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

from tellings.reading import labels
from tellings.reading.coreference import Found, clusters, is_pronoun
from tellings.reading.model import softmax
from tellings.reading.parse import first_pieces
from tellings.records import Entity, Mention, MentionType, Span, Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tellings.reading.layout import Layout
    from tellings.reading.model import Scores
    from tellings.reading.states import Encoded
    from tellings.reading.windows import Window

MENTION_THRESHOLD = 0.5  # of being any name; swept on UNER EWT dev
LEAST_SCORE = 0.68  # mean probability of a name's type over its words, below which it is none; swept beside
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


def names(layout: Layout, scored: Sequence[tuple[Window, Scores]]) -> list[tuple[Span, MentionType, float]]:
    """Every name in text order with its type and probability."""
    return [named for window, scores in scored for named in _in_window(layout, window, scores)]


def mentions(
    encoded: Encoded, named: Sequence[tuple[Span, MentionType, float]], words: Sequence[Word]
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Names, phrases and pronouns in text order with their entities, entities in order of their first mention.

    Pronouns that stand for nobody told are left out.
    """
    layout = encoded.layout
    groups = name_groups(layout.text, named)
    found = [Found(span, kind, "name", score, group) for (span, kind, score), group in zip(named, groups, strict=True)]
    found += nominals(encoded, words, [span for span, _, _ in named])
    taken = {span.start for span, _, _ in named}
    found += [
        Found(word.span, None, "pronoun", 1.0, None)
        for word in words
        if word.upos == "PRON" and is_pronoun(_text(layout, word.span)) and word.span.start not in taken
    ]
    found.sort(key=lambda f: f.span)
    numbers = clusters(encoded, found)
    return _entities(layout, found, numbers)


def _text(layout: Layout, span: Span) -> str:
    return layout.text[span.start : span.end]


NOMINAL_THRESHOLD = 0.3  # of a noun meaning a person, an organisation or a place
_BEFORE_HEAD = frozenset({"det", "amod", "nummod", "compound", "nmod:poss", "det:predet", "case", "punct", "advmod"})


def nominals(encoded: Encoded, words: Sequence[Word], named: Sequence[Span]) -> list[Found]:
    """Phrases that mean a person, an organisation or a place, from their first word to their head, names left out."""
    if not words:
        return []
    at = first_pieces(encoded.layout.tokens, [word.span for word in words])
    shares = softmax(encoded.states.labels[at][:, labels.NOMINAL])
    starts = sorted(named)
    found = []
    for i in np.flatnonzero(1.0 - shares[:, 0] >= NOMINAL_THRESHOLD).tolist():
        span = Span(phrase_start(words, i), words[i].span.end)
        near = bisect_right(starts, Span(words[i].span.end, 0)) - 1
        in_name = near >= 0 and starts[near].end > words[i].span.start
        if words[i].upos in {"NOUN", "ADJ", "NUM", "PROPN"} and not in_name:
            kind = int(shares[i, 1:].argmax())
            found.append(Found(span, TYPES[kind], "nominal", round(float(shares[i, 1 + kind]), 3), None))
    return found


def phrase_start(words: Sequence[Word], head: int) -> int:
    """Where the phrase of a head begins: its determiners, adjectives, possessors right before it."""
    first = head
    while first > 0 and _leads_to(words, first - 1, head):
        first -= 1
    while first < head and words[first].upos == "PUNCT":
        first += 1
    return words[first].span.start


def _leads_to(words: Sequence[Word], word: int, head: int) -> bool:
    at: int | None = word
    for _ in range(6):
        if at is None or words[at].relation not in _BEFORE_HEAD:
            return False
        if words[at].relation == "case" and words[at].upos != "PART":
            return False  # a preposition; a possessive ending belongs to its possessor
        at = words[at].head
        if at == head:
            return True
    return False


def _in_window(layout: Layout, window: Window, scores: Scores) -> Iterator[tuple[Span, MentionType, float]]:
    first, last = layout.words_between(window.core_first, window.core_last)
    if first == last:
        return
    scored = scores.labels[layout.heads[first:last] - window.first]
    shares = softmax(scored[:, labels.MENTION])
    adjective = scored[:, labels.PART_OF_SPEECH].argmax(1) == labels.UPOS.index("ADJ")
    for begin, end in _mended(layout, first, runs(shares)):
        kind, score = _type(shares[begin:end])
        span = whole_name(layout, first + begin, first + end)
        if span is None or score < LEAST_SCORE or _is_address(layout.text, span):
            continue
        if not adjective[begin:end].all():  # "Velmian officials" name nobody by "Velmian"
            yield span, kind, score


_LEGAL_FORM = re.compile(r"(?:Inc|Corp|Ltd|LLC|Co|Jr|Sr)$")


def _mended(layout: Layout, offset: int, found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs whose names belong together made one: `Berg | 's Bakery`, `Harbour Works | , Inc.`; no run begins with `'s`."""
    mended: list[tuple[int, int]] = []
    for begin, end in found:
        word = _word(layout, offset + begin)
        before = _word(layout, offset + begin - 1) if begin else ""
        possessive = word == "s" and before in {"'", "’"}
        legal = before == "," and end == begin + 1 and bool(_LEGAL_FORM.match(word))
        if mended and mended[-1][1] == begin - 1 and (legal or (possessive and end > begin + 1)):
            mended[-1] = (mended[-1][0], end)
        elif begin + possessive < end:
            mended.append((begin + possessive, end))
    return mended


def _word(layout: Layout, number: int) -> str:
    span = layout.words[number]
    return layout.text[span.start : span.end]


_ADDRESS = re.compile(
    r"@[\w-]+\.|://|www\.|\.(?:com|org|net|edu|gov|co|io|html?|aspx?|php|docx?|pdf|jpe?g|png)\b", re.IGNORECASE
)
LONGEST_ADDRESS = 200  # code points looked at to either side, so that a text without spaces costs no more than another
_AROUND = frozenset('<>()[]"“”')


def _is_address(text: str, span: Span) -> bool:
    """Whether a name is part of a web or mail address: what stands between white space or brackets looks like one."""
    start, end = span
    first, last = max(0, start - LONGEST_ADDRESS), min(len(text), end + LONGEST_ADDRESS)
    while start > first and not text[start - 1].isspace() and text[start - 1] not in _AROUND:
        start -= 1
    while end < last and not text[end].isspace() and text[end] not in _AROUND:
        end += 1
    return bool(_ADDRESS.search(text[start:end]))


MOST_JOINED = 8  # words joined to a name by signs on either side: `a-a-a-...` is no name
_JOINERS = frozenset("-‐‑'’&.@")
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
    for _ in range(MOST_JOINED):
        first -= 2 * (first >= 2 and _is_joined(layout, first - 2))
        last += 2 * (last + 2 <= len(words) and _is_joined(layout, last - 1))
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


def name_groups(text: str, found: Sequence[tuple[Span, MentionType, float]]) -> list[int]:
    """Number typed names that are one: a person by full name or a part of one, others by the same words."""
    keys: list[tuple[MentionType, tuple[str, ...]]] = []
    fullest = sorted(range(len(found)), key=lambda i: (-len(name_words(_words(text, found[i]))), i))
    group_of: dict[int, int] = {}
    known_as: dict[tuple[MentionType, tuple[str, ...]], int] = {}
    under: dict[tuple[MentionType, str], list[int]] = {}  # groups by the words that a shorter form may have
    for i in fullest:
        key = (found[i][1], name_words(_words(text, found[i])))
        home = known_as.get(key)
        if home is None and key[1]:
            near = {g for word in (key[1][0], key[1][-1]) for g in under.get((key[0], word), ())}
            home = next((g for g in sorted(near) if same_name(keys[g], key)), None)
        if home is None:
            home = len(keys)
            keys.append(key)
            for word in _handles(key[1]):
                under.setdefault((key[0], word), []).append(home)
        known_as[key] = home
        group_of[i] = home
    return [group_of[i] for i in range(len(found))]


def _is_somebody(layout: Layout, group: Sequence[Found]) -> bool:
    """Whether mentions make an entity: a name or phrase does, pronouns alone if several, and not where all are `it`."""
    if any(f.form != "pronoun" for f in group):
        return True
    return len(group) > 1 and any(_text(layout, f.span).lower() not in {"it", "its", "itself"} for f in group)


def _entities(
    layout: Layout, found: Sequence[Found], numbers: Sequence[int]
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Mentions and entities of found mentions by the numbers of their entities."""
    members: dict[int, list[int]] = {}
    for i, number in enumerate(numbers):
        members.setdefault(number, []).append(i)
    kept = [group for group in members.values() if _is_somebody(layout, [found[i] for i in group])]
    home = {i: n for n, group in enumerate(kept) for i in group}
    kinds = [_kind([found[i] for i in group]) for group in kept]
    places = {i: n for n, i in enumerate(sorted(home))}
    mentions = tuple(
        Mention(found[i].span, found[i].type or kinds[home[i]], found[i].score, home[i], found[i].form)
        for i in sorted(home)
    )
    entities = tuple(
        Entity(kind, _fullest([found[i] for i in group]), tuple(places[i] for i in group))
        for kind, group in zip(kinds, kept, strict=True)
    )
    return mentions, entities


def _kind(group: Sequence[Found]) -> MentionType:
    """The type most of an entity's names have, else its phrases; people where only pronouns tell."""
    for form in ("name", "nominal"):
        kinds = [f.type for f in group if f.form == form and f.type is not None]
        if kinds:
            return max(kinds, key=lambda kind: (kinds.count(kind), -kinds.index(kind)))
    return "PER"


def _fullest(group: Sequence[Found]) -> Span:
    """The longest name of an entity, else its first phrase, else its first pronoun."""
    for form in ("name", "nominal", "pronoun"):
        spans = [f.span for f in group if f.form == form]
        if spans and form == "name":
            return min(spans, key=lambda s: (s.start - s.end, s.start))
        if spans:
            return min(spans)
    raise ValueError("an entity without a mention")


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


def _handles(words: tuple[str, ...]) -> set[str]:
    """The words by which a shorter form of a name begins or ends: its first and last, and its initials."""
    return {words[0], words[-1], _initials(words)} if words else set()


def _initials(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words if word not in {"of", "the", "and", "for"})


def _part_of_person(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    if len(long) == len(short):
        return False
    return (len(short) == 1 and short[0] in (long[0], long[-1])) or (long[-1] == short[-1] and long[0] == short[0])


def _short_for(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    return (
        len(short) == 1
        and len(long) > 1
        and (short[0] == _initials(long) or (short[0] == long[0] and len(short[0]) > 3))
    )
