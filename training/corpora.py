"""Loaders of the training corpora: each gives texts with labels as code point spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from tellings.evaluate.corpora import LOADED_TECHNIQUES, GoldAttribution, lines, named_text
from tellings.records import MentionType, Span, StatementKind

GOLD = Path(__file__).parent / "gold"


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
MEANTIME: dict[str, MentionType] = {
    "PER": "PER",
    "ORG": "ORG",
    "LOC": "LOC",
    "PRO": "MISC",
    "FIN": "MISC",
    "MIX": "MISC",
}


def names(folder: Path) -> Iterator[LabelledText]:
    """Every corpus of names alone (UNER English-EWT is the one measured on, so it is left out)."""
    for file, types, glue in (
        ("wikigold.jsonl", WIKIGOLD, " "),
        ("wnut17_train.jsonl", WNUT, "\n\n"),
        ("wnut17_dev.jsonl", WNUT, "\n\n"),
        ("crossner_politics_train.jsonl", CROSSNER, " "),
        ("crossner_politics_dev.jsonl", CROSSNER, " "),
        ("crossner_politics_test.jsonl", CROSSNER, " "),
    ):
        yield from packed(_tagged(folder / "ner" / file, types), glue)
    yield from meantime(folder / "meantime" / "meantime.jsonl")


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


ANNOTATED = 6  # sentences of a MEANTIME text, its title and date among them, whose mentions are all annotated


def meantime(path: Path) -> Iterator[LabelledText]:
    """MEANTIME's named mentions, typed through what they refer to; texts are tokenized.

    Only the beginning of each text: further on only mentions of what the beginning has are annotated.
    """
    for record in lines(path):
        end = record["sentences"][:ANNOTATED][-1][1]
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
            if named and kind and mention["spans"][-1][1] <= end:
                first, last = mention["spans"][0][0], mention["spans"][-1][1]
                found.append((Span(first + _article(record["text"][first:last]), last), kind))
        yield LabelledText(record["id"], record["text"][:end], tuple(sorted(found)), None)


def _article(name: str) -> int:
    """How long the article at the beginning of a name is: other corpora leave it out."""
    return 4 if name.lower().startswith("the ") else 0


@dataclass(frozen=True, slots=True)
class ChainMention:
    """A mention of a chain: `core` runs from its first word to its head word."""

    core: Span
    head: Span
    form: Literal["name", "nominal", "pronoun"]
    type: str
    entity: int


@dataclass(frozen=True, slots=True)
class ChainText:
    """A text with the chains of its people, organisations and places."""

    id: str
    text: str
    mentions: tuple[ChainMention, ...]


@dataclass(frozen=True, slots=True)
class LoadedText:
    """A text with loaded stretches; only `judged` stretches were read for them (all where None)."""

    id: str
    text: str
    loaded: tuple[Span, ...]
    doubtful: tuple[Span, ...] = ()
    judged: tuple[Span, ...] | None = None
    kinds: tuple[tuple[Span, StatementKind], ...] = ()


@dataclass(frozen=True, slots=True)
class InnerText:
    """A content that we read for the attributions inside it."""

    content: Span
    attributions: tuple[GoldAttribution, ...]


def our_inner() -> dict[str, list[InnerText]]:
    """The contents that we read of each PolNeAR article."""
    found: dict[str, list[InnerText]] = {}
    for record in lines(GOLD / "inner.jsonl"):
        spans = [GoldAttribution(*(tuple(Span(*s) for s in part) for part in row)) for row in record["found"]]
        found.setdefault(record["article"], []).append(InnerText(Span(*record["content"]), tuple(spans)))
    return found


_LITBANK_TYPES = {"PER": "PER", "ORG": "ORG", "FAC": "LOC", "LOC": "LOC", "GPE": "LOC"}
_LITBANK_FORMS: dict[str, Literal["name", "nominal", "pronoun"]] = {"PROP": "name", "NOM": "nominal", "PRON": "pronoun"}
_AFTER_HEAD = frozenset(
    ["of", "in", "who", "whom", "whose", "which", "that", "at", "on", "with", "from", "to", "for", "and", "or", ","]
)


def litbank(folder: Path) -> Iterator[ChainText]:
    """LitBank (Bamman et al. 2020) in parts of some 25 sentences; heads are found by `_AFTER_HEAD`."""
    for record in lines(folder / "coref" / "litbank.jsonl.gz"):
        sentences = record["sentences"]
        for first in range(0, len(sentences), 25):
            yield _litbank_part(record, first, min(first + 25, len(sentences)))


def _litbank_part(record: dict[str, Any], first: int, last: int) -> ChainText:
    text = ""
    places: dict[tuple[int, int], Span] = {}
    for number in range(first, last):
        words = record["sentences"][number]
        made = detokenized(words)
        at = len(text) + (1 if text else 0)
        text += (" " if text else "") + made
        for i, word in enumerate(words):
            found = text.index(word, at)
            places[number, i] = Span(found, found + len(word))
            at = found + len(word)
    names = {name: i for i, name in enumerate(dict.fromkeys(m["entity"] for m in record["mentions"]))}
    found = []
    for mention in record["mentions"]:
        (sentence, begin), (_, end) = mention["start"], mention["end"]
        if not first <= sentence < last or mention["type"] not in _LITBANK_TYPES:
            continue
        words = record["sentences"][sentence]
        head = next((i - 1 for i in range(begin + 1, end + 1) if words[i].lower() in _AFTER_HEAD), end)
        found.append(
            ChainMention(
                Span(places[sentence, begin].start, places[sentence, head].end),
                places[sentence, head],
                _LITBANK_FORMS[mention["form"]],
                _LITBANK_TYPES[mention["type"]],
                names[mention["entity"]],
            )
        )
    return ChainText(f"{record['id']}-{first}", text, tuple(found))


def propaganda(path: Path) -> Iterator[LoadedText]:
    """PTC (Da San Martino et al. 2019): loaded language and name-calling; where only another technique is, doubtful."""
    for record in lines(path):
        loaded = tuple(Span(t["start"], t["end"]) for t in record["techniques"] if t["technique"] in LOADED_TECHNIQUES)
        other = tuple(
            Span(t["start"], t["end"]) for t in record["techniques"] if t["technique"] not in LOADED_TECHNIQUES
        )
        yield LoadedText(record["id"], record["text"], loaded, other)


def our_wording(folder: Path) -> Iterator[LoadedText]:
    """The sentences that we read for loaded wording and for kinds of statements, cut out of their articles."""
    texts = story_texts(folder)
    kinds = {r["article"]: r["kinds"] for r in lines(GOLD / "kinds.jsonl")}
    for record in lines(GOLD / "wording.jsonl"):
        name = record["article"]
        spans = [*record["judged"], *(k[:2] for k in kinds.get(name, []))]
        first, last = min(s[0] for s in spans), max(s[1] for s in spans)

        def moved(pairs: list[list[int]], by: int = first) -> tuple[Span, ...]:
            return tuple(Span(start - by, end - by) for start, end in pairs)

        yield LoadedText(
            name,
            texts[name][first:last],
            moved(record["loaded"]),
            (),
            moved(record["judged"]),
            tuple((Span(s - first, e - first), kind) for s, e, kind in kinds.get(name, [])),
        )


def story_texts(folder: Path) -> dict[str, str]:
    """The texts of the AllSides and GVA articles by id."""
    found = {}
    for name in ("allsides/groups.jsonl.gz", "gva/incidents.jsonl.gz"):
        for record in lines(folder / "stories" / name):
            found |= {a["id"]: a["text"] for a in record["articles"] if a.get("text")}
    return found


def our_news_names(folder: Path) -> Iterator[LabelledText]:
    """Stretches of news whose names we labelled; sentences that follow each other make one text."""
    texts = story_texts(folder)
    for record in lines(GOLD / "news_names.jsonl"):
        text = texts[record["article"]]
        start = record["judged"][0][0]
        for (_, end), (following, _) in pairwise([*record["judged"], [len(text) + 1, 0]]):
            if following <= len(text) and not text[end:following].strip():
                continue
            names = tuple((Span(s - start, e - start), kind) for s, e, kind in record["names"] if start <= s < end)
            yield LabelledText(f"{record['article']}-{start}", text[start:end], names, None)
            start = following


def our_pronouns(folder: Path) -> Iterator[ChainText]:
    """News articles whose pronouns we labelled; names and their chains in them were found by an earlier reader."""
    texts = story_texts(folder)
    for record in lines(GOLD / "pronouns.jsonl"):
        text = texts[record["article"]]
        types = {entity: kind for _, _, kind, entity in record["names"]}
        found = [_whole(Span(s, e), "name", kind, entity) for s, e, kind, entity in record["names"]]
        found += [_whole(Span(s, e), form, "PER", entity) for s, e, form, entity in record["phrases"]]
        found += [
            _whole(Span(s, e), "pronoun", types.get(entity, "PER"), -1 - number if entity is None else entity)
            for number, (s, e, entity) in enumerate(record["pronouns"])
        ]
        yield ChainText(record["article"], text, tuple(sorted(found, key=lambda m: m.core)))


def _whole(span: Span, form: Literal["name", "nominal", "pronoun"], kind: str, entity: int) -> ChainMention:
    return ChainMention(span, span, form, kind, entity)
