"""Stages for the tests of runners, as functions that another process can import; an item says what happens."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from tellings.errors import InputError


def shout(word: str) -> str:
    """Return the word in capitals, or do what it says instead."""
    return _ENDINGS.get(word, str.upper)(word)


def shout_deep(word: str) -> str:
    return shout_deep(word)


def refuse(word: str) -> str:
    if word == "bad":
        raise InputError(word, "is bad", "take another")
    return word


def refused(word: str) -> str | InputError:
    """Give an error as a value, as `ingest` does."""
    return InputError(word, "is bad", "take another") if word == "bad" else word


def process(_: object) -> int:
    return os.getpid()


def killed_once(path: str) -> str:
    """Be killed from outside the first time, as by a system short of memory."""
    mark = Path(path)
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def large(size: int) -> bytes:
    return bytes(size)


def unsendable(_: object) -> object:
    return lambda: None


def threads(_: object) -> str | None:
    return os.environ.get("OMP_NUM_THREADS")


def _spin(_: str) -> str:
    while True:
        pass


def _sleep(_: str) -> str:
    time.sleep(600)
    return ""


def _abort(_: str) -> str:
    os.abort()


def _leave(_: str) -> str:
    os._exit(7)


def _exit(_: str) -> str:
    raise SystemExit(3)


def _eat(_: str) -> str:
    return str(len(bytearray(1 << 40)))


def _bug(word: str) -> str:
    raise KeyError(word)


def _print(word: str) -> str:
    print("this is talk, not an answer", flush=True)  # noqa: T201 - what the test is about
    return word.upper()


_ENDINGS = {
    "spin": _spin, "sleep": _sleep, "abort": _abort, "leave": _leave, "exit": _exit, "eat": _eat, "bug": _bug,
    "print": _print, "deep": shout_deep,
}  # fmt: skip
