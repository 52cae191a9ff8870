"""Links as inputs: what the server on this machine gives goes to the importer of its form."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tellings.errors import InputError
from tellings.fetching import Settings
from tellings.ingest import ingest
from tellings.records import Account

STORY = "The harbour council voted on Monday to close the old footbridge after a survey found rust in both bearings."
ANSWERS = {
    "/robots.txt": ("text/plain", b""),
    "/story": (
        "text/html",
        f"<html><body><article><p>{STORY}</p><p>{STORY} Again.</p></article></body></html>".encode(),
    ),
    "/plain": ("text/plain; charset=utf-8", f"{STORY} The ferry goes on.".encode()),
    "/feed": (
        "application/rss+xml",
        f"<rss version='2.0'><channel><title>Harbour Echo</title><item><title>Bridge shut</title><description>{STORY} "
        f"More is to follow.</description><link>http://echo.example/1</link></item></channel></rss>".encode(),
    ),
}


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind, body = ANSWERS.get(self.path, ("", b""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    made = HTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


def taken(*links: str) -> list[Account | InputError]:
    return list(ingest(links, fetching=Settings(allow_loopback=True, delay=0.0)))


def test_what_a_link_leads_to_is_read_by_its_form_and_stands_in_order(server: str):
    page, missing, plain, item = taken(f"{server}/story", f"{server}/nothing", f"{server}/plain", f"{server}/feed")
    assert isinstance(page, Account)
    assert (page.kind, page.url) == ("article", f"{server}/story")
    assert isinstance(missing, InputError)
    assert isinstance(plain, Account)
    assert plain.text.endswith("The ferry goes on.")
    assert isinstance(item, Account)
    assert (item.title, item.outlet, item.url) == ("Bridge shut", "Harbour Echo", "http://echo.example/1")


def test_this_machine_is_not_fetched_from_unless_a_test_says_so(server: str):
    (refused,) = ingest([f"{server}/story"])
    assert isinstance(refused, InputError)


def test_without_a_link_nothing_of_fetching_is_loaded():
    asked = (
        "import sys, tellings.ingest as i; list(i.ingest(['nothing.txt'])); print('tellings.fetching' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
