"""Invented gold stories: labels, and the texts they are of where the corpora folder has them."""

from __future__ import annotations

import gzip
import json

# of these names the hash keeps allsides/s09, basil/s06 and 5w1h/s01 for development, and not allsides/s00
TEXTS = {
    "A": {"title": "Hall burns", "source": "Wire", "date": "2020-01-02", "text": "The hall burned. Three were hurt."},
    "B": {"title": "Fire", "outlet": "Local", "text": "The hall burned on Monday. Four were hurt. It rained."},
}
SPANS = {"A": [[0, 16], [17, 33]], "B": [[0, 26], [27, 42], [43, 53]]}
CLAIMS = [
    {"gist": "the hall burned", "members": ["A1", "B1"], "relation": "narrower"},
    {"gist": "people were hurt", "members": ["A2", "B2", "B9"], "relation": "differ"},
]
LABELS = {
    "claims": CLAIMS,
    "quotes": [{"members": ["A2", "B2"], "same": "altered"}],
    "sources": {"B": [{"name": "police", "type": "role only", "sentences": [2]}]},
}
TRIPLE = {
    "id": "t-1",
    "articles": [
        {"id": "x", "title": "Hall burns", "sentences": ["It burned.", "All fled."], "paragraphs": [[0, 0], [1, 1]]},
        {"id": "y", "title": None, "sentences": ["It burned.", "It rained."], "paragraphs": [[0, 1]]},
    ],
}
GROUP = {"articles": [article | {"id": f"{letter}-1"} for letter, article in TEXTS.items()]}
STRANGER = {"articles": [{"id": "c-1", "title": "No", "text": "Nobody labelled this."}]}
SENTENCES = {
    "group": "g-1",
    "accounts": {letter: {"id": f"{letter}-1", "sentences": spans} for letter, spans in SPANS.items()},
}
VOICES = {
    "story": "allsides/s09",
    "chains": [{"sentence": "B2", "content": [33, 47], "chain": [["B2", 33, 37], ["B2", 38, 42]]}],
    "claims": [{"claim": 0, "origins": [["A1"], ["B1"]], "least": 2, "most": 2}],
}
NEAR_PAIR = {
    "corpus": "allsides", "story": "g-1", "a": "A-1", "b": "A-1", "a_span": [0, 3], "b_span": [4, 8],
    "label": "different quantity", "draw": "near", "half": "report",
}  # fmt: skip
POLLS = {"corpus": "allsides", "document": "A-1", "start": 0, "end": 20, "polls": [], "half": "report"}
FIGURES = {
    "corpus": "allsides", "document": "A-1", "start": 17, "end": 33,
    "figures": [{"start": 17, "end": 22, "low": 3, "high": 3, "unit": "", "bound": "exactly"}],
}  # fmt: skip
LABEL_VOICES = (
    {"document": "A-1", "start": 0, "end": 8, "voice": "own", "held": False},
    {"document": "B-1", "start": 0, "end": 8, "voice": "own", "held": True},
)
PAIR = {
    "story": "allsides/s09", "a": "A2", "b": "B2", "a_span": [29, 34], "b_span": [33, 37], "label": "conflicting",
    "draw": "random",
}  # fmt: skip
INCIDENT = {
    "incident": "0",  # kept for measuring, by its hash
    "facts": {"num_killed": 0, "num_injured": 3},
    "articles": [{"id": "v-1", "title": "Hall burns", "text": "Three people were hurt. " + "It rained. " * 20}],
}
STATED = (
    {"article": "v-1", "killed": [0], "injured": [3], "held": True},
    {"article": "v-2", "several": True, "held": True},
    {"article": "v-3", "killed": [0], "injured": [3]},
)
ALLSIDES = "stories/allsides/groups.jsonl.gz"


def write(folder):
    """Two labelled stories of one part, of which one is kept for development, and their texts; their gold folder."""
    _lines(folder / ALLSIDES, {"id": "a-1"} | GROUP, {"id": "a-2"} | STRANGER)
    for name in ("s00", "s09"):
        label(folder / "gold" / "allsides" / f"{name}.json", "g-1")
    _lines(folder / "gold" / "allsides" / "sentences.jsonl", SENTENCES)
    _lines(folder / "figures.jsonl", FIGURES)
    _lines(folder / "figure_pairs.jsonl", PAIR)
    _lines(folder / "figure_pairs_near.jsonl", NEAR_PAIR)
    _lines(folder / "polls.jsonl", POLLS)
    _lines(folder / "copies.jsonl", {"a": "v-1", "b": "v-1", "copied": True})
    _lines(folder / "label_voices.jsonl", *LABEL_VOICES)
    _lines(folder / "tolls.jsonl", *STATED)
    voices = folder / "voices" / "allsides" / "s09.json"
    voices.parent.mkdir(parents=True, exist_ok=True)
    voices.write_text(json.dumps(VOICES), encoding="utf-8")
    return folder / "gold"


def write_incidents(folder):
    """An incident of GVA with an article."""
    _lines(folder / "stories/gva/incidents.jsonl.gz", INCIDENT)


def write_others(folder):
    """A story of BASIL, which brings its sentences, in the gold, and one of 5W1H among our own labels; both folders."""
    _lines(folder / "stories/basil/triples_2010_2014.jsonl", TRIPLE, TRIPLE | {"id": "t-2"})
    label(folder / "gold" / "basil" / "s06.json", "t-1")
    local = {"publisher": "Local", "category": "fire"}
    articles = [local | {"publisher": article.get("source", "Local")} | article for article in GROUP["articles"]]
    _lines(folder / "stories/giveme5w1h/gold_standard.jsonl", articles[0])
    _lines(folder / "stories/giveme5w1h/google_news.jsonl", articles[1])
    label(folder / "own" / "5w1h" / "s01.json", "g-1")
    _lines(folder / "own" / "5w1h" / "sentences.jsonl", SENTENCES)
    return folder / "gold", folder / "own"


def label(path, key):
    """Write the labels of a story."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"triple": key, **LABELS}), encoding="utf-8")


def _lines(path, *records):
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = "".join(json.dumps(record) + "\n" for record in records).encode()
    path.write_bytes(gzip.compress(raw) if path.suffix == ".gz" else raw)
