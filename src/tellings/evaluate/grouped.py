"""Accounts with the story they are of, as labelled collections have them; and how well a grouping agrees with that."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import crc32

from tellings.evaluate.corpora import lines
from tellings.evaluate.scores import DECIMALS, Score
from tellings.grouping.linking import Sets
from tellings.records import Account, Original

SETS = ("gva", "allsides", "basil", "giveme5w1h")
FILES = {
    "gva": "stories/gva/incidents.jsonl.gz",
    "allsides": "stories/allsides/groups.jsonl.gz",
    "basil": "stories/basil/triples_2010_2014.jsonl",
    "giveme5w1h": "stories/giveme5w1h/gold_standard.jsonl",
}
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d\d)$")  # month/day/year, as AllSides has some


@dataclass(frozen=True, slots=True)
class Grouped:
    """An account and the number of its labelled story."""

    account: Account
    story: str

    @property
    def tuned(self) -> bool:
        """Whether its story is of the half that the scorer and its threshold were fitted on."""
        return crc32(self.story.encode()) % 2 == 0


def grouped(folder: Path, name: str) -> tuple[Grouped, ...]:
    """The accounts of one collection by day and id; stories that share an article are one story.

    An id that stands for several texts ("empty" in BASIL) is no article that they share: each then has its own.
    """
    found: dict[str, Grouped] = {}
    numbers: dict[str, int] = {}
    together = Sets()
    for article in _articles(name, folder / FILES[name]):
        one = article
        if (known := found.get(one.account.id)) and known.account.sha256 != one.account.sha256:
            one = replace(one, account=replace(one.account, id=f"{one.account.id}-{one.story}"))
        first = found.setdefault(one.account.id, one)
        together.join(*(numbers.setdefault(each.story, len(numbers)) for each in (one, first)))
    stories = list(numbers)
    joined = [replace(one, story=stories[together.find(numbers[one.story])]) for one in found.values()]
    return tuple(sorted(joined, key=lambda one: (one.account.published or "", one.account.id)))


def b_cubed(found: Mapping[str, str], wanted: Mapping[str, str], counted: Sequence[str] | None = None) -> Score:
    """B-cubed F1 (Bagga & Baldwin 1998) of the story of each account, over the accounts `counted` (all by default)."""
    one, other = Counter(found[name] for name in wanted), Counter(wanted.values())
    both = Counter((found[name], story) for name, story in wanted.items())
    names = list(wanted) if counted is None else counted
    if not names:
        return Score(0.0, 0)
    precision = sum(both[found[name], wanted[name]] / one[found[name]] for name in names) / len(names)
    recall = sum(both[found[name], wanted[name]] / other[wanted[name]] for name in names) / len(names)
    value = 2 * precision * recall / (precision + recall)
    return Score(round(value, DECIMALS), len(names), round(precision, DECIMALS), round(recall, DECIMALS))


def _articles(name: str, path: Path) -> Iterator[Grouped]:
    if name == "giveme5w1h":
        for article in lines(path):
            if article.get("category"):
                yield _grouped(article, article["category"], article["publisher"], article["text"] or "")
        return
    for record in lines(path):
        story = str(record["incident"] if name == "gva" else record["id"])
        for article in record["articles"]:
            text = " ".join(article["sentences"]) if name == "basil" else article["text"]
            yield _grouped(article, story, article.get("outlet") or article.get("source"), text)


def _grouped(article: Mapping[str, Any], story: str, outlet: str | None, text: str) -> Grouped:
    digest = sha256(text.encode()).hexdigest()
    account = Account(
        id=article["id"],
        text=text,
        sha256=digest,
        original=Original(article["id"], digest, len(text.encode()), "utf-8"),
        title=article.get("title"),
        outlet=outlet,
        published=_day(article.get("date")),
        kind="article",
    )
    return Grouped(account, story)


def _day(value: str | None) -> str | None:
    slashed = _SLASHED.match(value or "")
    if slashed:
        month, day, year = map(int, slashed.groups())
        return f"20{year:02d}-{month:02d}-{day:02d}"
    return value[:10] if value and value[:4].isdigit() else None
