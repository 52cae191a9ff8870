"""What a clause tells of whom: its predicate and the phrases that take part in it, from the parse."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tellings.records import Participant, ParticipantRole, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tellings.reading.clauses import Clause, Syntax
    from tellings.records import Mention

_ROLES: dict[str, ParticipantRole] = {
    "nsubj": "subject",
    "csubj": "subject",
    "obj": "object",
    "iobj": "indirect object",
    "obl:agent": "agent",
    "obl": "oblique",
}
_ASIDE = frozenset({"acl:relcl", "advcl:relcl", "appos", "parataxis", "conj", "cc", "dislocated", "discourse", "advcl"})
_HELPERS = frozenset({"aux", "cop"})
_NOT = frozenset({"not", "n't", "never"})
_BEFORE_VERB = ("aux", "advmod")
_BEFORE_COMPLEMENT = ("aux", "cop", "advmod", "det", "amod", "nummod", "compound", "nmod:poss", "case")
_NAME_PARTS = ("flat", "goeswith", "fixed")
_RELATIVES = frozenset({"who", "whom", "which", "that"})
_LONGEST_CHAIN = 8  # steps that are walked up or down a tree

MentionsOf = dict[int, list["Mention"]]


def predicate(syntax: Syntax, clause: Clause) -> Span | None:
    """The span of what a clause tells of its participants; None for a fragment without one.

    A verb comes with its auxiliaries, "not" and particle, a noun or adjective with its copula, as far as nothing but
    words of their own stands between.
    """
    head = clause.head
    if not syntax.is_predicate(head):
        return None
    first, last = _first_helper(syntax, head, clause.first), head + 1
    while last < clause.last and syntax.words[last].head == head and _follows(syntax, last):
        last += 1
    return Span(syntax.words[first].span.start, syntax.words[last - 1].span.end)


def _follows(syntax: Syntax, word: int) -> bool:
    return syntax.words[word].relation == "compound:prt" or syntax.forms[word] in _NOT


def _first_helper(syntax: Syntax, head: int, least: int) -> int:
    """The first auxiliary, copula or "not" that a row of the predicate's own words leads back to."""
    relations = _BEFORE_COMPLEMENT if syntax.has(head, "cop") else _BEFORE_VERB
    own = set(syntax.hanging(head, *relations))
    first = head
    for i in range(head - 1, least - 1, -1):
        if not _hangs_within(syntax, i, own):
            break
        if i in own and (syntax.bases[i] in _HELPERS or syntax.forms[i] in _NOT):
            first = i
    return first


def _hangs_within(syntax: Syntax, word: int, own: set[int]) -> bool:
    """Whether a word is one of a set or hangs on one, by a few steps."""
    at: int | None = word
    for _ in range(_LONGEST_CHAIN):
        if at is None or at in own:
            break
        at = syntax.words[at].head
    return at in own


def mentions_of(syntax: Syntax, mentions: Sequence[Mention]) -> MentionsOf:
    """The mentions that each word stands in."""
    found: MentionsOf = defaultdict(list)
    for mention in mentions:
        for word in syntax.between(mention.span):
            found[word].append(mention)
    return dict(found)


def participants(syntax: Syntax, clause: Clause, known: Mapping[int, Sequence[Mention]]) -> tuple[Participant, ...]:
    """Who and what takes part in what a clause tells, in text order; `known` are the mentions of each word.

    A coordinated predicate, a complement without a subject and a participle have the subject of what they hang on,
    which may stand outside the clause. Where the verb has no object, the objects of its open complement are taken
    ("agreed to repay the fee"). Each of several coordinated phrases is a participant. Obliques are taken where
    somebody or something known stands in them.
    """
    found = list(_arguments(syntax, clause.head))
    if not any(role == "subject" for _, role in found):
        found += [(i, "subject") for i in _inherited(syntax, clause.head)]
    if not any(role == "object" for _, role in found):
        found += _of_complement(syntax, clause)
    made = []
    for head, role in found:
        for one in (head, *_coordinated(syntax, head)):
            words = phrase(syntax, one)
            if role != "oblique" or any(word in known for word in words):
                span = Span(syntax.words[words[0]].span.start, syntax.words[words[-1]].span.end)
                made.append(Participant(span, role, _entity(syntax, one, known)))
    return tuple(sorted(made, key=lambda p: (p.span, p.role)))


