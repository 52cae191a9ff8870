"""What kind of source a source is, by its words: person, role, organisation, anonymous, document, outlet, collective.

Rules over the head word of the phrase and the names in it, in the order of how sure they are; the word lists are ours.
`python -m training.sources` scores them on the gold's source names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tellings.records import MentionType, SourceType

_PERSON_PRONOUNS = frozenset(["he", "she", "him", "her", "his", "i", "me", "my", "myself", "himself", "herself"])
_GROUP_PRONOUNS = frozenset(
    ["they", "we", "them", "us", "others", "some", "many", "both", "everyone", "nobody", "everybody", "people"]
)
_DOCUMENT = re.compile(
    r"\b(reports?|polls?|polling|surveys?|stud(?:y|ies)|documents?|papers|filings?|lawsuits?|complaints?|indictments?|affidavits?|"
    r"warrants?|letters?|memos?|memorand\w+|e-?mails?|tweets?|posts?|posting|messages?|texts?|transcripts?|records?|statements?|"
    r"releases?|resolutions?|bills?|laws?|legislation|statute|rulings?|orders?|opinions?|budget|analys[ei]s|data|figures|"
    r"statistics|census|research|books?|memoir|article|editorial|op-ed|ads?|advert\w*|videos?|footage|recordings?|tapes?|"
    r"website|page|list|plan|proposal|draft|contract|treaty|deal|agreement|motion|brief|testimony|certificate|sheet|guidelines?|"
    r"constitution|amendment|manifesto|petition|results|numbers|autopsy|speech|remarks|account|invitation|notice|sign)$"
)
_OUTLET = re.compile(
    r"\b(times|post|journal|cnn|nbc|abc|cbs|bbc|msnbc|npr|pbs|c-span|fox news|fox|reuters|ap|afp|associated press|bloomberg|"
    r"politico|axios|newsweek|guardian|telegraph|tribune|herald|gazette|chronicle|examiner|globe|dispatch|star|sun|mirror|"
    r"mail|express|news|daily|weekly|magazine|newspapers?|papers?|network|broadcaster|tabloid|media|press|outlets?|"
    r"news agency|agency france-presse|blog|vox|slate|salon|atlantic|hill|breitbart|huffpost|huffington post|buzzfeed|"
    r"yahoo|intercept|economist|observer|record|ledger|courier|bee|inquirer|register|tv|radio|channel \d+|site)$"
)
_ANONYMOUS = re.compile(
    r"\b(sources?|insiders?|(?:people|persons?|individuals?|those) (?:familiar|close|with (?:knowledge|direct)|briefed|involved)|"
    r"familiar with|with (?:direct )?knowledge of|anonym\w+|unnamed|unidentified|not authorized|aides?|advis[eo]rs?|operatives?|"
    r"officials? (?:who|familiar|briefed|with|close|speaking)|confidants?|associates?|a person|one person|two people|three people|"
    r"someone|somebody|a man|a woman|allies|ally)\b"
)
_ORGANISATION = re.compile(
    r"\b(police|department|government|ministry|company|companies|firm|corporation|agency|agencies|committee|commission|court|"
    r"campaign|party|white house|kremlin|pentagon|congress|senate|parliament|university|college|school|district|office|union|"
    r"group|organi[sz]ation|association|administration|team|league|board|council|bank|hospital|church|fund|foundation|"
    r"institute|center|centre|bureau|service|force|army|navy|military|state|city|county|house|cabinet|regime|coalition|"
    r"prosecution|defen[cs]e|authority|brigade|fbi|cia|nato|un|eu|nra|irs|gop|dnc|rnc|division|panel|jury|leadership|embassy)$"
)
_COLLECTIVE = re.compile(
    r"\b(critics|supporters|opponents|observers|analysts|experts|voters|residents|neighbo[u]?rs|republicans|democrats|"
    r"conservatives|liberals|progressives|activists|advocates|protesters|demonstrators|economists|scholars|scientists|"
    r"americans|people|women|men|students|parents|families|lawmakers|members|leaders|politicians|commentators|pundits|"
    r"users|fans|customers|businesses|groups|parties|nations|countries|states|communit(?:y|ies)|public|opinion|world|"
    r"others|some|many|most|several|researchers|historians|strategists|investors|palestinians|israelis|workers|locals|"
    r"friends|relatives|readers|viewers|sides?|foes|skeptics|sceptics|proponents|detractors|moderates|islamists|rebels)$"
)
_ROLE = re.compile(
    r"(\b(officials?|spokes(?:man|woman|person|people|men)|authorities|investigators?|prosecutors?|detectives?|police chief|"
    r"chief|mayor|president|governor|senators?|minister|secretary|judge|justice|justices|lawyers?|attorneys?|witness(?:es)?|"
    r"mother|father|wife|husband|son|daughter|brother|sister|parents|coroner|sheriff|deput(?:y|ies)|officers?|captain|"
    r"doctors?|teacher|owner|owners|manager|executives?|director|head|chair\w*|candidate|nominee|leader|professor|expert|"
    r"analyst|member|resident|neighbo[u]?r|student|voter|host|author|reporter|journalist|editor|critic|suspect|victim|"
    r"defendant|driver|guest|commissioner|ambassador|envoy|diplomats?|general|commander|firefighters?|medics?|paramedics?|"
    r"clerk|representative|representatives|congressman|congresswoman|counsel|superintendent|principal|pastor|bishop|pope|king|queen|prince)"
    r"|\w{3,}(?:er|or|ist|ian|man|woman|person))$"
)
_TAIL = re.compile(
    r"\s+(?:of|for|from|in|on|at|with|who|that|which|whose|familiar|close|briefed|involved|by|to|about|speaking|released|filed|obtained|disclosed|turned|leaving|urging|vying|suing|"
    r"including|privately|elected|like|under|against|near|not|,|–|—|-)\s.*$|,.*$"
)
_LEADING = re.compile(r"^(?:the|a|an|his|her|their|its|our|my|this|that|these|those)\s+")


def source_type(words: str, names: Sequence[tuple[str, MentionType]] = ()) -> SourceType | None:
    """The type of a source given as its words and the typed names found in them; None where nothing tells.

    A pronoun alone gives None unless it stands for a person: whose name it hides is another layer's work.
    """
    phrase = " ".join(words.lower().replace("’", "'").split()).strip("\"'“”‘.,;: ")
    if not phrase or phrase in {"it", "who", "which", "that"}:
        return None
    if phrase in _PERSON_PRONOUNS:
        return "named person"
    if phrase in _GROUP_PRONOUNS:
        return "collective"
    head = _TAIL.sub("", phrase)
    head = _LEADING.sub("", head).removesuffix("'s") or phrase
    proper = _is_proper(words, head)
    return _by_name(phrase, head, words, names) or _by_head(phrase, head, proper=proper)


def _by_name(phrase: str, head: str, words: str, names: Sequence[tuple[str, MentionType]]) -> SourceType | None:
    """What a name at the head says; a name before the head (`Lind's spokesman`) leaves it to the head."""
    if _TITLED.search(words.strip("\"'“”‘’.,;: ")) and not _OUTLET.search(head):
        return "named person"
    last = [(name.lower().replace("’", "'"), kind) for name, kind in names if head.endswith(name.lower())]
    if any(kind == "PER" for _, kind in last) and not _OUTLET.search(head):
        return "named person"
    if last and _OUTLET.search(head) and words[:1].isalpha():
        return "outlet"
    if last and not _DOCUMENT.search(head) and not _ANONYMOUS.search(phrase):
        return "organisation"
    if any(
        kind == "PER" and f"'s {head.rsplit(' ', 1)[-1]}" not in phrase
        for name, kind in names
        if _apposed(name, phrase)
    ):
        return "named person"
    return None


def _apposed(name: str, phrase: str) -> bool:
    """Whether a name stands beside the head: `the mayor, Ana Lind,` or `Ana Lind, the mayor`."""
    name = name.lower().replace("’", "'")
    return (phrase.startswith(name) and not phrase.startswith(f"{name}'")) or f", {name}" in phrase


def _is_proper(words: str, head: str) -> bool:
    """Whether the head's last word is written as a name; a capital that only begins the phrase says nothing."""
    last = head.rsplit(" ", 1)[-1]
    at = words.lower().replace("’", "'").find(last)
    return (at > 0 and words[at].isupper()) or (at == 0 and any(sign.isupper() for sign in words[1 : len(last)]))


