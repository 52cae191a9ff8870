"""What somebody's words tell that others said: found, and given to its speaker, by the parse.

The link head sees few attributions inside attributions, and likes to give the outer one's source to the inner one too.
The parse tells them apart: in "Ann said Bo told her it leaks" the subject of "told" stands inside what Ann said, and
its clause is what Bo told; so do nouns of saying with an owner and a clause ("the mayor's claim that it leaks").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tellings.records import Attribution, Span, Word

_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
_VERBS = frozenset({"VERB", "AUX"})
_ENDINGS = "(?:e|es|s|ed|d|ing|ied|ies|y|ying|ting|ted|ped|ping|red|ring)?"
_TELLING = re.compile(
    r"(?:said|say(?:s|ing)?|told|tell(?:s|ing)?|wrote|writ(?:e|es|ing)|tweet(?:s|ed|ing)?|swor(?:e|n)|swear(?:s|ing)?|"
    r"(?:claim|den|report|announc|acknowledg|confirm|insist|argu|admi|warn|promis|pledg|vow|testif|"
    r"assur|alleg|explain|stat|add|ask|declar|reveal|instruct|inform|threaten|contend|maintain|conced|predict|"
    r"propos|suggest|recommend|request|demand|urg|order|brief|accus|complain|assert|boast|brag|reiterat|emphasi[sz]|"
    r"stress|disclos|caution|remind|repl|respond|recall|recount|describ|dismiss|reject|disput|disagre|yell|shout|"
    r"scream|joke|question|mention|advis|convey|relay|indicat|proclaim|profess|plead|confess|"
    r"not|apologi[sz])" + _ENDINGS + ")",
    re.IGNORECASE,
)
"""Forms of the verbs that tell of saying,"""
_OBJECT_TOLD = re.compile(
    r"(?:den|announc|promis|pledg|demand|acknowledg|confirm|alleg|describ|dismiss|reject|disput|recount|propos|"
    r"predict|recommend|reveal|disclos|question|recall)" + _ENDINGS,
    re.IGNORECASE,
)
"""and those of them whose bare object is what is told."""
_TOLD_NOUN = re.compile(
    r"(?:claim|statement|vow|promise|pledge|insistence|assertion|allegation|warning|threat|demand|announcement|"
    r"denial|declaration|admission|complaint|accusation|suggestion|testimony|contention|request|order|report)s?",
    re.IGNORECASE,
)
"""Nouns of saying, with whose they are and a clause."""
_LEAST_TOLD = 2
"""Words that what somebody is found to tell by the parse alone must have: "to leave"."""
_NO_NAME = frozenset({"acl:relcl", "parataxis", "punct", "appos", "cc", "conj"})
"""What hangs on a noun and is no part of the phrase that names a source."""
_CLAUSES = frozenset({"ccomp", "xcomp"})
_SELF = frozenset({"i", "we", "me", "us"})
_NOBODY = frozenset({"all", "the", "anyone", "anybody", "nobody", "whoever", "what", "you", "one"})
"""Subjects who tell nothing that was told: the speaker himself, and nobody in particular."""
_NOT_SAID = frozenset(
    {"would", "will", "could", "should", "might", "may", "can", "must", "to", "if", "unless", "whether"}
    | {"not", "n't", "never"}
)
"""Words on a verb of saying by which it has not been said."""
_INNER_SCORE = 0.5
"""The score of an attribution that the parse alone shows."""


def with_subjects(text: str, attributions: Sequence[Attribution], words: Sequence[Word]) -> tuple[Attribution, ...]:
    """The attributions, the inner ones with the subject of their cue as source where it stands inside the outer one.

    After them come those inside their contents that the parse alone shows. `words` are the reading's syntactic words
    in text order, with their heads.
    """
    children: dict[int, list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        if word.head is not None:
            children[word.head].append(number)
    starts = [word.span.start for word in words]
    given = [_with_subject(one, attributions, words, children, starts) for one in attributions]
    given = _with_clauses(text, given, words, children, starts)
    return (*given, *_inner(text, given, words, children, starts))


def _with_clauses(
    text: str,
    attributions: Sequence[Attribution],
    words: Sequence[Word],
    children: dict[int, list[int]],
    starts: list[int],
) -> list[Attribution]:
    """The attributions, each with the clause that hangs on its verb of saying where no content has it."""
    taken = bytearray(len(words))
    for one in attributions:
        for span in (*one.content, *one.source):
            inside = _between(starts, span)
            taken[inside.start : inside.stop] = b"\1" * len(inside)
    found = []
    for one in attributions:
        verbs = [n for span in one.cue for n in _between(starts, span) if words[n].upos == "VERB"]
        clauses = [
            _whole(child, words, children)
            for n in verbs
            if _TELLING.fullmatch(text, *words[n].span)
            for child in children[n]
            if words[child].relation == "ccomp"
        ]
        free = [span for span in clauses if not any(taken[n] for n in _between(starts, span))]
        found.append(replace(one, content=tuple(sorted((*one.content, *free)))) if free else one)
    return found


def _inner(
    text: str,
    attributions: Sequence[Attribution],
    words: Sequence[Word],
    children: dict[int, list[int]],
    starts: list[int],
) -> Iterator[Attribution]:
    """Attributions inside the contents of others that a verb of saying with subject and clause shows."""
    cues = {n for one in attributions for span in one.cue for n in _between(starts, span)}
    order = sorted(
        range(len(attributions)), key=lambda n: sum(span.end - span.start for span in attributions[n].content)
    )
    seen: set[int] = set()
    for number in order:  # the innermost content first
        for n in (n for span in attributions[number].content for n in _between(starts, span)):
            if n in seen or n in cues:
                continue
            seen.add(n)
            found = _told(text, n, attributions[number].content, words, children)
            if found:
                yield Attribution((found[0],), (words[n].span,), (found[1],), "indirect", None, number, _INNER_SCORE)


def _told(
    text: str, number: int, outer: Sequence[Span], words: Sequence[Word], children: dict[int, list[int]]
) -> tuple[Span, Span] | None:
    """Source and content of a word of saying, both inside the content it stands in; None where it lacks one."""
    word = text[slice(*words[number].span)]
    if words[number].upos == "NOUN" and _TOLD_NOUN.fullmatch(word):
        subject, told = _owner(number, words, children), _of_noun(number, words, children)
    elif words[number].upos == "VERB" and _TELLING.fullmatch(word) and not _is_open(text, number, words, children):
        subject, told = _teller(text, number, words, children), _of_verb(text, number, words, children)
    else:
        return None
    if subject is None or told is None or text[slice(*words[subject].span)].lower() in _SELF | _NOBODY:
        return None
    source, content = _phrase(subject, words, children, number), _whole(told, words, children)
    if source.start < content.end and content.start < source.end:
        return None
    if len(text[slice(*content)].split()) < _LEAST_TOLD:
        return None
    return (source, content) if _inside(source, outer) and _inside(content, outer) else None


def _is_open(text: str, number: int, words: Sequence[Word], children: dict[int, list[int]]) -> bool:
    """Whether a verb of saying is only wished, feared or supposed, by a word of grammar on it."""
    marks = (n for n in children[number] if words[n].relation in {"aux", "mark", "advmod"})
    return any(text[slice(*words[n].span)].lower().replace("’", "'") in _NOT_SAID for n in marks)


def _of_verb(text: str, number: int, words: Sequence[Word], children: dict[int, list[int]]) -> int | None:
    """The head of what a verb tells: its clause, or for some its object, or what was called for."""
    below = children[number]
    word = text[slice(*words[number].span)]
    clause = next((n for n in below if words[n].relation in _CLAUSES and words[n].upos != "ADP"), None)
    if clause is not None:
        return clause
    if _OBJECT_TOLD.fullmatch(word):
        return next((n for n in below if words[n].relation == "obj"), None)
    return None


def _of_noun(number: int, words: Sequence[Word], children: dict[int, list[int]]) -> int | None:
    """The clause that says what a noun of saying tells."""
    below = (n for n in children[number] if words[n].relation in {"acl", "ccomp"})
    return next((n for n in below if _is_clause(n, words, children)), None)


def _is_clause(number: int, words: Sequence[Word], children: dict[int, list[int]]) -> bool:
    return any(words[n].relation == "mark" for n in children[number])


def _owner(number: int, words: Sequence[Word], children: dict[int, list[int]]) -> int | None:
    """Whose word a noun of saying is: its possessor."""
    return next((n for n in children[number] if words[n].relation == "nmod:poss"), None)


def _teller(text: str, number: int, words: Sequence[Word], children: dict[int, list[int]]) -> int | None:
    """Who tells by a verb: its subject, that of the verb it is joined to or hangs on, or the noun it tells more of."""
    seen: set[int] = set()
    at: int | None = number
    while at is not None and at not in seen:
        seen.add(at)
        below = children[at]
        passive = any(words[n].relation == "aux:pass" for n in below)
        if passive and at == number:
            return next((n for n in below if words[n].relation == "obl:agent"), None)
        own = next((n for n in below if words[n].relation in _SUBJECTS), None)
        relation, head = words[at].relation, words[at].head
        if own is not None:
            relative = relation == "acl:relcl" and text[slice(*words[own].span)].lower() in {"who", "which", "that"}
            return head if relative else own
        if relation in {"acl", "acl:relcl"} and text[slice(*words[at].span)].lower().endswith("ing"):
            return head
        hangs = relation in {"conj", "xcomp", "advcl"} and head is not None and words[head].upos in _VERBS
        at = head if hangs else None
    return None


def _whole(number: int, words: Sequence[Word], children: dict[int, list[int]]) -> Span:
    """A word with all that hangs on it."""
    found, waiting = {number}, [number]
    while waiting:
        more = children[waiting.pop()]
        found.update(more)
        waiting.extend(more)
    return Span(min(words[n].span.start for n in found), max(words[n].span.end for n in found))


def _between(starts: list[int], span: Span) -> range:
    """The words that begin inside a span."""
    return range(bisect_left(starts, span.start), bisect_left(starts, span.end))


def _with_subject(
    one: Attribution,
    attributions: Sequence[Attribution],
    words: Sequence[Word],
    children: dict[int, list[int]],
    starts: list[int],
) -> Attribution:
    if one.parent is None:
        return _with_near_subject(one, words, children, starts)
    outer = attributions[one.parent].content
    if one.source and _inside(one.source[0], outer):
        return one
    inside = [n for span in one.cue for n in _between(starts, span)]
    subject = next((found for n in inside if (found := _subject(n, words, children)) is not None), None)
    if subject is None:
        return one
    span = _phrase(subject, words, children)
    content = _without(one.content, span)
    return replace(one, source=(span,), content=content) if _inside(span, outer) and content is not None else one


def _with_near_subject(
    one: Attribution, words: Sequence[Word], children: dict[int, list[int]], starts: list[int]
) -> Attribution:
    """At the account's level: who the cue names with "by", or its subject where the source was sought further away."""
    inside = [n for span in one.cue for n in _between(starts, span)]
    said_by = [n for span in one.source for n in _between(starts, span)]
    agent = next((child for n in inside for child in children[n] if words[child].relation == "obl:agent"), None)
    far = bool(inside and said_by) and _root(said_by[0], words) != _root(inside[0], words)
    subject = agent
    if subject is None and far:
        subject = next((found for n in inside if (found := _subject(n, words, children)) is not None), None)
    if subject is None or subject in said_by or words[subject].upos not in _NAMING:
        return one
    span = _phrase(subject, words, children)
    told = any(span.start < part.end and part.start < span.end for part in one.content)
    return one if told else replace(one, source=(span,))


