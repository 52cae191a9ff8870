"""Clauses: the stretches of a sentence that each tell one thing, from its parse (Universal Dependencies 2).

A clause begins at the head of a stretch and at every finite or long clause under it: coordinated predicates,
complements, finite adverbial clauses, relative clauses and participles set off by a sign. Words go to the nearest of
these above them. Clauses never overlap: one that stands in the middle of another stays a part of it, so a clause is one
contiguous stretch and no word is lost. A clause that tells too little stays with its neighbour.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from tellings.reading.spans import trimmed
from tellings.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tellings.records import Word

LEAST_CLAUSE = 2  # words that tell something which a main clause, a coordinated predicate or a complement must have
LEAST_SUBORDINATE = 3  # the same for adverbial clauses and what stands beside
LEAST_SET_OFF = 4  # the same for relative clauses and participles after a sign
LEAST_BESIDE_CONTENT = 3  # the same for what takes a complement, its subject left out: "the report said" tells nothing

_TELLING = frozenset({"ADJ", "ADV", "INTJ", "NOUN", "NUM", "PRON", "PROPN", "SYM", "VERB", "X"})
_TELLS_NOTHING = frozenset(
    ["who", "whom", "whose", "which", "that", "said", "says", "say", "saying", "told", "tells", "tell", "telling"]
)
_JOINING = frozenset({"and", "but", "&"})
_ALTERNATIVE = frozenset({"or", "nor"})
_CONDITIONS = frozenset({"if", "unless", "than", "whether", "that", "lest"})  # what follows is not told by itself
_SUBJECTS = ("nsubj", "csubj", "expl")
_OF_ITS_OWN = (*_SUBJECTS, "obj", "iobj", "ccomp", "xcomp", "obl", "aux", "cop")
_LEADING_IN = frozenset({"det", "mark", "cc"})
_SET_OFF = frozenset(",–—-(;:") | {"--"}
_OPENING = frozenset("“‘„«([{")


@dataclass(frozen=True, slots=True)
class Syntax:
    """The words of a text with what hangs on each.

    `dependents` number them in text order; `forms` are the words in lower case with straight apostrophes, `bases` their
    relations without subtypes. `solid` are the words that belong to their clause wherever they stand: all but signs and
    the "and" between two clauses.
    """

    text: str
    words: Sequence[Word]
    dependents: tuple[tuple[int, ...], ...]
    forms: tuple[str, ...]
    bases: tuple[str, ...]
    solid: tuple[bool, ...]

    def hanging(self, word: int, *relations: str) -> list[int]:
        """The words that hang on a word by one of the relations, named with or without a subtype."""
        below = self.dependents[word]
        return [i for i in below if self.bases[i] in relations or self.words[i].relation in relations]

    def has(self, word: int, *relations: str) -> bool:
        """Whether any word hangs on a word by one of the relations, named without a subtype."""
        return any(self.bases[i] in relations for i in self.dependents[word])

    def between(self, span: Span) -> range:
        """The words that begin in a span."""
        first = bisect_left(self.words, span.start, key=lambda word: word.span.start)
        return range(first, bisect_left(self.words, span.end, lo=first, key=lambda word: word.span.start))

    def is_predicate(self, word: int) -> bool:
        """Whether a word is a verb or has a subject or a copula."""
        return self.words[word].upos in {"VERB", "AUX"} or self.has(word, *_SUBJECTS, "cop")

    def tells(self, word: int) -> bool:
        """Whether a word tells something: no word of grammar, of saying, no sign."""
        return (
            self.words[word].upos in _TELLING and self.bases[word] != "expl" and self.forms[word] not in _TELLS_NOTHING
        )


def syntax(text: str, words: Sequence[Word]) -> Syntax:
    """The words of a text, in text order, with what hangs on each; linear in their number."""
    dependents: list[list[int]] = [[] for _ in words]
    for number, word in enumerate(words):
        if word.head is not None:
            dependents[word.head].append(number)
    forms = tuple(text[word.span.start : word.span.end].lower().replace("’", "'") for word in words)
    bases = tuple(word.relation.partition(":")[0] for word in words)
    solid = tuple(map(_is_solid, words, forms))
    return Syntax(text, words, tuple(map(tuple, dependents)), forms, bases, solid)


def _is_solid(word: Word, form: str) -> bool:
    if word.upos == "PUNCT":
        return any(sign.isalnum() for sign in form)
    return not (word.upos == "CCONJ" and form in _JOINING and word.relation == "cc")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch that tells one thing: words `[first, last)`, its topmost word, its code points with closing signs."""

    first: int
    last: int
    head: int
    span: Span

    @property
    def words(self) -> range:
        """The numbers of its words."""
        return range(self.first, self.last)


