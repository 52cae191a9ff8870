"""The application in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tellings.serve import Settings, application
from tests.serve.conftest import by_hand, fill
from tests.serve.fakes import STORY, Here, listening
from tests.serve.test_views import HOSTILE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        by_hand(monkeypatch)
        settings = Settings(str(tmp_path_factory.mktemp("serve") / "news.db"))
        with listening(application(settings, work=Here())) as where:
            with httpx2.Client(base_url=where) as client:
                fill(client)
                hostile = {
                    "title": HOSTILE,
                    "outlet": HOSTILE,
                    "author": HOSTILE,
                    "text": f"{HOSTILE} Lind said: “{HOSTILE}”",
                }
                client.post("/api/accounts", json={"accounts": [hostile], "story": 1}).raise_for_status()
                client.get("/api/stories/1/comparison").raise_for_status()
            yield where


class Visit:
    """A page of the application, with what it asked for and what it complained of."""

    def __init__(self, browser: Any, address: str, path: str, **context: Any) -> None:
        self.address = address
        self.outside: list[str] = []
        self.complaints: list[str] = []
        self.context = browser.new_context(reduced_motion="reduce", **context)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("request", lambda asked: asked.url.startswith(address) or self.outside.append(asked.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append("a dialog"), dialog.dismiss()))
        self.page.goto(address + path)

    def is_quiet(self) -> bool:
        assert self.complaints == []
        assert self.outside == []
        return True


@pytest.fixture
def visit(chromium: Any, address: str) -> Iterator[Any]:
    opened: list[Visit] = []

    def go(path: str, **context: Any) -> Visit:
        opened.append(Visit(chromium, address, path, **context))
        return opened[-1]

    yield go
    for one in opened:
        one.context.close()


VIEWS = [
    "/stories", "/stories/1", "/stories/1/about", "/accounts", "/search?words=harbour", "/sources", "/people?name=Lind",
    "/outlets?name=The+Wire", "/add", "/compare", "/docs", "/nothing",
]  # fmt: skip


@pytest.mark.parametrize(("scheme", "views"), [("light", VIEWS), ("dark", VIEWS[2:7])])
def test_every_view_is_quiet_fits_a_phone_and_shuts_nobody_out(visit: Any, scheme: str, views: list[str]):
    """WCAG 2.2 AA, by axe; nothing outside is asked for, nothing is complained of, nothing scrolls sideways."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    seen = visit("/stories", color_scheme=scheme, viewport={"width": 390, "height": 800}, bypass_csp=True)
    accounts = seen.page.evaluate("fetch('/api/accounts').then(r => r.json()).then(d => d.items.map(i => i.account))")
    laid_over = [f"/accounts/{accounts[-1]}", f"/accounts/{accounts[0]}/versions/{accounts[1]}"]
    for path in [*views, *laid_over]:
        seen.page.goto(seen.address + path)
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390, path
        if path != "/stories/1":  # the page's own tests look at that one
            found = axe.run(seen.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
            assert found.violations_count == 0, f"{path}: {found.generate_report()}"
    assert [one for one in seen.complaints if "404" not in one] == []
    assert seen.outside == []


def test_from_a_story_to_a_claim_to_its_words(visit: Any):
    seen = visit("/stories")
    seen.page.click(".lead >> nth=0")
    assert "/stories/1" in seen.page.url
    seen.page.click(".matrix tr[data-claim] >> nth=0 >> a >> nth=0")
    assert seen.page.locator(".claim.on, article.claim:target").count() > 0
    seen.page.click(".of-story a")
    assert seen.page.title().startswith("Story 1")
    assert seen.is_quiet()


@pytest.mark.parametrize("script", [True, False])
def test_two_pasted_accounts_are_compared_with_and_without_script(visit: Any, script: bool):
    seen = visit("/compare", java_script_enabled=script)
    for number, one in enumerate(STORY, 1):
        seen.page.fill(f"[name=text{number}]", one["text"])
        seen.page.fill(f"[name=outlet{number}]", one["outlet"])
    seen.page.click("main button")
    seen.page.wait_for_selector("#claims")

    assert "/comparisons/" in seen.page.url
    assert STORY[1]["text"].splitlines()[0] in seen.page.inner_text("#side-by-side")
    assert seen.is_quiet()


def test_searching_changes_the_results_in_place(visit: Any):
    seen = visit("/search")
    seen.page.evaluate("window.same = true")
    seen.page.fill("#search-words", "alarm")
    seen.page.press("#search-words", "Enter")
    seen.page.wait_for_selector("#results mark")

    assert seen.page.evaluate("window.same")
    assert "words=alarm" in seen.page.url
    assert seen.is_quiet()
    seen.page.click("#results a.found >> nth=0")
    assert seen.page.inner_text("#here")


def test_without_script_a_search_is_a_page(visit: Any):
    seen = visit("/search", java_script_enabled=False)
    seen.page.fill("#search-words", "alarm")
    seen.page.click("main button")

    assert seen.page.locator("#results mark").count() > 0


def test_keys_lead_through_lists(visit: Any):
    seen = visit("/accounts")
    seen.page.keyboard.press("j")
    seen.page.keyboard.press("j")
    assert seen.page.locator("tr.on").count() == 1
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_url("**/accounts/*")
    seen.page.keyboard.press("/")
    seen.page.wait_for_url("**/search")
    seen.page.keyboard.press("/")
    assert seen.page.evaluate("document.activeElement.id") == "search-words"
    assert seen.is_quiet()


@pytest.mark.parametrize(
    "path", ["/accounts", "/stories/1", "/stories/1/about", "/search?words=lind", "/people?name=Lind"]
)
def test_hostile_words_never_run(visit: Any, path: str):
    seen = visit(path)

    assert seen.page.title() != "owned"
    assert seen.page.locator("img").count() == 0
    assert seen.is_quiet()
