"""Answers kept from one run to the next: one small file a question, named by a digest; no word of an account in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from tellings.comparing.judge import Answer, Judge, Question, is_answer

AT_ONCE = 20
"""How many questions are asked, and their answers kept, at once: so much is lost when a run is broken off."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A judge whose answers are kept in a folder; what it is not asked about is taken from there.

    `asked` is what else the answers hang on besides the judge's name: the words in which it is asked. A file that
    cannot be read is as good as none, and where none can be written nothing is kept.
    """

    judge: Judge
    folder: Path
    asked: str = ""

    @property
    def name(self) -> str:
        """The judge's own name."""
        return self.judge.name

    def answers(self, questions: Sequence[Question]) -> Sequence[Answer | None]:
        """The kept answers, and for the other questions the judge's."""
        files = [self._file(question) for question in questions]
        found = [_read(file) for file in files]
        missing = [n for n, answer in enumerate(found) if answer is None]
        for start in range(0, len(missing), AT_ONCE):
            part = missing[start : start + AT_ONCE]
            for n, answer in zip(part, self.judge.answers([questions[n] for n in part]), strict=True):
                found[n] = answer
                if answer is not None:
                    _write(files[n], answer)
        return found

    def _file(self, question: Question) -> Path:
        digest = digest_of(self.name, question, self.asked)
        return self.folder / digest[:2] / f"{digest}.json"


def digest_of(name: str, question: Question, asked: str = "") -> str:
    """The SHA-256 of a judge's name, how it is asked, and both statements in either order."""
    told = sorted(json.dumps(asdict(one), sort_keys=True) for one in (question.a, question.b))
    return hashlib.sha256(json.dumps([name, asked, *told]).encode("ascii")).hexdigest()


def usual_folder(environment: Mapping[str, str]) -> Path | None:
    """Where the user's answers are kept (XDG Base Directory Specification); None for a user without a home."""
    named = environment.get("XDG_CACHE_HOME", "")
    if named and Path(named).is_absolute():
        return Path(named) / "tellings" / "judge"
    try:
        return Path.home() / ".cache" / "tellings" / "judge"
    except RuntimeError:
        return None


def _read(file: Path) -> Answer | None:
    import msgspec

    try:
        answer = msgspec.json.decode(file.read_bytes(), type=Answer)
    except (OSError, ValueError, RecursionError):
        return None
    return answer if is_answer(answer) else None


def _write(file: Path, answer: Answer) -> None:
    """Write a whole file or none: it is moved into its place when it is complete."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=file.parent, suffix=".part", delete=False, encoding="ascii") as part:
            part.write(json.dumps(asdict(answer)) + "\n")
        Path(part.name).replace(file)
    except OSError:
        return
