"""How running over many inputs holds up: memory, kills, archives, growth, a cluster.

`python benchmarks/running.py WHAT [--count N]`, WHAT being one of
- `memory`: peak memory over a tenth of N and over N saved pages (N: 10,000);
- `killed`: N pages (1,000) with kill -9 in the middle and again, against an undisturbed run, byte by byte;
- `archive`: reading a web archive of N pages (60) of WCXB against extracting and reading them, and end to end;
- `growth`: time an account over a tenth of N and over N accounts of JSONL (100,000), all but the encoder;
- `cluster`: N accounts (40) read in one process and on a local Ray cluster of two: the same bytes;
- `limits`: what the pages of WCXB take at most of what one page may take.

Figures about work are processor seconds of all processes together, so that a busy machine tells the same; memory is the
sum of each process's own peak. Pages and accounts are invented but for `archive` and `limits`, which need the corpora
(TELLINGS_CORPORA, else ../shared/corpora).
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import invented

_PAGES = Path(os.environ.get("TELLINGS_CORPORA", "../shared/corpora")) / "html" / "wcxb_dev_articles.jsonl.gz"
_LOOKED = 0.5  # seconds between two looks; what a process uses after the last is left out
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Watched:
    """A run of `tellings` and all it started: processor seconds and peak megabytes, a process each."""

    seconds: dict[int, float] = field(default_factory=dict)
    megabytes: dict[int, float] = field(default_factory=dict)
    wall: float = 0.0

    @property
    def work(self) -> float:
        """Processor seconds of all processes."""
        return sum(self.seconds.values())

    @property
    def peak(self) -> float:
        """Megabytes, the peaks of all processes added up."""
        return sum(self.megabytes.values())

    def look(self, root: int) -> None:
        """Take down what each process has used so far."""
        for process in [root, *_descendants(root)]:
            with contextlib.suppress(OSError, ValueError, IndexError):
                told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
                self.seconds[process] = (int(told[11]) + int(told[12])) / _TICKS
                status = Path(f"/proc/{process}/status").read_text()
                self.megabytes[process] = int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _descendants(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parents.setdefault(int(stat.read_text().rpartition(")")[2].split()[1]), []).append(int(stat.parent.name))
    found, waiting = [], [root]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def tellings(*arguments: str | Path, kill_when: int | None = None, folder: Path | None = None) -> Watched:
    """Run the command; kill it with SIGKILL when so many shards are done in a folder, in the middle of the next."""
    watched, began = Watched(), time.perf_counter()
    run = subprocess.Popen(
        [sys.executable, "-m", "tellings", *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    looked = 0.0
    while run.poll() is None:
        if time.monotonic() - looked > _LOOKED:
            looked = time.monotonic()
            watched.look(run.pid)
        if kill_when is not None and folder is not None and len(list(folder.glob("_*.done.json"))) >= kill_when:
            time.sleep(0.5)
            run.send_signal(signal.SIGKILL)
        time.sleep(0.05)
    watched.wall = time.perf_counter() - began
    if run.returncode and kill_when is None:
        raise SystemExit(f"tellings {' '.join(map(str, arguments))}: exit code {run.returncode}")
    return watched


def files_of(folder: Path) -> dict[str, str]:
    """The digest of each file, but for those that begin with a point."""
    found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def memory(folder: Path, count: int) -> None:
    """Peak memory over few and over many pages."""
    peaks = []
    for number in (count // 10, count):
        given = invented.pages(folder / f"pages-{number}", number)
        run = tellings("accounts", given, "-o", folder / f"out-{number}", "--processes", "2")
        peaks.append(run.peak)
        print(f"{number:>7} pages  {run.peak:7.0f} MB in {len(run.megabytes)} processes (largest "
              f"{max(run.megabytes.values()):.0f})  {number / run.work:6.1f} pages a processor second, "
              f"{run.wall:.0f} s by the clock")  # fmt: skip
    print(f"memory over ten times the pages: {peaks[1] / peaks[0]:.3f}")


def killed(folder: Path, count: int) -> None:
    """A run killed twice and started again, against one that was left alone."""
    given = invented.pages(folder / "pages", count)
    tellings("accounts", given, "-o", folder / "whole", "--processes", "2")
    shards = len(list((folder / "whole").glob("_*.done.json")))
    torn = folder / "torn"
    for at in (1, shards // 2):
        tellings("accounts", given, "-o", torn, "--processes", "2", kill_when=at, folder=torn)
        print(f"killed with {len(list(torn.glob('_*.done.json')))} of {shards} shards done, "
              f"{len(list(torn.glob('.*.partial')))} half-written files there")  # fmt: skip
    tellings("accounts", given, "-o", torn, "--processes", "2")
    same = files_of(torn) == files_of(folder / "whole")
    left = [path.name for path in torn.glob(".*.partial")]
    print(f"{len(files_of(torn))} files, {'the same bytes' if same and not left else 'NOT THE SAME'} as undisturbed")


def corpus_pages(count: int) -> list[bytes]:
    """Pages of WCXB dev, spread over it."""
    with gzip.open(_PAGES, "rt", encoding="utf-8") as lines:
        found = [str(json.loads(line)["html"]).encode() for line in lines]
    return found[:: max(1, len(found) // count)][:count]


def archive(folder: Path, count: int) -> None:
    """An archive read, its pages extracted, its accounts read, each by itself; then all in one run."""
    from tellings.ingest import ingest
    from tellings.ingest.warcbytes import chunks_of
    from tellings.ingest.warcrecords import records_of
    from tellings.reading import read_one
    from tellings.reading.model import load
    from tellings.records import Account

    path = invented.archive(folder / "pages.warc.gz", corpus_pages(count))
    list(ingest([path]))[:1]  # so that nothing is loaded while the clock runs
    began = time.process_time()
    with path.open("rb") as file:
        records = sum(1 for _ in records_of(chunks_of(file)))
    reading_archive = time.process_time() - began
    began = time.process_time()
    accounts = [one for one in ingest([path]) if isinstance(one, Account)]
    extracting = time.process_time() - began
    model = load()
    read_one(accounts[0], model)
    began = time.process_time()
    for account in accounts:
        read_one(account, model)
    reading = time.process_time() - began
    megabytes = path.stat().st_size / 1e6
    print(f"{records} records, {megabytes:.1f} MB gzipped, {len(accounts)} accounts; processor seconds:")
    print(f"reading the archive          {reading_archive:8.2f}   {reading_archive / extracting:.3f} of extraction")
    print(f"extraction, archive included {extracting:8.2f}   {len(accounts) / extracting:.1f} accounts a second")
    print(f"reading the accounts         {reading:8.2f}   {len(accounts) / reading:.1f} accounts a second")
    start = tellings("read", invented.archive(folder / "one.warc.gz", corpus_pages(1)), "-o", folder / "start")
    whole = tellings("read", path, "-o", folder / "whole", "--processes", "1")
    print(f"end to end                   {whole.work:8.2f}   {whole.work / (extracting + reading):.3f} of the two apart"
          f" ({(whole.work - start.work) / (extracting + reading):.3f} without the start, {start.work:.1f});"
          f" {whole.wall:.0f} s by the clock")  # fmt: skip


def growth(folder: Path, count: int) -> None:
    """Processor time an account, all but the encoder, over few and over many accounts of one file."""
    each = []
    for number in (count // 10, count):
        run = tellings("accounts", invented.lines(folder / f"{number}.jsonl", number), "-o", folder / f"out-{number}")
        each.append(run.work / number)
        told = f"{each[-1] * 1000:.2f} ms of a processor each, {run.peak:.0f} MB, {run.wall:.0f} s by the clock"
        print(f"{number:>8} accounts  {told}")
    print(f"time an account over ten times the accounts: {each[1] / each[0]:.3f}")


def cluster(folder: Path, count: int) -> None:
    """The same accounts read in one process and on a cluster."""
    for number in range(4):
        invented.lines(folder / f"part-{number}.jsonl", count // 4)
    given = sorted(folder.glob("*.jsonl"))
    one = tellings("read", *given, "-o", folder / "one", "--processes", "1")
    two = tellings("read", *given, "-o", folder / "two", "--processes", "2")
    ray = tellings("read", *given, "-o", folder / "ray", "--processes", "2", "--cluster", "local")
    for name, run in (("one process", one), ("two processes", two), ("Ray, two actors", ray)):
        print(f"{name:<18}{run.wall:6.1f} s by the clock")
    same = files_of(folder / "one") == files_of(folder / "two") == files_of(folder / "ray")
    print(f"{len(files_of(folder / 'one'))} files, {'the same bytes' if same else 'NOT THE SAME'}")


def limits(folder: Path, count: int) -> None:  # noqa: ARG001 - the shape of all of them
    """Processor seconds and address space that the pages of WCXB take at most."""
    from tellings.errors import InputError
    from tellings.ingest.html import account_of_page

    worst = [(0.0, 0)]
    for body in corpus_pages(count):
        began = time.process_time()
        with contextlib.suppress(InputError):
            account_of_page("page.html", body, hashlib.sha256(body).hexdigest())
        worst.append((time.process_time() - began, len(body)))
    status = Path("/proc/self/status").read_text()
    space = int(status.partition("VmPeak:")[2].split()[0]) / 1024
    print(f"{len(worst) - 1} pages: slowest {max(worst)[0]:.2f} s of a processor ({max(worst)[1]:,} bytes), "
          f"{space:.0f} MB of address space")  # fmt: skip


_WHAT = {"memory": (memory, 10_000), "killed": (killed, 1_000), "archive": (archive, 60), "growth": (growth, 100_000),
         "cluster": (cluster, 40), "limits": (limits, 10_000)}  # fmt: skip


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=list(_WHAT))
    parser.add_argument("--count", type=int)
    chosen = parser.parse_args()
    function, count = _WHAT[chosen.what]
    with tempfile.TemporaryDirectory() as folder:
        function(Path(folder), chosen.count or count)


if __name__ == "__main__":
    main()
