"""One line says that a judge was asked, in the terminal and on the page; none where there was none."""

from __future__ import annotations

from dataclasses import replace

from tellings.records import Comparison, Setting
from tellings.show import render_page, render_terminal

from .comparisons import harbour
from .parsed import parse


def with_judge(name: str) -> Comparison:
    story = harbour()
    said = (Setting("judge", name), Setting("judge answered", "17 of 20"))
    return replace(story, manifest=replace(story.manifest, settings=story.manifest.settings + said))


def test_the_terminal_says_so_in_one_line():
    lines = render_terminal(with_judge("tiny"), width=120, color=False).splitlines()
    wanted = "  doubtful pairs: 17 of 20 answered by the judge tiny, the rest by the shipped scorer"
    assert lines.count(wanted) == 1
    assert lines.index(wanted) < next(n for n, line in enumerate(lines) if "DISPUTED" in line)


def test_the_page_says_so_and_has_it_among_the_settings():
    page = render_page(with_judge("tiny"))
    assert page.count("Doubtful pairs: 17 of 20 answered by the judge tiny, the rest by the shipped scorer.") == 1
    assert "<th scope=row>judge answered</th><td>17 of 20</td>" in page


def test_without_a_judge_nothing_is_said():
    story = harbour()
    assert "judge" not in render_terminal(story, width=120, color=False)
    assert "judge" not in render_page(story)


def test_a_hostile_name_stays_a_name():
    story = with_judge("\x1b[31m<script>alert(1)</script>\n1 agree")
    assert "\x1b" not in render_terminal(story, width=80, color=False)
    page = render_page(story)
    assert "<script>alert(1)" not in page
    assert parse(page)
