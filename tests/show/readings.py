"""Readings made by hand for the renderers: an invented bridge, with a telling inside a telling."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import numpy as np

from tellings.records import (
    Account,
    Attribution,
    Entity,
    Figure,
    Loaded,
    Mention,
    MentionForm,
    MentionType,
    Note,
    Original,
    Participant,
    Pieces,
    Reading,
    Span,
    Statement,
    Time,
    Word,
)

NO_PIECES = Pieces(np.zeros((0, 2), np.int32), np.zeros((0, 384), np.float16))
BRIDGE = """\
Bridge closed after crack is found

The bridge at Ostrel was closed on Monday, mayor Edda Kroll said.

“It was old,” Kroll told the Post, “and nobody looked after it.” She called the delay a scandal.

The builder, Harrow Works, denied this. Two people familiar with the work said the firm was told by the council \
that at least 40 bolts were missing.

The shameful crack may be 12 to 15 centimetres long. Who pays?"""

SENTENCES = (
    "Bridge closed after crack is found",
    "The bridge at Ostrel was closed on Monday, mayor Edda Kroll said.",
    "“It was old,” Kroll told the Post, “and nobody looked after it.”",
    "She called the delay a scandal.",
    "The builder, Harrow Works, denied this.",
    "Two people familiar with the work said the firm was told by the council that at least 40 bolts were missing.",
    "The shameful crack may be 12 to 15 centimetres long.",
    "Who pays?",
)

# word, part of speech, number of its head in the sentence (from 1, 0 at the root), relation
PARSES = {
    1: """\
The DET 2 det
bridge NOUN 6 nsubj:pass
at ADP 4 case
Ostrel PROPN 2 nmod
was AUX 6 aux:pass
closed VERB 13 ccomp
on ADP 8 case
Monday PROPN 6 obl
, PUNCT 6 punct
mayor NOUN 13 nsubj
Edda PROPN 10 flat
Kroll PROPN 10 flat
said VERB 0 root
. PUNCT 13 punct""",
    3: """\
She PRON 2 nsubj
called VERB 0 root
the DET 4 det
delay NOUN 2 obj
a DET 6 det
scandal NOUN 2 xcomp
. PUNCT 2 punct""",
    7: """\
Who PRON 2 nsubj
pays VERB 0 root
? PUNCT 2 punct""",
}


def account(name: str, text: str, *, path: str | None = None, **head: Any) -> Account:
    """Make an account from its text alone."""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    original = Original(path or f"{name}.txt", digest, len(text.encode("utf-8")), "utf-8")
    return Account(id=name, text=text, sha256=digest, original=original, **head)


def find(text: str, words: str, nth: int = 0) -> Span:
    """Find words in a text; `nth` counts their places from 0."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def empty(where: Account, **layers: Any) -> Reading:
    """A reading in which nothing was found but what is given."""
    found: dict[str, Any] = dict.fromkeys(
        ("sentences", "quotations", "words", "mentions", "entities", "attributions", "figures", "statements"), ()
    )
    return Reading(
        **{
            "account": where,
            **found,
            "wording": (),
            "vectors": np.zeros((0, 384), np.float32),
            "pieces": NO_PIECES,
            **layers,
        }
    )


def bridge() -> Reading:
    """The story with every layer, read as a careful person would."""
    where = account(
        "bridge",
        BRIDGE,
        title="Bridge closed after crack is found",
        outlet="Ostrel Courier",
        published="2026-04-02",
        url="https://courier.example/bridge",
    )
    return empty(
        replace(where, notes=(Note("other", "a note about the input"),)),
        sentences=tuple(find(BRIDGE, sentence) for sentence in SENTENCES),
        quotations=(find(BRIDGE, "It was old,"), find(BRIDGE, "and nobody looked after it.")),
        words=_words(),
        mentions=_mentions(),
        entities=_entities(),
        attributions=_attributions(),
        figures=(
            Figure(find(BRIDGE, "at least 40 bolts"), 40, 40, "bolts", "at least"),
            Figure(find(BRIDGE, "12 to 15 centimetres"), 12, 15, "cm", "exactly"),
        ),
        times=(Time(find(BRIDGE, "Monday"), "date", "2026-03-30", "2026-03-30", "2026-03-30"),),
        statements=_statements(),
        wording=(
            Loaded(find(BRIDGE, "a scandal"), 0.91, quoted=True),
            Loaded(find(BRIDGE, "shameful"), 0.83, quoted=False),
        ),
    )


