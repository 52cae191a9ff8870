"""How hosts are treated: robots.txt, waits, Retry-After, and what is kept from one run to the next."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tellings.fetching import Fetched, fetch, usual_folder
from tellings.fetching.manners import retry_seconds
from tests.fetching.conftest import QUICK, Get, problem
from tests.fetching.server import PAGE, Asked, Clock, Send, Site, moved, said, slowly

RULES = b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n\nUser-agent: Tellings\nDisallow: /own\nCrawl-delay: 4\n"


def test_robots_txt_is_asked_for_once_and_kept_to(site: Site, clock: Clock) -> None:
    site.pages |= {"/robots.txt": said(RULES, content_type="text/plain"), "/private": said(), "/own/x": said()}
    found = list(fetch([site.url(path) for path in ("/own/x", "/private", "/own/y")], QUICK, time=clock.time))
    assert problem(found[0]) == "its host's robots.txt asks programs to leave it alone"
    assert isinstance(found[1], Fetched)
    assert problem(found[2]) == "its host's robots.txt asks programs to leave it alone"
    assert site.paths == ["/robots.txt", "/private"]


@pytest.mark.parametrize(
    ("robots", "told"),
    [
        (said(b"", "404 No"), ""),
        (said(b"", "401 No"), ""),
        (said(PAGE), ""),
        (said(b"\xff\xfe\0\0" * 1000), ""),
        (said(b"User-agent: *\nDisallow:\n"), ""),
        (said(b"", "500 No"), "it answers with status 500"),
        (said(b"", "503 No"), "it answers with status 503"),
        (said(b"", "429 No"), "it answers with status 429"),
        (moved("http://10.0.0.1/robots.txt"), "its host is an address that is not public"),
        (moved("/robots.txt"), ""),  # more than five redirects: as if it were not there
        (b"nonsense", "what its host answers is no HTTP"),
        (said(b"x" * 2_000_000), ""),
        (said(b"x" * 12_000_000), "is larger than"),
    ],
)
def test_when_robots_txt_fails(site: Site, get: Get, robots: bytes, told: str) -> None:
    site.pages |= {"/robots.txt": robots, "/x": said()}
    found = get("/x")
    if told:
        assert told in problem(found)
        assert problem(found).startswith("its host's robots.txt cannot be read, so nothing else is asked of it: ")
        assert "/x" not in site.paths
    else:
        assert isinstance(found, Fetched)


def test_a_robots_txt_that_does_not_come_forbids_for_now(site: Site, get: Get) -> None:
    site.pages |= {"/robots.txt": slowly([b"HTTP/1.1 200 OK\r\n", b"\r\n"], 0.7), "/x": said()}
    assert problem(get("/x", read_timeout=0.4)).endswith("so nothing else is asked of it: its host is too slow")
    assert site.paths == ["/robots.txt"]


def test_robots_txt_may_lead_on(site: Site, get: Get) -> None:
    site.pages |= {"/robots.txt": moved("/rules"), "/rules": said(b"User-agent: *\nDisallow: /x"), "/x": said()}
    assert problem(get("/x")) == "its host's robots.txt asks programs to leave it alone"


def test_a_redirect_is_held_against_robots_txt_too(site: Site, get: Get) -> None:
    site.pages |= {"/robots.txt": said(b"User-agent: *\nDisallow: /x"), "/a": moved("/x"), "/x": said()}
    assert "robots.txt asks programs to leave it alone" in problem(get("/a"))
    assert site.paths == ["/robots.txt", "/a"]


def test_waits_between_requests_to_one_host(site: Site, clock: Clock) -> None:
    site.pages |= {f"/{n}": said(PAGE + b"%d" % n) for n in range(3)}
    links = [site.url("/0"), site.url("/1"), site.url("/2", "localhost")]
    found = list(
        fetch(links, replace(QUICK, delay=2.5), time=clock.time, resolve=lambda _host, _port: ["127.0.0.1"])
    )  # fmt: skip
    assert all(isinstance(one, Fetched) for one in found)
    assert clock.slept == [2.5, 2.5, 2.5]  # robots.txt, /0, /1; then another host, with a robots.txt of its own


def test_a_wait_is_only_as_long_as_is_left(site: Site, clock: Clock) -> None:
    def late(_asked: Asked) -> bytes:
        return said()

    site.pages |= {"/a": late, "/b": late}
    found = fetch([site.url("/a"), site.url("/b")], replace(QUICK, delay=5.0), time=clock.time)
    next(found)
    clock.at += 3
    next(found)
    clock.at += 99
    assert clock.slept == [5.0, 2.0]


@pytest.mark.parametrize(
    ("told", "kept"), [("4", 4.0), ("2.5", 2.5), ("0.1", 1.0), ("999", 30.0), ("x", 1.0), ("-3", 1.0)]
)
def test_crawl_delay(site: Site, clock: Clock, told: str, kept: float) -> None:
    site.pages["/robots.txt"] = said(f"User-agent: tellings\nCrawl-delay: {told}\n".encode())
    site.pages |= {"/a": said(), "/b": said()}
    list(fetch([site.url("/a"), site.url("/b")], QUICK, time=clock.time))
    assert clock.slept == [1.0, kept]


def busy_first(*answers: bytes) -> Callable[[Asked], bytes]:
    left = list(answers)

    def reply(_asked: Asked) -> bytes:
        return left.pop(0) if len(left) > 1 else left[0]

    return reply


@pytest.mark.parametrize(
    ("status", "after", "slept"),
    [
        ("429 Busy", "5", [1.0, 5.0]),
        ("503 Busy", "12", [1.0, 12.0]),
        ("429 Busy", "0", [1.0, 0.0, 1.0]),
        ("429 Busy", "Mon, 02 Mar 2026 12:00:09 GMT", [1.0, 8.0]),
    ],
)
def test_retry_after_is_kept_to_once(
    site: Site, get: Get, clock: Clock, status: str, after: str, slept: list[float]
) -> None:
    busy = said(b"", status, retry_after=after)
    site.pages["/x"] = busy_first(busy, said())
    assert isinstance(get("/x"), Fetched)
    assert clock.slept == slept
    site.pages["/x"] = busy
    site.asked.clear()
    assert "status" in problem(get("/x"))
    assert site.paths == ["/robots.txt", "/x", "/x"]


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ("3600", "its host is busy and asks to come back later in 3600 seconds"),
        ("soon", "its host is busy and asks to come back later"),
        ("", "is asked too often (status 429)"),
    ],
)
def test_a_retry_after_that_is_not_kept_to(site: Site, get: Get, after: str, told: str) -> None:
    site.pages["/x"] = said(b"", "429 Busy", retry_after=after)
    assert problem(get("/x")) == told
    assert site.paths == ["/robots.txt", "/x"]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0), ("Mon, 02 Mar 2026 12:00:30 GMT", 30.0), ("Sun, 01 Mar 2026 12:00:30 GMT", 0.0), ("-7", None),
        ("Mon, 02 Mar 99999 12:00:30 GMT", None), ("9" * 40, None), ("nan", None), ("٣", None),
    ],
)  # fmt: skip
def test_retry_seconds(value: str, seconds: float | None) -> None:
    assert retry_seconds(value, datetime(2026, 3, 2, 12, tzinfo=UTC)) == seconds


def test_one_connection_at_a_time(site: Site, clock: Clock) -> None:
    open_now, most = 0, 0
    lock = threading.Lock()

    def reply(_asked: Asked, send: Send) -> None:
        nonlocal open_now, most
        with lock:
            open_now += 1
            most = max(most, open_now)
        time.sleep(0.05)  # another connection would come in meanwhile
        with lock:  # before the answer: the client may ask again as soon as it has it
            open_now -= 1
        send(said())

    site.pages |= {f"/{n}": reply for n in range(5)}
    assert len(list(fetch([site.url(f"/{n}") for n in range(5)], QUICK, time=clock.time))) == 5
    assert most == 1


# What is kept


def conditional(asked: Asked) -> bytes:
    if asked.headers.get("if-none-match") == '"v1"' or "if-modified-since" in asked.headers:
        return said(b"", "304 Not Modified")
    return said(etag='"v1"', content_type="text/html; charset=utf-8")


def test_a_kept_page_is_asked_for_only_where_it_changed(site: Site, get: Get, tmp_path: Path) -> None:
    site.pages["/x"] = conditional
    first, again = get("/x", cache=tmp_path), get("/x", cache=tmp_path)
    assert isinstance(first, Fetched)
    assert isinstance(again, Fetched)
    assert (first.from_cache, again.from_cache) == (False, True)
    assert (first.body, first.head, first.sha256, first.status) == (again.body, again.head, again.sha256, again.status)
    assert again.when > first.when
    assert site.asked[-1].headers["if-none-match"] == '"v1"'
    site.pages["/x"] = said(PAGE + b" new", etag='"v2"')
    new = get("/x", cache=tmp_path)
    assert isinstance(new, Fetched)
    assert (new.from_cache, new.body) == (False, PAGE + b" new")


def test_last_modified_will_do(site: Site, get: Get, tmp_path: Path) -> None:
    date = "Sun, 01 Mar 2026 09:00:00 GMT"
    site.pages["/x"] = said(last_modified=date)
    get("/x", cache=tmp_path)
    site.pages["/x"] = conditional
    found = get("/x", cache=tmp_path)
    assert isinstance(found, Fetched)
    assert found.from_cache
    assert site.asked[-1].headers["if-modified-since"] == date


def test_a_page_behind_a_redirect_is_kept_under_its_own_link(site: Site, get: Get, tmp_path: Path) -> None:
    site.pages |= {"/a": moved("/x"), "/x": conditional}
    get("/a", cache=tmp_path)
    found = get("/a", cache=tmp_path)
    assert isinstance(found, Fetched)
    assert (found.asked, found.url, found.from_cache) == (site.url("/a"), site.url("/x"), True)


@pytest.mark.parametrize("damage", ["body", "body gone", "entry", "another link", "a path", "too deep", "a folder"])
def test_damaged_entries_are_fetched_again(site: Site, get: Get, tmp_path: Path, damage: str) -> None:
    site.pages["/x"] = conditional
    get("/x", cache=tmp_path)
    (entry,) = tmp_path.glob("links/*/*.json")
    (body,) = (file for file in tmp_path.glob("bodies/*/*") if file.is_file())
    told = json.loads(entry.read_text())
    if damage == "body":
        body.write_bytes(PAGE[:-1])
    elif damage == "body gone":
        body.unlink()
    elif damage == "a folder":
        body.unlink()
        body.mkdir()
    else:
        (tmp_path / "secret").write_text("secret")
        entry.write_text(
            {
                "entry": '{"url": 5',
                "another link": json.dumps(told | {"url": "http://other.example/"}),
                "a path": json.dumps(told | {"sha256": "../../secret"}),
                "too deep": "[" * 100_000,
            }[damage]
        )
    found = get("/x", cache=tmp_path)
    assert isinstance(found, Fetched)
    assert (found.from_cache, found.body) == (False, PAGE)
    assert "if-none-match" not in site.asked[-1].headers


def test_what_is_not_kept(site: Site, get: Get, tmp_path: Path) -> None:
    site.pages |= {"/secret": said(cache_control="private, No-Store"), "/gone": said(b"x", "404 No")}
    get("/secret", cache=tmp_path)
    get("/gone", cache=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_files_are_whole_and_safely_named(site: Site, get: Get, tmp_path: Path) -> None:
    site.pages["/../../etc/passwd%00?a=/../b"] = said()
    assert isinstance(get("/../../etc/passwd%00?a=/../b", cache=tmp_path / "new"), Fetched)
    files = sorted(file for file in tmp_path.rglob("*") if file.is_file())
    assert [len(file.stem) for file in files] == [64, 64]
    assert [file.suffix for file in files] == ["", ".json"]


def test_a_folder_that_cannot_be_written_is_no_problem(site: Site, get: Get, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    site.pages["/x"] = said()
    assert isinstance(get("/x", cache=tmp_path / "file"), Fetched)


@pytest.mark.parametrize(
    ("environment", "platform", "end"),
    [
        ({"XDG_CACHE_HOME": "/var/kept"}, "linux", "/var/kept/tellings/fetched"),
        ({"XDG_CACHE_HOME": "kept"}, "linux", "/.cache/tellings/fetched"),
        ({}, "darwin", "/Library/Caches/tellings/fetched"),
        ({"XDG_CACHE_HOME": "/var/kept"}, "win32", "/AppData/Local/tellings/fetched"),
    ],
)
def test_usual_folder(environment: dict[str, str], platform: str, end: str) -> None:
    folder = usual_folder(environment, platform)
    assert folder is not None
    assert folder.as_posix().endswith(end)
