"""Utterances that several accounts give in the speaker's words, collated word by word.

Pieces of what is said (`spoken`) are paired where they share a run of words, laid over each other (`versions`), and
grouped so that all versions of a group share words pair by pair. What one account quotes is also looked for in the
sentences of the others, where it may stand without marks. A word or two are one utterance only in like surroundings.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from tellings.comparing.clusters import groups
from tellings.comparing.speakers import same_speaker
from tellings.comparing.spoken import Piece, heard, made, pieces
from tellings.comparing.table import Table
from tellings.comparing.versions import aligned, gaps, reordered, shared, strongest
from tellings.comparing.words import STOP, words
from tellings.records import Change, Excerpt, Quote, QuoteAppearance, QuoteKind, Span

Pair = tuple[int, int]

_SEED = 3
"""Words in a row that two versions must share to be looked at, or two, or one of a short piece, that are telling."""
_SHORT = 4
"""Pieces of so many words are short: they are one utterance only in like surroundings."""
_HELD = 60
"""A run of words in more pieces than these says nothing of any two of them."""
_SHARED = 4
"""Words two versions must share in all, unless the shorter one is a whole rare phrase,"""
_TELLING = 3
"""of which so many are not function words, or twice as many in all."""
_PART = 0.5
"""The least share of the shorter version's words that must be aligned;"""
_UNMARKED = 0.8
"""of a quotation that another account tells without marks so many."""
_UNMARKED_WORDS, _UNMARKED_TELLING = 5, 2
_UNMARKED_SEED = 4
_REST = 3
"""So many words up to the sentence's end are taken to belong to such a telling."""
_LIKE = 0.5
"""The cosine of two sentences from which their surroundings are like,"""
_COMMON = 2
"""or so many telling words that both sentences have besides."""


def quotes(table: Table) -> tuple[Quote, ...]:
    """The utterances at least two accounts give, in the order of their first appearance."""
    found = pieces(table)
    scores = {pair: score for pair in _seeded(found) if (score := _likeness(table, found, *pair)) > 0}
    _add_equals(found, scores)
    scores = {pair: score for pair, score in scores.items() if not _held_apart(table, *(found[n] for n in pair))}
    shared_groups = _grouped(found, scores)
    versions = [[found[n] for n in group] for group in shared_groups if len({found[n].reading for n in group}) > 1]
    plain = _plain(table)
    versions = [[*group, *_unmarked(table, plain, group)] for group in versions]
    told = {n for group in shared_groups for n in group}
    alone = [[piece, *_unmarked(table, plain, [piece])] for n, piece in enumerate(found) if n not in told]
    versions += [group for group in alone if len(group) > 1]
    ordered = sorted((sorted(group, key=_place) for group in versions), key=lambda group: [_place(p) for p in group])
    return tuple(_quote(table, group) for group in ordered)


def _held_apart(table: Table, one: Piece, other: Piece) -> bool:
    """Whether a person said that what two pieces stand in tells two things."""
    if one.row is None or other.row is None:
        return False
    return (min(one.row, other.row), max(one.row, other.row)) in table.rulings.apart


def _grouped(found: list[Piece], scores: dict[Pair, float]) -> list[tuple[int, ...]]:
    """Groups of pieces that are one utterance; a piece that the first ones leave without an account may join others.

    So a sentence that one account has whole, and another in two pieces, stands in two groups.
    """
    first = groups(scores, join=_PART / 2, apart=_PART / 2, again=math.inf)
    with_: dict[int, set[int]] = defaultdict(set)
    for group in first:
        for n in group:
            with_[n].update(found[m].reading for m in group)
    left = {
        (a, b): score
        for (a, b), score in scores.items()
        if found[b].reading not in with_[a] or found[a].reading not in with_[b]
    }
    return sorted({*first, *groups(left, join=_PART / 2, apart=_PART / 2, again=math.inf)})


def _place(piece: Piece) -> tuple[int, Span]:
    return piece.reading, piece.span


# ---------------------------------------------------------------- which pieces are one utterance


