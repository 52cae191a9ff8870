"""Search by words as each store does it: which rows of an index fit, how well, and where the words stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, Protocol

from sqlalchemy import Column, Integer, MetaData, Table, Text, column, func, literal_column, select, text

from tellings.library.terms import Term, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import ColumnElement, Connection, Select

Index = Literal["told", "said"]
_OPEN, _CLOSE = "\ue000\ue001", "\ue001\ue000"
"""Signs for private use around the words found; a text that has them itself is found without marks."""
_INDEXES = {
    name: Table(f"{name}_index", MetaData(), Column("id", Integer), Column("rowid", Integer), Column("words", Text))
    for name in ("told", "said")
}


class Matching(Protocol):
    """Search by words in one store; `ordered` says that its index of what is said knows which word follows which."""

    ordered: bool

    def index(self, name: Index) -> Table:
        """The index of accounts (`told`) or of what is said in them (`said`)."""

    def number(self, name: Index) -> ColumnElement[int]:
        """The number of what a row of the index is of."""

    def fits(self, name: Index, terms: tuple[Term, ...]) -> ColumnElement[bool]:
        """Whether a row has all the terms."""

    def score(self, name: Index, terms: tuple[Term, ...]) -> ColumnElement[float]:
        """How well a row fits, higher for better."""

    def ranked(self, name: Index, terms: tuple[Term, ...], numbers: Select[Any], count: int) -> Select[Any]:
        """The best of some rows that fit, selected by their numbers: `number` and `score`."""

    def marks(
        self, connection: Connection, name: Index, terms: tuple[Term, ...], rows: dict[int, str]
    ) -> dict[int, tuple[tuple[int, int], ...]]:
        """The spans of the words found in some rows' texts, given by number."""


class Fts5:
    """SQLite's full-text index, ranked by BM25."""

    ordered = False  # positions of what is said would be a fifth of the text's size

    def index(self, name: Index) -> Table:
        """A virtual table."""
        return _INDEXES[name]

    def number(self, name: Index) -> ColumnElement[int]:
        """Its row id."""
        return _INDEXES[name].c.rowid

    def fits(self, name: Index, terms: tuple[Term, ...]) -> ColumnElement[bool]:
        """By a query in which every term is a quoted string, so that nothing in it is syntax."""
        asked = fts5_query(terms if name == "told" else single(terms))
        return literal_column(f"{name}_index").op("MATCH", is_comparison=True)(asked)

    def score(self, name: Index, terms: tuple[Term, ...]) -> ColumnElement[float]:  # noqa: ARG002 - the store's own rank
        """BM25, which SQLite gives as a negative number."""
        return -literal_column(f"{name}_index.rank")

    def ranked(self, name: Index, terms: tuple[Term, ...], numbers: Select[Any], count: int) -> Select[Any]:
        """The rank of a row can be had only where it is matched."""
        found = numbers.add_columns(self.score(name, terms).label("score")).subquery()
        return select(found).order_by(found.c.score.desc(), found.c.number).limit(count)

    def marks(
        self, connection: Connection, name: Index, terms: tuple[Term, ...], rows: dict[int, str]
    ) -> dict[int, tuple[tuple[int, int], ...]]:
        """By SQLite's own highlighting of the rows."""
        if not rows:
            return {}
        at = 1 if name == "told" else 0
        numbers = ", ".join(str(int(number)) for number in rows)
        found = connection.exec_driver_sql(
            f"SELECT rowid, highlight({name}_index, {at}, ?, ?) FROM {name}_index "
            f"WHERE {name}_index MATCH ? AND rowid IN ({numbers})",
            (_OPEN, _CLOSE, fts5_query(terms)),
        )
        return dict(_unmarked(found, rows))


