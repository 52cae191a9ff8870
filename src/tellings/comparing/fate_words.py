"""The words for being killed, injured or shot, and the patterns by which numbers beside them are read."""

from __future__ import annotations

import re
from typing import Literal

from tellings.reading.time_words import ORDINALS, either
from tellings.reading.units import wordset
from tellings.records import Span

Fate = Literal["killed", "injured", "shot"]

_KILLED = wordset(
    "killed kills killing slain murdered murders murdering died dies dead dying fatally deadly executed slaying"
)
_INJURED = wordset(
    "injured injures injuring wounded wounds wounding hurt hurts hurting hospitalized grazed grazing critically "
    "non-life-threatening nonlife-threatening"
)
_SHOT = wordset("shot shoots shooting struck hit gunned")
DEATHS = wordset("death deaths murder murders killing killings slaying slayings homicide homicides")
FATES: dict[str, Fate] = {
    **dict.fromkeys(_SHOT, "shot"), **dict.fromkeys(_INJURED, "injured"), **dict.fromkeys(_KILLED, "killed"),
}  # fmt: skip
SURE = wordset("killed slain fatally shot murdered")
"""Words that tell of at least one dead even where the parse does not say who."""
MEASURES = wordset(
    "year month week day hour minute second mile block foot inch time times round shot gunshot bullet count $ % points "
    "share gun vehicle car degree pound caliber weapon suspect home house shooting incident murder homicide "
    "arrest agency department location charge kilometer meter door floor story yard bedroom casing shell"
)
SINGLE = wordset("he she him her self himself herself who another i myself")
NOT_VICTIMS = wordset(
    "me shooting gunman police shooter incident home house car vehicle window dog building gunfire fire shots rounds "
    "bullet bullets it they them that which someone somebody anyone people others victims men women children teens "
    "door apartment store police deputies officers authorities wound wounds head leg arm chest neck back foot hand"
)
GROUPS = {"both": 2, "couple": 2, "twins": 2, "pair": 2, "parents": 2}
SELVES = wordset("self himself herself themselves")
SHOOTERS = wordset("suspect gunman shooter attacker assailant robber")
ANIMALS = wordset("dog dogs puppy cat bear deer bull cow horse buffalo animal animals snake coyote pitbull")
PARTS = wordset(
    "head back neck face leg arm hand foot thigh wrist shoulder chest stomach abdomen side ear knee ankle finger"
)
LEAVING = wordset("left leaving leaves leave")
TO_DEATH = re.compile(
    r"\s+(?:to\s+death|dead|and\s+killed|,?\s*killed|and\s+fatally|multiple\s+times\s+and\s+killed)\b", re.IGNORECASE
)
FATALLY = re.compile(r"\bfatally\s+$", re.IGNORECASE)
FATAL = re.compile(r"\b(?:fatal|deadly)\s+$", re.IGNORECASE)
LIST = re.compile(
    r"(?:\s+(?!(?:killed|dead|died|slain|injured|wounded|hurt|shot|hit|struck|critical|critically|fatally|was|were|is|"
    r"detained|arrested|sought|missing|charged|held|custody|rescued|jailed|are|in|of|by|at|after|with)\b)[\w’'-]+){1,3}(?:,?\s+and\s+|,\s+|\s+&\s+)",
    re.IGNORECASE,
)
"""What may stand between the numbers of one list: "two adults and three teens"."""
OTHERS = re.compile(r"\s+(?:others?|more|other\s+\w+)\b", re.IGNORECASE)
_AMONG = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|some|most|many|several|\d+|father|mother|parent|dad|mom)"
    r"\s+of\s+(?:the\s+|those\s+)?(?:other\s+)?$",
    re.IGNORECASE,
)
"""One of a number: what befell the one did not befall all."""
_SINGULAR = re.compile(r"\b(?:was|is|has)\b|^$")
NEGATED = re.compile(
    r"\b(?:(?:brain|not|n['’]t|to|would|deeply|never|nobody|nearly|almost|no\s+one(?:\s+else)?)\s+(?:\w+\s+)?"
    r"|(?:could|might|may|will|can|could['’]ve)\s+(?:(?!(?:who|and|that|after)\b)\w+\s+){0,3})$",
    re.IGNORECASE,
)
ATTEMPTED = re.compile(
    r"\b(?:attempted|attempt\s+to|attempt\s+at|attempts\s+at|conspiracy\s+to\s+commit)\s+$", re.IGNORECASE
)
WOUND = re.compile(
    r"\b(?:gunshot|graze|grazing|bullet|self-inflicted|shotgun)[\s-]+(?:\w+[\s-]+)?(?:wounds?|injury|injuries)\b",
    re.IGNORECASE,
)
"""Words that tell of somebody hit where nothing else does."""
_FATAL_WOUND = re.compile(r"\b(?:die[sd]|dead|death|dying|fatal|killed)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:shootings|homicides|killings|slayings|murders|incidents|attacks|accidents)\s+(?:\w+\s+){0,3}"
    r"(?:throughout|over|since|during|this|last|so\s+far|in\s+(?:19|20)\d\d|across|nationwide|citywide)\b"
    r"|\b(?:earlier\s+this|this|last|the\s+past|of\s+the|for\s+the)\s+(?:year|month)\b(?!-old)"
    r"|\b(?:years|months)\s+ago\b|\bin\s+that\s+(?:case|incident|shooting)\b"
    r"|\b(?:separate|unrelated|other|different)\s+(?:\w+\s+)?(?:shootings?|incidents?|cases?|attacks?|crash|homicides?)\b"
    r"|\bsince\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\b"
    r"|\b(?:days?|weeks?|months?)\s+(?:after|before)\s+(?:an?|another)\s+(?:\w+\s+){0,2}(?:shooting|attack|killing|slaying)\b",
    re.IGNORECASE,
)
_COUNTED_UP = re.compile(
    r"\bso\s+far\s+this\s+(?:year|month)\b|\b(?:each|every)\s+year\b|\bsince\s+(?:19|20)\d\d\b|\bnationwide\b"
    r"|\bacross\s+the\s+(?:country|nation|state)\b",
    re.IGNORECASE,
)
ORDINAL = re.compile(
    rf"\b(?:an?|the)?\s*(?P<n>{either(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\s+(?:(?:other|shooting|gunshot)\s+)?"
    r"(?:(?:man|woman|boy|girl|teen|teenager|child|person|victim|officer|people|student|suspect)\s+)?"
    r"(?:(?:of|in|from)\s+(?:\w+\s+){1,4}?)?(?:(?:was|is|has|also|later|critically|seriously)\s+){0,3}"
    r"(?P<fate>wounded|injured|shot|hurt|killed|dead|died|dies)\b",
    re.IGNORECASE,
)
"""Who comes after so many others: "a fourth wounded", "a second man was injured", "the third victim died"."""
OWN_HAND = re.compile(
    r"\b(?:(?:takes?|taking|took|taken|ends?|ending|ended)\s+(?:\w+\s+)?own\s+life|(?:committed|committing)\s+suicide"
    r"|(?:died|dead)\s+by\s+suicide|murder-suicide)\b",
    re.IGNORECASE,
)
CHARGED = re.compile(
    r"\b(?<!attempted )(?:murder|homicide|manslaughter)\b(?:\s+\w+){0,4}\s+(?:the\s+|a\s+)?$", re.IGNORECASE
)
"""What makes a shooting a deadly one: "charged with murder in the shooting of"."""
AGE = re.compile(r"[a-z’']\s*,\s*$")
"""What stands before an age between commas: "a boy, 16,"."""
_AFTER = re.compile(
    r"(?P<who>(?:\s+(?!(?:one|by|after|when|while|during|who\s+shot|and|charged|arrested|accused|faces?|said|says|told|saw|"
    r"heard|suspects?)\b)\w[\w’'-]*(?:,(?=\s*(?:killed|dead|shot)))?){0,5}?)[\s,]*?\s*"
    r"(?P<fate>dead|died|killed|slain|murdered|injured|wounded|hurt|shot|struck|hit|hospitalized|gunshot\s+wounds|(?:critically|seriously)\s+"
    r"(?:injured|wounded|hurt)|in\s+critical\s+condition|fatally)\b(?P<then>\s+(?:to\s+death|dead|and\s+killed)|,\s+killed)?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?P<fate>kill(?:s|ed|ing)?|murder(?:ed|ing)|claim(?:s|ed|ing)|wound(?:s|ed|ing)|injur(?:es|ed|ing)|hurt(?:s|ing)?|"
    r"shot|shoot(?:s|ing)?|hit(?:s|ting)?|struck|striking|death\s+of|deaths\s+of|murders?\s+of|killing\s+of|killings\s+of|"
    r"shooting\s+of|slayings?\s+of)"
    r"(?P<dead>\s+and\s+killed|\s+dead)?(?:\s+(?:at\s+least|about|as\s+many\s+as|up\s+to|another|more\s+than|the|and|other))?\s+$",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"^(?P<who>(?:\s+[\w’'-]+){0,2})\s*(?:--|[,—–(-])\s*(?:including|among\s+them|most|some|all|\w+\s+of\s+(?:them|whom)|ages?|aged)\b"
    r"[^.;—–()]{0,80}?(?:--|[,—–)-])(?=\s*(?:was|were|have|had|are|is|got|being)\b)",
    re.IGNORECASE,
)
"""What stands between a number and its verb: "four people, including two children, were shot"."""
_SOME_OF = re.compile(r"\b(?:including|among\s+them)\s+(?:at\s+least\s+)?$", re.IGNORECASE)
MANIFOLD = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5, "sextuple": 6}
ACTIVE = wordset("shoots kills murders injures wounds hurts grazes strikes hits")
"""Whose subject is nobody that it befell."""
NEITHER = re.compile(r"\b(?:neither|none\s+of|no\s+other|no)\b[^,.;]{0,60}$", re.IGNORECASE)
_REACH = 60


