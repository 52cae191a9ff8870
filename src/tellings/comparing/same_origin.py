"""Whether two appearances of a claim come from one origin: what speaks for it, as numbers, and the trees that weigh it.

Trained on the stories whose voices were labelled (`training/voices`). What is sure is settled by rule in `origins`;
here is what depends on how far a source reaches, on who is described and who is named, on headlines and asides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from tellings.comparing.scorer import Trees, trees_of
from tellings.comparing.speakers import Speaker, same_speaker
from tellings.comparing.table import Row, Table
from tellings.comparing.words import STOP, listed, stem, words
from tellings.errors import ModelError
from tellings.records import Reading, SourceType, Span, StatementKind

WEIGHTS = "origins.npz"
_SIDE = (
    "type", "quoted", "links", "police", "title", "nearest source", "source before", "source after", "other's source",
    "other named", "kind",
)  # fmt: skip
_BOTH = (
    "one account", "sentences apart", "shared of shorter", "shared of all", "words of shorter", "words of longer",
    "cosine", "one teller", "one agency", "same source", "source words shared", "source words held", "a link in common",
)  # fmt: skip
NAMES = (*_BOTH, *(f"{name}, {side}" for side in ("first", "second") for name in _SIDE))
"""What the trees see of two appearances; the first is the one whose type of source comes first."""
_TYPES = ("own reporting", "left out", *get_args(SourceType), "unknown")
_KINDS = get_args(StatementKind)
_FAR, _FARTHEST = 9, 20
"""Sentences from which on it does not matter how far a source is: any source, and the one in question."""
_LAW = frozenset(
    stem(word)
    for word in listed(
        """police officer officers investigator investigators detective detectives sheriff deputies deputy trooper
        troopers cops constable constables policeman policewoman"""
    )
)
"""Words by which accounts of a crime call one and the same force,"""
_BARE = frozenset(stem(word) for word in listed("authorities authority officials"))
"""and words that mean it only where they stand alone: "Pentagon officials" are others."""
_FORCE = frozenset({"police", "sheriff", "detective", "deputy", "trooper", "patrol", "marshal"})
"""Titles that make a person speak for it."""


@dataclass(frozen=True, slots=True)
class Rest:
    """On whose word a row rests: those who tell it, from the account inwards; nobody where it is the account's own.

    `left_out` says that the account has it from somebody it does not name in any way ("reportedly").
    """

    row: int
    told_by: tuple[Speaker, ...]
    left_out: bool

    @property
    def last(self) -> Speaker | None:
        """Who tells it first of all."""
        return self.told_by[-1] if self.told_by else None


@dataclass(frozen=True, slots=True)
class _Seen:
    """One appearance as the features see it: its words, and how many sentences from it each source is (before: < 0)."""

    rest: Rest
    row: Row
    reading: Reading
    type: int
    keys: frozenset[str]
    near: tuple[tuple[int, Speaker], ...]
    police: bool


def probabilities(
    table: Table, claims: Sequence[Sequence[Rest]], trees: Trees | None = None
) -> list[dict[tuple[int, int], float]]:
    """For each claim and every two of its appearances, by their places, the probability that they have one origin.

    All claims are weighed at once: trees cost as much for one pair as for hundreds. `trees` are the shipped ones unless
    given.

    Raises:
        ModelError: the shipped weights are missing or damaged.

    """
    found = [features(table, rests) for rests in claims]
    values = np.concatenate([np.zeros((0, len(NAMES)), dtype=np.float32), *(each for _, each in found)])
    scores = 1 / (1 + np.exp(-(trees or load()).scores(values)))
    parts = np.split(np.round(scores, 4), np.cumsum([len(pairs) for pairs, _ in found])[:-1]) if found else []
    return [dict(zip(pairs, part.tolist(), strict=True)) for (pairs, _), part in zip(found, parts, strict=True)]


def features(table: Table, rests: Sequence[Rest]) -> tuple[list[tuple[int, int]], NDArray[np.float32]]:
    """Every two places of `rests`, and the numbers (NAMES) that the trees see of them."""
    seen = [_seen(table, rest) for rest in rests] if len(rests) > 1 else []
    pairs = [(a, b) for a in range(len(seen)) for b in range(a + 1, len(seen))]
    rows = [_values(table, *sorted((seen[a], seen[b]), key=lambda one: one.type)) for a, b in pairs]
    return pairs, np.asarray(rows, dtype=np.float32).reshape(len(pairs), len(NAMES))


def speaks_for_police(table: Table, one: Rest) -> bool:
    """Whether a source is the police, somebody of it, or a person whose title is of it."""
    if one.last is None:
        return False
    text = table.readings[table.rows[one.row].reading].account.text
    if one.last.surname:
        before = words(text, Span(max(0, one.last.span.start - 40), one.last.span.start))
        return bool({word.key for word in before[-4:]} & _FORCE)
    force = bool(one.last.keys & _LAW) or one.last.keys <= _BARE
    return force and one.last.type in {"role", "organisation", "collective", "anonymous", None}


def sort(speaker: Speaker) -> str:
    """The type of a source; a person with a name is a named person whatever else he is."""
    return "named person" if speaker.surname else speaker.type or "unknown"


def telling(row: Row) -> frozenset[str]:
    """The words of a row that tell something."""
    return frozenset(word.key for word in row.words if word.key not in STOP)


def _seen(table: Table, rest: Rest) -> _Seen:
    row = table.rows[rest.row]
    reading, said = table.readings[row.reading], table.speakers[row.reading]
    near = tuple(
        (
            bisect_right(reading.sentences, one.cue[0].start, key=lambda span: span.start) - 1 - row.record.sentence,
            speaker,
        )
        for one, speaker in zip(reading.attributions, said, strict=True)
        if one.parent is None and one.cue and speaker
    )
    kind = _TYPES.index(sort(rest.last) if rest.last else "left out" if rest.left_out else "own reporting")
    return _Seen(rest, row, reading, kind, telling(row), near, speaks_for_police(table, rest))


def _values(table: Table, a: _Seen, b: _Seen) -> list[float]:
    return [*_both(table, a, b), *_side(a, b), *_side(b, a)]


def _both(table: Table, a: _Seen, b: _Seen) -> list[float]:
    one = a.row.reading == b.row.reading
    shared, fewer = len(a.keys & b.keys), min(len(a.keys), len(b.keys))
    agency = table.agencies[a.row.reading]
    return [
        one,
        abs(a.row.record.sentence - b.row.record.sentence) if one else -1,
        shared / max(1, fewer),
        shared / max(1, len(a.keys | b.keys)),
        fewer,
        max(len(a.keys), len(b.keys)),
        round(float(table.vectors[a.rest.row] @ table.vectors[b.rest.row]), 3),
        table.teller(a.rest.row) == table.teller(b.rest.row),
        agency is not None and agency == table.agencies[b.row.reading],
        *_sources(a.rest, b.rest),
    ]


def _sources(a: Rest, b: Rest) -> list[float]:
    """How alike the sources are named, -1 where one of the two has none."""
    if not a.last or not b.last:
        return [-1.0] * 4
    shared = len(a.last.keys & b.last.keys)
    return [
        same_speaker(a.last, b.last),
        shared / max(1, len(a.last.keys | b.last.keys)),
        shared / max(1, min(len(a.last.keys), len(b.last.keys))),
        any(same_speaker(one, other) for one in a.told_by for other in b.told_by),
    ]


def _side(a: _Seen, b: _Seen) -> list[float]:
    """What speaks of one appearance beside the other: where sources stand around it, and the other's among them."""
    other = b.rest.last
    return [
        a.type,
        a.row.record.quoted,
        len(a.rest.told_by),
        a.police if a.rest.last else -1,
        a.row.record.sentence == 0,
        min((abs(at) for at, _ in a.near), default=_FAR),
        min((-at for at, _ in a.near if at <= 0), default=_FAR),
        min((at for at, _ in a.near if at >= 0), default=_FAR),
        min((abs(at) for at, one in a.near if same_speaker(one, other)), default=_FARTHEST) if other else -1,
        _names(a, other) if other else -1,
        _KINDS.index(a.row.record.kind) if a.row.record.kind else -1,
    ]


def _names(a: _Seen, other: Speaker) -> bool:
    """Whether the sentence of an appearance names another's source."""
    name = other.surname or max(other.keys, key=lambda key: (len(key), key), default="")
    sentence = a.reading.sentences[a.row.record.sentence]
    return bool(name) and name in a.reading.account.text[sentence.start : sentence.end].lower()


@cache
def load() -> Trees:
    """The shipped trees.

    Raises:
        ModelError: they are missing, damaged or made for other features.

    """
    try:
        with (files("tellings.weights") / WEIGHTS).open("rb") as file, np.load(file) as arrays:
            if tuple(arrays["names"]) != NAMES:
                raise ModelError(WEIGHTS, "the weights were made for other features", "train them anew")
            return trees_of(arrays, "origins")
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(WEIGHTS, "the weights of origins cannot be read", "install the package anew") from error
