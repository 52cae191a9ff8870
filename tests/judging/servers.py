"""A chat server on this machine that says what a test has it say, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[["Asked"], "Said"]


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def pairs(self) -> list[dict[str, Any]]:
        """The pairs of the message, each from its own line."""
        return [json.loads(line) for line in self.json["messages"][1]["content"].split("\n")]


@dataclass(frozen=True)
class Said:
    """One response; it comes in `parts` with `pause` seconds before each."""

    parts: tuple[bytes, ...]
    status: int = 200
    pause: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Server:
    url: str
    asked: list[Asked]

    @property
    def chats(self) -> list[Asked]:
        return [one for one in self.asked if one.method == "POST"]


def chat(text: str) -> Said:
    """A completion as servers write it, with fields nobody asked for."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return Said((json.dumps({"id": "x", "object": "chat.completion", "choices": [choice]}).encode(),))


def models(*names: str) -> Said:
    return Said((json.dumps({"object": "list", "data": [{"id": name, "object": "model"} for name in names]}).encode(),))


def all_of(word: str) -> Reply:
    """A server that has one word for every pair."""

    def reply(asked: Asked) -> Said:
        if asked.method == "GET":
            return models("tiny")
        return chat("\n".join(f"{pair['pair']} {word}" for pair in asked.pairs))

    return reply


def saying(text: str) -> Reply:
    return lambda asked: models("tiny") if asked.method == "GET" else chat(text)


@contextmanager
def serving(reply: Reply) -> Iterator[Server]:
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked.append(Asked(self.command, self.path, dict(self.headers), body))
            said = reply(asked[-1])
            try:
                self.send_response(said.status)
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for part in said.parts:
                    time.sleep(said.pause)
                    self.wfile.write(part)
                    self.wfile.flush()
            except OSError:  # whoever asked has gone
                return

        do_GET = do_POST = answer  # noqa: N815 - the names http.server calls

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_address[1]}", asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
