"""How well the article of a web page is found, and how much of it leads back to the page's bytes.

Run `python benchmarks/ingest_html.py [--pages N] [--worst N]`; the corpora folder is `$TELLINGS_CORPORA` or
`../shared/corpora`. Prints a table over the article pages of WCXB dev (CC BY 4.0 annotation): word precision, recall
and F1 against the annotated main text (which leaves the title out; so the heading that we set before it is not counted,
and the figure with it stands beside), the share of blocks and letters placed, dates, titles, processor time a page, and
pages a second in two spawned processes that take an input as `tellings` does. trafilatura's own F1 and time are taken
in the same run, one page of ours, one of theirs.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import hashlib
import json
import logging
import multiprocessing
import os
import re
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tellings.errors import InputError, SpanError
from tellings.ingest import bytes_of, read_back
from tellings.ingest.forms import accounts_of_bytes
from tellings.ingest.html import account_of_page
from tellings.records import Account, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILE = Path("html") / "wcxb_dev_articles.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Score:
    """One page: words shared, found and wanted; blocks and characters placed of all; what else was right."""

    shared: int
    found: int
    wanted: int
    blocks: int
    blocks_placed: int
    letters: int
    letters_placed: int
    broken_runs: int
    date: str
    title: bool
    cut: bool
    seconds: float
    f1: float
    f1_titled: float
    theirs: dict[str, tuple[float, float]]


def main() -> None:
    """Score every page and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=10**6, help="score only the first pages")
    arguments.add_argument("--worst", type=int, default=0, help="also list the pages with the lowest F1")
    chosen = arguments.parse_args()
    given = list(pages(chosen.pages))
    score(given[0])  # libraries are loaded
    scores = {str(page["id"]): score(page) for page in given}
    lines = table(list(scores.values()))
    by_clock, by_processor = pages_a_second(given)
    lines.append(
        f"{'pages a second, two processes':34} {by_clock:.0f} by the clock, {by_processor:.0f} by processor time"
    )
    for name, one in sorted(scores.items(), key=lambda item: item[1].f1)[: chosen.worst]:
        lines.append(f"{name}  F1 {one.f1:.3f}  blocks {one.blocks_placed}/{one.blocks}  {one.seconds:.2f} s")
    sys.stdout.write("\n".join(lines) + "\n")


