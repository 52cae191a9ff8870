"""Utterances quoted directly in several accounts, collated word by word.

Quotations are cut at sentence ends, paired where they share a run of words (an n-gram seed), aligned over words
(difflib's longest matching blocks), and grouped so that all versions of a group share words pair by pair.
Punctuation, case and the style of the marks do not count.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from tellings.comparing.clusters import groups
from tellings.comparing.speakers import Speaker, same_speaker
from tellings.comparing.table import Table
from tellings.comparing.words import STOP, Word, words
from tellings.records import Change, Excerpt, Quote, QuoteAppearance, QuoteKind, Reading, Span

_SEED = 3
"""Words in a row that two versions must share to be looked at."""
_SHARED = 4
"""Words two versions must share in all, unless the shorter one is a whole rare phrase,"""
_TELLING = 3
"""of which so many are not function words, or twice as many in all."""
_PART = 0.5
"""The least share of the shorter version's words that must be aligned."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence (or part of one) between quotation marks: its reading, span, words and speaker.

    `named` says that the speaker's own name stands in the attribution, so that no pronoun had to be resolved.
    """

    reading: int
    span: Span
    words: tuple[Word, ...]
    speaker: Speaker | None
    named: bool


def quotes(table: Table) -> tuple[Quote, ...]:
    """The utterances at least two accounts quote, in the order of their first appearance."""
    pieces = [piece for n in range(len(table.readings)) for piece in _pieces(table, n)]
    scores = {pair: score for pair in _seeded(pieces) if (score := _likeness(pieces, *pair)) > 0}
    found = groups(scores, join=0.3, apart=0.3, again=0.3)
    shared = [group for group in found if len({pieces[n].reading for n in group}) > 1]
    return tuple(_quote(table, [pieces[n] for n in group]) for group in shared)


def _pieces(table: Table, number: int) -> list[Piece]:
    """The quotations of a reading, cut at sentence ends, each with the speaker whose content it stands in."""
    reading = table.readings[number]
    found = []
    for quotation in reading.quotations:
        cuts = [span for span in reading.sentences if span.start < quotation.end and span.end > quotation.start]
        for cut in cuts or [quotation]:
            span = Span(max(cut.start, quotation.start), min(cut.end, quotation.end))
            inside = words(reading.account.text, span)
            if inside and not _is_title(reading.account.text, inside):
                tight = Span(inside[0].start, _end(reading.account.text, inside[-1].end, span.end))
                holder = _holder(reading, table.speakers[number], tight)
                speaker = table.speakers[number][holder] if holder is not None else None
                found.append(Piece(number, tight, inside, speaker, _is_named(reading, holder, speaker)))
    return found


def _end(text: str, last: int, limit: int) -> int:
    """After the last word's own closing sign, within the quotation."""
    while last < limit and text[last] in ".!?…":
        last += 1
    return last


def _is_title(text: str, inside: tuple[Word, ...]) -> bool:
    """Whether the marks stand around the name of a thing - a show, a programme - and not around speech."""
    telling = [word for word in inside if word.key not in STOP]
    return len(inside) > 1 and all(text[word.start].isupper() for word in telling)


def _holder(reading: Reading, said: tuple[Speaker | None, ...], span: Span) -> int | None:
    """The number of the attribution with a speaker whose content holds a span most closely."""
    best: tuple[int, int] | None = None
    for number, attribution in enumerate(reading.attributions):
        for content in attribution.content:
            covers = content.start <= span.start + 1 and span.end - 1 <= content.end
            if covers and said[number] and (best is None or content.end - content.start < best[0]):
                best = content.end - content.start, number
    return best[1] if best else None


def _is_named(reading: Reading, holder: int | None, speaker: Speaker | None) -> bool:
    """Whether a speaker's surname stands among the words of the attribution's source."""
    if holder is None or speaker is None or speaker.surname is None:
        return False
    source = reading.attributions[holder].source
    return any(word.key == speaker.surname for span in source for word in words(reading.account.text, span))


def _seeded(pieces: list[Piece]) -> list[tuple[int, int]]:
    """Pairs of pieces of two accounts that share a run of words: any three, or two that are not function words."""
    holders: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for n, piece in enumerate(pieces):
        keys = [word.key for word in piece.words]
        for start in range(len(keys) - 1):
            seed = tuple(keys[start : start + _SEED])
            holders[seed].add(n)
            if not STOP & set(seed[:2]):
                holders[seed[:2]].add(n)
    pairs = {
        (a, b)
        for held in holders.values()
        for a, b in combinations(sorted(held), 2)
        if pieces[a].reading != pieces[b].reading
    }
    return sorted(pairs)


