"""One request on a connection of its own: to an address that was checked, within limits of time and size.

The standard library's HTTP is given a socket that is connected already, so that the address spoken to is the one
checked, whatever the name resolves to a moment later; Host and TLS have the name. Proxies, cookies and passwords of
the environment are never used, as nothing here looks for them.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tellings.fetching.addresses import Address
from tellings.fetching.links import Link
from tellings.fetching.records import Allowance, Refusal, Settings, Trouble
from tellings.fetching.unpack import ACCEPTED, Unpacker

_ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.9, application/xml;q=0.8, */*;q=0.5"
_READ = 64 * 1024
_HEADERS = 256 * 1024  # what headers, chunk sizes and trailers may take on the wire besides a body
_TRIED = 4  # addresses of a host, one after the other
_LONGEST_VALUE = 4096
_MEDIA = {"image": "an image", "video": "a video", "audio": "a sound", "font": "a font"}
_LATER = "try again later"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; the names of headers are in lower case, the body is unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Wanted(Protocol):
    """Says by status and headers whether a body is read; it may raise Refusal."""

    def __call__(self, status: int, headers: Mapping[str, str], /) -> bool: ...  # noqa: D102


class _FloodError(Exception):
    """More came on the wire than any answer within the limits has."""


@dataclass(slots=True)
class _Clock:
    """The end of the allowance, and the seconds one read may take until then."""

    end: float
    read: float

    def left(self) -> float:
        left = min(self.end - time.monotonic(), self.read)
        if left <= 0:
            raise TimeoutError
        return left


class _Bytes(io.RawIOBase):
    """What comes from a socket: each read within the time that is left, all of them within `most` bytes."""

    def __init__(self, sock: socket.socket, clock: _Clock, most: int) -> None:
        super().__init__()
        self._sock, self._clock, self._most = sock, clock, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # any buffer will do
        self._sock.settimeout(self._clock.left())
        count = self._sock.recv_into(buffer)
        self._most -= count
        if self._most < 0:
            raise _FloodError
        return count


class _Socket:
    """The three things `http.client` does with a socket; it is closed by who opened it."""

    def __init__(self, sock: socket.socket, clock: _Clock, most: int) -> None:
        self._sock, self._clock, self._most = sock, clock, most

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._clock.left())
        self._sock.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Bytes(self._sock, self._clock, self._most), _READ)

    def close(self) -> None:
        return


def ask(  # noqa: PLR0913 - a request, and what bounds it
    link: Link,
    addresses: Sequence[Address],
    headers: Mapping[str, str],
    settings: Settings,
    allowance: Allowance,
    wanted: Wanted,
) -> Answer:
    """Ask for a link at one of its host's addresses, in this order; what it takes is taken off the allowance.

    Raises Refusal for a body over the limits, Trouble for a host that fails or is too slow.
    """
    started = time.monotonic()
    clock = _Clock(started + allowance.seconds, settings.read_timeout)
    try:
        with _connected(link, addresses, settings.connect_timeout, clock) as sock:
            return _exchange(link, sock, clock, headers, settings, wanted)
    except TimeoutError:
        raise Trouble("its host is too slow", _LATER) from None
    except ssl.SSLCertVerificationError:
        raise Refusal("its host cannot prove who it is (its certificate is not trusted)", "check the link") from None
    except ssl.SSLError:
        raise Trouble("no secure connection to its host can be made", "check the link") from None
    except _FloodError:
        raise Refusal("its host sends without end", "save the page from a browser and give that") from None
    except OSError:
        raise Trouble("the connection to its host fails", _LATER) from None
    except (http.client.HTTPException, ValueError):
        raise Trouble("what its host answers is no HTTP, or is cut short", _LATER) from None
    finally:
        allowance.seconds -= time.monotonic() - started


def _connected(link: Link, addresses: Sequence[Address], timeout: float, clock: _Clock) -> socket.socket:
    problem: OSError = OSError()
    for address in addresses[:_TRIED]:
        sock = socket.socket(socket.AF_INET if address.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
        try:
            sock.settimeout(min(timeout, clock.left()))
            sock.connect((str(address), link.port))
            return _secured(sock, link.host) if link.scheme == "https" else sock
        except OSError as error:
            sock.close()
            problem = error
    raise problem


def _secured(sock: socket.socket, host: str) -> ssl.SSLSocket:
    """Wrap a connected socket in TLS; the whole handshake has the time that one step has."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not paths.cafile and not paths.capath:  # a Python without the system's certificates
        import certifi

        context.load_verify_locations(certifi.where())
    return context.wrap_socket(sock, server_hostname=host)


def _exchange(  # noqa: PLR0913 - as for `ask`
    link: Link,
    sock: socket.socket,
    clock: _Clock,
    headers: Mapping[str, str],
    settings: Settings,
    wanted: Wanted,
) -> Answer:
    connection = http.client.HTTPConnection(link.host, link.port)
    connection.sock = _Socket(sock, clock, settings.limit + _HEADERS)
    connection.putrequest("GET", link.target, skip_host=True, skip_accept_encoding=True)
    own = {"Host": link.authority, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED, "Connection": "close"}
    for name, value in {**own, **headers}.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    found = _headers(response)
    if not wanted(response.status, found):
        return Answer(response.status, found, b"")
    _refuse_by(found, settings)
    unpacker = Unpacker(found.get("content-encoding", ""), settings.limit, settings.ratio)
    while part := response.read1(_READ):
        unpacker.feed(part)
        clock.left()
    if response.length:
        raise Trouble("its answer is cut short", _LATER)
    return Answer(response.status, found, unpacker.finish())


def _headers(response: http.client.HTTPResponse) -> dict[str, str]:
    """Return the headers, one line each; of those that come twice the first, but codings all."""
    found: dict[str, str] = {}
    for name, value in response.getheaders():
        key, plain = name.lower(), " ".join(str(value).split())
        if key == "content-encoding" and key in found:
            found[key] += f", {plain}"
        elif len(plain) <= _LONGEST_VALUE:
            found.setdefault(key, plain)
    return found


def _refuse_by(headers: Mapping[str, str], settings: Settings) -> None:
    """Raise Refusal for a body that its headers show to be of no use."""
    kind = _MEDIA.get(headers.get("content-type", "").partition("/")[0].strip().lower())
    if kind:
        raise Refusal(f"is {kind}, not text", "name the page that tells the story")
    size = headers.get("content-length", "")
    if size.isdecimal() and len(size) < 20 and int(size) > settings.limit:
        told = f"is larger than the {settings.limit // (1024 * 1024) or 1} MB one account may have"
        raise Refusal(told, "save the article's text as .txt and give that")
