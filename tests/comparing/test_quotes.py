from hypothesis import given
from hypothesis import strategies as st

from tellings.comparing.quotes import quotes
from tellings.comparing.table import build, in_order
from tellings.records import Quote
from tests.comparing.accounts import reading


def collate(*texts: str) -> tuple[Quote, ...]:
    return quotes(build(in_order([reading(f"account {n}", text) for n, text in enumerate(texts)])))


def test_the_same_words_are_identical_whatever_the_marks_and_case():
    (quote,) = collate(
        "“We heard a crack, then nothing,” Ada Finch said.",
        "Ada Finch said “we heard a crack - then nothing.”",
    )
    assert quote.kind == "identical"
    assert quote.speaker == "Ada Finch"
    assert quote.changes == ()
    assert [one.text for one in quote.appearances] == [
        "We heard a crack, then nothing",
        "we heard a crack - then nothing.",
    ]


def test_words_left_out_at_the_end_are_clipped_and_shown():
    (quote,) = collate(
        "“The roof had been leaking since the spring of last year,” Ada Finch said.",
        "“The roof had been leaking since the spring,” Ada Finch said.",
    )
    assert quote.kind == "clipped"
    (change,) = quote.changes
    assert change.kind == "left out"
    assert change.a_words is not None
    assert change.a_words.text == "of last year"
    assert change.b_words is None


def test_an_ellipsis_is_a_clip():
    (quote,) = collate(
        "“We will rebuild the hall, whatever it may cost us, before the winter comes,” he said.",
        "“We will rebuild the hall … before the winter comes,” he said.",
    )
    assert quote.kind == "clipped"


def test_words_left_out_in_silence_are_altered():
    (quote,) = collate(
        "“We will certainly rebuild the hall before the winter,” he said.",
        "“We will rebuild the hall before the winter,” he said.",
    )
    assert quote.kind == "altered"
    assert [change.a_words.text for change in quote.changes if change.a_words] == ["certainly"]


def test_a_changed_word_shows_both_words():
    (quote,) = collate(
        "“Nobody warned the council about the beams,” Ada Finch said.",
        "“Nobody told the council about the beams,” Ada Finch said.",
    )
    assert quote.kind == "altered"
    (change,) = quote.changes
    assert (change.a_words.text, change.b_words.text) == ("warned", "told")  # type: ignore[union-attr] # both are there


def test_one_utterance_given_to_two_persons():
    (quote,) = collate(
        "“Nobody warned the council about the beams,” Ada Finch said.",
        "“Nobody warned the council about the beams,” Bram Holt said.",
    )
    assert quote.kind == "other speaker"
    assert [one.speaker.text for one in quote.appearances if one.speaker] == ["Ada Finch", "Bram Holt"]


def test_a_pronoun_never_makes_another_speaker():
    (quote,) = collate(
        "“Nobody warned the council about the beams,” Ada Finch said.",
        "Bram Holt said it rained. “Nobody warned the council about the beams,” he said.",
    )
    assert quote.kind == "identical"


def test_the_name_of_a_thing_is_no_quotation():
    assert collate("They sang in “The Harbour at Dawn” twice.", "She wrote “The Harbour at Dawn” there.") == ()


def test_one_sentence_of_a_longer_quotation():
    (quote,) = collate(
        "“It was loud. The whole street came out to look at the dust. Then it rained,” Ada Finch said.",
        "“The whole street came out to look at the dust,” Ada Finch said.",
    )
    assert [one.text for one in quote.appearances] == [
        "The whole street came out to look at the dust.",
        "The whole street came out to look at the dust",
    ]
    assert quote.kind == "identical"


def test_common_words_alone_are_no_shared_quotation():
    assert collate("“It is what it is,” he said.", "“That is what it was,” she said.") == ()


def test_a_short_rare_phrase_is_shared():
    (quote,) = collate("She called it “reckless arithmetic” at noon.", "He heard “reckless arithmetic” and left.")
    assert quote.kind == "identical"


def test_a_small_word_changed_in_a_short_phrase():
    (quote,) = collate(
        "She “deeply regrets this careless blunder” now.", "He “deeply regrets the careless blunder” too."
    )
    assert quote.kind == "altered"


def test_what_one_account_alone_quotes_twice_is_not_shared():
    assert collate("“Nobody warned the council,” he said. “Nobody warned the council,” he said.", "It rained.") == ()


@given(st.permutations(["Nobody warned the council about beams", "Nobody told the council about beams", "It rained"]))
def test_every_shown_word_is_the_accounts_own(spoken: list[str]):
    texts = [f"Before that, “{words}.” So it went." for words in spoken]
    for quote in collate(*texts):
        shown = [*quote.appearances]
        shown += [words for change in quote.changes for words in (change.a_words, change.b_words) if words]
        accounts = {f"account {n}": text for n, text in enumerate(texts)}
        assert all(accounts[one.account][one.start : one.end] == one.text for one in shown)


def test_words_that_another_account_tells_without_marks():
    (quote,) = collate(
        "“Nobody warned the old council about the beams,” Ada Finch said.",
        "It rained, and nobody warned the old council about the beams. It snowed.",
    )
    assert [one.marked for one in quote.appearances] == [True, False]
    assert quote.appearances[1].text.startswith("nobody warned the old council about the beams")


def test_one_word_is_one_utterance_only_in_like_surroundings():
    found = collate("Ada Finch said the fire was “suspicious” today.", "Ada Finch said it was “suspicious” again.")
    assert [quote.kind for quote in found] == ["identical"]
    assert collate("The loaf was “suspicious” to bakers.", "Ada Finch said a fire looked “suspicious” then.") == ()


def test_a_run_of_words_that_stands_elsewhere_is_told():
    (quote,) = collate(
        "“At noon on Monday we saw the old crane fall down,” Ada Finch said.",
        "“We saw the old crane fall down at noon on Monday,” Ada Finch said.",
    )
    assert quote.kind == "altered"
    assert {change.kind for change in quote.changes} <= {"reordered", "left out"}


def test_an_unclosed_quotation_and_one_of_five_thousand_words():
    long = " ".join(f"plank{n}" for n in range(5_000))
    found = collate(f"“{long},” Ada Finch said.", f"“{long},” Ada Finch said. “Then it", "“Then it stopped.")
    assert [(quote.kind, len(quote.appearances)) for quote in found] == [("identical", 2)]


def test_one_quotation_three_hundred_times():
    said = "“Nobody warned the old council about the beams,” Ada Finch said. "
    (quote,) = collate(*[said] * 30 + [said * 300])
    assert len(quote.appearances) == 330
    assert quote.kind == "identical"
