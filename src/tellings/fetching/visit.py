"""One link, from what the user named to its page: redirects, what is kept, and what the statuses mean."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from tellings.fetching.kept import Entry, Kept
from tellings.fetching.links import Link, follow, parse_link
from tellings.fetching.manners import REDIRECTS, Hosts
from tellings.fetching.records import Allowance, Fetched, Head, Refusal, Trouble
from tellings.fetching.walls import look

GOOD = frozenset({200, 203})
_BROWSER = "open it in a browser, save the page as .html and give that"
_STATUS = {
    401: ("wants a log-in", _BROWSER),
    402: ("wants to be paid", _BROWSER),
    403: ("refuses programs", _BROWSER),
    404: ("is not there", "check the link"),
    407: ("wants a log-in", _BROWSER),
    410: ("is no longer there", "look for it in a web archive"),
    429: ("is asked too often", "try again later"),
    451: ("is kept back for legal reasons", "look for another account"),
}
_TYPE = re.compile(r"\s*([\w.+-]{1,60}/[\w.+-]{1,80})", re.ASCII)
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]{1,40})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who fetches one link after the other; `kept` is None where nothing is kept."""

    hosts: Hosts
    kept: Kept | None

    def visit(self, asked: str) -> Fetched:
        """Return what a link leads to. Raises Refusal where that is nothing to read."""
        local = self.hosts.settings.allow_loopback
        link = parse_link(asked, allow_local=local)
        allowance = Allowance(self.hosts.settings.total_time)
        seen: list[str] = []
        while True:
            seen.append(link.url)
            try:
                found = self._page(asked, link, allowance)
            except Refusal as problem:
                if len(seen) == 1:
                    raise
                raise type(problem)(f"leads on to {_short(link.url)}: {problem.problem}", problem.advice) from None
            if isinstance(found, Fetched):
                return found
            link = self._next(link, found, seen)

    def _next(self, link: Link, location: str, seen: list[str]) -> Link:
        """Return the link that a redirect leads to. Raises Refusal for a loop, or one too many."""
        most = self.hosts.settings.redirects
        try:
            target = follow(link, location, allow_local=self.hosts.settings.allow_loopback)
        except Refusal as problem:
            raise Refusal(f"leads on to a link that {problem.problem}", problem.advice) from None
        if target.url in seen:
            loop = " -> ".join(_short(url) for url in (*seen[seen.index(target.url) :], target.url))
            raise Refusal(f"leads in a circle ({loop})", "name the page that it should lead to")
        if len(seen) > most:
            raise Refusal(f"leads on more than {most} times", "name the page that it should lead to")
        return target

    def _page(self, asked: str, link: Link, allowance: Allowance) -> Fetched | str:
        """Return a page, or where it leads on to."""
        known = self.kept.find(link.url) if self.kept else None
        answer = self.hosts.ask_page(link, _conditions(known), allowance, _is_read)
        if answer.status in REDIRECTS:
            if "location" not in answer.headers:
                raise Trouble("leads on to nowhere", "check the link")
            return answer.headers["location"]
        now = self.hosts.time.now()
        if answer.status == 304 and known:
            entry, body = known
            notes = look(entry.head, body)
            return Fetched(asked, link.url, entry.status, entry.head, body, entry.sha256, now, True, notes)
        if answer.status not in GOOD:
            raise bad_status(answer.status)
        if not answer.body.strip():
            raise Trouble("is empty", "check the link")
        head, sha256 = head_of(answer.headers), hashlib.sha256(answer.body).hexdigest()
        notes = look(head, answer.body)
        if self.kept and not _is_secret(answer.headers):
            self.kept.keep(Entry(link.url, answer.status, head, sha256), answer.body)
        return Fetched(asked, link.url, answer.status, head, answer.body, sha256, now, notes=notes)


def head_of(headers: Mapping[str, str]) -> Head:
    """Return the headers that matter; what is not printable ASCII is left out."""
    plain = {name: value for name, value in headers.items() if value.isascii() and value.isprintable()}
    told = plain.get("content-type", "")
    kind, charset = _TYPE.match(told), _CHARSET.search(told)
    return Head(
        content_type=kind[1].lower() if kind else None,
        charset=charset[1].lower() if charset else None,
        date=plain.get("date"),
        last_modified=plain.get("last-modified"),
        etag=plain.get("etag"),
    )


def _is_read(status: int, _headers: Mapping[str, str]) -> bool:
    return status in GOOD


def _conditions(known: tuple[Entry, bytes] | None) -> dict[str, str]:
    """Return the headers that ask for a page only where it is no longer the kept one (RFC 9110, 13)."""
    if known is None:
        return {}
    head = known[0].head
    told = {"If-None-Match": head.etag, "If-Modified-Since": head.last_modified}
    return {name: value for name, value in told.items() if value}


def _is_secret(headers: Mapping[str, str]) -> bool:
    return "no-store" in headers.get("cache-control", "").lower()


def bad_status(status: int) -> Refusal:
    """What a status other than a good one means."""
    if status in _STATUS:
        problem, advice = _STATUS[status]
        return Refusal(f"{problem} (status {status})", advice)
    if 500 <= status < 600:
        return Trouble(f"its host has a fault (status {status})", "try again later")
    try:
        phrase = HTTPStatus(status).phrase.lower()
    except ValueError:
        phrase = "a status of its own"
    return Refusal(f"is answered with status {status}, {phrase}", "check the link")


def _short(url: str) -> str:
    return url if len(url) <= 120 else f"{url[:119]}…"
