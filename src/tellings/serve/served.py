"""What is served: an open library, the processes that work for it, and the comparisons that were made."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from anyio import CapacityLimiter, to_thread

from tellings.serve.comparisons import Comparisons
from tellings.serve.settings import Settings
from tellings.serve.work import Beside, Work

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.library.opened import Library
    from tellings.records import Account

T = TypeVar("T")
_THREADS = 8
"""Questions to the library at once; more would only take turns."""


@dataclass(frozen=True, slots=True)
class Served:
    """What every answer is made from; `work` is for long pieces, `quick` for short ones that a person waits for.

    `form_token` stands in every form of this server and of no other.
    """

    settings: Settings
    library: Library
    work: Work
    quick: Work
    comparisons: Comparisons
    form_token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    limiter: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_THREADS))

    async def ask(self, function: Callable[..., T], *given: object, **named: object) -> T:
        """Call something that may wait, in a thread, so that nobody else waits for it."""
        return await to_thread.run_sync(partial(function, *given, **named), limiter=self.limiter)

    def accounts_of(self, story: int) -> list[Account]:
        """The accounts of a story, whole, by date.

        Raises:
            NotThereError: for a story that is not there.

        """
        from tellings.library.listing import account_named
        from tellings.library.stories import story as one_story

        with self.library.reading() as connection:
            listed = one_story(connection, story, library=self.library.name).accounts
            return [account_named(connection, one.account, library=self.library.name) for one in listed]

    def accounts_named(self, names: Sequence[str]) -> list[Account]:
        """Some accounts of the library, whole."""
        return [self.library.account(name) for name in dict.fromkeys(names)]


@contextmanager
def served(settings: Settings, *, work: Work | None = None) -> Iterator[Served]:
    """Open what is served, and close it; `work` does all of the work, two processes beside unless given.

    Raises:
        LibraryError: when the library cannot be opened.

    """
    from tellings.library import open_library
    from tellings.reading.model import model_name

    with open_library(settings.library) as library:
        long = work or Beside(time=settings.time, waiting=settings.waiting)
        short = work or Beside(time=min(settings.time, 60.0), waiting=settings.waiting)
        made = Comparisons(long, model=model_name(), folder=settings.cache)
        try:
            yield Served(settings, library, long, short, made)
        finally:
            long.close()
            short.close()
