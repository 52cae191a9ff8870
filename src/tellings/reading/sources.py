"""Sources of attributions: who they are, by the mentions at their head; their type; the outlet they came through.

Coreference is done before: a source gets the entity of the mention that its head is. What a pronoun of the first person
stands for its quotation tells, what a relative stands for the phrase before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tellings.reading.gender import Gender, of_name, of_pronoun
from tellings.reading.source_phrases import phrase_of
from tellings.reading.source_types import person_of, source_type
from tellings.reading.source_words import COUNTS, INDEFINITE
from tellings.reading.spans import is_inside, overlap
from tellings.records import Attribution, Mention, MentionForm, MentionType, SourceType, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.reading.layout import Layout

FIRST_PERSON = frozenset({"i", "me", "my", "myself", "we", "us", "our", "ourselves"})
SINGULAR = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
RELATIVES = frozenset({"who", "whom", "whose", "which", "that"})
PRONOUNS = FIRST_PERSON | SINGULAR | RELATIVES | {"they", "them", "their", "it", "its", "themselves", "itself"}
SUBJECT = 30  # code points from a sentence's beginning that its subject begins in
REACH = 3  # sentences back that a pronoun may look
SIGHT = 400  # code points that a relative or a citation sees, so that time grows linearly with endless sentences
LOOK_BACK = 80  # code points before a source that the mention at its head may begin in
NEAR = 12  # attributions before and after one that may hold it in their content
_RANK: dict[MentionForm, int] = {"pronoun": 0, "nominal": 1, "name": 2}


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The mentions of an account in text order, and by entity its names, each once, and its first phrase."""

    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]
    names: dict[int, list[Mention]]
    phrases: dict[int, Mention]
    genders: dict[int, Gender]

    def between(self, first: int, last: int) -> tuple[Mention, ...]:
        """The mentions that begin in `[first, last)`."""
        return self.mentions[bisect_left(self.starts, first) : bisect_left(self.starts, last)]

    def names_between(self, first: int, last: int) -> list[Mention]:
        """The names that begin in `[first, last)`."""
        return [mention for mention in self.between(first, last) if mention.form == "name"]

    def goes_with(self, entity: int, pronoun: str) -> bool:
        """Whether an entity may be meant by `he` or `she`: nothing that its names tell is against it."""
        told = self.genders.get(entity)
        return told is None or told == of_pronoun(pronoun)

    def is_told(self, entity: int) -> bool:
        """Whether anything but pronouns tells who an entity is."""
        return entity in self.names or entity in self.phrases

    def is_person(self, entity: int) -> bool:
        """Whether an entity has a person's name anywhere in the account."""
        return any(mention.type == "PER" for mention in self.names.get(entity, ()))


def with_sources(
    layout: Layout,
    attributions: Sequence[Attribution],
    mentions: Sequence[Mention],
) -> tuple[Attribution, ...]:
    """Attributions with their source's type, entity and outlet told to, in the order given.

    `mentions` carry their entities. An entity with a person's name anywhere is a named person, also as "he" or "the
    mayor"; one with another name is what that name tells; others are what their words tell.
    """
    known = _mentioned(layout.text, mentions)
    resolved: list[tuple[Attribution, int | None]] = []
    for attribution in attributions:
        resolved.append((attribution, _entity(layout, attribution, known, resolved)))
    entities = [entity for _, entity in resolved]
    found = []
    for number, attribution in enumerate(attributions):
        said_by = _speaker(layout, number, attributions, known)
        entity = entities[said_by] if entities[said_by] is not None else entities[number]
        kind = _type(layout, attributions[said_by], entities[said_by], known)
        via = None if kind == "outlet" else _via(layout, attribution, known)
        found.append(replace(attribution, entity=entity, source_type=kind, via=via))
    return tuple(found)


def _mentioned(text: str, mentions: Sequence[Mention]) -> Mentioned:
    ordered = tuple(sorted(mentions, key=lambda m: m.span))
    names: dict[int, list[Mention]] = {}
    phrases: dict[int, Mention] = {}
    seen: set[tuple[int, MentionType, str]] = set()
    for mention in ordered:
        key = (mention.entity, mention.type, text[slice(*mention.span)])
        if mention.form == "name" and key not in seen:
            seen.add(key)
            names.setdefault(mention.entity, []).append(mention)
        elif mention.form == "nominal":
            phrases.setdefault(mention.entity, mention)
    told = {
        entity: {of_name(text, *m.span) for m in those if m.type == "PER"} - {None} for entity, those in names.items()
    }
    genders = {entity: min(g for g in some if g) for entity, some in told.items() if len(some) == 1}
    return Mentioned(ordered, tuple(m.span.start for m in ordered), names, phrases, genders)


