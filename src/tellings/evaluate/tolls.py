"""Killed and injured as an account tells them: against what it states itself, and against the facts of its incident.

`killed, as stated` and `injured, as stated` are over articles of the Gun Violence Archive that state the number, by our
own labels (docs/labelling.md): right where ours is the stated one, or one of the two where the article leaves open
whether a dead gunman is in it; `silent` over those that state none. Only labels that no rule was made by (`held`) are
scored; articles that tell of several incidents alike are left out.

`killed` and `injured` are against the Archive's facts, over up to 400 articles of a fifth of the incidents, in the
order of a hash of their ids; the others were kept for development, and so were the first 400 of that fifth, whose
misses were read (training/RESULTS.md). An article may be early, or tell of other shootings beside, so the facts are not
always what it says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tellings.comparing.tolls import Toll, toll
from tellings.errors import CorpusError
from tellings.evaluate.corpora import lines, titled
from tellings.evaluate.scores import Evaluation, Score, share

if TYPE_CHECKING:
    from pathlib import Path

    from tellings.reading.model import Model

WANTED = {"killed, as stated": 0.90, "injured, as stated": 0.90, "killed": 0.90, "injured": 0.90}
INCIDENTS = "stories/gva/incidents.jsonl.gz"
FIRST, SIZE = 400, 400
SHORTEST, LONGEST = 200, 8000
"""Code points of an article; shorter ones are headlines, longer ones tell of many incidents."""


@dataclass(frozen=True, slots=True)
class Stated:
    """An article, and the numbers of killed and injured that may be read from it; 0 where it states none."""

    id: str
    text: str
    killed: frozenset[int]
    injured: frozenset[int]


@dataclass(frozen=True, slots=True)
class Incident:
    """An article, and how many its incident killed and injured."""

    id: str
    text: str
    killed: int
    injured: int


def measure(folder: Path, model: Model) -> Evaluation:
    """Tolls of the articles that are kept for measuring, and of those whose own numbers are labelled.

    Raises:
        CorpusError: when the incidents or the labels are missing, or none has facts.

    """
    from tellings.evaluate.figures import labels
    from tellings.evaluate.readings import readings

    path, own = folder / INCIDENTS, labels("tolls.jsonl")
    kept, held = sample(path), stated(own, path)
    if not kept:
        raise CorpusError(str(path), "has no incident with facts", "get the file again")
    texts: dict[str, Incident | Stated] = {one.id: one for one in kept}
    texts.update((one.id, one) for one in held)
    tolls = {one.id: toll(reading) for one, reading in readings(texts.values(), model)}
    scores = by_article((one, tolls[one.id]) for one in held) | evaluate((one, tolls[one.id]) for one in kept)
    return Evaluation(
        "tolls", titled("GVA train, a fifth of the incidents, and own labels", path, own), scores, WANTED, {}
    )


def stated(labels: Path, incidents: Path) -> list[Stated]:
    """The labelled articles that no rule was made by.

    Raises:
        CorpusError: when a file or the text of a labelled article is missing.

    """
    wanted = {one["article"]: one for one in lines(labels) if one.get("held") and not one.get("several")}
    texts = {
        article["id"]: _text(article)
        for record in lines(incidents)
        for article in record["articles"]
        if article["id"] in wanted
    }
    for name in wanted:
        if name not in texts:
            raise CorpusError(str(labels), f"has no text for {name}", "check the corpora folder")
    return [
        Stated(name, texts[name], frozenset(one["killed"]), frozenset(one["injured"])) for name, one in wanted.items()
    ]


def _text(article: Mapping[str, Any]) -> str:
    """An article under its headline."""
    title = " ".join((article.get("title") or "").split())
    return f"{title}\n\n{article['text']}" if title else str(article["text"])


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
                yield Incident(article["id"], _text(article), facts["num_killed"], facts["num_injured"])


def is_measured(incident: str) -> bool:
    """Whether an incident is kept for measuring: a fifth, by a hash of its number."""
    return hashlib.sha256(incident.encode()).digest()[0] % 5 == 0


def by_article(told: Iterable[tuple[Stated, Toll]]) -> dict[str, Score]:
    """The share of articles whose stated number is read, and of those stating none of which none is."""
    pairs = list(told)
    killed = [(one.killed, toll.killed or 0 if toll.killed_words else 0) for one, toll in pairs]
    injured = [(one.injured, toll.injured or 0 if toll.injured_words else 0) for one, toll in pairs]
    scores = {}
    for name, counts in (("killed", killed), ("injured", injured)):
        states = [ours in gold for gold, ours in counts if 0 not in gold]
        silent = [ours in gold for gold, ours in counts if 0 in gold]
        scores[f"{name}, as stated"] = share(sum(states), len(states))
        scores[f"{name}, silent"] = share(sum(silent), len(silent))
    whole = [
        a in one.killed and b in one.injured for (one, _), (_, a), (_, b) in zip(pairs, killed, injured, strict=True)
    ]
    return scores | {"both, as stated": share(sum(whole), len(whole))}


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
