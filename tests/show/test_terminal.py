"""The comparison in a terminal: whole, narrow, piped, hostile, and for many accounts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tellings.errors import SpanError
from tellings.records import Comparison, Origin
from tellings.show import render_terminal
from tellings.show.signs import CUT

from .comparisons import account, claim, crowd, harbour, manifest, told

ESCAPE = "\x1b"


def piped(story: Comparison, width: int = 80) -> str:
    return render_terminal(story, width=width, color=False)


def flat(story: Comparison) -> str:
    """What is printed as one line, so that a line end is no matter."""
    return " ".join(piped(story).split())


def one_account(text: str) -> Comparison:
    where = account("a", text)
    claims = (claim("c", "single", (told(where, text),)),)
    return Comparison((where,), claims, (), (), (), (), (), (), (), manifest((where,)))


def test_accounts_stand_first_in_the_order_of_publication():
    lines = piped(harbour()).splitlines()

    assert lines[0] == "3 accounts"
    assert lines[1] == "  A  The Wire, 2026-03-11 07:10, “Harbour fire injures at least nine”, 77 words"
    assert lines[2].startswith("  B  Brackhaven Echo, 2026-03-11 16:05")
    assert "  C  Quay Letter, no date" in piped(harbour())
    assert "     note: the input gives no date" in lines


def test_claims_stand_in_the_order_in_which_a_reader_needs_them():
    heads = re.findall(r"^\S ([A-Z ]+): \d+ claim", piped(harbour()), re.MULTILINE)

    assert heads == ["DISPUTED", "DIFFER", "UPDATED", "NARROWER", "AGREED", "TOLD BY ONE"]


def test_claims_are_counted_by_standing():
    assert "! 1 disputed ~ 1 differ > 1 updated < 1 narrower = 1 agreed o 4 told by one" in flat(harbour())


def test_an_appearance_has_the_voice_before_the_words():
    shown = piped(harbour())

    assert "  A  the harbour company (organisation): “The alarm worked”" in shown
    assert "own voice: “two warehouses are gone”" in shown


def test_a_chain_of_voices_runs_from_the_first_speaker_outwards():
    expected = "The fire chief, Ana Lind (named person), via the Wire (outlet): “We saw no alarm and heard none”"

    assert expected in flat(harbour())


def test_doubt_is_said():
    assert "C The company (organisation), hedged: “the alarm worked”" in flat(harbour())


def test_a_relation_has_its_sign_its_word_and_its_reason():
    assert "A, C ! B conflict: “worked” / “never sounded”" in flat(harbour())
    assert "A, C > B update: “at least nine” / “Fourteen”" in flat(harbour())
    assert "A = C agree" in flat(harbour())
    assert "A = B = C" not in flat(harbour())


def test_origins_are_counted_and_named():
    assert "told by 3 of 3, 2 origins" in flat(harbour())
    assert "origins: own reporting [A, C]; the Brackhaven hospital (organisation) [B]" in flat(harbour())


def test_own_reporting_of_several_is_named_once_and_counted_by_origin():
    story = harbour()
    own = tuple(Origin(f"own-{n}", "own reporting", None, (n,)) for n in range(3))
    hurt = replace(story.claims[1], origins=own)
    shown = flat(replace(story, claims=(hurt, *story.claims[:1], *story.claims[2:])))

    assert "told by 3 of 3, 3 origins" in shown
    assert "origins: own reporting [A, B, C]" in shown


def test_words_that_bring_their_quotation_marks_get_none_of_ours():
    story = one_account('"Calm," they said.')

    assert 'own voice: "Calm," they said.' in piped(story)


def test_a_quote_shows_what_was_left_out_and_what_was_altered():
    assert "left out by B: “We saw no alarm and”" in flat(harbour())
    assert "altered: A “we heard no alarm”, C “heard none”" in flat(harbour())


def test_sources_and_gaps_are_told_by_account():
    assert "C The fire chief, Ana Lind (named person), via the Wire: 1 attribution" in flat(harbour())
    assert "source left out (organisation): 1 attribution" in flat(harbour())
    assert "C not told (other accounts tell it): 2. “Sixty firefighters were at work”" in flat(harbour())
    assert "cannot tell (the input gives no date): 6. “The fire broke out at 9 p.m.”" in flat(harbour())


def test_a_layer_without_findings_has_no_heading():
    bare = replace(harbour(), quotes=(), sources=(), gaps=())

    for heading in ("QUOTES", "WHO SAYS SO", "LEFT OUT"):
        assert heading in piped(harbour())
        assert heading not in piped(bare)


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("story", [harbour(), crowd(12)])
def test_no_line_is_wider_than_the_terminal(story: Comparison, width: int):
    assert max(cell_len(line) for line in piped(story, width).splitlines()) <= width


def test_a_pipe_gets_no_escape_sequence_and_no_space_at_line_ends():
    shown = piped(harbour())

    assert ESCAPE not in shown
    assert not re.search(r"[ \t]$", shown, re.MULTILINE)


def test_colours_change_nothing_but_colour():
    colored = render_terminal(harbour(), width=80, color=True)
    bare = re.sub(r"\x1b\[[0-9;]*m", "", colored)

    assert ESCAPE in colored
    assert [line.rstrip() for line in bare.splitlines()] == piped(harbour()).splitlines()


def test_a_stream_that_is_no_terminal_gets_no_colour(capsys: pytest.CaptureFixture[str]):
    # pytest's capture is itself a pipe: colour is left to be found out
    assert ESCAPE not in render_terminal(harbour(), width=80)
    assert capsys.readouterr().out == ""


def test_no_color_wins_over_a_terminal(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert ESCAPE in render_terminal(harbour(), width=80)

    monkeypatch.setenv("NO_COLOR", "1")
    assert ESCAPE not in render_terminal(harbour(), width=80)


def test_twelve_accounts_stay_readable_and_say_what_was_cut():
    lines = piped(crowd(12)).splitlines()

    assert len(lines) < 120
    assert "     […] 17 more claims" in lines
    assert lines[-1] == "[…] marks what is cut for room: -o page.html or --json gives all"


def test_nothing_cut_needs_no_hint():
    assert CUT not in piped(harbour())


def test_the_one_who_tells_it_otherwise_is_never_the_one_cut():
    shown = flat(crowd(12))

    assert "A, B, C […] own voice: “fell” L own voice: “did not fall”" in shown
    assert "A, B, C […] ! L conflict: “fell” / “did not”" in shown


def test_long_words_are_cut_at_a_space_with_our_mark_outside_the_quotation():
    shown = flat(one_account("gulls and terns " * 40 + "end."))

    assert re.search(r"own voice: “gulls and terns [a-z ]*(gulls|and|terns)” \[…\]", shown)
    assert "end." not in shown


def test_escape_sequences_in_an_account_do_not_reach_the_terminal():
    shown = piped(one_account("\x1b[2J\x1b]0;owned\x07 calm\u202e seas"))

    assert ESCAPE not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown
    assert "calm� seas" in shown


def test_markup_in_an_account_is_shown_as_it_stands():
    assert "“[bold red]calm[/] :ship: seas”" in piped(one_account("[bold red]calm[/] :ship: seas"))


def test_the_order_of_the_accounts_given_changes_nothing():
    story = harbour()
    other = replace(story, accounts=story.accounts[::-1])

    assert piped(other) == piped(story)


def test_words_that_are_not_there_are_refused():
    story = harbour()
    shifted = replace(story, accounts=(replace(story.accounts[0], text="Nothing."), *story.accounts[1:]))

    with pytest.raises(SpanError):
        render_terminal(shifted)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=400), st.integers(20, 130))
def test_any_text_at_any_width_is_printed_without_control_characters(text: str, width: int):
    shown = piped(one_account(text), width)

    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)
    assert all(cell_len(line) <= width for line in shown.splitlines())
