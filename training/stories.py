"""Stories of the public corpora with the gold labels for comparing accounts (see the gold folder's GUIDELINES).

A telling's text is its title, an empty line, and its body, so that sentence 0 of the gold - the title - has a span
like every other sentence. Spans are half-open, in code points of that text.
"""

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
from tellings.records import Account, Original, Span

GAP = "\n\n"
OWN = Path(__file__).parent / "gold" / "stories"
"""The stories that we labelled besides, in the same form."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One account of a gold story: its letter, the account, and the gold's numbered sentences (0 is the title)."""

    letter: str
    account: Account
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A labelled group of sentences, as (letter, sentence number), with its strongest relation."""

    members: tuple[tuple[str, int], ...]
    relation: str
    gist: str


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """An utterance quoted in at least two accounts, as (letter, sentence number): identical, clipped or altered."""

    members: tuple[tuple[str, int], ...]
    same: str


@dataclass(frozen=True, slots=True)
class GoldSource:
    """A source of one account: its name and type as labelled, and the sentences attributed to it."""

    letter: str
    name: str
    type: str
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GoldStory:
    """A story with its tellings and labels; `name` is unique over all parts ("basil/b01")."""

    name: str
    tellings: tuple[Telling, ...]
    claims: tuple[GoldClaim, ...]
    quotes: tuple[GoldQuote, ...]
    sources: tuple[GoldSource, ...]

    @property
    def dev(self) -> bool:
        """Whether the story is kept for development: a fifth, by a hash of its name."""
        return hashlib.sha256(self.name.encode()).digest()[0] % 5 == 0


def folder(variable: str, name: str) -> Path:
    """The folder named by an environment variable, else beside the checkout.

    Raises:
        CorpusError: the folder is not there.

    """
    beside = Path(__file__).resolve().parents[2] / "shared" / name
    path = Path(os.environ.get(variable) or beside)
    if not path.is_dir():
        raise CorpusError(str(path), "there is no such folder", f"set {variable} to the folder of the {name}")
    return path


def load(corpora: Path | None = None, gold: Path | None = None) -> Iterator[GoldStory]:
    """Every labelled story whose texts are in the corpora, in the order of their names.

    Raises:
        CorpusError: a folder or a story's texts are missing.

    """
    corpora = corpora or folder("TELLINGS_CORPORA", "corpora")
    gold = gold or folder("TELLINGS_GOLD", "gold")
    parts = {"5w1h": _5w1h(corpora), "allsides": _allsides(corpora), "basil": None, "gva": _gva(corpora)}
    for part, rows in parts.items():
        for labels in (gold, OWN):
            if not (labels / part).is_dir():
                continue
            stories = _basil(corpora) if rows is None else _spanned(rows, labels, part)
            for path in sorted((labels / part).glob("*[0-9].json")):
                label = json.loads(path.read_text(encoding="utf-8"))
                key = label["triple"]
                if key not in stories:
                    raise CorpusError(str(path), f"the texts of story {key} are missing", "check the corpora folder")
                yield _labelled(f"{part}/{path.stem}", stories[key], label)


def _labelled(name: str, tellings: tuple[Telling, ...], label: dict[str, Any]) -> GoldStory:
    """A story from its tellings and its label file; members that name no sentence are left out."""
    known = {(t.letter, number) for t in tellings for number in range(len(t.sentences))}

    def members(codes: list[str]) -> tuple[tuple[str, int], ...]:
        pairs = sorted({(code[0], int(code[1:])) for code in codes})
        return tuple(pair for pair in pairs if pair in known)

    return GoldStory(
        name=name,
        tellings=tellings,
        claims=tuple(
            GoldClaim(members(c["members"]), c["relation"], c.get("gist", "")) for c in label.get("claims", [])
        ),
        quotes=tuple(GoldQuote(members(q["members"]), q["same"]) for q in label.get("quotes", [])),
        sources=tuple(
            GoldSource(letter, s["name"], s["type"], tuple(s["sentences"]))
            for letter, listed in sorted(label.get("sources", {}).items())
            for s in listed
        ),
    )


def _telling(letter: str, article: dict[str, Any], body: str, spans: list[tuple[int, int]]) -> Telling:
    """A telling of a body and the spans of its sentences in it."""
    title = " ".join((article.get("title") or "").split())
    shift = len(title) + len(GAP)
    text = title + GAP + body
    digest = hashlib.sha256(text.encode()).hexdigest()
    account = Account(
        id=f"{letter.lower()}-{digest[:12]}",
        text=text,
        sha256=digest,
        original=Original(f"{article['id']}.txt", digest, len(text.encode()), "utf-8"),
        title=title or None,
        outlet=article.get("source") or article.get("outlet"),
        published=article.get("date"),
        url=article.get("url"),
        kind="article",
    )
    sentences = (Span(0, len(title)), *(Span(start + shift, end + shift) for start, end in spans))
    return Telling(letter, account, sentences)


def _basil(corpora: Path) -> dict[str, tuple[Telling, ...]]:
    stories = {}
    for line in (corpora / "stories/basil/triples_2010_2014.jsonl").open(encoding="utf-8"):
        triple = json.loads(line)
        stories[triple["id"]] = tuple(
            _telling(letter, article, *_joined(article))
            for letter, article in zip("ABCDEF", triple["articles"], strict=False)
        )
    return stories


def _joined(article: dict[str, Any]) -> tuple[str, list[tuple[int, int]]]:
    """The body of a BASIL article - sentences joined by a space, paragraphs by an empty line - and its sentences."""
    starts = {first for first, _ in article["paragraphs"]}
    body, spans = "", []
    for number, sentence in enumerate(article["sentences"]):
        if number:
            body += GAP if number in starts else " "
        spans.append((len(body), len(body) + len(sentence)))
        body += sentence
    return body, spans


def _spanned(rows: dict[str, dict[str, Any]], gold: Path, part: str) -> dict[str, tuple[Telling, ...]]:
    """The tellings of a part whose sentences stand as spans in the gold's sentences.jsonl."""
    stories = {}
    for line in (gold / part / "sentences.jsonl").open(encoding="utf-8"):
        story = json.loads(line)
        stories[story["group"]] = tuple(
            _telling(letter, rows[entry["id"]], rows[entry["id"]]["text"], entry["sentences"])
            for letter, entry in sorted(story["accounts"].items())
        )
    return stories


def _allsides(corpora: Path) -> dict[str, dict[str, Any]]:
    with gzip.open(corpora / "stories/allsides/groups.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {article["id"]: article for line in lines for article in json.loads(line)["articles"]}


def _gva(corpora: Path) -> dict[str, dict[str, Any]]:
    with gzip.open(corpora / "stories/gva/incidents.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {article["id"]: article for line in lines for article in json.loads(line)["articles"]}


def _5w1h(corpora: Path) -> dict[str, dict[str, Any]]:
    found = {}
    for name in ("gold_standard", "google_news"):
        with (corpora / f"stories/giveme5w1h/{name}.jsonl").open(encoding="utf-8") as lines:
            for article in map(json.loads, lines):
                found[article["id"]] = article | {"outlet": article["publisher"]}
    return found
