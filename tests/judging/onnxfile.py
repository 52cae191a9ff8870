"""A model file written by hand, so that the tests need no package that writes one.

Fields and their numbers are those of ONNX's protocol buffers (onnx/onnx.proto, IR version 8, operators 13).
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from pathlib import Path

WORDS = ("[UNK]", "[CLS]", "[SEP]", "same", "other", "one", "two", "nan")
_FLOAT, _INT64, _INTS, _INT = 1, 7, 7, 2


def write_judge(folder: Path, scores: dict[str, Sequence[float]], config: dict[str, object]) -> None:
    """Write a judge whose raw scores are the mean over all word pieces of those of each word (0 for others).

    A second statement's words count as much as a first one's; the model takes ids, mask and types as encoders do.
    """
    folder.mkdir(exist_ok=True)
    width = len(next(iter(scores.values())))
    rows = [list(scores.get(word, [0.0] * width)) for word in WORDS]
    (folder / "model.onnx").write_bytes(_model(rows, width))
    (folder / "config.json").write_text(json.dumps(config))
    _write_tokenizer(folder / "tokenizer.json")


def _write_tokenizer(path: Path) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 2), ("[CLS]", 1))
    tokenizer.save(str(path))


def _model(rows: list[list[float]], width: int) -> bytes:
    ones = [[1.0] * width] * 2
    nodes = [
        _node("Gather", ["words", "input_ids"], ["looked"]),
        _node("Gather", ["ones", "token_type_ids"], ["types"]),
        _node("Gather", ["ones", "attention_mask"], ["mask"]),
        _node("Mul", ["looked", "types"], ["typed"]),
        _node("Mul", ["typed", "mask"], ["masked"]),
        _node("ReduceMean", ["masked"], ["logits"], _ints("axes", [1]) + _int("keepdims", 0)),
    ]
    graph = b"".join(_part(1, node) for node in nodes) + _part(2, b"judge")
    graph += _part(5, _tensor("words", rows)) + _part(5, _tensor("ones", ones))
    for name in ("input_ids", "attention_mask", "token_type_ids"):
        graph += _part(11, _value(name, _INT64, ["batch", "pieces"]))
    graph += _part(12, _value("logits", _FLOAT, ["batch", width]))
    return _number(1, 8) + _part(7, graph) + _part(8, _part(1, b"") + _number(2, 13))


def _varint(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _part(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _node(kind: str, inputs: list[str], outputs: list[str], attributes: bytes = b"") -> bytes:
    named = b"".join(_part(1, name.encode()) for name in inputs) + b"".join(_part(2, name.encode()) for name in outputs)
    return named + _part(4, kind.encode()) + attributes


def _ints(name: str, values: list[int]) -> bytes:
    return _part(5, _part(1, name.encode()) + b"".join(_number(8, value) for value in values) + _number(20, _INTS))


def _int(name: str, value: int) -> bytes:
    return _part(5, _part(1, name.encode()) + _number(3, value) + _number(20, _INT))


def _tensor(name: str, rows: list[list[float]]) -> bytes:
    flat = [value for row in rows for value in row]
    dims = _number(1, len(rows)) + _number(1, len(rows[0]))
    return dims + _number(2, _FLOAT) + _part(8, name.encode()) + _part(9, struct.pack(f"<{len(flat)}f", *flat))


def _value(name: str, kind: int, shape: list[str | int]) -> bytes:
    dims = b"".join(_part(1, _part(2, one.encode()) if isinstance(one, str) else _number(1, one)) for one in shape)
    return _part(1, name.encode()) + _part(2, _part(1, _number(1, kind) + _part(2, dims)))
