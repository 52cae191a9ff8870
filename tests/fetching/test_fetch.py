"""Whole fetches from a server on this machine that is slow, huge, lying or broken; none needs the internet."""

from __future__ import annotations

import gzip
import hashlib
import socket
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tellings.errors import InputError
from tellings.fetching import Fetched, fetch
from tests.fetching.conftest import QUICK, Get, problem
from tests.fetching.server import PAGE, Asked, Clock, Reply, Send, Site, for_ever, moved, said, serving, slowly

MB = 1024 * 1024


def test_a_page_comes_with_what_is_known_of_it(site: Site, get: Get) -> None:
    site.pages["/story"] = said(
        content_type='Text/HTML; Charset="ISO-8859-1"', etag='"abc"', date="Mon, 02 Mar 2026 10:00:00 GMT",
        last_modified="Sun, 01 Mar 2026 09:00:00 GMT", set_cookie="who=you",
    )  # fmt: skip
    found = get("/story#part")
    assert isinstance(found, Fetched)
    assert (found.asked, found.url, found.status) == (site.url("/story#part"), site.url("/story"), 200)
    assert (found.head.content_type, found.head.charset) == ("text/html", "iso-8859-1")
    assert (found.head.etag, found.head.last_modified) == ('"abc"', "Sun, 01 Mar 2026 09:00:00 GMT")
    assert (found.body, found.sha256) == (PAGE, hashlib.sha256(PAGE).hexdigest())
    assert found.when == datetime(2026, 3, 2, 12, 0, 1, tzinfo=UTC)  # a second after robots.txt
    assert (found.from_cache, found.notes) == (False, ())


def test_it_says_who_asks_and_nothing_else(site: Site, get: Get) -> None:
    site.pages["/robots.txt"] = said(b"User-agent: *\n", set_cookie="a=b")
    site.pages["/old"] = said(b"", "301 Moved Permanently", location="/new?x=\u00e9 f", set_cookie="c=d")
    site.pages["/new?x=%C3%A9%20f"] = said()
    assert isinstance(get("/old"), Fetched)
    assert site.paths == ["/robots.txt", "/old", "/new?x=%C3%A9%20f"]
    for asked in site.asked:
        assert asked.headers["user-agent"].startswith("Tellings/")
        assert asked.headers["host"] == f"127.0.0.1:{site.port}"
        assert set(asked.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_one_bad_link_stops_no_other(site: Site, clock: Clock) -> None:
    site.pages |= {"/a": said(), "/b": said(PAGE + b" ")}
    links = [site.url("/a"), "ftp://x.example/", site.url("/gone"), site.url("/a"), site.url("/b")]
    found = list(fetch(links, QUICK, time=clock.time))
    assert [one.asked if isinstance(one, Fetched) else one.about for one in found] == links
    assert [problem(one) for one in found if isinstance(one, InputError)] == [
        "is no http or https link", "is not there (status 404)", "is named twice",
    ]  # fmt: skip
    assert site.paths == ["/robots.txt", "/a", "/gone", "/b"]


def test_nothing_is_asked_before_it_is_wanted(site: Site, clock: Clock) -> None:
    fetch([site.url("/a")], QUICK, time=clock.time)
    assert site.asked == []


def test_importing_ingest_opens_no_socket() -> None:
    import subprocess

    told = "import sys, tellings, tellings.ingest; print('tellings.fetching' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"


BIG = b"<p>" + b"x" * (3 * MB)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        pytest.param(said(b""), "is empty", id="empty"),
        pytest.param(said(b"", "204 No Content"), "is answered with status 204, no content", id="no content"),
        pytest.param(said(b"", "799 Go away\x1b[31m"), "is answered with status 799, a status of its own", id="own"),
        pytest.param(said(b"", "401 No"), "wants a log-in (status 401)", id="log-in"),
        pytest.param(said(b"", "403 No"), "refuses programs (status 403)", id="refused"),
        pytest.param(said(b"", "500 Oh"), "its host has a fault (status 500)", id="fault"),
        pytest.param(said(b"", "304 Same"), "is answered with status 304, not modified", id="not asked for"),
        pytest.param(said(b"", "302 Found"), "leads on to nowhere", id="nowhere"),
        pytest.param(said(PAGE, length=len(PAGE) + 9), "its answer is cut short", id="too short"),
        pytest.param(said(PAGE, length=99 * MB), "is larger than the 1 MB one account may have", id="says it is large"),
        pytest.param(said(BIG), "is larger than the 1 MB one account may have", id="is large"),
        pytest.param(said(BIG, length=0, content_length=""), "is larger than the 1 MB", id="large and unsaid"),
        pytest.param(said(content_type="image/png"), "is an image, not text", id="image"),
        pytest.param(b"", "the connection to its host fails", id="nothing"),
        pytest.param(b"HTTP/1.1 2", "what its host answers is no HTTP, or is cut short", id="cut in the status"),
        pytest.param(b"SSH-2.0-OpenSSH\r\n", "what its host answers is no HTTP", id="another protocol"),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500, "what its host answers is no HTTP", id="many headers"),
        pytest.param(b"HTTP/1.1 200 OK\r\nA: " + b"b" * 99999, "what its host answers is no HTTP", id="long header"),
        pytest.param(
            said(b"5\r\n<html\r\nzz\r\n", content_length="", transfer_encoding="chunked"),
            "what its host answers is no HTTP, or is cut short", id="bad chunk",
        ),
        pytest.param(
            said(b"5\r\n<html\r\n", content_length="", transfer_encoding="chunked"),
            "what its host answers is no HTTP, or is cut short", id="cut chunks",
        ),
        pytest.param(
            said(b"-9\r\n" + b"x" * 2 * MB, content_length="", transfer_encoding="chunked"),
            "larger", id="negative chunk",
        ),
    ],
)  # fmt: skip
def test_answers_of_no_use(site: Site, get: Get, reply: bytes, told: str) -> None:
    site.pages["/x"] = reply
    assert told in problem(get("/x", limit=MB))


