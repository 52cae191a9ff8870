"""The records every stage takes and gives: frozen, slotted dataclasses; nothing but data (and ways to show it).

Offsets are Unicode code points of an account's text, half-open `[start, end)` (W3C Web Annotation
TextPositionSelector). The records under "Comparison" have the names and the shape of the JSON contract,
so that encoding them gives the contract.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tellings.ingest.located import Located
    from tellings.show.frames import Frame
    from tellings.show.frames import Name as FrameName


class Span(NamedTuple):
    """A half-open stretch `[start, end)` of code points of one account's text."""

    start: int
    end: int


# ---------------------------------------------------------------- accounts


class Run(NamedTuple):
    """A stretch of an account's text and the bytes of the original it comes from.

    `start`, `end` are code points of the text; `first`, `last` are byte offsets of the original, half-open.
    Where `text[start:end]` encoded with the original's encoding is those very bytes, the run is verbatim and any
    part of it leads to its own bytes; otherwise (an escape, an entity, a line end) the run is one piece.
    """

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Original:
    """Where an account's text comes from: a file, or one line of a JSONL file.

    `sha256` is the digest of the original's bytes (for a line of JSONL: of that line without its line end), and
    `offset` says at which byte of `path` the original begins. `runs` lead from text offsets to byte offsets counted
    from there; they are sorted, do not overlap, and what no run covers was not placed.
    """

    path: str
    sha256: str
    size: int
    encoding: str
    offset: int = 0
    runs: tuple[Run, ...] = ()


AccountKind = Literal["article", "newsletter", "post", "thread", "text"]
NoteCode = Literal[
    "unplaced",
    "encoding",
    "cut off",
    "language",
    "no date",
    "short",
    "copy",
    "version",
    "circular",
    "title",
    "other",
]


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader should know about one account's input: a code and a plain sentence."""

    code: NoteCode
    message: str


GOES_ON = "is one page of an article that goes on on page {number}; what that tells is not here"
STARTS_BEFORE = "is page {number} of an article; what the pages before it tell is not here"
"""Notes of a page that is cut off, as an importer makes them and a comparison takes them back."""


@dataclass(frozen=True, slots=True)
class Account:
    """One telling by one author or outlet.

    `text` is what is read and compared; `title`, `outlet`, `author`, `published`, `updated` and `url` are what the
    input says of itself (dates as ISO 8601, to the precision given), None where it does not say. `fetched` is when it
    was fetched or archived, where that is known: which of two versions is later rests on it, nothing else. `id` is made
    from the name and the digest of the input alone, so it never depends on what else is in the run.
    """

    id: str
    text: str
    sha256: str
    original: Original
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None
    url: str | None = None
    kind: AccountKind = "text"
    notes: tuple[Note, ...] = ()
    fetched: str | None = None

    def locate(self, span: Span) -> Located | None:
        """Where a span of the text stands in the original's bytes; None where it was not placed.

        Raises:
            SpanError: for a span outside the text.

        """
        from tellings.ingest.located import located

        return located(self, span)


# ---------------------------------------------------------------- readings

