"""Wire copy in ninjs (IPTC, News in JSON, 1.x and 2.x): one item, or an array of items."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.ingest.bytemap import Source, cut, source_of
from tellings.ingest.dates import parse_date
from tellings.ingest.files import LIMIT, too_large
from tellings.ingest.head import Facts
from tellings.ingest.jsonvalues import Value, text_at, values
from tellings.ingest.make import made_id, make_account
from tellings.ingest.page import scan
from tellings.ingest.place import Place, pieces_of
from tellings.records import Note, Original, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tellings.records import Account

_ADVICE = "give ninjs items with a body, or their text as .txt"
_BODIES = ("body_text", "body_xhtml", "body_html")
_KINDS = ("text/plain", "application/xhtml+xml", "text/html")
_ROLES = {"text": "text/plain", "xhtml": "application/xhtml+xml", "html": "text/html"}
# ninjs 1.x and 2.x; `guid`, `firstcreated` and `source` as Superdesk writes them.
_MARKS = (b'"versioncreated"', b'"body_text"', b'"body_html"', b'"body_xhtml"', b'"bodies"', b'"headlines"')
_OPEN, _CLOSE = "<html><body><article>", "</article></body></html>"


def is_ninjs(start: bytes) -> bool:
    """Tell whether a document's first bytes are those of ninjs: a JSON object or array that names what it has."""
    return (
        start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") and sum(mark in start for mark in _MARKS) > 1
    )


def accounts_of_ninjs(path: str, data: bytes) -> Iterator[Account | InputError]:
    """Yield the accounts of a ninjs document, one an item of text; errors are about `path:number`.

    An account's original is its item as it stands in the file, with its own digest, from `Original.offset` on. Plain
    text is taken where an item has it, then XHTML or HTML. Items that are not text are passed by. Raises InputError
    for what is not JSON.
    """
    if len(data) > 10 * LIMIT:
        raise too_large(path, len(data))
    try:
        found = json.loads(data.decode("utf-8-sig"))
        items = found if isinstance(found, list) else [found]
        places = list(values(data, 4))
    except (ValueError, RecursionError) as error:
        reason = "nested too deep" if isinstance(error, RecursionError) else " ".join(str(error).split())[:100]
        raise InputError(path, f"is broken JSON ({reason})", _ADVICE) from None
    depth = 1 if isinstance(found, list) else 0
    parts = {place.path[0] if depth else 0: place for place in places if len(place.path) == depth}
    inside: dict[str | int, dict[tuple[str | int, ...], Value]] = {}
    for place in places:
        if len(place.path) > depth:
            inside.setdefault(place.path[0] if depth else 0, {})[place.path[depth:]] = place
    for number, item in enumerate(items):
        if isinstance(item, dict) and item.get("type", "text") not in ("text", "composite", None):
            continue
        try:
            if not isinstance(item, dict):
                raise InputError(f"{path}:{number + 1}", "is not a ninjs item", _ADVICE)
            yield _account(path, f"{path}:{number + 1}", item, parts[number], inside.get(number, {}), data)
        except InputError as error:
            yield error


def _account(  # noqa: PLR0913 - an item comes with where its parts stand
    path: str,
    about: str,
    item: Mapping[str, object],
    part: Value,
    inside: Mapping[tuple[str | int, ...], Value],
    data: bytes,
) -> Account:
    raw = data[part.first : part.last]
    if len(raw) > LIMIT:
        raise too_large(about, len(raw))
    kind, value = _body(about, item, inside)
    try:
        source = text_at(data, value, part.first)
    except ValueError as error:
        raise InputError(about, str(error), _ADVICE) from None
    sha256 = hashlib.sha256(raw).hexdigest()
    facts = _facts(item)
    name = _text(item.get("uri")) or _text(item.get("guid"))
    given_id = name or made_id(facts.outlet or facts.title or "item", sha256)
    notes = tuple(_notes(item))
    original = Original(path, sha256, len(raw), "utf-8", part.first, source.runs)
    if kind == "text/plain":
        return make_account(about, source.text, original, facts, given_id=given_id, kind="article", notes=notes)
    return account_of_fragment(about, source, original, facts, given_id, notes)


