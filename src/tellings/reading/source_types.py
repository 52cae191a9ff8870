"""What kind of source a source is, by its words: person, role, organisation, anonymous, document, outlet, collective.

Rules over the head of the phrase, what stands before and after it, and the names in it, surest first; the word lists
are in `source_words`. `python -m training.sources` scores them.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tellings.reading import source_words as lists
from tellings.reading.source_phrases import STOPPERS, Phrase, phrase_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.records import MentionType, SourceType

_MARKED = re.compile("|".join(lists.INSIDER_MARKS))
_NEAR = re.compile("|".join(lists.NEAR_MARKS))
_CALL_SIGN = re.compile(r"^[KW](?:[A-Z]{3}(?:-TV|-FM|-AM)?|[A-Z]{2}-(?:TV|FM|AM))$")
_SITE = re.compile(r"^\w[\w-]*\.(?:com|net|tv|news)$", re.IGNORECASE)
_SHARE = re.compile(r"^(?:\d+(?:\.\d+)?%|\d+|[\w-]*percent)$")
_IN_TEN = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|few) (?:in|out of) (?:\d|ten|five|four|three)"
)
_AGENT_NOUN = re.compile(r"^\w{3,}(?:er|or|ist|ian|man|woman|person)$")
_SURE_AGENT_NOUNS = re.compile(r"^\w{3,}(?:ists|icians|women|goers|makers|holders|workers)$")
_PEOPLES = re.compile(r"^(?!evans$)[\w-]{3,}(?:ans|ers|ors|ists|ites|crats|women)$")


def source_type(words: str, names: Sequence[tuple[str, MentionType]] = ()) -> SourceType | None:
    """The type of a source given as its words and the typed names found in them; None where nothing tells.

    A pronoun alone gives None unless it stands for a person: whose name it hides is another layer's work.
    """
    phrase = phrase_of(words, names)
    if phrase is None:
        return None
    if phrase.lower in _PRONOUNS and phrase.named is None:  # `WHO` may be a name
        return _PRONOUNS[phrase.lower]
    if person_of(phrase, names) or _is_titled(phrase):
        return "named person"
    if _is_insider(phrase):
        return "anonymous"
    if _is_mixed(phrase):
        return "collective"
    return _by_name(phrase) or _by_head(phrase) or _by_ending(phrase)


def person_of(phrase: Phrase, names: Sequence[tuple[str, MentionType]]) -> str | None:
    """The person's name that names the source itself: at its head, or beside it (`the mayor, Ana Lind`)."""
    if phrase.named and phrase.named[1] == "PER" and not _is_known_outlet(phrase):
        return phrase.named[0]
    if phrase.is_plural:
        return None
    return next((name for name, kind in names if kind == "PER" and _is_apposed(phrase, name)), None)


def _is_apposed(phrase: Phrase, name: str) -> bool:
    """Whether a name ends a stretch between signs, after the head, that holds nothing but what leads to the name."""
    written = name.replace("’", "'").split()
    after = phrase.tokens[phrase.head + 1 :]
    signs = [i for i, token in enumerate(after) if token.is_sign]
    for first, last in pairwise([*signs, len(after)]):
        beside = after[first + 1 : last]
        leads = all(token.word not in _BREAKS and not token.possessive for token in beside)
        if leads and [token.text for token in beside[-len(written) :]] == written:
            return True
    return False


def _is_titled(phrase: Phrase) -> bool:
    """Whether the head is a name after a title, whatever type it was given: `fire chief Ana Lind`."""
    tokens, at = phrase.tokens, phrase.head
    while at >= phrase.first and tokens[at].text[:1].isupper() and tokens[at].word not in lists.TITLES:
        at -= 1
    if not 1 <= phrase.head - at <= 3 or at < phrase.first or tokens[at].possessive:
        return False
    known = phrase.ends_in(lists.KNOWN) or tokens[phrase.head].word in lists.AFTER_TITLES
    return tokens[at].word in lists.TITLES and not known and not _is_outlet(phrase)


def _is_insider(phrase: Phrase) -> bool:
    """Whether somebody is told only as near to what happened, or as unnamed; papers and bodies stay what they are."""
    if phrase.proper and not phrase.ends_in(_PERSONS):
        return False
    if phrase.ends_in(_THINGS):
        return False
    if phrase.ends_in(lists.KIN):
        return bool({"unnamed", "unidentified", "anonymous"} & set(phrase.group))
    near = phrase.ends_in(_NEAR_ONES)
    return bool(_MARKED.search(phrase.lower)) or (near and bool(_NEAR.search(phrase.lower)))


