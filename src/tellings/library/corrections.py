"""Corrections in a library: kept once, withdrawn rather than deleted, and looked at beside the texts that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, or_, select, update

from tellings.correcting.anchors import fits, found_again
from tellings.correcting.making import make
from tellings.correcting.records import Anchor, Correction, Node, Outcome, Placed
from tellings.correcting.settling import in_order, settled
from tellings.errors import LibraryError
from tellings.library import schema
from tellings.library.records import Added

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection, Row, RowMapping, Select

_table, _told, _texts = schema.corrections.c, schema.accounts.c, schema.texts.c
_WORDS = ("exact", "prefix", "suffix")
_ASKED = 500
_NOT_HERE = "the library has no account of the text that it is about"
_MOVED = "another version of the page has the same words: accept it for that, too"
_NOT_THERE = "its words do not stand at its span of the text with its hash"


def stored(connection: Connection, *, texts: Iterable[str] | None = None, withdrawn: bool = False) -> list[Correction]:
    """Corrections, oldest first; of some texts alone (either of the two they may be of), unless all are asked for."""
    query = select(schema.corrections)
    if not withdrawn:
        query = query.where(_table.withdrawn.is_(None))
    if texts is None:
        return in_order(_correction(row) for row in connection.execute(query))
    asked = sorted(set(texts))
    found: list[Correction] = []
    for at in range(0, len(asked), _ASKED):
        some = asked[at : at + _ASKED]
        of_them = query.where(or_(_table.sha256.in_(some), _table.other_sha256.in_(some)))
        found += [_correction(row) for row in connection.execute(of_them)]
    return in_order(found)


def keep(connection: Connection, corrections: Iterable[Correction]) -> Added:
    """Keep those that are new; where one that is there was withdrawn elsewhere (earlier), it is here."""
    given = in_order(corrections)
    keys = [one.key for one in given]
    there: dict[str, str | None] = {}
    for at in range(0, len(keys), _ASKED):
        asked = select(_table.key, _table.withdrawn).where(_table.key.in_(keys[at : at + _ASKED]))
        there.update((key, withdrawn) for key, withdrawn in connection.execute(asked))
    new = [_row(one) for one in given if one.key not in there]
    if new:
        connection.execute(insert(schema.corrections), new)
    for one in given:
        held = there.get(one.key)
        if one.key in there and one.withdrawn and (held is None or one.withdrawn < held):
            connection.execute(update(schema.corrections).where(_table.key == one.key).values(withdrawn=one.withdrawn))
    return Added(len(new), len(given) - len(new))


def withdraw(connection: Connection, key: str, *, at: str, library: str) -> Correction:
    """Withdraw the correction with a key, or the one whose key begins so.

    Raises:
        LibraryError: when there is none, or several, or it is withdrawn already.

    """
    found = [_correction(row) for row in connection.execute(_by_key(key))]
    if not found:
        raise LibraryError(library, f"has no correction {key}", "see `tellings correct list` for those it has")
    if len(found) > 1:
        raise LibraryError(library, f"has several corrections that begin with {key}", "give more of the key")
    (one,) = found
    if one.withdrawn is not None:
        raise LibraryError(library, f"has withdrawn {one.key} already", "make it again if it is to hold")
    connection.execute(update(schema.corrections).where(_table.key == one.key).values(withdrawn=at))
    return one


def _by_key(key: str) -> Select[Any]:
    begins = func.substr(_table.key, 1, len(key)) == key
    return select(schema.corrections).where(begins).order_by(_table.key).limit(2)


def standing(connection: Connection) -> list[Outcome]:
    """What becomes of corrections as far as the texts tell: here, not here, not fitting, moved, or said otherwise."""
    found = stored(connection)
    texts = _texts_of(connection, {anchor.sha256 for one in found for anchor in _anchors(one)})
    fitting = [
        Placed(one, _node(one.at), _node(one.other) if one.other else None) for one in found if _fits(one, texts)
    ]
    against = {one.correction.key: one for one in settled(fitting)[1]}
    said = {_said(one) for one in found}
    return [against.get(one.key) or _outcome(connection, one, texts, said) for one in found]


def _fits(one: Correction, texts: dict[str, str]) -> bool:
    return all(anchor.sha256 in texts and fits(anchor, texts[anchor.sha256]) for anchor in _anchors(one))


def _node(anchor: Anchor) -> Node:
    return Node(anchor.sha256, anchor.span)


def _said(one: Correction) -> tuple[str, Node, Node | None, str | None]:
    return one.kind, _node(one.at), _node(one.other) if one.other else None, one.value


def _outcome(
    connection: Connection, one: Correction, texts: dict[str, str], said: set[tuple[str, Node, Node | None, str | None]]
) -> Outcome:
    here = all(anchor.sha256 in texts for anchor in _anchors(one))
    if here and not _fits(one, texts):
        return Outcome(one, "does not fit", _NOT_THERE)
    at = _again(connection, one.at, texts)
    other = _again(connection, one.other, texts) if one.other else None
    if at is not None and (one.other is None or other is not None) and (at, other) != (one.at, one.other):
        moved = make(one.kind, at, other, one.value, author=one.author, made=one.made)
        if _said(moved) not in said:
            return Outcome(one, "applied" if here else "moved", _MOVED, proposed=(at, other))
    return Outcome(one, "applied" if here else "not here", "" if here else _NOT_HERE)


def _again(connection: Connection, anchor: Anchor, texts: dict[str, str]) -> Anchor | None:
    """The anchor in the newest other version of its page; itself where there is none, or its words are not there."""
    others = _others(connection, anchor, texts)
    found = [again for digest, text in others if (again := found_again(anchor, text, digest))]
    if anchor.sha256 in texts:  # versions in the order they came: the last one counts
        return found[-1] if found else anchor
    return found[0] if len(found) == 1 else None


def _others(connection: Connection, anchor: Anchor, texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Later versions of the page of an anchor's text; where that is not here, every text that has its words."""
    if anchor.sha256 in texts:
        version, account = schema.versions.c, schema.accounts
        own = (
            select(version.first, version.number)
            .join(account, _told.id == version.account)
            .join(schema.texts, _texts.id == _told.text)
            .where(_texts.sha256 == anchor.sha256)
        )
        for first, number in connection.execute(own).all():
            later = (
                select(_texts.sha256, _texts.text)
                .join(account, _told.text == _texts.id)
                .join(schema.versions, version.account == _told.id)
                .where(version.first == first, version.number > number, _texts.sha256 != anchor.sha256)
                .order_by(version.number)
            )
            yield from ((row.sha256, row.text) for row in connection.execute(later))
    elif anchor.exact:
        holds = func.instr if connection.dialect.name == "sqlite" else func.strpos
        words = anchor.prefix + anchor.exact + anchor.suffix
        query = select(_texts.sha256, _texts.text).where(holds(_texts.text, words) > 0).order_by(_texts.id).limit(2)
        yield from ((row.sha256, row.text) for row in connection.execute(query))


