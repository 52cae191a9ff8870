"""Training examples: windows of word pieces with the labels that each corpus has."""

from __future__ import annotations

import calendar
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tellings.reading.labels import KINDS, MENTION_TAGS, NOMINAL_TAGS, RELATIONS, ROLES, UPOS
from tellings.reading.pairs import KINDS as MENTION_KINDS
from tellings.reading.pairs import NAME, NOMINAL, PRONOUN, Shape, candidates, pair_features, shape
from tellings.reading.parse import first_pieces
from tellings.reading.places import places
from tellings.reading.quotations import quotations
from tellings.reading.sentences import sentences
from tellings.reading.tokens import GAPS, Tokens, tokens
from tellings.reading.windows import number_pieces, paragraph_numbers
from tellings.reading.words import syntactic_words
from tellings.records import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tellings.evaluate.corpora import AttributionText, GoldAttribution, PronounText, RoleText
    from tellings.evaluate.treebank import GoldMention, TreebankText
    from training.corpora import ChainText, InnerText, LabelledText, LoadedText

NONE = -100  # no label: left out of the loss


@dataclass(frozen=True, slots=True)
class ParsedWords:
    """Words of a parsed text: first piece, governor's word (-1 at a root), relation, sentence; arrays of one length."""

    pieces: NDArray[np.int64]
    heads: NDArray[np.int64]
    relations: NDArray[np.int64]
    sentences: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chains:
    """Mentions in text order: core pieces (half-open), shapes, and either chains or one asked pronoun.

    `entities` numbers each mention's chain. With `asked`, mentions are that pronoun and two names, and `entities` says
    only which name it stands for.
    """

    pieces: NDArray[np.int64]  # (m, 2)
    shapes: tuple[Shape, ...]
    entities: NDArray[np.int64]
    asked: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text cut into pieces with its labels; a layer that its corpus does not have is absent.

    `tags` has for each tag layer one number a piece (NONE: no label). `links` has one row per annotated cue: its first
    and last piece (half-open) and the label of every piece as seen from it (0 neither, 1 source, 2 content). `named`
    says of a corpus without typed names whether a piece is in a proper noun (1) or not (0). `spans` are piece ranges
    with the index of their teacher vector; `kinds` and `roles` piece ranges with the label of that statement. Without
    `chained`, mentions are known but not which belong together; parsed words may likewise be known without their heads
    (NONE). `number` counts the documents of a run.
    """

    id: str
    corpus: str
    tokens: Tokens
    sentence_of: NDArray[np.int64]
    tags: Mapping[str, NDArray[np.int64]]
    named: NDArray[np.int64] | None = None
    links: tuple[tuple[int, int, NDArray[np.int8]], ...] = ()
    spans: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 3), dtype=np.int64))
    parse: ParsedWords | None = None
    kinds: tuple[tuple[int, int, int], ...] = ()
    roles: tuple[tuple[int, int, int], ...] = ()
    chains: Chains | None = None
    chained: bool = True
    number: int = -1


def piece_range(tokens: Tokens, span: Span) -> tuple[int, int]:
    """The pieces that a span touches, half-open."""
    first = int(np.searchsorted(tokens.ends, span.start, side="right"))
    last = int(np.searchsorted(tokens.starts, span.end, side="left"))
    return first, last


def _marked(tokens: Tokens, spans: Sequence[Span]) -> NDArray[np.int64]:
    labels = np.zeros(len(tokens), dtype=np.int64)
    for span in sorted(spans, key=lambda s: s.start - s.end):
        first, last = piece_range(tokens, span)
        if first < last:
            labels[first:last] = 2
            labels[first] = 1
    return labels


def cue_words(texts: Sequence[AttributionText], least: int = 20, share: float = 0.3) -> frozenset[str]:
    """Words that are a cue at least `least` times and in `share` of the places where they stand outside contents."""
    cues: Counter[str] = Counter()
    all_places: Counter[str] = Counter()
    for text in texts:
        inside = np.zeros(len(text.text) + 1, dtype=bool)
        for attribution in text.attributions:
            for start, end in attribution.content:
                inside[start:end] = True
            cues.update(text.text[start:end].lower() for start, end in attribution.cue)
        all_places.update(m[0].lower() for m in _WORD.finditer(text.text) if not inside[m.start()])
    return frozenset(w for w, n in cues.items() if n >= least and _WORD.fullmatch(w) and n >= share * all_places[w])


_WORD = re.compile(r"\w+")


def attribution_document(
    text: AttributionText, nested: frozenset[str] = frozenset(), inner: Sequence[InnerText] = ()
) -> Document:
    """A PolNeAR article with its attribution labels.

    PolNeAR never annotates an attribution inside another's content, so whether a word of `nested` there is a cue is
    left out of the loss but for the contents that we read ourselves: `inner` has those with the attributions in them.
    """
    pieces, sentence_of, found = _prepared(text.text)
    spans = list(found)
    spans += [
        Span(max(s.start, c.start), min(s.end, c.end))
        for a in text.attributions
        for c in a.content
        for s in found
        if s.start < c.end and c.start < s.end
    ]
    cue = _marked(pieces, [s for a in text.attributions for s in a.cue])
    for start, end in (content for a in text.attributions for content in a.content):
        for match in _WORD.finditer(text.text, start, end):
            if match[0].lower() in nested:
                places_ = slice(*piece_range(pieces, Span(match.start(), match.end())))
                cue[places_] = np.where(cue[places_] == 0, NONE, cue[places_])
    source = _marked(pieces, [s for a in text.attributions for s in a.source])
    for read in inner:
        judged = slice(*piece_range(pieces, read.content))
        cue[judged] = np.where(cue[judged] == NONE, 0, cue[judged])
        within = _marked(pieces, [s for a in read.attributions for s in a.cue])
        cue = np.where(within > 0, within, cue)
        # the tag layer's sources are the account's own level; what an inner source is, the links learn
        doubtful = _marked(pieces, [s for a in read.attributions for s in a.source]) > 0
        source = np.where(doubtful & (source == 0), NONE, source)
    rows = link_rows(pieces, (*text.attributions, *(a for read in inner for a in read.attributions)))
    return Document(
        id=text.id,
        corpus="polnear",
        tokens=pieces,
        sentence_of=sentence_of,
        tags={
            "cue": cue,
            "source": source,
            "content": _marked(pieces, [s for a in text.attributions for s in a.content]),
        },
        links=rows,
        spans=_ranges(pieces, spans),
        parse=unparsed(text.text, pieces, found),
    )


def link_rows(pieces: Tokens, attributions: Iterable[GoldAttribution]) -> tuple[tuple[int, int, NDArray[np.int8]], ...]:
    """One row per annotated cue: its pieces, and the label of every piece as seen from it."""
    rows = []
    for attribution in attributions:
        if not attribution.cue:
            continue
        first, last = piece_range(pieces, Span(attribution.cue[0].start, attribution.cue[-1].end))
        row = np.zeros(len(pieces), dtype=np.int8)
        for label, part in ((2, attribution.content), (1, attribution.source)):
            for span in part:
                row[slice(*piece_range(pieces, span))] = label
        if first < last:
            rows.append((first, last, row))
    return tuple(sorted(rows, key=lambda link: link[0]))


def labelled_document(text: LabelledText, corpus: str = "names") -> Document:
    """A text with names, parts of speech, or both."""
    pieces, sentence_of, found = _prepared(text.text)
    tags = {}
    upos = np.full(len(pieces), NONE)
    if text.upos is not None:
        for at, (_, kind) in zip(first_pieces(pieces, [s for s, _ in text.upos]), text.upos, strict=True):
            upos[at] = UPOS.index(kind)
        tags["upos"] = upos
    proper = _proper(text.text, text.upos or (), pieces)
    if text.names is not None:
        tags["mention"] = _mention_tags(text.names, pieces, proper)
    return Document(
        text.id,
        corpus,
        pieces,
        sentence_of,
        tags,
        named=proper if text.names is None and text.upos else None,
        spans=_ranges(pieces, found),
        parse=unparsed(text.text, pieces, found),
    )


def treebank_document(
    text: TreebankText,
    corpus: str,
    names: Sequence[tuple[Span, str]] | None = None,
    attributed: AttributionText | None = None,
) -> Document:
    """A parsed document: parts of speech, sentence beginnings, dependencies, and what else the corpus has."""
    pieces = tokens(text.text, quotations(text.text))
    at = first_pieces(pieces, [word.span for word in text.words])
    upos = np.full(len(pieces), NONE)
    upos[at] = [UPOS.index(word.upos) for word in text.words]
    begins = np.zeros(len(pieces), dtype=np.int64)
    begins[first_pieces(pieces, text.sentences)] = 1
    tags = {"upos": upos, "sentence": begins}
    upos_spans = [(word.span, word.upos) for word in text.words]
    proper = _proper(text.text, upos_spans, pieces)
    if names is not None:
        tags["mention"] = _mention_tags(names, pieces, proper)
    if text.mentions:
        tags["nominal"] = _nominal_tags(text.mentions, at, len(pieces))
    links: tuple[tuple[int, int, NDArray[np.int8]], ...] = ()
    if attributed is not None:
        links = link_rows(pieces, attributed.attributions)
        tags["cue"] = np.where(np.isin(upos, [UPOS.index(kind) for kind in _CUE_KINDS]), NONE, 0)
        for first, last, _ in links:
            tags["cue"][first:last] = 2
            tags["cue"][first] = 1
    return Document(
        text.id,
        corpus,
        pieces,
        number_pieces(pieces, text.sentences),
        tags,
        named=proper if names is None else None,
        links=links,
        spans=_ranges(pieces, text.sentences),
        parse=_parsed(text, at),
        chains=_treebank_chains(text, pieces) if text.mentions else None,
    )


def _parsed(text: TreebankText, at: NDArray[np.int64]) -> ParsedWords:
    sentence = np.searchsorted(np.asarray(text.firsts), np.arange(len(text.words)), side="right") - 1
    return ParsedWords(
        at,
        np.asarray([-1 if word.head is None else word.head for word in text.words]),
        np.asarray([relation_number(word.relation) for word in text.words]),
        sentence,
    )


def relation_number(relation: str) -> int:
    """The number of a relation, of its universal part where the whole is not learnt."""
    return RELATIONS.index(relation if relation in RELATIONS else relation.split(":", maxsplit=1)[0])


_CUE_KINDS = ("VERB", "NOUN", "ADP", "ADJ", "SCONJ")  # a word of these may be a cue that GUM's relations pass over
_GUM_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}
_FORMS = {"name": NAME, "nominal": NOMINAL, "pronoun": PRONOUN}


def _nominal_tags(mentions: Sequence[GoldMention], at: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    found = np.full(count, NONE)
    found[at] = 0
    for mention in mentions:
        kind = _GUM_KINDS.get(mention.type)
        if mention.form == "nominal" and kind:
            found[at[mention.head]] = NOMINAL_TAGS.index(kind)
    return found


def _treebank_chains(text: TreebankText, pieces: Tokens) -> Chains | None:
    """Mentions of people, organisations and places, from their first word to their head word."""
    kept = [m for m in text.mentions if m.type in _GUM_KINDS or m.form == "pronoun"]
    cores = [(Span(m.span.start, text.words[m.head].span.end), m) for m in kept]
    numbers = {name: i for i, name in enumerate(dict.fromkeys(m.entity for m in kept))}
    sentence_of = [int(np.searchsorted([s.start for s in text.sentences], c.start, side="right")) for c, _ in cores]
    inside = quoted_places(text.text)
    rows = [
        (
            piece_range(pieces, core),
            shape(
                text.text[core.start : core.end],
                _FORMS[m.form],
                MENTION_KINDS.index(_GUM_KINDS.get(m.type, "other")),
                sentence,
                quoted=inside(core.start),
            ),
            numbers[m.entity],
        )
        for (core, m), sentence in zip(cores, sentence_of, strict=True)
    ]
    return _chains(rows)


def _chains(rows: Sequence[tuple[tuple[int, int], Shape, int]], asked: int | None = None) -> Chains | None:
    if not rows:
        return None
    if asked is None:
        rows = sorted(rows, key=lambda r: r[0])
    return Chains(
        np.asarray([r[0] for r in rows], dtype=np.int64),
        tuple(r[1] for r in rows),
        np.asarray([r[2] for r in rows], dtype=np.int64),
        asked,
    )


def quoted_places(text: str) -> Callable[[int], bool]:
    """Whether a place of a text stands between quotation marks."""
    spans = quotations(text)
    return lambda at: any(s.start <= at < s.end for s in spans)


def chain_document(text: ChainText, corpus: str = "litbank", *, nominals: bool = True) -> Document:
    """A text with chains of mentions whose cores are given; `nominals` says that all its nominal mentions are."""
    pieces, sentence_of, found = _prepared(text.text)
    starts = [s.start for s in found]
    inside = quoted_places(text.text)
    rows = []
    nominal = np.zeros(len(pieces), dtype=np.int64)
    for mention in text.mentions:
        core = mention.core
        first, last = piece_range(pieces, core)
        if first >= last:
            continue
        sentence = int(np.searchsorted(starts, core.start, side="right"))
        rows.append(
            (
                (first, last),
                shape(
                    text.text[core.start : core.end],
                    _FORMS[mention.form],
                    MENTION_KINDS.index(mention.type),
                    sentence,
                    quoted=inside(core.start),
                ),
                mention.entity,
            )
        )
        if mention.form == "nominal" and mention.type in NOMINAL_TAGS:
            nominal[int(first_pieces(pieces, [mention.head])[0])] = NOMINAL_TAGS.index(mention.type)
    tags = {"nominal": nominal} if nominals else {}
    return Document(
        text.id,
        corpus,
        pieces,
        sentence_of,
        tags,
        spans=_ranges(pieces, found),
        parse=unparsed(text.text, pieces, found),
        chains=_chains(rows),
    )


def pronoun_document(text: PronounText) -> Document:
    """A GAP snippet: one pronoun, two names, and which of them it stands for."""
    pieces, sentence_of, found = _prepared(text.text)
    starts = [s.start for s in found]
    inside = quoted_places(text.text)
    rows = []
    ordered = sorted([(text.pronoun, 0), (text.a, 1), (text.b, 2)])
    for span, number in ordered:
        form = PRONOUN if number == 0 else NAME
        sentence = int(np.searchsorted(starts, span.start, side="right"))
        made = shape(text.text[slice(*span)], form, 0, sentence, quoted=inside(span.start))
        right = (text.a_right, text.b_right)[number - 1] if number else True
        rows.append((piece_range(pieces, span), made, 1 if right else 10 + number))
    asked = [number for _, number in ordered].index(0)
    return Document(
        text.id,
        "gap",
        pieces,
        sentence_of,
        {},
        spans=_ranges(pieces, found),
        parse=unparsed(text.text, pieces, found),
        chains=_chains(rows, asked),
    )


def loaded_document(text: LoadedText, corpus: str) -> Document:
    """A text with loaded stretches; outside `judged` (all where None) and in `doubtful` nothing is learnt."""
    pieces, sentence_of, found = _prepared(text.text)
    labels = np.zeros(len(pieces), dtype=np.int64)
    if text.judged is not None:
        labels[:] = NONE
        for span in text.judged:
            labels[slice(*piece_range(pieces, span))] = 0
    for span in text.doubtful:
        labels[slice(*piece_range(pieces, span))] = NONE
    for span in text.loaded:
        labels[slice(*piece_range(pieces, span))] = 1
    kinds = tuple((*piece_range(pieces, span), KINDS.index(kind)) for span, kind in text.kinds)
    return Document(
        text.id,
        corpus,
        pieces,
        sentence_of,
        {"loaded": labels},
        spans=_ranges(pieces, found),
        parse=unparsed(text.text, pieces, found),
        kinds=kinds,
    )


def sentence_document(text: RoleText) -> Document:
    """A NewsDiscourse article: the role of each sentence."""
    pieces, sentence_of, found = _prepared(text.text)
    roles = tuple((*piece_range(pieces, span), ROLES.index(role)) for span, role in text.roles)
    return Document(
        text.id,
        "newsdiscourse",
        pieces,
        sentence_of,
        {},
        spans=_ranges(pieces, found),
        parse=unparsed(text.text, pieces, found),
        roles=roles,
    )


def plain_document(name: str, text: str, mentions: Sequence[Mention] = ()) -> Document:
    """A text without labels: what stands in it for a teacher to label, with mentions that an earlier reader found."""
    pieces, sentence_of, found = _prepared(text)
    starts = [s.start for s in found]
    inside = quoted_places(text)
    rows = []
    for span, kind, form in mentions:
        first, last = piece_range(pieces, span)
        if first < last:
            sentence = int(np.searchsorted(starts, span.start, side="right"))
            kind_number = MENTION_KINDS.index(kind if kind in MENTION_KINDS else "other")
            made = shape(text[span.start : span.end], _FORMS[form], kind_number, sentence, quoted=inside(span.start))
            rows.append(((first, last), made, -1))
    return Document(
        name,
        "plain",
        pieces,
        sentence_of,
        {},
        spans=_ranges(pieces, found),
        parse=unparsed(text, pieces, found),
        chains=_chains(rows),
        chained=False,
    )


Mention = tuple[Span, str, str]
"""Span, type and form of a mention."""


def unparsed(text: str, pieces: Tokens, found: Sequence[Span]) -> ParsedWords:
    """The words of a text that nobody parsed, for a teacher to parse."""
    words = [(number, word) for number, sentence in enumerate(found) for word in syntactic_words(text, sentence)]
    count = len(words)
    return ParsedWords(
        first_pieces(pieces, [word for _, word in words]) if words else np.zeros(0, dtype=np.int64),
        np.full(count, NONE),
        np.full(count, NONE),
        np.asarray([number for number, _ in words], dtype=np.int64),
    )


def _mention_tags(names: Sequence[tuple[Span, str]], pieces: Tokens, proper: NDArray[np.int64]) -> NDArray[np.int64]:
    """Typed name labels; a proper noun that its corpus gives none of our types is left out of the loss."""
    mention = np.where(proper == 1, NONE, 0)
    for span, kind in names:
        first, last = piece_range(pieces, span)
        mention[first:last] = MENTION_TAGS.index(f"I-{kind}")
        mention[first : first + 1] = MENTION_TAGS.index(f"B-{kind}")
    return mention


_CALENDAR = frozenset((*calendar.day_name, *calendar.month_name[1:], "Mr", "Mrs", "Ms", "Dr"))


def _proper(text: str, upos: Sequence[tuple[Span, str]], pieces: Tokens) -> NDArray[np.int64]:
    """1 where a piece is a proper noun's, 0 where another word's, NONE where unknown or a day, month or title."""
    proper = np.full(len(pieces), NONE)
    for span, kind in upos:
        known = kind != "PROPN" or text[span.start : span.end].strip(".") not in _CALENDAR
        proper[slice(*piece_range(pieces, span))] = int(kind == "PROPN") if known else NONE
    return proper


def _prepared(text: str) -> tuple[Tokens, NDArray[np.int64], tuple[Span, ...]]:
    pieces = tokens(text, quotations(text))
    found = sentences(text)
    return pieces, number_pieces(pieces, found), found


def _ranges(pieces: Tokens, spans: Sequence[Span]) -> NDArray[np.int64]:
    ranges = {piece_range(pieces, span) for span in spans}
    kept = sorted(r for r in ranges if r[1] - r[0] >= 3)
    return np.asarray([(first, last, -1) for first, last in kept], dtype=np.int64).reshape(-1, 3)


@dataclass(frozen=True, slots=True)
class Example:
    """One window of a document: pieces `[first, last)`."""

    document: Document
    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 2


def cut(document: Document, dice: random.Random, size: int) -> Iterator[Example]:
    """Windows of at most `size` pieces, cut at line or sentence ends, each time otherwise; a GAP snippet is one."""
    total = len(document.tokens)
    if document.chains is not None and document.chains.asked is not None and total <= 500:
        yield Example(document, 0, total)
        return
    gaps = document.tokens.features // 2 % GAPS >= 2
    ends = np.flatnonzero(gaps | (np.diff(document.sentence_of, prepend=0) > 0))
    at = 0
    limit = dice.randint(size // 2, size)
    while at < total:
        last = min(total, at + limit)
        good = ends[(ends > at + limit // 3) & (ends <= last)]
        if last < total and len(good):
            last = int(good[-1])
        if last - at >= 4:
            yield Example(document, at, last)
        at, limit = last, size


@dataclass(frozen=True, slots=True)
class Links:
    """The cues of one window as seen by the link head: window positions, distances, labels."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    places: NDArray[np.int64]
    labels: NDArray[np.int64]


