"""Stories of the public corpora with the gold labels for comparing accounts (see the gold folder's GUIDELINES).

A telling's text is its title, an empty line, and its body, so that sentence 0 of the gold - the title - has a span
like every other sentence. Spans are half-open, in code points of that text.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from tellings.errors import CorpusError
from tellings.evaluate.corpora import content, lines
from tellings.records import Account, Original, Span

GAP = "\n\n"
CHECKOUT = Path(__file__).resolve().parents[3]
OWN = CHECKOUT / "training" / "gold" / "stories"
"""The stories that we labelled besides, in the same form."""
BASIL = "stories/basil/triples_2010_2014.jsonl"
ARTICLES = {
    "5w1h": ("stories/giveme5w1h/gold_standard.jsonl", "stories/giveme5w1h/google_news.jsonl"),
    "allsides": ("stories/allsides/groups.jsonl.gz",),
    "gva": ("stories/gva/incidents.jsonl.gz",),
}
"""The files of the other parts' articles in the corpora folder."""
PARTS = ("5w1h", "allsides", "basil", "gva")


Sentence: TypeAlias = tuple[str, int]
"""A sentence of a story, as the letter of its account and its number there."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One account of a gold story: its letter, the account, and the gold's numbered sentences (0 is the title)."""

    letter: str
    account: Account
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A labelled group of sentences, as (letter, sentence number), with its strongest relation.

    `apart` has the members of two accounts that differ, conflict or update, with that relation; `more` the pairs of
    which the first tells more; both are None where only the strongest relation was labelled.
    """

    members: tuple[Sentence, ...]
    relation: str
    gist: str
    apart: tuple[tuple[Sentence, Sentence, str], ...] | None = None
    more: tuple[tuple[Sentence, Sentence], ...] | None = None

    def kind(self, a: Sentence, b: Sentence) -> str | None:
        """The relation of two members themselves, None where it is not known."""
        if self.relation == "agree" or len(self.members) == 2:
            return self.relation
        if self.apart is None or self.more is None:
            return None
        told = {frozenset((one, other)): relation for one, other, relation in self.apart}
        fuller = {frozenset(pair) for pair in self.more}
        pair = frozenset((a, b))
        return told.get(pair, "narrower" if pair in fuller else "agree")


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """An utterance quoted in at least two accounts, as (letter, sentence number): identical, clipped or altered."""

    members: tuple[Sentence, ...]
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
        """Whether the story is kept for development."""
        return is_dev(self.name)


def is_dev(name: str) -> bool:
    """Whether the story of this name is kept for development: a fifth, by a hash of the name."""
    return hashlib.sha256(name.encode()).digest()[0] % 5 == 0


def folder(variable: str, name: str) -> Path:
    """The folder named by an environment variable, else the one of that name in `shared` beside the checkout.

    Raises:
        CorpusError: the folder is not there.

    """
    path = Path(os.environ.get(variable) or CHECKOUT.parent / "shared" / name)
    if not path.is_dir():
        raise CorpusError(str(path), "there is no such folder", f"set {variable} to the folder of the {name}")
    return path


def own_labels() -> Path | None:
    """The folder of our own labels: the one TELLINGS_LABELS names, else the checkout's, None where there is none.

    Raises:
        CorpusError: the folder that is named is not there.

    """
    if os.environ.get("TELLINGS_LABELS"):
        return folder("TELLINGS_LABELS", "labels")
    return OWN if OWN.is_dir() else None


def load(corpora: Path | None = None, gold: Path | None = None, *, dev: bool = False) -> Iterator[GoldStory]:
    """Every labelled story, or with `dev` those kept for development, by part and name, the gold's own ones first.

    Folders that are not given are found by `folder` and `own_labels`. Of the texts only those of labelled stories are
    kept.

    Raises:
        CorpusError: a folder, a file or a story's texts are missing or damaged.

    """
    corpora = corpora or folder("TELLINGS_CORPORA", "corpora")
    own = own_labels()
    for part in PARTS:
        for labels in (gold or folder("TELLINGS_GOLD", "gold"), own):
            found = sorted((labels / part).glob("*[0-9].json")) if labels else []
            paths = [path for path in found if not dev or is_dev(f"{part}/{path.stem}")]
            if labels and paths:
                yield from _part(part, paths, labels, corpora)


def _part(part: str, paths: Iterable[Path], labels: Path, corpora: Path) -> Iterator[GoldStory]:
    """The stories of some label files of one part."""
    read = [(path, _read(path)) for path in paths]
    keys = {label["triple"] for _, label in read}
    stories = _basil(corpora, keys) if part == "basil" else _spanned(part, keys, labels, corpora)
    for path, label in read:
        key = label["triple"]
        if key not in stories:
            raise CorpusError(str(path), f"the texts of story {key} are missing", "check the corpora folder")
        yield _labelled(f"{part}/{path.stem}", stories[key], label)


def _read(path: Path) -> dict[str, Any]:
    try:
        label: dict[str, Any] = json.loads(content(path))
    except ValueError as problem:
        raise CorpusError(str(path), f"is no JSON ({problem})", "get the file again") from problem
    return label


def _labelled(name: str, tellings: tuple[Telling, ...], label: dict[str, Any]) -> GoldStory:
    """A story from its tellings and its label file; members that name no sentence are left out."""
    known = {(t.letter, number) for t in tellings for number in range(len(t.sentences))}

    def members(codes: list[str]) -> tuple[Sentence, ...]:
        pairs = sorted({_sentence(code) for code in codes})
        return tuple(pair for pair in pairs if pair in known)

    return GoldStory(
        name=name,
        tellings=tellings,
        claims=tuple(_claim(c, members(c["members"])) for c in label.get("claims", [])),
        quotes=tuple(GoldQuote(members(q["members"]), q["same"]) for q in label.get("quotes", [])),
        sources=tuple(
            GoldSource(letter, s["name"], s["type"], tuple(s["sentences"]))
            for letter, listed in sorted(label.get("sources", {}).items())
            for s in listed
        ),
    )


def _claim(label: dict[str, Any], members: tuple[Sentence, ...]) -> GoldClaim:
    """A claim; the labels with `apart` or `more` anywhere are those of readers who told each pair's relation."""
    relation, gist = label["relation"], label.get("gist", "")
    if "apart" not in label and "more" not in label:
        return GoldClaim(members, relation, gist)
    apart = tuple((_sentence(a), _sentence(b), kind) for a, b, kind in label.get("apart", []))
    more = tuple((_sentence(a), _sentence(b)) for a, b in label.get("more", []))
    return GoldClaim(members, relation, gist, apart, more)