_NAMING = frozenset({"NOUN", "PROPN"})


def _root(number: int, words: Sequence[Word]) -> int:
    """The word that a word's sentence hangs on."""
    seen = {number}
    while (head := words[number].head) is not None and head not in seen:
        seen.add(head)
        number = head
    return number


def _without(content: Sequence[Span], source: Span) -> tuple[Span, ...] | None:
    """A content with the words of its source off its edge ("“We stay,” he" said); None where they stand within."""
    kept = []
    for part in content:
        apart = part.start >= source.end or source.start >= part.end
        if not apart and (source.end != part.end or source.start <= part.start):
            return None
        kept.append(part if apart else Span(part.start, source.start - 1))
    return tuple(kept)


def _subject(number: int, words: Sequence[Word], children: dict[int, list[int]]) -> int | None:
    """The subject of a verb, or of the verb it is joined to by "and"."""
    if words[number].upos not in _VERBS:
        return None
    own = next((n for n in children[number] if words[n].relation in _SUBJECTS), None)
    if own is not None:
        return own
    head = words[number].head
    if words[number].relation == "conj" and head is not None and words[head].upos in _VERBS:
        return next((n for n in children[head] if words[n].relation in _SUBJECTS), None)
    return None


def _phrase(number: int, words: Sequence[Word], children: dict[int, list[int]], cue: int | None = None) -> Span:
    """A word with all that hangs on it, but for what stands after a comma, a relative clause, and the `cue` itself."""
    found, waiting = {number}, [number]
    while waiting:
        for child in children[waiting.pop()]:
            leads_in = words[child].relation == "case" and child < number
            if child != cue and not leads_in and words[child].relation not in _NO_NAME:
                found.add(child)
                waiting.append(child)
    return Span(min(words[n].span.start for n in found), max(words[n].span.end for n in found))


def _inside(span: Span, parts: Sequence[Span]) -> bool:
    return any(part.start <= span.start and span.end <= part.end for part in parts)
