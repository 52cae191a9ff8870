"""What one account calls somebody: names, titles, appositions, adjectives, predicates and phrases, by the parse.

A label is a stretch of the account's text. What is denied ("is not a crook") and what is asked is no label.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tellings.comparing.speakers import TITLES
from tellings.comparing.words import listed, words
from tellings.records import LabelKind, Mention, Reading, Span

_JOINED = frozenset({"compound", "nmod:desc", "flat", "amod", "nmod:unmarked", "nummod", "punct", "nmod", "appos"})
"""Relations by which a word before a name may belong to it, or the name to the word before it."""
_INSIDE = frozenset({"det", "amod", "compound", "nummod", "nmod:poss", "nmod", "case", "flat", "nmod:desc", "advmod"})
_APPOSED = _INSIDE | {"conj", "cc"}
"""Relations whose words stand in the phrase of a predicate, and of an apposition."""
_HYPHENS = frozenset("-‐‑–")
_ADDRESS = listed("mr mr. mrs mrs. ms ms. miss m. mme")
_PLAIN = listed(
    """former late other same several many few own first second third last next new old various more most such then
    whole entire different certain local"""
)
"""Adjectives that say nothing of whom they stand with by themselves."""
_OF_A_FIELD = listed(
    """national federal general public political social medical military foreign financial legal economic executive
    senior deputy vice chief prime top attorney civil criminal domestic international presidential congressional
    republican democratic american british french german russian chinese european electoral judicial environmental
    assistant associate acting managing interim nuclear racial sexual religious academic central southern northern
    eastern western regional state human mental digital cultural corporate recent recently early previous current
    future past main major minor high low big small large long short full lone sole single double young white black
    right left global provincial statistical industrial agricultural scientific professional special inspector
    communist islamic catholic christian jewish muslim little great good"""
)
"""Adjectives that say of what field or rank something is, or are too plain to colour it."""
_NOBODY = listed(
    "someone somebody anyone anybody everyone everybody nobody one same way reason thing problem question case"
)
"""What somebody is said to be that is no label."""
_FUNCTION = listed(
    "the a an at of in on for by with from to and or but as that this these those his her its their our my"
)
_CALLING = listed("call calls called calling label labels labeled labelled brand brands branded dub dubs dubbed")
_STATES = listed(
    """able unable sure unsure glad happy sad sorry ready willing unwilling likely unlikely due okay ok fine safe alone
    dead alive well ill sick injured hurt present absent available aware unaware certain uncertain right wrong true
    false clear worried concerned afraid scared surprised shocked disappointed excited proud tired busy free home late
    early
    old young pregnant enough available responsible subject known unknown next back here there possible impossible
    open closed active involved missing guilty eligible married single unable good bad better worse best worst"""
)
"""Adjectives that tell how somebody is doing, or of what he is capable, more than what he is called."""
_SMALL_ADVERBS = listed("also now still just even again already yet then always often certainly probably")
_SELF = listed("i we you it this that there")
_COMPLETED = frozenset({"ccomp", "xcomp", "advcl", "obl", "aux", "mark", "csubj", "obl:unmarked", "obj"})
_AS_SAID = listed(
    """describe describes described describing denounce denounces denounced denouncing dismiss dismisses dismissed
    dismissing hail hails hailed hailing characterize characterizes characterized characterizing decry decried"""
)
_AS = _AS_SAID | listed(
    """portray portrays portrayed portraying cast casts casting paint paints painted painting position positions
    positioned positioning present presents presented presenting depict depicts depicted depicting frame frames framed
    framing establish established establishing cement cemented cementing"""
)
"""Verbs that say what somebody is by "as", the first by telling of what was said of him."""
_ASKING_WORDS = listed("what which whose who no any")
_ASKING = "?"
_LONGEST = 16
"""Words of an apposition or a predicate beyond which it is a sentence misread."""
_LONGEST_TITLE = 8


class Use(NamedTuple):
    """One label: the number of the account's entity, where it stands, and how; `by` is who is told to say it, if so."""

    entity: int
    span: Span
    kind: LabelKind
    by: Span | None = None


