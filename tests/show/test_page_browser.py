"""The page in a real browser: no requests, no script needed, keys, no sideways scrolling, print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tellings.records import Comparison
from tellings.show import render_page
from tellings.show.view import view

from .comparisons import account, claim, crowd, harbour, harbour_all_layers, manifest, told

pytestmark = pytest.mark.browser

SCRIPT = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"


class Visit:
    """A page opened from a file, with what it asked for and what it complained of."""

    def __init__(self, browser: Any, folder: Path, story: Comparison, **context: Any) -> None:
        file = folder / "page.html"
        file.write_text(render_page(story), encoding="utf-8")
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.context = browser.new_context(reduced_motion="reduce", **context)
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(file.as_uri())

    def on(self) -> list[str]:
        """The claims whose marks are lit, by number."""
        return self.page.eval_on_selector_all(
            "article.claim.on, .singles li.on", "found => found.map(element => element.dataset.claim)"
        )


@pytest.fixture
def visit(chromium: Any, tmp_path: Path) -> Iterator[Any]:
    opened: list[Visit] = []

    def go(story: Comparison, **context: Any) -> Visit:
        opened.append(Visit(chromium, tmp_path, story, **context))
        return opened[-1]

    yield go
    for one in opened:
        one.context.close()


def attacked() -> Comparison:
    where = account("a", f"It {SCRIPT} sank.", title=SCRIPT, outlet=SCRIPT, author=SCRIPT, url="https://a.example/")
    claims = (claim("c", "single", (told(where, where.text),)),)
    return Comparison((where,), claims, (), (), (), (), (), (), (), manifest((where,)))


@pytest.mark.parametrize("story", [harbour_all_layers(), crowd(12)])
def test_the_page_asks_for_nothing_but_itself_and_complains_of_nothing(visit: Any, story: Comparison):
    seen = visit(story)
    seen.page.mouse.move(400, 500)
    seen.page.keyboard.press("j")

    assert len(seen.requests) == 1
    assert seen.complaints == []


def test_a_script_in_an_account_does_not_run(visit: Any):
    seen = visit(attacked())

    assert seen.page.title() == f"1 account: {SCRIPT}"
    assert len(seen.requests) == 1
    assert SCRIPT in seen.page.inner_text("#account-A .text")


def test_a_script_put_into_the_page_is_refused_by_its_policy(visit: Any):
    seen = visit(harbour())
    seen.page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'document.title = 1';
          document.body.append(script);
        }"""
    )

    assert seen.page.title() != "1"
    assert any("Content Security Policy" in complaint for complaint in seen.complaints)


@pytest.mark.parametrize("story", [harbour_all_layers(), crowd(12)])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_makes_the_page_scroll_sideways(visit: Any, story: Comparison, width: int):
    seen = visit(story, viewport={"width": width, "height": 800})

    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_one_long_word_does_not_widen_the_phone(visit: Any):
    where = account("a", "The " + "x" * 400 + " sank.", title="y" * 300, outlet="z" * 200)
    claims = (
        claim("c", "single", (told(where, where.text),)),
        claim("d", "agreed", (told(where, "x" * 400),)),
    )
    story = Comparison((where,), claims, (), (), (), (), (), (), (), manifest((where,)))

    seen = visit(story, viewport={"width": 390, "height": 800})

    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_shown_words_are_the_accounts_words_in_the_browser_too(visit: Any):
    story = harbour_all_layers()
    texts = {view(story).letters[entry.id]: entry.text for entry in story.accounts}
    seen = visit(story)

    found = seen.page.eval_on_selector_all(
        "[data-at]",
        "all => all.map(e => [...e.dataset.at.split(' '), e.textContent])",
    )

    assert len(found) > 50
    assert all(texts[name][int(start) : int(end)] == shown for name, start, end, shown in found)


class TestWithoutScript:
    """What a reader has who lets no script run."""

    @pytest.fixture
    def bare(self, visit: Any) -> Any:
        return visit(harbour(), java_script_enabled=False).page

    def test_every_claim_and_every_text_is_shown(self, bare: Any):
        assert bare.locator("article.claim").count() == 5
        assert all(entry.is_visible() for entry in bare.locator("article.claim, .account .text, .singles li").all())

    def test_a_row_of_the_matrix_leads_to_its_claim(self, bare: Any):
        bare.locator("#matrix tr[data-claim='3'] th a").click()

        assert bare.url.endswith("#c3")

    def test_marked_words_lead_to_their_claim(self, bare: Any):
        bare.locator(".m", has_text="Sixty firefighters").click()

        assert bare.url.endswith("#c2")

    def test_a_standing_can_be_switched_off_and_on(self, bare: Any):
        box = bare.locator("#show-agreed")
        box.uncheck()

        assert not bare.locator("#c5").is_visible()
        assert not bare.locator("#matrix tr[data-claim='5']").is_visible()
        assert bare.locator("#c1").is_visible()
        assert bare.locator(".m.s-agreed").first.is_visible()

        box.check()
        assert bare.locator("#c5").is_visible()

    def test_an_account_can_be_switched_off(self, bare: Any):
        bare.locator("#show-B").uncheck()

        assert not bare.locator("#account-B").is_visible()
        assert bare.locator("#account-A").is_visible()

    def test_there_is_no_search_that_would_do_nothing(self, bare: Any):
        assert not bare.locator("#search").is_visible()


