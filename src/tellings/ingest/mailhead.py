"""What the headers of a mail say: who wrote it, when, for whom it was sent, and its identifier."""

from __future__ import annotations

import re
import unicodedata
from email.headerregistry import HeaderRegistry
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from tellings.ingest.dates import parse_date
from tellings.ingest.head import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# The classes are taken once, for the registry makes a new one whenever it is asked.
_SUBJECT: Callable[[str, str], object] = HeaderRegistry()["subject"]
_FROM: Callable[[str, str], Any] = HeaderRegistry()["from"]
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_LONGEST = 500
# The standard library's reader of structured headers grows with the square of what it reads.
_READ = 1_000
_ADDRESS = re.compile(r"\s*(?:<[^<>]*>|\[mailto:[^\]]*\])\s*")
# "Ada Lindqvist from Quay Letters": only where what stands first has the shape of a person's name.
_BY_AT = re.compile(r"((?:[A-Z][\w.’'-]*\s+){1,2}[A-Z][\w.’'-]+)\s+(?:from|at|via|@)\s+(.{2,80})")
_NO_PERSON = re.compile(r"(?i)\b(?:the|news|daily|weekly|morning|evening|letters?|notes|briefing|update|today)\b")
_COMMENT = re.compile(r"\(([^()]{1,100})\)$")
_REPLY = re.compile(r"(?i)\s*(?:re|aw|sv)\s*(?:\[\d+\])?\s*:")
_FORWARD = re.compile(r"(?i)\s*(?:fwd?|wg)\s*:")
_NO_ID = re.compile(r"[^A-Za-z0-9_.-]+")


class MailHead(NamedTuple):
    """A mail's facts, its identifier (None where it has none), and what its headers say of its kind.

    `listed` where it went from one to many (a list's headers), `posted` where to a list that all may write to, `reply`
    where it answers or passes on another.
    """

    facts: Facts
    id: str | None
    listed: bool
    reply: bool
    posted: bool


def mail_head(head: Mapping[str, str]) -> MailHead:
    """Return what headers say; names and subjects as words in one line, whatever they hold."""
    subject = worded(head.get("subject", "")) or None
    name, address = sender(head.get("from", "") or head.get("sender", ""))
    reply = bool("in-reply-to" in head or _REPLY.match(subject or "") or _FORWARD.match(subject or ""))
    posted = not head.get("list-post", "no").strip().lower().startswith("no")
    bulk = head.get("precedence", "").strip().lower() in ("bulk", "list")
    listed = not reply and not posted and ("list-unsubscribe" in head or "list-id" in head or bulk)
    date = mail_date(head.get("date", ""))
    unread = worded(head.get("date", "")) if not date else None
    facts = Facts(subject, None, name or address or None, date, mail=True, unread_date=unread or None)
    return MailHead(facts, _identifier(head.get("message-id", "")), listed, reply, posted)


def as_newsletter(facts: Facts) -> Facts:
    """Return a newsletter's facts: its sender's name is the outlet's, or "Author from Outlet" both."""
    name = facts.author or ""
    match = _BY_AT.fullmatch(name)
    person = match is not None and not _NO_PERSON.search(match[1])
    outlet, author = (match[2], match[1]) if match and person else (name or None, None)
    return Facts(facts.title, outlet, author, facts.published, mail=True, unread_date=facts.unread_date)


def worded(value: str) -> str:
    """Return an unstructured header's words (RFC 2047 undone) in one line, without control characters."""
    try:
        told = str(_SUBJECT("subject", one_line(value)[:_READ]))
    except Exception:  # the standard library raises many kinds for hostile headers
        told = value
    return one_line(told)[:_LONGEST]


def sender(value: str) -> tuple[str, str]:
    """Return the display name and the address of a From header's first sender, "" for what is missing."""
    plain = one_line(value)[:_READ]
    try:
        first = _FROM("from", plain).addresses[0]
        name, address = str(first.display_name), str(first.addr_spec)
    except Exception:  # none, or one of the many kinds raised for hostile headers
        name, address = plain_sender(plain)
    if "@" not in address.strip("@"):
        name, address = plain_sender(plain)
    elif not name and "<" in plain:
        name = plain_sender(plain)[0]
    if not name and (comment := _COMMENT.search(plain)):  # ada@quay.example (Ada Lindqvist)
        name = comment[1]
    return one_line(worded(name) if "=?" in name else name)[:_LONGEST], one_line(address)[:_LONGEST]


def plain_sender(value: str) -> tuple[str, str]:
    """Return name and address as a line of text writes them: `Ada Lindqvist <ada@quay.example>`."""
    address = re.search(r"[^\s<>\[\]:;,\"']{1,200}@[^\s<>\[\]:;,\"']{1,200}", value)
    name = one_line(_ADDRESS.sub(" ", value)).strip("\"'* ,;")
    if address and name == address[0]:
        return "", address[0]
    return name, address[0] if address else ""


def mail_date(value: str) -> str | None:
    """Return a date as mails write it (RFC 5322, RFC 822 with two digits of the year), as ISO 8601."""
    if not value:
        return None
    words = one_line(re.sub(r"\([^()]{0,60}\)", " ", value[:200]))
    date = parse_date(words)
    if date is None:
        try:
            date = parsedate_to_datetime(words).isoformat() if re.search(r"\d:\d\d", words) else None
        except Exception:  # the standard library raises many kinds for what is no date
            return None
    if date and words.endswith("-0000"):  # RFC 5322: a time in UTC, of a writer who keeps his zone to himself
        return date.removesuffix("-00:00") + "Z"
    return date


def one_line(value: str) -> str:
    """Return words in one line: control characters and line ends, which could end a header, become blanks."""
    whole = re.sub("[\ud800-\udfff]", "\ufffd", value)
    return " ".join(_CONTROL.sub(" ", whole).split())


def _identifier(value: str) -> str | None:
    words = unicodedata.normalize("NFKD", value.strip().strip("<>"))
    plain = _NO_ID.sub("-", words).strip("-.")[:80]
    return plain or None
