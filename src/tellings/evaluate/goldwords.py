"""A treebank's own words parsed by the reader, so that the parse is scored apart from how words are cut."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tellings.evaluate.readings import encoded

if TYPE_CHECKING:
    from tellings.evaluate.treebank import TreebankText
    from tellings.reading.model import Model
    from tellings.records import Span, Word


def parsed_gold_words(text: TreebankText, model: Model) -> tuple[Word, ...]:
    """The parse of a text's words as annotated, sentence by sentence; the encoder's windows are the reader's own."""
    from tellings.reading.parse import parsed

    return parsed(encoded(text.text, model), word_spans(text))


def word_spans(text: TreebankText) -> list[list[Span]]:
    """The spans of the words of each sentence."""
    ends = pairwise((*text.firsts, len(text.words)))
    return [[word.span for word in text.words[first:last]] for first, last in ends]
