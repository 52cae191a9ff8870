"""Pack stories and helping corpora for training a pair model: `python -m training.claims.pack FIRST --out FILE`.

The machine that trains it has neither the corpora nor the reader, so everything travels as plain arrays in one .npz
file (`training.claims.packed` reads it). FIRST is what `training.claims.train` keeps of the first trees. Stories are
the labelled ones, strangers of the train stories (accounts of two stories; unrelated) and unlabelled ones; of their
candidate pairs those across accounts that the first trees hold for possible at all (LEAST), as their log odds by trees
that have not seen the story say.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tellings.comparing.candidates import Candidates, candidates
from tellings.comparing.features import features
from tellings.comparing.pair_model import ranges
from tellings.comparing.scorer import KINDS
from tellings.comparing.table import Table, build, in_order
from tellings.evaluate.gold_claims import across, gold_pairs
from tellings.evaluate.stories import GoldStory, Sentence, folder
from tellings.reading.layout import layout
from tellings.reading.tokens import tokens
from tellings.reading.windows import windows
from tellings.records import Reading
from training.claims.examples import Example, Reader, kept, reader
from training.claims.train import ROOT, First, strange, whole_odds
from training.claims.unlabelled import unlabelled

Arrays = dict[str, NDArray[np.generic]]
USES = ("train", "dev", "strange", "plain")
"""What a story is there for: labelled, labelled and looked at last, unrelated accounts, unlabelled."""
LEAST = 0.015
"""The first trees' probability from which a pair is packed; the pair model is asked from .04 on."""
TASKS = ("entailment", "aligned", "strengthens", "weakens")
"""What helping pairs are labelled for; all but the first are yes or no."""
ENTAILMENT = ("entailment", "neutral", "contradiction", "not_entailment")
"""Codes of the first task; the last one is said where a corpus tells only entailed from not entailed."""

# Only what may be trained on (see the policy in the corpora's README): RTE, MRPC, STS and MoNLI state no licence, SICK
# is non-commercial; ClaimDiff and QA-Align are allowed by name.
THREE_WAY = ("mnli_dev", "snli_dev", "cad_train", "cad_dev", "cad_test", "conjnli_train")
TWO_WAY = ("help", "med")
CLAIMDIFF = {"strengthens": "claimdiff_s_train", "weakens": "claimdiff_w_train"}


