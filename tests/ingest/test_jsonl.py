"""JSONL: one account a line, its text exactly as given, every character led back through its escape."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.errors import InputError
from tellings.ingest import bytes_of, ingest, read_back
from tellings.ingest.jsonl import account_of_line
from tellings.ingest.jsonscan import members, string_source
from tellings.records import Account, Span
from tests.ingest.inputs import PAGE, STORY, bytes_for, error_of, every_run_reads_back, one, words_in, written

if TYPE_CHECKING:
    from pathlib import Path


def line_of(**members: object) -> bytes:
    return json.dumps(members, ensure_ascii=False).encode("utf-8")


def account(line: bytes) -> Account:
    return account_of_line("stories.jsonl", 1, 0, line)


class TestAccounts:
    def test_the_text_is_exactly_the_field_and_the_rest_is_said_of_it(self):
        text = "  Title\r\n\n" + STORY + "\n\n(The Tidewater Post)\n "
        said = {"title": "Shut", "outlet": "Quay Letters", "author": "Ada Lindqvist", "published": "March 4, 2024"}
        found = account(line_of(text=text, url="https://quay.example", shelf=[{"text": "not this"}], **said))
        assert found.text == text
        assert (found.title, found.outlet, found.author) == ("Shut", "Quay Letters", "Ada Lindqvist")
        assert (found.published, found.url, found.kind) == ("2024-03-04", "https://quay.example", "article")

    def test_the_id_is_the_given_one_or_made_from_outlet_title_or_file(self):
        assert account(line_of(id="roof.1", text=STORY)).id == "roof.1"
        assert account(line_of(id=7, text=STORY)).id == "7"
        assert account(line_of(outlet="Quay Letters", title="Shut", text=STORY)).id.startswith("quay-letters-")
        assert account(line_of(title="Shut!", text=STORY)).id.startswith("shut-")
        assert account(line_of(text=STORY)).id.startswith("stories-")

    def test_an_id_that_could_break_a_page_is_made_plain(self):
        found = account(line_of(id='"><b>', text=STORY))
        assert found.id == f"b-{found.sha256[:8]}"

    def test_a_given_kind_counts_if_there_is_such_a_kind(self):
        assert account(line_of(kind="post", text=STORY)).kind == "post"
        assert account(line_of(kind="poem", text=STORY)).kind == "text"

    def test_html_is_read_where_there_is_no_text_and_leads_back_through_both(self):
        line = line_of(outlet="Quay Letters", html=PAGE)
        found = account(line)
        assert found.text.startswith("Swing bridge to close for repairs\n\nThe harbour council voted on Monday to")
        assert found.outlet == "Quay Letters"
        assert found.published == "2024-03-04T18:30:00+01:00"
        assert bytes_for(found, "rust & cracks", line) == b"rust &amp; cracks"
        assert bytes_for(found, "old swing", line) == b"old\\n   swing"
        assert every_run_reads_back(found, line)


class TestFiles:
    def test_each_line_is_its_own_original(self, tmp_path: Path):
        lines = [line_of(text=STORY), b"", line_of(text=STORY + " Ends.", id="b")]
        path = written(tmp_path, "two.jsonl", b"\xef\xbb\xbf" + b"\r\n".join(lines))
        data = path.read_bytes()
        first, second = ingest([path])
        assert isinstance(first, Account)
        assert isinstance(second, Account)
        for found, line in ((first, lines[0]), (second, lines[2])):
            original = found.original
            assert data[original.offset : original.offset + original.size] == line
            assert original.sha256 == hashlib.sha256(line).hexdigest()
            assert read_back(found, Span(0, len(found.text)), line) == found.text

    def test_a_line_longer_than_the_first_read_is_whole(self, tmp_path: Path):
        text = STORY * 100
        found = list(ingest([written(tmp_path, "long.jsonl", line_of(text=text) + b"\n" + line_of(text=STORY))]))
        assert [item.text for item in found if isinstance(item, Account)] == [text, STORY]

    def test_a_bad_line_is_an_error_about_it_and_stops_no_other(self, tmp_path: Path):
        lines = [
            b'{"text": ',
            line_of(text=STORY),
            b"[1]",
            b'{"title": "x"}',
            b'{"text": "\xff"}',
            b'{"text": " "}',
        ]
        path = written(tmp_path, "mixed.jsonl", b"\n".join(lines))
        found = list(ingest([path]))
        assert [isinstance(item, Account) for item in found] == [False, True, False, False, False, False]
        errors = [item for item in found if isinstance(item, InputError)]
        assert [error.about for error in errors] == [f"{path}:{number}" for number in (1, 3, 4, 5, 6)]
        words = ["broken JSON", "not a JSON object", "neither", "not UTF-8", "neither"]
        assert all(word in error.problem for word, error in zip(words, errors, strict=True))

    def test_a_file_of_bad_lines_alone_is_given_up(self, tmp_path: Path):
        path = written(tmp_path, "bad.jsonl", b"nothing\n" * 1000)
        found = list(ingest([path]))
        assert len(found) == 21
        assert "given up" in str(found[-1])

    def test_a_line_over_the_limit_is_refused_and_the_next_one_read(self, tmp_path: Path):
        path = written(tmp_path, "big.jsonl", b'{"text": "' + b"a " * 6_000_000 + b'"}\n' + line_of(text=STORY))
        refused, good = ingest([path])
        assert isinstance(refused, InputError)
        assert (refused.about, "10 MB" in refused.problem) == (f"{path}:1", True)
        assert isinstance(good, Account)
        assert good.original.offset == path.stat().st_size - good.original.size

    def test_an_empty_file_is_an_error(self, tmp_path: Path):
        assert error_of(written(tmp_path, "none.jsonl", b"\n\n")).problem == "is empty"

    def test_two_lines_with_one_id_are_not_both_taken(self, tmp_path: Path):
        path = written(tmp_path, "ids.jsonl", line_of(id="a", text=STORY) + b"\n" + line_of(id="a", text=STORY + "."))
        first, second = ingest([path])
        assert isinstance(first, Account)
        assert isinstance(second, InputError)
        assert "“a”" in second.problem

    def test_jsonl_is_told_by_its_first_bytes_too(self, tmp_path: Path):
        assert one(written(tmp_path, "export.dat", line_of(text=STORY))).text == STORY


class TestEscapes:
    @pytest.mark.parametrize(
        ("raw", "text"),
        [
            (rb"a\nb", "a\nb"),
            (rb"\"x\"", '"x"'),
            (rb"\\n", "\\n"),
            (rb"caf\u00e9", "café"),
            (rb"\ud83d\ude00!", "😀!"),
            ("😀 naïve".encode(), "😀 naïve"),
            (rb"\ud83d-\ude00", "\ufffd-\ufffd"),
            (rb"\ud83d\ud83d\ude00", "\ufffd😀"),
            (rb"\/\b\f\t", "/\b\f\t"),
            (rb"", ""),
        ],
    )
    def test_each_escape_is_one_code_point_with_all_its_bytes(self, raw: bytes, text: str):
        line = b'{"text": "' + raw + b'"}'
        source = string_source(line, "text")
        assert source is not None
        assert source.text == text
        escaped = [run for run in source.runs if b"\\" in line[run.first : run.last]]
        assert all(run.end - run.start == 1 for run in escaped)
        assert b"".join(line[run.first : run.last] for run in source.runs) == raw

    def test_half_a_surrogate_pair_is_noted(self):
        found = account(b'{"text": "' + STORY.replace("\n", " ").encode() + b' \\ud83d", "title": "x \\udc00"}')
        assert found.text.endswith(" \ufffd")
        assert found.title == "x \ufffd"
        assert "encoding" in [note.code for note in found.notes]

    @pytest.mark.parametrize(
        ("line", "text"),
        [
            (b'{"a": {"text": "no"}, "text": "yes"}', "yes"),
            (b'{"text": "no", "text": "yes"}', "yes"),
            (b'{"text": "no", "text": 3}', None),
            (b'{"text": ["no"], "b": "no"}', None),
            (b'{"b": "text", "c": "text"}', None),
            (b'{"te\\u0078t": "yes"}', "yes"),
            (b'{"b": "}{\\"text\\": ", "text" :"yes" , "c": [1, {"text": "no"}]}', "yes"),
            (b"{}", None),
        ],
    )
    def test_the_top_level_member_of_that_name_is_found(self, line: bytes, text: str | None):
        source = string_source(line, "text")
        assert (source and source.text) == text
        value = members(line).get("text")
        assert (value if isinstance(value, str) else None) == text

    @pytest.mark.parametrize("line", [b"[" * 200_000, b'{"a": ' * 200_000, b'{"n": ' + b"9" * 9000 + b"}"])
    def test_hostile_json_is_a_plain_error(self, line: bytes):
        with pytest.raises(InputError):
            account(line)

    def test_more_escapes_than_any_text_has_are_refused(self):
        with pytest.raises(InputError, match="500,000 escaped"):
            account(b'{"text": "' + b"\\n" * 500_001 + b'"}')


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


class TestProperties:
    @settings(deadline=None, max_examples=300)
    @given(st.text(max_size=60), st.booleans(), st.dictionaries(st.text(max_size=5), JSON, max_size=4), st.data())
    def test_every_span_leads_to_bytes_that_unescape_to_it(
        self, text: str, ascii_only: bool, others: dict[str, Any], data: st.DataObject
    ):
        row = {
            **{key: value for key, value in others.items() if key not in ("kind", "id")},
            "text": f"a{text}b",
        }
        line = json.dumps(row, ensure_ascii=ascii_only).encode("utf-8")
        found = account(line)
        assert found.text == row["text"]
        start = data.draw(st.integers(0, len(found.text) - 1))
        end = data.draw(st.integers(start + 1, len(found.text)))
        place = bytes_of(found, Span(start, end))
        assert place is not None
        assert json.loads(b'"' + line[place[0] : place[1]] + b'"') == found.text[start:end]
        assert read_back(found, Span(start, end), line) == found.text[start:end]

    @settings(deadline=None, max_examples=100)
    @given(st.lists(st.text(min_size=1, max_size=20).map(lambda text: f"x{text}"), min_size=1, max_size=5, unique=True))
    def test_every_line_begins_where_it_says(self, texts: list[str]):
        import io

        data = b"".join(line_of(text=text) + b"\n" for text in texts)
        found = [item for item in ingest(["-"], stdin=io.BytesIO(data)) if isinstance(item, Account)]
        assert [item.text for item in found] == texts
        for item in found:
            line = data[item.original.offset : item.original.offset + item.original.size]
            assert json.loads(line)["text"] == item.text
            assert words_in(item, "x").start == 0
