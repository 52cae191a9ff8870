"""Readings of small invented accounts, made by a plain reader: sentences by full stops, vectors by hashed words.

"Name said ..." and "according to the Name ..." give attributions, digits give figures, times are read by rule.
No model is involved, so each test says in its text what it is about.
"""

from __future__ import annotations

import hashlib
import re
import zlib

import numpy as np

from tellings.comparing.words import NEGATIONS, STOP, words
from tellings.reading.times import times
from tellings.records import (
    Account,
    Attribution,
    Entity,
    Figure,
    Mention,
    Note,
    Original,
    Pieces,
    Reading,
    Span,
    Statement,
    Time,
)

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]+)*[.!?]*[”\"]?")
_SAID = re.compile(
    r"(?P<source>[A-Z]\w+(?: [A-Z]\w+)*|[Tt]he \w+|[Hh]e|[Ss]he|[A-Z]?\w+ \w+) (?P<cue>said|says|told)\b"
)
_NAME = re.compile(r"[A-Z]\w+ [A-Z]\w+")
_QUOTED = re.compile(r"“([^”]+)”")
_FIGURE = re.compile(r"\b(\d+)(?: (\w+))?")


def account(
    name: str, text: str, *, published: str | None = None, outlet: str | None = None, cut: bool = False
) -> Account:
    """An account of a text, as ingest would make it."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    notes = (Note("cut off", "the text breaks off"),) if cut else ()
    original = Original(f"{name}.txt", digest, len(text.encode()), "utf-8")
    return Account(name, text, digest, original, outlet=outlet, published=published, notes=notes)


def reading(
    name: str, text: str, *, published: str | None = None, outlet: str | None = None, cut: bool = False
) -> Reading:
    """The reading of an invented text."""
    found = account(name, text, published=published, outlet=outlet, cut=cut)
    sentences = tuple(
        _trimmed(text, match.start(), match.end()) for match in _SENTENCE.finditer(text) if match.group().strip()
    )
    mentions, entities = _names(text)
    attributions = tuple(one for sentence in sentences for one in _attributions(text, sentence, mentions))
    figures = tuple(
        Figure(Span(*m.span(1)), float(m[1]), float(m[1]), (m[2] or "").removesuffix("s"), "exactly")
        for m in _FIGURE.finditer(text)
    )
    dates = times(text, sentences, published)
    statements = tuple(_statement(text, n, s, attributions, figures, dates) for n, s in enumerate(sentences))
    return Reading(
        account=found,
        sentences=sentences,
        quotations=tuple(Span(*match.span(1)) for match in _QUOTED.finditer(text)),
        words=(),
        mentions=mentions,
        entities=entities,
        attributions=attributions,
        figures=figures,
        times=dates,
        statements=statements,
        wording=(),
        vectors=_vectors(text, statements),
        pieces=Pieces(np.zeros((0, 2), dtype=np.int32), np.zeros((0, 384), dtype=np.float16)),
    )


def _trimmed(text: str, start: int, end: int) -> Span:
    while text[start].isspace():
        start += 1
    return Span(start, end)


def _names(text: str) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Two capitalised words are a person; one that repeats the second of them is the same person."""
    full = {match.group().split()[-1]: Span(*match.span()) for match in reversed(list(_NAME.finditer(text)))}
    names = {surname: n for n, surname in enumerate(sorted(full))}
    mentions: list[Mention] = []
    for surname, number in names.items():
        pattern = rf"(?:[A-Z]\w+ )?\b{surname}\b"
        mentions += [Mention(Span(*match.span()), "PER", 1.0, number) for match in re.finditer(pattern, text)]
    entities = tuple(
        Entity("PER", full[surname], tuple(n for n, m in enumerate(mentions) if m.entity == number))
        for surname, number in names.items()
    )
    return tuple(mentions), entities


def _attributions(text: str, sentence: Span, mentions: tuple[Mention, ...]) -> list[Attribution]:
    match = _SAID.search(text, sentence.start, sentence.end)
    if not match:
        return []
    source, cue = Span(*match.span("source")), Span(*match.span("cue"))
    content = Span(cue.end + 1, sentence.end) if cue.end + 2 < sentence.end else Span(sentence.start, source.start)
    kind = "named person" if any(m.span == source for m in mentions) else "role"
    entity = next((m.entity for m in mentions if m.span == source), None)
    return [Attribution((source,), (cue,), (content,), "indirect", kind, None, 1.0, entity)]


def _statement(
    text: str,
    number: int,
    span: Span,
    attributions: tuple[Attribution, ...],
    figures: tuple[Figure, ...],
    dates: tuple[Time, ...],
) -> Statement:
    voice = tuple(n for n, one in enumerate(attributions) if span.start <= one.content[0].start < span.end)
    negated = any(word.key in NEGATIONS for word in words(text, span))
    return Statement(
        span=span,
        sentence=number,
        voice=voice,
        quoted=text[span.start] == "“",
        kind=None,
        polarity="negated" if negated else "affirmed",
        certainty="certain",
        figures=tuple(n for n, one in enumerate(figures) if span.start <= one.span.start < span.end),
        times=tuple(n for n, one in enumerate(dates) if span.start <= one.span.start < span.end),
    )


def _vectors(text: str, statements: tuple[Statement, ...]) -> np.ndarray:
    """Sums of a fixed random direction per content word, so that shared words bring statements near."""
    rows = np.zeros((len(statements), 384), dtype=np.float32)
    for n, statement in enumerate(statements):
        for word in words(text, statement.span):
            if word.key not in STOP:
                rows[n] += np.random.default_rng(zlib.crc32(word.stem.encode())).standard_normal(384)
        rows[n] /= max(1e-6, float(np.linalg.norm(rows[n])))
    return rows
