"""What is served: an open library, the processes that work for it, and the comparisons that were made."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from anyio import CapacityLimiter, to_thread

from tellings.errors import NotThereError
from tellings.serve.comparisons import Comparisons, digest_of
from tellings.serve.settings import Settings
from tellings.serve.work import Beside, Work

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.library.opened import Library
    from tellings.records import Account
    from tellings.serve.told import StoryHead

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
    digests: dict[str, str] = field(default_factory=dict)
    limiter: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_THREADS))

    async def ask(self, function: Callable[..., T], *given: object, **named: object) -> T:
        """Call something that may wait, in a thread, so that nobody else waits for it."""
        return await to_thread.run_sync(partial(function, *given, **named), limiter=self.limiter)

    def story(self, number: int) -> StoryHead:
        """A story's title and accounts.

        Raises:
            NotThereError: for one that is not there.

        """
        from tellings.serve.told import story_head

        with self.library.reading() as connection:
            found = story_head(connection, number)
        if found is None:
            raise NotThereError(self.library.name, f"has no story {number}", "see the stories for those it has")
        return found

    def key_of(self, names: Sequence[str]) -> str:
        """The key of a comparison of accounts of the library, by name; an account never changes once it is kept."""
        for account in self.accounts_named([name for name in names if name not in self.digests]):
            self.digests[account.id] = digest_of(account)
        return self.comparisons.key_of([self.digests[name] for name in names])

    def accounts_named(self, names: Sequence[str]) -> list[Account]:
        """Some accounts of the library, whole, each once."""
        from tellings.library.listing import account_named

        with self.library.reading() as connection:
            return [account_named(connection, name, library=self.library.name) for name in dict.fromkeys(names)]


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
