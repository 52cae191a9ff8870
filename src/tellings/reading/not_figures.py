"""Numbers that count nothing: years, dates, clock times, telephone numbers, addresses, and numbers inside names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from tellings.reading.numerals import Numeral
from tellings.records import Span

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d%])"
_STREET = (
    "St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Ct|Court|Pl|Place|Hwy|Highway|Pkwy|Parkway|Way|"
    "Circle|Terrace|Trail|Pike|Plaza|Square|Broadway|Loop|Crescent"
)
_NUMBERED = (
    "News|Fox|FOX|TV|Channel|Route|Highway|Hwy|Interstate|Flight|Boeing|Airbus|District|Section|Title|Article|Chapter|"
    "Amendment|Proposition|Prop|Bill|Act|Resolution|Phase|Level|Grade|Page|Room|Apartment|Apt|Suite|Unit|Precinct|Ward|"
    "Zone|Building|Gate|Pier|Exit|Engine|Station|Local|Area|Week|Day|Game|Round|Season|Episode|Part|Volume|Vol|Figure|"
    "Table|Type|Category|Case|Project|Apollo|Class|Group|Team|Count|Question|Measure|Item|Rule|Form|Bowl|Covid|Windows|"
    "iPhone|Psalm|No|Nos|Number|Tier|Step|Stage|Formula|Catch|Studio|Tower|Terminal|Code|Chapters|Sections|Pages"
)
_LOWER = (
    "page|pages|section|sections|article|chapter|phase|level|grade|room|flight|district|title|route|type|category|"
    "stage|tier|exit|paragraph|number|precinct|apartment|suite|verse|no"
)
_HOUR = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[01]?\\d|2[0-4]"
_CLOCK = r"(?::\d\d)?\s?(?:[ap]\.?\s?m\b\.?|o['’]?\s?clock)"
_OTHER = re.compile(
    "|".join(
        (
            r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+|(?<![\w-])[\w-]+\.(?:com|org|net|ly|gov|edu)(?:/\S*)?|(?<!\w)[@#]\w+",
            rf"\b{_MONTH}\s{{1,2}}{_DAY}(?:(?:\s?[-–—]\s?|\s(?:and|to|or|through|until)\s)(?:{_MONTH}\s)?{_DAY}\b"
            r"(?!\s[a-z]))?(?:,?\s+\d{4}\b)?",
            rf"\b{_DAY}\s(?:of\s)?{_MONTH}(?:\W{{1,2}}\d{{4}})?\b",
            rf"\b{_MONTH}\s+\d{{4}}\b",
            r"\b\d{4}-\d\d-\d\d\b|(?<![\d/])\d{1,2}/\d{1,2}/\d{2,4}\b|(?<![\w-])\d{1,2}-\d{1,2}-(?:19|20)?\d\d\b",
            rf"(?i:\b(?:(?:{_HOUR})(?::\d\d)?(?:\s?[ap]\.?m\.?)?\s?(?:-|–|to|and|or)\s?)?(?:{_HOUR}){_CLOCK})",
            r"(?<![\d.])\d{1,2}\.\d\d\s?[ap]\.?m\b|\b\d{1,3}:\d\d(?::\d\d)?\b",
            r"(?:\(\d{3}\)\s?|\b(?:1-)?\d{3}[-.\s])\d{3}-[\w]{4}\b|\(\d{3}\)[\s\d-]+|\b(?:1-)?8\d\d-[\w-]{4,12}"
            r"|\b\d{3}[-.]\d{4}\b(?!\d)|\+\d[\d\s-]{7,14}\d|\b\d{3}-[A-Z]{4,}\b",
            r"\b\d+(?:[-–]\d+)?\s(?:hundred\s)?block\b",
            rf"\b(?!\d+\s(?:[Ss]hot|[Kk]illed|[Dd]ead|[Hh]urt|[Ii]njured|[Ww]ounded|[Pp]eople|Men|Women))\d{{2,6}}"
            rf"(?:\s(?:[NSEW]\.?|[NS][EW]|North|South|East|West))?(?:\s(?:[A-Z][\w.'’-]*|\d+(?:st|nd|rd|th))){{1,3}}\s"
            rf"(?i:{_STREET})\b",
            rf"(?i:\b\d{{2,6}}\s(?:[nsew]\.?\s)?\d+(?:st|nd|rd|th)\s(?:{_STREET})\b)",
            r"\b(?:[A-Z]{2}|[A-Z][a-z]+\.),?\s+\d{5}(?:-\d{4})?(?!\d|,\d)",
            r"\b\d?\d?\d0['’]s\b",
            r"(?<![\d,.])\b911\b(?![,.]\d)(?!\s(?:people|men|women))|\b501\s?c|\b\d{1,2}\s[WK][A-Z]{2,3}\b",
            r"\b\d{2,6}\s(?:[NSEW]\.?\s|(?:North|South|East|West)\s)?(?:Broadway|Highway|Hwy|Route|Interstate|US|State\sRoad)\b(?:\s\d+)?",
            r"\b401\(?k\)?|\b501\(c\)(?:\(\d\))?|\b\d{1,4}\([a-z]\)",
            r"\b24/7\b|\b9/11\b|\b\d{1,2}/\d{1,2}\b(?<!1/2)(?<!1/3)(?<!2/3)(?<!1/4)(?<!3/4)",
            r"\b[vV]?\d+\.\d+\.[\d.]+|\b(?:[vV]ersion|iOS|Android|macOS)\s\d[\d.]*",
            r"(?i:\.?\b\d+(?:\.\d+)?[\s-]?(?:mm|cal|caliber|calibre|gauge)\b(?:-caliber)?)"
            r"|(?<!\w)\.(?:22|25|32|357|38|380|40|44|45|50)\b(?!\s?(?:percent|%))",
            rf"\b(?:{_NUMBERED})\.?\s\#?(?:\d+(?:[.-]\d+)*|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Tt]en)\b"
            r"(?!,\d{3}|%)",
            rf"\b(?:{_LOWER})\.?\s\#?(?:\d+|one|two|three|four|five)\b(?![,\d]\d|%)",
            r"\b\d{1,2}\s(?:Action\s|Eyewitness\s|On\sYour\sSide|Investigates\b|NEWS\b|News\b)",
            r"(?<!\w)(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)?\d\d)\b(?!,)",
            r"(?m:^\s*\d{1,2}[.)]\s)",
            r"(?i:\bone[- ]on[- ]one\b|\b(?:fifty-fifty|50-50|twenty-twenty|20-20)\b|\bcatch-22\b)",
        )
    )
)
_YEAR = re.compile(r"(?:1[789]|20)\d\d")
_YEARLY = re.compile(
    r"(?:\b(?:in|since|by|until|till|from|before|after|of|the|for|during|late|early|mid|and|a|an)|[-’'])\s?$"
)
_COUNTED = re.compile(
    r"\s+(?:more\s+|new\s+|other\s+)?(?:votes|ballots|people|persons|men|women|children|cases|deaths|troops|soldiers|"
    r"miles|feet|pounds|tons|jobs|homes|houses|units|students|signatures|dollars|euros|workers|employees|delegates|"
    r"calories|metres|meters|acres|square|kilometres|kilometers|years|days|hours|words|pages|patients|migrants)\b"
)
_CAPITAL = re.compile(r"(?<![\w-])[A-Z][\w.&’'-]*\s$")
_OPENS = re.compile(r"(?:^|[.!?:;,—–\n(“\"])\s*[A-Z][\w.&’'-]*\s$")
_WORD = re.compile(r"[A-Za-z][\w’'-]{3,}")
_AFTER_NAME = re.compile(
    r"\s+(?:more\s+|other\s+|new\s+)?(?:[a-z]+\s){0,2}?(?:[a-z]{2,}s|people|men|women|children)\b|-[a-z]|\s+(?:dead|hurt|shot|killed|wounded|injured|million|percent)\b",
    re.I,
)
_TITLED = 0.6
"""The share of a sentence's longer words with a capital from which it counts as a headline."""


