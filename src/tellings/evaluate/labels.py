"""Labels across accounts: joined to the right entity (NewsWCL50), and the voice they stand in (read by us).

NewsWCL50 (Hamborg et al. 2019; events 0 to 4 of the revised edition) has phrases without their articles, so that
they are cut by their capitals here, which `compare` does by its reading; the joining is the same. Counted are the
concepts that are persons, groups or countries: those under a country's code, the EU, the Middle East, Wikileaks and
the two campaigns, but for the catch-alls (-I, -Misc); phrases that mean two concepts at once are left out. The score
is B-cubed over an event's phrases, beside it that of putting phrases with the same last word together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tellings.comparing.entities import join
from tellings.evaluate.chains import b_cubed
from tellings.evaluate.corpora import lines, titled
from tellings.evaluate.label_voices import read_labels, voices
from tellings.evaluate.phrases import alike, cut, people
from tellings.evaluate.scores import Evaluation, Score, f1

if TYPE_CHECKING:
    from tellings.reading.model import Model

FILE = "stories/newswcl50r/mentions_events_0_4.jsonl"
DEV = frozenset({0, 1, 2, 3})
"""Events that the joining was made on; of the other its errors were looked at once (training/RESULTS.md)."""
WANTED = {"joining, dev": 0.86, "joining, event 4": 0.92, "voice, held out": 0.95}
"""Of the joining 15 points above the same head."""
_ROOTS = frozenset({"EU", "Middle East", "Wikileaks", "Clinton campaign", "Trump campaign"})
_CODE = re.compile(r"[A-Z]{3}$")


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase of one document (event, outlet) and the concept that it means; `id` is unique."""

    id: str
    event: int
    document: str
    text: str
    concept: str


def measure(folder: Path, model: Model) -> Evaluation:
    """Joining of labels on NewsWCL50, and the voice of our read labels.

    Raises:
        CorpusError: when a file is missing.

    """
    said = phrases(lines(folder / FILE))
    scores: dict[str, Score] = {}
    for name, kept in (("dev", DEV), ("event 4", frozenset({one.event for one in said}) - DEV)):
        chosen = [one for one in said if one.event in kept]
        scores[f"joining, {name}"] = joining(chosen, ours(chosen))
        same_head = {one.id: (one.event, head(one.text)) for one in chosen}
        baseline = joining(chosen, same_head)
        scores[f"joining, {name}, same head"] = Score(baseline.value, baseline.count, pinned=False)
    scores |= voices(folder, model)
    corpus = titled("NewsWCL50r events 0 to 4; our read labels", folder / FILE, read_labels())
    return Evaluation("labels", corpus, scores, WANTED, {})


def phrases(records: Iterable[Mapping[str, Any]]) -> list[Said]:
    """The phrases that mean one person, group or country."""
    held: dict[tuple[str, int, str], list[Mapping[str, Any]]] = defaultdict(list)
    for record in records:
        held[record["doc"], record["paragraph_begin"], record["mention"]].append(record)
    single = [of for of in held.values() if len({one["concept"] for one in of}) == 1]
    return [
        Said(one["id"], one["event"], one["doc"], one["mention"], one["concept"])
        for one in sorted((one for of in single for one in of), key=lambda one: _order(one["id"]))
        if is_somebody(one["concept"])
    ]


def _order(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", name))


def is_somebody(concept: str) -> bool:
    """Whether a concept is a person, a group or a country, and no catch-all."""
    parts = concept.split("\\")
    if parts == ["Middle East"] or any(part.endswith(("-I", "-Misc")) for part in parts):
        return False
    return parts[0] in _ROOTS or bool(_CODE.match(parts[0]))


def head(text: str) -> str:
    """The last word of a phrase, before what is said of it after a comma, "of", "who" or the like."""
    main = re.split(r",| of | who | that | for | in | from | at ", text.strip(" ,"))[0]
    found: list[str] = re.findall(r"\w[\w.’'-]*", main.lower()) or [text.lower()]
    return found[-1].removesuffix("'s").removesuffix("’s").strip(".")


def joining(said: Sequence[Said], group: Mapping[str, Hashable]) -> Score:
    """B-cubed of the groups of phrases against their concepts, over all documents of an event."""
    wanted: dict[Hashable, set[str]] = defaultdict(set)
    found: dict[Hashable, set[str]] = defaultdict(set)
    for one in said:
        wanted[one.event, one.concept].add(one.id)
        found[one.event, group[one.id]].add(one.id)
    gold, made = [[frozenset(chain) for chain in chains.values()] for chains in (wanted, found)]
    right, most = b_cubed(made, gold)
    recalled, all_ = b_cubed(gold, made)
    return f1(right / max(1, most), recalled / max(1, all_), len(said))


def ours(said: Sequence[Said]) -> dict[str, Hashable]:
    """The group that each phrase is put into."""
    group: dict[str, Hashable] = {}
    for event in sorted({one.event for one in said}):
        told = [one for one in said if one.event == event]
        numbers = {name: n for n, name in enumerate(sorted({one.document for one in told}))}
        known = people(one.text for one in told)
        same: dict[tuple[str, str], int] = {}
        made = [
            cut(one.text, numbers[one.document], same.setdefault((one.document, alike(one.text)), n), known)
            for n, one in enumerate(told)
        ]
        group |= {one.id: number for one, number in zip(told, join(made), strict=True)}
    return group
