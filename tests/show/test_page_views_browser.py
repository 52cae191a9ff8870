"""Every view of the page in a real browser, with three accounts and with forty: axe, clicks, keys, print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tellings.show import render_page

from .comparisons import forty, harbour_all_layers

pytestmark = pytest.mark.browser

STORIES = {"three": harbour_all_layers, "forty": forty}
VIEWS = (
    "matrix", "claims", "side-by-side", "who-says-so", "quotes", "figures", "names", "wording", "timeline", "left-out",
    "about",
)  # fmt: skip


class Seen:
    """One page left open, with what it asked for and what it complained of."""

    def __init__(self, browser: Any, file: Path) -> None:
        # axe is put into the page by a script of its own, which the page's policy would rightly refuse.
        self.context = browser.new_context(reduced_motion="reduce", bypass_csp=True)
        self.page = self.context.new_page()
        self.file = file
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def fresh(self, width: int = 1440, scheme: str = "light") -> Any:
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(media="screen", color_scheme=scheme)
        self.page.goto("about:blank")
        self.requests.clear()
        self.complaints.clear()
        self.page.goto(self.file.as_uri())
        return self.page


@pytest.fixture(scope="module", params=STORIES)
def seen(request: Any, chromium: Any, tmp_path_factory: Any) -> Iterator[Seen]:
    file = tmp_path_factory.mktemp("page") / "page.html"
    file.write_text(render_page(STORIES[request.param]()), encoding="utf-8")
    one = Seen(chromium, file)
    yield one
    one.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")])
@pytest.mark.parametrize("seen", ["three"], indirect=True, scope="module")
def test_axe_finds_nothing_against_it(seen: Seen, width: int, scheme: str):
    """WCAG 2.2 A and AA and axe's best practices, with everything unfolded.

    Of forty accounts what differs from three is looked at below.

    Links inside the running text of an account are as high as its lines, which WCAG 2.5.8 allows: the size of targets
    is looked at everywhere else.
    """
    page = seen.fresh(width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")

    assert violations(page) == []


def violations(page: Any) -> list[tuple[str, str]]:
    """What axe finds: the rule and the first element that breaks it."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    run = axe.Axe()
    whole = run.run(page, options={"resultTypes": ["violations"], "rules": {"target-size": {"enabled": False}}})
    sizes = run.run(
        page,
        context={"exclude": [[".text"]]},
        options={"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["target-size"]}},
    )
    found = [*whole.response["violations"], *sizes.response["violations"]]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


@pytest.mark.parametrize("width", [320, 390, 1024, 1440])
def test_every_view_is_there_and_none_widens_the_page(seen: Seen, width: int):
    page = seen.fresh(width)

    for name in VIEWS:
        assert page.locator(f"#{name}").is_visible(), name
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.complaints == []
    assert len(seen.requests) == 1


def test_a_click_in_the_matrix_lands_on_the_words_of_that_account(seen: Seen):
    page = seen.fresh()
    cell = page.locator("#matrix tr[data-claim='1'] td a").first
    target = cell.get_attribute("href")
    cell.click()

    assert page.url.endswith(target)
    landed = page.locator(f"[id='{target[1:]}']")
    assert landed.is_visible()
    landed.click()
    name = landed.get_attribute("href")[1:]
    assert page.evaluate("location.hash.slice(1)") == name
    mark = page.locator(f"[id='{name}'] + .m")
    assert mark.is_visible()
    page.mouse.move(0, 0)  # what the page scrolled under the pointer is lit instead, while it is there
    lit = "name => document.getElementById(name).nextElementSibling.classList.contains('on')"
    page.wait_for_function(lit, arg=name)


def test_what_a_mark_means_is_shown_and_read_out_when_it_is_reached_by_key(seen: Seen):
    page = seen.fresh()
    page.locator("#matrix tr[data-claim='1'] td a").first.focus()
    tip = page.locator("#tip")

    assert tip.is_visible()
    assert tip.get_attribute("role") == "tooltip"
    assert "told" in tip.inner_text()
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "tip"
    page.keyboard.press("Escape")
    assert not tip.is_visible()


def test_marked_words_tell_what_the_others_say(seen: Seen):
    page = seen.fresh()
    page.locator("#account-A .m[data-claims='1'], #account-A .m[data-claims^='1 ']").first.focus()

    assert "disputed" in page.locator("#tip").inner_text()
    assert "sounded" in page.locator("#tip").inner_text()


def test_how_sure_it_is_is_told_on_demand(seen: Seen):
    page = seen.fresh()
    score = page.locator("#c1 .score").first
    assert not score.is_visible()

    page.locator("#c1 .sure summary").focus()
    page.keyboard.press("Enter")

    assert score.is_visible()
    assert "score 0.87" in page.locator("#c1 .sure").inner_text()


def test_a_search_shows_what_it_finds_even_where_it_was_folded(seen: Seen):
    page = seen.fresh()
    last = page.locator(".singles .claim q").last.text_content()
    page.keyboard.press("/")
    page.keyboard.type(last)

    assert page.locator("article.claim:visible").count() == 0
    assert page.locator(".singles li:visible").count() >= 1
    assert page.locator("#matrix tr[data-claim]:visible").count() == 0


def test_two_accounts_stand_level_where_they_tell_the_same(seen: Seen):
    page = seen.fresh()
    page.locator("#pair").check()
    page.locator("#left-A").check()
    page.locator("#right-B").check()

    shown = page.locator(".account:visible")
    assert [one.get_attribute("id") for one in shown.all()] == ["account-A", "account-B"]
    tops = [page.locator(f"#account-{name} [id='t1-{name}'] + .m").bounding_box()["y"] for name in "AB"]
    assert abs(tops[0] - tops[1]) < 3


def test_the_left_account_stands_left_whichever_was_published_first(seen: Seen):
    page = seen.fresh()
    page.locator("#pair").check()
    page.locator("#left-C").check()
    page.locator("#right-A").check()

    left, right = (page.locator(f"#account-{name}").bounding_box() for name in "CA")
    assert left["x"] < right["x"]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("seen", ["three"], indirect=True, scope="module")
def test_it_prints(seen: Seen, paper: str):
    pypdf = pytest.importorskip("pypdf")
    import io

    page = seen.fresh()
    page.emulate_media(media="print")
    made = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper, prefer_css_page_size=False)))
    first = made.pages[0].extract_text()

    assert "of one story" in first
    assert "Search" not in first
    assert all(sheet.extract_text().strip() for sheet in made.pages)


