"""A web server on this machine that says what a test has it say, down to the byte, and remembers what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tellings.fetching import Time

Send = Callable[[bytes], object]
Reply = Callable[["Asked"], bytes] | Callable[["Asked", Send], None]

PAGE = (
    b"<!doctype html><html><head><title>Roof of the Harbour Hall falls in</title></head><body><article>"
    b"<h1>Roof of the Harbour Hall falls in</h1><p>The roof of the Harbour Hall in Norderby fell in on Tuesday night "
    b"after two days of snow, the fire brigade said. Nobody was in the hall, and nobody was hurt.</p><p>The hall had "
    b"been shut since Monday, as an engineer had found a crack in one of its beams.</p></article></body></html>"
)


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]


@dataclass
class Site:
    """What the server says: bytes of whole responses by path, or functions that make or send them."""

    port: int
    pages: dict[str, bytes | Reply] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.asked]


@dataclass
class Clock:
    """A clock that goes on only by sleeping."""

    at: float = 100.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.at += seconds

    @property
    def time(self) -> Time:
        start = datetime(2026, 3, 2, 12, tzinfo=UTC)
        return Time(lambda: start + timedelta(seconds=self.at - 100), lambda: self.at, self.sleep)


def said(body: bytes = PAGE, status: str = "200 OK", *, length: int | None = None, **headers: str) -> bytes:
    """A whole response; `content_type="text/plain"` is a header."""
    told = {"content_type": "text/html", "content_length": str(len(body) if length is None else length)} | headers
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in told.items() if value)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body


def moved(to: str, status: str = "302 Found") -> bytes:
    return said(b"", status, location=to)


def slowly(parts: list[bytes], pause: float) -> Callable[[Asked, Send], None]:
    def send_all(_asked: Asked, send: Send) -> None:
        for part in parts:
            send(part)
            time.sleep(pause)

    return send_all


def for_ever(start: bytes, again: bytes, pause: float = 0.0) -> Callable[[Asked, Send], None]:
    def send_all(_asked: Asked, send: Send) -> None:
        send(start)
        while True:
            send(again)
            time.sleep(pause)

    return send_all


def _answer(site: Site, asked: Asked, send: Send) -> None:
    page = site.pages.get(asked.path)
    if page is None:
        send(said(b"no", "404 Not Found"))
    elif isinstance(page, bytes):
        send(page)
    elif page.__code__.co_argcount == 1:  # type: ignore[union-attr]
        send(page(asked))  # type: ignore[call-arg, arg-type]
    else:
        page(asked, send)  # type: ignore[call-arg]


@contextmanager
def serving() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
            site.asked.append(asked)

            def send(data: bytes) -> None:
                if site.stopped.is_set():
                    raise ConnectionAbortedError
                self.wfile.write(data)

            with suppress(OSError):
                _answer(site, asked, send)
            self.close_connection = True

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()