def _sentence(code: str) -> Sentence:
    return code[0], int(code[1:])


def telling(letter: str, article: Mapping[str, Any], body: str, spans: list[tuple[int, int]]) -> Telling:
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
        outlet=article.get("source") or article.get("outlet") or article.get("publisher"),
        published=article.get("date"),
        url=article.get("url"),
        kind="article",
    )
    sentences = (Span(0, len(title)), *(Span(start + shift, end + shift) for start, end in spans))
    return Telling(letter, account, sentences)


def _basil(corpora: Path, keys: set[str]) -> dict[str, tuple[Telling, ...]]:
    """The tellings of some stories of BASIL (Fan et al. 2019), which come sentence by sentence."""
    return {
        triple["id"]: tuple(
            telling(letter, article, *joined(article))
            for letter, article in zip("ABCDEF", triple["articles"], strict=False)
        )
        for triple in lines(corpora / BASIL)
        if triple["id"] in keys
    }


def joined(article: Mapping[str, Any]) -> tuple[str, list[tuple[int, int]]]:
    """The body of a BASIL article - sentences joined by a space, paragraphs by an empty line - and its sentences."""
    starts = {first for first, _ in article["paragraphs"]}
    body, spans = "", []
    for number, sentence in enumerate(article["sentences"]):
        if number:
            body += GAP if number in starts else " "
        spans.append((len(body), len(body) + len(sentence)))
        body += sentence
    return body, spans


def _spanned(part: str, keys: set[str], labels: Path, corpora: Path) -> dict[str, tuple[Telling, ...]]:
    """The tellings of some stories whose sentences stand as spans in the gold's sentences.jsonl, if all are there."""
    accounts = {
        story["group"]: sorted(story["accounts"].items())
        for story in lines(labels / part / "sentences.jsonl")
        if story["group"] in keys
    }
    found = articles(part, {entry["id"] for listed in accounts.values() for _, entry in listed}, corpora)
    return {
        key: tuple(
            telling(letter, found[entry["id"]], found[entry["id"]]["text"], entry["sentences"])
            for letter, entry in listed
        )
        for key, listed in accounts.items()
        if all(entry["id"] in found for _, entry in listed)
    }


def articles(part: str, names: set[str], corpora: Path) -> dict[str, dict[str, Any]]:
    """Some articles of a part by their ids; its files have an article a line, or a group of them."""
    return {
        article["id"]: article
        for name in ARTICLES[part]
        for record in lines(corpora / name)
        for article in record.get("articles", [record])
        if article["id"] in names
    }


def bodies(part: str, names: set[str], corpora: Path) -> dict[str, str]:
    """The bodies of some articles of a part, by their ids; those of BASIL joined from their sentences.

    Raises:
        CorpusError: a file of the part is missing or damaged.

    """
    if part != "basil":
        return {name: article["text"] for name, article in articles(part, names, corpora).items()}
    every = (article for triple in lines(corpora / BASIL) for article in triple["articles"])
    return {article["id"]: joined(article)[0] for article in every if article["id"] in names}
