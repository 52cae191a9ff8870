"""Polarity, certainty and kind of a statement.

From the parse where there is one: a word denies or hedges what it hangs on, so "not" in another clause does neither.
From cue words, our own lists, where there is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tellings.reading import labels
from tellings.reading.model import softmax
from tellings.records import Certainty, Polarity, Span, StatementKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tellings.reading.clauses import Clause, Syntax
    from tellings.reading.layout import Layout
    from tellings.reading.states import States


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


LEAST_KIND = 0.35  # share of the best kind under which none is given

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


# ---------------------------------------------------------------- by words alone


def polarity(words: str) -> Polarity:
    """`negated` where a negation word stands in the statement."""
    return "negated" if NEGATION.search(words) else "affirmed"


def certainty(words: str) -> Certainty:
    """`hedged` where a hedging word stands in the statement."""
    return "hedged" if HEDGE.search(words) else "certain"


def kind(words: str) -> StatementKind | None:
    """Question, demand or forecast where words show it; None where only a trained head could tell."""
    if is_question(words):
        return "question"
    if _DEMAND.search(words):
        return "demand"
    return "forecast" if _FORECAST.search(words) else None


def is_question(words: str) -> bool:
    """Whether a statement ends with a question mark, closing marks aside."""
    return words.rstrip("\"'”’)» ").endswith("?")


def kind_of(layout: Layout, states: States, span: Span) -> StatementKind | None:
    """The kind of a statement: the likeliest by the mean of its pieces' scores, None below LEAST_KIND.

    What ends with a question mark is a question. Without states (a model made by hand) the words alone decide.
    """
    words = layout.text[span.start : span.end]
    if is_question(words):
        return "question"
    if not len(states.labels):
        return kind(words)
    first, last = layout.pieces(span)
    shares = softmax(states.labels[first:last, labels.KIND].mean(0))
    best = int(shares.argmax())
    return labels.KINDS[best] if shares[best] >= LEAST_KIND else None


# ---------------------------------------------------------------- polarity by the parse

_NOT = frozenset({"not", "n't", "never", "nowhere", "neither", "nor"})
_NOT_ONLY = frozenset({"only", "just", "merely", "simply", "solely", "least"})
_NONE = frozenset({"nobody", "nothing", "none", "neither", "no-one"})
_NO = frozenset({"no", "neither", "not", "none"})
_EVER = frozenset({"always", "yet", "even", "ever", "once"})  # "not always", "not yet" deny what they hang on
_NO_MORE = frozenset({"longer", "more", "way"})
_SURE = frozenset({"doubt", "question", "matter", "secret", "surprise", "wonder"})  # "no doubt" denies nothing
_AT_NO = frozenset({"time", "point", "way", "means", "circumstances", "case"})  # "at no time" denies what it hangs on
_DENIAL = re.compile(
    r"(?:refus|reject|declin)(?:e|es|ed|s|ing)?|den(?:y|ies|ied|ying)|fail(?:s|ed|ing)?|unable|false|untrue"
)
_SHARED_HELPERS = frozenset(
    ["do", "does", "did", "will", "would", "wo", "can", "ca", "could", "shall", "should", "sha", "may", "might", "must"]
)
_PAST = _listed(
    "was were had did went came got gave took made said told saw left lost found felt held kept sent spent won met paid sold "
    "brought bought caught taught thought fought ran began became rose fell drew drove broke spoke wrote stood understood led "
    "knew grew threw flew shot struck"
)


def polarity_of(syntax: Syntax, clause: Clause) -> Polarity:
    """Whether a clause says that something is not so.

    Negated are its predicate ("did not", "never", "no longer", "without paying"), its subject or object ("nobody", "no
    fee") or the complement that stands in the same clause ("decided not to pay"). A verb of denial negates the
    complement that stands in its own clause ("refused to pay", "denied that he paid"), and two such undo each other
    ("did not refuse to pay"); with a noun alone it tells of an act of denying ("rejected the offer"), which is affirmed.
    """
    if any(_negates(syntax, i) for i in _tops(syntax, clause)):
        return "negated"  # "not" in a quoted fragment whose verb stands outside it
    return "negated" if any(_is_negated(syntax, clause, i) for i in _chain(syntax, clause)) else "affirmed"


def _tops(syntax: Syntax, clause: Clause) -> list[int]:
    """The words of a clause that hang on none of its words."""
    return [i for i in clause.words if syntax.words[i].head not in clause.words]


def _chain(syntax: Syntax, clause: Clause) -> Iterator[int]:
    """A clause's head and, one in the other, the complements that stand in the clause."""
    at: int | None = clause.head
    for _ in clause.words:
        if at is None:
            return
        yield at
        at = _complement(syntax, clause, at)


def _complement(syntax: Syntax, clause: Clause, word: int) -> int | None:
    complements = syntax.hanging(word, "xcomp", "ccomp", "csubj")
    return next((i for i in complements if i in clause.words and i != clause.head), None)


def _is_negated(syntax: Syntax, clause: Clause, word: int) -> bool:
    denied = (
        _has_not(syntax, word)
        or _has_none(syntax, word)
        or _shares_not(syntax, word)
        or (word == clause.head and any(syntax.forms[i] == "without" for i in syntax.hanging(word, "mark", "case")))
    )
    below = _complement(syntax, clause, word)
    denies = below is not None and _DENIAL.fullmatch(syntax.forms[word]) is not None
    return denied != denies


def _has_not(syntax: Syntax, word: int) -> bool:
    """Whether "not" or its like hangs on a predicate, its auxiliaries or an "ever" of it."""
    for i in syntax.dependents[word]:
        helper = syntax.bases[i] in {"aux", "cop"} or syntax.forms[i] in _EVER
        if syntax.forms[i] == "cannot" or _negates(syntax, i):
            return True
        if helper and any(_negates(syntax, below) for below in syntax.dependents[i]):
            return True
        if syntax.forms[i] in _NO_MORE and any(syntax.forms[below] in {"no", "not"} for below in syntax.dependents[i]):
            return True
    return False


def _negates(syntax: Syntax, word: int) -> bool:
    if syntax.forms[word] not in _NOT or syntax.bases[word] in {"conj", "parataxis"}:
        return False
    following = syntax.forms[word + 1] if word + 1 < len(syntax.words) else ""
    return following not in _NOT_ONLY


def _has_none(syntax: Syntax, word: int) -> bool:
    """Whether the subject or object is nobody, nothing or no such thing; a predicate noun has "no" itself."""
    if _is_none(syntax, word):
        return True
    if any(_is_none(syntax, i) for i in syntax.hanging(word, "nsubj", "obj", "iobj")):
        return True
    return any(syntax.forms[i] in _AT_NO and _is_none(syntax, i) for i in syntax.hanging(word, "obl"))


def _is_none(syntax: Syntax, word: int) -> bool:
    if syntax.forms[word] in _NONE:
        return True
    if syntax.forms[word] in _SURE:
        return False
    nos = [i for i in syntax.dependents[word] if syntax.forms[i] in _NO and syntax.bases[i] in {"det", "advmod", "cc"}]
    return any(syntax.forms[i] != "not" or _negates(syntax, i) for i in nos)


def _shares_not(syntax: Syntax, word: int) -> bool:
    above = _helped_by(syntax, word)
    return above is not None and _has_not(syntax, above)


def _helped_by(syntax: Syntax, word: int) -> int | None:
    """The predicate whose auxiliary a coordinated one shares: "did not come and see"."""
    above = syntax.words[word].head
    if above is None or syntax.bases[word] != "conj" or syntax.has(word, "nsubj", "expl", "aux", "cop"):
        return None
    form = syntax.forms[word]
    if form in _PAST or form.endswith(("ed", "ing")) or (form.endswith("s") and not form.endswith("ss")):
        return None
    return above if any(syntax.forms[i] in _SHARED_HELPERS for i in syntax.hanging(above, "aux")) else None


# ---------------------------------------------------------------- certainty by the parse

_MODALS = frozenset({"may", "might", "could"})
_HEDGES = _listed(
    "reportedly allegedly apparently presumably purportedly supposedly seemingly ostensibly perhaps maybe possibly probably "
    "potentially conceivably likely unlikely alleged apparent purported supposed reported suspected rumored rumoured presumed "
    "possible probable potential unclear uncertain unconfirmed unverified"
)
_ALSO_VERBS = frozenset(
    {"alleged", "purported", "supposed", "reported", "suspected", "rumored", "rumoured", "presumed"}
)
_SEEMING = _listed("seem seems seemed seeming appear appears appeared appearing")
_SUGGESTING = _listed("suggest suggests suggested suggesting")
_HELD = _ALSO_VERBS | {"believed", "thought", "feared", "understood", "said"}  # "is believed to have left"
_THINKING = frozenset({"think", "thought", "guess", "believe", "suppose", "suspect", "imagine", "assume"})
_CONDITIONS = frozenset({"if", "unless"})
_MAY_HEDGE = _MODALS | _HEDGES | _SEEMING | _SUGGESTING | _HELD | _THINKING | _CONDITIONS


def certainty_of(syntax: Syntax, clause: Clause) -> Certainty:
    """Whether a clause itself says that something may not be so.

    Its own words count, and not those of relative clauses and participles inside it; a condition hedges what it stands
    in. A coordinated clause shares the "may" of the one it hangs on, and the condition before that. "Could not" says
    that something was not, not that it may have been.
    """
    here = not _MAY_HEDGE.isdisjoint(syntax.forms[clause.first : clause.last])  # spares most clauses the walk
    own = here and any(_hedges(syntax, i) for i in _own_words(syntax, clause))
    return "hedged" if own or _shares_hedge(syntax, clause.head) else "certain"


def _shares_hedge(syntax: Syntax, word: int) -> bool:
    above = syntax.words[word].head
    if above is None or syntax.bases[word] != "conj":
        return False
    if any(_is_conditional(syntax, i) for i in syntax.hanging(above, "advcl") if i < above):
        return True
    return _helped_by(syntax, word) is not None and any(_hedges(syntax, i) for i in syntax.hanging(above, "aux"))


def _own_words(syntax: Syntax, clause: Clause) -> Iterator[int]:
    """The words of a clause without what is told aside in it."""
    opened = _tops(syntax, clause)
    while opened:
        at = opened.pop()
        yield at
        for i in syntax.dependents[at]:
            aside = syntax.bases[i] in {"acl", "advcl"} and not _is_conditional(syntax, i)
            if i in clause.words and not aside:
                opened.append(i)


def _is_conditional(syntax: Syntax, word: int) -> bool:
    return any(_is_condition(syntax, i) for i in syntax.hanging(word, "mark"))


def _is_condition(syntax: Syntax, mark: int) -> bool:
    """Whether a word opens a condition; "even if" and "as if" open none, nor does "asked if"."""
    if syntax.forms[mark] not in _CONDITIONS or syntax.bases[mark] != "mark":
        return False
    if syntax.bases[syntax.words[mark].head or 0] == "ccomp":
        return False
    return mark == 0 or syntax.forms[mark - 1] not in {"even", "as"}


def _hedges(syntax: Syntax, word: int) -> bool:
    form = syntax.forms[word]
    if form in _MODALS:
        return _is_modal(syntax, word)
    if form in _HEDGES:
        return _is_hedging(syntax, word)
    if syntax.words[word].upos == "VERB":
        return _is_doubtful_verb(syntax, word)
    return _is_condition(syntax, word)


def _is_modal(syntax: Syntax, word: int) -> bool:
    """Whether a word is the auxiliary and not the month or the might; "could not" is none."""
    start, _ = syntax.words[word].span
    upos = syntax.words[word].upos
    if upos == "NOUN" or (upos != "AUX" and syntax.text[start].isupper()):
        return False
    return not (
        syntax.forms[word] == "could" and word + 1 < len(syntax.words) and syntax.forms[word + 1] in {"not", "n't"}
    )


def _is_hedging(syntax: Syntax, word: int) -> bool:
    """Whether an adjective or adverb hedges here.

    It does not in "as soon as possible", in "he reported it", nor inside a phrase ("opened an investigation into
    suspected theft").
    """
    form, upos, above = syntax.forms[word], syntax.words[word].upos, syntax.words[word].head
    attribute = syntax.bases[word] == "amod"
    if attribute and above is not None and syntax.bases[above] == "nmod":
        return False
    if form in _ALSO_VERBS and upos not in {"ADJ", "ADV"}:
        return upos == "VERB" and (attribute or _is_doubtful_verb(syntax, word))
    return not (form in {"possible", "likely"} and word > 0 and syntax.forms[word - 1] == "as")


def _is_doubtful_verb(syntax: Syntax, word: int) -> bool:
    """Whether a verb says that its complement only seems, is only held, or is only thought by the speaker."""
    form = syntax.forms[word]
    complemented = syntax.has(word, "xcomp", "ccomp", "csubj")
    if form in _SEEMING:
        return complemented or syntax.has(word, "expl") or syntax.bases[word] == "parataxis"
    if form in _SUGGESTING:
        return complemented
    if form in _HELD and syntax.hanging(word, "aux:pass"):
        return complemented
    return form in _THINKING and any(syntax.forms[i] in {"i", "we"} for i in syntax.hanging(word, "nsubj"))
