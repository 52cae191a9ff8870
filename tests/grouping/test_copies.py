"""Who printed whose text: passages are the same words, and what counts as taken."""

from hypothesis import given
from hypothesis import strategies as st

from tellings.comparing.words import words
from tellings.grouping import copies
from tellings.grouping.alignment import LEAST, sequenced, taken
from tellings.grouping.minhash import NONE, alike, signs
from tests.grouping import made

TEXTS = st.lists(st.sampled_from(list("abcdefgh")), max_size=60).map(" ".join)


def found(*accounts):
    return [(one.account, one.source, one.kind) for one in copies(accounts)]


def keys(text, span):
    return [word.key for word in words(text, span)]


def test_a_reprint_is_a_copy_of_the_earlier_one_as_one_passage():
    late = made.account(made.FIRE, "late", published="2031-04-06", outlet="Echo")
    early = made.account(made.FIRE, "early", outlet="Wire")
    (one,) = copies([late, early])
    assert (one.account, one.source, one.kind, one.share, one.taken) == ("late", "early", "copy", 1.0, 1.0)
    (passage,) = one.passages
    assert keys(made.FIRE, passage.span) == keys(made.FIRE, (0, len(made.FIRE)))


def test_a_later_version_of_one_outlet_is_a_version():
    first = made.account(made.FIRE, "a", outlet="Echo")
    second = made.account(made.FIRE + " A third weaver died on Tuesday.", "b", published="2031-04-06", outlet="Echo")
    assert found(first, second) == [("b", "a", "version")]


def test_a_wire_text_under_a_local_lead_is_partial_and_its_span_leaves_the_lead_out():
    lead = "Neighbours in Lower Tessendale spoke of smoke over the river all night, and the school there stayed shut. "
    local = made.account(lead * 2 + made.FIRE, "local", published="2031-04-06", outlet="Echo")
    (one,) = copies([made.account(made.FIRE, "wire"), local])
    assert (one.kind, one.taken) == ("partial", 1.0)
    assert one.passages[0].span.start == len(lead) * 2
    assert one.passages[0].source.start == 0


def test_two_reports_of_one_event_in_their_own_words_took_nothing():
    assert found(made.account(made.FIRE, "a"), made.account(made.FIRE_AGAIN, "b")) == []


def test_what_was_taken_from_two_is_given_to_both():
    both = made.account(f"{made.FIRE} {made.VOTE}", "both", published="2031-04-06")
    took = found(made.account(made.FIRE, "fire"), made.account(made.VOTE, "vote"), both)
    assert sorted(source for _, source, _ in took) == ["fire", "vote"]


def test_short_and_empty_texts_took_nothing():
    assert (
        found(*(made.account(text, f"n{n}") for n, text in enumerate(["", "Owl found in barn", "Owl found in barn"])))
        == []
    )


def test_many_copies_all_lead_to_the_first():
    took = found(*(made.account(made.FIRE, f"c{n:03}") for n in range(100)))
    assert len(took) == 99
    assert {source for _, source, _ in took} == {"c000"}


@given(TEXTS, TEXTS)
def test_passages_are_the_same_words_and_do_not_overlap(one, other):
    text, source = sequenced(one), sequenced(other)
    end = 0
    for part in taken(text, source):
        length = part.end - part.start
        assert part.start >= end
        assert length >= LEAST
        assert (text.keys[part.start : part.end] == source.keys[part.source : part.source + length]).all()
        end = part.end


def test_minhash_is_one_for_the_same_words_and_none_for_short_texts():
    same, other = signs(words(made.FIRE)), signs(words(made.FIRE.upper() + "!"))
    assert alike(same, other[None]) == 1
    assert (signs(words("too short")) == NONE).all()
    assert alike(signs(words("too short")), signs(words("too short"))[None]) == 0