@dataclass(slots=True)
class _Part:
    """A clause while it is made; `least` is how many telling words it must have to stay alone."""

    first: int
    last: int
    head: int
    least: int


def clauses(syntax: Syntax, stretch: Span) -> tuple[Clause, ...]:
    """The clauses of a stretch of one sentence in text order, none where no word begins in it.

    The first begins and the last ends with the stretch, signs trimmed; between two, signs and "and" or "but" belong to
    neither. A question is not cut: it tells nothing that could be told apart.
    """
    inside = syntax.between(stretch)
    if not inside:
        return ()
    forest = _forest(syntax, inside)
    if syntax.text[stretch.start : stretch.end].rstrip("\"'”’)» ").endswith("?"):
        parts = [_whole(inside, forest)]
    else:
        parts = _long_enough(syntax, forest, _contiguous(syntax, inside, forest))
    return tuple(_with_spans(syntax, stretch, parts))


# ---------------------------------------------------------------- which words begin a clause


@dataclass(frozen=True, slots=True)
class _Forest:
    """The trees of a stretch: `order` from the tops down, depths, the head of each word's clause, what it must have.

    `told` counts the telling words of the stretch before each word, `start` is the stretch's first word.
    """

    order: list[int]
    depth: dict[int, int]
    owner: dict[int, int]
    least: dict[int, int]
    told: list[int]
    start: int

    def count(self, first: int, last: int) -> int:
        """The telling words among `[first, last)`."""
        return self.told[last - self.start] - self.told[first - self.start]


def _forest(syntax: Syntax, inside: range) -> _Forest:
    order, depth = _ordered(syntax, inside)
    leftmost = _leftmost(syntax, order)
    owner: dict[int, int] = {}
    least: dict[int, int] = {}
    for i in order:
        above = syntax.words[i].head
        if depth[i] == 0:
            begins = LEAST_CLAUSE if above is None or syntax.is_predicate(i) else 0
        else:
            set_off = leftmost[i] > inside.start and syntax.forms[leftmost[i] - 1] in _SET_OFF
            begins = _least(syntax, i, under_clause=above in least, set_off=set_off)
        if begins:
            least[i] = begins
            owner[i] = i
        elif depth[i] and above in owner:
            owner[i] = owner[above]
    _adopt(inside, owner, order[0])
    told = [0, *accumulate(int(syntax.tells(i)) for i in inside)]
    return _Forest(order, depth, owner, least, told, inside.start)


def _ordered(syntax: Syntax, inside: range) -> tuple[list[int], dict[int, int]]:
    """The words of a stretch from the tops of its trees down, and how far below a top each stands."""
    order = [i for i in inside if syntax.words[i].head not in inside]
    order = order or [inside.start]  # no word leads out: not a tree, but no reason to fail
    depth = dict.fromkeys(order, 0)
    for i in order:  # grows while it is walked
        for below in syntax.dependents[i]:
            if below in inside and below not in depth:
                depth[below] = depth[i] + 1
                order.append(below)
    return order, depth


def _leftmost(syntax: Syntax, order: Sequence[int]) -> dict[int, int]:
    """The first solid word of what hangs on each word, itself included."""
    first = {i: i for i in order}
    for i in reversed(order):
        above = syntax.words[i].head
        if above in first and syntax.solid[i]:
            first[above] = min(first[above], first[i])
    return first


def _adopt(inside: range, owner: dict[int, int], otherwise: int) -> None:
    """Give the words of a loose phrase the clause of the word before, else of the one after."""
    near = next((owner[i] for i in inside if i in owner), otherwise)
    for i in inside:
        near = owner.setdefault(i, near)