def pages(most: int) -> Iterator[dict[str, Any]]:
    """Read the corpus; ends with a message where it is missing."""
    folder = Path(os.environ.get("TELLINGS_CORPORA", "../shared/corpora"))
    if not (folder / _FILE).is_file():
        raise SystemExit(f"{folder / _FILE} is missing: set TELLINGS_CORPORA to the folder of the corpora")
    with gzip.open(folder / _FILE, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number >= most:
                return
            yield json.loads(line)


def score(page: dict[str, Any]) -> Score:
    """Read one page and compare it with its annotation."""
    data = page["html"].encode("utf-8")
    digest = hashlib.sha256(data).hexdigest()
    wanted = _words(page["text"])
    theirs = {name: _theirs(page["html"], wanted, recall=name == "recall") for name in ("default", "recall")}
    before = time.process_time()
    try:
        account = account_of_page(f"{page['id']}.html", data, digest)
    except InputError:
        seconds = time.process_time() - before
        date = _date(page["date"], None, None)
        return Score(0, 0, wanted.total(), 0, 0, 0, 0, 0, date, False, False, seconds, 0.0, 0.0, theirs)
    seconds = time.process_time() - before
    found = _words(_without_title(account))
    blocks = _blocks(account)
    return Score(
        (found & wanted).total(), found.total(), wanted.total(), len(blocks), _placed(account, blocks),
        _letters(account.text), sum(_letters(account.text[run.start : run.end]) for run in account.original.runs),
        sum(not _reads_back(account, Span(run.start, run.end), data) for run in account.original.runs),
        _date(page["date"], account.published, account.updated), _plain(page["title"]) == _plain(account.title),
        any(note.code == "cut off" for note in account.notes), seconds, _f1(found, wanted),
        _f1(_words(account.text), wanted), theirs,
    )  # fmt: skip


def _theirs(source: str, wanted: Counter[str], *, recall: bool) -> tuple[float, float]:
    """Trafilatura's F1 and processor time on a page, with metadata, as its users call it."""
    import trafilatura

    logging.disable(logging.ERROR)
    before = time.process_time()
    found = trafilatura.bare_extraction(source, favor_recall=recall, include_comments=False, with_metadata=True)
    seconds = time.process_time() - before
    return _f1(_words(found.text or "") if found else Counter(), wanted), seconds


def _f1(found: Counter[str], wanted: Counter[str]) -> float:
    both = found.total() + wanted.total()
    return 2 * (found & wanted).total() / both if both else 0.0


def _without_title(account: Account) -> str:
    """The text without the heading that ingest set before it."""
    first, _, rest = account.text.partition("\n\n")
    return rest if account.title and _plain(first) == _plain(account.title) else account.text


def pages_a_second(pages: list[dict[str, Any]]) -> tuple[float, float]:
    """Pages a second of two spawned processes (wall clock), and pages a second of their processor time times two."""
    inputs = [(f"{page['id']}.html", page["html"].encode("utf-8")) for page in pages]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(_take_in, inputs[:4], chunksize=1)  # libraries are loaded
        before = time.perf_counter()
        seconds = pool.map(_take_in, inputs, chunksize=4)
        return len(inputs) / (time.perf_counter() - before), 2 * len(inputs) / sum(seconds)


def _take_in(given: tuple[str, bytes]) -> float:
    before = time.process_time()
    with contextlib.suppress(InputError):
        list(accounts_of_bytes("page", *given))
    return time.process_time() - before


def table(scores: list[Score]) -> list[str]:
    """Lay the figures out, one a line."""
    read = [one for one in scores if one.found]
    shared, found, wanted = (sum(getattr(one, key) for one in scores) for key in ("shared", "found", "wanted"))
    dates = Counter(one.date for one in scores)
    dated = dates.total() - dates["neither"] - dates["not annotated"]
    times = sorted(one.seconds for one in scores)
    rows = [
        ("pages", f"{len(scores)}, of which {len(scores) - len(read)} without an article"),
        ("word F1, mean over pages", f"{statistics.fmean(one.f1 for one in scores):.4f}"),
        ("  with the heading set before", f"{statistics.fmean(one.f1_titled for one in scores):.4f}"),
        *(
            (f"  trafilatura, {name}", f"{statistics.fmean(one.theirs[name][0] for one in scores):.4f}")
            for name in ("default", "recall")
        ),
        ("word precision, recall, all words", f"{shared / found:.3f}, {shared / wanted:.3f}"),
        ("blocks placed", _share(sum(one.blocks_placed for one in read), sum(one.blocks for one in read))),
        ("letters placed", _share(sum(one.letters_placed for one in read), sum(one.letters for one in read))),
        ("pages placed whole", _share(sum(one.blocks == one.blocks_placed for one in read), len(read))),
        ("runs that do not read back", str(sum(one.broken_runs for one in read))),
        ("published as annotated", _share(dates["right"], dated)),
        ("  or changed as annotated", _share(dates["right"] + dates["date of change"], dated)),
        ("dates", ", ".join(f"{kind} {count}" for kind, count in sorted(dates.items()))),
        ("titles as annotated", _share(sum(one.title for one in read), len(read))),
        ("noted as cut off", str(sum(one.cut for one in read))),
        ("processor ms a page", f"mean {1e3 * statistics.fmean(times):.1f}, median {1e3 * times[len(times) // 2]:.1f}"),
        *(
            (f"  trafilatura, {name}", f"mean {1e3 * statistics.fmean(one.theirs[name][1] for one in scores):.1f}")
            for name in ("default", "recall")
        ),
    ]
    return [f"{name:34} {value}" for name, value in rows]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f} ({part} of {whole})" if whole else "none"


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def _plain(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", (text or "").lower()))


def _letters(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _blocks(account: Account) -> list[Span]:
    return [
        Span(match.start(), match.end()) for match in re.finditer(r"(?:.|\n(?!\n))+", account.text) if match[0].strip()
    ]


def _placed(account: Account, blocks: list[Span]) -> int:
    return sum(bytes_of(account, span) is not None for span in blocks)


def _reads_back(account: Account, span: Span, data: bytes) -> bool:
    try:
        return read_back(account, span, data) == account.text[span.start : span.end]
    except SpanError:
        return False


def _date(wanted: str | None, found: str | None, changed: str | None) -> str:
    if not wanted or not found:
        return "neither" if not wanted and not found else "missed" if wanted else "not annotated"
    if found.startswith(wanted[:10]):
        return "right"
    return "date of change" if changed and changed.startswith(wanted[:10]) else "other"


if __name__ == "__main__":
    main()