def links(example: Example) -> Links | None:
    """The annotated cues that stand wholly inside a window; None where there are none."""
    document, first, last = example.document, example.first, example.last
    inside = [link for link in document.links if link[0] >= first and link[1] <= last]
    if not inside:
        return None
    starts = np.asarray([link[0] for link in inside]) - first
    ends = np.asarray([link[1] for link in inside]) - first
    seen = slice(first, last)
    return Links(
        starts,
        ends,
        places(
            starts,
            ends,
            document.sentence_of[seen],
            paragraph_numbers(document.tokens)[seen],
            document.tokens.features[seen] % 2,
        ),
        np.stack([link[2][seen] for link in inside]).astype(np.int64),
    )


@dataclass(frozen=True, slots=True)
class Mentions:
    """The mentions of one window: core pieces in it, pair features, which candidates may be and which are right.

    `allowed` and `right` are mentions x mentions (candidates); a row without a right candidate has none before it.
    """

    pieces: NDArray[np.int64]
    features: NDArray[np.int64]
    allowed: NDArray[np.bool_]
    right: NDArray[np.bool_]


def window_mentions(example: Example) -> Mentions | None:
    """The mentions that stand wholly inside a window; None where fewer than two do."""
    chains = example.document.chains
    if chains is None:
        return None
    inside = (chains.pieces[:, 0] >= example.first) & (chains.pieces[:, 1] <= example.last)
    kept = np.flatnonzero(inside)
    if len(kept) < 2:
        return None
    shapes = [chains.shapes[i] for i in kept]
    same = chains.entities[kept][:, None] == chains.entities[kept][None]
    if chains.asked is not None:
        asked = kept == chains.asked
        allowed = np.broadcast_to(asked[:, None], same.shape) & ~asked[None]
    else:
        allowed = candidates(shapes)
    return Mentions(chains.pieces[kept] - example.first, pair_features(shapes), allowed, same & allowed)
