"""Words, sentences, quotation marks and windows: every span leads back to its text, whatever the text."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.reading.layout import layout
from tellings.reading.quotations import quotations
from tellings.reading.sentences import sentences
from tellings.reading.tokens import tokens
from tellings.reading.windows import CORE, LENGTHS, windows

TEXTS = st.text(alphabet=st.sampled_from("aB .,\"“”'’«»\n!?éЖ\u200b🚨1"), max_size=300) | st.text(max_size=200)


def words_of(text, spans):
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no” twice.", ["no"]),
        ('She said "no," then "yes."', ["no,", "yes."]),
        ("«Oui», „Ja“ and “yes”", ["Oui", "Ja", "yes"]),
        ("“He called it “a farce” again,” she said.", ["He called it “a farce” again,"]),
        ('A 6\' 2" man said "hello" to her.', ["hello"]),
        ("“One paragraph.\n\n“And the next.” The end.", ["One paragraph.", "And the next."]),
        ("“Never closed.\nAnother line.", ["Never closed."]),
        ("No marks at all, it's plain.", []),
    ],
)
def test_quotations_are_found_by_their_marks(text, expected):
    assert words_of(text, quotations(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It snowed.", ["It rained.", "It snowed."]),
        ("“Never!” she said. He left.", ["“Never!” she said.", "He left."]),
        ("Dr. Lind left at 3 p.m. Monday. It rained.", ["Dr. Lind left at 3 p.m. Monday.", "It rained."]),
        (
            "A headline without a stop\n\nThe story begins.",
            ["A headline without a stop", "The story begins."],
        ),
        ("   \n\n  ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert words_of(text, sentences(text)) == expected


@given(TEXTS)
def test_sentences_are_in_order_apart_and_cover_every_sign_that_is_not_space(text):
    found = sentences(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    covered = "".join(text[start:end] for start, end in found)
    assert "".join(covered.split()) == "".join(text.split())


@given(TEXTS)
def test_quotations_are_in_order_and_inside_the_text(text):
    found = quotations(text)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(TEXTS)
def test_words_are_in_order_and_lead_back_to_the_text(text):
    cut = layout(text)
    assert all(0 <= word.start < word.end <= len(text) for word in cut.words)
    assert all(a.end <= b.start for a, b in zip(cut.words, cut.words[1:], strict=False))
    assert len(cut.words) == len(cut.heads)


def test_features_tell_shape_gap_and_quotation():
    text = "Now\n\nUS “said” 5"
    pieces = tokens(text, quotations(text))
    by_word = {text[s:e]: f for s, e, f in zip(pieces.starts, pieces.ends, pieces.features, strict=True)}
    shapes = {word: feature // 8 for word, feature in by_word.items()}
    assert shapes == {"Now": 2, "US": 3, "“": 0, "said": 1, "”": 0, "5": 5}
    assert by_word["US"] // 2 % 4 == 3
    assert by_word["said"] % 2 == 1
    assert by_word["5"] % 2 == 0


@given(st.lists(st.sampled_from(["word", "Word.", "word\n", "“word”", "a-b"]), max_size=900))
def test_windows_cover_every_piece_once_and_fit_their_length(words):
    cut = layout(" ".join(words))
    found = list(windows(cut.tokens, cut.sentence_of))
    assert [i for w in found for i in range(w.core_first, w.core_last)] == list(range(len(cut.tokens)))
    assert all(w.first <= w.core_first < w.core_last <= w.last for w in found)
    assert all(w.last - w.first + 2 <= w.length <= LENGTHS[-1] for w in found)


def test_windows_end_at_a_line_end_where_there_is_one():
    text = "\n".join(["one two three four five six seven eight nine ten."] * 60)
    cut = layout(text)
    for window in list(windows(cut.tokens, cut.sentence_of))[:-1]:
        assert CORE // 2 <= window.core_last - window.core_first <= CORE
        assert text[cut.tokens.starts[window.core_last] - 1] == "\n"


def test_a_text_without_a_sentence_end_takes_time_in_proportion():
    def seconds(size):
        began = time.process_time()
        layout("word and word " * (size // 14))
        return time.process_time() - began

    seconds(10_000)
    assert seconds(400_000) < 12 * seconds(100_000) + 0.5