def _is_mixed(phrase: Phrase) -> bool:
    """Whether the phrase lists several kinds of people: `officials, clergy and residents`."""
    rest = [token.text.lower() for token in phrase.tokens[phrase.head + 1 :]]
    if not phrase.is_plural or phrase.proper or rest[:1] != [","] or "and" not in rest:
        return False
    return not {"who", "which", "including"} & set(rest[: rest.index("and")])


def _by_name(phrase: Phrase) -> SourceType | None:
    """What a head written as a name says."""
    if _is_outlet(phrase):
        return "outlet"
    if not phrase.proper:
        return None
    if phrase.ends_in(lists.COLLECTIVES):
        return "collective"
    if phrase.ends_in(lists.DOCUMENTS) and not phrase.ends_in(lists.ORGANISATIONS):
        return "document"
    if phrase.named and not phrase.ends_in(_TOLD_BY_WORK):
        return "organisation"
    return None


def _is_outlet(phrase: Phrase) -> bool:
    """Whether the head's group is or ends in a name of an outlet, or a name such as outlets have."""
    if _is_known_outlet(phrase):
        return True
    count = len(phrase.group)
    return phrase.proper and (
        (count > 1 and phrase.ends_in(lists.OUTLET_ENDS)) or (count == 1 and phrase.group[0] in _LONE_OUTLETS)
    )


def _is_known_outlet(phrase: Phrase) -> bool:
    """Whether the head ends a name that outlets alone have."""
    text = phrase.tokens[phrase.head].text
    site = _SITE.match(text) or (_CALL_SIGN.match(text) and text.lower() not in lists.KNOWN)
    return bool(site) or (text[:1].isupper() and phrase.ends_in(lists.OUTLET_NAMES))


def _by_head(phrase: Phrase) -> SourceType | None:
    """What the word at the head says."""
    if phrase.ends_in(lists.OFFICIALS):
        return _official(phrase)
    if phrase.ends_in(lists.PEOPLE):
        return _people(phrase)
    return next((kind for words, kind in _HEADS if phrase.ends_in(words)), None)


def _official(phrase: Phrase) -> SourceType:
    """Officials: a single one, or those of a government or campaign, are insiders; others speak for their office."""
    before = set(phrase.group[:-1])
    if before & lists.PUBLIC_OFFICES:
        return "role"
    return "role" if phrase.is_plural and not before & lists.INSIDER_OFFICES else "anonymous"


def _people(phrase: Phrase) -> SourceType:
    """People told by nothing but their number: unnamed; many, a collective; one already told of, a role."""
    written = {token.word for token in phrase.tokens[: phrase.head + 1]}
    if phrase.is_plural:
        return "anonymous" if written & lists.COUNTS and phrase.group[-1] == "people" else "collective"
    return "role" if written & {"the", "this", "that"} else "anonymous"


def _by_ending(phrase: Phrase) -> SourceType | None:
    """The type by how the head is written and what it ends in."""
    token = phrase.tokens[phrase.head]
    if _SHARE.match(token.word) or _IN_TEN.search(phrase.lower):
        return "collective"
    if phrase.proper:
        return "collective" if _PEOPLES.match(token.word) else "organisation"
    if phrase.head == 0 and token.text[:1].isupper():
        return "collective" if _SURE_AGENT_NOUNS.match(token.word) else None  # `Walker`, `Sessions` may be anybody
    if _AGENT_NOUN.match(token.word) or token.word.endswith("-year-old"):
        return "role"
    return "collective" if phrase.is_plural else None


_HEADS: tuple[tuple[frozenset[str], SourceType], ...] = (
    (lists.INSIDERS, "anonymous"),
    (lists.OUTLET_NOUNS, "outlet"),
    (lists.DOCUMENTS, "document"),
    (lists.KIN, "role"),
    (lists.COLLECTIVES, "collective"),
    (lists.ROLES, "role"),
    (lists.ORGANISATIONS, "organisation"),
)
_PERSONS = lists.PEOPLE | lists.INSIDERS | lists.COLLECTIVES | lists.ROLES
_THINGS = lists.DOCUMENTS | lists.OUTLET_NOUNS | lists.ORGANISATIONS
_NEAR_ONES = lists.PEOPLE | lists.INSIDERS | lists.PARTISANS | lists.PARTITIVES
_TOLD_BY_WORK = lists.PEOPLE | lists.INSIDERS | lists.ROLES | lists.KIN
_LONE_OUTLETS = lists.OUTLET_WORDS | lists.OUTLET_ENDS  # `the Times`, `Time`
_BREAKS = (STOPPERS | {"and", "or"}) - lists.DETERMINERS
_PRONOUNS: dict[str, SourceType | None] = {
    **dict.fromkeys(lists.EMPTY_PRONOUNS),
    **dict.fromkeys(lists.PERSON_PRONOUNS, "named person"),
    **dict.fromkeys(lists.GROUP_PRONOUNS, "collective"),
}
