"""Names and loaded wording as the terminal and the page show them."""

from __future__ import annotations

from dataclasses import replace

from tellings.records import Excerpt, LabelUse, Name, Wording
from tellings.show import render_page, render_terminal
from tellings.show.labels import grouped
from tellings.show.only import only
from tellings.show.view import view
from tests.show.comparisons import harbour, words
from tests.show.parsed import parse


def use(account, text: str, kind: str = "name", voice: str = "own", nth: int = 0, by: str | None = None) -> LabelUse:
    found = words(account, text, nth)
    speaker: Excerpt | None = words(account, by) if by else None
    return LabelUse(account.id, found.start, found.end, text, voice, kind, speaker)


def called():
    """The harbour with labels for Lind, and a loaded word in a claim that two accounts tell."""
    story = harbour()
    accounts = {account.id: account for account in story.accounts}
    wire, echo, letter = accounts["wire"], accounts["echo"], accounts["letter"]
    name = Name(
        "Ana Lind",
        (
            use(wire, "Ana Lind"),
            use(wire, "fire chief", "title"),
            use(echo, "Ana Lind"),
            use(letter, "Ana Lind"),
            use(letter, "The fire chief", "apposition", "quoted", by="the Wire"),
        ),
        "PER",
    )
    claim = next(claim for claim in story.claims if len({one.account for one in claim.appearances}) > 1)
    first = claim.appearances[0]
    loaded = Wording(first.account, first.start, first.end, first.text, 0.9, "own", claim.id)
    return replace(story, names=(name,), wording=(loaded,)), claim


def test_labels_of_one_wording_are_counted_together():
    letters = next(account for account in harbour().accounts if account.id == "letter")
    groups = grouped([use(letters, "the Wire", nth=n) for n in range(2)] + [use(letters, "harbour", "nominal")])
    assert [(group.first.text, group.times) for group in groups] == [("the Wire", 2), ("harbour", 1)]


def test_the_terminal_has_a_line_an_account_with_voices_apart():
    text = render_terminal(called()[0], width=120)
    assert "WHO IS CALLED WHAT" in text
    assert "own voice: “Ana Lind”, “fire chief”" in text
    assert "quoted: “The fire chief”" in text


def test_acts_stand_by_themselves_after_the_names():
    comparison, _ = called()
    wire = next(account for account in comparison.accounts if account.id == "wire")
    act = Name("fire", (use(wire, "fire", "noun"),), "ACT")
    both = replace(comparison, names=(*comparison.names, act))
    text = render_terminal(both, width=120)
    assert text.index("WHO IS CALLED WHAT") < text.index("WHAT ACTS ARE CALLED")
    page = render_page(both)
    assert "Acts that accounts call by different words" in page
    assert "(noun)" in page
    assert "Acts that accounts" not in render_page(comparison)


def test_the_terminal_shows_beside_loaded_words_another_account_s():
    comparison, claim = called()
    text = " ".join(render_terminal(comparison, width=200).split())
    other = next(one for one in claim.appearances if one.account != claim.appearances[0].account)
    assert "LOADED WORDING: 1 place" in text
    assert other.text[:40] in text[text.index("LOADED WORDING") :]


def test_the_page_has_a_row_an_account_and_traces_every_label():
    comparison, claim = called()
    page = parse(render_page(comparison))
    names = page.by_id("names")
    assert "In quoted voices" in names.text
    assert "by the Wire" in names.text
    letters = view(comparison).letters
    traced = {e.at()[:2] for e in page.traced()}
    assert all((letters[x.account], x.start) in traced for name in comparison.names for x in name.labels)
    others = {one.text for one in claim.appearances if one.account != claim.appearances[0].account}
    assert all(text in page.by_id("wording").text for text in others)


def test_wording_loses_the_claim_that_is_left_out():
    comparison, claim = called()
    other = "single" if claim.standing != "single" else "agreed"
    assert only(comparison, (other,)).wording[0].claim is None
