"""What the views ask of a library besides: an account's marks, who calls a person what, whom an outlet gives words to.

Offsets are code points of an account's text, half-open.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sqlalchemy import Select, distinct, func, select

from tellings.library import schema
from tellings.library.records import SourceCount
from tellings.library.terms import Term, name_words
from tellings.library.words import matching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

Kind = Literal["content", "source", "cue", "figure", "wording"]
_ACCOUNTS = 200
"""Accounts of which labels are shown; those with the name that were published last."""
_told, _texts, _said, _named = schema.accounts.c, schema.texts.c, schema.attributions.c, schema.sources.c
_Spans = defaultdict[int, list[tuple[int, int]]]
_PRONOUNS = frozenset(
    word
    for words in (
        "i me my mine myself we us our ours ourselves you your yours he him his himself she her hers herself",
        "they them their theirs themselves it its itself who whom whose which that this these those",
    )
    for word in words.split()
)


class Mark(NamedTuple):
    """A stretch of an account, what it is, and a word about it: the speaker, or what a figure counts."""

    start: int
    end: int
    kind: Kind
    about: str | None


class StoryHead(NamedTuple):
    """A story without its past."""

    story: int
    title: str | None
    accounts: tuple[str, ...]


class VersionOf(NamedTuple):
    """One version of a page."""

    account: str
    number: int
    published: str | None
    added: str


class Label(NamedTuple):
    """Words that an account uses for somebody: how often, in its own voice or in quoted ones; where first."""

    text: str
    quoted: bool
    times: int
    start: int
    end: int


class Called(NamedTuple):
    """What one account calls somebody."""

    account: str
    outlet: str | None
    published: str | None
    labels: tuple[Label, ...]


def marks(connection: Connection, account: str) -> list[Mark]:
    """What is marked in an account's text: what is given to whom, figures, loaded wording."""
    number = select(_told.id).where(_told.name == account).scalar_subquery()
    found: list[Mark] = []
    said = select(schema.attributions, _named.name.label("speaker")).outerjoin(
        schema.sources, _named.id == _said.source
    )
    for row in connection.execute(said.where(_said.account == number)).mappings():
        found.append(Mark(row["start"], row["end"], "content", row["speaker"]))
        for kind, start, end in (
            ("source", row["source_start"], row["source_end"]),
            ("cue", row["cue_start"], row["cue_end"]),
        ):
            if start is not None:
                found.append(Mark(start, end, kind, row["speaker"]))  # type: ignore[arg-type] # the two kinds above
    figures = schema.figures.c
    asked = select(figures.start, figures.end, figures.unit).where(figures.account == number)
    found += [Mark(start, end, "figure", unit) for start, end, unit in connection.execute(asked)]
    loaded = schema.wording.c
    asked_words = select(loaded.start, loaded.end).where(loaded.account == number)
    found += [Mark(start, end, "wording", None) for start, end in connection.execute(asked_words)]
    return sorted(found)


def story_head(connection: Connection, number: int) -> StoryHead | None:
    """A story's title and its accounts' names, None where there is none of that number."""
    table, member = schema.stories.c, schema.story_accounts.c
    row = connection.execute(select(table.id, table.title).where(table.id == number)).first()
    if row is None:
        return None
    names = select(_told.name).join(schema.story_accounts, member.account == _told.id).where(member.story == number)
    return StoryHead(number, row.title, tuple(connection.scalars(names)))


def speakers(connection: Connection, account: str) -> list[SourceCount]:
    """Who is given words in an account, most often first."""
    query = _counted().where(_told.name == account)
    return _sources(connection, query.order_by(func.count().desc(), _named.id))


def outlet_sources(connection: Connection, outlet: str, most: int) -> list[SourceCount]:
    """Whom an outlet gives words to, in most accounts first."""
    accounts = func.count(distinct(_said.account))
    query = _counted().where(_told.outlet == outlet).limit(most)
    return _sources(connection, query.order_by(accounts.desc(), func.count().desc(), _named.id))


def _sources(connection: Connection, query: Select[Any]) -> list[SourceCount]:
    return [SourceCount(row[0], row[1], row[2] or None, *row[3:]) for row in connection.execute(query)]


def _counted() -> Select[Any]:
    accounts = func.count(distinct(_said.account))
    return (
        select(_named.id, _named.name, _named.type, func.count(), accounts, func.count(distinct(_told.outlet)))
        .select_from(schema.attributions)
        .join(schema.sources, _named.id == _said.source)
        .join(schema.accounts, _told.id == _said.account)
        .group_by(_named.id, _named.name, _named.type)
    )


