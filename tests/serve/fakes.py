"""Work done in a thread of this process, a comparison made by hand, and a server on loopback."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import numpy as np

from tellings.errors import InputError
from tellings.records import Account, Appearance, Claim, Comparison, InputFile, Manifest, Origin
from tellings.serve.jobs import Compared, page_parts
from tellings.serve.work import Tell, untold
from tellings.show import render_page, to_json

WIRE = """\
Two warehouses burned down in Brackhaven harbour on Tuesday night, and nine people were hurt.

Fire chief Lind said: “We saw no alarm.” The harbour was open again on Wednesday morning."""
ECHO = """\
Two warehouses in the harbour are gone since Tuesday night; fourteen people were hurt.

Lind said: “The alarm never rang.” A night watchman carried a colleague out of the smoke."""
STORY: tuple[dict[str, str], ...] = (
    {"text": WIRE, "title": "Harbour fire", "outlet": "The Wire", "published": "2026-03-11T07:10"},
    {
        "text": ECHO, "title": "Fourteen hurt in fire", "outlet": "Brackhaven Echo", "author": "Lou Tamm",
        "published": "2026-03-11T16:05", "url": "https://echo.example/fire",
    },
)  # fmt: skip


class Here:
    """Work in a thread beside, one piece at a time."""

    def __init__(self) -> None:
        self._line = ThreadPoolExecutor(1)

    def submit(self, job: Callable[..., Any], *given: object, tell: Tell = untold) -> Future[Any]:
        return self._line.submit(job, *given, tell=tell)

    def close(self) -> None:
        self._line.shutdown(wait=True)


def compared_by_hand(accounts: Sequence[Account], *, tell: Tell = untold) -> Compared:
    """A comparison in which all accounts agree in their first lines and each tells its last one alone."""
    for number in range(len(accounts)):
        tell("reading", number, len(accounts))
    if any("stumble" in one.text for one in accounts):
        raise InputError(accounts[0].original.path, "makes the reader stumble", "leave it out")
    firsts = tuple(_told(one, 0) for one in accounts)
    shared = Claim("c0", "agreed", 0.9, firsts, (), (Origin("own", "own reporting", None, tuple(range(len(firsts)))),))
    alone = tuple(
        Claim(f"c{n}", "single", 1.0, (_told(one, -1),), (), (Origin(f"own{n}", "own reporting", None, (0,)),))
        for n, one in enumerate(accounts, 1)
    )
    inputs = tuple(InputFile(one.original.path, one.sha256) for one in accounts)
    made = Comparison(
        tuple(accounts), (shared, *alone), (), (), (), (), (), (), (), Manifest("0", "by hand", inputs, (), ("claims",))
    )
    return Compared(to_json(made).encode(), **page_parts(render_page(made)))


def _told(account: Account, line: int) -> Appearance:
    words = [one for one in account.text.splitlines() if one.strip()][line]
    start = account.text.index(words)
    return Appearance(account.id, start, start + len(words), words, (), "event", "affirmed", "certain")


def any_vector(words: str, *, tell: Tell = untold) -> np.ndarray[Any, np.dtype[np.float32]]:  # noqa: ARG001 - as the job it stands for
    """A vector of unit length."""
    return np.full(384, 384**-0.5, dtype=np.float32)


@contextmanager
def listening(app: Any) -> Iterator[str]:
    """An application on a free port of loopback; gives its address."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", server_header=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)