def fate_at(text: str, span: Span) -> Fate | None:
    """What befell those whom a number at a span counts, by the words just behind and before it."""
    before = text[max(0, span.start - _REACH) : span.start].rpartition("\n")[2]
    if _SOME_OF.search(before):
        return None
    after = _ASIDE.sub(r"\g<who>", text[span.end : span.end + 3 * _REACH])[:_REACH]
    behind, ahead = _AFTER.match(after), _BEFORE.search(before)
    if behind and _AMONG.search(before) and _SINGULAR.search(behind["who"]):
        return None
    if ahead and behind and "," in behind[0]:
        behind = None
    if behind and not re.search(r"[.;:]|\bnot\b", behind["who"]):
        return _fate_behind(behind)
    if not ahead:
        return None
    fate = ahead["fate"].lower()
    if ahead["dead"] or re.match(r"kill|murder|claim|death|slay", fate):
        return "killed"
    return "injured" if re.match(r"wound|injur|hurt", fate) else "shot"


def _fate_behind(behind: re.Match[str]) -> Fate:
    fate = behind["fate"].lower()
    if behind["then"] or fate == "fatally":
        return "killed"
    word = re.findall(r"[a-z]+", fate)[-1]
    return "shot" if word == "wounds" else FATES.get(word, "injured")


def is_elsewhere(sentence: str, *, lead: bool) -> bool:
    """Whether a sentence tells of other incidents: a year's count; past the lead an earlier or an unrelated one too."""
    return bool(_COUNTED_UP.search(sentence)) or (not lead and bool(_ELSEWHERE.search(sentence)))


def is_fatal_wound(sentence: str) -> bool:
    """Whether a sentence that tells of a wound also tells of a death."""
    return bool(_FATAL_WOUND.search(sentence))