class TestWithKeys:
    """The keyboard alone."""

    @pytest.fixture
    def seen(self, visit: Any) -> Any:
        return visit(harbour())

    def test_j_and_k_go_through_the_claims(self, seen: Any):
        seen.page.keyboard.press("j")
        assert seen.on() == ["1"]
        seen.page.keyboard.press("j")
        assert seen.on() == ["2"]
        seen.page.keyboard.press("k")
        seen.page.keyboard.press("k")
        assert seen.on() == ["1"]

    def test_j_stops_at_the_last_claim(self, seen: Any):
        for _ in range(12):
            seen.page.keyboard.press("j")

        assert seen.on() == ["9"]

    def test_j_leaves_out_what_is_switched_off(self, seen: Any):
        seen.page.locator("#show-disputed").uncheck()
        seen.page.keyboard.press("j")

        assert seen.on() == ["2"]

    def test_the_claim_of_the_moment_is_marked_in_row_and_texts(self, seen: Any):
        seen.page.keyboard.press("j")

        lit = seen.page.locator(".m.on").all_text_contents()
        assert lit == ["The alarm worked", "The alarm never sounded", "the alarm worked"]
        assert seen.page.locator("#matrix tr.on").count() == 1

    def test_a_digit_goes_to_an_account(self, seen: Any):
        seen.page.keyboard.press("2")

        assert seen.page.evaluate("document.activeElement.closest('.account').id") == "account-B"

    def test_a_digit_without_an_account_does_nothing(self, seen: Any):
        seen.page.keyboard.press("9")

        assert seen.page.evaluate("document.activeElement === document.body")
        assert seen.complaints == []

    def test_a_slash_searches_and_escape_ends_it(self, seen: Any):
        seen.page.keyboard.press("/")
        seen.page.keyboard.type("watchman")

        assert seen.page.locator("article.claim:visible, .singles li:visible").count() == 1
        assert seen.page.locator("#matrix tr[data-claim]:visible").count() == 0

        seen.page.keyboard.press("Escape")
        assert seen.page.locator("article.claim:visible, .singles li:visible").count() == 9

    def test_a_question_mark_shows_the_keys(self, seen: Any):
        seen.page.keyboard.press("?")
        assert seen.page.locator("dialog").is_visible()

        seen.page.keyboard.press("Escape")
        assert not seen.page.locator("dialog").is_visible()


def test_pointing_at_a_row_lights_its_words_and_a_click_keeps_them(visit: Any):
    seen = visit(harbour())
    seen.page.locator("#matrix tr[data-claim='2'] th a").hover()
    assert seen.on() == ["2"]

    seen.page.locator("#matrix tr[data-claim='2'] th a").click()
    seen.page.mouse.move(1, 1)
    assert seen.on() == ["2"]


def test_words_of_two_claims_light_both(visit: Any):
    seen = visit(harbour())
    seen.page.locator(".m.several").hover()

    assert seen.on() == ["3", "5"]


def test_the_columns_are_brought_level_at_a_claim(visit: Any):
    story = harbour()
    longer = replace(story.accounts[0], text=story.accounts[0].text + "\n\nAnd so on." * 400)
    seen = visit(replace(story, accounts=(longer, *story.accounts[1:])))
    seen.page.evaluate("document.querySelector('#account-A .text').scrollTop = 9999")
    seen.page.keyboard.press("j")

    box = seen.page.locator("#account-A .text").bounding_box()
    mark = seen.page.locator("#account-A .m.on").bounding_box()
    assert box["y"] <= mark["y"] <= box["y"] + box["height"]


def test_what_is_folded_is_printed(visit: Any):
    seen = visit(crowd(6))
    seen.page.emulate_media(media="print")
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert seen.page.locator(".singles li").last.is_visible()
    assert not seen.page.locator(".mast nav").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_labels_stand_out_from_the_paper(visit: Any, scheme: str):
    """WCAG 2 contrast of at least 4.5 for the words, our labels and every standing."""
    seen = visit(harbour(), color_scheme=scheme)
    colours = seen.page.evaluate(
        """() => {
          const of = element => getComputedStyle(element).color.match(/[\\d.]+/g).slice(0, 3).map(Number);
          const paper = getComputedStyle(document.documentElement).backgroundColor.match(/[\\d.]+/g).slice(0, 3);
          const chosen = ["q.w", ".ours", ".note", ".facts", ".number", "article .standing"];
          const found = chosen.flatMap(selector => [...document.querySelectorAll(selector)].map(of));
          return [paper.map(Number), ...found];
        }"""
    )
    paper, *inks = (luminance(colour) for colour in colours)

    assert min((max(ink, paper) + 0.05) / (min(ink, paper) + 0.05) for ink in inks) >= 4.5


def luminance(colour: list[float]) -> float:
    """Relative luminance of sRGB (WCAG 2.2)."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
