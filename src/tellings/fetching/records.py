"""What is fetched, how, and what stops it; nothing but data."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tellings.records import Note

MB = 1024 * 1024


class Refusal(Exception):  # noqa: N818 - it tells what the fetching says, and becomes an InputError
    """Why a link is not fetched, and what to do, in plain words, without a full stop and without a server's words."""

    def __init__(self, problem: str, advice: str) -> None:
        super().__init__(problem, advice)
        self.problem = problem
        self.advice = advice


class Trouble(Refusal):
    """A refusal for now: the host or the way to it fails, and later it may not; in `wait` seconds where it says so."""

    def __init__(self, problem: str, advice: str, wait: float | None = None) -> None:
        super().__init__(problem, advice)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Settings:
    """How links are fetched; seconds and bytes.

    `delay` lies at least between two requests to one host; a longer `Crawl-delay` of the host is kept up to
    `longest_delay`, which also bounds the wait that a `Retry-After` may ask for. `total_time` is what all requests
    for one link may take together, waits between them left out; `robots_time` the same for one host's robots.txt.
    `limit` bounds a body after unpacking, `ratio` how many times larger than its packed form it may be. `cache` is
    a folder for what came, None for none. `allow_loopback` is for tests with a server on this machine.
    """

    agent: str = "Tellings"
    delay: float = 1.0
    longest_delay: float = 30.0
    connect_timeout: float = 10.0
    read_timeout: float = 15.0
    total_time: float = 60.0
    robots_time: float = 15.0
    limit: int = 10 * MB
    ratio: int = 200
    redirects: int = 5
    cache: Path | None = None
    allow_loopback: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """The clock: `now` dates what is fetched, `tick` (seconds from anywhere) and `sleep` keep the waits."""

    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    tick: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Allowance:
    """Seconds that are left for all requests of one link."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Head:
    """The response headers that matter, as printable ASCII; None for one that is missing or none of that.

    `content_type` is in lower case and without parameters; `charset` is what the header alone says. The dates are
    as the server wrote them, and say nothing of when an article was published.
    """

    content_type: str | None = None
    charset: str | None = None
    date: str | None = None
    last_modified: str | None = None
    etag: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came for one link.

    `asked` is the link as it was named, `url` where the redirects ended; `body` is unpacked, `sha256` is its digest.
    `when` (UTC) is when the server gave the body, or, with `from_cache`, when it last said that the kept one still
    stands.
    """

    asked: str
    url: str
    status: int
    head: Head
    body: bytes
    sha256: str
    when: datetime
    from_cache: bool = False
    notes: tuple[Note, ...] = ()
