"""Seconds and memory of `tellings compare` from a cold start: `python benchmarks/cold_start.py [STORIES]`.

STORIES is a folder with the reference story (default ../shared/stories/mayor); with five BASIL triples from the
corpora folder (TELLINGS_CORPORA, else ../shared/corpora). Each run is a process of its own; memory is the largest
resident size of it or of a process it started.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

RUNS = 3
CORPORA = Path(os.environ.get("TELLINGS_CORPORA", "../shared/corpora"))


@dataclass(frozen=True, slots=True)
class Cost:
    """The quickest of some runs: wall seconds; and the largest resident size in megabytes."""

    seconds: float
    megabytes: float


def cost(arguments: list[str]) -> Cost:
    """Run `tellings` with arguments a few times."""
    runs = [_once(arguments) for _ in range(RUNS)]
    return Cost(min(run.seconds for run in runs), max(run.megabytes for run in runs))


def _once(arguments: list[str]) -> Cost:
    # RUSAGE_CHILDREN keeps a maximum over all children, so each run is measured inside a helper of its own
    code = (
        "import resource, subprocess, sys;"
        "subprocess.run([sys.executable, '-m', 'tellings', *sys.argv[1:]], stdout=subprocess.DEVNULL, check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, check=True)
    return Cost(time.perf_counter() - began, int(done.stdout) / 1024)


def triples(folder: Path, count: int) -> list[list[str]]:
    """The first BASIL triples as text files: title, blank line, sentences by paragraph."""
    found = []
    with (CORPORA / "stories" / "basil" / "triples_2010_2014.jsonl").open(encoding="utf-8") as file:
        for line in list(file)[:count]:
            story = json.loads(line)
            paths = []
            for article in story["articles"]:
                path = folder / f"{article['id']}.txt"
                body = "\n\n".join(" ".join(article["sentences"][a:b]) for a, b in article["paragraphs"])
                path.write_text(f"{article['title']}\n\n{body}\n", encoding="utf-8")
                paths.append(str(path))
            found.append(paths)
    return found


def main() -> None:
    """Print the table."""
    mayor = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/stories/mayor")
    print(f"{'what':<28}{'words':>8}{'seconds':>10}{'MB':>8}")
    _row("tellings --help", ["--help"], [])
    texts = [str(path) for path in sorted(mayor.glob("*.txt"))]
    _row("mayor, 3 accounts", ["compare", "--json", *texts], texts)
    with tempfile.TemporaryDirectory() as folder:
        for number, paths in enumerate(triples(Path(folder), 5), start=1):
            _row(f"BASIL triple {number}", ["compare", "--json", *paths], paths)


def _row(name: str, arguments: list[str], paths: list[str]) -> None:
    words = sum(len(Path(path).read_text(encoding="utf-8").split()) for path in paths)
    found = cost(arguments)
    print(f"{name:<28}{words:>8}{found.seconds:>10.2f}{found.megabytes:>8.0f}")


if __name__ == "__main__":
    main()