def test_a_cut_connection(site: Site, get: Get) -> None:
    def cut(_asked: Asked, send: Send) -> None:
        send(said(length=9999)[:200])
        raise ConnectionResetError

    site.pages["/x"] = cut
    assert problem(get("/x")) == "its answer is cut short"


def test_nobody_listens(get: Get) -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        found = get(f"http://127.0.0.1:{sock.getsockname()[1]}/")
    assert problem(found) == (
        "its host's robots.txt cannot be read, so nothing else is asked of it: the connection to its host fails"
    )


def test_tls_with_a_server_that_has_none(site: Site, get: Get) -> None:
    assert "no secure connection to its host can be made" in problem(get(f"https://127.0.0.1:{site.port}/"))


def test_the_name_is_sent_to_the_address_checked(site: Site, clock: Clock) -> None:
    site.pages["/x"] = said()
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.99"]

    (found,) = fetch([site.url("/x", "news.example")], QUICK, time=clock.time, resolve=rebinding)
    assert isinstance(found, Fetched)
    assert asked == ["news.example"]
    assert {one.headers["host"] for one in site.asked} == {f"news.example:{site.port}"}


def test_the_name_is_in_the_tls_hello(clock: Clock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        heard: list[bytes] = []

        def listen() -> None:
            connection, _ = server.accept()
            with connection:
                heard.append(connection.recv(4096))

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        link = f"https://news.example:{server.getsockname()[1]}/"
        (found,) = fetch([link], QUICK, time=clock.time, resolve=lambda _host, _port: ["127.0.0.1"])
        thread.join()
    assert isinstance(found, InputError)
    assert b"news.example" in heard[0]


@pytest.mark.parametrize(
    "addresses",
    [
        ["10.0.0.1"], ["127.0.0.1"], ["93.184.216.34", "192.168.1.1"], ["::ffff:127.0.0.1"], ["fe80::1"],
        ["169.254.169.254"], ["fd00::1"], ["2606:4700::1", "fd00::1"], ["64:ff9b::10.0.0.1"],
    ],
)  # fmt: skip
def test_a_name_with_an_address_that_is_not_public(addresses: list[str], clock: Clock, site: Site) -> None:
    strict = replace(QUICK, allow_loopback=False)
    link = site.url("/", "news.example")
    (found,) = fetch([link], strict, time=clock.time, resolve=lambda _host, _port: addresses)
    assert problem(found) == "its host has an address that is not public, so nothing is asked of it"
    assert site.asked == []


def test_names_without_an_address(clock: Clock) -> None:
    def fails(_host: str, _port: int) -> list[str]:
        raise OSError

    def waits(_host: str, _port: int) -> list[str]:
        time.sleep(2)
        return []

    for resolve, told in (
        (fails, "no host of that name is known"),
        (waits, "the name of its host was not found in time"),
    ):
        quick = replace(QUICK, connect_timeout=0.2)
        (found,) = fetch(["http://news.example/"], quick, time=clock.time, resolve=resolve)
        assert problem(found) == told


def test_the_loopback_setting_opens_nothing_but_loopback(get: Get) -> None:
    for host in ("10.0.0.1", "169.254.169.254", "[::ffff:10.0.0.1]", "0.0.0.0", "[fe80::1]"):
        assert problem(get(f"http://{host}/")) == "its host is an address that is not public, so nothing is asked of it"


# Redirects


def test_redirects_are_followed_so_far(site: Site, get: Get) -> None:
    site.pages |= {f"/{n}": moved(f"{n + 1}", f"{status} Moved") for n, status in enumerate((301, 302, 303, 307, 308))}
    site.pages["/5"] = said()
    found = get("/0")
    assert isinstance(found, Fetched)
    assert (found.asked, found.url) == (site.url("/0"), site.url("/5"))
    site.pages |= {"/5": moved("/6"), "/6": said()}
    assert problem(get("/0")) == "leads on more than 5 times"


def test_circles_are_named(site: Site, get: Get) -> None:
    site.pages |= {"/a": moved("/b"), "/b": moved("/c"), "/c": moved("/b#again"), "/self": moved("/self")}
    b, c = site.url("/b"), site.url("/c")
    assert problem(get("/a")) == f"leads in a circle ({b} -> {c} -> {b})"
    assert problem(get("/self")) == f"leads in a circle ({site.url('/self')} -> {site.url('/self')})"


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("http://10.0.0.1/", "leads on to http://10.0.0.1/: its host is an address that is not public"),
        ("http://169.254.169.254/latest", "leads on to http://169.254.169.254/latest: its host is an address that is"),
        ("http://[::ffff:192.168.0.1]/", "its host is an address that is not public"),
        ("http://[fd00::1]/", "its host is an address that is not public"),
        ("http://[fe80::1]/", "its host is an address that is not public"),
        ("http://[64:ff9b::a00:1]/", "its host is an address that is not public"),
        ("http://2130706433/", "leads on to a link that has a number for a host that is no plain address"),
        ("//0x7f.1/", "leads on to a link that has a number for a host that is no plain address"),
        ("file:///etc/passwd", "leads on to a link that is no http or https link"),
        ("javascript:alert(1)", "leads on to a link that is no http or https link"),
        ("http://me:secret@news.example/", "leads on to a link that has a name or password in it"),
        ("http://news.example:25/", "leads on to a link that has a port on which no web server listens"),
        ("http://[::1", "leads on to a link that is no link that can be read"),
        ("/" + "x" * 3000, "leads on to http"),
    ],
)
def test_where_no_redirect_leads(site: Site, get: Get, to: str, told: str) -> None:
    site.pages["/a"] = moved(to)
    found = get("/a")
    assert told in problem(found)
    assert "secret" not in str(found)