MentionType = Literal["PER", "ORG", "LOC", "MISC"]
Manner = Literal["direct", "indirect", "mixed"]
StatementKind = Literal["event", "state", "evaluation", "forecast", "demand", "question"]
Polarity = Literal["affirmed", "negated"]
Certainty = Literal["certain", "hedged"]
TimeKind = Literal["date", "time", "duration", "set"]
Bound = Literal["exactly", "at least", "at most", "about"]
MentionForm = Literal["name", "nominal", "pronoun"]
ParticipantRole = Literal["subject", "object", "indirect object", "agent", "oblique"]
SourceType = Literal["named person", "role", "organisation", "anonymous", "document", "outlet", "collective"]


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word (Universal Dependencies 2).

    `upos` is its part of speech; `head` numbers its governor among the reading's words, None at the root of a
    sentence; `relation` is the dependency, with its subtype where there is one ("nsubj:pass").
    """

    span: Span
    upos: str
    head: int | None
    relation: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch naming or meaning somebody or something; `entity` numbers the reading's entity that it belongs to.

    A nominal mention ("the 34-year-old candidate") runs from its first word to its head.
    """

    span: Span
    type: MentionType
    score: float
    entity: int
    form: MentionForm = "name"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content (PARC; Newell et al. 2018, PolNeAR).

    Spans of a part are in text order; several spans mean a discontinuous part. `source` is empty where the account
    leaves it out; `cue` is empty where a quotation stands without one. `parent` numbers the attribution of the same
    reading inside whose content this one stands, None at the account's own level; `entity` numbers the entity that
    its source names or, by a pronoun, stands for; `via` is the outlet it was told to, where the words say so ("two
    people told the Post").
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    manner: Manner
    source_type: SourceType | None
    parent: int | None
    score: float
    entity: int | None = None
    via: Span | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts.

    `low` and `high` are equal but for a range; `unit` is normalized ("%", "$", "people"), "" where none is told.
    `counted` are the words that say what it counts or measures ("people killed"), None where none do.
    """

    span: Span
    low: float
    high: float
    unit: str
    bound: Bound
    counted: Span | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression (TIMEX3; Pustejovsky et al. 2003, ISO 24617-1).

    `value` is its TIMEX3 value, None where the account gives nothing to resolve it against. `first` and `last` are the
    days of the interval that it means, both included (ISO 8601, "2025-11-03"), None for sets and durations and where
    it cannot be told; a duration has them where a day beside it tells them ("two days after Christmas").
    """

    span: Span
    kind: TimeKind
    value: str | None
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class PollShare:
    """A share of one answer of a poll: the words naming it (None where none do) and the number of its figure."""

    answer: Span | None
    figure: int


@dataclass(frozen=True, slots=True)
class Poll:
    """One question of a poll as an account tells it; figures are numbered in the reading.

    `span` covers its sentences; `pollster`, `dates` and `scenario` ("in a head-to-head matchup", "among likely voters")
    are words of the account; `sample`, `margin` and `lead` are figures. None or empty where not told.
    """

    span: Span
    pollster: Span | None
    dates: Span | None
    sample: int | None
    margin: int | None
    lead: int | None
    scenario: Span | None
    shares: tuple[PollShare, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """Who or what takes part in what a statement tells: a phrase, its role, the entity it means where one is known."""

    span: Span
    role: ParticipantRole
    entity: int | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A stretch of loaded wording; `quoted` says that it stands in a content or between quotation marks."""

    span: Span
    score: float
    quoted: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing told: a clause, or a fragment, of one sentence with its voice.

    `voice` numbers the attributions it stands in, from the account inwards; empty for the account's own voice.
    `sentence` numbers its sentence, `figures` and `times` the figures and times inside it. `quoted` says that it stands
    inside quotation marks. `kind` is None where the reader cannot tell. `predicate` is what is told of its
    participants: a verb with its auxiliaries, particle and "not", or a noun or adjective with its copula; None in a
    fragment without one.
    """

    span: Span
    sentence: int
    voice: tuple[int, ...]
    quoted: bool
    kind: StatementKind | None
    polarity: Polarity
    certainty: Certainty
    figures: tuple[int, ...]
    predicate: Span | None = None
    participants: tuple[Participant, ...] = ()
    times: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """What several mentions of one account share; `name` is the fullest name among them, else the first phrase."""

    type: MentionType
    name: Span
    mentions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of an account's text: their spans (n x 2, int32) and their states half way through the encoder.

    `states` (n x 384, float16) is what the pair model of `comparing` reads of two statements together.
    """

    spans: NDArray[np.int32]
    states: NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in one account, as layers of spans over its text.

    `quotations` are the stretches between quotation marks, marks left out, in text order; `words` the syntactic words
    with their parse. `vectors` has one row of unit length per statement (float32, statements x 384).
    """

    account: Account
    sentences: tuple[Span, ...]
    quotations: tuple[Span, ...]
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    attributions: tuple[Attribution, ...]
    figures: tuple[Figure, ...]
    statements: tuple[Statement, ...]
    wording: tuple[Loaded, ...]
    vectors: NDArray[np.float32] = field(compare=False, repr=False)
    pieces: Pieces = field(compare=False, repr=False)
    times: tuple[Time, ...] = ()


# ---------------------------------------------------------------- comparison: the JSON contract

Standing = Literal["agreed", "narrower", "differs", "updated", "disputed", "single"]
RelationKind = Literal["agree", "narrower", "differ", "update", "conflict"]
QuoteKind = Literal["identical", "clipped", "altered", "paraphrased", "other speaker"]
Told = Literal["told", "not told", "cannot tell"]
QuantityVerdict = Literal["compatible", "conflicting", "update", "different quantity"]
CueSort = Literal["neutral", "doubting", "committing", "coloured"]
CopyKind = Literal["copy", "version"]
LabelKind = Literal["name", "title", "apposition", "modifier", "predicate", "nominal", "verb", "noun"]
NameType = Literal["PER", "ORG", "LOC", "MISC", "ACT"]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of one account: `text` is the account's `text[start:end]`."""

    account: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Voice:
    """One step of the chain of who says it: the words naming the speaker (None where left out) and their span."""

    name: str | None
    type: SourceType | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class Appearance:
    """One statement in which a claim is told; `voice` runs from the account inwards, empty for its own voice."""

    account: str
    start: int
    end: int
    text: str
    voice: tuple[Voice, ...]
    kind: StatementKind | None
    polarity: Polarity
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Relation:
    """How two appearances of a claim (`a`, `b` number them) stand to each other, and on which words that rests.

    For `narrower`, `a` is the one that says more. `score` is a probability, rounded.
    """

    a: int
    b: int
    kind: RelationKind
    score: float
    why: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where appearances finally come from: own reporting (`name` None) or the innermost source named.

    `type` is None where the reader cannot tell what kind of source it is, as in a Voice.
    """

    id: str
    type: SourceType | Literal["own reporting"] | None
    name: str | None
    appearances: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What several statements have in common, or what one account alone tells (`single`)."""

    id: str
    standing: Standing
    score: float
    appearances: tuple[Appearance, ...]
    relations: tuple[Relation, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class QuoteAppearance:
    """One account's version of a shared utterance, without its quotation marks, and who it is given to.

    `marked` is False where the account has the words, but nothing shows that they are somebody's.
    """

    account: str
    start: int
    end: int
    text: str
    speaker: Excerpt | None
    marked: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """Words that one version of a quotation has otherwise: `a` and `b` number the versions; None where left out."""

    a: int
    b: int
    kind: Literal["left out", "altered", "reordered"]
    a_words: Excerpt | None
    b_words: Excerpt | None


@dataclass(frozen=True, slots=True)
class Quote:
    """One utterance quoted directly in at least two accounts, collated word by word."""

    speaker: str | None
    kind: QuoteKind
    appearances: tuple[QuoteAppearance, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class SourceAttribution:
    """One attribution of a source: spans of the account; `parent` is the start of the enclosing content, if any.

    `sort` is how the account colours the saying, None where its cue is no word of saying.
    """

    source: tuple[Excerpt, ...]
    cue: tuple[Excerpt, ...]
    content: tuple[Excerpt, ...]
    manner: Manner
    parent: int | None
    sort: CueSort | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One source of one account and everything attributed to it; `via` is who it came through, if anybody.

    `id` is the same for the sources of several accounts that are taken for one.
    """

    account: str
    name: str | None
    type: SourceType | None
    entity: str | None
    via: str | None
    attributions: tuple[SourceAttribution, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class LabelUse:
    """The words an account uses for somebody, or for an act, in its own or a quoted voice.

    `kind` is how they stand: a name, a title before one ("Mayor"), an apposition to one, an adjective ("embattled"), a
    predicate ("is a progressive"), or a phrase that means who is named elsewhere; for an act a verb ("dumped") or a
    noun with its adjectives ("a frantic sale"). `speaker` is whose voice it is, None
    for the account's own and where that is left out.
    """

    account: str
    start: int
    end: int
    text: str
    voice: Literal["own", "quoted"]
    kind: LabelKind = "name"
    speaker: Excerpt | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """An entity, by the fullest name that an account has for it, and the labels used for it; `type` is what it is.

    An act (`ACT`) stands by its commonest word; only acts that two accounts call by different words are listed.
    """

    entity: str
    labels: tuple[LabelUse, ...]
    type: NameType | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """A stretch of loaded wording, and the claim it stands in, None where it stands in none."""

    account: str
    start: int
    end: int
    text: str
    score: float
    voice: Literal["own", "quoted"]
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class FigureUse:
    """A figure where it stands, and the claim it stands in; `counted` are the words for what it counts."""

    account: str
    start: int
    end: int
    text: str
    low: float
    high: float
    unit: str
    bound: Bound
    claim: str | None
    voice: Literal["own", "quoted"] = "own"
    counted: Excerpt | None = None


@dataclass(frozen=True, slots=True)
class QuantityPair:
    """How two uses of a quantity (`a`, `b` number them) stand to each other, and why in a word or two."""

    a: int
    b: int
    verdict: QuantityVerdict
    why: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity that several accounts give a figure of, with each two figures of two accounts compared.

    `claim` is the claim it stands in, None where its figures stand in several.
    """

    claim: str | None
    uses: tuple[FigureUse, ...]
    pairs: tuple[QuantityPair, ...]


@dataclass(frozen=True, slots=True)
class PollAnswer:
    """One answer of a poll with its share in percent; `answer` is None where the account does not name it."""

    answer: Excerpt | None
    figure: Excerpt
    share: float


@dataclass(frozen=True, slots=True)
class PollTold:
    """One question of a poll as an account tells it; `over_full` says that its shares add up to more than all.

    Every part is the account's own words, None where it is not told; `text` runs over the poll's sentences.
    """

    account: str
    start: int
    end: int
    text: str
    pollster: Excerpt | None
    dates: Excerpt | None
    sample: Excerpt | None
    margin: Excerpt | None
    lead: Excerpt | None
    scenario: Excerpt | None
    shares: tuple[PollAnswer, ...]
    over_full: bool


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """When a claim happened by the account's words.

    `value` is the day, with the clock time where it is told, or the first of several days; `until` is the last of
    these, both in it, None for a single day (ISO 8601).
    """

    claim: str
    account: str
    start: int
    end: int
    text: str
    value: str
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Whether one account tells a claim that most others tell."""

    claim: str
    account: str
    value: Told
    why: str


@dataclass(frozen=True, slots=True)
class Copy:
    """An account that is counted as one with another, `of`: most of its words stand there, or it is an earlier version.

    `share` is the part of its runs of five words that stand there too.
    """

    account: str
    of: str
    share: float
    kind: CopyKind = "copy"


CorrectionStatus = Literal["applied", "superseded", "overruled", "contradicted", "moved", "not here", "does not fit"]


@dataclass(frozen=True, slots=True)
class CorrectionTold:
    """What became of a correction by a person: `applied`, or why not.

    `at` and `other` are the words it is about, None where they are not there; the findings at applied ones are the
    person's. `claims` are those in which the statements of a correction of claims stand.
    """

    key: str
    kind: str
    value: str | None
    author: str
    made: str
    note: str | None
    status: CorrectionStatus
    why: str
    at: Excerpt | None
    other: Excerpt | None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InputFile:
    """One input of a comparison as the user named it."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting that a comparison was made with."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What made a comparison; `layers` are the parts of the contract this version fills."""

    version: str
    model: str
    inputs: tuple[InputFile, ...]
    settings: tuple[Setting, ...]
    layers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the accounts of one story agree on, where they part, and on whose word each statement rests."""

    accounts: tuple[Account, ...]
    claims: tuple[Claim, ...]
    quotes: tuple[Quote, ...]
    sources: tuple[Source, ...]
    names: tuple[Name, ...]
    wording: tuple[Wording, ...]
    figures: tuple[FigureUse, ...]
    timeline: tuple[TimelineEntry, ...]
    gaps: tuple[Gap, ...]
    manifest: Manifest
    copies: tuple[Copy, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    polls: tuple[PollTold, ...] = ()
    corrections: tuple[CorrectionTold, ...] = ()

    def to_json(self, *, indent: int | None = None) -> str:
        """The JSON contract; `indent` spaces a level, compact when None."""
        from tellings.show import to_json

        return to_json(self, indent=indent)

    def to_html(self) -> str:
        """One self-contained page."""
        from tellings.show import render_page

        return render_page(self)

    def accounts_frame(self) -> Frame:
        """The accounts as a data frame of pandas or polars, whichever is installed (`tellings.show.frames`)."""
        return _frame(self, "accounts")

    def claims_frame(self) -> Frame:
        """The claims, a row an appearance."""
        return _frame(self, "claims")

    def sources_frame(self) -> Frame:
        """The sources of each account with the words given to them and their verbs."""
        return _frame(self, "sources")

    def quotes_frame(self) -> Frame:
        """The shared quotations, a row a version."""
        return _frame(self, "quotes")

    def figures_frame(self) -> Frame:
        """The figures, a row a use."""
        return _frame(self, "figures")

    def names_frame(self) -> Frame:
        """The labels of everybody, a row a use."""
        return _frame(self, "names")

    def wording_frame(self) -> Frame:
        """The loaded wording, a row a use."""
        return _frame(self, "wording")

    def timeline_frame(self) -> Frame:
        """When claims happened, a row a time told."""
        return _frame(self, "timeline")

    def gaps_frame(self) -> Frame:
        """What each account leaves out of what most others tell."""
        return _frame(self, "gaps")

    def _repr_html_(self) -> str:
        """What a notebook shows: the page in a frame of its own, so that its style and script stay inside."""
        from html import escape

        return f'<iframe srcdoc="{escape(self.to_html())}" sandbox="allow-scripts" width="100%" height="800"></iframe>'


def _frame(comparison: Comparison, name: FrameName) -> Frame:
    from tellings.show.frames import frame

    return frame(comparison, name)
