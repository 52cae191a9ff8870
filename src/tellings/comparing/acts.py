"""What accounts call one act: "sold" and "dumped" his shares, the "raid" and the "assault" on a harbour.

Two words are taken for one act where they stand in appearances of one claim in different accounts, are each other's
nearest in meaning there (by the encoder's states at them, so by their context too), and take part in the same: with
the same object, or the same subject, or, where no participant tells, only if very near. Words that differ in nothing
but their form are no two words for an act. Rather none than a wrong one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from tellings.comparing.claims import Made
from tellings.comparing.labels import Parsed
from tellings.comparing.table import Table
from tellings.comparing.words import STOP, listed, stem
from tellings.records import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

Home = Mapping[tuple[int, int], int]
"""The group of an account's entity, by account and entity."""

_LIGHT = listed(
    """say says said saying tell tells told telling ask asks asked asking add adds added
    be is was were are been being am have has had having do does did done doing get gets got getting make makes made
    making take takes took taken taking go goes went gone going come comes came coming give gives gave given giving
    put puts putting keep keeps kept let lets become becomes became becoming remain remains remained seem seems seemed
    want wants wanted need needs needed try tries tried trying begin begins began begun start starts started starting
    continue continues continued continuing help helps helped know knows knew known think thinks thought believe
    believes believed feel feels felt see sees saw seen include includes included including use uses used using"""
)
"""Verbs that name no act by themselves."""
_ACTS = listed(
    """accord advance aid appeal arrest assault attack audit ban bid blast blaze blockade bombing boycott breach brawl
    broadside call campaign ceasefire charge clash cleanup comeback coup crackdown crash crusade cull cut cuts deal
    debate defeat delay dispute drive effort embargo escape exit feud fight fire flight freeze gambit grab halt
    handover hike hunt inquiry invasion journey killing launch lawsuit leak lockdown looting march massacre meeting move
    murder offensive onslaught operation outreach overhaul pact parade pause plan plea plot ploy plunge probe protest
    purge push raid rally rampage rebuke recall release rescue response retreat review riot rout ruling rush sale scheme
    scramble search sell-off shakeup shift shooting siege slaughter speech spat spill spree stampede strike stunt suit
    summit surge sweep swoop takedown takeover talks theft threat tour trial trip truce uprising visit vote walkout
    withdrawal witch-hunt"""
)
_ACT_ENDINGS = ("tion", "sion", "ment", "ssal", "ance", "ling", "ting", "ning", "king", "ding", "ring")
_NO_ACTS = listed(
    """government department parliament administration statement president comment moment apartment nation question
    organization institution population position section information attention election condition situation
    constitution location session version reason opinion document amendment element argument generation station
    building morning evening meaning feeling thing king ring spring string wedding finding setting beginning warning
    performance distance circumstance substance instance appearance television million billion mission commission"""
)
_NEAR = {"object": 0.64, "subject": 0.7, "none": 0.76}
"""How near (cosine) two words must be that share an object, a subject, none."""
_TOLD = {"object": 0.75, "subject": 0.75, "none": 0.83}
"""How near (cosine) their statements must be."""
_VERY_NEAR = 0.74
"""How near two words that share somebody must be if their statements are not. All set by reading the pairs of 64
stories of AllSides; measured on others (training/RESULTS.md)."""
_PARTICLES = listed("up down off out over away back aside through")
_NO_VERB = frozenset(
    {"case", "det", "nmod:poss", "advmod", "aux", "aux:pass", "cop", "mark", "cc", "amod", "compound:prt", "punct"}
)
"""Relations of words that are no verb, whatever part of speech they were taken for."""
_WON = (
    "win won", "speak spoke spoken", "send sent", "cut cutting", "shoot shot", "hit hitting", "fight fought",
    "buy bought", "sell sold", "lead led", "meet met", "leave left", "lose lost", "hold held", "bring brought",
    "teach taught", "catch caught", "write wrote written", "drive drove driven", "rise rose risen", "fall fell fallen",
    "break broke", "choose chose chosen", "build built", "fly flew flown", "strike struck", "run ran", "pay paid",
    "kneel knelt", "steal stole stolen", "throw threw thrown", "withdraw withdrew withdrawn", "draw drew drawn",
    "swear swore sworn",
)  # fmt: skip
"""Forms of one verb that share too few letters to be told by them."""
_BESIDE = frozenset({"nmod", "nmod:poss", "compound", "nmod:desc", "amod", "nmod:unmarked"})
_OWN = frozenset({"amod", "compound"})
_SUBJECTS = frozenset({"nsubj", "obl:agent"})
_OBJECTS = frozenset({"obj", "nsubj:pass", "iobj"})

