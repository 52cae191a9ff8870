"""Progress of long work on standard error: how much is done, how fast, how long it will take."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

T = TypeVar("T")
_EVERY = 2.0  # seconds


def paced(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """The items as they come; on a terminal, a line of standard error says every two seconds how it goes."""
    if not sys.stderr.isatty():
        yield from items
        return
    begun = told = time.monotonic()
    for done, item in enumerate(items, 1):
        yield item
        now = time.monotonic()
        if now - told >= _EVERY:
            told = now
            click.echo(f"\r{line(done, total, now - begun, what)}", err=True, nl=False)
    if told > begun:
        click.echo("\r\x1b[K", err=True, nl=False)


def line(done: int, total: int, seconds: float, what: str) -> str:
    """Progress in words: "120 of 400 accounts read, 31 a second, 9 s left"."""
    rate = done / seconds if seconds else 0.0
    left = round((total - done) / rate) if rate else 0
    return f"{done:,} of {total:,} {what}, {rate:.3g} a second, {left // 60} min {left % 60} s left "