def outlet_types(connection: Connection, outlet: str) -> list[tuple[str | None, int]]:
    """How often an outlet gives words to sources of each type, most first; None where it leaves the source out."""
    query = (
        select(_named.type, func.count())
        .select_from(schema.attributions)
        .join(schema.accounts, _told.id == _said.account)
        .outerjoin(schema.sources, _named.id == _said.source)
        .where(_told.outlet == outlet)
        .group_by(_named.type)
        .order_by(func.count().desc(), _named.type)
    )
    return [(kind, count) for kind, count in connection.execute(query)]


def outlets(connection: Connection, most: int) -> list[tuple[str, int]]:
    """The outlets, those with most accounts first."""
    query = (
        select(_told.outlet, func.count())
        .where(_told.outlet.is_not(None))
        .group_by(_told.outlet)
        .order_by(func.count().desc(), _told.outlet)
        .limit(most)
    )
    return [(name or "", count) for name, count in connection.execute(query)]


def versions_of(connection: Connection, account: str) -> list[VersionOf]:
    """The versions of the page that an account is one of, by their numbers; empty where it is the only one."""
    table = schema.versions.c
    own = select(table.first).join(schema.accounts, _told.id == table.account).where(_told.name == account)
    query = (
        select(_told.name, table.number, _told.published, _told.added)
        .join(schema.accounts, _told.id == table.account)
        .where(table.first == own.scalar_subquery())
        .order_by(table.number)
    )
    return [VersionOf(*row) for row in connection.execute(query)]


def called(connection: Connection, name: str) -> list[Called]:
    """What accounts call a person, group or place with some words in its name, by date; pronouns are left out."""
    asked = name_words(name)
    if not asked:
        return []
    by = matching(connection.dialect.name)
    terms = tuple(Term(word, without=False) for word in asked)
    query = (
        select(_told.id, _told.name, _told.outlet, _told.published, _texts.text)
        .join(schema.texts, _texts.id == _told.text)
        .join(by.index("told"), by.number("told") == _told.id)
        .where(by.fits("told", terms))
        .order_by(_told.published.desc().nulls_last(), _told.id)
        .limit(_ACCOUNTS)
    )
    rows = connection.execute(query).all()
    spans, said = _places(connection, [row.id for row in rows], frozenset(asked))
    found = []
    for number, account, outlet, published, text in rows:
        labels = _grouped(text, spans[number], said[number])
        if labels:
            found.append(Called(account, outlet, published, labels))
    return sorted(found, key=lambda one: (one.published is None, one.published or "", one.account))


def _places(connection: Connection, accounts: Sequence[int], asked: frozenset[str]) -> tuple[_Spans, _Spans]:
    """By account: the mentions of whoever has some words in the name, and what is given to anybody."""
    entities = schema.entities.c
    rows = connection.execute(
        select(entities.account, entities.name, entities.places).where(entities.account.in_(accounts))
    )
    spans: _Spans = defaultdict(list)
    said: _Spans = defaultdict(list)
    for account, name, places in rows:
        if asked <= set(name_words(name)):
            spans[account] += [(start, end) for start, end in json.loads(places)]
    for found in spans.values():
        found.sort()
    holders = sorted(spans)
    contents = select(_said.account, _said.start, _said.end).where(_said.account.in_(holders))
    for account, start, end in connection.execute(contents):
        said[account].append((start, end))
    return spans, said


def _grouped(text: str, spans: Sequence[tuple[int, int]], said: Sequence[tuple[int, int]]) -> tuple[Label, ...]:
    first: dict[tuple[str, bool], tuple[int, int]] = {}
    times: Counter[tuple[str, bool]] = Counter()
    for start, end in spans:
        words = " ".join(text[start:end].split())
        if words.casefold() in _PRONOUNS:
            continue
        key = (words.casefold(), any(a <= start and end <= b for a, b in said))
        times[key] += 1
        first.setdefault(key, (start, end))
    order: dict[bool, list[Label]] = defaultdict(list)
    for key, (start, end) in first.items():
        order[key[1]].append(Label(text[start:end], key[1], times[key], start, end))
    return tuple(sorted(order[False], key=_key) + sorted(order[True], key=_key))


def _key(label: Label) -> tuple[int, int]:
    return -label.times, label.start
