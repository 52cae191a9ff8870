"""Loaders of the training corpora: each gives texts with labels as code point spans."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tellings.evaluate.corpora import lines, named_text
from tellings.records import MentionType, Span


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with its names and parts of speech; None for a layer the corpus does not have."""

    id: str
    text: str
    names: tuple[tuple[Span, MentionType], ...] | None
    upos: tuple[tuple[Span, str], ...] | None


WIKIGOLD: dict[str, MentionType] = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC"}
WNUT: dict[str, MentionType] = {
    "person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG",
    "product": "MISC", "creative-work": "MISC",
}  # fmt: skip
CROSSNER: dict[str, MentionType] = {
    "politician": "PER", "person": "PER", "politicalparty": "ORG", "organisation": "ORG",
    "country": "LOC", "location": "LOC", "election": "MISC", "event": "MISC", "misc": "MISC",
}  # fmt: skip
GUM: dict[str, MentionType] = {"person": "PER", "organization": "ORG", "place": "LOC"}
MEANTIME: dict[str, MentionType] = {
    "PER": "PER",
    "ORG": "ORG",
    "LOC": "LOC",
    "PRO": "MISC",
    "FIN": "MISC",
    "MIX": "MISC",
}


def names(folder: Path) -> Iterator[LabelledText]:
    """Every corpus with names that may be trained on (UNER English-EWT is the one measured on, so it is left out)."""
    for file, types, glue in (
        ("wikigold.jsonl", WIKIGOLD, " "),
        ("wnut17_train.jsonl", WNUT, "\n\n"),
        ("wnut17_dev.jsonl", WNUT, "\n\n"),
        ("crossner_politics_train.jsonl", CROSSNER, " "),
        ("crossner_politics_dev.jsonl", CROSSNER, " "),
        ("crossner_politics_test.jsonl", CROSSNER, " "),
    ):
        yield from packed(_tagged(folder / "ner" / file, types), glue)
    yield from packed(conllu(folder / "gum" / "train.conllu.gz", with_names=True), " ")
    yield from meantime(folder / "meantime" / "meantime.jsonl")


def parts_of_speech(folder: Path) -> Iterator[LabelledText]:
    """UD English-EWT train: parts of speech over rough text."""
    yield from packed(conllu(folder / "ud_ewt" / "en_ewt-ud-train.conllu.gz", with_names=False), " ")


def _tagged(path: Path, types: dict[str, MentionType]) -> Iterator[LabelledText]:
    for record in lines(path):
        text = detokenized(record["tokens"])
        found = named_text(record["id"], text, record["tokens"], record["tags"], types)
        yield LabelledText(record["id"], text, found.names, None)


_NO_SPACE_BEFORE = re.compile(r"^([.,;:!?%)\]}]|'s|'S|n't|'re|'ve|'ll|'d|'m|''|…)$")
_NO_SPACE_AFTER = frozenset({"(", "[", "{", "$", "#", "``"})


def detokenized(words: list[str]) -> str:
    """Words joined about as an author would have written them; every word stands in the result unchanged."""
    text = ""
    glued = True
    for word in words:
        text += word if glued or _NO_SPACE_BEFORE.match(word) else " " + word
        glued = word in _NO_SPACE_AFTER
    return text


def packed(texts: Iterable[LabelledText], glue: str, size: int = 900) -> Iterator[LabelledText]:
    """Neighbouring short texts joined up to about `size` code points, labels moved along."""
    batch: list[LabelledText] = []
    for text in texts:
        if batch and sum(len(t.text) for t in batch) + len(text.text) > size:
            yield _joined(batch, glue)
            batch = []
        batch.append(text)
    if batch:
        yield _joined(batch, glue)


def _joined(batch: list[LabelledText], glue: str) -> LabelledText:
    at = 0
    names: list[tuple[Span, MentionType]] = []
    upos: list[tuple[Span, str]] = []
    for text in batch:
        names += [(Span(s.start + at, s.end + at), kind) for s, kind in text.names or ()]
        upos += [(Span(s.start + at, s.end + at), kind) for s, kind in text.upos or ()]
        at += len(text.text) + len(glue)
    first = batch[0]
    return LabelledText(
        first.id,
        glue.join(t.text for t in batch),
        None if first.names is None else tuple(names),
        None if first.upos is None else tuple(upos),
    )


