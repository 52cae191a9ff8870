"""How the server is set up; nothing but data, and the rules of what may be served to whom."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tellings.errors import ServingError

if TYPE_CHECKING:
    from tellings.fetching import Settings as Fetching

Right = Literal["read", "write"]

MB = 1024 * 1024
_SHORTEST = 20
"""Characters of a token: fewer could be guessed by trying."""
_OWN_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens that let somebody read, and those that let somebody write, too."""

    read: tuple[str, ...]
    write: tuple[str, ...]

    def right_of(self, token: str) -> Right | None:
        """What a token lets its bearer do; every known one is compared, so that time tells nothing."""
        given = token.encode("utf-8", "surrogateescape")
        may_write = [hmac.compare_digest(given, one.encode()) for one in self.write]
        may_read = [hmac.compare_digest(given, one.encode()) for one in self.read]
        return "write" if any(may_write) else "read" if any(may_read) else None


@dataclass(frozen=True, slots=True)
class Settings:
    """What is served and how.

    `library` is a path or a URL; `hosts` are the names by which the server may be asked (a request that names another
    host is refused: DNS rebinding). Without `tokens` everybody who reaches it may read and write. `upload` is the most
    bytes of a request, `most` the most accounts in one comparison, `time` the most seconds of one piece of work,
    `waiting` how much work may wait. `cache` is a folder for comparisons, None for memory alone. `fetching` says how
    links are fetched, None for the usual way.
    """

    library: str
    hosts: frozenset[str] = _OWN_NAMES
    tokens: Tokens | None = None
    upload: int = 20 * MB
    most: int = 100
    time: float = 300.0
    waiting: int = 32
    cache: Path | None = None
    fetching: Fetching | None = field(default=None)


def is_loopback(host: str) -> bool:
    """Whether an address to listen at can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def hosts_of(host: str, names: tuple[str, ...] = ()) -> frozenset[str]:
    """The names by which a server at an address may be asked: its own, those of this machine, and those given."""
    own = f"[{host}]" if ":" in host else host
    return _OWN_NAMES | {own.lower(), *(name.lower() for name in names)}


def tokens_in(path: Path) -> Tokens:
    """The tokens of a file: lines of `read TOKEN` or `write TOKEN`; empty lines and those with # first mean nothing.

    Raises:
        ServingError: for a file that cannot be read, a line that is none of these, a short token, or no write token.

    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ServingError(str(path), "cannot be read", "name a text file of tokens") from error
    found: dict[str, list[str]] = {"read": [], "write": []}
    for number, line in enumerate(lines, 1):
        parts = line.split()
        if not parts or parts[0].startswith("#"):
            continue
        if len(parts) != 2 or parts[0] not in found or not parts[1].isascii():
            raise ServingError(f"{path}:{number}", "is no line of a token", "write `read TOKEN` or `write TOKEN`")
        if len(parts[1]) < _SHORTEST:
            advice = f"use {_SHORTEST} characters or more, made by chance"
            raise ServingError(f"{path}:{number}", "is a token that could be guessed", advice)
        found[parts[0]].append(parts[1])
    if not found["read"] or not found["write"]:
        raise ServingError(str(path), "has not both a read and a write token", "add a line for each")
    return Tokens(tuple(found["read"]), tuple(found["write"]))
