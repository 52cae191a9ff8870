"""The corpora that scores are measured on, as they lie in the corpora folder (see its README)."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tellings.errors import CorpusError
from tellings.records import MentionType, Span

DEFAULT_FOLDER = Path("../shared/corpora")


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
class NamedText:
    """One sentence with its names, as code point spans with a type."""

    id: str
    text: str
    names: tuple[tuple[Span, MentionType], ...]


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


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file, plain or gzip.

    Raises:
        CorpusError: when the file is missing.

    """
    if not path.is_file():
        raise CorpusError(str(path), "is missing", "check the corpora folder against its README")
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def digest(path: Path) -> str:
    """SHA-256 of a corpus file, so that pinned floors say which data they were measured on."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


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


def uner(path: Path) -> Iterator[NamedText]:
    """UNER sentences (Mayhew et al., NAACL 2024); BIO tags over tokens found again in the sentence's text."""
    for record in lines(path):
        yield named_text(record["id"], record["text"], record["tokens"], record["tags"], UNER_TYPES)


UNER_TYPES: dict[str, MentionType] = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}


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


def _spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple(sorted(Span(start, end) for start, end in pairs))
