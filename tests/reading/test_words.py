"""Syntactic words as Universal Dependencies cuts them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.reading.sentences import sentences
from tellings.reading.words import syntactic_words
from tellings.records import Span

SIGNS = "aBn't .,\"“”’«»\n!?…éЖ\u200b🚨17-/:@&_#$+^<"
TEXTS = st.text(alphabet=st.sampled_from(SIGNS), max_size=200) | st.text(max_size=200)


def words_of(text, span=None):
    return [text[start:end] for start, end in syntactic_words(text, span or Span(0, len(text)))]


@pytest.mark.parametrize(
    "words",
    [
        "The| gate| is| shut|,| Lind| said|.",
        "“|It| fell|,|”| she| said| --",
        "He| does|n't| know|;| they|'ll| tell| Lind|’s| boys|'| friend| it|'s| o'clock",
        "They| can|not| go|,| do|nt| ask|,| that|s| all|,| i|'m| gon|na| leave",
        "DO|N'T| GO",
        "a| well|-|known| man|,| co-founder| of| a| non-profit|,| re-elected| mid-May| by| e-mail",
        "a| self|-|made| man",
        "Dr.| Lind| of| Velm| Co.| met| J.| Orr| at| 3| p.m.| in| the| U.S.| vs.| No.| 5",
        "It| has| boats|,| nets|,| etc|.",
        "boats|,| nets|,| etc.| are| sold",
        "He| and| I|.",
        "on| 5/18/2001| at| 10:30|am|,| 1,200| of| 3.5| million|,| 15|%|,| $|5|m|,| US$| 20|k|,| 1|/|2| in| the| 1990s",
        "the| 3rd| of| the| 60's| and| ’72|,| 4A",
        "pages| 3|-|5|,| 7|,|8|,| call| 345-9945| or| 713-853-3989| or| +44| 20",
        "see| www.velm.example/gate|,| ask| lind@velm.example|,| read| velm.com|.",
        "AT&T| and| O'Neil| and| Qa'ida| and| he|/|she|,| s/he",
        "No|!!!| Why|?!| Well| ...| so|…",
        "Ha| :)| ;-)| ^_^| <3| #gate| @lind",
        "THE| MAYOR| SAID| NO|.",
        "Лида| сказала| «|нет|»|.",
        "🚨|🚨| Lind",
        "c.| 1900|,| b.| March",
    ],
)
def test_words_are_cut_as_the_treebanks_cut_them(words):
    assert words_of(words.replace("|", "")) == [word.strip() for word in words.split("|")]


def test_words_stay_in_their_sentence():
    text = "It fell. It broke."
    assert [words_of(text, span) for span in sentences(text)] == [["It", "fell", "."], ["It", "broke", "."]]


@given(TEXTS)
def test_words_are_in_order_apart_and_cover_every_sign_that_is_not_space(text):
    for sentence in sentences(text):
        found = syntactic_words(text, sentence)
        assert all(sentence.start <= start < end <= sentence.end for start, end in found)
        assert all(a.end <= b.start for a, b in itertools.pairwise(found))
        assert "".join(text[start:end] for start, end in found) == "".join(text[slice(*sentence)].split())