def main() -> None:
    """Read the stories and the pair corpora, write one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("--reader", default="tellings.reading:read", help="module:function from accounts to readings")
    parser.add_argument("--readings", type=Path, default=ROOT / "out/readings", help="where readings are kept")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--helpers", type=float, default=1.0, help="share of the helping pairs to take, to try out")
    parser.add_argument("--unlabelled", type=float, default=1.0, help="share of the unlabelled stories to take")
    options = parser.parse_args()
    began = time.perf_counter()
    read = kept(reader(options.reader), options.readings)
    examples, first = pickle.loads(options.first.read_bytes())
    arrays = {
        **stories(_parts(examples, first, read, options.unlabelled)),
        **helpers(list(helping(folder("TELLINGS_CORPORA", "corpora") / "pairs")), options),
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.out, **arrays)  # type: ignore[arg-type] # names are strings
    for name, array in arrays.items():
        print(f"{name:16} {array.dtype!s:8} {array.shape}")
    print(f"{options.out}: {options.out.stat().st_size / 2**20:.1f} MiB, {time.perf_counter() - began:.0f} s")


# ---------------------------------------------------------------- stories


@dataclass(frozen=True, slots=True)
class Part:
    """One story to pack: its use (see USES), its table, and for every candidate pair labels and log odds.

    `number` says which candidates are packed; `kind` and `group` are as in `examples.Example`. `sentences` are those of
    each row in the gold, `story` has the labels; both are empty where there are none.
    """

    name: str
    use: str
    table: Table
    pairs: Candidates
    number: NDArray[np.int64]
    odds: NDArray[np.float64]
    kind: NDArray[np.int64]
    group: NDArray[np.int64]
    sentences: tuple[tuple[Sentence, ...], ...] = ()
    story: GoldStory | None = None


def _parts(examples: Sequence[Example], first: First, read: Reader, share: float) -> Iterator[Part]:
    """Labelled stories, strangers, unlabelled stories."""
    train = [one for one in examples if not one.story.dev]
    # the odds of shortened stories come after these
    seen = iter(np.split(first.odds, np.cumsum([len(one.kind) for one in train])))
    for one in examples:
        odds = whole_odds(first.model, one.names, one.values) if one.story.dev else next(seen)
        number = np.flatnonzero(~one.within & _possible(odds))
        labels = (one.kind[number], one.group[number])
        use = "dev" if one.story.dev else "train"
        yield Part(one.story.name, use, one.table, one.pairs, number, odds, *labels, one.sentences, one.story)
    for turn, other in strange(train):
        odds = whole_odds(first.model, other.names, other.values)
        number = np.flatnonzero(_possible(odds))
        none = np.full(len(number), -1)
        yield Part(f"{other.story}+{turn}", "strange", other.table, other.pairs, number, odds, none, none)
    plain = list(unlabelled([one.story for one in examples]))
    for story in plain[: int(len(plain) * share)]:
        table = build(in_order(list(read([telling.account for telling in story.tellings]))))
        pairs = candidates(table)
        pairs = pairs.chosen(table.account[pairs.a] != table.account[pairs.b])
        odds = whole_odds(first.model, *features(table, pairs.a, pairs.b, pairs.similar))
        number = np.flatnonzero(_possible(odds))
        none = np.full(len(number), -1)
        yield Part(story.name, "plain", table, pairs, number, odds, none, none)


def _possible(odds: NDArray[np.float64]) -> NDArray[np.bool_]:
    possible: NDArray[np.bool_] = odds >= np.log(LEAST / (1 - LEAST))
    return possible


@dataclass(slots=True)
class Texts:
    """The pieces of accounts one after another, each account once, and the windows they are read in."""

    start: dict[str, int] = field(default_factory=dict)
    ids: list[NDArray[np.uint16]] = field(default_factory=list)
    features: list[NDArray[np.uint8]] = field(default_factory=list)
    windows: list[tuple[int, int, int, int]] = field(default_factory=list)
    length: int = 0

    def add(self, reading: Reading) -> int:
        """Where the account's pieces begin."""
        key = reading.account.sha256
        if key not in self.start:
            cut = layout(reading.account.text)
            self.start[key] = at = self.length
            self.ids.append(cut.tokens.ids.astype(np.uint16))
            self.features.append(cut.tokens.features.astype(np.uint8))
            for one in windows(cut.tokens, cut.sentence_of):
                self.windows.append((one.first + at, one.last + at, one.core_first + at, one.core_last + at))
            self.length += len(cut.tokens)
        return self.start[key]


def stories(parts: Iterator[Part]) -> Arrays:
    """The arrays of all stories, numbered through."""
    texts = Texts()
    rows: dict[str, list[NDArray[np.generic]]] = defaultdict(list)
    names, uses = [], []
    at_row = at_place = at_group = 0
    for n, part in enumerate(parts):
        names.append(part.name)
        uses.append(USES.index(part.use))
        starts = np.array([texts.add(reading) for reading in part.table.readings], dtype=np.int64)
        count = len(part.table.rows)
        rows["row_story"].append(np.full(count, n, dtype=np.uint16))
        rows["row_account"].append(part.table.account.astype(np.uint8))
        for name, found in zip(("statement", "sentence", "speaker"), ranges(part.table), strict=True):
            rows[f"row_{name}"].append((found + starts[part.table.account][:, None]).astype(np.uint32))
        place, row_place, gold = _labels(part)
        rows["row_place"].append((row_place + np.array([at_row, at_place])).astype(np.uint32))
        rows["gold_place"].append((gold[:, :2] + at_place).astype(np.uint32))
        rows["gold_kind"].append(gold[:, 2].astype(np.int8))
        rows["gold_story"].append(np.full(len(gold), n, dtype=np.uint16))
        rows["pair_a"].append((part.pairs.a[part.number] + at_row).astype(np.uint32))
        rows["pair_b"].append((part.pairs.b[part.number] + at_row).astype(np.uint32))
        rows["pair_number"].append(part.number.astype(np.uint32))
        rows["pair_kind"].append(part.kind.astype(np.int8))
        rows["pair_group"].append(np.where(part.group >= 0, part.group + at_group, -1).astype(np.int32))
        rows["pair_cosine"].append(part.pairs.similar.cosine[part.number].astype(np.float16))
        rows["pair_odds"].append(part.odds[part.number].astype(np.float16))
        at_row, at_place = at_row + count, at_place + place
        at_group += int(part.group.max(initial=-1)) + 1
    return {
        "kinds": np.array(KINDS),
        "story": np.array(names),
        "uses": np.array(USES),
        "use": np.array(uses, dtype=np.uint8),
        "pieces": np.concatenate(texts.ids),
        "features": np.concatenate(texts.features),
        "windows": np.array(texts.windows, dtype=np.uint32),
        **{name: np.concatenate(arrays) for name, arrays in rows.items()},
    }