def test_nothing_printed_is_wider_than_the_sheet(seen: Seen):
    page = seen.fresh(718)  # A4 less the margins, at 96 pixels an inch: 210 mm - 2 x 10 mm
    page.emulate_media(media="print")

    wide = page.evaluate(
        """() => [...document.querySelectorAll('table, svg, article, .chips li')].filter(
            one => one.getBoundingClientRect().right > 720).map(one => one.className.baseVal ?? one.className)"""
    )
    assert wide == []


class TestForty:
    """What only many accounts need."""

    @pytest.fixture(scope="class")
    def many(self, chromium: Any, tmp_path_factory: Any) -> Iterator[Seen]:
        file = tmp_path_factory.mktemp("forty") / "page.html"
        file.write_text(render_page(forty()), encoding="utf-8")
        one = Seen(chromium, file)
        yield one
        one.context.close()

    def test_axe_finds_nothing_against_head_and_matrix_of_many(self, many: Seen):
        page = many.fresh(390, "dark")
        page.locator("#more-agreed").check()
        # The other views are those of three accounts, with more rows.
        page.evaluate("document.querySelectorAll('main > .part').forEach(one => one.remove())")
        page.evaluate("document.querySelectorAll('.mast nav').forEach(one => one.remove())")

        assert violations(page) == []

    def test_the_matrix_unfolds_without_script(self, many: Seen):
        page = many.fresh()
        folded = page.locator("#matrix tr.more").first
        assert not folded.is_visible()

        page.locator("#more-agreed").check()

        assert folded.is_visible()

    def test_the_matrix_fits_a_screen_of_1440(self, many: Seen):
        page = many.fresh(1440)

        widths = page.locator("#matrix .scroll").evaluate("one => [one.scrollWidth, one.clientWidth]")
        assert widths[0] <= widths[1]

    def test_on_a_phone_the_first_column_stays_while_the_others_scroll(self, many: Seen):
        page = many.fresh(390)
        page.evaluate("document.querySelector('#matrix .scroll').scrollLeft = 400")

        box = page.locator("#matrix tr[data-claim='1'] th").bounding_box()
        assert 0 <= box["x"] < 30
