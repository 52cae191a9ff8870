"""A reading in a terminal: short by default, whole where a layer is named, safe whatever the account says."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len

from tellings.errors import SpanError
from tellings.records import Mention, Reading, Span
from tellings.show.reading import draw, render_terminal
from tellings.show.signs import CUT

from .readings import BRIDGE, account, bridge, empty, find

ESCAPE = "\x1b"


def shown(*layers: Any, reading: Reading | None = None, width: int = 80) -> str:
    return render_terminal(draw(reading or bridge()), layers or None, width=width, color=False)


def flat(*layers: Any, **more: Any) -> str:
    """What is printed as one line, so that a line end is no matter."""
    return " ".join(shown(*layers, **more).split())


def many_sentences(count: int) -> Reading:
    text = " ".join(f"Number {n} rang." for n in range(count))
    return empty(account("a", text), sentences=tuple(find(text, f"Number {n} rang.") for n in range(count)))


def test_the_account_stands_first_with_its_notes():
    lines = shown().splitlines()

    assert lines[0] == "Ostrel Courier, 2026-04-02, “Bridge closed after crack is found”, 75 words"
    assert lines[1] == "  note: a note about the input"


def test_layers_are_sections_named_as_the_option_takes_them_words_only_if_asked_for():
    heads = re.findall(r"^([A-Z]+): (.+)$", shown(), re.MULTILINE)

    assert heads == [
        ("SENTENCES", "8"),
        ("MENTIONS", "9, of 5 entities"),
        ("ATTRIBUTIONS", "6"),
        ("QUOTATIONS", "2"),
        ("STATEMENTS", "6"),
        ("FIGURES", "2"),
        ("TIMES", "1 time"),
        ("WORDING", "2 loaded stretches"),
    ]
    assert re.findall(r"^([A-Z]+): ", shown("words", "figures"), re.MULTILINE) == ["WORDS", "FIGURES"]


def test_a_layer_without_findings_says_so():
    assert "FIGURES: none found" in shown("figures", reading=empty(account("a", "Nothing.")))


def test_an_entity_is_shown_with_all_it_is_called():
    assert "P3 Edda Kroll (person), 3 mentions: “Edda Kroll”, “Kroll”, “She”" in flat("mentions")
    assert "L2 Ostrel (place), 1 mention O4" in flat("mentions")


def test_what_is_said_alike_is_counted():
    reading = bridge()
    again = replace(reading.mentions[5], span=reading.mentions[3].span)
    reading = replace(reading, mentions=(*reading.mentions[:5], again, *reading.mentions[6:]))

    assert "3 mentions: “Edda Kroll”, “Kroll”, “Kroll”" in flat("mentions", reading=reading)
    same = replace(again, form="name")
    reading = replace(reading, mentions=(*reading.mentions[:5], same, *reading.mentions[6:]))
    assert "3 mentions: “Edda Kroll”, “Kroll” 2 times" in flat("mentions", reading=reading)


def test_an_attribution_reads_from_its_source_to_its_content():
    told = flat("attributions")

    assert "a1 mayor Edda Kroll (named person, P3), “said”, indirect: “The bridge at Ostrel was" in told
    assert "a2 Kroll (named person, P3 Edda Kroll), “told”, via Post, direct: “It was old,” / “and nobody" in told
    assert "a3 She (kind not known, P3 Edda Kroll), “called”" in told
    assert "a6 source left out (kind not known), no cue, direct:" in told


def test_a_telling_inside_a_telling_stands_under_it_and_says_so():
    lines = shown("attributions", width=100).splitlines()
    (inner,) = (line for line in lines if line.lstrip().startswith("a5"))

    assert inner.startswith("    a5  the council (organisation), “was told by”, mixed, inside a4:")


def test_a_statement_has_its_voice_before_it_and_its_parts_below():
    told = flat("statements")

    assert "s1 Edda Kroll (named person): “The bridge at Ostrel was closed on Monday”" in told
    assert "event; predicate “was closed”; subject “The bridge at Ostrel”; oblique “Monday”" in told
    assert "the council (organisation), via Two people familiar with the work (anonymous): “at least 40" in told
    assert "event, negated, quoted" in told
    assert "s5 own voice: “The shameful crack" in told
    assert "kind not known, hedged; predicate “may be”; figure “12 to 15 centimetres”" in told


def test_figures_and_loaded_wording():
    told = flat("figures", "wording")

    assert "f1 “at least 40 bolts”: at least 40 bolts" in told
    assert "f2 “12 to 15 centimetres”: 12 to 15 cm" in told
    assert "w1 a quoted voice: “a scandal” w2 own voice: “shameful”" in told


def test_words_stand_under_their_sentence_with_the_word_they_hang_on():
    lines = shown("words").splitlines()

    assert "  §8  “Who pays?”" in lines
    assert "  22  Who  PRON  nsubj of 23 pays" in lines
    assert "  23  pays  VERB  root" in lines


def test_a_long_layer_is_cut_by_default_and_whole_when_named():
    short, whole = (shown(*layers, reading=many_sentences(30)) for layers in ((), ("sentences",)))

    assert "       […] 24 more sentences" in short.splitlines()
    assert "“Number 6 rang.”" not in short
    assert short.splitlines()[-1].endswith("--json all")
    assert CUT not in whole
    assert "§30  “Number 29 rang.”" in whole


def test_long_words_are_cut_by_default_and_whole_when_named():
    text = "gulls and terns " * 40 + "end."
    reading = empty(account("a", text), sentences=(Span(0, len(text)),))

    assert "end." not in shown(reading=reading)
    assert re.search(r"“gulls and terns [a-z ]*(gulls|and|terns)” \[…\]", flat(reading=reading))
    assert "terns end.”" in flat("sentences", reading=reading)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int):
    lines = [*shown(width=width).splitlines(), *shown("words", "attributions", width=width).splitlines()]

    assert max(cell_len(line) for line in lines) <= width


def test_colours_change_nothing_but_colour():
    colored = render_terminal(draw(bridge()), width=80, color=True)

    assert ESCAPE in colored
    assert [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", colored).splitlines()] == shown().splitlines()


def test_no_color_wins_over_a_terminal(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert ESCAPE in render_terminal(draw(bridge()), width=80)

    monkeypatch.setenv("NO_COLOR", "1")
    assert ESCAPE not in render_terminal(draw(bridge()), width=80)


def test_escape_sequences_and_markup_stay_words():
    text = "\x1b[2J\x1b]0;owned\x07 [bold red]calm[/] seas"
    whole = Span(0, len(text))
    reading = empty(account("a", text, title=text), sentences=(whole,), quotations=(whole,))
    told = render_terminal(draw(reading), width=80, color=False)

    assert ESCAPE not in told
    assert "\x07" not in told
    assert "[bold red]calm[/] seas" in " ".join(told.split())


def test_a_thousand_mentions_of_one_do_not_flood_the_screen():
    text = " ".join(f"Kroll{n}" for n in range(1000))
    mentions = tuple(Mention(Span(m.start(), m.end()), "PER", 1.0, 0) for m in re.finditer(r"\S+", text))
    entity = replace(bridge().entities[2], name=mentions[0].span, mentions=tuple(range(1000)))
    told = shown(reading=empty(account("a", text), mentions=mentions, entities=(entity,)))

    assert len(told.splitlines()) < 30
    assert "[…] 994 more" in told


def test_words_that_are_not_there_are_refused():
    drawn = draw(bridge())

    with pytest.raises(SpanError):
        render_terminal(replace(drawn, account=replace(drawn.account, text=BRIDGE[1:])))