def _arguments(syntax: Syntax, head: int) -> Iterator[tuple[int, ParticipantRole]]:
    subjects = [i for i in syntax.hanging(head, "nsubj", "csubj") if not syntax.words[i].relation.endswith(":outer")]
    for i in syntax.dependents[head]:
        if subjects and syntax.words[i].relation.endswith(":outer"):
            continue  # in "the answer is that he left" it is he who leaves
        role = _ROLES.get(syntax.words[i].relation) or _ROLES.get(syntax.bases[i])
        if role is not None:
            yield i, role


def _inherited(syntax: Syntax, head: int) -> list[int]:
    """The subject of the nearest predicate up the tree that has one, over coordination and open complements.

    The object of what takes an open complement comes first: in "asked her to leave" it is she who leaves.
    """
    at = head
    for _ in range(_LONGEST_CHAIN):
        above = syntax.words[at].head
        if above is None or syntax.bases[at] not in {"conj", "xcomp", "advcl"}:
            break
        if syntax.bases[at] == "xcomp":
            objects = syntax.hanging(above, "obj", "iobj")
            if objects:
                return objects[-1:]
        subjects = syntax.hanging(above, "nsubj", "csubj")
        if subjects:
            return subjects
        at = above
    return []


def _of_complement(syntax: Syntax, clause: Clause) -> list[tuple[int, ParticipantRole]]:
    """The objects and agents of the open complements of a clause's verb."""
    at: int | None = clause.head
    for _ in range(_LONGEST_CHAIN):
        at = next((i for i in syntax.hanging(at, "xcomp") if i in clause.words), None) if at is not None else None
        if at is None:
            break
        found = list(_arguments(syntax, at))
        if any(role == "object" for _, role in found):
            return [(i, role) for i, role in found if role != "subject"]
    return []


def _coordinated(syntax: Syntax, head: int) -> list[int]:
    """The phrases coordinated with a phrase."""
    return [i for i in syntax.hanging(head, "conj") if not syntax.has(i, "nsubj", "cop", "aux")]


def phrase(syntax: Syntax, head: int) -> list[int]:
    """The words of a phrase in one row around its head.

    Left out are its preposition, its relative clauses and appositions, what is coordinated with it, signs at its ends.
    """
    inside = {head}
    opened = [head]
    while opened:
        at = opened.pop()
        for i in syntax.dependents[at]:
            aside = syntax.words[i].relation in _ASIDE and not (at != head and syntax.bases[i] in {"conj", "cc"})
            preposition = at == head and i < head and syntax.bases[i] == "case"
            if not aside and not preposition and i not in inside:
                inside.add(i)
                opened.append(i)
    first = last = head
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    while first < head and not syntax.solid[first]:
        first += 1
    while last > head and not syntax.solid[last]:
        last -= 1
    return list(range(first, last + 1))


def _entity(syntax: Syntax, head: int, known: Mapping[int, Sequence[Mention]]) -> int | None:
    """The entity that a phrase means: of the mention that its head ends, or that is a name around its head.

    A relative pronoun means what its clause hangs on.
    """
    if head not in known and syntax.forms[head] in _RELATIVES:
        above = syntax.words[head].head
        if above is not None and syntax.words[above].relation == "acl:relcl":
            antecedent = syntax.words[above].head
            return _entity_at(syntax, antecedent, known) if antecedent is not None else None
    return _entity_at(syntax, head, known)


def _entity_at(syntax: Syntax, head: int, known: Mapping[int, Sequence[Mention]]) -> int | None:
    ends = syntax.words[max([head, *syntax.hanging(head, *_NAME_PARTS)])].span.end
    around = [m for m in known.get(head, ()) if m.span.end == ends or m.form == "name"]
    if not around:
        return None
    return min(around, key=lambda m: (m.span.end != ends, m.span.end - m.span.start, m.span)).entity
