"""Invented inputs the tests share, and what makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.errors import InputError
from tellings.ingest import bytes_of, ingest, read_back
from tellings.records import Account, Span

if TYPE_CHECKING:
    from pathlib import Path

STORY = (
    "The harbour council voted on Monday to close the old swing bridge for repairs.\n\n"
    "“We cannot wait for another winter,” said the harbour master, who has asked for the work since spring. "
    "Two shops on the north quay will have to move, and the ferry will run every ten minutes until the bridge "
    "opens again."
)
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Swing bridge to close for repairs | The Tidewater Post</title>
<meta property="og:site_name" content="The Tidewater Post">
<meta property="article:published_time" content="2024-03-04T18:30:00+01:00">
<meta property="article:modified_time" content="2024-03-05T07:00:00+01:00">
<meta name="author" content="Ada Lindqvist">
<link rel="canonical" href="https://tidewater.example/bridge">
<script>var words = "The harbour council voted";</script></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></nav>
<article><h1>Swing bridge to close for&nbsp;repairs</h1>
<p>The harbour council voted on <b>Monday</b> to close the old
   swing bridge for repairs, after a survey found rust &amp; cracks in its main bearing.</p>
<p>&ldquo;We cannot wait for another winter,&rdquo; said the harbour master, who has asked for the work
since spring.<!-- an advertisement --> Two shops on the north quay will have to move.</p>
<p>The ferry will run every ten minutes until the bridge opens again, and the council will pay the fares of all
who live on the north side of the water.</p></article>
<footer>About us. Contact. All rights reserved.</footer></body></html>
"""


def one(path: Path | str) -> Account:
    """Return the single account of an input that is expected to be good."""
    found = list(ingest([path]))
    assert len(found) == 1, found
    assert isinstance(found[0], Account), found[0]
    return found[0]


def error_of(path: Path | str) -> InputError:
    """Return the single error of an input that is expected to be bad."""
    found = list(ingest([path]))
    assert len(found) == 1, found
    assert isinstance(found[0], InputError), found[0]
    return found[0]


def written(folder: Path, name: str, data: bytes | str) -> Path:
    """Write one input, as the bytes given or in UTF-8."""
    path = folder / name
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return path


def words_in(account: Account, words: str) -> Span:
    """Find the first stretch of an account's text that has these words."""
    start = account.text.index(words)
    return Span(start, start + len(words))


def bytes_for(account: Account, words: str, data: bytes) -> bytes:
    """Return the bytes of the original that words of an account come from."""
    found = bytes_of(account, words_in(account, words))
    assert found is not None
    return data[found[0] : found[1]]


def every_run_reads_back(account: Account, data: bytes) -> bool:
    """Tell whether the bytes of each run say what the account says there."""
    runs = account.original.runs
    return all(read_back(account, Span(run.start, run.end), data) == account.text[run.start : run.end] for run in runs)