def labels(reading: Reading) -> tuple[Use, ...]:
    """Every label of every entity of an account, in text order; one stretch is one label of an entity."""
    parsed = Parsed(reading)
    found = {(use.entity, use.span): use for use in reversed(list(_all(parsed)))}
    return tuple(sorted(found.values(), key=lambda use: (use.span, use.entity)))


def _all(parsed: Parsed) -> Iterator[Use]:
    """Labels, those that say most of how they stand first."""
    reading = parsed.reading
    taken: list[Span] = []
    for number in range(len(reading.mentions)):
        found = [*_titles(parsed, number), *_appositions(parsed, number), *_predicates(parsed, number)]
        taken += [use.span for use in found if use.kind in {"title", "apposition"}]
        yield from found
    starts = {span.start for span in taken}
    for mention in reading.mentions:
        if mention.form == "name":
            if not is_title(parsed.text, mention):
                yield Use(mention.entity, mention.span, "name")
        elif mention.form == "nominal" and mention.span.start not in starts and _is_whole(parsed, mention):
            yield Use(mention.entity, mention.span, "nominal")
            yield from _modifiers(parsed, mention.entity, mention.span)


def is_title(text: str, mention: Mention) -> bool:
    """Whether what was taken for a person's name is only a title ("Sen")."""
    return mention.type == "PER" and {word.key for word in words(text, mention.span)} <= TITLES


def _is_whole(parsed: Parsed, mention: Mention) -> bool:
    """Whether a phrase says whom it means: it has a word before its head, or is a plural, and runs up to no name."""
    inside = parsed.inside(mention.span)
    if not inside or parsed.before_name(mention) or parsed.word(inside.start).lower() in _ASKING_WORDS:
        return False
    return len(inside) > 1 or parsed.text[mention.span.start : mention.span.end].endswith("s")


class Parsed:
    """A reading with what the labels need of its parse: words by place, children, mentions by their head word."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.text, self.words = reading, reading.account.text, reading.words
        self.starts = [word.span.start for word in self.words]
        self.children: list[list[int]] = [[] for _ in self.words]
        for n, word in enumerate(self.words):
            if word.head is not None:
                self.children[word.head].append(n)
        self.heads = [self.head_of(mention.span) for mention in reading.mentions]
        self.mention_at = {head: n for n, head in enumerate(self.heads) if head is not None}
        self.names_at = {m.span.start for m in reading.mentions if m.form == "name"}
        self.named = {at: n for n, m in enumerate(reading.mentions) if m.form == "name" for at in self.inside(m.span)}

    def inside(self, span: Span) -> range:
        """The words that begin in a span."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def head_of(self, span: Span) -> int | None:
        """The word of a span whose governor stands outside."""
        inside = self.inside(span)
        return next((n for n in inside if self.words[n].head not in inside), None)

    def word(self, n: int) -> str:
        """The n-th word as it stands in the text."""
        span = self.words[n].span
        return self.text[span.start : span.end]

    def span(self, first: int, last: int) -> Span:
        """From the first to the last of some words."""
        return Span(self.words[first].span.start, self.words[last].span.end)

    def has(self, n: int, *relations: str) -> bool:
        """Whether something hangs on a word by one of some relations."""
        return any(self.words[child].relation in relations for child in self.children[n])

    def before_name(self, mention: Mention) -> bool:
        """Whether a phrase runs up to a name, so that it is what stands before it."""
        return mention.span.end + 1 in self.names_at and self.text[mention.span.end] == " "

    def phrase(self, head: int, relations: frozenset[str], least: int) -> Span | None:
        """The unbroken stretch of a word with what hangs on it by some relations, from the word `least` on."""
        held = {head}
        waiting = [head]
        while waiting:
            for child in self.children[waiting.pop()]:
                kept = self.words[child].relation in relations or self._hyphen(child)
                kept = kept and (self.words[child].relation != "advmod" or child < head)
                if child >= least and child not in held and kept:
                    held.add(child)
                    waiting.append(child)
        first, last = head, head
        while first - 1 in held:
            first -= 1
        while last + 1 in held:
            last += 1
        while first < head and self.words[first].upos in {"ADP", "ADV", "CCONJ", "PUNCT", "SCONJ"}:
            first += 1
        while last > head and self.words[last].relation in {"cc", "case", "punct", "det"}:
            last -= 1
        return self.span(first, last) if last - first < _LONGEST else None

    def _hyphen(self, n: int) -> bool:
        return self.word(n) in _HYPHENS