class Others:
    """The stretches of a text that are dates, clock times, addresses and the like, found once."""

    def __init__(self, text: str, sentences: Sequence[Span] = ()) -> None:
        """Find them; `sentences` say where a capital is only the sentence's."""
        self._text = text
        self._spans = [Span(*match.span()) for match in _OTHER.finditer(text)]
        self._starts = [span.start for span in self._spans]
        self._sentences = sentences or [Span(0, len(text))]
        self._first = [span.start for span in self._sentences]
        self._titled: dict[int, bool] = {}

    def has(self, one: Numeral) -> bool:
        """Whether a number is part of something that is no figure."""
        return self._inside(one.span) or self._is_year(one) or self._is_name(one)

    def _inside(self, span: Span) -> bool:
        at = bisect_right(self._starts, span.end - 1) - 1
        return at >= 0 and self._spans[at].end > span.start

    def _is_year(self, one: Numeral) -> bool:
        """Four digits without a comma, from 1700 to 2100, unless they stand before what is often counted."""
        start, end = one.span
        if one.unit or one.scale != 1 or not _YEAR.fullmatch(self._text, start, end) or one.value > 2100:
            return False
        counts = _COUNTED.match(self._text, end, end + 40)
        return not counts or bool(_YEARLY.search(self._text[max(0, start - 12) : start]))

    def _is_name(self, one: Numeral) -> bool:
        """A number behind a name ("Boeing 737"), or written with a capital inside one ("Ten Commandments")."""
        start, end = one.span
        if one.unit and one.unit != "share":
            return False
        number = self._sentence(start)
        begin = max(self._sentences[number].start, start - 40)
        before, first = self._text[begin:start], begin == self._sentences[number].start
        if self._is_titled(number):
            return False
        if one.sort != "digits":
            opens = first and not before.strip(" “\"'‘(—-")
            small = self._text[start].islower() or opens or re.search(r"[.:;!?“\"]\s*$", before)
            return not small and bool(re.match(r"[\s-][A-Z]", self._text[end : end + 2]))
        named = _CAPITAL.search(before) and not (_OPENS.search(before) and (first or not before[0].isalpha()))
        return bool(named) and one.scale == 1 and not _AFTER_NAME.match(self._text, end, end + 40)

    def _sentence(self, at: int) -> int:
        return max(0, bisect_right(self._first, at) - 1)

    def _is_titled(self, number: int) -> bool:
        """Whether a sentence is written like a headline: then a capital says nothing."""
        if number not in self._titled:
            start, end = self._sentences[number]
            words = _WORD.findall(self._text[start : min(end, start + 400)])
            self._titled[number] = len(words) > 2 and sum(w[0].isupper() for w in words) >= _TITLED * len(words)
        return self._titled[number]


def kept(text: str, found: Iterable[Numeral], sentences: Sequence[Span] = ()) -> list[Numeral]:
    """The numbers that may be figures."""
    others = Others(text, sentences)
    return [one for one in found if not others.has(one)]