def _runs(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The runs of words by which a piece is found."""
    for start in range(len(keys)):
        if len(keys) - start >= _SEED:
            yield keys[start : start + _SEED]
        pair = keys[start : start + 2]
        if len(pair) == 2 and not STOP & set(pair):
            yield pair
            yield ("".join(pair),)
        if keys[start] not in STOP and len(keys[start]) > 2:
            yield keys[start : start + 1]
    if len(keys) < _SEED:
        yield keys


def _seeded(found: list[Piece]) -> list[Pair]:
    """Pairs of pieces of two accounts that share a run of words; of equal pieces only the first of each account."""
    holders: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for n in _firsts(found):
        short = len(found[n].keys) <= _SHORT
        for run in _runs(found[n].keys):
            if len(run) > 1 or short:
                holders[run].add(n)
    # single words of longer pieces are looked up only where a short piece has them
    for n in _firsts(found):
        if len(found[n].keys) > _SHORT:
            for run in set(_runs(found[n].keys)):
                if len(run) == 1 and run in holders:
                    holders[run].add(n)
    pairs: set[Pair] = set()
    for held in holders.values():
        if len(held) <= _HELD:
            pairs.update((a, b) for a, b in combinations(sorted(held), 2) if found[a].reading != found[b].reading)
    return sorted(pairs)


def _equal(found: list[Piece]) -> Iterator[list[int]]:
    """The numbers of pieces of the very same words, if there are enough of them to be one utterance by themselves."""
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, piece in enumerate(found):
        same[piece.keys].append(n)
    for keys, numbers in same.items():
        telling = sum(key not in STOP for key in keys)
        if len(keys) > _SHORT and (telling >= _TELLING or len(keys) >= 2 * _TELLING):
            yield numbers
        else:
            yield from ([n] for n in numbers)


def _firsts(found: list[Piece]) -> list[int]:
    """One of every set of equal pieces; one an account where that is their only partner."""
    return sorted(n for numbers in _equal(found) for n in numbers[:1])


def _add_equals(found: list[Piece], scores: dict[Pair, float]) -> None:
    """Give pieces equal to one that was scored the same scores, and each other one."""
    partners: dict[int, dict[int, float]] = defaultdict(dict)
    for (a, b), score in scores.items():
        partners[a][b] = partners[b][a] = score
    for numbers in _equal(found):
        first, *rest = numbers
        for n in rest:
            for other, score in list(partners[first].items()):
                if found[other].reading != found[n].reading:
                    scores[min(n, other), max(n, other)] = score
                    partners[other][n] = partners[n][other] = score
        if len({found[n].reading for n in numbers}) > 1:
            scores.update(dict.fromkeys(combinations(numbers, 2), 1.0))


def _likeness(table: Table, found: list[Piece], a: int, b: int) -> float:
    """The share of the shorter version that is aligned, 0 where the versions share too little to be one utterance."""
    one, other = found[a], found[b]
    shorter = min(len(one.heard), len(other.heard))
    count, telling = shared(one, other)
    if not count:
        return 0.0
    whole = count == shorter and _together(one, other)
    enough = count >= _SHARED and (telling >= _TELLING or count >= 2 * _TELLING)
    rare = whole and telling >= 2
    few = whole and (telling or count >= _SEED)
    if not enough and not whole and _inflected(one, other) and _like(table, one, other):
        return _PART
    if not enough and not rare and not (few and _like(table, one, other)):
        return 0.0
    return count / shorter if count >= _PART * shorter else 0.0


def _inflected(one: Piece, other: Piece) -> bool:
    """Whether a short piece has its telling words, two at least or all but one, in another form in a like place."""
    short, long = sorted((one, other), key=lambda piece: len(piece.heard))
    wanted = {word.stem for word in short.words if word.key not in STOP}
    found = {word.stem for word in long.words}
    return bool(wanted) and len(short.heard) <= 2 * _SHORT and wanted <= found and len(long.heard) <= 4 * _SHORT


def _together(one: Piece, other: Piece) -> bool:
    """Whether what both have stands in one run."""
    return len(aligned(one, other)) == 1


def _like(table: Table, one: Piece, other: Piece) -> bool:
    """Whether two pieces have the same speaker by name, or stand in sentences that tell alike."""
    if one.speaker and other.speaker and one.speaker.surname and same_speaker(one.speaker, other.speaker):
        return True
    if one.row is None or other.row is None:
        return False
    if float(table.context[one.row] @ table.context[other.row]) >= _LIKE:
        return True
    around = [{w.stem for w in table.rows[p.row or 0].words if w.key not in STOP} for p in (one, other)]
    inside = {w.stem for p in (one, other) for w in p.words}
    return len((around[0] & around[1]) - inside) >= _COMMON


# ---------------------------------------------------------------- the same words without marks


@dataclass(frozen=True, slots=True)
class Plain:
    """Every sentence of every account with the one after it, and which have a run of _UNMARKED_SEED words."""

    sentences: tuple[Piece, ...]
    holders: Mapping[tuple[str, ...], tuple[int, ...]]


def _plain(table: Table) -> Plain:
    sentences = []
    for number, reading in enumerate(table.readings):
        row_of = {table.rows[row].record.sentence: row for row in _rows(table, number)}
        for place, (span, after) in enumerate(pairwise([*reading.sentences, Span(0, 0)])):
            inside = words(reading.account.text, Span(span.start, max(span.end, after.end)))
            if inside:
                cut = Span(inside[0].start, inside[-1].end)
                keys = tuple(heard(reading.account.text, inside))
                sentences.append(Piece(number, cut, inside, keys, None, False, "plain", row_of.get(place)))
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, sentence in enumerate(sentences):
        for run in set(_grams(sentence.keys)):
            holders[run].append(n)
    return Plain(tuple(sentences), {run: tuple(held) for run, held in holders.items()})


def _rows(table: Table, number: int) -> range:
    return range(int(table.first[number]), int(table.first[number + 1]))


def _grams(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return (keys[n : n + _UNMARKED_SEED] for n in range(len(keys) - _UNMARKED_SEED + 1))


def _unmarked(table: Table, plain: Plain, group: list[Piece]) -> list[Piece]:
    """For each account that has no version of an utterance: the stretch of a sentence that tells it without marks."""
    wanted = max(group, key=lambda piece: (len(piece.heard), -piece.reading))
    telling = sum(key not in STOP for key in wanted.keys)
    if len(wanted.heard) < _UNMARKED_WORDS or telling < _UNMARKED_TELLING:
        return []
    has = {piece.reading for piece in group}
    hits = Counter(n for run in set(_grams(wanted.keys)) for n in plain.holders.get(run, ())[:_HELD])
    best: dict[int, tuple[int, Piece]] = {}
    for n in sorted(hits):
        sentence = plain.sentences[n]
        if sentence.reading not in has:
            count, stretch = _stretch_of(table, wanted, sentence)
            if stretch and count > best.get(sentence.reading, (0,))[0]:
                best[sentence.reading] = count, stretch
    found = [stretch for _, (_, stretch) in sorted(best.items())]
    return [stretch for stretch in found if not any(_held_apart(table, stretch, piece) for piece in group)]


def _stretch_of(table: Table, wanted: Piece, sentence: Piece) -> tuple[int, Piece | None]:
    """How many words of an utterance a sentence has, and the stretch that has them, if it is most of both."""
    blocks = aligned(wanted, sentence)
    count = sum(block.b_end - block.b for block in blocks)
    if count < _UNMARKED * len(wanted.heard):
        return 0, None
    first, last = sentence.heard[blocks[0].b][1], sentence.heard[blocks[-1].b_end - 1][1]
    after = [word for word in sentence.words[last + 1 :] if word.start < _sentence_end(table, sentence, last)]
    if len(after) <= _REST:
        last += len(after)
    span = Span(sentence.words[first].start, sentence.words[last].end)
    cut = made(table, sentence.reading, span, "plain")
    return (count, cut) if cut and count >= _UNMARKED * len(cut.heard) else (0, None)


def _sentence_end(table: Table, sentence: Piece, word: int) -> int:
    """Where the sentence of a word of a plain stretch ends."""
    at = sentence.words[word].start
    return min(
        (one.end for one in table.readings[sentence.reading].sentences if one.end > at), default=sentence.span.end
    )


# ---------------------------------------------------------------- the record


def _quote(table: Table, group: list[Piece]) -> Quote:
    """Collate all versions with the longest one."""
    base = min(range(len(group)), key=lambda n: (-len(group[n].heard), n))
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
    return _text(table, piece)[span.start : span.end] if span else None


def _text(table: Table, piece: Piece) -> str:
    return table.readings[piece.reading].account.text


def _appearance(table: Table, piece: Piece) -> QuoteAppearance:
    account = table.readings[piece.reading].account
    start, end = piece.span
    speaker = _excerpt(table, piece, piece.speaker.span) if piece.speaker else None
    return QuoteAppearance(account.id, start, end, account.text[start:end], speaker, piece.shown != "plain")


def _kind(table: Table, group: list[Piece]) -> QuoteKind:
    """The strongest difference between any two versions: other speaker, altered, clipped, identical."""
    if any(_other_speaker(one, other) for one, other in combinations(group, 2)):
        return "other speaker"
    return strongest([(piece, _text(table, piece)) for piece in group])


def _other_speaker(one: Piece, other: Piece) -> bool:
    """Whether two versions of several words are given to two different persons by name."""
    a, b = one.speaker, other.speaker
    long = min(len(one.heard), len(other.heard)) > _SHORT
    return bool(long and a and b and one.named and other.named and not same_speaker(a, b))


def _changes(table: Table, group: list[Piece], base: int, n: int) -> list[Change]:
    """Where a version differs from the fullest one."""
    one, other = group[base], group[n]
    moved = reordered(one, other)
    found = []
    for gap in gaps(one, other):
        gone, new = _stretch(table, one, *gap.a), _stretch(table, other, *gap.b)
        if moved:
            found.append(Change(base, n, "reordered", gone, new))
        elif gone and new:
            found.append(Change(base, n, "altered", gone, new))
        else:
            found.append(Change(base, n, "left out", gone, new))
    return found


def _stretch(table: Table, piece: Piece, first: int, end: int) -> Excerpt | None:
    """The words from one place in what is heard to before another."""
    if first >= end:
        return None
    start, last = piece.words[piece.heard[first][1]].start, piece.words[piece.heard[end - 1][1]].end
    return _excerpt(table, piece, Span(start, last))


def _excerpt(table: Table, piece: Piece, span: Span) -> Excerpt:
    account = table.readings[piece.reading].account
    return Excerpt(account.id, span.start, span.end, account.text[span.start : span.end])
