"""The records of corrections; nothing but data. Offsets are code points of a text, half-open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from tellings.records import CorrectionStatus, Span

Kind = Literal["same entity", "different entity", "speaker", "same claim", "different claim", "relation", "label"]
Group = Literal["entity", "claim", "speaker", "label"]
GROUP: dict[Kind, Group] = {
    "same entity": "entity", "different entity": "entity", "speaker": "speaker", "same claim": "claim",
    "different claim": "claim", "relation": "claim", "label": "label",
}  # fmt: skip
"""Kinds that can contradict each other are of one group."""
OWN_VOICE, LEFT_OUT, NO_LABEL = "own voice", "left out", "none"
"""Values: no attribution at all; one whose source the account leaves out; no label of anybody."""
LABELS = ("title", "apposition", "modifier", "predicate")
"""How a label that a person sets may stand; what names or means somebody is merged with him instead."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of a text: the hash of the text (SHA-256 of its UTF-8 bytes), the span, and the words there and around.

    The words are a W3C Web Annotation TextQuoteSelector (`exact`, `prefix`, `suffix`), by which the stretch is found
    again in another version of the text; they may be empty in an anchor made elsewhere.
    """

    sha256: str
    start: int
    end: int
    exact: str = ""
    prefix: str = ""
    suffix: str = ""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that a person put right.

    `at` is a mention (entity), the content of an attribution (speaker), a statement (claim) or the label; `other` the
    other mention, the words that name the speaker, the other statement, or a mention of whose label it is. `value` is
    the kind of a relation (for "narrower" `at` says more), how a label stands or "none", and for a speaker a source
    type, "own voice" or "left out". `made` and `withdrawn` are times, UTC, ISO 8601. `key` is made of all but
    `withdrawn`, so that the same correction is the same everywhere.
    """

    key: str
    kind: Kind
    at: Anchor
    other: Anchor | None
    value: str | None
    author: str
    made: str
    note: str | None = None
    withdrawn: str | None = None


class Node(NamedTuple):
    """A thing of a reading that corrections are about: the hash of its text, and its span there."""

    sha256: str
    span: Span


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction and why; `keys` are the corrections that stand against it.

    `proposed` are anchors (for `at` and `other`) in other texts that have the same words in the same surroundings.
    """

    correction: Correction
    status: CorrectionStatus
    why: str = ""
    keys: tuple[str, ...] = ()
    proposed: tuple[Anchor, Anchor | None] | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A correction whose places were found: the things it is about."""

    correction: Correction
    at: Node
    other: Node | None
