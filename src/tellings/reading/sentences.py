"""Sentences: where an end sign ends one, by what stands before it and after it; a head's doubts settle the rest."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from tellings.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

LONGEST = 2_000  # code points; a longer run without an end (the longest of GUM and EWT has 1,100) is cut at a space
# How sure a head must be to change what the rules found; see `settled`.
SURE_BEGIN, SURE_INSIDE = 0.9, 0.02

_CLOSING = "\"”’'»)\\]\u200b-\u200d\u2060\ufeff"
_REFERENCE = r"\s?\[(?:\d{1,3}|[a-z]|[a-z ]{0,20}(?:needed|source|who|when)\??)\]"  # [3], [citation needed]
_FACE = r"\s*(?:[:;=8][-'^o]?[()DPpO/|\]]+(?!\w)|\^_*\^|<3|[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?)"
_END = re.compile(
    rf"""
    (?P<sign>[.!?…。！？](?:\s?(?:[.!?…]|\[(?:\.\.\.|…)\]))*+)
    (?P<close>(?:[{_CLOSING}]|\s["”»)](?=\s|$))*+)
    (?P<reference>(?:{_REFERENCE})*)(?P<face>(?:{_FACE})*)
    (?P<gap>\s*)
    """,
    re.VERBOSE,
)
# No sentence ends before these: a joining sign, a year in brackets, the name that signs a quotation to its line's end.
_GOES_ON = re.compile(r"[,;:)\]]|\(\d{4}")
_SIGNED = re.compile(r"[-–—]+\s?(?:[A-Z][\w.’'-]*\s?){1,4}$")
LONGEST_NAME = 60  # code points of a line's rest that may sign a quotation
_SPEAKER = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|asks|told|wrote|writes|replied|added|shouted|cried|yelled|exclaimed|"
    r"tweeted|recalled|demanded|wondered|screamed|joked)\b"
)
_ADDRESS = re.compile(r"https?://|www\.")
_LABEL = re.compile(r"\(?(?:[A-Za-z]|[ivx]+|\d{1,3}(?:\.\d{1,2})*)[.)]")  # 1.  2.1.  a)  iv.
_WORD_AFTER = re.compile(r"[\"“‘'(«\[]?([\w'’]+)(\.?)")
BEFORE = 24  # code points before an end sign in which the word before it is looked for

_NEVER_LAST = re.compile(
    r"mr|mrs|ms|dr|prof|gen|sen|rep|gov|lt|col|sgt|maj|capt|cmdr|cpl|adm|rev|hon|msgr|mlle|mme|fr|brig|supt|det|messrs|"
    r"e\.g|eg|i\.e|ie|cf|vs|v|esp|viz|approx|p\.s",
    re.IGNORECASE,
)
_BEFORE_A_NUMBER = re.compile(r"nos?|figs?|vols?|arts?|secs?|ch|pp?|para?|pt|ed|eq|refs?|op|nr", re.IGNORECASE)
_DAY_OR_MONTH = re.compile(r"Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec")
# These end a sentence only where a word follows that mostly begins one.
_RARELY_LAST = re.compile(
    r"st|mt|ft|jr|sr|inc|corp|co|ltd|bros|sens|reps|govs|pvt|pres|ave|blvd|rd|est|dept|univ|assn|calif|pa|va|fla|tex|"
    r"ariz|colo|conn|del|ind|kan|ky|la|md|mich|minn|neb|nev|okla|tenn|vt|wis|wyo|ga|ala|ark|mont|hr|atty|asst|ass't|attn|"
    r"gov'?t|int'l|nat'l|ph\.d|ca|al|incl|ext|tel|ph|mob|arrv?|lv|dep|yrs|hrs|mins|avg|oz|lbs?|sq|cu|bldg|apt|ste|hwy|rte|"
    r"twp|ret|pts|dir|mgr|spc|pfc|ens|insp|sgts|pvts|drs|profs|bancorp|cie|gmbh|plc|bhd|pty|div|(?:[a-z]\.)+[a-z]",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(
    r"the|an?|th(?:is|at|ese|ose)|s?he|it|they|we|you|i|his|her|its|their|our|my|your|t?here|what|who|where|when|why|how|"
    r"which|in|on|at|by|for|from|with|as|if|while|after|before|since|al?though|because|but|and|or|so|yet|however|also|then|"
    r"not?|some|many|most|all|one|both|each|another|more|meanwhile|moreover|despite|during|until|once|under|over|about|"
    r"according|officials|police|still|even|just|now|today|yesterday|tomorrow|let|please|thanks|will|can|could|would|should|"
    r"do|does|did|is|are|was|were|has|have|had",
    re.IGNORECASE,
)


def sentences(text: str) -> tuple[Span, ...]:
    """Sentences of a text in order, white space at their ends left out; a line end always ends one.

    An end sign ends a sentence with its closing marks, reference marks and faces, unless it belongs to an abbreviation,
    an initial, a list's number or an ellipsis, or what follows goes on with the sentence (`"Never!" she said.`). So
    several sentences inside one quotation stay several, as in Universal Dependencies; `quotations` keeps them together.
    F1 of beginnings inside paragraphs: GUM news .965, GUM .978, EWT dev .895 (nupunkt 0.8: .956, .932, .874 there);
    with what `settled` changes after the encoder's pass, EWT dev .930.
    """
    found: list[Span] = []
    start = 0
    for line in text.split("\n"):
        for sentence in _in_line(text, _stripped(text, Span(start, start + len(line)))):
            found.extend(_parts(text, sentence))
        start += len(line) + 1
    return tuple(found)


def settled(
    text: str, found: Sequence[Span], starts: NDArray[np.int64], begins: NDArray[np.float32]
) -> tuple[Span, ...]:
    """Sentences as a head sees them: joined and cut where it is sure, left as `found` by the rules elsewhere.

    `begins` has for each of `starts` (code points in order, one a word piece) the probability that a sentence begins
    there. A sentence begins anew from SURE_BEGIN on after white space, and is joined to the one before it below
    SURE_INSIDE, but never over a line end.
    """
    likely = starts[begins >= SURE_BEGIN].tolist()
    first = [place for place in likely if place and text[place - 1].isspace()]
    inside = set(starts[begins < SURE_INSIDE].tolist())
    result: list[Span] = []
    for start, end in found:
        joined = result and start in inside and "\n" not in text[result[-1].end : start]
        begin = result.pop().start if joined else start
        within = first[bisect_left(first, start + 1) : bisect_left(first, end)]
        cuts = (_stripped(text, Span(*cut)) for cut in pairwise([begin, *within, end]))
        result += [cut for cut in cuts if cut.start < cut.end]
    return tuple(result)


def _in_line(text: str, line: Span) -> Iterator[Span]:
    start = line.start
    for match in _END.finditer(text, line.start, line.end):
        if match.end() < line.end and match["gap"] and _is_end(text, start, match, line.end):
            yield Span(start, match.start("gap"))
            start = match.end()
    if start < line.end:
        yield Span(start, line.end)


def _parts(text: str, sentence: Span) -> Iterator[Span]:
    """A sentence, cut at spaces where it is too long to be one."""
    start = sentence.start
    while sentence.end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = start + LONGEST if cut < 0 else cut
        part = _stripped(text, Span(start, cut))
        if part.start < part.end:
            yield part
        start = cut
    rest = _stripped(text, Span(start, sentence.end))
    if rest.start < rest.end:
        yield rest


def _is_end(text: str, start: int, match: re.Match[str], line_end: int) -> bool:
    """Whether a sentence that begins at `start` ends with a match of _END, something following it in its line."""
    after = match.end()
    sign, close = match["sign"], match["close"].strip()
    if _goes_on(text, after, line_end) or _LABEL.fullmatch(text, start, match.start() + 1):
        return False
    lower = _begins_lower(text, after)
    if match["reference"] or match["face"] or sign.endswith("]"):
        return bool(match["face"]) or not lower
    if lower:
        return _ends_before_lower(text, start, match)
    before = text[match.start() - 1 : match.start()]
    if "!" in sign or "?" in sign:
        alone = bool(close) and before in {"(", "["}  # (!)
        return not alone and not (close and _SPEAKER.match(text, after))
    if len(sign) > 1 or sign == "…":
        return before != " "  # "in seven days ... seven nights": a pause
    return bool(close) or not _is_abbreviated(text, start, match)


def _goes_on(text: str, after: int, line_end: int) -> bool:
    if line_end - after <= LONGEST_NAME and _SIGNED.match(text, after, line_end):
        return True
    return bool(_GOES_ON.match(text, after))


def _begins_lower(text: str, place: int) -> bool:
    """Whether a lower-case word stands at a place; `iPhone` and an address are none."""
    if not text[place].islower() or _ADDRESS.match(text, place):
        return False
    word = _WORD_AFTER.match(text, place)
    return word is None or word[1].islower()


def _ends_before_lower(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether an end sign ends a sentence though a lower-case word follows, as hasty writers have it."""
    if match["close"].strip():
        return False  # "Never!" she said
    if "!" in match["sign"] or "?" in match["sign"]:
        return match.start() - start > 1
    before = _word_before(text, start, match.start())
    follows = _WORD_AFTER.match(text, match.end())
    hasty = text[start].islower() or (follows is not None and _FIRST_WORD.fullmatch(follows[1]))
    return bool(hasty) and match["sign"] == "." and len(before) > 2 and before.isalpha() and not _is_short(before)


def _is_short(word: str) -> bool:
    return any(words.fullmatch(word) for words in (_NEVER_LAST, _BEFORE_A_NUMBER, _RARELY_LAST, _DAY_OR_MONTH))


def _is_abbreviated(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a full stop belongs to its word - an abbreviation, an initial, a number of a list - and ends nothing."""
    word = _word_before(text, start, match.start())
    known = word.rpartition("-")[2]  # the "Gov" of "Lt.-Gov."
    number = text[match.end()].isdigit()
    if word.isdigit():
        return text.endswith(": ", start, match.start() - len(word))  # "three reasons: 1. It rained"
    if (len(word) == 1 and word.islower()) or _NEVER_LAST.fullmatch(known):
        return True
    if number and _BEFORE_A_NUMBER.fullmatch(known):
        return True
    initial = len(word) == 1 and word.isupper()
    if not (initial or _RARELY_LAST.fullmatch(known) or _DAY_OR_MONTH.fullmatch(word)):
        return False
    return number or not _first_word_follows(text, match.end())


def _first_word_follows(text: str, place: int) -> bool:
    """Whether a capitalised word that mostly begins a sentence stands at a place: `The`, `It's`, no initial `A.`."""
    follows = _WORD_AFTER.match(text, place)
    if follows is None or not follows[1][0].isupper() or (len(follows[1]) == 1 and follows[2]):
        return False
    return bool(_FIRST_WORD.fullmatch(re.split("['’]", follows[1])[0]))


def _word_before(text: str, start: int, place: int) -> str:
    words = text[max(start, place - BEFORE) : place].split()
    return words[-1].lstrip("([{\"“«'‘’") if words else ""


def _stripped(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
