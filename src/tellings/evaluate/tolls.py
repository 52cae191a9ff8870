"""Killed and injured as an account tells them, against the facts that the Gun Violence Archive has of the incident.

Up to 400 articles of a fifth of the incidents, in the order of a hash of their ids; the others were kept for
development, and so were the first 400 of that fifth, whose misses were read (training/RESULTS.md). An article counts
for `killed` where it tells of anybody killed, for `injured` where it tells of anybody hurt; an article may be early,
or tell of other shootings beside, so the facts are not always what it says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tellings.comparing.tolls import Toll, toll
from tellings.errors import CorpusError
from tellings.evaluate.corpora import lines, titled
from tellings.evaluate.scores import Evaluation, Score, share

if TYPE_CHECKING:
    from pathlib import Path

    from tellings.reading.model import Model

WANTED = {"killed": 0.90, "injured": 0.90}
INCIDENTS = "stories/gva/incidents.jsonl.gz"
FIRST, SIZE = 400, 400
SHORTEST, LONGEST = 200, 8000
"""Code points of an article; shorter ones are headlines, longer ones tell of many incidents."""


@dataclass(frozen=True, slots=True)
class Incident:
    """An article, and how many its incident killed and injured."""

    id: str
    text: str
    killed: int
    injured: int


def measure(folder: Path, model: Model) -> Evaluation:
    """Tolls of the articles that are kept for measuring.

    Raises:
        CorpusError: when the incidents are missing or none has facts.

    """
    from tellings.evaluate.readings import readings

    path = folder / INCIDENTS
    kept = sample(path)
    if not kept:
        raise CorpusError(str(path), "has no incident with facts", "get the file again")
    told = [(one, toll(reading)) for one, reading in readings(kept, model)]
    return Evaluation("tolls", titled("GVA train, a fifth of the incidents", path), evaluate(told), WANTED, {})


def sample(path: Path) -> list[Incident]:
    """The articles measured, by a hash of their ids.

    Raises:
        CorpusError: when the file is missing or damaged.

    """
    return sorted(_articles(path), key=lambda one: hashlib.sha256(one.id.encode()).digest())[FIRST:][:SIZE]


def _articles(path: Path) -> Iterator[Incident]:
    for record in lines(path):
        facts = record["facts"] or {}
        if facts.get("num_killed") is None or facts.get("num_injured") is None or not is_measured(record["incident"]):
            continue
        for article in record["articles"]:
            if SHORTEST < len(article["text"]) < LONGEST:
                title = " ".join((article.get("title") or "").split())
                text = f"{title}\n\n{article['text']}" if title else article["text"]
                yield Incident(article["id"], text, facts["num_killed"], facts["num_injured"])


def is_measured(incident: str) -> bool:
    """Whether an incident is kept for measuring: a fifth, by a hash of its number."""
    return hashlib.sha256(incident.encode()).digest()[0] % 5 == 0


def evaluate(told: Iterable[tuple[Incident, Toll]]) -> dict[str, Score]:
    """The share of right numbers where they are told, and how many articles tell them."""
    pairs = list(told)
    killed = [(one.killed, toll.killed) for one, toll in pairs if toll.killed_words]
    injured = [(one.injured, toll.injured) for one, toll in pairs if toll.injured_words]
    whole = [(one.killed, one.injured) == (toll.killed, toll.injured) for one, toll in pairs if toll.killed is not None]
    return {
        "killed": share(sum(a == b for a, b in killed), len(killed)),
        "injured": share(sum(a == b for a, b in injured), len(injured)),
        "both, where either is told": share(sum(whole), len(whole)),
        "told of anybody": share(len(whole), len(pairs)),
    }
