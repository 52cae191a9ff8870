"""The corpora that scores are measured on, as they lie in the corpora folder (see its README)."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from tellings.errors import CorpusError
from tellings.records import MentionType, Span

DEFAULT_FOLDER = Path("../shared/corpora")
Stance = Literal["strengthens", "weakens", "neither"]


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """One annotated attribution; parts are code point spans in text order, empty where absent."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class AttributionText:
    """One article of PolNeAR as one annotator saw it (Newell, Margolin and Ruths, LREC 2018)."""

    id: str
    first: bool
    text: str
    attributions: tuple[GoldAttribution, ...]


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """An attribution as a discourse relation: who says it and how (satellite), and what is said (nucleus)."""

    satellite: tuple[Span, ...]
    nucleus: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class RelationText:
    """One document of GUM (Zeldes 2017) with its attribution relations."""

    id: str
    genre: str
    text: str
    relations: tuple[GoldRelation, ...]


@dataclass(frozen=True, slots=True)
class NamedText:
    """A text with its names, as code point spans with a type."""

    id: str
    text: str
    names: tuple[tuple[Span, MentionType], ...]


@dataclass(frozen=True, slots=True)
class PronounText:
    """A GAP snippet (Webster et al. 2018): which of two names a pronoun stands for, if any."""

    id: str
    text: str
    pronoun: Span
    a: Span
    b: Span
    a_right: bool
    b_right: bool


@dataclass(frozen=True, slots=True)
class RoleText:
    """An article of NewsDiscourse (Choubey et al. 2020): its sentences, each with its role in the news text."""

    id: str
    text: str
    roles: tuple[tuple[Span, str], ...]


@dataclass(frozen=True, slots=True)
class JudgedSentence:
    """A sentence of BABE (Spinde et al. 2021) and whether experts found its wording biased."""

    id: str
    text: str
    topic: str
    biased: bool


