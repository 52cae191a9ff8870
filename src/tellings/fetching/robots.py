"""What a host's robots.txt allows: the Robots Exclusion Protocol (RFC 9309), and Crawl-delay besides.

Linear in the length of the file, and for one path in the rules times its length, whatever the file says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

LONGEST = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, 2.5)."""
_LINE = re.compile(r"[ \t]*([A-Za-z][A-Za-z-]*)[ \t]*:[ \t]*([^#]*)")
_TOKEN = re.compile(r"[A-Za-z_-]+")
_SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]*)?")
_ENDS = re.compile(r"\r\n|\r|\n")
_SAFE = "/?:=&~+!$,;'@()*[]|"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: whether it allows, and its pattern in pieces between the stars; `to_end` where it had a `$`."""

    allows: bool
    pieces: tuple[str, ...]
    to_end: bool
    length: int

    def matches(self, path: str) -> bool:
        """Say whether a path begins as the pattern does; each piece is taken where it is first found."""
        first, *others = self.pieces
        if not path.startswith(first):
            return False
        if self.to_end and not others:
            return path == first
        at = len(first)
        for piece in others[:-1] if self.to_end else others:
            at = path.find(piece, at)
            if at < 0:
                return False
            at += len(piece)
        return not self.to_end or (len(path) - len(others[-1]) >= at and path.endswith(others[-1]))


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules for one agent, and the seconds it is to leave between two requests."""

    rules: tuple[Rule, ...] = ()
    delay: float = 0.0

    def allows(self, target: str) -> bool:
        """Say whether a path with its query may be asked for: the longest rule that matches wins, allow at a tie."""
        path = _normal(target)
        found = [(rule.length, rule.allows) for rule in self.rules if rule.matches(path)]
        return path == "/robots.txt" or not found or max(found)[1]


def parse_robots(data: bytes, agent: str) -> Robots:
    """Return what a robots.txt says for an agent: all groups that name it, else all for `*`."""
    lines = _ENDS.split(data[:LONGEST].decode("utf-8", "replace").removeprefix("\ufeff"))
    wanted = agent.lower()
    groups: dict[str, list[tuple[str, str]]] = {wanted: [], "*": []}
    named: set[str] = set()
    current: set[str] = set()
    open_group = False
    for line in lines:
        match = _LINE.match(line)
        key, value = (match[1].lower(), match[2].strip()) if match else ("", "")
        if key == "user-agent":
            current = current if open_group else set()
            open_group = True
            current |= {_agent(value)} & groups.keys()
            named |= current
        elif key in ("allow", "disallow", "crawl-delay"):
            open_group = False
            for one in current:
                groups[one].append((key, value))
    return _robots(groups[wanted if wanted in named else "*"])


def _agent(value: str) -> str:
    if value.startswith("*"):
        return "*"
    match = _TOKEN.match(value)
    return match[0].lower() if match else ""


def _robots(lines: list[tuple[str, str]]) -> Robots:
    rules = {_rule(key == "allow", value) for key, value in lines if key != "crawl-delay" and value[:1] in ("/", "*")}
    delays = [float(value) for key, value in lines if key == "crawl-delay" and _SECONDS.fullmatch(value)]
    ordered = sorted(rules, key=lambda rule: (rule.length, rule.pieces, rule.to_end, rule.allows))
    return Robots(tuple(ordered), max(delays, default=0.0))


def _rule(allows: bool, value: str) -> Rule:
    to_end = value.endswith("$")
    pattern = _normal(value.removesuffix("$"))
    return Rule(allows, tuple(re.sub(r"\*+", "*", pattern).split("*")), to_end, len(pattern) + to_end)


def _normal(path: str) -> str:
    """Write a path in one way, so that %7E and ~ are the same; what stands for a slash or a star stays as it is."""
    parts = re.split("(%2[fFaA])", path)
    return "".join(
        part.upper() if index % 2 else quote(unquote_to_bytes(part), safe=_SAFE) for index, part in enumerate(parts)
    )
