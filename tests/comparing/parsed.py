"""Readings of small invented accounts with a parse written by hand: a word a line, as `word UPOS head relation`."""

from __future__ import annotations

from dataclasses import replace

from tellings.records import Attribution, Entity, Mention, MentionForm, MentionType, Reading, Span, Word
from tests.comparing.accounts import reading

Meant = tuple[str, MentionForm, MentionType, int]
"""A mention: its words, form, type, and the number of its entity."""


def parsed(name: str, text: str, parses: str, *meant: Meant, **more: object) -> Reading:
    """A reading with the words of its sentences (an empty line between them) and its mentions in text order."""
    base = reading(name, text)
    words: list[Word] = []
    at = 0
    for block in parses.strip().split("\n\n"):
        first = len(words)
        for line in block.splitlines():
            word, upos, head, relation = line.split()
            start = text.index(word, at)
            at = start + len(word)
            words.append(Word(Span(start, at), upos, first + int(head) - 1 if int(head) else None, relation))
    mentions = _mentions(text, meant)
    return replace(base, words=tuple(words), mentions=mentions, entities=_entities(mentions), **more)


def _mentions(text: str, meant: tuple[Meant, ...]) -> tuple[Mention, ...]:
    found, at = [], 0
    for words, form, kind, entity in meant:
        start = text.index(words, at)
        at = start + len(words)
        found.append(Mention(Span(start, at), kind, 1.0, entity, form))
    return tuple(found)


def _entities(mentions: tuple[Mention, ...]) -> tuple[Entity, ...]:
    count = max((m.entity for m in mentions), default=-1) + 1
    held = [tuple(n for n, m in enumerate(mentions) if m.entity == entity) for entity in range(count)]
    return tuple(Entity(mentions[ns[0]].type, mentions[ns[0]].span, ns) for ns in held)


def said(text: str, source: str, cue: str, content: str) -> Attribution:
    """An indirect attribution, its parts found by their words."""
    spans = [(Span(text.index(part), text.index(part) + len(part)),) if part else () for part in (source, cue, content)]
    return Attribution(*spans, "indirect", "named person", None, 1.0)