ActKind = Literal["verb", "noun"]


class ActUse(NamedTuple):
    """One account's word for an act: the account's number, where it stands, and how."""

    account: int
    span: Span
    kind: ActKind


Part = int | str
"""Who or what takes part: the group of an entity, else the stem of a phrase's head."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word for an act: its stem, its vector (unit length), and who takes part."""

    use: ActUse
    stem: str
    vector: NDArray[np.float32]
    negated: bool
    subjects: frozenset[Part]
    others: frozenset[Part]


def acts(table: Table, made: Sequence[Made], home: Home) -> list[tuple[ActUse, ...]]:
    """Acts that two accounts call by different words, each with every word found for it, by account and place."""
    parsed = [Parsed(reading) for reading in table.readings]
    words: dict[int, list[_Word]] = {}
    joined = _Joined()
    for one in made:
        apart = [(a, b) for a, b in combinations(one.rows, 2) if table.teller(a) != table.teller(b)]
        for row in {row for pair in apart for row in pair} - words.keys():
            words[row] = list(_words(table, row, parsed[table.rows[row].reading], home))
        stems: dict[int, set[str]] = defaultdict(set)
        for row in {row for pair in apart for row in pair}:
            stems[table.rows[row].reading] |= {word.stem for word in words[row]}
        for a, b in apart:
            told = round(float(table.vectors[a] @ table.vectors[b]), 4)
            for x, y in _nearest(words[a], words[b]):
                both = x.stem != y.stem and all({x.stem, y.stem} <= stems[z.use.account] for z in (x, y))
                if not both and _one_act(x, y, told):  # accounts that have both words mean two acts by them
                    joined.join(x, y)
    found = [uses for uses in joined.groups() if _differ(table, uses)]
    return [tuple(sorted({word.use for word in uses})) for uses in found]


def _nearest(xs: Sequence[_Word], ys: Sequence[_Word]) -> list[tuple[_Word, _Word]]:
    """Words of two statements of which each is the other's nearest."""
    if not xs or not ys:
        return []
    near = np.round(np.stack([x.vector for x in xs]) @ np.stack([y.vector for y in ys]).T, 4)
    best, back = near.argmax(axis=1), near.argmax(axis=0)
    return [(xs[i], ys[int(j)]) for i, j in enumerate(best) if back[int(j)] == i]


class _Joined:
    """Words joined two by two."""

    def __init__(self) -> None:
        self._above: dict[ActUse, ActUse] = {}
        self._words: dict[ActUse, _Word] = {}

    def join(self, x: _Word, y: _Word) -> None:
        self._words |= {x.use: x, y.use: y}
        one, other = sorted((self._root(x.use), self._root(y.use)))
        if one != other:
            self._above[other] = one

    def _root(self, use: ActUse) -> ActUse:
        while use in self._above:
            use = self._above[use]
        return use

    def groups(self) -> list[list[_Word]]:
        held: dict[ActUse, list[_Word]] = defaultdict(list)
        for use in sorted(self._words):
            held[self._root(use)].append(self._words[use])
        return list(held.values())


def _differ(table: Table, uses: Sequence[_Word]) -> bool:
    """Whether two accounts use different words."""
    pairs = combinations(uses, 2)
    tellers = table.counted
    return any(tellers[x.use.account] != tellers[y.use.account] and not _same_word(x.stem, y.stem) for x, y in pairs)


def _same_word(one: str, other: str) -> bool:
    """Whether two stems are forms of one word: by what they begin with, or an irregular verb's."""
    one, other = _form(one), _form(other)
    if one == other or one[:4] == other[:4]:
        return True
    return one[:3] == other[:3] and (one.startswith(other) or other.startswith(one))


def _form(word: str) -> str:
    """What a stem is a form of, without the letter that an ending had doubled ("winn")."""
    short = word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
    form = _FORM.get(word) or _FORM.get(short) or short
    return form[:-1] if len(form) > 3 and form[-1] == form[-2] else form


_FORM = {stem(form): forms.split()[0] for forms in _WON for form in forms.split()}