# ---------------------------------------------------------------- who


def _entity(
    layout: Layout, attribution: Attribution, known: Mentioned, before: Sequence[tuple[Attribution, int | None]]
) -> int | None:
    """The entity of one source by its own words; of the first person, what coreference says."""
    pronoun = _pronoun(layout.text, attribution, known)
    if not attribution.source or pronoun is None:
        head = _head_mention(layout, attribution, known)
        return head.entity if head else None
    if pronoun in RELATIVES:
        return _antecedent(layout, attribution.source[0].start, pronoun, known)
    span = attribution.source[0]
    own = next((m.entity for m in known.between(*span) if m.span == span), None)
    if pronoun in SINGULAR:
        # of 44 such pronouns read by hand in PolNeAR dev this rule was right in 36, coreference alone in 29
        other = _before(layout, attribution, before, known)
        return own if other is None else other
    return own


def _pronoun(text: str, attribution: Attribution, known: Mentioned) -> str | None:
    """The pronoun that a source is, in lower case; None where it is no lone pronoun (`WHO` may be a name).

    A relative may have its clause with it: `which was seen by the council`.
    """
    if len(attribution.source) != 1:
        return None
    span = attribution.source[0]
    words = text[slice(*span)].lower().split()
    if len(words) > 1 and words[0] in {"who", "which"}:
        return words[0]
    if len(words) != 1 or any(m.span == span for m in known.names_between(*span)):
        return None
    return words[0] if words[0] in PRONOUNS else None


def _whole(attribution: Attribution) -> Span:
    return Span(attribution.source[0].start, attribution.source[-1].end)


def _typed_names(text: str, span: Span, known: Mentioned) -> list[tuple[Mention, str]]:
    """The names that stand in a span, each with its words."""
    return [(m, text[slice(*m.span)]) for m in known.names_between(*span) if is_inside(m.span, span)]


def _head_mention(layout: Layout, attribution: Attribution, known: Mentioned) -> Mention | None:
    """The mention that names the source itself: the person's name at or beside its head, else what ends at its head.

    None where several share the head (`Ana Lind and Bo Berg`), who are no one entity.
    """
    if not attribution.source:
        return None
    span = _whole(attribution)
    named = _typed_names(layout.text, span, known)
    names = [(name, mention.type) for mention, name in named]
    phrase = phrase_of(layout.text[slice(*span)], names)
    if phrase is None:
        return None
    head = phrase.tokens[phrase.head].span
    at = Span(span.start + head.start, span.start + head.end)
    person = person_of(phrase, names)
    here = [m for m, name in named if name == person and m.type == "PER" and m.span.end >= at.end]
    near = known.between(span.start - LOOK_BACK, span.end)
    if not here:
        # a name may end in a point that the head leaves out
        here = [m for m in near if m.span.start <= at.start and at.end <= m.span.end <= at.end + 1]
    best = max(here, key=lambda m: (_RANK[m.form], m.score, -m.span.start), default=None)
    return None if best and _is_one_of_several(layout.text, best, near, span) else best


_AND = re.compile(r"\s*(?:,?\s*and|&)\s+(?:the\s+)?")
_AND_MORE = re.compile(r"\s*(?:,?\s*and|&)\s+\w")


def _is_one_of_several(text: str, mention: Mention, near: Sequence[Mention], source: Span) -> bool:
    """Whether a source joins a mention with another by `and`, or with persons' names by commas."""
    if _AND_MORE.match(text[mention.span.end : source.end]):
        return True
    for other in near:
        if other.entity == mention.entity or other.span.start < source.start:
            continue
        first, second = sorted((other, mention), key=lambda m: m.span)
        between = text[first.span.end : second.span.start]
        listed = between.strip() == "," and first.type == second.type == "PER" and first.form == second.form == "name"
        if _AND.fullmatch(between) or listed:
            return True
    return False


def _antecedent(layout: Layout, at: int, relative: str, known: Mentioned) -> int | None:
    """The entity that a relative at `at` is attached to: the last phrase or name before it in its sentence.

    `who` looks for a person, `which` for anything else; each takes the other where its own is missing.
    """
    near = [m for m in known.between(_sentence_start(layout, at), at) if m.form != "pronoun" and m.span.end <= at]
    wanted = [m for m in near if (m.type == "PER") == (relative in {"who", "whom", "whose"})]
    best = max(wanted or near, key=lambda m: (m.span.end, -m.span.start), default=None)
    if best is None:
        return None
    named = next((m for m in near if m.form == "name" and _is_beside(layout.text, m, best)), best)
    return named.entity


def _sentence_start(layout: Layout, place: int) -> int:
    """Where a place's sentence begins, SIGHT before it at the furthest."""
    return max(layout.sentences[layout.sentence_at(place)].start, place - SIGHT)


