"""A judge in a folder: a cross-encoder, exported to ONNX, that reads two statements together.

The folder has `model.onnx`, `tokenizer.json` and `config.json`, as model exporters write them. What the model says of a
pair is named by `id2label` in the configuration: the relation kinds and "unrelated", or the labels of an entailment
model; a model with a single score gives the probability that both tell the same thing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tellings.comparing.judge import VERDICTS, Answer, Question, Verdict
from tellings.errors import JudgeError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILES = ("model.onnx", "tokenizer.json", "config.json")
LABELS: dict[str, Verdict] = {
    **{verdict: verdict for verdict in VERDICTS},
    "entailment": "narrower",
    "neutral": "unrelated",
    "contradiction": "conflict",
}
"""Verdicts by the labels that a model may have."""
LONGEST = 512
"""Word pieces of two statements together; the rest of longer ones is cut off."""
_ADVICE = "export the model again, or leave --judge out"


@dataclass(frozen=True, slots=True)
class Labels:
    """What the columns of a model's scores say, and whether they say it of the pair in one order only.

    `verdicts` is empty for a single score.
    """

    verdicts: tuple[Verdict, ...]
    directed: bool


@dataclass(frozen=True, slots=True)
class FolderJudge:
    """A cross-encoder; every pair runs by itself, on one thread, in both orders.

    `session` and `tokenizer` are of ONNX Runtime and of tokenizers, which ship no types.
    """

    name: str
    labels: Labels
    session: Any
    tokenizer: Any

    def answers(self, questions: Sequence[Question]) -> Sequence[Answer | None]:
        """One answer for each question; None only where the model gives no number.

        Raises:
            JudgeError: the model cannot take a pair.

        """
        return [self._answer(question.a.text, question.b.text) for question in questions]

    def _answer(self, a: str, b: str) -> Answer | None:
        try:
            there, back = self.scores(a, b), self.scores(b, a)
        except Exception as error:  # ONNX Runtime's own are bare exceptions
            raise JudgeError(self.name, f"fails on a pair ({_first_line(error)})", _ADVICE) from error
        return answer_of(self.labels, there, back)

    def scores(self, a: str, b: str) -> NDArray[np.float64]:
        """The raw scores of a pair in this order, one a column."""
        pieces = self.tokenizer.encode(" ".join(a.split()), " ".join(b.split()))
        parts = {
            "input_ids": pieces.ids,
            "attention_mask": pieces.attention_mask,
            "token_type_ids": pieces.type_ids,
        }
        asked = [entry.name for entry in self.session.get_inputs()]
        (found, *_) = self.session.run(None, {name: np.asarray([parts[name]], dtype=np.int64) for name in asked})
        return np.asarray(found, dtype=np.float64).reshape(-1)


def folder_judge(folder: Path) -> FolderJudge:
    """The judge in a folder, tried once on a pair of words so that a damaged one is known before anything is read.

    Raises:
        JudgeError: a file is missing or damaged, or the model is none that judges pairs.

    """
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        problem = f"has no {' and no '.join(missing)}" if folder.is_dir() else "is no folder"
        raise JudgeError(str(folder), problem, f"name a folder with {', '.join(FILES)}, or a server by its URL")
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        labels = labels_of(config.get("id2label", {}))
        judge = FolderJudge(_name(folder), labels, _session(folder), _tokenizer(folder, config))
        columns = len(judge.scores("one", "two"))
    except Exception as error:  # both libraries raise bare exceptions of their own on damaged files
        raise JudgeError(str(folder), f"cannot be used ({_first_line(error)})", _ADVICE) from error
    if columns != max(1, len(labels.verdicts)):
        problem = f"config.json names {len(labels.verdicts)} labels, and the model gives {columns} scores"
        raise JudgeError(str(folder), problem, _ADVICE)
    return judge


def labels_of(id2label: Mapping[str, str]) -> Labels:
    """What the columns say, by their names in a configuration; up to one name means a single score.

    Raises:
        ValueError: a label is not known, numbers are missing, or none means "unrelated".

    """
    if len(id2label) < 2:
        return Labels((), directed=False)
    names = [str(id2label[str(n)]).strip().lower() for n in range(len(id2label)) if str(n) in id2label]
    if len(names) < len(id2label):
        raise ValueError("id2label does not number its labels from 0")
    unknown = [name for name in names if name not in LABELS]
    if unknown:
        raise ValueError(f"the label {unknown[0]!r} is none of {', '.join(LABELS)}")
    verdicts = tuple(LABELS[name] for name in names)
    if set(verdicts) <= {"unrelated"} or "unrelated" not in verdicts:
        raise ValueError("the labels must say of some pairs that they are unrelated, of others that they are not")
    return Labels(verdicts, directed="entailment" in names)


def answer_of(labels: Labels, there: NDArray[np.float64], back: NDArray[np.float64]) -> Answer | None:
    """The answer by the raw scores of a pair in both orders; None where a score is no number.

    The orders' probabilities are averaged, but where one statement may follow from the other and not the other way
    round, the order in which they are likelier to be related is the one that counts.
    """
    if not (np.isfinite(there).all() and np.isfinite(back).all()):
        return None
    one, other = _shares(labels, there), _shares(labels, back)
    if labels.directed:
        shares = min(one, other, key=lambda shares: shares["unrelated"])
    else:
        shares = {verdict: (one[verdict] + other[verdict]) / 2 for verdict in one}
    unrelated = round(shares.pop("unrelated"), 4)
    if unrelated > 0.5:
        return Answer("unrelated", unrelated)
    return Answer(max(shares, key=lambda kind: shares[kind]), round(1 - unrelated, 4))


def _shares(labels: Labels, scores: NDArray[np.float64]) -> dict[Verdict, float]:
    """The probability of each verdict that the model knows."""
    if not labels.verdicts:
        same = float(1 / (1 + np.exp(-np.clip(scores[0], -50, 50))))
        return {"agree": same, "unrelated": 1 - same}
    powers = np.exp(scores - scores.max())
    found: dict[Verdict, float] = {}
    for verdict, share in zip(labels.verdicts, (powers / powers.sum()).tolist(), strict=True):
        found[verdict] = found.get(verdict, 0.0) + share
    return found


def _name(folder: Path) -> str:
    """The folder's name with a digest of what is in it, so that another model never goes by the same name."""
    digest = hashlib.sha256()
    for path in sorted({*folder.glob("model.onnx*"), *(folder / name for name in FILES)}):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return f"{folder.resolve().name}-{digest.hexdigest()[:12]}"


def _session(folder: Path) -> Any:  # noqa: ANN401 - onnxruntime ships no types
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])


def _tokenizer(folder: Path, config: Mapping[str, Any]) -> Any:  # noqa: ANN401 - tokenizers ships no types
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    places = config.get("max_position_embeddings") or LONGEST  # 0 where a model counts distances instead
    tokenizer.enable_truncation(min(LONGEST, places) if places > 0 else LONGEST)
    return tokenizer


def _first_line(error: Exception) -> str:
    """What went wrong in one line, short enough for a message."""
    lines = str(error).splitlines()
    return lines[0][:200] if lines else type(error).__name__