def _one_act(x: _Word, y: _Word, told: float) -> bool:
    """Whether two words of statements that are `told` near each other name one act, or are one word."""
    shared = x.subjects & y.subjects
    if x.negated != y.negated or x.use.kind != y.use.kind:
        return False
    if _entities(x.subjects) and _entities(y.subjects) and not shared:
        return False
    near = round(float(x.vector @ y.vector), 4)
    how = "object" if x.others & y.others else "subject" if shared else "none"
    close = told >= _TOLD[how] or (how != "none" and near >= _VERY_NEAR)
    return near >= _NEAR[how] and close


def _entities(parts: Iterable[Part]) -> frozenset[Part]:
    return frozenset(part for part in parts if isinstance(part, int))


# ---------------------------------------------------------------- one statement's words


def _words(table: Table, row: int, parsed: Parsed, home: Home) -> Iterator[_Word]:
    record, account = table.rows[row].record, table.rows[row].reading
    inside = parsed.inside(record.span)
    cues = _cue_words(parsed)
    for n in inside:
        word, said = parsed.words[n], parsed.word(n).lower()
        verb = word.upos == "VERB" and word.relation not in _NO_VERB and said not in _LIGHT | STOP
        if verb and n not in cues:
            yield _verb(parsed, n, account, home)
        elif word.upos == "NOUN" and _is_act(said):
            yield _noun(parsed, n, account, home)


def _cue_words(parsed: Parsed) -> frozenset[int]:
    spans = [span for one in parsed.reading.attributions for span in one.cue]
    return frozenset(n for span in spans for n in parsed.inside(span))


def _is_act(said: str) -> bool:
    return said in _ACTS or (said.removesuffix("s").endswith(_ACT_ENDINGS) and said.removesuffix("s") not in _NO_ACTS)


def _verb(parsed: Parsed, n: int, account: int, home: Home) -> _Word:
    subjects, others = _parts(parsed, n, account, home)
    last = n + 1 if n + 1 in parsed.children[n] and parsed.word(n + 1).lower() in _PARTICLES else n
    use = ActUse(account, parsed.span(n, last), "verb")
    return _Word(use, stem(parsed.word(n).lower()), _vector(parsed, n), _negated(parsed, n), subjects, others)


def _parts(parsed: Parsed, n: int, account: int, home: Home) -> tuple[frozenset[Part], frozenset[Part]]:
    """Who a verb has for its subject or agent, and for its object; a verb joined to another shares its subject."""
    children = parsed.children[n]
    subjects = [c for c in children if parsed.words[c].relation in _SUBJECTS]
    objects = [c for c in children if parsed.words[c].relation in _OBJECTS]
    above = parsed.words[n].head
    if not subjects and above is not None and parsed.words[n].relation in {"conj", "xcomp"}:
        subjects = [c for c in parsed.children[above] if parsed.words[c].relation in _SUBJECTS]
    found = [frozenset(part for c in some for part in _part(parsed, c, account, home)) for some in (subjects, objects)]
    return found[0], found[1]


def _part(parsed: Parsed, n: int, account: int, home: Home) -> Iterator[Part]:
    mention = parsed.mention_at.get(n)
    entity = parsed.reading.mentions[mention].entity if mention is not None else None
    group = home.get((account, entity)) if entity is not None else None
    if group is not None:
        yield group
    elif parsed.words[n].upos in {"NOUN", "PROPN"} and parsed.word(n).lower() not in STOP:
        yield stem(parsed.word(n).lower())


def _noun(parsed: Parsed, n: int, account: int, home: Home) -> _Word:
    beside = [c for c in parsed.children[n] if parsed.words[c].relation in _BESIDE]
    others = frozenset(part for c in beside for part in _part(parsed, c, account, home))
    span = parsed.phrase(n, _OWN, 0) or parsed.words[n].span
    own = stem(parsed.word(n).lower())
    return _Word(ActUse(account, span, "noun"), own, _vector(parsed, n), False, frozenset(), others)


def _vector(parsed: Parsed, n: int) -> NDArray[np.float32]:
    """The mean state of a word's pieces, of unit length; zero where the reading has none."""
    pieces, span = parsed.reading.pieces, parsed.words[n].span
    inside = (pieces.spans[:, 0] < span.end) & (pieces.spans[:, 1] > span.start)
    if not inside.any():
        return np.zeros(pieces.states.shape[1], dtype=np.float32)
    mean: NDArray[np.float32] = pieces.states[inside].astype(np.float32).mean(axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-6)


def _negated(parsed: Parsed, n: int) -> bool:
    return any(parsed.word(c).lower() in {"not", "n't", "n’t", "never"} for c in parsed.children[n])