def _least(syntax: Syntax, word: int, *, under_clause: bool, set_off: bool) -> int:
    """How many telling words make a clause of what hangs on a word; 0 where it cannot be one.

    `under_clause` says that it hangs on the head of a clause, `set_off` that a comma or its like stands before it.
    """
    base = syntax.bases[word]
    if base == "conj":
        return LEAST_CLAUSE if under_clause and _is_coordinated_clause(syntax, word) else 0
    if base in {"ccomp", "parataxis", "appos"}:
        if not syntax.is_predicate(word) or _is_infinitive(syntax, word):
            return 0
        if base != "ccomp":
            return LEAST_SUBORDINATE
        # the complement of a participle or a noun stays: "with the paper reporting that ..."
        return LEAST_CLAUSE if under_clause or syntax.bases[syntax.words[word].head or 0] == "xcomp" else 0
    if syntax.words[word].relation in {"acl:relcl", "advcl:relcl"}:
        return LEAST_SET_OFF if set_off else 0
    return _least_adverbial(syntax, word, set_off=set_off) if base in {"advcl", "acl"} else 0


def _least_adverbial(syntax: Syntax, word: int, *, set_off: bool) -> int:
    if any(syntax.forms[i] in _CONDITIONS for i in syntax.hanging(word, "mark")):
        return 0
    if syntax.bases[word] == "advcl" and _is_finite(syntax, word):
        return LEAST_SUBORDINATE if set_off or _is_introduced(syntax, word) else 0
    return LEAST_SET_OFF if set_off and _is_participle(syntax, word) else 0


def _is_coordinated_clause(syntax: Syntax, word: int) -> bool:
    """Whether a conjunct is a predicate with something of its own, and not an alternative, which nobody tells."""
    return syntax.is_predicate(word) and syntax.has(word, *_OF_ITS_OWN) and not _is_alternative(syntax, word)


def _is_alternative(syntax: Syntax, word: int) -> bool:
    """Whether "or" joins a conjunct, or the last of its row."""
    above = syntax.words[word].head
    row = [i for i in syntax.hanging(above, "conj") if i >= word] if above is not None else [word]
    for conjunct in row:
        joining = [syntax.forms[i] for i in syntax.hanging(conjunct, "cc")]
        if joining:
            return any(form in _ALTERNATIVE for form in joining)
    return False


def _is_infinitive(syntax: Syntax, word: int) -> bool:
    return any(syntax.forms[i] == "to" and i < word for i in syntax.hanging(word, "mark"))


def _is_finite(syntax: Syntax, word: int) -> bool:
    """Whether a verb has a subject and is neither an infinitive nor a bare participle."""
    if not syntax.has(word, *_SUBJECTS) or _is_infinitive(syntax, word):
        return False
    helpers = [syntax.forms[i] for i in syntax.hanging(word, "aux", "cop")]
    if helpers:
        return not helpers[0].endswith("ing")
    return not syntax.forms[word].endswith("ing")


def _is_introduced(syntax: Syntax, word: int) -> bool:
    """Whether an adverbial clause opens with "because", "when" or their like; what follows "every time" does not."""
    return syntax.has(word, "mark") or any(syntax.forms[i].startswith("wh") for i in syntax.hanging(word, "advmod"))


def _is_participle(syntax: Syntax, word: int) -> bool:
    """Whether a verb stands without a subject and without a word that leads it in."""
    return syntax.words[word].upos == "VERB" and not syntax.has(word, "mark", "case", "cop", "aux", *_SUBJECTS)


# ---------------------------------------------------------------- from words to stretches


def _contiguous(syntax: Syntax, inside: range, forest: _Forest) -> list[_Part]:
    """Clauses as stretches that do not overlap: those whose stretches would are one, under its topmost head."""
    solid = [i for i in inside if syntax.solid[i] or forest.owner[i] == i]
    last = {forest.owner[i]: i + 1 for i in solid}
    parts: list[_Part] = []
    for i in solid:
        head = forest.owner[i]
        if not parts or i >= parts[-1].last:
            parts.append(_Part(i, last[head], head, forest.least.get(head, 0)))
        part = parts[-1]
        part.last = max(part.last, last[head])
        if forest.depth[head] < forest.depth[part.head]:
            part.head, part.least = head, forest.least.get(head, 0)
    return parts or [_whole(inside, forest)]


def _whole(inside: range, forest: _Forest) -> _Part:
    head = next((i for i in forest.order if forest.owner[i] == i), forest.order[0])
    return _Part(inside.start, inside.stop, head, 0)