def _labels(part: Part) -> tuple[int, NDArray[np.int64], NDArray[np.int64]]:
    """How many sentences the gold has, which of them each row stands in, and the labelled pairs with their kinds."""
    if part.story is None:
        return 0, np.zeros((0, 2), dtype=np.int64), np.zeros((0, 3), dtype=np.int64)
    place: dict[Sentence, int] = {}
    for telling in part.story.tellings:
        for number in range(len(telling.sentences)):
            place[telling.letter, number] = len(place)
    row_place = [(row, place[sentence]) for row, found in enumerate(part.sentences) for sentence in found]
    gold = gold_pairs(part.story)
    labelled = [(*sorted(place[sentence] for sentence in pair), KINDS.index(gold[pair])) for pair in across(gold)]
    return (
        len(place),
        np.array(row_place, dtype=np.int64).reshape(-1, 2),
        np.array(sorted(labelled), dtype=np.int64).reshape(-1, 3),
    )


# ---------------------------------------------------------------- helping pairs


@dataclass(frozen=True, slots=True)
class Helping:
    """Two sentences labelled for one of TASKS: a code of ENTAILMENT, or how sure the yes is (0 to 1)."""

    a: str
    b: str
    task: str
    label: float


def helping(pairs: Path) -> Iterator[Helping]:
    """Every helping pair of the corpora that may be trained on."""
    for name in (*THREE_WAY, *TWO_WAY):
        for line in _lines(pairs, name):
            label = str(line["label"])
            if name in TWO_WAY and label == "neutral":
                label = "not_entailment"
            yield Helping(str(line["a"]), str(line["b"]), "entailment", ENTAILMENT.index(label))
    yield from _aligned(pairs)
    for task, name in CLAIMDIFF.items():
        for line in _lines(pairs, name):
            yield Helping(str(line["a"]), str(line["b"]), task, float(str(line["label"])))


def _aligned(pairs: Path) -> Iterator[Helping]:
    """Each pair of QA-Align once: the share of its workers who aligned anything."""
    said: dict[str, list[bool]] = defaultdict(list)
    texts: dict[str, tuple[str, str]] = {}
    for line in _lines(pairs, "qa_align_crowd"):
        key = str(line["key"])
        said[key].append(bool(line["label"]))
        texts[key] = str(line["a"]), str(line["b"])
    for key, answers in said.items():
        yield Helping(*texts[key], "aligned", sum(answers) / len(answers))


def _lines(pairs: Path, name: str) -> Iterator[dict[str, object]]:
    path = pairs / f"{name}.jsonl"
    packed = path.with_name(path.name + ".gz")
    with gzip.open(packed, "rt", encoding="utf-8") if packed.exists() else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def helpers(found: Sequence[Helping], options: argparse.Namespace) -> Arrays:
    """The arrays of the helping pairs; each text is kept once."""
    if options.helpers < 1:
        chosen = np.random.default_rng(7).permutation(len(found))[: max(1, int(len(found) * options.helpers))]
        found = [found[n] for n in chosen]
    numbers: dict[str, int] = {}
    for one in found:
        for text in (one.a, one.b):
            numbers.setdefault(text, len(numbers))
    pieces = [tokens(text).ids for text in numbers]
    lengths = np.cumsum([0, *map(len, pieces)])
    return {
        "tasks": np.array(TASKS),
        "helper_pieces": np.concatenate(pieces).astype(np.uint16),
        "helper_text": lengths.astype(np.uint32),
        "helper_a": np.array([numbers[one.a] for one in found], dtype=np.uint32),
        "helper_b": np.array([numbers[one.b] for one in found], dtype=np.uint32),
        "helper_task": np.array([TASKS.index(one.task) for one in found], dtype=np.uint8),
        "helper_label": np.array([one.label for one in found], dtype=np.float16),
    }


if __name__ == "__main__":
    main()
