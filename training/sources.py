"""Score the types of sources on the gold's source names: `python -m training.sources`.

Persons by name are left out: their type rests on the names found, not on words. A gold name may hold a reader's remarks
after " /", ";" or " (": these are cut off. The stories are halved by a hash of their name: the rules and lists were
tuned on `tuning` alone, so `held back` tells how they do on words they were not made for.

In a reading the tagger says which words are a name. Here nothing does, so each half is scored twice: on the words
alone, and with a label that is written as a name throughout (`Harbour Board`, `Velmia`) given as one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tellings.reading.source_types import source_type
from tellings.records import MentionType, SourceType

GOLD = Path(os.environ.get("TELLINGS_GOLD", "../shared/gold"))
FOLDERS = ("basil", "allsides", "gva")
TYPES = {"role only": "role", "public/collective": "collective", "media outlet": "outlet"}
HALVES = ("tuning", "held back")
_REMARK = re.compile(r" /|;| \(")
_JOINERS = frozenset({"of", "the", "for", "and", "in", "&"})


def main() -> None:
    """Print the share of right types by half, for each type and for all, on words alone and with names."""
    for half in HALVES:
        labelled = [(words, wanted) for side, words, wanted in gold() if side == half]
        alone = _shares([(wanted, source_type(words)) for words, wanted in labelled])
        named = _shares([(wanted, source_type(words, as_named(words))) for words, wanted in labelled])
        print(f"{half:<14} words  names      n")
        for name, (share, count) in alone.items():
            print(f"{name:<14}{share:>6.3f} {named[name][0]:>6.3f}{count:>7}")


def gold() -> Iterator[tuple[str, str, str]]:
    """Every source of the gold but persons by name: its half, its words, its type in our terms."""
    for folder in FOLDERS:
        for path in sorted((GOLD / folder).glob("*.json")):
            story = json.loads(path.read_text(encoding="utf-8"))
            for source in (one for account in story.get("sources", {}).values() for one in account):
                wanted = TYPES.get(source["type"], source["type"])
                if wanted != "named person":
                    yield half_of(f"{folder}/{path.stem}"), _REMARK.split(source["name"])[0], wanted


def half_of(story: str) -> str:
    """The half a story is in, by the last bit of the SHA-256 of its name."""
    return HALVES[hashlib.sha256(story.encode()).digest()[-1] % 2]


def as_named(words: str) -> list[tuple[str, MentionType]]:
    """The label as the name of a body, if all its words are written as names are; nothing otherwise."""
    bare = words.removeprefix("The ").removeprefix("the ")
    written = all(word[:1].isupper() or word[:1].isdigit() or word in _JOINERS for word in bare.split())
    return [(bare, "ORG")] if written and bare[:1].isupper() else []


def _shares(pairs: list[tuple[str, SourceType | None]]) -> dict[str, tuple[float, int]]:
    """The share of right types and the count, for all and by type, most frequent first."""
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for wanted, found in pairs:
        for name in (wanted, "all"):
            total[name] += 1
            right[name] += found == wanted
    return {name: (right[name] / count, count) for name, count in total.most_common()}


if __name__ == "__main__":
    main()
