"""What accounts call one act."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tellings.comparing.acts import ActUse, acts
from tellings.comparing.claims import Made
from tellings.comparing.table import build, in_order
from tellings.records import Claim, Pieces, Reading, Statement
from tests.comparing.parsed import parsed

SOLD = """\
Lind PROPN 2 nsubj
{verb} VERB 0 root
his PRON 4 nmod:poss
{thing} NOUN 2 obj
. PUNCT 2 punct"""
MEANING = {
    "sold": (1, 0),
    "dumped": (0.8, 0.6),
    "selling": (1, 0.1),
    "painted": (0, 1),
    "raid": (1, 0),
    "assault": (0.9, 0.4),
}
RAID = """\
The DET 3 det
harbour NOUN 3 compound
{noun} NOUN 4 nsubj
failed VERB 0 root
. PUNCT 4 punct"""


def told(name: str, parse: str, *meant) -> Reading:
    """One statement; a word's vector is its meaning above, one of its own where it has none."""
    text = " ".join(line.split()[0] for line in parse.splitlines()).replace(" .", ".")
    one = parsed(name, text, parse, *meant)
    states = np.zeros((len(one.words), 64), dtype=np.float16)
    for n, word in enumerate(one.words):
        said = text[word.span.start : word.span.end]
        states[n, :2] = MEANING.get(said, (0, 0))
        states[n, 2 + n] = 0.01 if said in MEANING else 1
    pieces = Pieces(np.array([word.span for word in one.words], dtype=np.int32), states)
    statement = Statement(one.sentences[0], 0, (), False, "event", "positive", "certain", ())
    return replace(one, pieces=pieces, statements=(statement,), vectors=np.ones((1, 384), dtype=np.float32) / 384**0.5)


def found(*readings: Reading, home: dict[tuple[int, int], int] | None = None) -> list[list[str]]:
    table = build(in_order(list(readings)))
    made = Made(Claim("c-1", "agreed", 1.0, (), (), ()), tuple(range(len(table.rows))))
    shown = {(n, 0): 0 for n in range(len(readings))} if home is None else home
    return [[_words(table.readings, use) for use in uses] for uses in acts(table, [made], shown)]


def _words(readings, use: ActUse) -> str:
    return readings[use.account].account.text[use.span.start : use.span.end]


LIND = ("Lind", "name", "PER", 0)


def sold(name: str, verb: str, thing: str = "shares") -> Reading:
    return told(name, SOLD.format(verb=verb, thing=thing), LIND)


def test_two_verbs_of_one_subject_and_object_are_words_for_one_act():
    assert found(sold("a", "sold"), sold("b", "dumped")) == [["sold", "dumped"]]


def test_the_order_of_accounts_changes_nothing():
    assert found(sold("b", "dumped"), sold("a", "sold")) == [["sold", "dumped"]]


@pytest.mark.parametrize("verb", ["sold", "selling"])
def test_forms_of_one_word_are_no_two_words(verb: str):
    assert found(sold("a", "sold"), sold("b", verb)) == []


def test_words_that_are_not_near_are_two_acts():
    assert found(sold("a", "sold"), sold("b", "painted")) == []


def test_others_do_it_is_another_act():
    assert found(sold("a", "sold"), sold("b", "dumped"), home={(0, 0): 0, (1, 0): 1}) == []


def test_what_is_denied_is_another_act():
    denied = SOLD.format(verb="dumped", thing="shares") + "\nnever ADV 2 advmod"
    assert found(sold("a", "sold"), told("b", denied, LIND)) == []


def test_nouns_stand_with_what_tells_of_which_kind_they_are():
    one, other = (told(name, RAID.format(noun=noun)) for name, noun in (("a", "raid"), ("b", "assault")))
    assert found(one, other) == [["harbour raid", "harbour assault"]]


def test_one_account_has_no_two_words():
    assert found(sold("a", "sold")) == []
