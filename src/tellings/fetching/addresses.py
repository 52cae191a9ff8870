"""Which addresses may be spoken to, and the addresses of a host: asked for once, checked, and then kept to."""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Sequence

from tellings.fetching.records import Refusal, Trouble

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
"""From a host and a port to its addresses, as text; raises OSError where there are none."""

MOST_ADDRESSES = 8
"""So many addresses of a host are looked at; the first of them that answers is spoken to."""

# What no public host has (IANA special-purpose address registries, RFC 6890 and its updates). They are listed, as what
# `ipaddress` calls global has changed between versions of Python; both must find an address public.
_SPECIAL_4 = tuple(
    ipaddress.IPv4Network(net)
    for net in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_UNICAST_6 = ipaddress.IPv6Network("2000::/3")
_SPECIAL_6 = tuple(
    ipaddress.IPv6Network(net)
    for net in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "3ffe::/16")
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NUMBER = re.compile(r"(?:\d+|0[xX][0-9a-fA-F]*)", re.ASCII)
_ELSEWHERE = "name a page that anybody can reach"


def is_public(address: Address) -> bool:
    """Say whether an address is one of a public host.

    An IPv4 address inside an IPv6 one (mapped, or of NAT64) is judged by itself; tunnels (6to4, Teredo) are refused.
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        listed = address in _UNICAST_6 and not address.scope_id and not any(address in net for net in _SPECIAL_6)
    else:
        listed = not any(address in net for net in _SPECIAL_4)
    return listed and address.is_global and not address.is_multicast and not address.is_reserved


def is_loopback(address: Address) -> bool:
    """Say whether an address is this machine's own; an IPv4 one inside an IPv6 one is not taken for that."""
    return address.is_loopback


def literal(host: str) -> Address | None:
    """Return the address that a host is written as, None for a name.

    Raises Refusal for a number that programs read as an address but that is not written as one: in decimal
    (2130706433), octal (0177.0.0.1), hexadecimal (0x7f.1), or with parts left out (WHATWG URL, "ends in a number").
    """
    if ":" in host:
        try:
            found = ipaddress.IPv6Address(host)
        except ValueError:
            found = None
        if found is None or found.scope_id:
            raise Refusal("has an address in it that is none", "check the link")
        return found
    if not _NUMBER.fullmatch(host.rpartition(".")[2]):
        return None
    try:
        return ipaddress.IPv4Address(host)
    except ValueError:
        raise Refusal("has a number for a host that is no plain address", "name the host by its name") from None


def system_resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system for the addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


def addresses_of(
    host: str, port: int, *, resolve: Resolve, seconds: float, allow_loopback: bool
) -> tuple[Address, ...]:
    """Return the addresses of a host, each checked; where one may not be spoken to, none is.

    Raises Refusal for an address that is not public, Trouble where the name has none or the answer takes too long.
    """
    written = literal(host)
    found = (written,) if written else _resolved(host, port, resolve, seconds)
    for address in found:
        if not is_public(address) and not (allow_loopback and is_loopback(address)):
            what = "is an address" if written else "has an address"
            raise Refusal(f"its host {what} that is not public, so nothing is asked of it", _ELSEWHERE)
    return found


def _resolved(host: str, port: int, resolve: Resolve, seconds: float) -> tuple[Address, ...]:
    """Ask in a thread: the system's own call can be given no limit of time."""
    told: list[Sequence[str] | None] = []

    def ask() -> None:
        try:
            told.append(resolve(host, port))
        except (OSError, ValueError):  # UnicodeError, a ValueError, is what a label over 63 letters gives
            told.append(None)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(max(seconds, 0.0))
    if not told:
        raise Trouble("the name of its host was not found in time", "try again later")
    try:
        found = tuple(dict.fromkeys(ipaddress.ip_address(one) for one in told[0] or ()))
    except ValueError:
        found = ()
    if not found:
        raise Trouble("no host of that name is known", "check the link, and whether this machine is online")
    return found[:MOST_ADDRESSES]
