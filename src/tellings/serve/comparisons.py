"""Comparisons by what they are of: made once, remembered, and waited for by everybody who asks meanwhile."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from tellings.errors import ServingError, TellingsError
from tellings.serve.jobs import Compared, compared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from tellings.records import Account
    from tellings.serve.work import Work

_MB = 1024 * 1024
_SHOWN = 200
"""Pieces of work that failed, or are being done, and are remembered at most."""


@dataclass(slots=True)
class Making:
    """A comparison that is being made, or could not be: where it stands, as of the last that was told."""

    future: Future[Compared] = field(default_factory=Future)
    what: str = "waiting"
    done: int = 0
    of: int = 0
    listeners: list[Callable[[], None]] = field(default_factory=list)

    def tell(self, what: str, done: int, of: int) -> None:
        """Take in where it stands now."""
        self.what, self.done, self.of = what, done, of
        for listener in list(self.listeners):
            listener()

    @property
    def problem(self) -> TellingsError | None:
        """Why it could not be made; None while it is being made."""
        if not self.future.done() or self.future.cancelled():
            return None
        error = self.future.exception()
        if error is None or isinstance(error, TellingsError):
            return error
        return ServingError("the work", "failed in a way nobody foresaw", "report it as a fault of Tellings")


class Comparisons:
    """Comparisons in memory (as many as `room` bytes hold, those used last) and, where there is one, in a folder."""

    def __init__(self, work: Work, *, model: str, folder: Path | None = None, room: int = 256 * _MB) -> None:
        from importlib.metadata import version

        self._work = work
        self._made_with = f"{version('tellings')} {model}"
        self._folder = folder
        self._room = room
        self._held = 0
        self._kept: OrderedDict[str, Compared] = OrderedDict()
        self._making: OrderedDict[str, Making] = OrderedDict()
        self._lock = Lock()

    def key(self, accounts: Sequence[Account]) -> str:
        """What a comparison is known by: its accounts in any order, the model, this version and its settings."""
        return self.key_of([digest_of(one) for one in accounts])

    def key_of(self, digests: Iterable[str]) -> str:
        """As `key`, of the accounts' digests (`digest_of`)."""
        from tellings.comparing.stage import Settings

        told = "\n".join([self._made_with, repr(Settings()), *sorted(digests)])
        return hashlib.sha256(told.encode()).hexdigest()[:40]

    def found(self, key: str) -> Compared | None:
        """A comparison that was made."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        kept = self._read(key)
        if kept is not None:
            self._remember(key, kept)
        return kept

    def making(self, key: str) -> Making | None:
        """One that is being made, or could not be."""
        with self._lock:
            return self._making.get(key)

    def begin(self, accounts: Sequence[Account], key: str | None = None) -> tuple[str, Making]:
        """Have a comparison made, unless it is being made; gives its key.

        Raises:
            ServingError: when too much work waits.

        """
        name = key or self.key(accounts)
        with self._lock:
            there = self._making.get(name)
            if there is not None and there.problem is None:
                return name, there
            made = Making()
            made.future = self._work.submit(compared, tuple(accounts), tell=made.tell)
            self._making[name] = made
            while len(self._making) > _SHOWN:
                self._making.popitem(last=False)
        made.future.add_done_callback(lambda done: self._end(name, done))
        return name, made

    def _end(self, key: str, future: Future[Compared]) -> None:
        if future.cancelled() or future.exception() is not None:
            return
        made = future.result()
        self._remember(key, made)
        self._write(key, made)
        with self._lock:
            self._making.pop(key, None)

    def _remember(self, key: str, made: Compared) -> None:
        with self._lock:
            before = self._kept.pop(key, None)
            self._held += _size(made) - (_size(before) if before else 0)
            self._kept[key] = made
            while self._held > self._room and len(self._kept) > 1:
                self._held -= _size(self._kept.popitem(last=False)[1])

    def _read(self, key: str) -> Compared | None:
        """What the folder has; an entry that is damaged is as good as none."""
        import msgspec

        if self._folder is None or not key.isalnum():
            return None
        try:
            return msgspec.msgpack.decode((self._folder / key).read_bytes(), type=Compared)
        except (OSError, msgspec.MsgspecError):
            return None

    def _write(self, key: str, made: Compared) -> None:
        """Keep one in the folder; where nothing can be written nothing is kept."""
        from contextlib import suppress

        import msgspec

        if self._folder is None:
            return
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            begun = self._folder / f"{key}.begun"
            begun.write_bytes(msgspec.msgpack.encode(made))
            begun.replace(self._folder / key)


def digest_of(account: Account) -> str:
    """The digest of an account with all that is known of it."""
    from tellings.coding import encode_account

    return hashlib.sha256(encode_account(account)).hexdigest()


def _size(made: Compared) -> int:
    return sum(map(len, made))