def conllu(path: Path, *, with_names: bool) -> Iterator[LabelledText]:
    """Sentences of a CoNLL-U file; names are the proper-noun cores of GUM's person, organization and place mentions."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for block in file.read().strip().split("\n\n"):
            yield _sentence(block, with_names=with_names)


def _sentence(block: str, *, with_names: bool) -> LabelledText:
    name, text, rows = "", "", []
    for line in block.split("\n"):
        if line.startswith("# sent_id = "):
            name = line[12:]
        elif line.startswith("# text = "):
            text = line[9:]
        elif line and line[0] != "#":
            rows.append(line.split("\t"))
    rows = _surface(rows)
    places, at = [], 0
    for row in rows:
        found = text.find(row[1], at)
        if found < 0:
            return LabelledText(name, text, () if with_names else None, ())
        places.append(Span(found, found + len(row[1])))
        at = found + len(row[1])
    upos = tuple((place, row[3]) for place, row in zip(places, rows, strict=True) if row[3] != "_")
    found_names = tuple(_names(rows, places)) if with_names else None
    return LabelledText(name, text, found_names, upos)


def _surface(rows: list[list[str]]) -> list[list[str]]:
    """Rows of surface tokens: a multiword token stands for its words and takes the first one's part of speech."""
    by_id = {row[0]: row for row in rows}
    covered: set[str] = set()
    kept = []
    for row in rows:
        if "-" in row[0]:
            first, last = row[0].split("-")
            covered |= {str(i) for i in range(int(first), int(last) + 1)}
            kept.append([*row[:3], *by_id[first][3:]])
        elif row[0] not in covered and "." not in row[0]:
            kept.append(row)
    return kept


def _names(rows: list[list[str]], places: list[Span]) -> Iterator[tuple[Span, MentionType]]:
    """The longest run of proper nouns in each mention of a fit type, where the mention is little more than it."""
    taken: set[int] = set()
    spans = sorted(_mentions(rows), key=lambda m: (m[0], -m[1]))
    by_size = sorted(spans, key=lambda m: m[1] - m[0])
    for first, last, kind in by_size:
        proper = [i for i in range(first, last) if rows[i][4] in {"NNP", "NNPS"} and i not in taken]
        if not proper or kind not in GUM:
            continue
        run = _run(proper)
        heads = [
            i
            for i in range(first, last)
            if _governor(rows[i]) not in {int(rows[j][0].split("-")[0]) for j in range(first, last)}
        ]
        if heads and heads[0] in run:
            taken |= set(run)
            possessive = rows[run[-1]][1].endswith(("'s", "’s"))
            yield Span(places[run[0]].start, places[run[-1]].end - 2 * possessive), GUM[kind]


def _run(proper: list[int]) -> list[int]:
    return proper if proper[-1] - proper[0] + 1 == len(proper) else list(range(proper[0], proper[-1] + 1))


def _governor(row: list[str]) -> int:
    return int(row[6]) if row[6].isdigit() else 0


def _mentions(rows: list[list[str]]) -> Iterator[tuple[int, int, str]]:
    """GUM's bracketed mentions as (first row, row after the last, type)."""
    opened: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for i, row in enumerate(rows):
        misc = next((m[7:] for m in row[9].split("|") if m.startswith("Entity=")), "")
        for part in re.finditer(r"\(([^()]+)(\))?|([^()]+)\)", misc):
            if part[1]:
                fields = part[1].split("-")
                if part[2]:
                    yield i, i + 1, fields[1]
                else:
                    opened[fields[0]].append((i, fields[1]))
            else:
                key = part[3].split("-")[0]
                if opened[key]:
                    first, kind = opened[key].pop()
                    yield first, i + 1, kind


def meantime(path: Path) -> Iterator[LabelledText]:
    """MEANTIME's named mentions, typed through what they refer to; texts are tokenized."""
    for record in lines(path):
        kinds = {i["id"]: i.get("ent_type") for i in record["instances"]}
        refers = {
            source: kinds.get(relation["target"][0])
            for relation in record["relations"]
            if relation["type"] == "REFERS_TO"
            for source in relation["source"]
        }
        found = []
        for mention in record["mentions"]:
            named = mention["tag"] == "ENTITY_MENTION" and mention.get("syntactic_type") in {"NAM", "PRE.NAM"}
            kind = MEANTIME.get(refers.get(mention["id"]) or "")
            if named and kind:
                start, end = mention["spans"][0][0], mention["spans"][-1][1]
                found.append((Span(start + _article(record["text"][start:end]), end), kind))
        yield LabelledText(record["id"], record["text"], tuple(sorted(found)), None)


def _article(name: str) -> int:
    """How long the article at the beginning of a name is: other corpora leave it out."""
    return 4 if name.lower().startswith("the ") else 0
