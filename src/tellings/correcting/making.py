"""Corrections made and held to their form: which kinds say what, and the key that is made of all they say."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import asdict
from typing import get_args

from tellings.correcting.records import GROUP, LABELS, LEFT_OUT, NO_LABEL, OWN_VOICE, Anchor, Correction, Kind
from tellings.errors import InputError
from tellings.records import RelationKind, SourceType

RELATIONS: tuple[RelationKind, ...] = get_args(RelationKind)
SOURCES: tuple[SourceType, ...] = get_args(SourceType)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z")


def make(  # noqa: PLR0913 - the parts of a correction
    kind: Kind,
    at: Anchor,
    other: Anchor | None = None,
    value: str | None = None,
    *,
    author: str,
    made: str,
    note: str | None = None,
    withdrawn: str | None = None,
    about: str = "the correction",
) -> Correction:
    """A correction with its key; `about` names it in errors.

    Raises:
        InputError: it says something that a correction of its kind cannot say.

    """
    if other is not None and kind in {"same entity", "different entity", "same claim", "different claim"}:
        at, other = sorted((at, other), key=lambda one: (one.sha256, one.start, one.end))  # either way round is one
    plain = Correction("", kind, at, other, value, author, made, note, withdrawn)
    _check(plain, about)
    return Correction(key_of(plain), kind, at, other, value, author, made, note, withdrawn)


def key_of(one: Correction) -> str:
    """The key of a correction, of all that it says but whether it was withdrawn."""
    said = asdict(one)
    del said["key"], said["withdrawn"]
    data = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return "k-" + hashlib.sha256(data.encode()).hexdigest()[:12]


def _check(one: Correction, about: str) -> None:
    if one.kind not in GROUP:
        raise InputError(about, f"has the kind “{one.kind}”, which there is not", f"use one of: {', '.join(GROUP)}")
    for name, anchor in (("at", one.at), ("other", one.other)):
        if anchor is not None:
            _check_anchor(anchor, f"{about}, “{name}”")
    if not one.author.strip():
        raise InputError(about, "has no author", "say who made it")
    for time in (one.made, one.withdrawn):
        if time is not None and not _TIME.fullmatch(time):
            raise InputError(about, f"has “{time}” for a time", "write it as 2026-04-02T08:30:00Z")
    _VALUES[GROUP[one.kind]](one, about)


def _check_anchor(one: Anchor, about: str) -> None:
    if not _DIGEST.fullmatch(one.sha256):
        raise InputError(about, "has no hash of a text", "give the SHA-256 of its UTF-8 bytes as 64 small hex digits")
    if not 0 <= one.start < one.end:
        raise InputError(about, f"has the span {one.start}:{one.end}", "begin at 0 or later, and end after that")
    if one.exact and len(one.exact) != one.end - one.start:
        raise InputError(about, "has words that are not as long as its span", "count code points, not bytes")


def _two(one: Correction, about: str) -> None:
    if one.other is None:
        raise InputError(about, f"says “{one.kind}” of one thing alone", "give “other”, too")


def _pair(one: Correction, about: str) -> None:
    _two(one, about)
    if one.kind == "relation":
        _one_of(one, RELATIONS, about)
    elif one.value is not None:
        raise InputError(about, f"has the value “{one.value}”", f"a correction of kind “{one.kind}” has none")


def _speaker(one: Correction, about: str) -> None:
    if one.value in {OWN_VOICE, LEFT_OUT}:
        if one.other is not None:
            raise InputError(about, f"says “{one.value}” and who speaks", "give one of the two")
        return
    _two(one, about)
    if one.value is not None:
        _one_of(one, SOURCES, about)
    _one_text(one, about)


def _label(one: Correction, about: str) -> None:
    if one.value == NO_LABEL:
        if one.other is not None:
            raise InputError(about, f"says “{NO_LABEL}” and whose label it is", "give one of the two")
        return
    _two(one, about)
    _one_of(one, LABELS, about)
    _one_text(one, about)


def _one_of(one: Correction, known: tuple[str, ...], about: str) -> None:
    if one.value not in known:
        raise InputError(about, f"has “{one.value}” for its value", f"use one of: {', '.join(known)}")


def _one_text(one: Correction, about: str) -> None:
    if one.other is not None and one.at.sha256 != one.other.sha256:
        raise InputError(about, "is of two texts", "name a span of the same account")


_VALUES: dict[str, Callable[[Correction, str], None]] = {
    "entity": _pair, "claim": _pair, "speaker": _speaker, "label": _label,
}  # fmt: skip
