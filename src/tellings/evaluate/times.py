"""Time expressions on the training part of TempEval-3 (UzZaman et al. 2013), scored as that task does.

Its documents are TimeBank and AQUAINT with dates of publication. The rules of `reading.times` were written against two
thirds of them; the scores are those of the other third, which nobody read (by a hash of the id). An expression is found
`strict` where its extent is the annotated one, `relaxed` where they overlap; `value` asks for a relaxed match with the
very TIMEX3 value, `type` is the share of relaxed matches whose type is right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tellings.evaluate.corpora import lines, titled
from tellings.evaluate.readings import account
from tellings.evaluate.scores import Evaluation, Score, Tally, matched
from tellings.records import Span, Time, TimeKind

if TYPE_CHECKING:
    from pathlib import Path

    from tellings.reading.model import Model

FILES = ("tempeval3_timebank.jsonl", "tempeval3_aquaint.jsonl")
PUBLISHED = {
    "strict": "HeidelTime .813 (TempEval-3 test)",
    "relaxed": "HeidelTime .903 (TempEval-3 test)",
    "type": "",
    "value": "HeidelTime .776 (TempEval-3 test)",
}
WANTED = {"value": 0.78}
_KINDS: dict[str, TimeKind] = {"DATE": "date", "TIME": "time", "DURATION": "duration", "SET": "set"}


@dataclass(frozen=True, slots=True)
class TimedText:
    """A document of TempEval-3 with the day of its publication and its annotated time expressions in text order."""

    id: str
    text: str
    published: str
    times: tuple[Time, ...]


def measure(folder: Path, model: Model) -> Evaluation:
    """Time expressions in the held-out documents.

    Raises:
        CorpusError: when a file of the corpus is missing or damaged.

    """
    from tellings.reading import read

    paths = [folder / "times" / name for name in FILES]
    texts = [text for text in load(paths) if held_out(text.id)]
    accounts = (replace(account(text), published=text.published) for text in texts)
    found = zip(texts, (reading.times for reading in read(accounts, model=model)), strict=True)
    return Evaluation("times", titled("TempEval-3 train, a third", *paths), evaluate(found), WANTED, PUBLISHED)


def load(paths: Iterable[Path]) -> Iterator[TimedText]:
    """The documents of TempEval-3 files."""
    for path in paths:
        for record in lines(path):
            times = [Time(Span(t["start"], t["end"]), _KINDS[t["type"]], t["value"]) for t in record["timex3"]]
            yield TimedText(
                record["id"], record["text"], record["dct"], tuple(sorted(times, key=lambda time: time.span))
            )


def held_out(name: str) -> bool:
    """Whether a document is kept for measuring: a third, by a hash of its id."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


def evaluate(pairs: Iterable[tuple[TimedText, tuple[Time, ...]]]) -> dict[str, Score]:
    """The scores by name: `strict`, `relaxed` and `value` as F1, `type` as the share of relaxed matches."""
    tally = Tally()
    for text, found in pairs:
        both = [(found[i], text.times[k]) for i, k in matched(found, text.times, _overlap)]
        right = {
            "strict": sum(ours.span == theirs.span for ours, theirs in both),
            "relaxed": len(both),
            "value": sum(ours.value == theirs.value for ours, theirs in both),
        }
        for name, number in right.items():
            tally.add(name, number, len(found), len(text.times))
        tally.add("type", sum(ours.kind == theirs.kind for ours, theirs in both), len(both), len(both))
    return {name: tally.share(name) if name == "type" else tally.score(name) for name in PUBLISHED}


def _overlap(one: Time, other: Time) -> float:
    return float(min(one.span.end, other.span.end) - max(one.span.start, other.span.start))