def _titles(parsed: Parsed, number: int) -> Iterator[Use]:
    """What stands right before a name and belongs to it: a title, or adjectives alone."""
    mention, words = parsed.reading.mentions[number], parsed.words
    inside = parsed.inside(mention.span)
    if mention.form != "name" or not inside:
        return
    first = inside.start
    while first > 0 and inside.start - first < _LONGEST_TITLE and _belongs(parsed, first - 1, inside):
        first -= 1
    first = _with_of(parsed, first, inside.start)
    while first < inside.start and (words[first].upos == "PUNCT" or parsed.word(first).lower() in _ADDRESS):
        first += 1
    if first == inside.start or not _adjoins(parsed, first, inside.start):
        return
    span = parsed.span(first, inside.start - 1)
    noun = any(words[n].upos in {"NOUN", "PROPN"} for n in range(first, inside.start))
    if mention.type != "PER" and not parsed.word(inside.start - 1).islower():
        return  # "Lodestar Bank", cut in two
    if mention.type in {"PER", "ORG"}:
        yield Use(mention.entity, span, "title" if noun else "modifier")
        yield from _modifiers(parsed, mention.entity, span) if noun else ()


def _with_of(parsed: Parsed, first: int, end: int) -> int:
    """Where a title begins that goes on before an "of" ("chief of staff", "Secretary of State")."""
    words = parsed.words
    if first < 2 or first == end or parsed.word(first - 1) != "of" or words[first - 2].upos not in {"NOUN", "PROPN"}:
        return first
    if (words[first - 1].head or end) >= end or parsed.word(end - 1).lower() in TITLES:
        return first  # "a critic of President Lind"
    first -= 2
    while first > 0 and words[first - 1].relation in {"amod", "compound"} and _is_plain_word(parsed, first - 1):
        first -= 1
    return first


def _is_plain_word(parsed: Parsed, n: int) -> bool:
    return parsed.words[n].upos in {"NOUN", "PROPN", "ADJ"} and parsed.word(n).lower() not in _FUNCTION


def _belongs(parsed: Parsed, n: int, name: range) -> bool:
    """Whether a word before a name is governed by it, or by a noun right before it that governs it."""
    word, above = parsed.words[n], parsed.words[name.start].head
    joined = parsed.words[name.start].relation in _JOINED and (above or name.start) < name.start
    if parsed.word(n).lower() in _FUNCTION or parsed.word(n) in "()[]/|":
        return False
    if word.upos not in {"NOUN", "PROPN", "ADJ", "NUM", "X"} and word.relation != "amod":
        return word.upos == "PUNCT" and parsed.word(n) in _HYPHENS and parsed.text[word.span.start - 1] != " "
    at: int | None = n
    for _ in range(4):
        if at is None or at in name or (joined and at == above) or _is_twin(parsed, at, name):
            return at is not None
        if parsed.words[at].relation not in _JOINED:
            return False
        at = parsed.words[at].head
    return False


def _is_twin(parsed: Parsed, n: int, name: range) -> bool:
    """Whether the parse hangs a noun right before a name where it hangs the name ("frontrunner Ana Lind came")."""
    word, first = parsed.words[n], parsed.words[name.start]
    same = word.head is not None and (word.head, word.relation) == (first.head, first.relation)
    return n == name.start - 1 and word.upos == "NOUN" and same and word.relation in {"nsubj", "obj"}


