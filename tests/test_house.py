"""What holds for the whole house: no code that runs what it is given, who opens sockets, who imports whom, locks."""

from __future__ import annotations

import ast
import functools
import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src/tellings"
FILES = sorted(SOURCE.rglob("*.py"))
TREES = {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in FILES}
SOCKETS = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "asyncio", "requests", "httpx", "urllib3"}
MAY_OPEN_SOCKETS = ("fetching/", "judging/", "serve/")
MAY_PICKLE = {"run/frames.py", "run/cluster.py"}
"""Messages between processes of our own over pipes and Ray's; never a file, never what an outsider wrote."""
MAY_START_PROCESSES = {"run/workers.py", "serve/work.py"}


def imported(tree: ast.AST) -> set[str]:
    """The modules that a file names in its imports, those inside functions too."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def called(tree: ast.AST) -> set[str]:
    """The names, with what they are members of, that a file calls."""
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def runs_what_it_is_given(tree: ast.AST) -> set[str]:
    """Calls of a file that would run text as code or as a command."""
    names = {
        "eval",
        "exec",
        "compile",
        "__import__",
        "os.system",
        "os.popen",
        "yaml.load",
        "marshal.loads",
        "shelve.open",
    }
    shells = {
        ast.unparse(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and any(k.arg == "shell" and ast.unparse(k.value) != "False" for k in node.keywords)
    }
    return (called(tree) & names) | shells


@pytest.mark.parametrize(
    "code", ["eval(x)", "os.system(x)", "subprocess.run(x, shell=True)", "yaml.load(x)", "__import__(x)"]
)
def test_the_search_finds_what_it_looks_for(code: str):
    assert runs_what_it_is_given(ast.parse(code))


@pytest.mark.parametrize("name", TREES)
def test_nothing_runs_what_it_is_given(name: str):
    assert runs_what_it_is_given(TREES[name]) == set()


def test_pickles_pass_between_our_own_processes_alone():
    users = {
        name for name, tree in TREES.items() if imported(tree) & {"pickle", "marshal", "shelve", "dill", "cloudpickle"}
    }
    assert users == MAY_PICKLE
    loading = {
        name for name, tree in TREES.items() if "numpy" in imported(tree) and "allow_pickle=True" in ast.unparse(tree)
    }
    assert loading == set()


def test_processes_are_started_by_the_runner_alone():
    users = {name for name, tree in TREES.items() if imported(tree) & {"subprocess", "multiprocessing", "pty"}}
    assert users == MAY_START_PROCESSES


def test_sockets_are_opened_where_links_are_fetched_judges_asked_and_pages_served_alone():
    users = {name for name, tree in TREES.items() if imported(tree) & SOCKETS}
    assert users
    assert [name for name in sorted(users) if not name.startswith(MAY_OPEN_SOCKETS)] == []


def test_stages_are_pure():
    """No file, clock or randomness but for the package's own files."""
    for name, tree in TREES.items():
        if name.startswith(("reading/", "comparing/", "diffing/")):
            assert not imported(tree) & {"random", "secrets", "time", "shutil", "tempfile"}, name
            assert not called(tree) & {"datetime.now", "datetime.today", "date.today", "open", "os.environ.get"}, name


@functools.cache
def rooms() -> dict[str, set[str]]:
    """What each room imports when it is loaded or later, but for types, and for a room's records, which are data."""
    found: dict[str, set[str]] = {}
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
                node.body = [ast.Pass()]
        parts = [each.split(".") for each in imported(tree) if each.startswith("tellings.")]
        others = {each[1] for each in parts if each[2:3] != ["records"]}
        found.setdefault(room(name), set()).update(others - {room(name)})
    return found


def room(name: str) -> str:
    return name.split("/", maxsplit=1)[0].removesuffix(".py")


RECORDS = {"records", "errors", "weights"}
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "run": {"errors"},
    "ingest": {"errors", "records", "run", "fetching", "pagemarks"},
    "fetching": {"errors", "records", "ingest"},
    "reading": RECORDS | {"ingest"},
    "correcting": RECORDS | {"reading"},
    "comparing": RECORDS | {"reading", "ingest", "correcting", "pagemarks"},
}
"""The rooms below, and all that they may know; records know how to show themselves when they are asked to."""


@pytest.mark.parametrize("name", MAY_IMPORT)
def test_a_room_below_knows_none_above(name: str):
    assert rooms()[name] <= MAY_IMPORT[name]


def test_the_locks_name_one_version_with_digests_of_every_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": project["dependency-groups"]["dev"],
    }
    for name, dependencies in needed.items():
        text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
        lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        assert all(re.match(r"\S+==\S+.* --hash=sha256:[0-9a-f]{64}", line) for line in lines), name
        locked = {plain(line.split("==")[0]) for line in lines}
        assert {plain(re.match(r"[\w.-]+", one)[0]) for one in dependencies} <= locked, name


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.split("[", maxsplit=1)[0].strip()).lower()


def test_no_private_function_is_dead():
    words = re.findall(r"\w+", "\n".join(path.read_text(encoding="utf-8") for path in FILES))
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    dead = [
        f"{name}: {node.name}"
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and node.name.startswith("_")
        and not node.name.startswith("__")
        and counts[node.name] == 1
        and not node.decorator_list  # a command
        and node.name != "_repr_html_"  # a notebook calls it
    ]
    assert dead == []


def test_rooms_know_each_other_in_no_circle_but_these():
    """Records show themselves when asked; `ingest` and `fetching` know each other for links."""
    known = {name: others & set(rooms()) for name, others in rooms().items()}
    known["records"], known["ingest"] = set(), known["ingest"] - {"fetching"}
    while free := {name for name, others in known.items() if not others & set(known)}:
        known = {name: others for name, others in known.items() if name not in free}
    assert known == {}


def public() -> dict[str, list[str]]:
    """What each package offers: the names in its `__all__`, else those that it defines or imports openly."""
    found = {}
    for name, tree in TREES.items():
        if name.endswith("__init__.py") and "migrations" not in name:
            package = ".".join(("tellings", *Path(name).parts[:-1]))
            listed = [n for n in tree.body if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "__all__"]
            if listed:
                found[package] = sorted(ast.literal_eval(listed[0].value))
            else:
                made = [n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
                found[package] = sorted(one for one in made if not one.startswith("_"))
    return found


def test_public_names_are_those_pinned():
    """A new name is written into tests/public.json on purpose: `python -m tests.test_house > tests/public.json`."""
    assert public() == json.loads((ROOT / "tests/public.json").read_text(encoding="utf-8"))


if __name__ == "__main__":
    print(json.dumps(public(), indent=1, sort_keys=True))  # noqa: T201 - the new pins