@dataclass(frozen=True, slots=True)
class LoadedText:
    """An article of PTC (Da San Martino et al. 2019) with its loaded language and name-calling."""

    id: str
    text: str
    loaded: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An annotated mention of an event, in one piece or several; mentions of one `chain` mean the same event."""

    spans: tuple[Span, ...]
    chain: str


@dataclass(frozen=True, slots=True)
class EventText:
    """A document of ECB+ (Cybulska and Vossen 2014) with the events mentioned in its annotated sentences."""

    id: str
    topic: int
    text: str
    events: tuple[GoldEvent, ...]


@dataclass(frozen=True, slots=True)
class ClaimPair:
    """Two claims of ClaimDiff (Ko et al. 2023) and what `b` does to `a`."""

    id: str
    topic: str
    a: str
    b: str
    stance: Stance


def corpora_folder(given: Path | None = None) -> Path:
    """The folder given, else the one TELLINGS_CORPORA names, else ../shared/corpora.

    Raises:
        CorpusError: when there is no such folder.

    """
    folder = given or Path(os.environ.get("TELLINGS_CORPORA", DEFAULT_FOLDER))
    if not folder.is_dir():
        raise CorpusError(
            str(folder),
            "is not a folder of corpora",
            "name it with --corpora or the variable TELLINGS_CORPORA",
        )
    return folder


def existing(path: Path) -> Path:
    """The path of a corpus file.

    Raises:
        CorpusError: when the file is missing.

    """
    if not path.is_file():
        raise CorpusError(str(path), "is missing", "check the corpora folder against its README")
    return path


def content(path: Path) -> str:
    """The text of a corpus file, plain or gzip.

    Raises:
        CorpusError: when the file is missing or damaged.

    """
    raw = existing(path).read_bytes()
    try:
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    except (OSError, EOFError, ValueError) as problem:
        raise CorpusError(str(path), f"cannot be read ({problem})", "get the file again") from problem


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file, plain or gzip.

    Raises:
        CorpusError: when the file is missing or a line of it is no JSON.

    """
    for number, line in enumerate(content(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield json.loads(line)
        except ValueError as problem:
            raise CorpusError(f"{path}:{number}", f"is no JSON ({problem})", "get the file again") from problem


def digest(*paths: Path) -> str:
    """SHA-256 over corpus files one after another, so that pinned floors say which data they were measured on.

    Raises:
        CorpusError: when a file is missing.

    """
    made = hashlib.sha256()
    for path in paths:
        made.update(existing(path).read_bytes())
    return made.hexdigest()


def titled(name: str, *paths: Path) -> str:
    """What a score was measured on: a name with the digest of its files, shortened."""
    return f"{name} ({digest(*paths)[:12]})"


def polnear(path: Path) -> Iterator[AttributionText]:
    """PolNeAR articles, one per article and annotator."""
    for record in lines(path):
        yield AttributionText(
            id=record["id"],
            first=record["first"],
            text=record["text"],
            attributions=tuple(
                GoldAttribution(_spans(a["source"]), _spans(a["cue"]), _spans(a["content"]))
                for a in record["attributions"]
            ),
        )


def gum_relations(path: Path) -> Iterator[RelationText]:
    """GUM's documents with their attribution relations, positive and negative alike."""
    for record in lines(path):
        relations = tuple(
            GoldRelation(_spans(relation["satellite"]), _spans(relation["nucleus"]))
            for relation in record["attributions"]
        )
        yield RelationText(record["id"], record["genre"], record["text"], relations)


def uner(path: Path) -> Iterator[NamedText]:
    """UNER's documents (Mayhew et al., NAACL 2024): its sentences after one another, each a line.

    Sentences are one document's as long as their ids are the same up to the number at their end. BIO tags stand over
    tokens that are found again in the sentence's text.
    """
    for name, records in groupby(lines(path), key=lambda record: record["id"].rsplit("-", 1)[0]):
        sentences = [named_text(r["id"], r["text"], r["tokens"], r["tags"], UNER_TYPES) for r in records]
        yield _joined(name, sentences)


UNER_TYPES: dict[str, MentionType] = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}


def _joined(name: str, sentences: Iterable[NamedText]) -> NamedText:
    text = ""
    names: list[tuple[Span, MentionType]] = []
    for sentence in sentences:
        text += "\n" if text else ""
        names += [(Span(s.start + len(text), s.end + len(text)), kind) for s, kind in sentence.names]
        text += sentence.text
    return NamedText(name, text, tuple(names))


def named_text(name: str, text: str, words: list[str], tags: list[str], types: dict[str, MentionType]) -> NamedText:
    """Names from BIO or IO tags over words that stand in `text` in order; tags of other types are left out."""
    places = []
    at = 0
    for word in words:
        found = text.find(word, at)
        if found < 0:
            raise CorpusError(name, f"has a token {word!r} that is not in its text", "check the file")
        places.append(Span(found, found + len(word)))
        at = found + len(word)
    names: list[tuple[Span, MentionType]] = []
    before = "O"
    for place, tag in zip(places, tags, strict=True):
        kind = types.get(tag[2:])
        if kind is not None:
            if tag[0] == "B" or before[2:] != tag[2:]:
                names.append((place, kind))
            else:
                names[-1] = (Span(names[-1][0].start, place.end), kind)
        before = tag
    return NamedText(name, text, tuple(names))


def gap(path: Path) -> Iterator[PronounText]:
    """A file of GAP."""
    for r in lines(path):
        yield PronounText(
            r["id"],
            r["text"],
            Span(r["pronoun_offset"], r["pronoun_offset"] + len(r["pronoun"])),
            Span(r["a_offset"], r["a_offset"] + len(r["a"])),
            Span(r["b_offset"], r["b_offset"] + len(r["b"])),
            r["a_coref"],
            r["b_coref"],
        )


def news_roles(path: Path) -> Iterator[RoleText]:
    """Articles of NewsDiscourse, sentences joined by a space, empty ones left out."""
    for record in lines(path):
        text, roles = "", []
        for sentence in record["sentences"]:
            words = sentence["text"].strip()
            if words:
                text += " " if text else ""
                roles.append((Span(len(text), len(text) + len(words)), sentence["label"]))
                text += words
        if text:
            yield RoleText(record["id"], text, tuple(roles))


def babe(path: Path) -> Iterator[JudgedSentence]:
    """BABE's sentences that its experts agreed on. They measure only: their licence keeps them out of training."""
    for record in lines(path):
        if record["label"] in {"Biased", "Non-biased"}:
            yield JudgedSentence(record["id"], record["text"], record["topic"], record["label"] == "Biased")


LOADED_TECHNIQUES = frozenset({"Loaded_Language", "Name_Calling,Labeling"})


def propaganda(path: Path) -> Iterator[LoadedText]:
    """PTC's articles; of their techniques only those of loaded wording."""
    for record in lines(path):
        loaded = sorted(Span(t["start"], t["end"]) for t in record["techniques"] if t["technique"] in LOADED_TECHNIQUES)
        yield LoadedText(record["id"], record["text"], tuple(loaded))


EVENT_TAGS = ("ACTION_", "NEG_ACTION_")


def ecbplus(documents: Path, annotated: Path) -> Iterator[EventText]:
    """Documents of ECB+, with the event mentions of the sentences that the list `annotated` holds.

    Only these sentences were annotated throughout (1840 in the whole corpus). A mention that is in no chain is an event
    of its own.
    """
    whole = {(record["doc"], record["sentence"]) for record in lines(annotated)}
    for record in lines(documents):
        kept = [_spans([span])[0] for n, span in enumerate(record["sentences"]) if (record["id"], n) in whole]
        chains = _chains(record)
        events = [
            GoldEvent(_spans(mention["spans"]), chains.get(mention["id"], f"{record['id']} {mention['id']}"))
            for mention in record["mentions"]
            if mention["tag"].startswith(EVENT_TAGS)
        ]
        yield EventText(
            record["id"],
            record["topic"],
            record["text"],
            tuple(
                event
                for event in sorted(events, key=lambda event: event.spans)
                if any(s.start <= event.spans[0].start < s.end for s in kept)
            ),
        )


def _chains(record: dict[str, Any]) -> dict[str, str]:
    """The chain of each mention of an ECB+ document: the thing meant in several, else one of the document's own."""
    return {
        mention: relation.get("note") or f"{record['id']} to {relation['target'][0]}"
        for relation in record["relations"]
        for mention in relation["source"]
    }


def claimdiff(strengthens: Path, weakens: Path) -> Iterator[ClaimPair]:
    """ClaimDiff's pairs, which both files hold in full: one says what strengthens, the other what weakens."""
    weakening = {(record["a"], record["b"]) for record in lines(weakens) if record["label"]}
    for record in lines(strengthens):
        a, b = record["a"], record["b"]
        stance: Stance = "strengthens" if record["label"] else "weakens" if (a, b) in weakening else "neither"
        yield ClaimPair(record["id"], record["topic"], a, b, stance)


def held_out(name: str) -> bool:
    """Whether a PTC article is kept for measuring: a fifth, by a hash of its id."""
    return hashlib.sha256(name.encode()).digest()[0] % 5 == 0


def _spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple(sorted(Span(start, end) for start, end in pairs))