def _adjoins(parsed: Parsed, first: int, end: int) -> bool:
    """Whether words follow each other with nothing but spaces and hyphens between, in one line."""
    between = parsed.text[parsed.words[first].span.start : parsed.words[end].span.start]
    return "\n" not in between


def _appositions(parsed: Parsed, number: int) -> Iterator[Use]:
    """Phrases apposed to a mention, and the phrase that a name is apposed to."""
    mention, head = parsed.reading.mentions[number], parsed.heads[number]
    if head is None or mention.form == "pronoun":
        return
    for child in parsed.children[head]:
        if parsed.words[child].relation == "appos" and child > head and child not in parsed.named:
            span = parsed.phrase(child, _APPOSED, head + 1)
            noun = parsed.words[child].upos in {"NOUN", "PROPN", "ADJ"} and not _is_name(parsed, span)
            if span and noun and len(parsed.inside(span)) > 1:
                yield Use(mention.entity, span, "apposition")
                yield from _modifiers(parsed, mention.entity, span)
    above = parsed.words[head].head
    if mention.form != "name" or parsed.words[head].relation != "appos" or above is None or above in parsed.named:
        return
    if above < head and parsed.words[above].upos in {"NOUN", "PROPN"}:
        held = parsed.phrase(above, _INSIDE, 0)
        near = held is not None and 0 < mention.span.start - held.end <= len(", ")
        if held and near and len(parsed.inside(held)) > 1:
            yield Use(mention.entity, held, "apposition")
            yield from _modifiers(parsed, mention.entity, held)


def _is_name(parsed: Parsed, span: Span | None) -> bool:
    return span is not None and any(n in parsed.named for n in list(parsed.inside(span))[:1])


def _predicates(parsed: Parsed, number: int) -> Iterator[Use]:
    """What a mention is said to be by a copula, and what somebody is told to call it."""
    mention, head = parsed.reading.mentions[number], parsed.heads[number]
    above = parsed.words[head].head if head is not None else None
    if head is None or above is None or above in parsed.named:
        return
    told = parsed.words[above]
    if parsed.words[head].relation in {"nsubj", "nsubj:outer"}:
        copula = next((n for n in parsed.children[above] if parsed.words[n].relation == "cop"), None)
        by = None
        verb = told.head
        if copula is None and verb is not None and told.relation in {"ccomp", "xcomp"}:
            by = _caller(parsed, verb)
        least = head + 1 if copula is None else copula + 1
        if (copula is not None or by) and above >= least:
            yield from _predicate(parsed, mention.entity, above, least, by)
        if copula is not None and told.upos == "ADJ" and not by and above > copula:
            yield from _quality(parsed, mention, head, above, copula)
    elif parsed.words[head].relation == "obj" and parsed.word(above).lower() in _AS:
        yield from _as_what(parsed, mention.entity, head, above)
    elif parsed.words[head].relation == "obj" and (by := _caller(parsed, above)):
        for child in parsed.children[above]:
            if parsed.words[child].relation == "xcomp" and child > head:
                yield from _predicate(parsed, mention.entity, child, head + 1, by)


def _quality(parsed: Parsed, mention: Mention, head: int, at: int, copula: int) -> Iterator[Use]:
    """An adjective that somebody is said to be, with its adverbs ("quite charming"); not how he is doing."""
    said = parsed.word(at).lower()
    plain = said in _STATES | _PLAIN | _OF_A_FIELD or parsed.word(head).lower() in _SELF or parsed.has(at, "det")
    told = mention.type == "PER" and not parsed.has(at, *_COMPLETED) and not said.endswith("ed")
    if told and not plain and not _is_denied(parsed, at) and not _is_asked(parsed, at):
        adverbs = [n for n in parsed.children[at] if parsed.words[n].relation == "advmod" and copula < n < at]
        adverbs = [n for n in adverbs if parsed.word(n).lower() not in _SMALL_ADVERBS]
        first = min([at, *(n for n in adverbs if set(range(n, at)) <= set(adverbs))])
        yield Use(mention.entity, parsed.span(first, at), "predicate")