def _long_enough(syntax: Syntax, forest: _Forest, parts: Sequence[_Part]) -> list[_Part]:
    """Clauses with those that tell too little made one with a neighbour: the one they hang on, else the one before."""
    made: list[_Part] = []
    for part in parts:
        if made and (
            _is_broken_off(syntax, made[-1])
            or _is_short(syntax, forest, made[-1])
            or (_is_short(syntax, forest, part) and not _leads_on(syntax, part))
        ):
            made[-1] = _joined(syntax, forest, made[-1], part)
        else:
            made.append(part)
    if len(made) > 1 and _is_short(syntax, forest, made[-1]):
        made[-2:] = [_joined(syntax, forest, *made[-2:])]
    return made


def _is_broken_off(syntax: Syntax, part: _Part) -> bool:
    """Whether a clause ends with a word that leads something in: the parse is wrong there."""
    return syntax.bases[part.last - 1] in _LEADING_IN and part.last - 1 != part.head


def _is_short(syntax: Syntax, forest: _Forest, part: _Part) -> bool:
    """Whether a clause tells too little, by itself or beside the content that was cut out of it."""
    if forest.count(part.first, part.last) < part.least:
        return True
    taker = _content_taker(syntax, part)
    return taker is not None and forest.count(taker, part.last) < LEAST_BESIDE_CONTENT


def _content_taker(syntax: Syntax, part: _Part) -> int | None:
    """The word of a clause's predicate whose complement stands outside the clause."""
    at: int | None = part.head
    for _ in range(part.first, part.last):
        if at is None:
            return None
        contents = [i for i in syntax.hanging(at, "ccomp") if not _is_infinitive(syntax, i)]
        if any(not part.first <= i < part.last for i in contents):
            return at
        at = next((i for i in syntax.hanging(at, "xcomp", "ccomp") if part.first <= i < part.last), None)
    return None


def _leads_on(syntax: Syntax, part: _Part) -> bool:
    """Whether a clause hangs on a word after it, or its content stands after it."""
    above = syntax.words[part.head].head
    taker = _content_taker(syntax, part)
    after = taker is not None and any(i >= part.last for i in syntax.hanging(taker, "ccomp"))
    return after or (above is not None and above >= part.last)


def _joined(syntax: Syntax, forest: _Forest, one: _Part, other: _Part) -> _Part:
    """Two neighbours as one under the topmost head, unless that only says who speaks and the other is not its content.

    "The wall was cracked and the roof was weak, she said": what stays with "she said" tells of the roof.
    """
    top, low = sorted((one, other), key=lambda part: (forest.depth[part.head], part.head))
    beside = not top.first <= (syntax.words[low.head].head or 0) < top.last
    only_speaks = beside and _content_taker(syntax, top) is not None and _is_short(syntax, forest, top)
    return _Part(one.first, other.last, low.head if only_speaks else top.head, 0)


def _with_spans(syntax: Syntax, stretch: Span, parts: Sequence[_Part]) -> Iterator[Clause]:
    before = stretch.start  # where the clause before ends
    for number, part in enumerate(parts):
        start, end = stretch
        if number > 0:
            start = _opened(syntax, part.first, before)
        if number + 1 < len(parts):
            end = _closed(syntax, part.last, parts[number + 1].first)
        yield Clause(part.first, part.last, part.head, trimmed(syntax.text, Span(start, end)))
        before = end


def _opened(syntax: Syntax, first: int, before: int) -> int:
    """Where a clause begins: before the opening marks glued to its first word."""
    start = max(before, syntax.words[first].span.start)
    for i in range(first - 1, -1, -1):
        span = syntax.words[i].span
        if span.end != start or span.start < before or syntax.forms[i] not in _OPENING | {'"', "'"}:
            break
        start = span.start
    return start


def _closed(syntax: Syntax, last: int, following: int) -> int:
    """Where a clause ends: after the signs glued to its last word, an opening one left out."""
    end = syntax.words[last - 1].span.end
    for i in range(last, following):
        span = syntax.words[i].span
        if span.start != end or syntax.words[i].upos != "PUNCT" or syntax.forms[i] in _OPENING:
            break
        end = span.end
    return end
