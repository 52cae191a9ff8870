"""What each account calls each person and group, in its own voice and in a quoted voice.

Which entities are told: persons and bodies that at least two accounts name, copies counted as one; places that two
accounts name and let act (as the subject of a statement); whoever two accounts tell of at length without a name ("the
gunman"); and of one account alone its main ones. Then acts that accounts call by different words (`acts`). An
account's title, where its text begins with it, is its own voice but for what stands between quotation marks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tellings.comparing.acts import ActUse, Home, acts
from tellings.comparing.called import corrected_labels, corrected_people
from tellings.comparing.claims import Made
from tellings.comparing.entities import Phrase, join
from tellings.comparing.labels import Use, is_title, labels
from tellings.comparing.spellings import key_of
from tellings.comparing.table import Table
from tellings.comparing.whose import Voices
from tellings.records import LabelUse, MentionType, Name, Reading, Span

MAIN, OFTEN = 3, 5
"""Of one account alone the three entities told most, if by five labels or more."""
AT_LENGTH = 4
"""Phrases for somebody without a name from which on he is told."""


@dataclass(frozen=True, slots=True)
class _Told:
    """An entity of the story: its labels with the account of each, and the numbers of the accounts that name it."""

    type: MentionType
    labels: tuple[tuple[int, Use], ...]
    acts: frozenset[int]
    named: frozenset[int]
    counted: frozenset[int]


def names(table: Table, made: Sequence[Made] = ()) -> tuple[Name, ...]:
    """The entities that matter with their labels, those of most accounts first, then those with most labels; then acts.

    Labels stand by account, in the table's order, and by place. Acts are found in the claims `made`.
    """
    used = corrected_labels([labels(reading) for reading in table.readings], table.rulings)
    told, home = _entities(table, used)
    told = [one for one in told if one.labels]
    kept = [one for one in told if _matters(one)] + _main(one for one in told if not _matters(one))
    kept_by_name = [(one, _entity(table, one)) for one in kept]
    kept_by_name.sort(key=lambda pair: (-len(pair[0].counted), -len(pair[0].labels), pair[1], pair[0].labels[0]))
    voices = [Voices(table, number) for number in range(len(table.readings))]
    people = [
        Name(entity, tuple(_label(voices[account], use) for account, use in one.labels), one.type)
        for one, entity in kept_by_name
    ]
    return (*people, *(_act(table, voices, uses) for uses in acts(table, made, home)))


def _act(table: Table, voices: Sequence[Voices], uses: Sequence[ActUse]) -> Name:
    """An act by its commonest word."""
    said = [_text(table.readings[use.account], use.span) for use in uses]
    counts = Counter(text.lower() for text in said)
    entity = min(said, key=lambda text: (-counts[text.lower()], text))
    labelled = [_label(voices[use.account], Use(_NOBODY, use.span, use.kind)) for use in uses]
    return Name(entity, tuple(labelled), "ACT")


_NOBODY = -1
"""The number of the entity of an act's label: none."""


def _entities(table: Table, used: Sequence[tuple[Use, ...]]) -> tuple[list[_Told], Home]:
    """Every entity of the story, labels and all, and the group that each account's entity mostly is of."""
    phrases, places = phrases_of(table.readings, used)
    group = corrected_people(join(phrases), phrases, table.rulings)
    home: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    by_name: dict[tuple[int, Span], int] = {}
    typed = {place: phrase.type for place, phrase in zip(places, phrases, strict=True)}
    for (account, span), phrase, number in zip(places, phrases, group, strict=True):
        home[account, phrase.entity][number] += 1
        by_name[account, span] = number
    held: dict[int, list[tuple[int, Use]]] = defaultdict(list)
    kinds: dict[int, Counter[MentionType]] = defaultdict(Counter)
    for phrase, number in zip(phrases, group, strict=True):
        kinds[number][phrase.type] += 1
    for account, uses in enumerate(used):
        named = _names_of(table.readings[account])
        for use in uses:
            own = by_name.get((account, use.span))
            usual = home.get((account, use.entity))
            if own is not None and use.kind in {"name", "nominal"}:
                held[own].append((account, use))
            elif usual:
                near = by_name.get((account, _beside(named.get(use.entity, ()), use)))
                held[near if near is not None else usual.most_common(1)[0][0]].append((account, use))
    acting = [_acting(reading) for reading in table.readings]
    usually = {place: numbers.most_common(1)[0][0] for place, numbers in home.items()}
    told = []
    for n, those in sorted(held.items()):
        kind = kinds[n].most_common(1)[0][0]
        fitting = [(account, use) for account, use in those if not _misread(use, typed.get((account, use.span)), kind)]
        told.append(_told(table, fitting, kind, acting))
    return told, usually


def _misread(use: Use, kind: MentionType | None, of: MentionType) -> bool:
    """Whether a phrase for a place has come among a person's labels ("the city")."""
    return use.kind == "nominal" and of == "PER" and kind == "LOC"


def _names_of(reading: Reading) -> dict[int, list[Span]]:
    """The names of each entity in text order."""
    found: dict[int, list[Span]] = defaultdict(list)
    for mention in reading.mentions:
        if mention.form == "name":
            found[mention.entity].append(mention.span)
    return found


