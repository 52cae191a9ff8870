"""Killed and injured as one account tells them."""

import numpy as np
import pytest

from tellings.comparing.tolls import toll
from tellings.reading.figures import figures
from tellings.records import Account, Original, Pieces, Reading, Span
from tests.reading.parses import parsed


def read(*sentences):
    """A reading of parsed sentences; each is one sentence."""
    text, words = parsed(*sentences)
    starts = [parsed(*sentences[: n + 1])[0] for n in range(len(sentences))]
    ends = [len(one) for one in starts]
    spans = tuple(_spans(ends))
    return Reading(
        account=Account("a", text, "", Original("a.txt", "", 0, "utf-8")),
        sentences=spans, quotations=(), words=words, mentions=(), entities=(), attributions=(),
        figures=figures(text, words, spans), statements=(), wording=(),
        vectors=np.zeros((0, 384), np.float32),
        pieces=Pieces(np.zeros((0, 2), np.int32), np.zeros((0, 384), np.float16)),
    )  # fmt: skip


def _spans(ends):
    starts = [0, *(end + 1 for end in ends[:-1])]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


@pytest.mark.parametrize(
    ("sentences", "killed", "injured"),
    [
        (["Two/NUM/2/nummod people/NOUN/4/nsubj:pass were/AUX/4/aux:pass killed/VERB/0/root"], 2, 0),
        (["Five/NUM/2/nummod people/NOUN/4/nsubj:pass were/AUX/4/aux:pass shot/VERB/0/root ,/PUNCT/4/punct "
          "one/NUM/4/parataxis fatally/ADV/6/advmod"], 1, 4),
        (["A/DET/2/det boy/NOUN/4/nsubj:pass was/AUX/4/aux:pass killed/VERB/0/root"], 1, 0),
        (["A/DET/2/det boy/NOUN/7/nsubj:pass and/CCONJ/5/cc a/DET/5/det girl/NOUN/2/conj were/AUX/7/aux:pass "
          "wounded/VERB/0/root"], 0, 2),
        (["One/NUM/0/root dead/ADJ/1/amod ,/PUNCT/5/punct four/NUM/5/nummod injured/VERB/1/conj"], 1, 4),
        (["Nobody/PRON/3/nsubj:pass was/AUX/3/aux:pass killed/VERB/0/root"], None, None),
        (["The/DET/2/det pier/NOUN/3/nsubj burned/VERB/0/root"], None, None),
        (["Two/NUM/2/nummod people/NOUN/4/nsubj:pass were/AUX/4/aux:pass killed/VERB/0/root",
          "In/ADP/2/case May/PROPN/6/obl nine/NUM/4/nummod people/NOUN/6/nsubj:pass were/AUX/6/aux:pass "
          "killed/VERB/0/root"],
         2, 0),
        # a limb is hurt: whose it is
        (["Shots/NOUN/2/nsubj hit/VERB/0/root the/DET/4/det guard/NOUN/6/nmod:poss 's/PART/4/case "
          "arm/NOUN/2/obj"], 0, 1),
        # an age between commas counts nobody
        (["A/DET/2/det boy/NOUN/7/nsubj ,/PUNCT/4/punct 16/NUM/2/appos ,/PUNCT/4/punct fatally/ADV/7/advmod "
          "shot/VERB/0/root"], 1, 0),
        # two objects that the parse hangs on the verb
        (["Fire/NOUN/2/nsubj wounded/VERB/0/root a/DET/4/det cook/NOUN/2/obj and/CCONJ/7/cc her/PRON/7/nmod:poss "
          "son/NOUN/2/obj"], 0, 2),
        (["Shots/NOUN/2/nsubj left/VERB/0/root a/DET/4/det cook/NOUN/2/obj and/CCONJ/7/cc a/DET/7/det "
          "guard/NOUN/2/conj hurt/VERB/2/conj"], 0, 2),
        (["Both/DET/2/det men/NOUN/4/nsubj:pass were/AUX/4/aux:pass killed/VERB/0/root"], 2, 0),
        (["A/DET/2/det dog/NOUN/4/nsubj:pass was/AUX/4/aux:pass killed/VERB/0/root"], None, None),
        (["Three/NUM/2/nummod men/NOUN/3/nsubj shot/VERB/0/root ,/PUNCT/6/punct a/DET/6/det fourth/ADJ/7/nsubj "
          "wounded/VERB/3/conj"], 0, 4),
        (["A/DET/2/det man/NOUN/3/nsubj killed/VERB/0/root his/PRON/5/nmod:poss wife/NOUN/3/obj ,/PUNCT/7/punct "
          "shot/VERB/3/conj his/PRON/9/nmod:poss daughter/NOUN/7/obj"], 1, 1),
        (["A/DET/2/det clerk/NOUN/3/nsubj had/VERB/0/root a/DET/6/det gunshot/NOUN/6/compound wound/NOUN/3/obj"], 0, 1),
        (["He/PRON/2/nsubj faces/VERB/0/root trial/NOUN/2/obj for/ADP/6/case attempted/ADJ/6/amod murder/NOUN/2/obl "
          "of/ADP/8/case Lind/PROPN/6/nmod"], None, None),
        (["Police/NOUN/2/nsubj study/VERB/0/root a/DET/5/det triple/ADJ/5/amod homicide/NOUN/2/obj"], 3, 0),
        (["Neither/DET/2/det guard/NOUN/4/nsubj:pass was/AUX/4/aux:pass injured/VERB/0/root"], None, None),
        (["A/DET/2/det boy/NOUN/4/nsubj:pass was/AUX/4/aux:pass wounded/VERB/0/root",
          "Nine/NUM/2/nummod people/NOUN/4/nsubj:pass were/AUX/4/aux:pass killed/VERB/0/root so/ADV/6/advmod "
          "far/ADV/4/advmod this/DET/8/det year/NOUN/4/obl"],
         0, 1),
        (["A/DET/2/det boy/NOUN/4/nsubj:pass was/AUX/4/aux:pass wounded/VERB/0/root",
          *["It/PRON/2/nsubj rained/VERB/0/root"] * 9,
          "A/DET/2/det man/NOUN/4/nsubj:pass was/AUX/4/aux:pass killed/VERB/0/root in/ADP/6/case May/PROPN/4/obl"],
         0, 1),
    ],
)  # fmt: skip
def test_an_account_tells_its_toll(sentences, killed, injured):
    found = toll(read(*sentences))
    assert (found.killed, found.injured) == (killed, injured)


def test_the_words_for_it_are_the_accounts():
    reading = read("Two/NUM/2/nummod people/NOUN/4/nsubj:pass were/AUX/4/aux:pass killed/VERB/0/root")
    found = toll(reading)
    assert found.killed_words is not None
    assert reading.account.text[slice(*found.killed_words)] == "Two"
    assert found.injured_words is None