def test_each_redirect_is_checked_without_the_setting(site: Site, clock: Clock) -> None:
    """A public page that leads on to this machine: the name's address stands for a public one."""
    site.pages["/a"] = moved(f"http://localhost:{site.port}/secret")
    addresses = {"news.example": ["127.0.0.1"], "evil.example": ["10.1.2.3"]}
    site.pages["/b"] = moved(f"http://evil.example:{site.port}/secret")
    links = [site.url("/b", "news.example")]
    (found,) = fetch(links, QUICK, time=clock.time, resolve=lambda host, _port: addresses[host])
    assert "has an address that is not public" in problem(found)
    assert "/secret" not in site.paths


# Time and size

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        pytest.param(slowly([b"HTTP/1.1 200 OK\r\n", b"\r\n"], 1.0), "its host is too slow", id="slow headers"),
        pytest.param(slowly([said()[:300], b"", b""], 1.0), "its host is too slow", id="stops in the body"),
        pytest.param(for_ever(said(length=99999)[:300], b"x", 0.05), "its host is too slow", id="drips a body"),
        pytest.param(for_ever(b"HTTP/1.1 200 OK\r\nA: ", b"x", 0.05), "its host is too slow", id="drips a header"),
        pytest.param(
            for_ever(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", 0.05),
            "its host is too slow", id="drips chunks",
        ),
    ],
)  # fmt: skip
def test_slow_answers_are_stopped(site: Site, get: Get, reply: Reply, told: str) -> None:
    site.pages["/x"] = reply
    started = time.monotonic()
    assert told in problem(get("/x", read_timeout=0.5, total_time=0.9))
    assert time.monotonic() - started < 6


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        pytest.param(for_ever(b"", CONTINUE * 999), "its host sends without end", id="continues"),
        pytest.param(
            for_ever(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"A: b\r\n" * 9999),
            "its host sends without end", id="trailers",
        ),
        pytest.param(for_ever(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536), "is larger than the 1 MB", id="a stream"),
        pytest.param(
            for_ever(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65536 + b"\r\n"),
            "is larger than the 1 MB", id="a stream of chunks",
        ),
    ],
)  # fmt: skip
def test_endless_answers_are_stopped(site: Site, get: Get, reply: Reply, told: str) -> None:
    site.pages["/x"] = reply
    assert told in problem(get("/x", limit=MB))