def _beside(spans: Sequence[Span], use: Use) -> Span:
    """The nearest of an entity's names, which a title goes with; the label itself where it has none."""
    at = bisect_right(spans, use.span)
    near = spans[max(0, at - 1) : at + 1]
    return min(near, key=lambda s: (max(s.start - use.span.end, use.span.start - s.end), s), default=use.span)


def _told(table: Table, uses: list[tuple[int, Use]], kind: MentionType, acting: Sequence[frozenset[int]]) -> _Told:
    accounts = {account for account, _ in uses}
    return _Told(
        kind,
        tuple(uses),
        frozenset(table.counted[account] for account, use in uses if use.entity in acting[account]),
        frozenset(table.counted[account] for account, use in uses if use.kind == "name"),
        frozenset(table.counted[account] for account in accounts),
    )


def _acting(reading: Reading) -> frozenset[int]:
    """Entities that are the subject of a statement, or its agent."""
    return frozenset(
        part.entity
        for statement in reading.statements
        for part in statement.participants
        if part.entity is not None and part.role in {"subject", "agent"}
    )


def _matters(one: _Told) -> bool:
    if one.type in {"PER", "ORG"} and len(one.named) > 1:
        return True
    if one.type == "LOC":
        return len(one.named) > 1 and len(one.acts) > 1
    phrases = sum(use.kind == "nominal" for _, use in one.labels)
    return not one.named and len(one.counted) > 1 and phrases >= AT_LENGTH


def _main(told: Iterable[_Told]) -> list[_Told]:
    """Of each account those that it alone tells most of."""
    alone: dict[int, list[_Told]] = defaultdict(list)
    for one in told:
        if len(one.counted) == 1 and one.named and len(one.labels) >= OFTEN and one.type in {"PER", "ORG"}:
            alone[min(one.counted)].append(one)
    ranked = (sorted(ones, key=lambda one: (-len(one.labels), one.labels[0])) for ones in alone.values())
    return [one for ones in ranked for one in ones[:MAIN]]


def _entity(table: Table, one: _Told) -> str:
    """A person's fullest name, a body's or place's commonest but for acronyms; without a name the commonest phrase."""
    for kind in ("name", "nominal", "title", "apposition", "modifier", "predicate"):
        found = Counter(_text(table.readings[account], use.span) for account, use in one.labels if use.kind == kind)
        if found:
            return min(found, key=lambda text: (-_fullness(text, one.type), -found[text], -len(text), text))
    raise ValueError("an entity without a label")


def _fullness(text: str, kind: MentionType) -> int:
    """How far a name tells who is meant: words of a person's up to three, one acronym beside words for a body's."""
    size = len(key_of(text))
    return min(3, size) if kind == "PER" else int(size > 1 or not text.isupper())


def _text(reading: Reading, span: Span) -> str:
    return reading.account.text[span.start : span.end]


def phrases_of(
    readings: Sequence[Reading], used: Sequence[tuple[Use, ...]]
) -> tuple[list[Phrase], list[tuple[int, Span]]]:
    """The names and nominals of readings as the joining takes them, each with its account's number and its place."""
    phrases: list[Phrase] = []
    places: list[tuple[int, Span]] = []
    for account, (reading, uses) in enumerate(zip(readings, used, strict=True)):
        titles, acting = _titles(reading, uses), _acting(reading)
        for mention in reading.mentions:
            names_him = mention.form == "nominal" or not is_title(reading.account.text, mention)
            if mention.form != "pronoun" and mention.type != "MISC" and names_him:
                text = _text(reading, mention.span)
                told = titles.get(mention.entity, frozenset()) if mention.form == "name" else frozenset()
                phrases.append(
                    Phrase(account, mention.entity, text, mention.form, mention.type, told, mention.entity in acting)
                )
                places.append((account, mention.span))
    return phrases, places


def _titles(reading: Reading, uses: Sequence[Use]) -> Mapping[int, frozenset[str]]:
    """Each entity's titles and appositions in lower case, up to their heads, without their smallest words."""
    found: dict[int, set[str]] = defaultdict(set)
    for use in uses:
        if use.kind in {"title", "apposition"}:
            said = _text(reading, use.span).lower().replace(".", "").replace(",", " ").split()
            if use.kind == "apposition":
                said = said[: next((n for n, word in enumerate(said) if word in _AFTER_HEAD), len(said))]
            title = " ".join(word for word in said if word not in _SMALL)
            if title:
                found[use.entity].add(title)
    return {entity: frozenset(titles) for entity, titles in found.items()}


_SMALL = frozenset({"the", "a", "an", "and", "his", "her", "its", "their", "for", "former", "late", "then"})
_AFTER_HEAD = frozenset({"of", "for", "at", "in", "from", "with", "who", "and"})


def _label(voices: Voices, use: Use) -> LabelUse:
    """A label as the contract has it; what somebody is told to call another is his voice."""
    voice, speaker = voices.of(use.span)
    if voice == "own" and use.by is not None:
        voice, speaker = "quoted", voices.words(use.by)
    said = voices.words(use.span)
    return LabelUse(said.account, said.start, said.end, said.text, voice, use.kind, speaker)