class Tsearch:
    """PostgreSQL's full-text search, ranked by ts_rank."""

    ordered = True

    def index(self, name: Index) -> Table:
        """A table of tsvector."""
        return _INDEXES[name]

    def number(self, name: Index) -> ColumnElement[int]:
        """Its key."""
        return _INDEXES[name].c.id

    def fits(self, name: Index, terms: tuple[Term, ...]) -> ColumnElement[bool]:
        """By phrases of plain text, joined by "and" and "and not"."""
        return _INDEXES[name].c.words.op("@@")(_tsquery(terms))

    def score(self, name: Index, terms: tuple[Term, ...]) -> ColumnElement[float]:
        """How often and how near the words stand, less for longer texts."""
        return func.ts_rank(_INDEXES[name].c.words, _tsquery(terms), 1)

    def ranked(self, name: Index, terms: tuple[Term, ...], numbers: Select[Any], count: int) -> Select[Any]:
        """The words of no other rows are unpacked."""
        asked, score = numbers.subquery(), self.score(name, terms).label("score")
        found = select(asked.c.number, score).join(self.index(name), self.number(name) == asked.c.number)
        return found.order_by(score.desc(), asked.c.number).limit(count)

    def marks(
        self, connection: Connection, name: Index, terms: tuple[Term, ...], rows: dict[int, str]
    ) -> dict[int, tuple[tuple[int, int], ...]]:
        """By asking the server for the stems of the words that may be meant, once for all texts.

        PostgreSQL's own headlines take some twenty milliseconds a text.
        """
        del name
        phrases = [term.words.lower().split() for term in terms if not term.without]
        found = {number: list(_WORD.finditer(folded(words))) for number, words in rows.items()}
        first = {word[0] for phrase in phrases for word in phrase}
        forms = {form for words in found.values() for one in words if (form := one.group().lower())[0] in first}
        stems = _stems(connection, forms.union(*phrases))
        wanted = [[stems[word] for word in phrase] for phrase in phrases]
        return {number: _standing(words, wanted, stems) for number, words in found.items()}


_WORD = re.compile(r"[^\W_]+")


def _stems(connection: Connection, forms: Iterable[str]) -> dict[str, str]:
    """What words are found by; a stem begins as its word does."""
    asked = sorted(forms)
    query = text(
        "SELECT word, coalesce((ts_lexize('tellings_stem', word))[1], word) FROM unnest(CAST(:asked AS text[])) AS word"
    )
    return {row[0]: row[1] for row in connection.execute(query, {"asked": asked})}


def _standing(
    words: list[re.Match[str]], wanted: list[list[str]], stems: Mapping[str, str]
) -> tuple[tuple[int, int], ...]:
    """Where phrases of stems stand in a text, in order, each stretch once."""
    known = [stems.get(one.group().lower()) for one in words]
    spans = {
        (words[at].start(), words[at + len(phrase) - 1].end())
        for phrase in wanted
        for at, stem in enumerate(known)
        if stem == phrase[0] and known[at : at + len(phrase)] == phrase
    }
    return tuple(sorted(spans))


def fts5_query(terms: Iterable[Term]) -> str:
    """Terms as a query of FTS5: strings in quotation marks, so that nothing that was typed is syntax."""
    asked = [f'"{term.words}"' for term in terms if not term.without]
    without = [f'"{term.words}"' for term in terms if term.without]
    wanted = " AND ".join(asked)
    return f"({wanted}) NOT ({' OR '.join(without)})" if without else wanted


def single(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Each word of a phrase for itself: the index of what is said does not know which word is next to which.

    A phrase that must not be there is left to whoever looks at the words found.
    """
    found = []
    for term in terms:
        parts = term.words.split()
        found += [Term(part, term.without) for part in parts if len(parts) == 1 or not term.without]
    return tuple(found)


def matching(dialect: str) -> Fts5 | Tsearch:
    """The search of a dialect."""
    return Fts5() if dialect == "sqlite" else Tsearch()


def _tsquery(terms: tuple[Term, ...]) -> ColumnElement[Any]:
    query: ColumnElement[Any] | None = None
    for term in terms:
        one: ColumnElement[Any] = func.phraseto_tsquery(text("'tellings'"), term.words)
        if term.without:
            one = func.tsquery_not(one)
        query = one if query is None else func.tsquery_and(query, one)
    return query if query is not None else column("false")


def _unmarked(found: Iterable[Any], rows: dict[int, str]) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
    """Spans of marked texts; none where taking the marks out does not give the text back."""
    for number, marked in found:
        spans, plain, at = [], [], 0
        for part in marked.split(_OPEN):
            inside, mark, after = part.partition(_CLOSE)
            if mark:
                spans.append((at, at + len(inside)))
            plain.append(inside + after)
            at += len(inside) + len(after)
        yield number, tuple(spans) if "".join(plain) == rows[number] else ()
