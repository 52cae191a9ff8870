"""Every corpus as training documents, and a file to keep them in (a pickle, meant for nobody but the maker of it)."""

from __future__ import annotations

import gzip
import pickle
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tellings.evaluate.corpora import gap, held_out, lines, news_roles, polnear
from tellings.reading.tokens import Tokens
from tellings.records import Span
from training import corpora, plain, treebanks
from training.examples import (
    Document,
    Mention,
    attribution_document,
    chain_document,
    cue_words,
    labelled_document,
    loaded_document,
    pronoun_document,
    sentence_document,
)


def _polnear(folder: Path) -> Iterator[Document]:
    texts = list(polnear(folder / "polnear" / "train.jsonl.gz"))
    nested, inner = cue_words(texts), corpora.our_inner()
    return (attribution_document(text, nested, inner.get(text.id, ())) for text in texts)


def _propaganda(folder: Path) -> Iterator[Document]:
    texts = corpora.propaganda(folder / "wording" / "ptc_train.jsonl")
    return (loaded_document(text, "propaganda") for text in texts if not held_out(text.id))


LOADERS: Mapping[str, Callable[[Path], Iterable[Document]]] = {
    "polnear": _polnear,
    "ewt": treebanks.ewt,
    "gum": treebanks.gum,
    "names": lambda folder: map(labelled_document, corpora.names(folder)),
    "news_names": lambda folder: (labelled_document(text, "news_names") for text in corpora.our_news_names(folder)),
    "newsdiscourse": lambda folder: map(sentence_document, news_roles(folder / "newsdiscourse" / "train.jsonl")),
    "gap": lambda folder: map(pronoun_document, gap(folder / "coref" / "gap_development.jsonl")),
    "litbank": lambda folder: map(chain_document, corpora.litbank(folder)),
    "pronouns": lambda folder: (
        chain_document(text, "pronouns", nominals=False) for text in corpora.our_pronouns(folder)
    ),
    "wording": lambda folder: (loaded_document(text, "wording") for text in corpora.our_wording(folder)),
    "propaganda": _propaganda,
}


def watched(folder: Path) -> Iterator[Document]:
    """Documents of the dev parts, whose losses are told beside those of training."""
    texts = [text for text in polnear(folder / "polnear" / "dev.jsonl") if text.first]
    yield from (attribution_document(text, cue_words(texts)) for text in texts)
    yield from treebanks.parsed(folder / "ud_ewt" / "en_ewt-ud-dev.conllu", "ewt")
    yield from treebanks.parsed(folder / "gum" / "dev.conllu", "gum")
    yield from map(pronoun_document, gap(folder / "coref" / "gap_validation.jsonl"))


@dataclass(frozen=True, slots=True)
class Prepared:
    """Numbered documents to train on and to watch, and how many spans have a teacher vector."""

    train: tuple[Document, ...]
    watch: tuple[Document, ...]

    @property
    def starts(self) -> np.ndarray:
        """The place of each training document's first piece among the pieces of all."""
        return np.cumsum([0, *(len(document.tokens) for document in self.train)])

    def pieces(self) -> Counter[str]:
        """How many pieces each corpus has."""
        counts: Counter[str] = Counter()
        for document in self.train:
            counts[document.corpus] += len(document.tokens)
        return counts


def prepared(folder: Path, wanted: Iterable[str], mentions: Path | None = None) -> Prepared:
    """The documents of the corpora wanted; `mentions` is what `training.plain` wrote."""
    found = [document for name in wanted if name in LOADERS for document in LOADERS[name](folder)]
    if "plain" in wanted:
        found += plain.plain(folder, {} if mentions is None else known_mentions(mentions))
    train, row = [], 0
    for number, document in enumerate(map(_slim, found)):
        spans = document.spans.copy()
        spans[:, 2] = np.arange(row, row + len(spans))
        row += len(spans)
        train.append(replace(document, number=number, spans=spans))
    return Prepared(tuple(train), tuple(replace(_slim(d), number=0) for d in watched(folder)))


def known_mentions(path: Path) -> dict[str, list[Mention]]:
    """The mentions that an earlier reader found, by text id."""
    return {
        record["id"]: [(Span(start, end), kind, form) for start, end, form, kind in record["mentions"]]
        for record in lines(path)
    }


def _slim(document: Document) -> Document:
    """The same in smaller numbers, without the offsets that training does not read."""
    seen, nothing = document.tokens, np.zeros(0, dtype=np.int64)
    parse = document.parse
    return replace(
        document,
        tokens=Tokens(seen.ids.astype(np.int16), nothing, nothing, seen.features.astype(np.int16), seen.first),
        sentence_of=document.sentence_of.astype(np.int32),
        tags={name: numbers.astype(np.int8) for name, numbers in document.tags.items()},
        named=None if document.named is None else document.named.astype(np.int8),
        spans=document.spans.astype(np.int32),
        parse=None
        if parse is None
        else replace(
            parse,
            pieces=parse.pieces.astype(np.int32),
            heads=parse.heads.astype(np.int32),
            relations=parse.relations.astype(np.int8),
            sentences=parse.sentences.astype(np.int32),
        ),
    )


def load(path: Path) -> Prepared:
    """What `save` wrote."""
    with gzip.open(path) as file:
        found = pickle.load(file)
    if not isinstance(found, Prepared):
        raise TypeError(f"{path} holds no prepared documents: make it with python -m training.prepare")
    return found


def save(found: Prepared, path: Path) -> None:
    """Write prepared documents."""
    with gzip.open(path, "wb", compresslevel=6) as file:
        pickle.dump(found, file, protocol=pickle.HIGHEST_PROTOCOL)
