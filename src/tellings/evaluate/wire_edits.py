"""Wire copy as papers print it, made of invented sentences: cut from the end, under a local lead, lightly edited."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

_WHO = ("the harbour board", "Captain Lise Arnoy", "a spokesman for the ferry line", "the mayor of Quill Bay",
        "the county engineer", "residents of Tarn Street", "the fire marshal", "Inspector Joan Pellow")  # fmt: skip
_DID = ("closed the north quay after cracks were found in", "said on Thursday that divers would look again at",
        "had warned since the winter of the state of", "asked the council for eleven million to mend",
        "will decide next week whether ships may use", "refused to say who had signed the report about",
        "measured a shift of forty centimetres under", "ordered the firm that built it to answer for")  # fmt: skip
_WHAT = ("the old coal pier", "the lower sluice", "a stretch of the sea wall", "the swing bridge at Merrow Point",
         "the grain terminal", "three of the mooring posts", "the tunnel below the market", "the slipway")  # fmt: skip
_AND = ("and no one was hurt", "while ferries were sent to Dunmarsh", "which had been painted only last year",
        "though the work may take until autumn", "as the tide rose for a third night", "before the papers were sealed",
        "and the cost has doubled since then", "with two barges still tied up there")  # fmt: skip
_SENTENCES = 14


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, and whether the second was made of the first."""

    source: str
    text: str
    copied: bool


def pairs(number: int, seed: int = 11) -> Iterator[Pair]:
    """Pairs by turns: cut wire copy, a local lead over it, light edits, and two texts about the same things apart."""
    rng = random.Random(seed)
    for n in range(number):
        wire = _text(rng)
        cut = wire[: rng.randint(4, _SENTENCES)]
        if n % 4 == 0:
            text = cut
        elif n % 4 == 1:
            text = [*_text(rng)[: rng.randint(2, 10)], *cut]
        elif n % 4 == 2:
            text = [_edited(one, rng) for one in cut]
        else:
            text = _text(rng)
        yield Pair(" ".join(wire), " ".join(text), n % 4 != 3)


def _text(rng: random.Random) -> list[str]:
    chosen = [(rng.choice(_WHO), rng.choice(_DID), rng.choice(_WHAT), rng.choice(_AND)) for _ in range(_SENTENCES)]
    return [f"{who[0].upper()}{who[1:]} {did} {what} {told}." for who, did, what, told in chosen]


def _edited(sentence: str, rng: random.Random) -> str:
    """The sentence with a word left out or put in, one time in two."""
    words = sentence.split()
    at = rng.randrange(1, len(words) - 1)
    if rng.random() < 0.25:
        del words[at]
    elif rng.random() < 0.33:
        words.insert(at, "reportedly")
    return " ".join(words)
