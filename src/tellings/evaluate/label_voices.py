"""In whose voice labels stand, against 649 that we read.

The first 300 were read before the rules of `comparing/whose`, which they led to, 200 of other stories after; what these
showed has been mended since, so that both are `dev` now. The last 149, of other stories again, are held out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tellings.comparing.table import build
from tellings.comparing.whose import Voices
from tellings.errors import CorpusError
from tellings.evaluate.corpora import lines
from tellings.evaluate.scores import Score, share
from tellings.evaluate.stories import ARTICLES, BASIL, OWN, joined, own_labels, telling
from tellings.records import Account, Span

if TYPE_CHECKING:
    from tellings.reading.model import Model


def read_labels() -> Path:
    """Where the labels stand that we read: beside our own stories."""
    return (own_labels() or OWN).parent / "label_voices.jsonl"


def voices(folder: Path, model: Model) -> dict[str, Score]:
    """Accuracy of the voice of the read labels: `voice, dev` and `voice, held out`.

    Raises:
        CorpusError: when a file or an article is missing.

    """
    from tellings.reading import read

    gold = list(lines(read_labels()))
    accounts = dict(_accounts(folder, {one["document"] for one in gold}))
    missing = {one["document"] for one in gold} - set(accounts)
    if missing:
        raise CorpusError(str(folder), f"{len(missing)} articles are missing", "get the corpora again")
    found = {
        name: Voices(build((next(read([account], model=model)),)), 0) for name, account in sorted(accounts.items())
    }
    return scored(gold, found)


def scored(gold: Iterable[Mapping[str, Any]], found: Mapping[str, Voices]) -> dict[str, Score]:
    """The share of labels whose voice is right, dev and held out apart."""
    right: dict[bool, list[bool]] = {False: [], True: []}
    for one in gold:
        voice, _ = found[one["document"]].of(Span(one["start"], one["end"]))
        right[one["held"]].append(voice == one["voice"])
    names = {False: "voice, dev", True: "voice, held out"}
    return {names[held]: share(sum(answers), len(answers)) for held, answers in right.items()}


def _accounts(folder: Path, names: set[str]) -> Iterator[tuple[str, Account]]:
    """Articles of AllSides and, where more are wanted, of BASIL by their ids, with their titles before their texts."""
    left = set(names)
    for group in lines(folder / ARTICLES["allsides"][0]):
        for article in group["articles"]:
            if article["id"] in left:
                left.discard(article["id"])
                yield article["id"], telling("A", article, article["text"], []).account
    for triple in lines(folder / BASIL) if left else ():
        for article in triple["articles"]:
            if article["id"] in left:
                yield article["id"], telling("A", article, *joined(article)).account