def test_all_redirects_share_the_time(site: Site, get: Get) -> None:
    for n in range(5):
        site.pages[f"/{n}"] = slowly([b"HTTP/1.1 302 Found\r\nLocation: /", f"{n + 1}\r\n\r\n".encode()], 0.3)
    assert problem(get("/0", total_time=0.5)).endswith("its host is too slow")


BOMB = gzip.compress(b"\0" * (40 * MB))


@pytest.mark.parametrize(
    ("body", "coding", "told"),
    [
        (gzip.compress(PAGE), "gzip", ""),
        (gzip.compress(PAGE[:99]) + gzip.compress(PAGE[99:]), "x-gzip", ""),
        (gzip.compress(PAGE) + b"rubbish", "GZIP", ""),
        (zlib.compress(PAGE), "deflate", ""),
        (zlib.compress(PAGE)[2:-4], "deflate", ""),
        (PAGE, "identity", ""),
        (BOMB, "gzip", "is packed so tightly that it is no page"),
        (zlib.compress(b"\0" * (40 * MB)), "deflate", "is packed so tightly that it is no page"),
        (gzip.compress(b"".join(b"%d " % n for n in range(2 * MB))), "gzip", "is larger than the 10 MB"),
        (gzip.compress(BOMB), "gzip, gzip", "comes packed in a way that was not asked for"),
        (b"", "br", "comes packed in a way that was not asked for"),
        (gzip.compress(PAGE)[:-12], "gzip", "comes packed, and its end is missing"),
        (b"\x1f\x8bnonsense", "gzip", "comes packed, and cannot be unpacked"),
        (PAGE, "gzip", "comes packed, and cannot be unpacked"),
        (gzip.compress(b"") * 100, "gzip", "comes packed in too many parts"),
    ],
)
def test_packed_bodies(site: Site, get: Get, body: bytes, coding: str, told: str) -> None:
    site.pages["/x"] = said(body, content_encoding=coding)
    found = get("/x")
    if told:
        assert told in problem(found)
    else:
        assert isinstance(found, Fetched)
        assert found.body == PAGE


# Lies about the body: it is taken as it is, and what was said is told


@pytest.mark.parametrize(
    ("told", "kind", "charset"),
    [
        ("text/plain; charset=utf-16", "text/plain", "utf-16"),
        ("text/html;charset=no-such-thing", "text/html", "no-such-thing"),
        ("text/html; charset='\x1b[2J'", None, None),
        ("nonsense", None, None),
        ("", None, None),
    ],
)
def test_lying_headers(site: Site, get: Get, told: str, kind: str | None, charset: str | None) -> None:
    site.pages["/x"] = said(content_type=told)
    found = get("/x")
    assert isinstance(found, Fetched)
    assert (found.head.content_type, found.head.charset) == (kind, charset)
    assert found.body == PAGE


def test_a_body_longer_than_said_ends_where_it_was_said_to(site: Site, get: Get) -> None:
    site.pages["/x"] = said(PAGE + b"HTTP/1.1 200 OK\r\n\r\nmore", length=len(PAGE))
    found = get("/x")
    assert isinstance(found, Fetched)
    assert found.body == PAGE


STARTS = (
    said(), said(gzip.compress(PAGE), content_encoding="gzip"), said(zlib.compress(PAGE), content_encoding="deflate"),
    said(b"5\r\n<html\r\n0\r\n\r\n", content_length="", transfer_encoding="chunked"), moved("/b?c"),
    said(b"", "429 Busy", retry_after="3"), said(b"", "304 Same", etag='"x"', last_modified="x"), b"",
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(STARTS), st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=6)), max_size=6))
def test_any_bytes_are_a_page_or_an_error(start: bytes, changes: list[tuple[int, bytes]]) -> None:
    reply = bytearray(start)
    for at, part in changes:
        reply[at : at + len(part)] = part
    site = Served.site
    site.pages = {"/x": bytes(reply), "/b?c": said()}
    (found,) = fetch([site.url("/x")], replace(QUICK, read_timeout=2), time=Clock().time)
    assert isinstance(found, Fetched) or (found.problem.isprintable() and found.advice)


class Served:
    """One server for all examples."""

    site: Site


@pytest.fixture(autouse=True, scope="module")
def _served() -> Iterator[None]:
    with serving() as Served.site:
        yield
