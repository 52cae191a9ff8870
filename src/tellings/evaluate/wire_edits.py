"""Wire copy as papers print it, made of invented sentences: cut from the end, under a local lead, lightly edited."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

_SLOTS = (
    ("the harbour board", "Captain Arnoy", "a spokesman", "the mayor", "an engineer", "residents", "Inspector Pellow"),
    ("closed", "warned of", "asked about", "measured", "photographed", "refused to discuss", "ordered work on"),
    ("a crack in", "the state of", "the plans for", "damage to", "the papers on", "the lights of", "rust under"),
    ("the coal pier", "the lower sluice", "the sea wall", "the swing bridge", "the grain terminal", "the slipway"),
    ("on Thursday", "before dawn", "for a third night", "since the winter", "at noon", "in letters", "by telephone"),
    ("and no one was hurt", "while ferries waited", "though costs doubled", "as the tide rose", "despite the strike",
     "with barges still tied up", "and sealed the gates", "until divers came"),
)  # fmt: skip
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
    told = [" ".join(rng.choice(slot) for slot in _SLOTS) for _ in range(_SENTENCES)]
    return [f"{one[0].upper()}{one[1:]}." for one in told]


def _edited(sentence: str, rng: random.Random) -> str:
    """The sentence with a word left out or put in, one time in two."""
    words = sentence.split()
    at = rng.randrange(1, len(words) - 1)
    if rng.random() < 0.25:
        del words[at]
    elif rng.random() < 0.33:
        words.insert(at, "reportedly")
    return " ".join(words)
