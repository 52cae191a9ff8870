"""A batch of windows as padded tensors: what the encoder reads and every label the losses need."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from tellings.reading.pairs import SIZES as PAIR_SIZES
from tellings.reading.places import SIZES as PLACE_SIZES
from tellings.reading.tokens import CLS, GAPS, SEP
from training.examples import NONE, Example, links, window_mentions

TAGS = ("cue", "source", "content", "mention", "upos", "sentence", "nominal", "loaded")
MASK = 103
LOWER, TITLE, UPPER = 1, 2, 3  # shapes of a word, as tokens.py numbers them
LONGEST_SENTENCE = 120  # words; the arcs of longer ones are left out


@dataclass(frozen=True, slots=True)
class Batch:
    """b windows of at most p pieces, [CLS] first, padded; in labels NONE is what is not labelled.

    Ranges of pieces are rows of window, first and last piece (half-open, counted in the window's row).
    """

    ids: Tensor  # b x p
    features: Tensor
    mask: Tensor
    flat: Tensor  # b x p: each piece's place among the pieces of all documents, -1 at padding and special pieces
    tags: Tensor  # b x p x TAGS
    named: Tensor  # b x p
    cues: Tensor  # c x 3, ranges
    links: Tensor  # c x p
    places: Tensor  # c x p x len(places.SIZES)
    spans: Tensor  # s x 4, ranges with the row of their teacher vector, -1 if none
    sentences: Tensor  # q, windows of whole sentences
    words: Tensor  # q x w, first pieces; -1 at padding
    heads: Tensor  # q x w, 0 the root, else the number of the word from 1
    relations: Tensor  # q x w
    groups: Tensor  # g, windows with mentions
    mentions: Tensor  # g x m x 2, piece ranges; (0, 1) at padding
    pairs: Tensor  # g x m x m x len(pairs.SIZES)
    allowed: Tensor  # g x m x m
    right: Tensor  # g x m x m
    chained: Tensor  # g, whether chains are labelled
    kinds: Tensor  # k x 4, ranges with their label
    roles: Tensor  # r x 4
    counts: Tensor  # how many labels each of COUNTED has; stays on the processor, which so need not ask the device

    def to(self, device: torch.device) -> Batch:
        """The same on a device."""
        moved = [getattr(self, field.name).to(device, non_blocking=True) for field in fields(self)[:-1]]
        return Batch(*moved, self.counts)

    def count(self, name: str) -> int:
        """How many labels of a kind there are."""
        return int(self.counts[COUNTED.index(name)])

    def arrays(self) -> tuple[NDArray[np.generic], ...]:
        """The same as arrays, to be handed from process to process."""
        return tuple(getattr(self, field.name).numpy() for field in fields(self))


COUNTED = (*TAGS, "named", "link", "arc", "chain", "piece", "word", "mention rows")


@dataclass(frozen=True, slots=True)
class Noise:
    """Shares of pieces hidden, and of windows that lose their capitals or have nothing else."""

    masked: float = 0.05
    recased: float = 0.08


def collate(examples: Sequence[Example], starts: NDArray[np.int64], noise: Noise, dice: random.Random) -> Batch:
    """The batch of some windows; `starts` has for each document the place of its first piece among all pieces."""
    length = max(len(e) for e in examples)
    shape = (len(examples), length)
    ids, features, mask = (np.zeros(shape, np.int64) for _ in range(3))
    flat = np.full(shape, -1)
    tags = np.full((*shape, len(TAGS)), NONE, np.int8)
    named = np.full(shape, NONE, np.int8)
    for i, e in enumerate(examples):
        inner, seen = slice(1, len(e) - 1), slice(e.first, e.last)
        ids[i, 0], ids[i, inner], ids[i, len(e) - 1] = CLS, e.document.tokens.ids[seen], SEP
        known = e.document.tokens.features[seen]
        features[i, inner] = _recased(known, dice) if dice.random() < noise.recased else known
        mask[i, : len(e)] = 1
        flat[i, inner] = np.arange(e.first, e.last) + starts[e.document.number]
        for k, name in enumerate(TAGS):
            if name in e.document.tags:
                tags[i, inner, k] = e.document.tags[name][seen]
        if e.document.named is not None:
            named[i, inner] = e.document.named[seen]
    if noise.masked:
        hidden = np.random.default_rng(dice.getrandbits(32)).random(shape) < noise.masked
        ids[hidden & (flat >= 0)] = MASK
    links = list(_links(examples, length))
    sentences = list(_sentences(examples))
    mentions = list(_mentions(examples))
    asked = mentions[3].any(2)
    counts = [
        *(tags != NONE).sum((0, 1)).tolist(),
        (named != NONE).sum(),
        (links[1] != NONE).any(1).sum(),
        (sentences[2] != NONE).sum(),
        (asked & mentions[5][:, None]).sum(),
        (flat >= 0).sum(),
        (sentences[1] >= 0).sum(),
        asked.sum(),
    ]
    found = (
        *(ids, features, mask, flat, tags, named),
        *links,
        _ranges(examples, "spans"),
        *sentences,
        *mentions,
        _ranges(examples, "kinds"),
        _ranges(examples, "roles"),
        np.asarray([int(count) for count in counts]),
    )
    return Batch(*map(torch.from_numpy, found))


def _recased(features: NDArray[np.int64], dice: random.Random) -> NDArray[np.int64]:
    shapes = features // (2 * GAPS)
    to = LOWER if dice.random() < 0.6 else UPPER
    word = (shapes == LOWER) | (shapes == TITLE) | (shapes == UPPER)
    return np.where(word, to * 2 * GAPS + features % (2 * GAPS), features)


def _ranges(examples: Sequence[Example], name: str) -> NDArray[np.int64]:
    found = [
        (i, 1 + first - e.first, 1 + last - e.first, label)
        for i, e in enumerate(examples)
        for first, last, label in getattr(e.document, name)
        if e.first <= first < last <= e.last
    ]
    return np.asarray(found, dtype=np.int64).reshape(-1, 4)


def _links(examples: Sequence[Example], length: int) -> Iterator[NDArray[np.generic]]:
    cues, labels, places = [], [], []
    for i, e in enumerate(examples):
        found = links(e)
        if found is None:
            continue
        count, inner = len(found.first), slice(1, len(e) - 1)
        cues.append(np.stack([np.full(count, i), found.first + 1, found.last + 1], 1))
        label = np.full((count, length), NONE, np.int8)
        label[:, inner] = found.labels
        place = np.zeros((count, length, len(PLACE_SIZES)), np.int8)
        place[:, inner] = found.places
        labels.append(label)
        places.append(place)
    yield np.concatenate(cues) if cues else np.zeros((0, 3), np.int64)
    yield np.concatenate(labels) if labels else np.zeros((0, length), np.int8)
    yield np.concatenate(places) if places else np.zeros((0, length, len(PLACE_SIZES)), np.int8)


def _sentences(examples: Sequence[Example]) -> Iterator[NDArray[np.generic]]:
    found = [(i, *words) for i, e in enumerate(examples) for words in whole_sentences(e)]
    longest = max((len(words) for _, words, _, _ in found), default=0)
    rows = np.full((3, len(found), longest), NONE)
    rows[0] = -1
    for k, (_, *columns) in enumerate(found):
        for row, column in zip(rows, columns, strict=True):
            row[k, : len(column)] = column
    yield np.asarray([i for i, *_ in found], dtype=np.int64)
    yield from rows


def whole_sentences(example: Example) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
    """Parsed sentences wholly inside a window: window positions ([CLS] counted), heads (0 the root), relations."""
    parse = example.document.parse
    if parse is None:
        return
    first, last = np.searchsorted(parse.pieces, (example.first, example.last))
    for number in np.unique(parse.sentences[first:last]):
        begin, end = np.searchsorted(parse.sentences, (number, number + 1))
        if begin < first or end > last or end - begin > LONGEST_SENTENCE:
            continue
        heads = parse.heads[begin:end]
        governor = np.where(heads == NONE, NONE, np.where(heads < 0, 0, heads - begin + 1))
        yield parse.pieces[begin:end] - example.first + 1, governor, parse.relations[begin:end]


def _mentions(examples: Sequence[Example]) -> Iterator[NDArray[np.generic]]:
    found = [(i, m) for i, m in ((i, window_mentions(e)) for i, e in enumerate(examples)) if m is not None]
    most = max((len(m.pieces) for _, m in found), default=0)
    size = (len(found), most, most)
    pieces = np.tile(np.asarray([0, 1]), (len(found), most, 1))
    pairs = np.zeros((*size, len(PAIR_SIZES)), np.int8)
    allowed, right = np.zeros(size, bool), np.zeros(size, bool)
    for k, (_, m) in enumerate(found):
        count = len(m.pieces)
        pieces[k, :count] = m.pieces + 1
        pairs[k, :count, :count] = m.features
        allowed[k, :count, :count] = m.allowed
        right[k, :count, :count] = m.right
    yield np.asarray([i for i, _ in found], dtype=np.int64)
    yield from (pieces, pairs, allowed, right)
    yield np.asarray([examples[i].document.chained for i, _ in found], dtype=bool)
