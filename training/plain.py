"""Unlabelled texts that a teacher labels for the reader that ships: news, and short texts of many kinds.

`python -m training.plain out/mentions.jsonl` lets the shipped reader find the mentions in some of them, so that a
teacher can say which belong together.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tellings.evaluate.corpora import corpora_folder, lines
from tellings.records import Account, Original
from training.corpora import LabelledText, packed, story_texts
from training.examples import Document, Mention, plain_document

LONGEST = 8000  # code points of an article; what follows is left out


def plain(folder: Path, mentions: Mapping[str, Sequence[Mention]]) -> Iterator[Document]:
    """The unlabelled texts, with the mentions that are known of them."""
    for name, text in texts(folder):
        short = text[:LONGEST]
        yield plain_document(name, short, [m for m in mentions.get(name, ()) if m[0].end <= len(short)])


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """AllSides and GVA articles, Giveme5W1H clusters, MNLI's premises and hypotheses."""
    yield from story_texts(folder).items()
    for file in ("gold_standard", "news_cluster", "google_news", "40er"):
        for record in lines(folder / "stories" / "giveme5w1h" / f"{file}.jsonl"):
            yield f"5w1h-{file}-{record['id']}", record["text"] or ""
    short = (
        LabelledText(f"mnli-{record['id']}-{side}", record[side], None, None)
        for record in lines(folder / "pairs" / "mnli_dev.jsonl.gz")
        for side in "ab"
    )
    yield from ((text.id, text.text) for text in packed(short, "\n\n"))


def main() -> None:
    """Read some articles, drawn with a fixed seed, and write their mentions."""
    from tellings.reading import read

    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("out", type=Path)
    given.add_argument("--corpora", type=Path)
    given.add_argument("--articles", type=int, default=1000)
    args = given.parse_args()
    found = [(name, text) for name, text in texts(corpora_folder(args.corpora)) if 600 < len(text) < LONGEST]
    random.Random(11).shuffle(found)
    accounts = (
        Account(name, text, "", Original(name, "", len(text), "utf-8"))
        for name, text in itertools.islice(found, args.articles)
    )
    with args.out.open("w", encoding="utf-8") as file:
        for reading in read(accounts):
            rows = [[*mention.span, mention.form, mention.type] for mention in reading.mentions]
            file.write(json.dumps({"id": reading.account.id, "mentions": rows}) + "\n")


if __name__ == "__main__":
    main()
