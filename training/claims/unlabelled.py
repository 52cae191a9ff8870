"""Stories of the corpora that nobody labelled: what a teacher says of their pairs teaches the pair model that ships."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tellings.evaluate.corpora import lines
from tellings.evaluate.stories import GoldStory, folder, telling

FILES = {"allsides": "stories/allsides/groups.jsonl.gz", "gva": "stories/gva/incidents.jsonl.gz"}
SHORTEST, LONGEST = 400, 8000
"""Code points of an article that is taken, and of what is read of it."""
MOST = 4
"""Articles of a story that are read."""


def unlabelled(labelled: Sequence[GoldStory], corpora: Path | None = None) -> Iterator[GoldStory]:
    """Every story of two articles or more none of which stands in a labelled story, in the order of the files.

    Raises:
        CorpusError: the corpora are missing or damaged.

    """
    corpora = corpora or folder("TELLINGS_CORPORA", "corpora")
    known = {one.account.original.path for story in labelled for one in story.tellings}
    known |= {one.account.title for story in labelled for one in story.tellings if one.account.title}
    for part, name in FILES.items():
        for number, record in enumerate(lines(corpora / name)):
            articles = _different(record["articles"])
            if len(articles) >= 2 and not any(_stands_in(article, known) for article in articles):
                tellings = tuple(
                    telling(letter, article, article["text"][:LONGEST], [])
                    for letter, article in zip("ABCDEF", articles[:MOST], strict=False)
                )
                yield GoldStory(f"{part}/unlabelled{number}", tellings, (), (), ())


def _different(articles: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The articles long enough, one of each text."""
    found = {article["text"][:LONGEST]: article for article in articles if len(article["text"] or "") >= SHORTEST}
    return list(found.values())


def _stands_in(article: dict[str, Any], known: set[str]) -> bool:
    return f"{article['id']}.txt" in known or " ".join((article.get("title") or "").split()) in known
