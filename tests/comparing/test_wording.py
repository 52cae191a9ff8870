"""Loaded wording with its voice and the claim it stands in."""

from __future__ import annotations

from dataclasses import replace

from tellings.comparing import compare
from tellings.records import Loaded, Reading, Span
from tellings.show.contract import check
from tests.comparing.accounts import reading

SHARED = "The footbridge at Marrow Ford collapsed late on Monday night, blocking the shameful towpath. Five were hurt."
PLAIN = "The footbridge at Marrow Ford collapsed on Monday night. Three were hurt. The council will vote on it."


def loaded(name: str, text: str, *stretches: tuple[str, bool]) -> Reading:
    one = reading(name, text)
    found = tuple(Loaded(Span(text.index(w), text.index(w) + len(w)), 0.9, quoted) for w, quoted in stretches)
    return replace(one, wording=found)


def test_a_stretch_names_the_claim_it_stands_in_and_its_voice():
    made = compare([loaded("a", SHARED, ("shameful", False)), reading("b", PLAIN)])
    check(made)
    (use,) = made.wording
    assert (use.account, use.text, use.voice, use.score) == ("a", "shameful", "own", 0.9)
    claim = next(claim for claim in made.claims if claim.id == use.claim)
    assert {one.account for one in claim.appearances} == {"a", "b"}


def test_quoted_wording_is_the_speakers_and_stretches_stand_in_text_order():
    made = compare([loaded("a", f"{SHARED} A vile lie, he said.", ("vile", True), ("shameful", False))])
    assert [(use.text, use.voice) for use in made.wording] == [("shameful", "own"), ("vile", "quoted")]


def test_a_stretch_outside_every_claim_names_none():
    (use,) = compare([loaded("a", "Vile.", ("Vile", False))]).wording
    assert use.claim is None
