"""UD English-EWT and GUM as training documents: parse, names, chains, and GUM's attributions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from tellings.evaluate.corpora import AttributionText, GoldAttribution, lines
from tellings.evaluate.treebank import GoldMention, TreebankText, treebank
from tellings.records import MentionType, Span
from training.corpora import GOLD
from training.examples import Document, treebank_document

GUM_NAMES: dict[str, MentionType] = {"person": "PER", "organization": "ORG", "place": "LOC"}


def ewt(folder: Path) -> Iterator[Document]:
    """UD English-EWT train with the names that we labelled in it (training/gold/names.jsonl)."""
    labelled = {record["sentence"]: record["names"] for record in lines(GOLD / "names.jsonl")}
    ids = sentence_ids(folder / "ud_ewt" / "en_ewt-ud-train.conllu.gz")
    for text in treebank(folder / "ud_ewt" / "en_ewt-ud-train.conllu.gz"):
        names = [
            (Span(sentence.start + start, sentence.start + end), kind)
            for name, sentence in zip(ids[text.id], text.sentences, strict=True)
            for start, end, kind in labelled.get(name, [])
        ]
        yield treebank_document(text, "ewt", names)


def sentence_ids(path: Path) -> dict[str, list[str]]:
    """The sentence ids of each document, in order."""
    import gzip

    found: dict[str, list[str]] = {}
    document = ""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("# newdoc id = "):
                document = line[14:].strip()
            elif line.startswith("# sent_id = "):
                name = line[12:].strip()
                if not name.startswith(document) or not document:
                    document = name.rsplit("-", 1)[0]
                found.setdefault(document, []).append(name)
    return found


def gum(folder: Path) -> Iterator[Document]:
    """GUM train with names, chains and, for links, its attributions as a discourse relation."""
    related = {record["id"]: record for record in lines(folder / "gum" / "rst_attribution_train.jsonl")}
    for text in treebank(folder / "gum" / "train.conllu.gz"):
        record = related.get(text.id)
        attributed = None if record is None else _attributed(text, record)
        yield treebank_document(text, "gum", list(proper_names(text)), attributed)


def proper_names(text: TreebankText) -> Iterator[tuple[Span, MentionType]]:
    """The longest run of proper nouns in each named mention of a fit type whose head is one of them."""
    taken: set[int] = set()
    for mention in sorted(text.mentions, key=lambda m: m.span.end - m.span.start):
        inside = [i for i, w in enumerate(text.words) if mention.span.start <= w.span.start < mention.span.end]
        proper = [i for i in inside if text.words[i].upos == "PROPN" and i not in taken]
        if mention.form != "name" or mention.type not in GUM_NAMES or mention.head not in proper:
            continue
        run = _run_with(proper, mention.head)
        taken |= set(run)
        yield Span(text.words[run[0]].span.start, text.words[run[-1]].span.end), GUM_NAMES[mention.type]


def _run_with(numbers: list[int], head: int) -> list[int]:
    """The run of numbers around `head` with gaps of one word at most (`Bank of England`, `Bailey-Ross`)."""
    runs = [[numbers[0]]]
    for before, here in pairwise(numbers):
        if here - before > 2:
            runs.append([])
        runs[-1].append(here)
    run = next(run for run in runs if head in run)
    return list(range(run[0], run[-1] + 1))


def _attributed(text: TreebankText, record: dict[str, Any]) -> AttributionText:
    """GUM's attribution relations with cue and source read off the parse of the satellite; see `parts`."""
    shift = _alignment(record["text"], text.text)
    found = []
    for relation in record["attributions"]:
        satellite = [s for s in (shift(Span(a, b)) for a, b in relation["satellite"]) if s]
        nucleus = [s for s in (shift(Span(a, b)) for a, b in relation["nucleus"]) if s]
        if sum(s.end - s.start for s in nucleus) > 1500 or not satellite or not nucleus:
            continue  # a whole article under its byline is no cue's content
        cue, source = parts(text, satellite)
        if cue:
            found.append(GoldAttribution(source, cue, tuple(sorted(nucleus))))
    return AttributionText(text.id, True, text.text, tuple(found))


def _alignment(one: str, other: str) -> Any:  # noqa: ANN401 - a function of a span
    """A function from spans of `one` to spans of `other`, two texts that differ in white space alone."""
    places = [i for i, sign in enumerate(other) if not sign.isspace()]
    number = [0]
    for sign in one:
        number.append(number[-1] + (not sign.isspace()))
    same = [s for s in one if not s.isspace()] == [other[i] for i in places]

    def shift(span: Span) -> Span | None:
        if not same or number[span.start] >= number[span.end]:
            return None
        return Span(places[number[span.start]], places[number[span.end] - 1] + 1)

    return shift


def parsed(path: Path, corpus: str) -> Iterator[Document]:
    """A treebank's documents with what its own file has."""
    for text in treebank(path):
        yield treebank_document(text, corpus, list(proper_names(text)) if text.mentions else None)


_CUE_RANK = {"VERB": 0, "ADP": 1}
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})


def parts(text: TreebankText, satellite: list[Span]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Cue and source of a satellite: its first verb (else preposition) with particles, and that one's subject phrase.

    A satellite without either (a byline, a picture's credit) gives no cue.
    """
    inside = [i for i, w in enumerate(text.words) if any(s.start <= w.span.start < s.end for s in satellite)]
    heads = [i for i in inside if text.words[i].head not in inside and text.words[i].upos in _CUE_RANK]
    if not heads:
        return (), ()
    head = min(heads, key=lambda i: (_CUE_RANK[text.words[i].upos], i))
    cue = [head, *(i for i in inside if text.words[i].head == head and text.words[i].relation == "compound:prt")]
    subject = next((i for i in inside if text.words[i].head == head and text.words[i].relation in _SUBJECTS), None)
    source: list[int] = []
    if subject is not None:
        source = [i for i in inside if _hangs_on(text, i, subject)]
    return _spans(text, sorted(cue)), _spans(text, source)


def _hangs_on(text: TreebankText, word: int, head: int) -> bool:
    at: int | None = word
    for _ in range(100):
        if at == head:
            return True
        if at is None:
            return False
        at = text.words[at].head
    return False


def _spans(text: TreebankText, numbers: list[int]) -> tuple[Span, ...]:
    """Word numbers as spans, neighbours joined."""
    found: list[Span] = []
    before = -2
    for number in numbers:
        span = text.words[number].span
        if number == before + 1 and found:
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
        before = number
    return tuple(found)


__all__ = ["GoldMention", "ewt", "gum", "parsed", "parts", "proper_names"]
