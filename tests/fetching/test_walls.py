"""Pages that are not what was asked for, and articles that only look a little like them."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from tellings.fetching import Fetched, Head, as_input
from tellings.fetching.inputs import ENDINGS
from tellings.fetching.records import Refusal
from tellings.fetching.walls import look
from tests.fetching.conftest import Get, problem
from tests.fetching.server import PAGE, Site, moved, said

HTML = Head(content_type="text/html")
BANNER = "<div>We use cookies. <button>Accept all cookies</button> <button>Manage choices</button></div>"
TELLING = "<p>" + "The roof of the hall fell in on Tuesday night after two days of snow. " * 4 + "</p>"
MENU = "<ul>" + "<li>Sport and weather</li>" * 60 + "</ul>"

WALLS = [
    ("<h1>Before you continue</h1><p>We and our 812 partners store cookies.</p>", "a cookie wall"),
    ("<p>We value your privacy.</p>", "a cookie wall"),
    ("<form>Email <input name=e> Password <input class='x' type=\"password\"></form>", "a log-in page"),
    ("<p>Please log in to read this story.</p>", "a log-in page"),
    ("<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div><script src=a></script>",
     "a page that scripts have yet to make"),
    ("<div id=root></div><script>var a = '<p>not words at all, and these are not read as any</p>'</script>",
     "a page that scripts have yet to make"),
    ("<p>JavaScript is disabled. Please turn on JavaScript.</p>", "a page that scripts have yet to make"),
    ("<h1>Verify you are human</h1><p>Checking your browser before you go on.</p>", "a check for robots"),
    ("<p>Pardon Our Interruption</p>", "a check for robots"),
    ('<meta http-equiv="refresh" content="0; url=/elsewhere"><a href="/elsewhere">Go on</a>',
     "a page that only leads on to another"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "what"), WALLS)
def test_walls_are_refused(body: str, what: str) -> None:
    with pytest.raises(Refusal) as refused:
        look(HTML, f"<!doctype html><html><head><title>News</title></head><body>{body}</body></html>".encode())
    assert refused.value.problem == f"is {what}, not the article"


@pytest.mark.parametrize(("body", "what"), WALLS[:4])
def test_a_wall_amid_menus_is_noted(body: str, what: str) -> None:
    (note,) = look(HTML, f"<html><body>{MENU}{body}</body></html>".encode())
    assert note.message == f"the page may be {what}, with little of the article or none"


@pytest.mark.parametrize(
    "body",
    [
        TELLING,
        TELLING * 8 + BANNER,
        TELLING * 8 + "<form><input type=password></form><noscript>Enable JavaScript</noscript>",
        "<p>Closed today.</p>",
        "<p>The minister signed in the law on Tuesday.</p>",
        "<p>The baker sold 400 cookies.</p>",
    ],
)
def test_articles_are_no_walls(body: str) -> None:
    assert look(HTML, f"<html><body>{body}</body></html>".encode()) == ()


def test_a_short_article_with_a_banner_is_read_and_noted() -> None:
    (note,) = look(HTML, f"<html><body>{TELLING}{BANNER}</body></html>".encode())
    assert note.code == "other"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/plain", b"Please log in to continue."),
        ("text/html", b"Please log in to continue."),
        ("application/json", b"{}"),
    ],
)
def test_only_pages_are_looked_at(kind: str, body: bytes) -> None:
    assert look(Head(content_type=kind), body) == ()


@pytest.mark.parametrize(
    "start",
    ["<", "<a href='", "<!--", "<script>", "<noscript>", "<input ", "<meta http-equiv=refresh ", "enable a "],
)  # fmt: skip
def test_hostile_pages_are_read_in_time(start: str) -> None:
    body = ("<html>" + start * (300_000 // len(start))).encode()
    started = time.monotonic()
    with suppress(Refusal):
        look(HTML, body)
    assert time.monotonic() - started < 5


def test_a_redirect_to_a_log_in_is_told(site: Site, get: Get) -> None:
    site.pages |= {"/story": moved("/login"), "/login": said(f"<html><body>{WALLS[3][0]}</body></html>".encode())}
    assert problem(get("/story")) == f"leads on to {site.url('/login')}: is a log-in page, not the article"


@pytest.mark.parametrize(
    ("path", "kind", "ending"),
    [
        ("/story", "text/html", "#.html"),
        ("/story.html", "text/html; charset=utf-8", ""),
        ("/story.htm", "text/html", ""),
        ("/story.txt", "text/html", "#.html"),
        ("/story.php?a=b.c", "application/xhtml+xml", "#.html"),
        ("/story", "text/plain", "#.txt"),
        ("/all", "application/x-ndjson", "#.jsonl"),
        ("/feed", "application/rss+xml", "#.rss"),
        ("/story", "application/octet-stream", ""),
        ("/story#top", "text/html", "#.html"),
    ],
)
def test_as_input(site: Site, get: Get, path: str, kind: str, ending: str) -> None:
    site.pages[path.partition("#")[0]] = said(content_type=kind)
    found = get(path)
    assert isinstance(found, Fetched)
    assert as_input(found) == (site.url(path.partition("#")[0]) + ending, PAGE)


def test_endings_are_endings() -> None:
    assert all(kind.count("/") == 1 and ending.startswith(".") for kind, ending in ENDINGS.items())
