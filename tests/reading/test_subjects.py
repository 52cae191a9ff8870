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