def _is_beside(text: str, name: Mention, phrase: Mention) -> bool:
    """Whether a phrase follows a person's name as its apposition: `Ana Lind, the mayor`."""
    between = text[name.span.end : phrase.span.start]
    return name.type == "PER" and phrase.form == "nominal" and between.strip() in {",", "–", "—"}


def _before(
    layout: Layout, attribution: Attribution, before: Sequence[tuple[Attribution, int | None]], known: Mentioned
) -> int | None:
    """The person that a `he` or `she` as a source stands for: the last who spoke or began a sentence.

    Where there is none of these, the last person named; beyond REACH sentences nothing is said.
    """
    at = attribution.source[0].start
    sentence = layout.sentence_at(at)
    floor = max(layout.sentences[max(0, sentence - REACH)].start, at - (REACH + 1) * SIGHT)
    pronoun = layout.text[slice(*attribution.source[0])]
    near = [
        m
        for m in known.names_between(floor, at)
        # whom a speaker names in a quotation, the account's own pronouns mean less often
        if m.type == "PER" and known.goes_with(m.entity, pronoun) and not layout.is_quoted(m.span.start)
    ]
    heads = [(m.span.start, m.entity) for m in near if _begins(layout, m)]
    heads += [
        (one.source[0].start, entity)
        for one, entity in before[-4 * NEAR :]
        if entity is not None
        and known.is_person(entity)
        and known.goes_with(entity, pronoun)
        and one.source
        and floor <= one.source[0].start < at
    ]
    named = heads or [(m.span.start, m.entity) for m in near]
    return max(named)[1] if named else None


def _begins(layout: Layout, mention: Mention) -> bool:
    """Whether a mention stands within the first words of its sentence, where subjects stand."""
    first = layout.sentences[layout.sentence_at(mention.span.start)].start
    return 0 <= mention.span.start - first <= SUBJECT


def _speaker(layout: Layout, number: int, attributions: Sequence[Attribution], known: Mentioned) -> int:
    """The attribution whose source is meant by this one's: of `I` and `we` in a quotation, the quotation's own."""
    seen = {number}
    while _pronoun(layout.text, attributions[number], known) in FIRST_PERSON:
        outer = _around(number, attributions)
        if outer is None or outer in seen or not attributions[outer].source:
            break
        seen.add(outer)
        number = outer
    return number


def _around(number: int, attributions: Sequence[Attribution]) -> int | None:
    """The attribution in whose content this one stands: its parent, else the nearest whose content has its source."""
    inner = attributions[number]
    if inner.parent is not None:
        return inner.parent
    near = range(max(0, number - NEAR), min(len(attributions), number + NEAR + 1))
    around = [
        (span.end - span.start, i)
        for i in near
        if i != number
        for span in attributions[i].content
        if is_inside(inner.source[0], span)
    ]
    return min(around)[1] if around else None


# ---------------------------------------------------------------- what kind


def _type(layout: Layout, attribution: Attribution, entity: int | None, known: Mentioned) -> SourceType | None:
    if not attribution.source:
        return None
    span = _whole(attribution)
    words = layout.text[slice(*span)]
    names = [(name, mention.type) for mention, name in _typed_names(layout.text, span, known)]
    by_words = source_type(words, names)
    if entity is None:
        return by_words
    if _pronoun(layout.text, attribution, known):
        return _type_of(layout.text, entity, known) or by_words
    return _as_entity(layout.text, words, by_words, entity, known)


def _as_entity(text: str, words: str, by_words: SourceType | None, entity: int, known: Mentioned) -> SourceType | None:
    """The type of a source told by a phrase, of an entity told elsewhere too.

    What is new or several keeps the type of its own words, whatever coreference took it for; so do papers and outlets.
    """
    phrase = phrase_of(words)
    if phrase is None or by_words in {"document", "outlet", "named person"}:
        return by_words
    named = _type_by_names(text, entity, known)
    if by_words in {"organisation", None} and named != "named person":
        return named or by_words
    new = {token.word for token in phrase.tokens[: phrase.head]} & (INDEFINITE | COUNTS)
    if named == "named person" and not new and not phrase.is_plural and by_words != "organisation":
        return named
    if not named and by_words in {"anonymous", "collective", None} and phrase.tokens[0].word in _POINTING:
        return _type_of(text, entity, known) or by_words  # `the people` are those `familiar with the call`
    return by_words


_POINTING = frozenset({"the", "this", "that", "these", "those", "both"})


def _type_by_names(text: str, entity: int, known: Mentioned) -> SourceType | None:
    """The type that an entity's names tell: a person if any is, else by the fullest."""
    if known.is_person(entity):
        return "named person"
    names = known.names.get(entity, [])
    kinds = [source_type(name, [(name, m.type)]) for m in names for name in [text[slice(*m.span)]]]
    return "outlet" if "outlet" in kinds else next((kind for kind in kinds if kind), None)


