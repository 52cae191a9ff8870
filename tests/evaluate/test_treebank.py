"""CoNLL-U as texts: where sentences, words and mentions stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.errors import CorpusError
from tellings.evaluate.treebank import treebank
from tests.evaluate import made


@pytest.fixture
def gum(tmp_path):
    return list(treebank(made.write(tmp_path, "gum/dev.conllu")))


def written(text, span):
    return text.text[span.start : span.end]


def test_sentences_are_joined_by_a_space_and_paragraphs_by_an_empty_line(gum):
    hall, berg = gum
    assert (hall.id, berg.id) == ("GUM_news_hall", "GUM_bio_berg")
    assert hall.text == made.HALL
    assert [written(hall, s) for s in hall.sentences] == [
        "Ana Lind didn't see the fire.",
        "She slept.",
        "The mayor of Harbour praised her brother.",
    ]
    assert hall.firsts == (0, 8, 11)


def test_words_stand_in_the_text_and_hang_on_words_of_their_sentence(gum):
    hall = gum[0]
    assert " ".join(written(hall, w.span) for w in hall.words[:9]) == "Ana Lind did n't see the fire . She"
    ana, see, she, slept = (hall.words[i] for i in (0, 4, 8, 9))
    assert (ana.head, ana.relation, ana.upos) == (4, "nsubj", "PROPN")
    assert (see.head, slept.head) == (None, None)
    assert she.head == 9  # numbered through the text, not the sentence


def test_mentions_have_their_chain_their_head_and_their_form(gum):
    hall = gum[0]
    assert [(written(hall, m.span), m.form, m.type, m.entity) for m in hall.mentions] == [
        ("Ana Lind", "name", "person", "1"),
        ("the fire", "nominal", "event", "2"),
        ("She", "pronoun", "person", "1"),
        ("The mayor of Harbour", "nominal", "person", "3"),
        ("Harbour", "name", "place", "4"),
        ("her brother", "nominal", "person", "5"),
        ("her", "pronoun", "person", "1"),
    ]
    assert [written(hall, hall.words[m.head].span) for m in hall.mentions] == (
        ["Ana", "fire", "She", "mayor", "Harbour", "brother", "her"]
    )


def test_words_of_a_contraction_that_letters_cannot_part_share_its_span(tmp_path):
    one, other = treebank(made.write(tmp_path, "ud_ewt/en_ewt-ud-dev.conllu"))
    assert [written(one, w.span) for w in one.words] == ["Zum", "Zum", "Fest", "?"]  # the empty node is no word
    # a document without its own mark is known by its sentence's id
    assert (other.id, other.text) == ("weblog-two", "Never.")


def test_a_mention_inside_another_of_its_chain_closes_first(tmp_path):
    path = tmp_path / "a.conllu"
    rows = ["1 The DET 2 det Entity=(1-person-new", "2 man NOUN 0 root _", "3 he PRON 4 nsubj Entity=(1-person-giv)"]
    rows += ["4 was AUX 2 acl Entity=(1-person-giv", "5 himself PRON 4 obj Entity=1)1)"]
    notes = ["# sent_id = a-1", "# text = The man he was himself"]
    path.write_text(made.conllu("\n".join([*notes, *rows])), encoding="utf-8")
    (text,) = treebank(path)
    assert [written(text, m.span) for m in text.mentions] == ["The man he was himself", "he", "was himself"]


def test_a_gzip_file_reads_the_same(tmp_path, gum):
    assert list(treebank(made.write(tmp_path, "gum/train.conllu.gz"))) == gum


def test_a_missing_or_damaged_file_is_named(tmp_path):
    with pytest.raises(CorpusError, match="is missing"):
        list(treebank(tmp_path / "none.conllu"))
    path = tmp_path / "bad.conllu"
    path.write_text(made.conllu("# sent_id = a-1\n# text = Yes.\n1 No INTJ 0 root _"), encoding="utf-8")
    with pytest.raises(CorpusError, match="'No'"):
        list(treebank(path))
    path.write_text("not a treebank\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="without its id or text"):
        list(treebank(path))


@given(
    st.lists(st.lists(st.sampled_from(["Ana", "naïve", "café", "…", "12", "😀"]), min_size=1), min_size=1, max_size=5)
)
def test_every_word_and_sentence_round_trips(tmp_path_factory, sentences):
    path = tmp_path_factory.mktemp("made") / "a.conllu"
    blocks = [
        "\n".join(
            [f"# sent_id = a-{n}", f"# text = {' '.join(words)}"]
            + [f"{i} {word} X {i - 1} {'dep' if i > 1 else 'root'} _" for i, word in enumerate(words, start=1)]
        )
        for n, words in enumerate(sentences)
    ]
    path.write_text("\n".join(made.conllu(block).rstrip("\n") + "\n" for block in blocks), encoding="utf-8")
    (text,) = treebank(path)
    assert [written(text, s) for s in text.sentences] == [" ".join(words) for words in sentences]
    assert [written(text, w.span) for w in text.words] == [word for words in sentences for word in words]
    assert text.firsts == tuple(sum(map(len, sentences[:n])) for n in range(len(sentences)))
