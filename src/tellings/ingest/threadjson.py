"""Threads and chats as services write them in JSON: Reddit's listings of posts and comments, Telegram's exports."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from tellings.errors import InputError
from tellings.ingest.bytemap import Piece, cut, source_of
from tellings.ingest.dates import parse_date
from tellings.ingest.head import Facts
from tellings.ingest.jsonvalues import Path, Value, text_at, values
from tellings.ingest.make import made_id, make_account, stem_of
from tellings.ingest.nested import nested_voices
from tellings.records import Note, Original, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.ingest.bytemap import Source
    from tellings.records import Account

_REDDIT = re.compile(rb'\s*(?:\[\s*)?\{\s*"kind"\s*:\s*"Listing"\s*,')
_TELEGRAM = re.compile(
    rb'\s*\{(?:\s*"\w+"\s*:\s*(?:"(?:[^"\\]|\\.){0,300}"|\d+)\s*,)*?\s*"type"\s*:\s*'
    rb'"(?:personal_chat|bot_chat|saved_messages|private_\w+|public_\w+)"'
)
_DEEPEST = 120
"""Steps from the top that are looked at: some twenty answers to answers, as deep as such pages go."""
_ESCAPED = re.compile(r"&(?:gt|lt|amp);")
_SIGNS = {"&gt;": ">", "&lt;": "<", "&amp;": "&"}
_GONE = ("[deleted]", "[removed]")
_ADVICE = "export the thread again"


class _Post(NamedTuple):
    """Where a post's words and the object they stand in are, and where in the object others begin."""

    at: Path
    texts: tuple[Value, ...]
    first: int
    last: int


def is_thread_json(start: bytes) -> bool:
    """Whether a file's first bytes are those of such a thread."""
    return bool(_REDDIT.match(start) or _TELEGRAM.match(start))


def accounts_of_thread_json(path: str, data: bytes) -> Iterator[Account | InputError]:
    """Yield the posts of a thread, one an account, in the order of the file; what is deleted is passed over.

    A post's original is its object, up to the answers inside it. Raises InputError where the whole is broken.
    """
    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    try:
        whole = json.loads(data[start:].decode("utf-8"))
        found = list(values(data, _DEEPEST))
    except (ValueError, RecursionError):
        raise InputError(path, "is broken JSON", _ADVICE) from None
    seen = False
    ident = made_id(stem_of(path), hashlib.sha256(data).hexdigest())
    for number, post in enumerate(_posts(found), 1):
        try:
            account = _account(path, f"{ident}.{number}", data, post, _object_at(whole, post.at))
        except (InputError, ValueError) as error:
            yield error if isinstance(error, InputError) else InputError(f"{path}:post {number}", str(error), _ADVICE)
        else:
            if account:
                yield account
        seen = True
    if not seen:
        yield InputError(path, "has no post in it", _ADVICE)


def _posts(found: Sequence[Value]) -> Iterator[_Post]:
    """Objects with words of somebody, in the order they begin in."""
    words: dict[Path, list[Value]] = {}
    inner: dict[Path, int] = {}
    for value in found:
        at = value.path
        if at[-1:] in (("body",), ("selftext",)) and at[-2:-1] == ("data",):
            words.setdefault(at[:-1], []).append(value)
        elif at[:1] == ("messages",) and len(at) > 2 and at[2] == "text" and _is_text(at[3:]):
            words.setdefault(at[:2], []).append(value)
        elif at[-1:] == ("replies",):
            inner[at[:-1]] = value.first
    objects = [value for value in found if value.path in words]
    for one in sorted(objects, key=lambda value: value.first):
        texts = tuple(text for text in words[one.path] if text.first != one.first)
        yield _Post(one.path, texts, one.first, inner.get(one.path, one.last))


def _is_text(rest: Path) -> bool:
    """Whether what stands below a message's `text` is words of it: itself, a part, or the words of a part."""
    return not rest or len(rest) == 1 or rest[1:] == ("text",)


def _object_at(whole: object, at: Path) -> dict[str, object]:
    for step in at:
        whole = whole[step]  # type: ignore[index]  # the path was read from this very document
    return whole if isinstance(whole, dict) else {}


def _account(path: str, ident: str, data: bytes, post: _Post, told: dict[str, object]) -> Account | None:
    source = _joined(data, post)
    text, runs = cut(source, _unescaped(source.text))
    if not text.strip() or text.strip() in _GONE:
        return None
    part = data[post.first : post.last]
    original = Original(path, hashlib.sha256(part).hexdigest(), len(part), "utf-8", post.first, runs)
    account = make_account(ident, text, original, _facts(told), given_id=ident, kind="post")
    voices = (Note("other", voice.told()) for voice in nested_voices(text))
    return replace(account, notes=(*account.notes, *voices))


def _joined(data: bytes, post: _Post) -> Source:
    """The words of a post one after the other, each with its bytes counted from where the post begins."""
    words, runs = "", []
    for value in post.texts:
        if data[value.first : value.first + 1] != b'"':
            continue
        one = text_at(data, value, post.first)
        runs += [Run(run.start + len(words), run.end + len(words), run.first, run.last) for run in one.runs]
        words += one.text
    return source_of(words, "utf-8", runs)


def _unescaped(text: str) -> Iterator[Piece]:
    at = 0
    for match in _ESCAPED.finditer(text):
        yield Piece(text[at : match.start()], at, match.start())
        yield Piece(_SIGNS[match[0]], match.start(), match.end())
        at = match.end()
    yield Piece(text[at:], at, len(text))


def _facts(told: dict[str, object]) -> Facts:
    """What a post says of itself; Reddit dates in seconds since 1970, Telegram in its user's own time."""
    link = told.get("permalink")
    when = told.get("created_utc")
    date = told.get("date")
    seconds = when if isinstance(when, int | float) and 0 < when < 4e9 else None
    published = datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else None
    return Facts(
        _said(told.get("title")),
        None,
        _said(told.get("author")) or _said(told.get("from")),
        published or (parse_date(date) if isinstance(date, str) else None),
        url=f"https://www.reddit.com{link}" if isinstance(link, str) and link.startswith("/r/") else None,
    )


def _said(value: object) -> str | None:
    plain = " ".join(value.split())[:500] if isinstance(value, str) else ""
    return plain if plain and plain not in _GONE else None
