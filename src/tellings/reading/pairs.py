"""How two mentions of one account stand to each other: the coarse features that the coreference head learns from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NAME, NOMINAL, PRONOUN = 0, 1, 2  # forms of a mention
KINDS = ("PER", "ORG", "LOC", "other")

_SENTENCES = np.asarray([1, 2, 3, 5, 8, 16])
_MENTIONS = np.asarray([1, 2, 3, 5, 8, 12, 20, 40])
_FORMS = 3
_PRONOUNS = ("he", "she", "it", "they", "i", "we", "you", "who", "other")  # 0 is left for what is no pronoun
_CLASS = {
    **dict.fromkeys(("he", "him", "his", "himself"), 1),
    **dict.fromkeys(("she", "her", "hers", "herself"), 2),
    **dict.fromkeys(("it", "its", "itself"), 3),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), 4),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), 5),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), 6),
    **dict.fromkeys(("you", "your", "yours", "yourself"), 7),
    **dict.fromkeys(("who", "whom", "whose", "which", "that"), 8),
}
_PERSONS = frozenset({1, 2, 5, 6, 7})  # he, she, I, we, you
PERSONAL = frozenset(_CLASS) - {"who", "whom", "whose", "which", "that"}
_CLASSES = len(_PRONOUNS) + 1
SIZES = (
    2 * (len(_SENTENCES) + 1),  # sentences between, before or after
    len(_MENTIONS) + 1,  # mentions between
    _FORMS * _FORMS,
    5,  # words in common: none, some, the last word, all, none to compare (a pronoun)
    len(KINDS) * len(KINDS),
    _CLASSES * _CLASSES,
    3,  # quotation marks: both outside, both inside, one inside
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What the pair features see of one mention: its lower-cased words, form, kind, sentence, whether it is quoted."""

    words: tuple[str, ...]
    form: int
    kind: int
    sentence: int
    quoted: bool


def shape(text: str, form: int, kind: int, sentence: int, *, quoted: bool) -> Shape:
    """The shape of a mention written as `text`; a pronoun's kind is what its own word tells, whatever `kind` says."""
    words = [word.strip("\"'“”‘’.,;:()[]").removesuffix("'s").removesuffix("’s") for word in text.lower().split()]
    kept = tuple(word for word in words if word and word not in _EMPTY)
    if form == PRONOUN:
        kept = tuple(words[:1])
        kind = KINDS.index("PER" if _CLASS.get(words[0] if words else "") in _PERSONS else "other")
    return Shape(kept or tuple(words[:1]), form, kind, sentence, quoted)


_EMPTY = frozenset({"the", "a", "an", "this", "that", "these", "those", "his", "her", "their", "its", "our", "my"})


def pair_features(shapes: Sequence[Shape]) -> NDArray[np.int64]:
    """Features of every mention (row) with every candidate (column), mentions in text order (m x m x len(SIZES))."""
    count = len(shapes)
    sentence = np.asarray([s.sentence for s in shapes], dtype=np.int64)
    form = np.asarray([s.form for s in shapes], dtype=np.int64)
    kind = np.asarray([s.kind for s in shapes], dtype=np.int64)
    pronoun = np.asarray([_pronoun(s) for s in shapes], dtype=np.int64)
    quoted = np.asarray([s.quoted for s in shapes], dtype=np.int64)
    at = np.arange(count)
    apart = np.searchsorted(_SENTENCES, np.abs(sentence[:, None] - sentence[None]), side="right")
    after = (at[None] > at[:, None]) * (len(_SENTENCES) + 1)
    between = np.searchsorted(_MENTIONS, np.abs(at[:, None] - at[None]), side="right")
    marks = np.where(quoted[:, None] == quoted[None], quoted[:, None], 2)
    return np.stack(
        [
            apart + after,
            between,
            form[:, None] * _FORMS + form[None],
            _common(shapes),
            kind[:, None] * len(KINDS) + kind[None],
            pronoun[:, None] * _CLASSES + pronoun[None],
            marks,
        ],
        axis=-1,
    )


def _pronoun(shape: Shape) -> int:
    if shape.form != PRONOUN:
        return 0
    return _CLASS.get(shape.words[0], len(_PRONOUNS)) if shape.words else len(_PRONOUNS)


def _common(shapes: Sequence[Shape]) -> NDArray[np.int64]:
    found = np.zeros((len(shapes), len(shapes)), dtype=np.int64)
    for i, one in enumerate(shapes):
        if one.form == PRONOUN:
            found[i, :] = found[:, i] = 4
    full = [i for i, one in enumerate(shapes) if one.form != PRONOUN]
    sets = {i: frozenset(shapes[i].words) for i in full}
    for n, i in enumerate(full):
        for k in full[:n]:
            if sets[i] & sets[k]:
                a, b = shapes[i].words, shapes[k].words
                found[i, k] = found[k, i] = 3 if a == b else 2 if a[-1] == b[-1] else 1
    return found


def candidates(shapes: Sequence[Shape]) -> NDArray[np.bool_]:
    """Which mentions each may refer to: all before it; a pronoun also to a name after it in its sentence (m x m)."""
    at = np.arange(len(shapes))
    before = at[None] < at[:, None]
    form = np.asarray([s.form for s in shapes])
    sentence = np.asarray([s.sentence for s in shapes])
    forward = (form[:, None] == PRONOUN) & (form[None] == NAME) & (sentence[:, None] == sentence[None])
    found: NDArray[np.bool_] = before | (forward & (at[None] > at[:, None]))
    return found
