"""Weights of a shipped reader back into PyTorch: `python -m training.restore out/shipped` writes `model.pt` there.

So that a run can go on from what ships without the run that made it. Heads that the shipped file lacks begin anew.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.export import WEIGHTS
from training.model import Encoder, Reader

_PARAMETERS = {
    "link_weight": "link.out.weight",
    "link_bias": "link.out.bias",
    "arc_root": "parser.root",
    "relation_root": "parser.relation_root",
    "relation_weight": "parser.relation.weight",
    "relation_bias": "parser.relation.bias",
    "pair_weight": "pair.out.weight",
    "pair_bias": "pair.out.bias",
    "pair_first_weight": "pair.first.weight",
    "pair_first_bias": "pair.first.bias",
}


def restored(weights: Path) -> dict[str, torch.Tensor]:
    """The parameters found in `reader.onnx` and `heads.npz`, by their names in `training.model.Reader`."""
    graph = onnx.load(weights / "reader.onnx").graph
    stored = {
        tensor.name.removesuffix(".half").removesuffix(".eighth"): numpy_helper.to_array(tensor).astype(np.float32)
        for tensor in graph.initializer
        if tensor.data_type in (onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16, onnx.TensorProto.INT8)
    }
    for name in [name for name in stored if name.endswith(".scale")]:
        stored[name.removesuffix(".scale")] *= stored.pop(name)
    found = {name: array for name, array in stored.items() if "." in name}
    made_by = {node.output[0]: node for node in graph.node}
    for node in graph.node:
        bias = next((name for name in node.input if name.endswith(".bias")), None)
        product = next((made_by[name] for name in node.input if name in made_by), None)
        if node.op_type == "Add" and bias and product is not None and product.op_type == "MatMul":
            found[bias.removesuffix("bias") + "weight"] = stored[product.input[1]].T
    with np.load(weights / "heads.npz") as heads:
        found |= {_PARAMETERS[name]: heads[name] for name in _PARAMETERS if name in heads.files}
        for kind, module in (("link_places", "link.places"), ("pair_features", "pair.tables")):
            tables = [name for name in heads.files if name.startswith(kind)]
            found |= {f"{module}.{name.removeprefix(kind)}.weight": heads[name] for name in tables}
    for name in ("pair.out.weight", "pair.first.weight"):
        found[name] = found[name][None]
    return {name: torch.from_numpy(np.ascontiguousarray(array)) for name, array in found.items()}


def put(model: Reader, found: dict[str, torch.Tensor]) -> list[str]:
    """Set the parameters of `model` that were found, also where it has more rows; the names of those begun anew."""
    fresh = []
    for name, parameter in model.named_parameters():
        if name not in found or found[name].shape[1:] != parameter.shape[1:]:
            fresh.append(name)
            continue
        with torch.no_grad():
            parameter[: len(found[name])] = found[name][: len(parameter)]
    return fresh


def main() -> None:
    """Read the command line and restore."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("out", type=Path)
    given.add_argument("--weights", type=Path, default=WEIGHTS)
    args = given.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(7)
    model = Reader(Encoder(trained=False))
    print("begun anew:", *put(model, restored(args.weights)))
    torch.save(model.state_dict(), args.out / "model.pt")


if __name__ == "__main__":
    main()
