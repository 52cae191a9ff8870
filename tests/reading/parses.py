"""Parses written by hand: one string a sentence, `word/UPOS/head/relation`, heads counted from 1, 0 the root."""

from tellings.reading.clauses import syntax
from tellings.reading.layout import layout
from tellings.reading.statements import statements
from tellings.reading.states import states
from tellings.records import Mention, Span, Word

GLUED = frozenset([".", ",", ";", ":", "?", "!", "”", "’", ")", "n't", "'s", "’s"])
OPENING = frozenset(["“", "‘", "("])
NO_STATES = states([])


def parsed(*sentences):
    """The text and the words of parses, sentences joined by a space."""
    text, words = "", []
    for sentence in sentences:
        first = len(words)
        opened = True
        text += " " if text else ""
        for row in sentence.split():
            form, upos, head, relation = row.rsplit("/", 3)
            if not opened and form not in GLUED:
                text += " "
            span = Span(len(text), len(text) + len(form))
            text += form
            opened = form in OPENING
            words.append(Word(span, upos, first + int(head) - 1 if int(head) else None, relation))
    return text, tuple(words)


def syntax_of(*sentences):
    return syntax(*parsed(*sentences))


def at(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def mention(text, words, entity, form="name"):
    return Mention(at(text, words), "PER", 0.9, entity, form)


def told(sentence, *attributions, mentions=()):
    """The statements of one parsed sentence."""
    text, words = parsed(sentence)
    return statements(layout(text), attributions, (), words, mentions, NO_STATES)


def texts(sentence, *attributions):
    """The words of the statements of one parsed sentence."""
    text, _ = parsed(sentence)
    return [text[s.span.start : s.span.end] for s in told(sentence, *attributions)]
