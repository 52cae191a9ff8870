"""Search: who says what, by words, by speaker and source type, by meaning; every part of a query narrows it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from tellings.errors import LibraryError
from tellings.library import schema
from tellings.library.filters import Accounts, account_filter, sources_named
from tellings.library.records import Found, Query
from tellings.library.terms import Term, folded, terms
from tellings.library.terms import name_words as words
from tellings.library.words import matching

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from sqlalchemy import Connection, Row

    from tellings.library.meaning import Meanings

VectorOf = Callable[[str], "NDArray[np.float32]"]

PHRASE_MORE = 5  # times as many are looked at where a phrase may not be there
RANKED = 1000
"""So many of the accounts that fit are weighed, the latest added: words that stand in more of them tell little apart,
and weighing all would take longer the larger a library is."""
A_ACCOUNT = 3  # statements shown of one account found by its words
_AROUND = 240  # code points shown where no statement holds the words

_told, _texts, _said, _named = schema.accounts.c, schema.texts.c, schema.attributions.c, schema.sources.c
_states = schema.statements.c


def search(connection: Connection, query: Query, meanings: Meanings, vector_of: VectorOf) -> list[Found]:
    """What fits a query, best first.

    By words alone whole accounts are searched and their statements shown; with a speaker or a source type, what is
    attributed to them. By meaning, statements.

    Raises:
        LibraryError: for a query that asks for nothing.

    """
    if query.limit < 1:
        return []
    if query.meaning is not None:
        return _by_meaning(connection, query, meanings, vector_of)
    if query.speaker is not None or query.source_type is not None:
        return _by_voice(connection, query)
    if query.words is not None:
        return _by_words(connection, query, terms(query.words))
    if query.kind is not None:
        return _by_kind(connection, query)
    raise LibraryError("the search", "asks for nothing", "give words, a speaker, a source type, a kind or --meaning")


def _by_voice(connection: Connection, query: Query) -> list[Found]:
    """What somebody is given to have said."""
    asked = terms(query.words) if query.words is not None else ()
    found = _with_words(connection, _narrowed(connection, _attributed(query), query), asked)
    phrases = not matching(connection.dialect.name).ordered and any(" " in term.words for term in asked)
    more = PHRASE_MORE if phrases else 1
    rows = connection.execute(found.limit(query.limit * more)).all()
    heads = _heads_of(connection, {row.number for row in rows})
    marks = _marks(connection, asked, heads)
    kept = [row for row in rows if not phrases or _all_there(row, heads[row.number], asked, marks.get(row.number, ()))]
    return [_of_attribution(row, heads[row.number], marks.get(row.number, ())) for row in kept[: query.limit]]


def _attributed(query: Query) -> Select[Any]:
    found = (
        select(
            _said.account.label("number"), _said.start, _said.end, _named.type.label("source_type"), _said.manner,
            _said.cue_start, _said.cue_end, _named.name.label("speaker"),
        )
        .join(schema.accounts, _told.id == _said.account)
        .outerjoin(schema.sources, _named.id == _said.source)
    )  # fmt: skip
    if query.speaker is not None:
        found = found.where(_said.source.in_(sources_named(query.speaker)))
    if query.source_type is not None:
        found = found.where(_named.type == query.source_type)
    if query.kind is not None:
        of_kind = select(_states.attribution).where(_states.kind == query.kind, _states.account == _said.account)
        found = found.where(_said.id.in_(of_kind))
    return found


def _with_words(connection: Connection, found: Select[Any], asked: tuple[Term, ...]) -> Select[Any]:
    """Narrowed to what has the words, latest first."""
    if asked:
        by = matching(connection.dialect.name)
        found = found.join(by.index("said"), by.number("said") == _said.id).where(by.fits("said", asked))
    return found.order_by(_told.published.desc().nulls_last(), _said.id)


def _by_words(connection: Connection, query: Query, asked: tuple[Term, ...]) -> list[Found]:
    """Accounts with all the words, best first, each with those of its statements that have most of them."""
    by = matching(connection.dialect.name)
    fitting = select(by.number("told").label("number")).where(by.fits("told", asked))
    if Accounts.of(query) != Accounts():
        fitting = fitting.join(schema.accounts, _told.id == by.number("told"))
    latest = _narrowed(connection, fitting, query).order_by(by.number("told").desc()).limit(RANKED)
    rows = connection.execute(by.ranked("told", asked, latest, query.limit)).all()
    heads = _heads_of(connection, [row.number for row in rows])
    marks = _marks(connection, asked, heads)
    statements = _statements_of(connection, heads, query.kind)
    found = (
        one
        for number, score in rows
        for one in _best(heads[number], score, marks.get(number, ()), statements[number], query.kind)
    )
    return list(islice(found, query.limit))


def _best(
    row: Row[Any], score: float, marks: Sequence[tuple[int, int]], statements: Sequence[Any], kind: str | None
) -> list[Found]:
    """The statements of an account with most different words found in them; else the words around the first."""
    starts = [start for start, _ in marks]
    scored = []
    for one in statements:
        inside = marks[bisect_right(starts, one.start - 1) : bisect_right(starts, one.end - 1)]
        different = {row.words[start:end].casefold() for start, end in inside}
        if different:
            scored.append((-len(different), one.start, one, tuple(inside)))
    scored.sort(key=lambda found: found[:2])
    found = [_of_statement(row, one, inside, score) for _, _, one, inside in scored[:A_ACCOUNT]]
    if found or kind is not None:
        return found
    start, end = _around(row.words, marks)
    return [Found(*_head(row), start, end, row.words[start:end], score=round(score, 4), marks=tuple(marks[:1]))]


def _around(text: str, marks: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The line of the first word found, cut where it is long; the first line where only the title has the words."""
    at, end = marks[0] if marks else (0, 0)
    start = max(text.rfind("\n", 0, at) + 1, at - _AROUND // 2)
    stop = text.find("\n", end)
    return start, max(end, min(len(text) if stop < 0 else stop, start + _AROUND))


def _by_kind(connection: Connection, query: Query) -> list[Found]:
    """Statements of a kind, latest first."""
    found = _narrowed(connection, _stated().where(_states.kind == query.kind), query)
    found = found.order_by(_told.published.desc().nulls_last(), _told.id, _states.number).limit(query.limit)
    rows = connection.execute(found).all()
    heads = _heads_of(connection, {row.number for row in rows})
    return [_of_statement(heads[row.number], row, (), 0.0) for row in rows]


def _by_meaning(connection: Connection, query: Query, meanings: Meanings, vector_of: VectorOf) -> list[Found]:
    """Statements nearest in meaning, among those that fit the rest of the query."""
    from tellings.library.meaning import places

    vector = vector_of(query.meaning or "")
    known = meanings.of(connection)
    nearest = known.nearest(vector, query.limit, among=_among(connection, query))
    rows = {}
    for account, numbers in places(nearest).items():
        asked = _stated().where(_states.account == account, _states.number.in_(numbers))
        rows.update({(account, row.state): row for row in connection.execute(asked)})
    heads = _heads_of(connection, {account for account, _ in rows})
    return [
        _of_statement(heads[account], rows[account, number], (), score)
        for account, number, score in nearest
        if (account, number) in rows
    ]


def _among(connection: Connection, query: Query) -> list[tuple[int, int | None]] | None:
    """Accounts (with None), or single statements, to which a search by meaning is held; None for no such thing."""
    single = query.speaker is not None or query.source_type is not None or query.kind is not None
    if not single and query.words is None and Accounts.of(query) == Accounts():
        return None
    chosen = (_told.id, _states.number) if single else (_told.id,)
    found: Select[Any] = select(*chosen).select_from(schema.accounts)
    if single:
        found = found.join(schema.statements, _states.account == _told.id)
    if query.kind is not None:
        found = found.where(_states.kind == query.kind)
    if query.speaker is not None or query.source_type is not None:
        found = found.join(schema.attributions, _said.id == _states.attribution)
        found = found.join(schema.sources, _named.id == _said.source)
    if query.speaker is not None:
        found = found.where(_said.source.in_(sources_named(query.speaker)))
    if query.source_type is not None:
        found = found.where(_named.type == query.source_type)
    if query.words is not None:
        by, asked = matching(connection.dialect.name), terms(query.words)
        found = found.join(by.index("told"), by.number("told") == _told.id).where(by.fits("told", asked))
    rows = connection.execute(_narrowed(connection, found, query))
    return [(row[0], row[1] if single else None) for row in rows]


def _stated() -> Select[Any]:
    return (
        select(
            _states.account.label("number"), _states.number.label("state"), _states.start, _states.end, _states.kind,
            _named.type.label("source_type"), _said.manner, _said.cue_start, _said.cue_end,
            _named.name.label("speaker"),
        )
        .join(schema.accounts, _told.id == _states.account)
        .outerjoin(schema.attributions, _said.id == _states.attribution)
        .outerjoin(schema.sources, _named.id == _said.source)
    )  # fmt: skip


def _statements_of(connection: Connection, accounts: Iterable[int], kind: str | None) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    asked = _stated().where(_states.account.in_(list(accounts))).order_by(_states.account, _states.number)
    if kind is not None:
        asked = asked.where(_states.kind == kind)
    for row in connection.execute(asked):
        found[row.number].append(row)
    return found


def _narrowed(connection: Connection, found: Select[Any], query: Query) -> Select[Any]:
    return account_filter(connection, found, Accounts.of(query))


def _heads_of(connection: Connection, accounts: Iterable[int]) -> dict[int, Row[Any]]:
    """What is shown of accounts, with their texts: fetched for the few that are shown, not for all that fit."""
    asked: Select[Any] = (
        select(
            _told.id, _told.name.label("account"), _told.outlet, _told.title, _told.published,
            _texts.text.label("words"),
        )
        .join(schema.texts, _texts.id == _told.text)
        .where(_told.id.in_(list(accounts)))
    )  # fmt: skip
    return {row[0]: row for row in connection.execute(asked)}


def _head(row: Row[Any]) -> tuple[str, str | None, str | None, str | None]:
    return row.account, row.outlet, row.title, row.published


def _marks(
    connection: Connection, asked: tuple[Term, ...], heads: dict[int, Row[Any]]
) -> dict[int, tuple[tuple[int, int], ...]]:
    """The words found in whole accounts, by their numbers."""
    wanted = tuple(term for term in asked if not term.without)  # what must not be said may stand elsewhere
    if not wanted:
        return {}
    rows = {number: row.words for number, row in heads.items()}
    return matching(connection.dialect.name).marks(connection, "told", wanted, rows)


def _all_there(row: Row[Any], head: Row[Any], asked: tuple[Term, ...], marks: Sequence[tuple[int, int]]) -> bool:
    """Whether every phrase stands in what is said: the index of that knows words, not which is next to which."""
    inside = [folded(head.words[s:e]).casefold() for s, e in marks if row.start <= s and e <= row.end]
    lengths = [len(words(one)) for one in inside]
    return all(len(term.words.split()) <= max(lengths, default=0) for term in asked if not term.without)


def _cue(row: Row[Any], words: str) -> str | None:
    return None if row.cue_start is None else words[row.cue_start : row.cue_end]


def _of_attribution(row: Row[Any], head: Row[Any], marks: Sequence[tuple[int, int]]) -> Found:
    return Found(
        *_head(head), row.start, row.end, head.words[row.start : row.end], row.speaker, row.source_type, row.manner,
        _cue(row, head.words),
        marks=tuple((start, end) for start, end in marks if row.start <= start and end <= row.end),
    )  # fmt: skip


def _of_statement(head: Row[Any], one: Row[Any], marks: Sequence[tuple[int, int]], score: float) -> Found:
    return Found(
        *_head(head), one.start, one.end, head.words[one.start : one.end], one.speaker, one.source_type, one.manner,
        _cue(one, head.words), one.kind, round(score, 4), tuple(marks),
    )  # fmt: skip
