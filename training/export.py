"""Export a trained reader: `python -m training.export out/reader` writes the package's reader.onnx and link.npz.

Weights are stored as half-precision numbers and widened when the model is loaded, so the arithmetic stays single
precision and a window's scores never depend on what is run beside it (dynamic quantization's do).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from training.model import Reader

WEIGHTS = Path(__file__).parent.parent / "src" / "tellings" / "weights"
SMALL = 4096  # numbers; smaller tensors stay as they are
INPUTS = ("ids", "features", "mask")
OUTPUTS = ("labels", "statements", "cues", "parts")


def export(trained: Path, weights: Path) -> None:
    """Write the ONNX graph and the link head of `trained/model.pt`."""
    model = Reader()
    model.load_state_dict(torch.load(trained / "model.pt", weights_only=True))
    model.eval()
    graph = trained / "reader-fp32.onnx"
    ids = torch.randint(1000, 20000, (1, 96))
    arguments = (ids, torch.zeros_like(ids), torch.ones_like(ids))
    torch.onnx.export(
        model,
        arguments,
        str(graph),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_shapes={name: {1: torch.export.Dim("pieces", min=8, max=512)} for name in INPUTS},
        dynamo=True,
        external_data=False,
    )
    onnx.save(halved(onnx.load(graph)), weights / "reader.onnx")
    _save_link(model, weights / "link.npz")


def halved(graph: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph with its large weights stored as float16, each widened by a Cast that is folded at load time."""
    casts = []
    for tensor in graph.graph.initializer:
        numbers = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or numbers.size < SMALL:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(numbers.astype(np.float16), f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    nodes = list(graph.graph.node)
    del graph.graph.node[:]
    graph.graph.node.extend([*casts, *nodes])
    del graph.graph.value_info[:]
    for node in graph.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.checker.check_model(graph)
    return graph


def _save_link(model: Reader, path: Path) -> None:
    link = model.link
    tables = {f"places{i}": table.weight.detach().numpy() for i, table in enumerate(link.places)}
    np.savez(path, **tables, weight=link.out.weight.detach().numpy(), bias=link.out.bias.detach().numpy())


def main() -> None:
    """Read the command line and export."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("trained", type=Path)
    given.add_argument("--weights", type=Path, default=WEIGHTS)
    args = given.parse_args()
    export(args.trained, args.weights)
    for name in ("reader.onnx", "link.npz"):
        print(name, (args.weights / name).stat().st_size)


if __name__ == "__main__":
    main()
