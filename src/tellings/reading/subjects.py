"""Who says what somebody else's words tell: the subject of the inner cue, where it stands in those words.

The link head sees few attributions inside attributions, and likes to give the outer one's source to the inner one too.
The parse tells them apart: in "Ann said Bo told her" the subject of "told" stands inside what Ann said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tellings.records import Attribution, Span, Word

_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
_VERBS = frozenset({"VERB", "AUX"})


def with_subjects(attributions: Sequence[Attribution], words: Sequence[Word]) -> tuple[Attribution, ...]:
    """The attributions, the inner ones with the subject of their cue as source where it stands inside the outer one.

    `words` are the reading's syntactic words in text order, with their heads.
    """
    children: dict[int, list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        if word.head is not None:
            children[word.head].append(number)
    starts = [word.span.start for word in words]
    return tuple(_with_subject(one, attributions, words, children, starts) for one in attributions)


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
    inside = [n for span in one.cue for n in range(bisect_left(starts, span.start), bisect_left(starts, span.end))]
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
