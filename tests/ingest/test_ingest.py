"""Files, folders and standard input, and every kind of bad input, one by one."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from tellings.errors import InputError, SpanError
from tellings.ingest import account_from_text, bytes_of, ingest, read_back
from tellings.records import Account, Span
from tests.ingest.inputs import PAGE, STORY, error_of, one, written


class TestNamedInputs:
    def test_a_folder_is_walked_in_order_for_accounts_alone(self, tmp_path: Path):
        (tmp_path / "b").mkdir()
        (tmp_path / ".hidden").mkdir()
        for name in ("c.TXT", "b/a.txt", "a.txt", "notes.md", ".d.txt", ".hidden/e.txt"):
            written(tmp_path, name, f"{STORY} So says {name}.")
        found = [item.original.path for item in ingest([tmp_path]) if isinstance(item, Account)]
        assert found == [str(tmp_path / name) for name in ("a.txt", "b/a.txt", "c.TXT")]

    def test_an_account_does_not_depend_on_the_rest_of_the_run(self, tmp_path: Path):
        first = written(tmp_path, "a.txt", STORY)
        second = written(tmp_path, "b.html", PAGE)
        assert list(ingest([first, second])) == [one(first), one(second)]
        assert list(ingest([second, first])) == [one(second), one(first)]

    def test_the_path_is_the_one_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        written(tmp_path, "a.txt", STORY)
        monkeypatch.chdir(tmp_path)
        assert one("a.txt").original.path == "a.txt"
        assert [item.original.path for item in ingest(["."]) if isinstance(item, Account)] == ["a.txt"]

    @pytest.mark.parametrize(
        ("data", "kind"), [(STORY, "text"), (PAGE, "article"), ("\n<!-- x -->\n" + PAGE.lower(), "article")]
    )
    def test_the_form_is_told_by_the_first_bytes_where_the_name_does_not_say(
        self, tmp_path: Path, data: str, kind: str
    ):
        assert one(written(tmp_path, "saved", data)).kind == kind

    def test_a_page_saved_as_text_is_a_page(self, tmp_path: Path):
        assert one(written(tmp_path, "page.txt", PAGE)).title == "Swing bridge to close for repairs"

    def test_standard_input_is_read(self):
        (found,) = ingest(["-"], stdin=io.BytesIO(STORY.encode()))
        assert isinstance(found, Account)
        assert (found.original.path, found.id[:6], found.text) == ("-", "stdin-", STORY)

    def test_standard_input_of_unknown_length_is_bounded(self):
        (found,) = ingest(["-"], stdin=io.BytesIO(b"word " * 3_000_000))
        assert isinstance(found, InputError)
        assert "10 MB" in found.problem


class TestBadInputs:
    def test_a_missing_file(self, tmp_path: Path):
        assert "no such file" in error_of(tmp_path / "none.txt").problem

    def test_no_standard_input(self):
        assert error_of("-").about == "-"

    def test_a_name_that_cannot_be_one(self):
        assert error_of("a\0b").problem

    @pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a"])
    @pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
    def test_an_empty_file(self, tmp_path: Path, name: str, data: bytes):
        error = error_of(written(tmp_path, name, data))
        assert "empty" in error.problem or "no article" in error.problem or "broken" in error.problem

    def test_a_file_with_a_head_alone(self, tmp_path: Path):
        assert error_of(written(tmp_path, "a.txt", "Title: Shut\nOutlet: Post\n\n")).problem == "is empty"

    def test_an_empty_folder(self, tmp_path: Path):
        assert "without accounts" in error_of(tmp_path).problem

    @pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a"])
    def test_a_binary(self, tmp_path: Path, name: str):
        error = error_of(written(tmp_path, name, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8))
        assert error.about.startswith(str(tmp_path / name))

    def test_fifty_megabytes_of_one_line(self, tmp_path: Path):
        path = tmp_path / "line.txt"
        with path.open("wb") as stream:
            stream.truncate(50 * 1024 * 1024)
        error = error_of(path)
        assert "50 MB" in error.problem
        assert "JSONL" in error.advice

    def test_a_long_line_without_a_sentence_end_is_read(self, tmp_path: Path):
        words = "and then the boat went on to the next of the quays with all that it had "
        found = one(written(tmp_path, "line.txt", words * 30_000))
        assert len(found.text) == len(words) * 30_000 - 1

    @pytest.mark.parametrize(
        ("words", "language"),
        [
            ("Der Rat der Stadt hat am Montag beschlossen, die alte Brücke für den Winter zu schließen. ", "German"),
            ("Le conseil du port a voté lundi pour fermer le vieux pont tournant pendant tout l’hiver. ", "French"),
            ("El consejo del puerto votó el lunes cerrar el viejo puente giratorio para repararlo pronto. ", "Spanish"),
            ("Совет порта в понедельник решил закрыть старый мост на ремонт до самой весны этого года. ", "Russian"),
        ],
    )
    def test_another_language(self, tmp_path: Path, words: str, language: str):
        error = error_of(written(tmp_path, "a.txt", words * 4))
        assert error.problem == f"is not in English (it looks like {language})"

    @pytest.mark.parametrize("words", ["Schöne Grüße aus dem Hafen", "NASDAQ 31.2 DAX 18.4 FTSE 77.1 CAC 40 " * 12])
    def test_what_cannot_be_told_to_be_foreign_is_taken(self, tmp_path: Path, words: str):
        assert one(written(tmp_path, "a.txt", words)).text

    def test_two_copies_of_one_file(self, tmp_path: Path):
        first, second = written(tmp_path, "a.txt", STORY), written(tmp_path, "b.txt", STORY)
        good, bad = ingest([first, second])
        assert isinstance(good, Account)
        assert isinstance(bad, InputError)
        assert (bad.about, str(first) in bad.problem) == (str(second), True)

    def test_a_file_named_twice(self, tmp_path: Path):
        path = written(tmp_path, "a.txt", STORY)
        assert [isinstance(item, Account) for item in ingest([path, path])] == [True, False]

    def test_bad_inputs_stop_no_other(self, tmp_path: Path):
        bad = [tmp_path / "none.txt", written(tmp_path, "b.txt", b"\0\0"), written(tmp_path, "c.html", "<p>x</p>")]
        good = written(tmp_path, "d.txt", STORY)
        found = list(ingest([*bad, good]))
        assert [isinstance(item, InputError) for item in found] == [True, True, True, False]
        assert [item.about for item in found if isinstance(item, InputError)] == [str(path) for path in bad]


class TestFromText:
    def test_the_text_is_kept_as_it_is(self):
        found = account_from_text(f"  {STORY}\r\n", outlet="Quay Letters", published="4 March 2024")
        assert found.text == f"  {STORY}\r\n"
        assert found.id == f"quay-letters-{found.sha256[:8]}"
        assert found.published == "2024-03-04"
        assert read_back(found, Span(3, 90), found.text.encode()) == found.text[3:90]

    def test_a_given_id_and_kind_are_kept(self):
        found = account_from_text(STORY, id="wire", kind="post")
        assert (found.id, found.original.path, found.kind) == ("wire", "wire", "post")

    @pytest.mark.parametrize("text", ["", " \n", "—", "a" * (10 * 1024 * 1024 + 1), "half \ud83d"])
    def test_a_text_that_is_none_is_refused(self, text: str):
        with pytest.raises(InputError) as caught:
            account_from_text(text, id="wire")
        assert caught.value.about == "wire"

    def test_a_date_that_cannot_be_read_is_noted(self):
        found = account_from_text(STORY, published="03/04/2024")
        assert found.published is None
        assert "03/04/2024" in found.notes[0].message


class TestSpans:
    @pytest.mark.parametrize("span", [(-1, 2), (3, 2), (0, 10_000)])
    def test_a_span_outside_the_text_is_refused(self, span: tuple[int, int]):
        with pytest.raises(SpanError):
            bytes_of(account_from_text(STORY), Span(*span))

    def test_an_empty_span_has_no_bytes(self):
        assert bytes_of(account_from_text(STORY), Span(4, 4)) is None

    def test_escapes_of_another_original_are_read_as_they_are(self, tmp_path: Path):
        found = one(written(tmp_path, "a.jsonl", r'{"text": "one\u00e9two, said the harbour master"}'))
        line = rb'{"text": "one\q00e9two"}'
        assert read_back(found, Span(0, 7), line) == r"one\q00e9two"

    def test_bytes_that_say_something_else_are_seen(self):
        found = account_from_text(STORY)
        assert read_back(found, Span(0, 11), b"x" * found.original.size) == "x" * 11


class TestImports:
    def run(self, code: str) -> str:
        command = [sys.executable, "-c", code]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    def test_text_and_jsonl_load_no_page_parser_and_no_language_model(self, tmp_path: Path):
        written(tmp_path, "a.txt", STORY)
        written(tmp_path, "b.jsonl", '{"text": "The harbour council voted on Monday."}')
        heavy = "('trafilatura', 'lxml', 'py3langid', 'numpy', 'htmldate')"
        code = (
            f"import sys\nfrom tellings.ingest import ingest\nfound = list(ingest([{str(tmp_path)!r}]))\n"
            f"print(len(found), [name for name in {heavy} if name in sys.modules])"
        )
        assert self.run(code) == "2 []"

    def test_a_page_prints_nothing_of_its_own(self, tmp_path: Path):
        path = written(tmp_path, "a.html", "<html><body>" + "<p>x</p>" * 3)
        code = f"from tellings.ingest import ingest\nlist(ingest([{str(path)!r}]))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert (done.stdout, done.stderr) == ("", "")
