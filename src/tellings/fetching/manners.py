"""How a host is treated: one request at a time, with waits between, and only what its robots.txt allows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version

from tellings.fetching.addresses import Address, Resolve, addresses_of
from tellings.fetching.links import Link, follow
from tellings.fetching.records import Allowance, Refusal, Settings, Time, Trouble
from tellings.fetching.robots import LONGEST, Robots, parse_robots
from tellings.fetching.wire import Answer, Wanted, ask

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_LATER = "try again later"


def agent_line(settings: Settings) -> str:
    """Return the User-Agent: who asks, and why."""
    try:
        number = version("tellings")
    except PackageNotFoundError:
        number = "0"
    return f"{settings.agent}/{number} (fetches pages that its user names; keeps to robots.txt)"


@dataclass(slots=True)
class Hosts:
    """What is known of the hosts of one run: their addresses, their rules, and when each was last asked.

    A host's addresses are asked for once and then kept to.
    """

    settings: Settings
    time: Time
    resolve: Resolve
    _addresses: dict[tuple[str, int], tuple[Address, ...]] = field(default_factory=dict)
    _robots: dict[str, Robots | Refusal] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)
    _visited: set[str] = field(default_factory=set)

    def ask_page(self, link: Link, headers: Mapping[str, str], allowance: Allowance, wanted: Wanted) -> Answer:
        """Ask for a page that robots.txt allows; once more where the host is busy and says for how long.

        Raises Refusal where it may not be asked for, and as `wire.ask` does.
        """
        self.addresses(link, allowance)
        robots = self.robots(link)
        if not robots.allows(link.target):
            raise Refusal("its host's robots.txt asks programs to leave it alone", "save it from a browser")
        gap = robots.delay if link.host in self._visited else 0.0
        self._visited.add(link.host)
        answer = self._ask(link, headers, self.settings, allowance, wanted, gap)
        if answer.status in _BUSY and "retry-after" in answer.headers:
            self.time.sleep(self._pause(answer.headers["retry-after"]))
            answer = self._ask(link, headers, self.settings, allowance, wanted, robots.delay)
        return answer

    def addresses(self, link: Link, allowance: Allowance) -> tuple[Address, ...]:
        """Return the addresses of a link's host. Raises Refusal where one is not public, or there is none."""
        key = (link.host, link.port)
        if key not in self._addresses:
            started = self.time.tick()
            seconds = min(allowance.seconds, self.settings.connect_timeout)
            local = self.settings.allow_loopback
            self._addresses[key] = addresses_of(*key, resolve=self.resolve, seconds=seconds, allow_loopback=local)
            allowance.seconds -= max(self.time.tick() - started, 0.0)
        return self._addresses[key]

    def robots(self, link: Link) -> Robots:
        """Return the rules of a link's host, asked for once. Raises Refusal where they cannot be had."""
        if link.origin not in self._robots:
            try:
                self._robots[link.origin] = self._read_robots(link)
            except Refusal as problem:
                told = f"its host's robots.txt cannot be read, so nothing else is asked of it: {problem.problem}"
                self._robots[link.origin] = Trouble(told, problem.advice)
        found = self._robots[link.origin]
        if isinstance(found, Refusal):
            raise Trouble(found.problem, found.advice)
        return found

    def _read_robots(self, link: Link) -> Robots:
        """RFC 9309, 2.3.1: what is not there allows all, what cannot be had for now allows nothing."""
        at = Link(link.scheme, link.host, link.port, "/robots.txt")
        allowance = Allowance(self.settings.robots_time)
        for _ in range(self.settings.redirects + 1):
            answer = self._ask(at, {}, self.settings, allowance, _is_ok, 0.0)
            if answer.status not in REDIRECTS or "location" not in answer.headers:
                break
            at = follow(at, answer.headers["location"], allow_local=self.settings.allow_loopback)
        if _is_ok(answer.status, answer.headers):
            return parse_robots(answer.body[:LONGEST], self.settings.agent)
        if answer.status >= 500 or answer.status == 429:
            raise Trouble(f"it answers with status {answer.status}", _LATER)
        return Robots()

    def _ask(  # noqa: PLR0913 - a request, what bounds it, and the wait before it
        self,
        link: Link,
        headers: Mapping[str, str],
        settings: Settings,
        allowance: Allowance,
        wanted: Wanted,
        gap: float,
    ) -> Answer:
        addresses = self.addresses(link, allowance)
        gap = max(settings.delay, min(gap, settings.longest_delay))
        last = self._asked.get(link.host)
        if last is not None and (wait := last + gap - self.time.tick()) > 0:
            self.time.sleep(wait)
        try:
            agent = {"User-Agent": agent_line(settings)}
            return ask(link, addresses, {**agent, **headers}, settings, allowance, wanted)
        finally:
            self._asked[link.host] = self.time.tick()

    def _pause(self, value: str) -> float:
        """Return the seconds a Retry-After asks for (RFC 9110, 10.2.3). Raises Trouble where they are too many."""
        seconds = retry_seconds(value, self.time.now())
        if seconds is None or seconds > self.settings.longest_delay:
            told = "" if seconds is None else f" in {seconds:.0f} seconds"
            raise Trouble(f"its host is busy and asks to come back later{told}", _LATER, seconds)
        return seconds


def retry_seconds(value: str, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header stands for, None where it cannot be read."""
    if re.fullmatch(r"[0-9]{1,9}", value):
        return float(value)
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max((date - now).total_seconds(), 0.0)


def _is_ok(status: int, _headers: Mapping[str, str]) -> bool:
    return status == 200
