"""What was fetched, kept from one run to the next: bodies named by their digest, and beside them what is known of each.

The folder belongs to the user. An entry that is damaged in any way is as good as none, and where nothing can be
written nothing is kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import NamedTemporaryFile

from tellings.fetching.records import Head

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a kept body: the link asked for, what the server said, and the body's digest."""

    url: str
    status: int
    head: Head
    sha256: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder of entries (`links`) and bodies (`bodies`); `limit` is the most a body may have."""

    folder: Path
    limit: int

    def find(self, url: str) -> tuple[Entry, bytes] | None:
        """Return what is kept of a link, whole and unchanged; else None."""
        import msgspec

        try:
            entry = msgspec.json.decode(self._entry(url).read_bytes(), type=Entry)
            if entry.url != url or not _DIGEST.fullmatch(entry.sha256):
                return None
            with self._body(entry.sha256).open("rb") as file:
                body = file.read(self.limit + 1)
        except (OSError, ValueError, RecursionError):
            return None
        return (entry, body) if hashlib.sha256(body).hexdigest() == entry.sha256 else None

    def keep(self, entry: Entry, body: bytes) -> None:
        """Keep a body, then the entry that leads to it, each whole or not at all."""
        import msgspec

        if _write(self._body(entry.sha256), body):
            _write(self._entry(entry.url), msgspec.json.encode(entry) + b"\n")

    def _entry(self, url: str) -> Path:
        digest = hashlib.sha256(url.encode()).hexdigest()
        return self.folder / "links" / digest[:2] / f"{digest}.json"

    def _body(self, sha256: str) -> Path:
        return self.folder / "bodies" / sha256[:2] / sha256


def usual_folder(environment: Mapping[str, str], platform: str) -> Path | None:
    """Where a user's fetched pages are kept, by the customs of the system; None for a user without a home.

    `platform` is `sys.platform`: on Linux the XDG Base Directory Specification holds.
    """
    named = environment.get("LOCALAPPDATA" if platform == "win32" else "XDG_CACHE_HOME", "")
    if named and PurePath(named).is_absolute():
        return Path(named) / "tellings" / "fetched"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    usual = {"win32": "AppData/Local", "darwin": "Library/Caches"}.get(platform, ".cache")
    return home / usual / "tellings" / "fetched"


def _write(file: Path, data: bytes) -> bool:
    """Write a whole file or none: it is moved into its place when it is complete."""
    part = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile("wb", dir=file.parent, suffix=".part", delete=False) as part:
            part.write(data)
        Path(part.name).replace(file)
    except OSError:
        if part is not None:
            Path(part.name).unlink(missing_ok=True)
        return False
    return True
