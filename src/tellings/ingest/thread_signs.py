"""Whether a plain text without marks between posts reads like several people's.

Signs of talk between people who write to each other, each rare in articles; one alone says nothing. They were chosen on
half of the articles of five corpora (PolNeAR dev, AllSides, GVA, Giveme5W1H, WCXB dev): 3 of 2,314 are taken for
threads, and 2 of the 2,316 of the other half. They miss much: of 110 texts of question and answer in the English Web
Treebank they find 6, most of which are two short paragraphs.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tellings.ingest.nested import nested_voices

_LOOKED_AT = 60_000
_ENOUGH = 3
_NEEDED = "views in the first person"
_GAP = re.compile(r"(?:\n[ \t]*){4}(?=\S)")  # the last of its empty lines are enough: more would be tried from each
_SECOND = re.compile(r"(?i)\b(?:you|your|you['’]re|u)\b")
_ANSWER = re.compile(
    r"(?i)(?:yup|yep|yeah|yes|nope|nah|no|lol|lmao|haha+|hmm+|wow|oh|ok(?:ay)?|agreed?|exactly|true|this|same|thanks|"
    r"thank you|welcome|sorry|well|actually|tbh|imo|imho|fwiw|edit|ps|@\w+)\b\s*[,.!:?]|i (?:dis)?agree\b|"
    r"good (?:point|question)|(?:that|it)['’]?s (?:true|right|wrong|not)\b|to be fair\b|same here\b"
)
_VIEW = re.compile(
    r"(?i)\bI (?:think|guess|feel like|don['’]?t (?:think|know|get|really|see|understand)|hope|doubt|wonder|suppose|"
    r"mean|believe|agree|disagree|would(?:n['’]?t)? say)\b|\b(?:imo|imho|tbh|afaik|iirc)\b|as far as i know"
)
_SMALL = re.compile(r"(?:i|it|the|but|and|so|that|this|you|he|she|they|we|no|yes|my|if|what|why|how)\b")
_SPEAKER = re.compile(r"(?m)^[A-Z][\w.’' -]{0,40}: +\S")
_SPEAKERS = 3
"""Paragraphs led in by `Name: `, from which a text is a transcript: its speakers are marked."""
_QUOTED = re.compile(r"“[^”]{0,2000}”|\"[^\"\n]{0,2000}\"")


class _Counts(NamedTuple):
    """What was counted over the paragraphs of a text."""

    paragraphs: int
    views: int
    answers: int
    small: int
    second: int


def hands(text: str) -> tuple[str, ...]:
    """Return the signs, in words, that several people wrote a text; none where there are too few to say so.

    First-person views outside quotation marks in several paragraphs, and two of: paragraphs that begin as answers do,
    or in lower case, talk to a reader, wide gaps, a pasted e-mail or letter with other words after it.
    """
    text = text[:_LOOKED_AT]
    counts = _counted(_QUOTED.sub("", text))
    if counts.paragraphs < 2 or sum(1 for _ in _SPEAKER.finditer(text)) >= _SPEAKERS:
        return ()
    voices = [voice for voice in nested_voices(text) if text[voice.span.end :].count("\n") > 1]
    signs = {
        "paragraphs that answer another": counts.answers >= 1,
        "paragraphs that begin in lower case": counts.small >= 1,
        _NEEDED: counts.views >= 2,
        "talk to other writers": counts.second >= 2,
        "wide gaps": bool(_GAP.search(text)),
        "a letter or e-mail among other words": bool(voices),
    }
    found = tuple(sign for sign, is_there in signs.items() if is_there)
    return found if len(found) >= _ENOUGH and _NEEDED in found else ()


def _counted(text: str) -> _Counts:
    paragraphs = [part.strip() for part in re.split(r"\n+", text) if part.strip()]
    return _Counts(
        len(paragraphs),
        sum(bool(_VIEW.search(part)) for part in paragraphs),
        sum(bool(_ANSWER.match(part)) for part in paragraphs),
        sum(bool(_SMALL.match(part)) for part in paragraphs),
        sum(bool(_SECOND.search(part)) for part in paragraphs),
    )
