"""A library that is open."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tellings.library.problems import plain_errors
from tellings.library.records import Added, Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType

    from sqlalchemy import Connection

    from tellings.correcting.records import Correction, Outcome
    from tellings.exporting.records import Kept
    from tellings.library.adding import Also, OnRefused, Originals
    from tellings.library.records import Fault, Found, Listed, SourceCount, Story, StoryListed
    from tellings.library.searching import VectorOf
    from tellings.library.stores import Postgres, Sqlite
    from tellings.records import Account, Reading


class Library:
    """A library that is open: many may read it while one writes; writers take turns.

    Every method may raise LibraryError: the store is full, locked, gone, damaged, or can only be read. What was kept
    before stays kept. A library may be used by several threads. `store` is for the other parts of this package.
    """

    def __init__(self, store: Sqlite | Postgres) -> None:
        from tellings.library.grouped import Grouping
        from tellings.library.meaning import Meanings

        self.store = store
        self._grouping = Grouping()
        self._meanings = Meanings()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self.store.engine.dispose()

    @property
    def name(self) -> str:
        """What errors call the library: its path, or its URL without a password."""
        return self.store.about

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection of SQLAlchemy that sees one state of the library."""
        with plain_errors(self.name), self.store.reading() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction that no other writer shares: kept at the end, undone by an error."""
        with plain_errors(self.name), self.store.writing() as connection:
            yield connection

    def add(  # noqa: PLR0913 - what adding needs to know
        self,
        readings: Iterable[Reading],
        *,
        model: str | None = None,
        originals: Originals | None = None,
        on_refused: OnRefused | None = None,
        stories: bool = True,
        also: Also | None = None,
    ) -> Added:
        """Add readings; an account whose original the library has already is left as it is.

        Kept a hundred at a time: what stops it loses no more than those. `model` names what read them, the shipped one
        unless given; `originals` gives an account's original bytes, which are then kept, too. Each new account is put
        into a story unless `stories` is False. `also` writes on the connection of each hundred, to be kept with it.
        """
        total = Added()
        steps = self.add_steps(
            readings, model=model, originals=originals, on_refused=on_refused, stories=stories, also=also
        )
        for one in steps:
            total = Added(total.new + one.new, total.known + one.known, total.refused + one.refused)
        return total

    def add_steps(  # noqa: PLR0913 - as `add`
        self,
        readings: Iterable[Reading],
        *,
        model: str | None = None,
        originals: Originals | None = None,
        on_refused: OnRefused | None = None,
        stories: bool = True,
        also: Also | None = None,
    ) -> Iterator[Added]:
        """As `add`, saying after each batch what came of it; it is kept by then."""
        from tellings.library.adding import add

        if model is None:
            from tellings.reading.model import model_name

            model = model_name()
        refused = on_refused or (lambda error: None)  # noqa: ARG005 - counted all the same
        with plain_errors(self.name):
            grouping = self._grouping if stories else None
            yield from add(
                self.store, readings, model=model, originals=originals, refused=refused, grouping=grouping, also=also
            )

    def known(self, digests: Sequence[str]) -> set[str]:
        """Those of some accounts' `sha256` that need not be read and added again."""
        from tellings.library.adding import known

        with self.reading() as connection:
            return known(connection, digests)

    def accounts(self, where: Query | None = None, *, after: int = 0, most: int | None = None) -> list[Listed]:
        """The accounts, by date: `most` after the first `after`; of `where` the outlet and the days count."""
        from tellings.library.listing import listed

        with self.reading() as connection:
            return list(listed(connection, where, after=after, most=most))

    def account(self, name: str) -> Account:
        """One account as it was added, by its name."""
        from tellings.library.listing import account_named

        with self.reading() as connection:
            return account_named(connection, name, library=self.name)

    def named(self, begin: str, *, limit: int = 5) -> list[str]:
        """The first names of accounts that begin so."""
        from tellings.library.listing import names_beginning

        with self.reading() as connection:
            return names_beginning(connection, begin, limit)

    def original(self, account: Account) -> bytes | None:
        """The bytes of an account's original, None where they were not kept."""
        from tellings.library.listing import original

        with self.reading() as connection:
            return original(connection, account)

    def search(self, query: Query, *, vector_of: VectorOf | None = None) -> list[Found]:
        """What fits a query, best first; `vector_of` makes a vector of a meaning, by the shipped model unless given."""
        from tellings.library import meaning
        from tellings.library.adding import same_vectors
        from tellings.library.searching import search

        with self.reading() as connection:
            if query.meaning is not None:
                same_vectors(connection, self.name, mark=False)
            return search(connection, query, self._meanings, vector_of or meaning.vector_of)

    def sources(self, where: Query | None = None) -> list[SourceCount]:
        """Who is given words, most accounts first; of `where` speaker, source type, outlet, days and limit count."""
        from tellings.library.listing import sources

        with self.reading() as connection:
            return list(sources(connection, where or Query()))

    def stories(self) -> list[StoryListed]:
        """The stories, the one changed last first."""
        from tellings.library.stories import stories

        with self.reading() as connection:
            return list(stories(connection))

    def story(self, number: int) -> Story:
        """One story with its accounts and its past."""
        from tellings.library.stories import story

        with self.reading() as connection:
            return story(connection, number, library=self.name)

    def assign(self, accounts: Iterable[str], story: int | None = None, *, by: str) -> int:
        """Put accounts, by name, into a story (a new one unless given), out of those they were in; gives its number."""
        from tellings.library.stories import assign

        with self.writing() as connection:
            return assign(connection, accounts, story, by=by, library=self.name)

    def give(self, *, story: int | None = None, originals: bool = False) -> Iterator[Kept]:
        """All that is kept, or of one story's accounts, as records for an export; one state of the library."""
        from tellings.library.giving import given

        with self.reading() as connection:
            yield from given(connection, story=story, originals=originals)

    def models(self) -> list[str]:
        """The names of the models that its accounts were read with."""
        from sqlalchemy import select

        from tellings.library.schema import readers

        with self.reading() as connection:
            return list(connection.scalars(select(readers.c.name).order_by(readers.c.id)))

    def take(self, records: Iterable[Kept], *, about: str = "the export") -> Added:
        """Take in the records of an export; what is there already stays as it is. `about` names it in errors."""
        from tellings.library.taking import take

        with plain_errors(self.name):
            return take(self.store, records, about=about)

    def corrections(self, *, texts: Iterable[str] | None = None, withdrawn: bool = False) -> list[Correction]:
        """What people put right, oldest first; of the texts with these hashes alone, unless all are asked for."""
        from tellings.library.corrections import stored

        with self.reading() as connection:
            return stored(connection, texts=texts, withdrawn=withdrawn)

    def correct(self, corrections: Iterable[Correction]) -> Added:
        """Keep corrections; one that is there already is left, but for being withdrawn."""
        from tellings.library.corrections import keep

        with self.writing() as connection:
            return keep(connection, corrections)

    def withdraw(self, key: str, *, at: str) -> Correction:
        """Withdraw a correction, by its key or the beginning of it; it is kept, and holds no more."""
        from tellings.library.corrections import withdraw

        with self.writing() as connection:
            return withdraw(connection, key, at=at, library=self.name)

    def standing(self) -> list[Outcome]:
        """What becomes of each correction that is not withdrawn, as far as the texts tell without reading them again.

        Some have no text here, or other words there, or are said otherwise; of others a later version of the page has
        the words.
        """
        from tellings.library.corrections import standing

        with self.reading() as connection:
            return standing(connection)

    def check(self) -> list[Fault]:
        """Every hash, span and row that is not as it must be; empty where the library is whole."""
        from tellings.library.checking import check

        with self.reading() as connection:
            return list(check(connection))
