"""Accounts and readings as Parquet: the columns, the way back, bad inputs, memory."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tellings.errors import InputError, TellingsError
from tellings.ingest import account_from_text, ingest
from tellings.records import Account, Reading
from tellings.run import Here, Processes
from tellings.run.markers import Marker, Shard
from tellings.shards import accounts_in, readings_in, shards_of, write
from tellings.shards.table import Table, account_row
from tests.ingest.inputs import PAGE, STORY
from tests.ingest.test_warc import answer, page, record

pytest.importorskip("pyarrow", reason="Parquet needs the extra `tables`")


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "bridge.html").write_text(PAGE, encoding="utf-8")
    (folder / "bridge.txt").write_text(STORY, encoding="utf-8")
    (folder / "empty.txt").write_text("")
    told = [{"id": f"line-{i}", "text": f"The ferry number {i} left late on Tuesday."} for i in range(3)]
    (folder / "lines.jsonl").write_text("\n".join(map(json.dumps, told)) + "\nnot json\n")
    return folder


def planned(*names: Path) -> list[Shard]:
    found = list(shards_of(map(str, names)))
    assert not [one for one in found if isinstance(one, InputError)]
    return [one for one in found if isinstance(one, Shard)]


def written(folder: Path, *names: Path, kind="accounts") -> list[Marker]:
    with Here() as runner:
        return [one for one in write(kind, planned(*names), folder, runner) if isinstance(one, Marker)]


def test_accounts_come_back_as_they_were_taken_in(given: Path, tmp_path: Path):
    written(tmp_path / "out", given)

    taken = [one for one in ingest([given]) if isinstance(one, Account)]
    back = list(accounts_in(tmp_path / "out"))
    assert sorted(back, key=lambda one: one.id) == sorted(taken, key=lambda one: one.id)


def test_columns_can_be_read_without_tellings(given: Path, tmp_path: Path):
    import pyarrow.parquet as pq

    written(tmp_path / "out", given)

    table = pq.read_table(tmp_path / "out", columns=["title", "outlet", "published", "kind", "words", "notes", "text"])
    rows = {row["title"]: row for row in table.to_pylist()}
    row = rows["Swing bridge to close for repairs"]
    assert (row["outlet"], row["published"], row["kind"]) == (
        "The Tidewater Post",
        "2024-03-04T18:30:00+01:00",
        "article",
    )
    assert row["words"] == len(row["text"].split())
    assert row["notes"] == []


def test_readings_come_back_without_their_pieces(given: Path, tmp_path: Path):
    import pyarrow.parquet as pq

    import tellings

    written(tmp_path / "out", given / "bridge.txt", kind="readings")

    (back,) = readings_in(tmp_path / "out")
    (whole,) = tellings.read(given / "bridge.txt")
    assert isinstance(back, Reading)
    assert replace(back, pieces=whole.pieces, vectors=whole.vectors) == whole
    assert back.pieces.spans.shape == (0, 2)
    (row,) = pq.read_table(tmp_path / "out", columns=["statements", "attributions", "sentences"]).to_pylist()
    assert row == {
        "statements": len(whole.statements),
        "attributions": len(whole.attributions),
        "sentences": len(whole.sentences),
    }


def test_what_was_left_out_stands_in_the_marker(given: Path, tmp_path: Path):
    markers = {marker.statistics.rows: marker.statistics for marker in written(tmp_path / "out", given)}

    assert [problem.about for problem in markers[2].problems] == [str(given / "empty.txt")]
    assert [problem.about for problem in markers[3].problems] == [f"{given / 'lines.jsonl'}:4"]


def test_the_manifest_says_what_is_there_and_what_made_it(given: Path, tmp_path: Path):
    written(tmp_path / "out", given)
    told = json.loads((tmp_path / "out" / "_manifest.json").read_bytes())

    assert told["made"]["kind"] == "accounts"
    assert (told["rows"], told["problems"], told["failed"]) == (5, 2, [])
    assert {Path(entry["path"]).name for file in told["files"] for entry in file["inputs"]} == {
        "bridge.html", "bridge.txt", "empty.txt", "lines.jsonl",
    }  # fmt: skip
    assert all(len(entry["sha256"]) == 64 for file in told["files"] for entry in file["inputs"])


def test_the_number_of_processes_changes_no_byte(given: Path, tmp_path: Path):
    written(tmp_path / "here", given)
    with Processes(2) as two:
        list(write("accounts", planned(given), tmp_path / "beside", two))

    for path in (tmp_path / "here").iterdir():
        assert (tmp_path / "beside" / path.name).read_bytes() == path.read_bytes()


def test_later_inputs_are_added(given: Path, tmp_path: Path):
    written(tmp_path / "out", given)
    more = tmp_path / "more.jsonl"
    more.write_text('{"text": "The mill on the river burnt down at noon."}\n')
    assert len(written(tmp_path / "out", more)) == 1

    assert len(list(accounts_in(tmp_path / "out"))) == 6


def test_groups_that_a_folder_no_longer_makes_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tellings.shards.plan._FILES", 2)
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"The ferry number {number} left the quay late on Tuesday.")
    assert len(written(tmp_path / "out", folder)) == 3
    (folder / "0.txt").unlink()
    written(tmp_path / "out", folder)

    texts = [one.text for one in accounts_in(tmp_path / "out") if isinstance(one, Account)]
    assert sorted(text[17] for text in texts) == ["1", "2", "3", "4"]


def test_a_folder_of_another_kind_is_left_alone(given: Path, tmp_path: Path):
    written(tmp_path / "out", given)

    with pytest.raises(TellingsError, match="holds accounts, not readings; name another folder"):
        written(tmp_path / "out", given, kind="readings")


def test_a_truncated_archive_gives_what_is_whole_and_names_the_rest(tmp_path: Path):
    whole = b"".join(gzip.compress(record(answer(page(number)), number)) for number in range(1, 5))
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(whole[: len(whole) - 200])
    (marker,) = written(tmp_path / "out", path)

    assert marker.statistics.rows == 3
    (problem,) = marker.statistics.problems
    assert problem.about.startswith(f"{path}:4")


@pytest.mark.parametrize("where", ["the accounts", "the foot", "the end"])
def test_a_damaged_output_is_an_error_about_it(given: Path, tmp_path: Path, where: str):
    import pyarrow.parquet as pq

    (marker,) = written(tmp_path / "out", given / "lines.jsonl")
    path = tmp_path / "out" / marker.file
    group = pq.ParquetFile(path).metadata.row_group(0)
    data = bytearray(path.read_bytes())
    foot = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    page = group.column(group.num_columns - 1).data_page_offset
    at = {"the accounts": page + 200, "the foot": foot + 4, "the end": len(data) - 4}[where]
    data[at] ^= 0xFF
    path.write_bytes(data)

    found = list(accounts_in(tmp_path / "out"))
    assert [one.about for one in found if isinstance(one, InputError)] == [str(path)]


def test_a_half_written_output_is_an_error_about_it(given: Path, tmp_path: Path):
    (marker,) = written(tmp_path / "out", given / "lines.jsonl")
    path = tmp_path / "out" / marker.file
    path.write_bytes(path.read_bytes()[:2000])

    (found,) = accounts_in(tmp_path / "out")
    assert isinstance(found, InputError)
    assert found.about == str(path)


def test_a_folder_without_shards_is_named(tmp_path: Path):
    with pytest.raises(InputError, match="holds no readings"):
        list(readings_in(tmp_path))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a file that is a full disk")
def test_a_full_disk_is_told_as_one(given: Path):
    (account,) = ingest([given / "bridge.txt"])
    assert isinstance(account, Account)
    with pytest.raises(OSError, match="No space left") as raised:
        _fill(Path("/dev/full"), account)

    assert raised.value.errno == 28


def _fill(path: Path, account: Account) -> None:
    with Table(path, "accounts") as table:
        table.add(account_row(account))


def test_links_and_standard_input_are_no_shards(given: Path):
    found = list(shards_of(["https://tidewater.example/", "-", str(given / "none.txt"), str(given / "bridge.txt")]))

    assert [type(one) for one in found] == [InputError, InputError, InputError, Shard]


def test_a_file_named_twice_is_taken_once(given: Path):
    found = list(shards_of([str(given), str(given / "bridge.txt")]))

    assert [one.problem for one in found if isinstance(one, InputError)] == ["is named twice"]


def test_a_shard_of_any_length_is_written_a_few_megabytes_at_a_time(tmp_path: Path):
    import pyarrow.parquet as pq

    account = account_from_text("The ferry to Orsa left two hours late on Tuesday. " * 40_000, id="ferry")
    row = account_row(account)
    with Table(tmp_path / "large.parquet", "accounts") as table:
        for _ in range(24):
            table.add(row)

    told = pq.ParquetFile(tmp_path / "large.parquet").metadata
    sizes = [told.row_group(at).total_byte_size for at in range(told.num_row_groups)]
    assert told.num_rows == 24
    assert len(sizes) >= 5
    assert max(sizes) < 32 * 1024 * 1024
