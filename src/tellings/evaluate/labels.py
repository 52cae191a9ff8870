"""Labels across accounts: joined to the right entity (NewsWCL50), and the voice they stand in (read by us).

NewsWCL50 (Hamborg et al. 2019; events 0 to 4 of the revised edition) has phrases without their articles, so that
they are cut by their capitals here, which `compare` does by its reading; the joining is the same. Counted are the concepts that are persons, groups or countries: those
under a country's code, the EU, the Middle East, Wikileaks and the two campaigns, but for the catch-alls (-I, -Misc);
phrases that mean two concepts at once are left out. The score is B-cubed over an event's phrases, beside it that of
putting phrases with the same last word together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tellings.comparing.entities import Phrase, join
from tellings.comparing.speakers import TITLES
from tellings.comparing.table import build
from tellings.comparing.whose import Voices
from tellings.comparing.words import listed
from tellings.errors import CorpusError
from tellings.evaluate.chains import b_cubed
from tellings.evaluate.corpora import lines, titled
from tellings.evaluate.readings import account
from tellings.evaluate.scores import DECIMALS, Evaluation, Score, f1
from tellings.evaluate.stories import ARTICLES, BASIL, CHECKOUT, joined, telling
from tellings.records import Span

if TYPE_CHECKING:
    from tellings.reading.model import Model
    from tellings.records import Account, Reading

FILE = "stories/newswcl50r/mentions_events_0_4.jsonl"
VOICES = CHECKOUT / "training" / "gold" / "label_voices.jsonl"
DEV = frozenset({0, 1, 2, 3})
"""Events that the joining was made on; the other is held out."""
WANTED = {"voice, held out": 0.95}
_ROOTS = frozenset({"EU", "Middle East", "Wikileaks", "Clinton campaign", "Trump campaign"})
_CODE = re.compile(r"[A-Z]{3}$")
GAP = "\n\n"


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
    for name, kept in (("dev", DEV), ("held out", frozenset({one.event for one in said}) - DEV)):
        chosen = [one for one in said if one.event in kept]
        scores[f"joining, {name}"] = joining(chosen, ours(chosen))
        same_head = {one.id: (one.event, head(one.text)) for one in chosen}
        baseline = joining(chosen, same_head)
        scores[f"joining, {name}, same head"] = Score(baseline.value, baseline.count, pinned=False)
    scores |= voices(folder, model)
    corpus = titled("NewsWCL50r events 0 to 4; our read labels", folder / FILE, VOICES)
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
    found = re.findall(r"\w[\w.’'-]*", main.lower()) or [text.lower()]
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
        people = _people(told)
        made = [cut(one.text, numbers[one.document], n, people) for n, one in enumerate(told)]
        group |= {one.id: number for one, number in zip(told, join(made), strict=True)}
    return group


_MR = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? ((?:[A-Z][\w’'-]*[ ,]?)+)")
_BODIES = listed(
    """administration department committee party house senate court agency bureau office ministry campaign council
    states kingdom korea union nations republicans democrats congress commission service institute"""
)


def _people(said: Iterable[Said]) -> frozenset[str]:
    """Words that stand somewhere after a form of address or a title, as a person's do."""
    found: set[str] = set()
    for one in said:
        found |= {word.strip(",").lower() for match in _MR.finditer(one.text) for word in match[1].split()}
        words = one.text.split()
        at = [n for n, word in enumerate(words) if word.strip(".,").lower() in TITLES]
        for word in words[at[-1] + 1 :] if at else ():
            if not word[:1].isupper() or word.strip(".,").isupper():
                break
            found.add(word.strip(",.").lower())
    return frozenset(found - _BODIES - TITLES)


def cut(text: str, account: int, number: int, people: frozenset[str]) -> Phrase:
    """A phrase without its context as the joining takes one: its name and the words before it, or no name."""
    main = re.split(r",|;| who | that | which |\(", text.strip(' ,"“”‘'))[0]
    words = main.split()
    titles = [n for n, word in enumerate(words) if word.strip(".,").lower() in TITLES or word.endswith(("'s", "’s"))]
    first = titles[-1] + 1 if titles and any(word[:1].isupper() for word in words[titles[-1] + 1 :]) else 0
    names = [n for n in range(first, len(words)) if _is_name(words, n)]
    if not names or (names[0] > first and words[first] in _AFTER):
        return Phrase(account, number, main or text, "nominal", "PER")
    person = any(re.sub(r"[’']s$", "", words[n].lower()).strip(".,") in people for n in names)
    last = names[0]
    while last + 1 < len(words) and (last + 1 in names or (words[last + 1] in _LINKS and not person)):
        last += 1
    while words[last] in _LINKS:
        last -= 1
    after = words[last + 1] if last + 1 < len(words) else ""
    if after.islower() and after not in _AFTER:
        return Phrase(account, number, main, "nominal", "PER")  # "Lind's office"
    before = [word.lower().replace(".", "").strip(",") for word in words[: names[0]]]
    title = " ".join(word for word in before if word and word not in _SMALL)
    name = " ".join(words[names[0] : last + 1])
    return Phrase(account, number, name, "name", "PER" if person else "ORG", frozenset({title} - {""}))


def _is_name(words: Sequence[str], n: int) -> bool:
    word = words[n].strip(".,").lower()
    return words[n][:1].isupper() and word not in TITLES | _FORMS | _SMALL and not _adjective(words, n)


_LINKS = listed("of the and &")


def _adjective(words: Sequence[str], n: int) -> bool:
    """Whether a capital begins a word of where somebody is from ("North Korean leader")."""
    word = words[n].lower().strip(".,")
    after = words[n + 1].lower() if n + 1 < len(words) else ""
    return word.endswith(("ean", "ese", "ian", "ican", "ish")) or (after.endswith(("ean", "ican")) and bool(after))


_SMALL = listed("the a an his her its their this that these those then former")
_FORMS = listed("mr mrs ms miss dr mr. mrs. ms.")
_AFTER = listed("of in at on from for to and with is was has had as by")