def _as_what(parsed: Parsed, entity: int, head: int, verb: int) -> Iterator[Use]:
    """What a verb says by "as" that its object is ("cast her as a rebel")."""
    by = _subject(parsed, verb) if parsed.word(verb).lower() in _AS_SAID else None
    for child in parsed.children[verb]:
        case = next((n for n in parsed.children[child] if parsed.words[n].relation in {"case", "mark"}), None)
        if child > head and case is not None and parsed.word(case).lower() == "as" and not _is_denied(parsed, verb):
            span = parsed.phrase(child, _INSIDE, case + 1)
            if span and parsed.words[child].upos in {"NOUN", "PROPN"} and parsed.word(child).lower() not in _NOBODY:
                yield Use(entity, span, "predicate", by)
                yield from (use._replace(by=by) for use in _modifiers(parsed, entity, span))


def _caller(parsed: Parsed, verb: int) -> Span | None:
    """The subject of a verb of calling."""
    if parsed.word(verb).lower() not in _CALLING or _is_denied(parsed, verb):
        return None
    return _subject(parsed, verb)


def _subject(parsed: Parsed, verb: int) -> Span | None:
    subject = next((n for n in parsed.children[verb] if parsed.words[n].relation == "nsubj"), None)
    return parsed.phrase(subject, _INSIDE, 0) if subject is not None else None


def _predicate(parsed: Parsed, entity: int, head: int, least: int, by: Span | None) -> Iterator[Use]:
    word = parsed.words[head]
    noun = word.upos in {"NOUN", "PROPN"} or (word.upos == "ADJ" and parsed.has(head, "det"))
    noun = noun and parsed.word(head).lower() not in _NOBODY
    if not noun or _is_denied(parsed, head) or _is_asked(parsed, head) or parsed.has(head, "mark", "case"):
        return
    span = parsed.phrase(head, _INSIDE, least)
    if span:
        yield Use(entity, span, "predicate", by)
        yield from (use._replace(by=by) for use in _modifiers(parsed, entity, span))


def _is_denied(parsed: Parsed, head: int) -> bool:
    said = {parsed.word(child).lower() for child in parsed.children[head]}
    return bool(said & {"not", "n't", "n’t", "never", "no", "hardly", "neither"})


def _is_asked(parsed: Parsed, head: int) -> bool:
    at = bisect_right(parsed.reading.sentences, (parsed.words[head].span.start, len(parsed.text))) - 1
    if at < 0:
        return False
    sentence = parsed.reading.sentences[at]
    return _ASKING in parsed.text[sentence.start : sentence.end][-3:]


def _modifiers(parsed: Parsed, entity: int, span: Span) -> Iterator[Use]:
    """Adjectives of a phrase, each with what hangs on it by hyphens."""
    inside, head = parsed.inside(span), parsed.head_of(span)
    for n in inside:
        word = parsed.words[n]
        plain = parsed.word(n).lower() in _PLAIN | _OF_A_FIELD or parsed.word(n)[:1].isupper()
        if word.relation == "amod" and word.head == head and word.upos in {"ADJ", "VERB"} and not plain:
            held = _hyphened(parsed, n, inside)
            if held != span and held.end < span.end and parsed.word(n).strip("-‐‑–"):
                yield Use(entity, held, "modifier")


def _hyphened(parsed: Parsed, n: int, inside: Sequence[int]) -> Span:
    """A word with the words that hang on it by hyphens."""
    first, last = n, n
    while first - 2 in inside and parsed.word(first - 1) in _HYPHENS:
        first -= 2
    while last + 2 in inside and parsed.word(last + 1) in _HYPHENS:
        last += 2
    return parsed.span(first, last)
