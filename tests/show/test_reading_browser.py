"""The page of readings in a real browser: no requests, no script, switches, no sideways scrolling, print, contrast."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tellings.records import Reading, Span
from tellings.show.reading import draw, render_page

from .readings import account as made
from .readings import bridge, empty
from .test_page_browser import luminance

pytestmark = pytest.mark.browser

SCRIPT = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"


class Visit:
    """A page opened from a file, with what it asked for and what it complained of."""

    def __init__(self, browser: Any, folder: Path, readings: tuple[Reading, ...], **context: Any) -> None:
        file = folder / "reading.html"
        file.write_text(render_page([draw(reading) for reading in readings]), encoding="utf-8")
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.context = browser.new_context(reduced_motion="reduce", **context)
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(file.as_uri())

    def show(self, *layers: str) -> None:
        """Switch on these layers and no others."""
        for box in self.page.locator(".layers input").all():
            box.set_checked(box.get_attribute("id").removeprefix("show-") in layers)

    def style(self, selector: str, name: str) -> str:
        return self.page.eval_on_selector(selector, f"element => getComputedStyle(element).{name}")


@pytest.fixture
def visit(chromium: Any, tmp_path: Path) -> Iterator[Any]:
    opened: list[Visit] = []

    def go(*readings: Reading, **context: Any) -> Visit:
        opened.append(Visit(chromium, tmp_path, readings, **context))
        return opened[-1]

    yield go
    for one in opened:
        one.context.close()


def test_the_page_asks_for_nothing_but_itself_and_complains_of_nothing(visit: Any):
    seen = visit(bridge(), empty(made("b", "Nothing.")))

    assert len(seen.requests) == 1
    assert seen.complaints == []


def test_a_script_in_an_account_does_not_run(visit: Any):
    text = f"It {SCRIPT} sank."
    seen = visit(empty(made("a", text, title=SCRIPT, outlet=SCRIPT), sentences=(Span(0, len(text)),)))

    assert seen.page.title() == f"A reading of 1 account {SCRIPT}"
    assert len(seen.requests) == 1
    assert SCRIPT in seen.page.inner_text("#account-A .text")


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_makes_the_page_scroll_sideways_open_or_folded(visit: Any, width: int):
    seen = visit(bridge(), viewport={"width": width, "height": 800})
    seen.show("sentences", "words", "mentions", "attributions", "quotations", "statements", "figures", "wording")
    seen.page.evaluate("document.querySelectorAll('details').forEach(element => { element.open = true; })")

    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_one_long_word_does_not_widen_the_phone(visit: Any):
    text = "The " + "x" * 400 + " sank."
    long = Span(4, 404)
    where = made("a", text, title="y" * 300, outlet="z" * 200)
    seen = visit(
        empty(where, sentences=(Span(0, len(text)),), quotations=(long,)), viewport={"width": 390, "height": 800}
    )
    seen.show("quotations", "sentences")

    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_shown_words_are_the_accounts_words_in_the_browser_too(visit: Any):
    reading = bridge()
    seen = visit(reading)
    found = seen.page.eval_on_selector_all(
        "[data-account]", "all => all.map(e => [+e.dataset.start, +e.dataset.end, e.textContent])"
    )

    assert len(found) > 80
    assert all(reading.account.text[start:end] == shown for start, end, shown in found)


def test_words_that_are_copied_are_the_accounts_words_without_our_tags(visit: Any):
    seen = visit(bridge())
    copied = seen.page.evaluate(
        """() => {
          getSelection().selectAllChildren(document.querySelectorAll(".text p")[1]);
          return getSelection().toString().trim();
        }"""
    )

    assert copied == "The bridge at Ostrel was closed on Monday, mayor Edda Kroll said."


class TestWithoutScript:
    """All there is, as the page has no script; the browser lets none run either."""

    @pytest.fixture
    def seen(self, visit: Any) -> Any:
        return visit(bridge(), java_script_enabled=False)

    def test_the_text_can_be_read_whatever_is_switched_off(self, seen: Any):
        seen.show()

        assert "mayor Edda Kroll said" in seen.page.inner_text("#account-A .text")
        assert not any(tag.is_visible() for tag in seen.page.locator(".tag").all())
        assert not any(part.is_visible() for part in seen.page.locator(".list, .legend").all())

    @pytest.mark.parametrize("layer", ["mentions", "attributions", "quotations", "statements", "figures", "wording"])
    def test_a_layer_is_shown_and_hidden_with_its_list_its_tags_and_its_legend(self, seen: Any, layer: str):
        for wanted in (True, False):
            seen.show(*([layer] if wanted else []))
            for selector in (f".list.l-{layer}", f".text .tag.l-{layer}", f".legend.l-{layer}"):
                assert seen.page.locator(selector).first.is_visible() is wanted

    def test_marks_come_and_go_with_their_layer(self, seen: Any):
        # the second paragraph: what is told of the bridge, with a dashed line under it
        for wanted in (True, False):
            seen.show(*(["attributions"] if wanted else []))
            assert (seen.style(".text .content.indirect", "borderBottomStyle") == "dashed") is wanted
            assert (seen.style(".text .source", "fontWeight") == "700") is wanted

    def test_a_nested_content_has_its_line_below_that_of_the_outer_one(self, seen: Any):
        seen.show("attributions")
        outer, inner = (
            float(seen.style(f".text .content.{level}", "paddingBottom").removesuffix("px"))
            for level in ("level0", "level1")
        )

        assert inner > outer + 2

    def test_a_tag_leads_to_its_item_and_the_item_back_to_the_text(self, seen: Any):
        seen.show("attributions")
        seen.page.locator(".text .tag[data-tag='a5']").first.click()
        assert seen.page.url.endswith("#A-attributions-5")

        seen.page.locator("#A-attributions-5 .number").click()
        assert seen.page.url.endswith("#t-A-attributions-5")

    def test_the_arcs_of_a_sentence_are_drawn_on_demand(self, seen: Any):
        seen.show("words")
        drawing = seen.page.locator("svg.arcs").nth(1)
        assert not drawing.is_visible()

        seen.page.locator("summary", has_text="She called").click()
        assert drawing.is_visible()

    def test_the_keyboard_alone_switches_a_layer(self, seen: Any):
        seen.show()
        seen.page.locator("#show-figures").focus()
        seen.page.keyboard.press("Space")

        assert seen.page.locator(".list.l-figures").is_visible()


def test_arcs_do_not_cross_the_words_beside_them(visit: Any):
    """Words of a drawing stand side by side: none reaches into the next, at the widths a real font has."""
    seen = visit(bridge())
    seen.show("words")
    seen.page.evaluate("document.querySelectorAll('details').forEach(element => { element.open = true; })")
    rows = seen.page.evaluate(
        """() => [...document.querySelectorAll("svg.arcs")].map(
          svg => [...svg.querySelectorAll("text.w")].map(e => e.getBoundingClientRect()).map(b => [b.left, b.right])
        )"""
    )

    for row in rows:
        assert all(left[1] < right[0] for left, right in pairwise(row))


def test_what_is_switched_on_is_printed_and_folded_arcs_are_not(visit: Any):
    seen = visit(bridge())
    seen.show("attributions", "words")
    seen.page.emulate_media(media="print")

    assert seen.page.locator(".list.l-attributions").is_visible()
    assert not seen.page.locator("summary").first.is_visible()
    assert not seen.page.locator("label.is-figures").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_labels_and_tags_stand_out_from_the_paper(visit: Any, scheme: str):
    """WCAG 2 contrast of at least 4.5 for the words, our labels and the tags of every layer."""
    seen = visit(bridge(), color_scheme=scheme)
    seen.show("sentences", "mentions", "attributions", "quotations", "statements", "figures", "wording")
    colours = seen.page.evaluate(
        """() => {
          const of = (element, name) => getComputedStyle(element)[name].match(/[\\d.]+/g).slice(0, 3).map(Number);
          const chosen = [".text p", "q.w", ".ours", ".note", ".facts", ".number", ".tag", ".legend"];
          const found = chosen.flatMap(selector => [...document.querySelectorAll(selector)]);
          return [of(document.documentElement, "backgroundColor"), ...found.map(element => of(element, "color"))];
        }"""
    )
    paper, *inks = (luminance(colour) for colour in colours)

    assert len(inks) > 50
    assert min((max(ink, paper) + 0.05) / (min(ink, paper) + 0.05) for ink in inks) >= 4.5