def _words() -> tuple[Word, ...]:
    words: list[Word] = []
    for number, parse in PARSES.items():
        first = len(words)
        at = find(BRIDGE, SENTENCES[number]).start
        for line in parse.splitlines():
            form, upos, head, relation = line.split(" ")
            at = BRIDGE.index(form, at)
            words.append(Word(Span(at, at + len(form)), upos, first + int(head) - 1 if head != "0" else None, relation))
            at += len(form)
    return tuple(words)


def _mentions() -> tuple[Mention, ...]:
    def mention(words: str, kind: MentionType, entity: int, form: MentionForm = "name", nth: int = 0) -> Mention:
        return Mention(find(BRIDGE, words, nth), kind, 0.9, entity, form)

    return (
        mention("The bridge", "MISC", 0, "nominal"),
        mention("Ostrel", "LOC", 1),
        mention("Edda Kroll", "PER", 2),
        mention("Kroll", "PER", 2, nth=1),
        mention("Post", "ORG", 3),
        mention("She", "PER", 2, "pronoun"),
        mention("The builder", "ORG", 4, "nominal"),
        mention("Harrow Works", "ORG", 4),
        mention("the firm", "ORG", 4, "nominal"),
    )


def _entities() -> tuple[Entity, ...]:
    return (
        Entity("MISC", find(BRIDGE, "The bridge"), (0,)),
        Entity("LOC", find(BRIDGE, "Ostrel"), (1,)),
        Entity("PER", find(BRIDGE, "Edda Kroll"), (2, 3, 5)),
        Entity("ORG", find(BRIDGE, "Post"), (4,)),
        Entity("ORG", find(BRIDGE, "Harrow Works"), (6, 7, 8)),
    )


def _attributions() -> tuple[Attribution, ...]:
    def spans(*words: str) -> tuple[Span, ...]:
        return tuple(find(BRIDGE, each) for each in words)

    closed = spans("The bridge at Ostrel was closed on Monday")
    told = spans("the firm was told by the council that at least 40 bolts were missing")
    return (
        Attribution(spans("mayor Edda Kroll"), spans("said"), closed, "indirect", "named person", None, 0.95, 2),
        Attribution(
            (find(BRIDGE, "Kroll", 1),),
            spans("told"),
            spans("It was old,", "and nobody looked after it."),
            "direct",
            "named person",
            None,
            0.97,
            2,
            find(BRIDGE, "Post"),
        ),
        Attribution(spans("She"), spans("called"), spans("the delay a scandal"), "indirect", None, None, 0.6, 2),
        Attribution(
            spans("Two people familiar with the work"),
            (find(BRIDGE, "said", 1),),
            told,
            "indirect",
            "anonymous",
            None,
            0.8,
        ),
        Attribution(
            spans("the council"),
            spans("was told by"),
            spans("at least 40 bolts were missing"),
            "mixed",
            "organisation",
            3,
            0.7,
        ),
        Attribution((), (), spans("and nobody looked after it"), "direct", None, None, 0.3),
    )


def _statements() -> tuple[Statement, ...]:
    def statement(words: str, sentence: int, *voice: int, **more: Any) -> Statement:
        usual: dict[str, Any] = {"polarity": "affirmed", "certainty": "certain", "figures": ()}
        return Statement(find(BRIDGE, words), sentence, voice, **{"quoted": False, "kind": "event", **usual, **more})

    def taking_part(words: str, role: Any, entity: int | None = None) -> Participant:
        return Participant(find(BRIDGE, words), role, entity)

    return (
        statement(
            "The bridge at Ostrel was closed on Monday",
            1,
            0,
            predicate=find(BRIDGE, "was closed"),
            participants=(taking_part("The bridge at Ostrel", "subject", 0), taking_part("Monday", "oblique")),
            times=(0,),
        ),
        statement("It was old", 2, 1, kind="evaluation", quoted=True),
        statement("and nobody looked after it", 2, 1, 5, quoted=True, polarity="negated"),
        statement("at least 40 bolts were missing", 5, 3, 4, kind="state", figures=(0,)),
        statement(
            "The shameful crack may be 12 to 15 centimetres long.",
            6,
            kind=None,
            certainty="hedged",
            figures=(1,),
            predicate=find(BRIDGE, "may be"),
        ),
        statement("Who pays?", 7, kind="question"),
    )
