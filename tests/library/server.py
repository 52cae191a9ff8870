"""A real PostgreSQL server for the length of a run, on a socket of its own; none where it is not installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = "PostgreSQL's server is not installed (Debian: apt-get install postgresql)"


def programs() -> Path | None:
    """The folder of the newest installed server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def running(bin_folder: Path) -> Iterator[str]:
    """Make a server in a new folder and start it; gives the beginning of its URLs: put a database's name after it."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path must be short
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data, log = folder / "data", folder / "log"
    try:
        _run(bin_folder, "initdb", "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=30"
        _run(bin_folder, "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
        try:
            yield f"postgresql://postgres@/%s?host={folder}"
        finally:
            _run(bin_folder, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(bin_folder: Path, program: str, *arguments: str | Path) -> None:
    """Run one of its programs; as the user postgres where we are root, which it refuses."""
    command = [str(bin_folder / program), *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", stdin=subprocess.DEVNULL)
    if done.returncode:
        raise RuntimeError(f"{program} failed: {done.stderr or done.stdout}")


def new_database(urls: str, name: str) -> str:
    """Make an empty database on a server; gives its URL."""
    import psycopg

    with psycopg.connect(urls % "postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urls % name
