"""Links named by the user, fetched politely and safely. Nothing else opens a socket to fetch an account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tellings.errors import InputError
from tellings.fetching.addresses import Resolve, system_resolve
from tellings.fetching.inputs import as_input
from tellings.fetching.kept import usual_folder
from tellings.fetching.records import Fetched, Head, Refusal, Settings, Time
from tellings.ingest.files import is_link

__all__ = ["Fetched", "Head", "Settings", "Time", "as_input", "fetch", "is_link", "usual_folder"]

_LONGEST_SHOWN = 200


def fetch(
    links: Iterable[str],
    settings: Settings | None = None,
    *,
    time: Time | None = None,
    resolve: Resolve = system_resolve,
) -> Iterator[Fetched | InputError]:
    """Yield what each link leads to, in the order named; only what is named is fetched, and what it redirects to.

    A link that is not fetched is yielded as an InputError value in its place, and stops no other: one that is no
    http or https link, or was named before; whose host, or that of a redirect, is not public, has a robots.txt that
    forbids it, fails, or is too slow; whose body is too large, empty or broken; and a page that plainly is a cookie
    wall, a log-in, or a script that has yet to make the page. Nothing runs before the first item is asked for.
    `time` and `resolve` are the clock and the way from names to addresses.
    """
    from tellings.fetching.kept import Kept
    from tellings.fetching.manners import Hosts
    from tellings.fetching.visit import Visitor

    settings = settings or Settings()
    hosts = Hosts(settings, time or Time(), resolve)
    visitor = Visitor(hosts, Kept(settings.cache, settings.limit) if settings.cache else None)
    named: set[str] = set()
    for link in links:
        plain = link.partition("#")[0]
        if plain in named:
            yield InputError(_shown(link), "is named twice", "leave one of them out")
            continue
        named.add(plain)
        try:
            yield visitor.visit(link)
        except Refusal as problem:
            yield InputError(_shown(link), problem.problem, problem.advice)


def _shown(link: str) -> str:
    """Return a link as it can be shown: on one line, not too long, without a password."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in link)
    scheme, mark, rest = plain.partition("://")
    authority, slash, path = rest.partition("/")
    if mark and "@" in authority:
        plain = f"{scheme}{mark}…@{authority.rpartition('@')[2]}{slash}{path}"
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[: _LONGEST_SHOWN - 1]}…"
