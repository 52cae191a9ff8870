"""Links: which names are some, and their parts, checked before anything is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from tellings.fetching.addresses import literal
from tellings.fetching.records import Refusal

LONGEST = 4096
"""Characters of a link; browsers and servers take about as many."""
_PORTS = {"http": 80, "https": 443}
# Ports on which other things than web servers listen, which a request could be mistaken by (WHATWG Fetch, "bad port").
_BAD_PORTS = frozenset({
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
    110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
    532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060,
    5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
})  # fmt: skip
# Names that by their ending are never public (RFC 6761, 6762, 8375, and what ICANN keeps for private use).
_LOCAL = frozenset({"localhost", "localdomain", "local", "internal", "arpa", "onion", "test", "invalid"})
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
_BRACKETS = re.compile(r"\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\](?::[0-9]*)?")
_KEPT = "%/:=&?~+!$,;'@()*[]|"
_CHECK = "check the link"


@dataclass(frozen=True, slots=True)
class Link:
    """The parts of a link: `host` in ASCII and lower case, `target` is its path and query, percent-encoded."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host, with a port other than the scheme's own: what the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """The link without path and query."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The link written out in one way; it has no fragment."""
        return self.origin + self.target


def parse_link(text: str, *, allow_local: bool = False) -> Link:
    """Return the parts of a link.

    Raises Refusal where it is no http or https link, has a name or password in it, or a host that cannot be a public
    one by how it is written. `allow_local` lets names such as localhost pass.
    """
    if len(text) > LONGEST:
        raise Refusal(f"is longer than {LONGEST} characters", _CHECK)
    if "\\" in text or any(letter.isspace() or not letter.isprintable() for letter in text):
        raise Refusal("has spaces, line ends or backslashes in it", _CHECK)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Refusal("is no link that can be read", _CHECK) from None
    if parts.scheme not in _PORTS:
        raise Refusal("is no http or https link", "name a web page, or save it and name the file")
    if "@" in parts.netloc:
        raise Refusal("has a name or password in it", "name it without; nothing is fetched with a log-in")
    if ("[" in parts.netloc or "]" in parts.netloc) and not _BRACKETS.fullmatch(parts.netloc):
        raise Refusal("has an address in it that is none", _CHECK)
    port = _PORTS[parts.scheme] if port is None else port
    if port in _BAD_PORTS:
        raise Refusal("has a port on which no web server listens", _CHECK)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Link(parts.scheme, _host(host, allow_local=allow_local), port, quote(target, safe=_KEPT))


def follow(link: Link, location: str, *, allow_local: bool = False) -> Link:
    """Return where a redirect leads. `location` is the header's value, its bytes as Latin-1.

    Raises Refusal as `parse_link` does, and for one from https to http.
    """
    try:
        told = location.strip().encode("latin-1").decode("utf-8")
    except UnicodeError:
        told = location.strip()
    told = told.replace(" ", "%20")
    try:
        joined = urljoin(link.url, told)
    except ValueError:
        raise Refusal("is no link that can be read", _CHECK) from None
    target = parse_link(joined, allow_local=allow_local)
    if link.scheme == "https" and target.scheme == "http":
        raise Refusal("leaves https for http", "name that page itself, if it is to be trusted")
    return target


def _host(host: str, *, allow_local: bool) -> str:
    """Return a host in ASCII, lower case and without a final dot; full-width digits and such become plain ones."""
    if ":" in host:
        found = literal(host)
        return str(found)
    try:
        plain = host.encode("idna").decode("ascii").lower() if not host.isascii() else host.lower()
    except UnicodeError:
        plain = ""
    plain = plain.removesuffix(".")
    labels = plain.split(".")
    if len(plain) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Refusal("has no host that can be asked", _CHECK)
    if not allow_local and labels[-1] in _LOCAL:
        raise Refusal("its host is one of this machine or its network", "name a page that anybody can reach")
    literal(plain)
    return plain
