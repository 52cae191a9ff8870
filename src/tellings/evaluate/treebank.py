"""Universal Dependencies treebanks as texts: sentences, parsed words, and GUM's mentions with their chains."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from tellings.errors import CorpusError
from tellings.evaluate.corpora import content
from tellings.records import Span

Form = Literal["name", "nominal", "pronoun"]


@dataclass(frozen=True, slots=True)
class GoldWord:
    """A syntactic word: `head` numbers its governor among the text's words, None at a root."""

    span: Span
    upos: str
    head: int | None
    relation: str


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention of an entity; `head` numbers its head word, `entity` is the chain's id in its text."""

    span: Span
    head: int
    form: Form
    type: str
    entity: str


@dataclass(frozen=True, slots=True)
class TreebankText:
    """One document: `firsts` numbers the first word of each sentence; mentions are empty where there are none."""

    id: str
    text: str
    sentences: tuple[Span, ...]
    firsts: tuple[int, ...]
    words: tuple[GoldWord, ...]
    mentions: tuple[GoldMention, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    document: str
    text: str
    paragraph: bool
    rows: list[list[str]]


def treebank(path: Path) -> Iterator[TreebankText]:
    """The documents of a CoNLL-U file, sentences joined by a space, paragraphs by an empty line.

    Raises:
        CorpusError: when the file is missing or damaged, or a word does not stand in its sentence.

    """
    for name, group in groupby(_sentences(path), key=lambda s: s.document):
        yield _document(name, list(group))


def _sentences(path: Path) -> Iterator[_Sentence]:
    document = ""
    for block in content(path).strip().split("\n\n"):
        lines = block.split("\n")
        notes = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# ") and " = " in line)
        if not {"sent_id", "text"} <= notes.keys():
            raise CorpusError(str(path), f"has a sentence without its id or text ({lines[0][:40]!r})", "check the file")
        document = notes.get("newdoc id", document) or notes["sent_id"].rsplit("-", 1)[0]
        if "newdoc id" not in notes and not notes["sent_id"].startswith(document):
            document = notes["sent_id"].rsplit("-", 1)[0]
        paragraph = any(line.startswith("# newpar") and "block" not in line for line in lines)
        rows = [line.split("\t") for line in lines if line and line[0] != "#"]
        yield _Sentence(document, notes["text"], paragraph, rows)


def _document(name: str, sentences: list[_Sentence]) -> TreebankText:
    text = ""
    spans: list[Span] = []
    firsts: list[int] = []
    words: list[GoldWord] = []
    mentions: list[GoldMention] = []
    opened: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for sentence in sentences:
        if text:
            text += "\n\n" if sentence.paragraph else " "
        rows = [row for row in sentence.rows if row[0].isdigit()]
        first = len(words)
        places = _places(name, sentence, len(text))
        heads = [int(row[6]) for row in rows]
        words += [
            GoldWord(place, row[3], first + head - 1 if head else None, row[7])
            for place, row, head in zip(places, rows, heads, strict=True)
        ]
        spans.append(Span(len(text), len(text) + len(sentence.text)))
        firsts.append(first)
        for begin, end, kind, entity in _bracketed(rows, first, opened):
            mentions.append(_mention(words, begin, end, kind, entity))
        text += sentence.text
    return TreebankText(name, text, tuple(spans), tuple(firsts), tuple(words), tuple(sorted(mentions, key=_order)))


def _order(mention: GoldMention) -> tuple[int, int]:
    return mention.span.start, -mention.span.end


def _places(name: str, sentence: _Sentence, shift: int) -> list[Span]:
    """Where each syntactic word stands; words of a contraction part its letters, or share them where they differ."""
    places: list[Span] = []
    at = 0
    covered = 0
    for row in sentence.rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            forms = [r[1] for r in sentence.rows if r[0].isdigit() and first <= int(r[0]) <= last]
            at = _find(name, sentence.text, row[1], at)
            places += _parted(row[1], forms, at + shift)
            at += len(row[1])
            covered = last
        elif row[0].isdigit() and int(row[0]) > covered:
            at = _find(name, sentence.text, row[1], at)
            places.append(Span(at + shift, at + shift + len(row[1])))
            at += len(row[1])
    return places


def _find(name: str, text: str, word: str, at: int) -> int:
    found = text.find(word, at)
    if found < 0:
        raise CorpusError(name, f"has a word {word!r} that is not in its sentence", "check the file")
    return found


def _parted(surface: str, forms: list[str], at: int) -> list[Span]:
    if "".join(forms) != surface:
        return [Span(at, at + len(surface))] * len(forms)
    places = []
    for form in forms:
        places.append(Span(at, at + len(form)))
        at += len(form)
    return places


def _bracketed(
    rows: list[list[str]], shift: int, opened: dict[str, list[tuple[int, str]]]
) -> Iterator[tuple[int, int, str, str]]:
    """GUM's bracketed mentions as (first word, word after the last, type, entity id)."""
    for i, row in enumerate(rows, start=shift):
        misc = next((m[7:] for m in row[9].split("|") if m.startswith("Entity=")), "")
        for part in re.finditer(r"\(([^()]+)(\))?|([^()]+)\)", misc):
            if part[1]:
                fields = part[1].split("-")
                if part[2]:
                    yield i, i + 1, fields[1], fields[0]
                else:
                    opened[fields[0]].append((i, fields[1]))
            else:
                key = part[3].split("-")[0]
                if opened[key]:
                    first, kind = opened[key].pop()
                    yield first, i + 1, kind, key


def _mention(words: list[GoldWord], first: int, last: int, kind: str, entity: str) -> GoldMention:
    inside = range(first, last)
    head = next((i for i in inside if words[i].head is None or words[i].head not in inside), first)
    form: Form = "nominal"
    if words[head].upos == "PRON":
        form = "pronoun"
    elif words[head].upos == "PROPN":
        form = "name"
    return GoldMention(Span(words[first].span.start, words[last - 1].span.end), head, form, kind, entity)
