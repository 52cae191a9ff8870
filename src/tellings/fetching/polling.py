"""A feed or a page asked for again and again: only if it is another than the one known, and where it has moved to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tellings.fetching.links import Link, follow, parse_link
from tellings.fetching.manners import REDIRECTS, Hosts
from tellings.fetching.records import Allowance, Fetched, Refusal, Trouble
from tellings.fetching.visit import GOOD, bad_status, head_of
from tellings.fetching.walls import look
from tellings.fetching.wire import Answer

_LASTING = frozenset({301, 308})
_GONE = 410

Answered = Literal["new", "same", "gone", "later", "refused"]


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of asking once.

    `new` has `fetched`; `same` says that what is known still stands, `gone` that it is taken away for good; `later`
    that something fails that may not fail later (in `wait` seconds, where the host says so), `refused` that asking
    again is of no use by itself. `moved` is where permanent redirects lead.
    """

    kind: Answered
    when: datetime
    fetched: Fetched | None = None
    moved: str | None = None
    problem: str | None = None
    wait: float | None = None


def poll(hosts: Hosts, url: str, *, etag: str | None, modified: str | None, page: bool) -> Polled:
    """Ask for a link, with the validators (RFC 9110, 13) that came with what is known of it.

    `page` says that an article is wanted: cookie walls and log-ins are refused then. Nothing is kept on disk.
    """
    conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
    try:
        return _poll(hosts, url, {name: value for name, value in conditions.items() if value}, page=page)
    except Trouble as problem:
        return Polled("later", hosts.time.now(), problem=problem.problem, wait=problem.wait)
    except Refusal as problem:
        return Polled("refused", hosts.time.now(), problem=problem.problem)


def _poll(hosts: Hosts, url: str, conditions: Mapping[str, str], *, page: bool) -> Polled:
    local = hosts.settings.allow_loopback
    link = parse_link(url, allow_local=local)
    allowance = Allowance(hosts.settings.total_time)
    lasting = True
    for count in range(hosts.settings.redirects + 1):
        answer = hosts.ask_page(link, conditions, allowance, _is_read)
        if answer.status not in REDIRECTS or "location" not in answer.headers:
            return _answered(hosts, url, link, answer, moved=count > 0 and lasting, page=page)
        lasting = lasting and answer.status in _LASTING
        link = follow(link, answer.headers["location"], allow_local=local)
    raise Refusal(f"leads on more than {hosts.settings.redirects} times", "name the page that it should lead to")


def _answered(  # noqa: PLR0913 - what was asked, and what came
    hosts: Hosts, url: str, link: Link, answer: Answer, *, moved: bool, page: bool
) -> Polled:
    now, to = hosts.time.now(), link.url if moved else None
    if answer.status == 304:
        return Polled("same", now, moved=to)
    if answer.status == _GONE:
        return Polled("gone", now, problem=bad_status(_GONE).problem)
    if answer.status not in GOOD:
        problem = bad_status(answer.status)
        raise Trouble(problem.problem, problem.advice) if answer.status == 429 else problem
    if not answer.body.strip():
        raise Trouble("is empty", "check the link")
    head = head_of(answer.headers)
    notes = look(head, answer.body) if page else ()
    digest = hashlib.sha256(answer.body).hexdigest()
    fetched = Fetched(url, link.url, answer.status, head, answer.body, digest, now, notes=notes)
    return Polled("new", now, fetched, to)


def _is_read(status: int, _headers: Mapping[str, str]) -> bool:
    return status in GOOD
