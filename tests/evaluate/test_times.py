"""Time expressions on TempEval-3's form."""

from tellings.evaluate.times import FILES, TimedText, evaluate, held_out, load
from tellings.records import Span, Time
from tests.evaluate import made

MONDAY = Time(Span(3, 9), "date", "1999-03-01")
YEAR = Time(Span(20, 24), "date", "1998")
TEXT = TimedText("t", "On Monday. It was in 1998.", "1999-03-04", (MONDAY, YEAR))


def scores(*found):
    return {name: score.value for name, score in evaluate([(TEXT, found)]).items()}


def test_all_is_right_where_all_is_the_same():
    assert scores(MONDAY, YEAR) == {"strict": 1.0, "relaxed": 1.0, "type": 1.0, "value": 1.0}


def test_an_overlap_is_relaxed_and_its_value_counts():
    longer = Time(Span(0, 9), "date", "1999-03-01")
    assert scores(longer, YEAR) == {"strict": 0.5, "relaxed": 1.0, "type": 1.0, "value": 1.0}


def test_type_and_value_are_counted_of_what_was_found():
    other = Time(Span(3, 9), "time", "1999-03-08")
    assert scores(other) == {"strict": 0.6667, "relaxed": 0.6667, "type": 0.0, "value": 0.0}


def test_nothing_found_scores_nothing_and_does_not_fail():
    assert set(scores().values()) == {0.0}
    assert evaluate([])["value"].value == 0.0


def test_documents_have_their_times_in_text_order(tmp_path):
    paths = [made.write(tmp_path, f"times/{name}") for name in FILES]
    texts = list(load(paths))
    assert [text.id for text in texts] == ["timed-0", "timed-1", "timed-2", "timed-3"]
    assert [text.text[t.span.start : t.span.end] for text in texts[:1] for t in text.times] == [
        "Monday",
        "1998",
        "two days",
    ]


def test_about_a_third_is_held_out_always_the_same():
    kept = sum(held_out(f"document {n}") for n in range(3000))
    assert 900 < kept < 1100
    assert held_out("document 1") == held_out("document 1")
