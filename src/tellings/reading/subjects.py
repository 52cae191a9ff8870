"""What somebody's words tell that others said: found, and given to its speaker, by the parse.

The link head sees few attributions inside attributions, and likes to give the outer one's source to the inner one too.
The parse tells them apart: in "Ann said Bo told her it leaks" the subject of "told" stands inside what Ann said, and
its clause is what Bo told.
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
_TELLING = re.compile(
    r"(?:said|say(?:s|ing)?|told|tell(?:s|ing)?|claim(?:ed|s|ing)?|den(?:y|ied|ies|ying)|report(?:ed|s)|wrote|writes|"
    r"announce[ds]|acknowledge[ds]|confirm(?:ed|s)|insist(?:ed|s)|argue[ds]|admit(?:ted|s)|warn(?:ed|s)|promise[ds]|"
    r"testif(?:ied|ies)|assured|allege[ds]|explain(?:ed|s)|state[ds]|added|ask(?:ed|s|ing)|declare[ds]|reveal(?:ed|s)|"
    r"instructed|informed)",
    re.IGNORECASE,
)
"""Forms of the verbs that surely tell of saying, with a clause."""
_CLAUSES = frozenset({"ccomp", "xcomp"})
_SELF = frozenset({"i", "we", "me", "us"})
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
    return (*given, *_inner(text, given, words, children, starts))


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
            if n in seen or n in cues or not _TELLING.fullmatch(text, *words[n].span):
                continue
            seen.add(n)
            found = _told(text, n, attributions[number].content, words, children)
            if found:
                yield Attribution((found[0],), (words[n].span,), (found[1],), "indirect", None, number, _INNER_SCORE)


def _told(
    text: str, number: int, outer: Sequence[Span], words: Sequence[Word], children: dict[int, list[int]]
) -> tuple[Span, Span] | None:
    """Source and content of a verb of saying, both inside the content it stands in; None where it lacks one."""
    subject = _subject(number, words, children)
    clause = next((n for n in children[number] if words[n].relation in _CLAUSES and n > number), None)
    if subject is None or clause is None or text[slice(*words[subject].span)].lower() in _SELF:
        return None
    source, content = _phrase(subject, words, children), _whole(clause, words, children)
    return (source, content) if _inside(source, outer) and _inside(content, outer) else None


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
        return one
    outer = attributions[one.parent].content
    if one.source and _inside(one.source[0], outer):
        return one
    inside = [n for span in one.cue for n in _between(starts, span)]
    subject = next((found for n in inside if (found := _subject(n, words, children)) is not None), None)
    if subject is None:
        return one
    span = _phrase(subject, words, children)
    told = any(span.start < part.end and part.start < span.end for part in one.content)
    return replace(one, source=(span,)) if _inside(span, outer) and not told else one


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


def _phrase(number: int, words: Sequence[Word], children: dict[int, list[int]]) -> Span:
    """A word with all that hangs on it, but for what stands after a comma or a relative clause."""
    found, waiting = {number}, [number]
    while waiting:
        for child in children[waiting.pop()]:
            if words[child].relation not in {"acl:relcl", "parataxis", "punct", "appos", "cc", "conj"}:
                found.add(child)
                waiting.append(child)
    return Span(min(words[n].span.start for n in found), max(words[n].span.end for n in found))


def _inside(span: Span, parts: Sequence[Span]) -> bool:
    return any(part.start <= span.start and span.end <= part.end for part in parts)