def _texts_of(connection: Connection, digests: Iterable[str]) -> dict[str, str]:
    asked, found = sorted(digests), {}
    for at in range(0, len(asked), _ASKED):
        query = select(_texts.sha256, _texts.text).where(_texts.sha256.in_(asked[at : at + _ASKED]))
        found.update({row.sha256: row.text for row in connection.execute(query)})
    return found


def _anchors(one: Correction) -> tuple[Anchor, ...]:
    return (one.at, one.other) if one.other else (one.at,)


def _row(one: Correction) -> dict[str, str | int | None]:
    row: dict[str, str | int | None] = {
        "key": one.key, "kind": one.kind, "value": one.value, "author": one.author, "made": one.made,
        "withdrawn": one.withdrawn, "note": one.note,
    }  # fmt: skip
    for before, anchor in (("", one.at), ("other_", one.other)):
        for name in ("sha256", "start", "end"):
            row[before + name] = getattr(anchor, name) if anchor else None
        for name in _WORDS:
            row[before + name] = (getattr(anchor, name) or None) if anchor else None
    return row


def _correction(row: Row[Any]) -> Correction:
    said = row._mapping
    at, other = _anchor(said, ""), _anchor(said, "other_") if said["other_sha256"] is not None else None
    return Correction(
        said["key"], said["kind"], at, other, said["value"], said["author"], said["made"], said["note"],
        said["withdrawn"],
    )  # fmt: skip


def _anchor(said: RowMapping, before: str) -> Anchor:
    words = (said[before + name] or "" for name in _WORDS)
    return Anchor(said[before + "sha256"], said[before + "start"], said[before + "end"], *words)
