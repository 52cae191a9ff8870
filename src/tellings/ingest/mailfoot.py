"""What is no part of a mail's telling: signatures, footers, tracking and browser lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tellings.ingest.rows import count_words, paragraphs, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.ingest.rows import Row

_SIGNATURE_ROWS = 12
# A telling may speak of unsubscribing too: a long paragraph is a footer only near the ends of a mail.
_SHORT, _LONG, _ENDS = 14, 70, 15
_SCRAP = 30  # words; an address, a line of links
_FOOT = re.compile(
    r"(?i)\bunsubscribe\b|\b(?:manage|update|change|edit)\b[^.]{0,20}\b(?:preferences|settings|subscription)\b"
    r"|\byou(?:[’']re| are)? (?:are )?receiv(?:ing|ed) this\b|\bno longer wish to receive\b|\bopt[- ]out\b"
    r"|\bview (?:this|it|the)?\s?(?:e?-?mail|message|newsletter)?\s?(?:in|online|on the)\b.{0,24}|\bin your browser\b"
    r"|^thank(?:s| you) for (?:reading|subscribing)\b|\bfeel free to share it\b|\bsubscribe for free to\b"
    r"|\ball rights reserved\b|^\W{0,3}(?:©|copyright\s(?:©|\(c\)|\d))|\bprivacy policy\b|\bterms of (?:use|service)\b"
    r"|\b(?:was this|forwarded) (?:this )?(?:e?-?mail|newsletter|message)\b.{0,30}\b(?:forwarded|sign up|subscribe|you)"
    r"|\badd (?:us|this address|.{3,40}@\S+) to your (?:address book|contacts)\b"
    r"|\bthis (?:e?-?mail|message) was sent to\b"
    r"|^sent (?:from|via|with) (?:my |your )?\w+(?: \w+){0,4}\.?$|^get outlook for \w+$"
    r"|\b(?:mailing list|listinfo)\b|\bthe information (?:contained )?in this (?:e?-?mail|message) is confidential\b"
)
_BUTTON = re.compile(
    r"(?i)\W*(?:(?:share|tweet|like|restack|comment|forward|reply|subscribed?(?: now)?|donate|upgrade(?: to paid)?"
    r"|open in app"
    r"|read in (?:the )?app|leave a comment|follow us|share this(?: post| story| article)?"
    r"|share on \w+|facebook|twitter|instagram|linkedin|youtube|view in browser|view online|web version|advertisement"
    r"|click here|download|listen now)\W*){1,4}"
)
_MORE = re.compile(
    r"(?i)\W*(?:(?:read|see|learn|find out|view) (?:the )?(?:more|on|full (?:story|article|post))"
    r"|(?:continue|keep) reading"
    r"|full (?:story|article)|more)(?: (?:here|online|on (?:the|our) (?:web)?site|at [\w.]+))?\b[^\w]*"
)
_ONLY_LINK = re.compile(
    r"(?i)(?:(?:read|see|view|watch|listen|learn|click|continue|sign|subscribe|donate|share|more|link|here|web)\b[^.!?:]{0,40}:?"
    r"\s*)?[\W_]{0,3}(?:https?://|www\.)\S+[\W_]*"
)
_IMAGE = re.compile(r"(?i)\[(?:image|cid|inline image|logo)\b[^\]]{0,200}\]")


def without_furniture(rows: Sequence[Row]) -> list[Row]:
    """Return a telling's rows without its signature, its footers and its lines for trackers and browsers."""
    groups = list(paragraphs(_without_signature(rows)))
    texts = [words_of(group) for group in groups]
    feet = [_is_foot(text, near=index < 4 or index >= len(texts) - _ENDS) for index, text in enumerate(texts)]
    end = _tail(texts, feet)
    return [row for index in range(end) if not feet[index] for row in groups[index]]


def _tail(texts: Sequence[str], feet: Sequence[bool]) -> int:
    """Return where the closing lines of a mail begin: a footer that nothing but footers and scraps follows."""
    end = len(texts)
    for index in range(len(texts) - 1, max(0, len(texts) // 2 - 1), -1):
        if feet[index]:
            end = index
        elif len(texts[index].split()) > _SCRAP or _is_sentence(texts[index]):
            break
    return end


def is_footed(rows: Sequence[Row]) -> bool:
    """Whether a mail ends as those sent to many do: with a way to unsubscribe."""
    return any("unsubscribe" in row.text[:1_500].lower() for row in rows[-2 * _ENDS :])


def reads_on(rows: Sequence[Row]) -> bool:
    """Whether the last words of a telling are a link to read on elsewhere."""
    told = [row for row in rows if any(map(str.isalnum, row.text))]
    return bool(told) and is_more(told[-1])


def is_more(row: Row) -> bool:
    """Whether a row is a link to read on elsewhere."""
    return bool(row.linked) and len(row.text) < 60 and bool(_MORE.fullmatch(row.text))


def _is_foot(text: str, *, near: bool) -> bool:
    if not text or len(text) > 1_500:
        return False
    if (len(text) < 80 and _BUTTON.fullmatch(text)) or _ONLY_LINK.fullmatch(text) or _IMAGE.fullmatch(text):
        return True
    return len(text.split()) <= (_LONG if near else _SHORT) and bool(_FOOT.search(text)) and (near or not _quoted(text))


def _quoted(text: str) -> bool:
    return any(mark in text for mark in '“”"')


def _is_sentence(text: str) -> bool:
    return len(text.split()) > 12 and text.rstrip("”\"’')")[-1:] in (".", "!", "?")


def _without_signature(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield rows up to a signature's mark (RFC 3676, 4.3); a mark with a whole text after it is none."""
    for index, row in enumerate(rows):
        if row.text == "--" and len(rows) - index - 1 <= _SIGNATURE_ROWS and count_words(rows[index:]) < 120:
            return
        if row.rule and row.text.startswith("____") and _list_foot(rows[index + 1 : index + 6]):
            return
        yield row


def _list_foot(rows: Sequence[Row]) -> bool:
    return any("mailing list" in row.text.lower() or "listinfo" in row.text.lower() for row in rows)