def _blocks(one: Piece, other: Piece) -> list[tuple[int, int, int]]:
    """Runs of words both have: place in one, place in the other, length."""
    matcher = SequenceMatcher(None, [w.key for w in one.words], [w.key for w in other.words], autojunk=False)
    return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks() if block.size]


def _likeness(pieces: list[Piece], a: int, b: int) -> float:
    """The share of the shorter version that is aligned, 0 where the versions share too little to be one utterance."""
    one, other = pieces[a], pieces[b]
    shorter = min(len(one.words), len(other.words))
    keys = [word.key for start, _, size in _blocks(one, other) for word in one.words[start : start + size]]
    whole = len(keys) == shorter
    telling = sum(key not in STOP for key in keys)
    few = len(keys) < _SHARED or (telling < _TELLING and len(keys) < 2 * _TELLING)
    if telling < 2 or (few and not whole):
        return 0.0
    return len(keys) / shorter if len(keys) >= _PART * shorter else 0.0


# ---------------------------------------------------------------- the record


def _quote(table: Table, group: list[Piece]) -> Quote:
    """Collate all versions with the longest one."""
    base = min(range(len(group)), key=lambda n: (-len(group[n].words), n))
    changes = [change for n in range(len(group)) if n != base for change in _changes(table, group, base, n)]
    named = [piece for piece in group if piece.speaker]
    fullest = max(named, key=lambda p: len(p.speaker.keys) if p.speaker else 0) if named else None
    return Quote(
        speaker=_name(table, fullest) if fullest else None,
        kind=_kind(table, group),
        appearances=tuple(_appearance(table, piece) for piece in group),
        changes=tuple(changes),
    )


def _name(table: Table, piece: Piece) -> str | None:
    span = piece.speaker.span if piece.speaker else None
    return table.readings[piece.reading].account.text[span.start : span.end] if span else None


def _appearance(table: Table, piece: Piece) -> QuoteAppearance:
    account = table.readings[piece.reading].account
    start, end = piece.span
    return QuoteAppearance(
        account.id,
        start,
        end,
        account.text[start:end],
        _excerpt(table, piece, piece.speaker.span) if piece.speaker else None,
    )


def _kind(table: Table, group: list[Piece]) -> QuoteKind:
    """The strongest difference between any two versions: other speaker, altered, clipped, identical."""
    pairs = list(combinations(group, 2))
    if any(_other_speaker(one, other) for one, other in pairs):
        return "other speaker"
    kinds = {_pair_kind(table, one, other) for one, other in pairs}
    return next(kind for kind in ("altered", "clipped", "identical") if kind in kinds)


def _other_speaker(one: Piece, other: Piece) -> bool:
    """Whether two versions are given to two different persons by name."""
    a, b = one.speaker, other.speaker
    return bool(a and b and one.named and other.named and not same_speaker(a, b))


def _pair_kind(table: Table, one: Piece, other: Piece) -> QuoteKind:
    """Clipped: one leaves words out at its ends or at an ellipsis, and changes none."""
    keys_a, keys_b = [w.key for w in one.words], [w.key for w in other.words]
    if keys_a == keys_b:
        return "identical"
    longer, shorter = (one, other) if len(keys_a) >= len(keys_b) else (other, one)
    blocks = _blocks(longer, shorter)
    if sum(size for _, _, size in blocks) < len(shorter.words):
        return "altered"
    text = table.readings[shorter.reading].account.text
    for (_, b, size), (_, following, _) in pairwise(blocks):
        gap = text[shorter.words[b + size - 1].end : shorter.words[following].start]
        if "..." not in gap and "…" not in gap and ". . ." not in gap:
            return "altered"
    return "clipped"


def _changes(table: Table, group: list[Piece], base: int, n: int) -> list[Change]:
    """Where a version differs from the fullest one."""
    one, other = group[base], group[n]
    found = []
    at_a = at_b = 0
    for a, b, size in [*_blocks(one, other), (len(one.words), len(other.words), 0)]:
        gone = _stretch(table, one, at_a, a)
        new = _stretch(table, other, at_b, b)
        if gone and new:
            found.append(Change(base, n, "altered", gone, new))
        elif gone or new:
            found.append(Change(base, n, "left out", gone, new))
        at_a, at_b = a + size, b + size
    return found


def _stretch(table: Table, piece: Piece, first: int, end: int) -> Excerpt | None:
    """The words from one place to before another."""
    if first >= end:
        return None
    return _excerpt(table, piece, Span(piece.words[first].start, piece.words[end - 1].end))


def _excerpt(table: Table, piece: Piece, span: Span) -> Excerpt:
    account = table.readings[piece.reading].account
    return Excerpt(account.id, span.start, span.end, account.text[span.start : span.end])