def account_of_fragment(  # noqa: PLR0913 - the parts of an account, each made elsewhere
    about: str, source: Source, original: Original, facts: Facts, given_id: str, notes: tuple[Note, ...] = ()
) -> Account:
    """Return the account in HTML that is nothing but an article: all its words, where none is found in it."""
    from tellings.ingest.html import account_of_source

    bare = replace(original, runs=())
    runs = (run._replace(start=run.start + len(_OPEN), end=run.end + len(_OPEN)) for run in source.runs)
    whole = source_of(_OPEN + source.text + _CLOSE, source.encoding, (Run(0, len(_OPEN), 0, 0), *runs))
    try:
        return account_of_source(about, whole, bare, given=facts, given_id=given_id, notes=notes)
    except InputError:
        pass
    try:
        page = scan(source.text)
    except ValueError as error:
        raise InputError(about, str(error), _ADVICE) from None
    text, found = cut(source, pieces_of(page, Place(((0, len(page.stream)),)))) if page.stream else ("", ())
    return make_account(
        about, text, replace(original, runs=found), facts, given_id=given_id, kind="article", notes=notes
    )


def _body(about: str, item: Mapping[str, object], inside: Mapping[tuple[str | int, ...], Value]) -> tuple[str, Value]:
    """Return the kind of an item's best body and where its string stands."""
    found: dict[str, Value] = {}
    for name, kind in zip(_BODIES, _KINDS, strict=True):
        if _text(item.get(name)) and (name,) in inside:
            found[kind] = inside[name,]
    bodies = item.get("bodies")
    for number, body in enumerate(bodies if isinstance(bodies, list) else ()):
        if not isinstance(body, dict) or not _text(body.get("value")):
            continue
        kind = _text(body.get("contenttype") or body.get("contentType")).partition(";")[0].strip().lower()
        kind = kind or _ROLES.get(_text(body.get("role")).lower(), "")
        place = inside.get(("bodies", number, "value"))
        if kind in _KINDS and place:
            found.setdefault(kind, place)
    for kind in _KINDS:
        if kind in found:
            return kind, found[kind]
    raise InputError(about, "has no body of plain text or HTML", _ADVICE)


def _facts(item: Mapping[str, object]) -> Facts:
    first = _text(item.get("firstcreated")) or _text(item.get("contentcreated"))
    version = _text(item.get("versioncreated"))
    published = parse_date(first) or parse_date(version)
    updated = parse_date(version)
    byline = _text(item.get("byline")) or _text(item.get("by"))
    uri = _text(item.get("uri"))
    return Facts(
        title=_text(item.get("headline"))
        or _listed(item.get("headlines"), "value")
        or _text(item.get("title"))
        or None,
        outlet=(
            _listed(item.get("infosource") or item.get("infosources"), "name")
            or _text(item.get("source"))
            or _text(item.get("copyrightholder"))
            or None
        ),
        author=(byline[3:] if byline[:3].lower() == "by " else byline) or None,
        published=published,
        updated=updated if updated != published else None,
        url=uri if uri.startswith(("http://", "https://")) else None,
        unread_date=None if published else first or version or None,
    )


def _listed(value: object, key: str) -> str:
    """Return the main entry's text in a list of objects: that with the role `main`, else the first one."""
    entries = [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
    entries.sort(key=lambda entry: entry.get("role") != "main")
    return next((text for entry in entries if (text := _text(entry.get(key)))), "")


def _notes(item: Mapping[str, object]) -> Iterator[Note]:
    status = _text(item.get("pubstatus")).lower()
    if status in ("canceled", "cancelled", "withheld"):
        yield Note("other", f"the agency marks this item as {status}; it should not be relied on")
    elif _text(item.get("embargoed")):
        yield Note("other", f"the agency asks that it be held until {_text(item.get('embargoed'))[:40]}")


def _text(value: object) -> str:
    """Return a string without white space around it and half surrogate pairs; empty for anything else."""
    return value.strip().encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(value, str) else ""