def _by_head(phrase: str, head: str, *, proper: bool) -> SourceType | None:
    if proper:
        return next((kind for pattern, kind in _NAMED_HEADS if pattern.search(head)), "organisation")
    for pattern, kind in _HEADS:
        if pattern.search(head):
            return kind
    if _ANONYMOUS.search(phrase):
        return "anonymous"
    return "collective" if head.endswith("s") and not head.endswith("ss") else None


_HEADS: tuple[tuple[re.Pattern[str], SourceType], ...] = (
    (re.compile(rf"(?:{_ANONYMOUS.pattern})$"), "anonymous"),
    (
        re.compile(r"\b(?:newspapers?|magazine|network|news agency|tabloid|outlets?|media|press|broadcaster)$"),
        "outlet",
    ),
    (_DOCUMENT, "document"),
    (_ROLE, "role"),
    (_COLLECTIVE, "collective"),
    (_ORGANISATION, "organisation"),
    (_OUTLET, "outlet"),
)
_TITLE = re.compile(
    r"\b(?:president|minister|secretary|mayor|governor|senators?|chief|judge|justice|officer|spokes\w+|officials?|sheriff|"
    r"chair\w*|director|commissioner|attorney|king|queen|pope|prince|captain|general)$"
)
# `fire chief Ana Lind`: a title before two capitalised words names a person, whatever type the name was given
_TITLED = re.compile(
    r"\b(?:[Pp]resident|[Mm]inister|[Ss]ecretary|[Mm]ayor|[Gg]overnor|[Ss]enator|[Cc]hief|[Jj]udge|[Jj]ustice|[Oo]fficer|"
    r"[Ss]pokes(?:man|woman|person)|[Ss]heriff|[Cc]hair(?:man|woman)?|[Dd]irector|[Cc]ommissioner|[Aa]ttorney|[Cc]aptain|"
    r"[Gg]eneral|[Tt]eacher|[Pp]rofessor|[Dd]octor|Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Sen\.?|Rep\.?|Gov\.?)\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’.-]*){0,2}$"
)
_NAMED_HEADS: tuple[tuple[re.Pattern[str], SourceType], ...] = (
    (_TITLE, "role"),
    (_OUTLET, "outlet"),
    (_DOCUMENT, "document"),
    (_COLLECTIVE, "collective"),
)
