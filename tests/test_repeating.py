"""The same input gives the same bytes, and what its manifest names makes a result again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import tellings
import tellings.cli
from tellings.coding import encode
from tellings.ingest import account_from_text
from tellings.records import Comparison
from tellings.repeating import Part, unlike

FIRST = "The ferry to Orsa left two hours late on Tuesday, harbour master Ada Brink said. Some 40 people waited."
SECOND = "Ada Brink said the Orsa ferry was late. About 60 people waited at the quay on Tuesday."
THIRD = "The mill at Tarn burned down on Friday. Nobody was hurt, the fire chief said."
OTHER = "A new bakery opened in Westby. Its owner hopes to sell 300 loaves a day."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    for name, text in (("a", FIRST), ("b", SECOND), ("c", THIRD)):
        Path("news", f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(tellings.cli._group, arguments)


def kept(*arguments: str) -> str:
    done = run("compare", "--json", *arguments)
    assert done.exit_code == 0, done.output
    Path("result.json").write_text(done.stdout, encoding="utf-8")
    return done.stdout


def test_any_order_number_of_processes_and_run_give_the_same_bytes(folder: Path):
    paths = [folder / "news" / f"{name}.txt" for name in "abc"]
    told = {tellings.compare(order).to_json() for order in (paths, paths[::-1], [paths[1], paths[0], paths[2]])}
    told |= {tellings.compare(paths, processes=2).to_json()}
    assert len(told) == 1


def test_a_reading_is_the_same_bytes_amid_any_others():
    one, *others = (account_from_text(text, id=text[:9]) for text in (FIRST, SECOND, THIRD, OTHER))
    (alone,) = tellings.read(one)
    for amid in ([one, *others], [*others, one], [others[0], one, others[1]]):
        (found,) = (reading for reading in tellings.read(amid) if reading.account == one)
        assert encode(found) == encode(alone)


@pytest.mark.usefixtures("folder")
class TestReproduce:
    def test_what_is_as_it_was_is_the_same(self):
        kept("news")
        done = run("reproduce", "result.json")
        assert done.exit_code == 0, done.output
        assert "claims: the same" in done.stdout
        assert "differ" not in done.stdout

    def test_the_inputs_may_have_moved(self):
        kept("news")
        Path("moved").mkdir()
        Path("news").rename("moved/news")
        assert run("reproduce", "result.json").exit_code != 0
        assert run("reproduce", "result.json", "--inputs", "moved").exit_code == 0

    def test_what_has_changed_is_named_and_what_hangs_on_it_differs(self):
        kept("news")
        Path("news/b.txt").write_text(OTHER, encoding="utf-8")
        done = run("reproduce", "result.json")
        assert done.exit_code == 1
        assert "left out news/b.txt: is not as it was" in done.stderr
        assert "inputs: differ (2 equal, 1 only before, 0 only now)" in done.stdout
        assert "version: the same" in done.stdout

    def test_a_result_that_was_edited_is_found_out(self):
        told = json.loads(kept("news"))
        told["claims"][0]["standing"] = "disputed" if told["claims"][0]["standing"] != "disputed" else "agreed"
        Path("result.json").write_text(json.dumps(told), encoding="utf-8")
        done = run("reproduce", "result.json")
        assert done.exit_code == 1
        assert "claims: differ" in done.stdout
        assert "quotes: the same" in done.stdout

    def test_columns_and_standings_asked_for_are_used_again(self):
        rows = "\n".join(f'"{text}",{name}, Inc' for name, text in (("x", FIRST), ("y", SECOND)))
        Path("t.csv").write_text(f"told,by whom,rest\n{rows}\n", encoding="utf-8")
        kept("t.csv", "--columns", "text=told,outlet=by whom", "--only", "single")
        assert run("reproduce", "result.json").exit_code == 0

    def test_a_file_of_outlets_has_to_be_the_same(self):
        Path("outlets.tsv").write_text("Quay Letters\tpaper\tQL\n", encoding="utf-8")
        kept("news", "--outlets", "outlets.tsv")
        assert run("reproduce", "result.json", "--outlets", "outlets.tsv").exit_code == 0
        done = run("reproduce", "result.json")
        assert done.exit_code == 1
        assert "settings: differ" in done.stdout

    @pytest.mark.parametrize("data", ["", "{}", "[]", '{"manifest": {"inputs": 3}}'])
    def test_other_files_are_a_plain_error(self, data: str):
        Path("x.json").write_text(data, encoding="utf-8")
        done = run("reproduce", "x.json")
        assert isinstance(done.exception, tellings.TellingsError)


def test_parts_are_counted_as_they_stand(folder: Path):
    story: Comparison = tellings.compare([folder / "news"])
    assert all(part.same for part in unlike(story, story))
    assert str(Part("claims", 3, 1, 2)) == "claims: differ (3 equal, 1 only before, 2 only now)"
