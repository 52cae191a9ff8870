"""Texts that nobody would write on purpose: each is read, each span stands in it, and time grows with its length."""

import time

import pytest

from tellings.reading import read
from tellings.reading.layout import layout
from tellings.reading.quotations import quotations
from tellings.reading.sentences import LONGEST, sentences
from tellings.reading.tokens import tokens
from tellings.reading.windows import number_pieces, windows
from tellings.reading.words import syntactic_words
from tellings.records import Account, Original
from tests.reading.fakes import HandMadeModel

BAD = {
    "no sentence end": "and the gate that Lind said was shut stayed so while ",
    "only capitals": "THE MAYOR SAID NO TO LIND ON TUESDAY. NOBODY ASKED WHY. ",
    "curly quotes": "“We will shut the gate,” Lind said. ‘So it goes,’ said nobody. ",
    "straight quotes": '"We will shut the gate," Lind said. "Not now." ',
    "guillemets": "«We will shut it», Lind said. »Not now«, she said. ",
    "asymmetric quotes": "„We will shut it”, Lind said. ”Not now.\" '‘So' it goes“. ",
    "quotes never closed": "“We will shut the gate, Lind said. ‘So it goes, she said. ",
    "quotes never closed, in lines": "“We will shut the gate, Lind said.\n«So it goes, Lind said.\n",
    "a table": "| Lind | 1,200 | 15% | said | 3 May |\n|---|---:|\nGate\t12\t\t€4m\n",
    "lists": "1. Gate\n2. Pier\n  - Lind said so\n* no\na) “yes”\n(iv) 12 boats; 3 nets;\n",
    "emoji": "Lind said 🚨🚨 no 👩‍👩‍👧 “😡!!” ✔️ ",
    "Cyrillic in the middle": "Lind said “нет” и ушла домой. Она said no. ",
    "zero-width characters": "Li\u200bnd sa\u200bid\u200b “no\u200b”. \ufeffLind\u2060 said so.\u200b ",
    "no white space": "Lindsaid“no”.Liso,Lind-said-so.",
    "one word": "lind",
    "one sign": ".",
    "marks only": "“”",
    "references": "Lind said so.[1][2] ",
    "abbreviations": "St. Lind Co. said. ",
    "white space": " \t\n\u00a0",
}
ENOUGH = 1_500  # code points of a bad text for a whole reading


def text_of(unit, size):
    return (unit * (size // len(unit) + 1))[:size]


def reading_of(text):
    """Its reading by the model made by hand, past the ingest, which turns some of these away."""
    account = Account("bad", text, "0" * 64, Original("bad.txt", "0" * 64, len(text), "utf-8"))
    return next(read([account], model=HandMadeModel({"Lind": "PER"})))


def all_spans(reading):
    yield from reading.sentences
    yield from reading.quotations
    for layer in (reading.words, reading.mentions, reading.figures, reading.statements, reading.wording):
        yield from (item.span for item in layer)
    yield from (entity.name for entity in reading.entities)
    for attribution in reading.attributions:
        yield from (*attribution.source, *attribution.cue, *attribution.content)
    for statement in reading.statements:
        yield from (participant.span for participant in statement.participants)
        if statement.predicate is not None:
            yield statement.predicate


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_text_is_read_and_every_span_has_words_of_it(kind):
    text = text_of(BAD[kind], ENOUGH)
    reading = reading_of(text)
    for start, end in all_spans(reading):
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()
    assert {w.head for w in reading.words} <= {None, *range(len(reading.words))}
    for statement in reading.statements:
        sentence = reading.sentences[statement.sentence]
        assert sentence.start <= statement.span.start < statement.span.end <= sentence.end


def test_bad_texts_one_after_another_are_read_together():
    text = "\n".join(text_of(unit, 200) for unit in BAD.values())
    reading = reading_of(text)
    assert reading.attributions
    assert reading.mentions
    assert all(text[start:end].strip() for start, end in all_spans(reading))


def test_a_megabyte_without_a_sentence_end_is_cut_into_parts_that_can_be_read():
    text = text_of(BAD["no sentence end"], 1_000_000)
    found = sentences(text)
    assert max(end - start for start, end in found) <= LONGEST
    assert sum(len(text[start:end].split()) for start, end in found) == len(text.split())


# ---------------------------------------------------------------- time

SIZES = (100_000, 400_000)
GROWTH = 9  # times as long for four times the text, at most; what grows with the square takes sixteen times
LEAST = 0.01  # seconds of processor time that are measured well enough to compare

QUICK = {"sentences": sentences, "quotations": quotations}


def best_time(work, *arguments):
    """The least processor time of three runs: what else the machine does is not measured."""

    def once():
        began = time.process_time()
        work(*arguments)
        return time.process_time() - began

    return min(once() for _ in range(3))


def assert_linear(work, *cases):
    small, large = (best_time(work, *case) for case in cases)
    assert large <= GROWTH * max(small, LEAST), (small, large)


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("name", QUICK)
def test_sentences_and_quotations_take_time_in_proportion(name, kind):
    assert_linear(QUICK[name], *((text_of(BAD[kind], size),) for size in SIZES))


def all_words(text):
    return [syntactic_words(text, sentence) for sentence in sentences(text)]


@pytest.mark.parametrize("unit", ["word and word ", "a-", "a.", "a@", "1,1", "0’", "n't ", "🚨", "\u200b", '"', " "])
def test_words_take_time_in_proportion(unit):
    assert_linear(all_words, *((text_of(unit, size // 4),) for size in SIZES))


@pytest.mark.parametrize(
    "kind", ["no sentence end", "quotes never closed", "a table", "emoji", "one word", "marks only"]
)
def test_word_pieces_take_time_in_proportion(kind):
    texts = [text_of(BAD[kind], size // 4) for size in SIZES]
    assert_linear(tokens, *((text, quotations(text)) for text in texts))


@pytest.mark.parametrize("kind", ["no sentence end", "a table", "marks only"])
def test_windows_take_time_in_proportion(kind):
    cuts = [layout(text_of(BAD[kind], size // 4)) for size in SIZES]
    assert_linear(
        lambda pieces, found: list(windows(pieces, number_pieces(pieces, found))),
        *((cut.tokens, cut.sentences) for cut in cuts),
    )


def test_a_layout_takes_time_in_proportion():
    assert_linear(layout, *((text_of(BAD["no sentence end"], size),) for size in SIZES))
