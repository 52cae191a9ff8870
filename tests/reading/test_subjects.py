"""The subject of an inner cue as its source."""

from tellings.reading.subjects import with_subjects
from tellings.records import Attribution, Span, Word

TEXT = "Ann said old Bo told crews the gate was open"
#        0    1    2   3  4    5     6   7    8   9
HEADS = (1, None, 3, 4, 1, 4, 7, 9, 9, 4)
RELATIONS = ("nsubj", "root", "amod", "nsubj", "ccomp", "obj", "det", "nsubj", "cop", "ccomp")
UPOS = ("PROPN", "VERB", "ADJ", "PROPN", "VERB", "NOUN", "DET", "NOUN", "AUX", "ADJ")


def words() -> list[Word]:
    found, at = [], 0
    for token, upos, head, relation in zip(TEXT.split(), UPOS, HEADS, RELATIONS, strict=True):
        start = TEXT.index(token, at)
        at = start + len(token)
        found.append(Word(Span(start, at), upos, head, relation))
    return found


def span(part: str) -> tuple[Span, ...]:
    return (Span(TEXT.index(part), TEXT.index(part) + len(part)),)


def attribution(source: tuple[Span, ...], cue: str, content: str, parent: int | None) -> Attribution:
    return Attribution(source, span(cue), span(content), "indirect", None, parent, 1.0)


OUTER = attribution(span("Ann"), "said", "old Bo told crews the gate was open", None)


def test_the_subject_inside_the_outer_content_is_the_source():
    for given in ((), span("Ann")):
        inner = attribution(given, "told", "the gate was open", 0)
        assert with_subjects(TEXT, [OUTER, inner], words())[1].source == span("old Bo")


def test_a_source_that_stands_inside_already_is_kept():
    inner = attribution(span("crews"), "told", "the gate was open", 0)
    assert with_subjects(TEXT, [OUTER, inner], words())[1] == inner


def test_the_accounts_own_level_is_left_alone():
    assert with_subjects(TEXT, [replace_source(OUTER)], words())[0].source == ()


def replace_source(one: Attribution) -> Attribution:
    return attribution((), "said", "old Bo told crews the gate was open", one.parent)


def test_what_the_parse_alone_shows_is_found_inside():
    _, inner = with_subjects(TEXT, [OUTER], words())
    assert (inner.source, inner.cue, inner.content) == (span("old Bo"), span("told"), span("the gate was open"))
    assert inner.parent == 0


def test_a_cue_that_is_known_is_not_found_again():
    given = [OUTER, attribution(span("Ann"), "told", "the gate was open", 0)]
    assert len(with_subjects(TEXT, given, words())) == 2


def parsed(text: str, *rows: tuple[str, int, str]) -> list[Word]:
    """The words of a text, as (part of speech, number of the head or -1, relation)."""
    found, at = [], 0
    for token, (upos, head, relation) in zip(text.split(), rows, strict=True):
        start = text.index(token, at)
        at = start + len(token)
        found.append(Word(Span(start, at), upos, None if head < 0 else head, relation))
    return found


def within(text: str, content: str) -> Attribution:
    start = text.index(content)
    return Attribution((), (Span(0, 3),), (Span(start, start + len(content)),), "indirect", None, None, 1.0)


def test_a_noun_of_saying_has_its_owner_as_source():
    text = "Ann doubts Bo 's claim that it leaks"
    found = parsed(
        text,
        ("PROPN", 1, "nsubj"), ("VERB", -1, "root"), ("PROPN", 4, "nmod:poss"), ("PART", 2, "case"),
        ("NOUN", 1, "obj"), ("SCONJ", 7, "mark"), ("PRON", 7, "nsubj"), ("VERB", 4, "acl"),
    )  # fmt: skip
    _, inner = with_subjects(text, [within(text, "Bo 's claim that it leaks")], found)
    assert [text[slice(*spans[0])] for spans in (inner.source, inner.cue, inner.content)] == [
        "Bo 's", "claim", "that it leaks",
    ]  # fmt: skip


def test_what_somebody_would_say_has_not_been_said():
    text = "Ann said Bo would say it leaks"
    found = parsed(
        text,
        ("PROPN", 1, "nsubj"), ("VERB", -1, "root"), ("PROPN", 4, "nsubj"), ("AUX", 4, "aux"), ("VERB", 1, "ccomp"),
        ("PRON", 6, "nsubj"), ("VERB", 4, "ccomp"),
    )  # fmt: skip
    assert len(with_subjects(text, [within(text, "Bo would say it leaks")], found)) == 1


def test_the_teller_of_a_participle_is_the_noun_it_stands_by():
    text = "Ann saw a note saying it leaks"
    found = parsed(
        text,
        ("PROPN", 1, "nsubj"), ("VERB", -1, "root"), ("DET", 3, "det"), ("NOUN", 1, "obj"), ("VERB", 3, "acl"),
        ("PRON", 6, "nsubj"), ("VERB", 4, "ccomp"),
    )  # fmt: skip
    _, inner = with_subjects(text, [within(text, "a note saying it leaks")], found)
    assert text[slice(*inner.source[0])].startswith("a note")


def test_a_source_at_the_edge_of_what_it_tells_is_cut_off_it():
    text = "Ann said we stay Bo said"
    found = parsed(
        text,
        ("PROPN", 1, "nsubj"), ("VERB", -1, "root"), ("PRON", 3, "nsubj"), ("VERB", 5, "ccomp"), ("PROPN", 5, "nsubj"),
        ("VERB", 1, "ccomp"),
    )  # fmt: skip
    inner = Attribution((), (Span(20, 24),), (Span(9, 19),), "indirect", None, 0, 1.0)
    _, mended = with_subjects(text, [within(text, "we stay Bo said"), inner], found)
    assert [text[slice(*spans[0])] for spans in (mended.source, mended.content)] == ["Bo", "we stay"]


def test_a_clause_that_hangs_on_the_cue_belongs_to_what_is_told():
    text = "It leaks , Bo told crews"
    found = parsed(
        text,
        ("PRON", 1, "nsubj"), ("VERB", 4, "ccomp"), ("PUNCT", 4, "punct"), ("PROPN", 4, "nsubj"),
        ("VERB", -1, "root"), ("NOUN", 4, "obj"),
    )  # fmt: skip
    told = Attribution((Span(11, 13),), (Span(14, 18),), (), "indirect", None, None, 1.0)
    (mended,) = with_subjects(text, [told], found)
    assert [text[slice(*span)] for span in mended.content] == ["It leaks"]


def test_who_a_cue_names_with_by_is_its_source():
    text = "A plan described by Bo as sound"
    found = parsed(
        text,
        ("DET", 1, "det"), ("NOUN", -1, "root"), ("VERB", 1, "acl"), ("ADP", 4, "case"), ("PROPN", 2, "obl:agent"),
        ("ADP", 6, "case"), ("ADJ", 2, "obl"),
    )  # fmt: skip
    told = Attribution((Span(0, 6),), (Span(7, 16),), (Span(23, 31),), "indirect", None, None, 1.0)
    (mended,) = with_subjects(text, [told], found)
    assert [text[slice(*span)] for span in mended.source] == ["Bo"]
