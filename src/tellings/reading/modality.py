"""Polarity, certainty and, where words show it, kind of a statement: cue words, our own lists."""

from __future__ import annotations

import re

from tellings.records import Certainty, Polarity, StatementKind

NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|can't|won't|\w+n[’']t|refus\w+|den(?:y|ies|ied|ying)|"
    r"reject\w*|declin(?:e|es|ed|ing)|fail(?:s|ed|ing)? to|false|untrue|unable)\b",
    re.IGNORECASE,
)
HEDGE = re.compile(
    r"\b(?:may|might|could|reportedly|alleged(?:ly)?|apparent(?:ly)?|presumably|purported(?:ly)?|likely|unlikely|possibl[ey]|"
    r"perhaps|maybe|probabl[ey]|seem(?:s|ed|ing(?:ly)?)?|appear(?:s|ed)?|suggest(?:s|ed)?|suspected|believed|thought to|rumou?red|"
    r"unclear|I think|I guess|I believe|potential(?:ly)?|if)\b",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"\b(?:will|won[’']t|shall|\w+[’']ll|(?:is|are|was|were) (?:expected|set|due|likely|poised|scheduled|going) to|plans? to|planned to)\b",
    re.IGNORECASE,
)
_DEMAND = re.compile(
    r"\b(?:must|should|ought to|(?:has|have|need|needs) to|call(?:s|ed|ing)? (?:for|on)|urg(?:e|es|ed|ing)|demand(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)


def polarity(words: str) -> Polarity:
    """`negated` where a negation word stands in the statement."""
    return "negated" if NEGATION.search(words) else "affirmed"


def certainty(words: str) -> Certainty:
    """`hedged` where a hedging word stands in the statement."""
    return "hedged" if HEDGE.search(words) else "certain"


def kind(words: str) -> StatementKind | None:
    """Question, demand or forecast where words show it; None where only a trained head could tell."""
    if words.rstrip("\"'”’ ").endswith("?"):
        return "question"
    if _DEMAND.search(words):
        return "demand"
    return "forecast" if _FORECAST.search(words) else None