def _type_of(text: str, entity: int, known: Mentioned) -> SourceType | None:
    """The type of an entity as a pronoun means it: by its names, else by the words it is first told by."""
    named = _type_by_names(text, entity, known)
    if named or entity not in known.phrases:
        return named
    phrase = known.phrases[entity]
    after = _FOLLOWING.match(text, phrase.span.end)
    told = source_type(text[phrase.span.start : after.end() if after else phrase.span.end])
    return told or ("role" if phrase.type == "PER" else None)


# what stands after a phrase and belongs to it: `two people familiar with the call`
_FOLLOWING = re.compile(
    r"\s+(?:directly |closely )?(?:familiar|close to|with|briefed|involved|speaking|who|knowledgeable|not authorized)\b"
    r"[^.,;:()“”\"\n]{0,60}"
)


# ---------------------------------------------------------------- through whom

_TELLING_TO = re.compile(
    r"\b(?:told|tells?|telling|(?:spoke|speaking|speaks?|talked|talking) (?:to|with)|"
    r"(?:interviews?|conversations?) (?:with|on|in)|interview(?:ed)? by|"
    r"(?:statement|comments?|remarks|e-?mail|message|text|letter) (?:to|for))\W+(?:the\s+|\w+['’]s\s+)?$",
    re.IGNORECASE,
)
_SAID_ON = re.compile(r"\s+(?:\w+\s+){0,2}(?:on|to)\s+(?:the\s+|\w+['’]s\s+)?", re.IGNORECASE)
_CITING = re.compile(r"\b(?:cit|quot)(?:e|es|ed|ing)\b", re.IGNORECASE)
_TOLD_TO = 40  # code points after the cue that an outlet told to stands in


def _via(layout: Layout, attribution: Attribution, known: Mentioned) -> Span | None:
    """The outlet that the words say a source spoke through: told to, spoken on, citing it, or in brackets after it."""
    parts = [*attribution.source, *attribution.cue]
    if not parts:
        return None
    first, last = min(p.start for p in parts), max(p.end for p in parts)
    for mention in known.between(first, last + _TOLD_TO):
        if mention.form != "pronoun" and _is_way(layout.text, attribution, mention, first):
            outlet = _outlet(layout.text, mention, known)
            if outlet:
                return outlet
    return _citing(layout, attribution, known) or _in_brackets(layout, attribution, known)


def _is_way(text: str, attribution: Attribution, mention: Mention, first: int) -> bool:
    """Whether a mention stands right after a word of telling, or `on` after the cue."""
    start = mention.span.start
    if _TELLING_TO.search(text[max(first, start - _TOLD_TO) : start]):
        return True
    return any(cue.end <= start and _SAID_ON.fullmatch(text, cue.end, start) for cue in attribution.cue)


def _outlet(text: str, mention: Mention, known: Mentioned) -> Span | None:
    """The span naming the outlet that a mention means, None where it means none; `the paper` by its name if any."""
    own = [mention] if mention.form == "name" else known.names.get(mention.entity, [])
    for name in own:
        words = text[slice(*name.span)]
        if source_type(words, [(words, name.type)]) == "outlet":
            return name.span
    words = text[slice(*mention.span)]
    return mention.span if mention.form == "nominal" and source_type(words) == "outlet" else None


def _citing(layout: Layout, attribution: Attribution, known: Mentioned) -> Span | None:
    """The outlet that cites the source: the last one before a cue of citing, in its sentence."""
    cue = next((c for c in attribution.cue if _CITING.search(layout.text[slice(*c)])), None)
    if cue is None:
        return None
    near = [
        m
        for m in known.between(_sentence_start(layout, cue.start), cue.start)
        if m.form != "pronoun" and not any(overlap(m.span, source) for source in attribution.source)
    ]
    found = [outlet for m in near if (outlet := _outlet(layout.text, m, known))]
    return found[-1] if found else None


def _in_brackets(layout: Layout, attribution: Attribution, known: Mentioned) -> Span | None:
    """The outlet in brackets after the source, in the cue's sentence: `two people said it fell (Northern Post)`."""
    if not attribution.source:
        return None
    after = attribution.source[-1].end
    last = min(layout.sentences[layout.sentence_at(after)].end, after + SIGHT)
    text = layout.text
    for mention in known.names_between(after, last):
        opened = re.search(r"\((?:via |source: )?(?:the )?$", text[after : mention.span.start], re.IGNORECASE)
        if opened and text[mention.span.end : mention.span.end + 1] == ")":
            return _outlet(text, mention, known)
    return None
