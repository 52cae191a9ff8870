"""Export a trained reader: `python -m training.export out/reader` writes the package's reader.onnx and heads.npz.

Large weights are stored in eight bits with a scale a row (or as half-precision numbers, `--bits 16`) and widened when
the model is loaded, so the arithmetic stays single precision and a window's scores never depend on what is run beside
it (dynamic quantization's do).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from training.model import OUTPUTS, WIDTH, Encoder, Reader

WEIGHTS = Path(__file__).parent.parent / "src" / "tellings" / "weights"
SMALL = 4096  # numbers; smaller tensors stay as they are
MIDDLE = 4
"""The layer whose states the pair model goes on from: it has the two layers after it, trained anew on pairs."""
INPUTS = ("ids", "features", "mask")


def export(trained: Path, weights: Path, bits: int = 8) -> None:
    """Write the ONNX graph and the NumPy heads of `trained/model.pt`."""
    model = Reader(Encoder(trained=False))
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
    onnx.save(with_middle(narrowed(onnx.load(graph), bits)), weights / "reader.onnx")
    _save_heads(model, weights / "heads.npz")


def narrowed(graph: onnx.ModelProto, bits: int) -> onnx.ModelProto:
    """The same graph with its large weights stored in 8 or 16 bits, widened by nodes that are folded at load time."""
    gathered = {node.input[0] for node in graph.graph.node if node.op_type == "Gather"}
    widening: list[onnx.NodeProto] = []
    added: list[onnx.TensorProto] = []
    for tensor in graph.graph.initializer:
        numbers = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or numbers.size < SMALL or numbers.ndim != 2:
            continue
        name = tensor.name
        if bits == 16:
            tensor.CopyFrom(numpy_helper.from_array(numbers.astype(np.float16), f"{name}.half"))
            widening.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
            continue
        # a scale for each embedding, or for each output of a layer (whose weights stand input by output)
        scale = np.abs(numbers).max(axis=1 if name in gathered else 0, keepdims=True).astype(np.float32) / 127
        scale[scale == 0] = 1.0
        tensor.CopyFrom(numpy_helper.from_array(np.round(numbers / scale).astype(np.int8), f"{name}.eighth"))
        added.append(numpy_helper.from_array(scale, f"{name}.scale"))
        widening.append(helper.make_node("Cast", [f"{name}.eighth"], [f"{name}.wide"], to=TensorProto.FLOAT))
        widening.append(helper.make_node("Mul", [f"{name}.wide", f"{name}.scale"], [name]))
    graph.graph.initializer.extend(added)
    nodes = list(graph.graph.node)
    del graph.graph.node[:]
    graph.graph.node.extend([*widening, *nodes])
    del graph.graph.value_info[:]
    for node in graph.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.checker.check_model(graph)
    return graph


def with_middle(graph: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph that gives the states of the encoder's layer MIDDLE besides, as its last output."""
    norms = [node for node in graph.graph.node if node.op_type == "LayerNormalization"]
    states = norms[2 * MIDDLE].output[0]  # one after the embeddings, two a layer
    shape = [1, "pieces", WIDTH]
    graph.graph.node.append(helper.make_node("Identity", [states], ["middle"]))
    graph.graph.output.append(helper.make_tensor_value_info("middle", TensorProto.FLOAT, shape))
    return graph


def _save_heads(model: Reader, path: Path) -> None:
    """The heads that run in NumPy: links, dependencies, coreference."""

    def array(parameter: torch.Tensor) -> np.ndarray:
        return parameter.detach().numpy().astype(np.float32)

    link, parser, pair = model.link, model.parser, model.pair
    np.savez(
        path,
        **{f"link_places{i}": array(table.weight) for i, table in enumerate(link.places)},
        link_weight=array(link.out.weight),
        link_bias=array(link.out.bias),
        arc_root=array(parser.root),
        relation_root=array(parser.relation_root),
        relation_weight=array(parser.relation.weight),
        relation_bias=array(parser.relation.bias),
        **{f"pair_features{i}": array(table.weight) for i, table in enumerate(pair.tables)},
        pair_weight=array(pair.out.weight[0]),
        pair_bias=array(pair.out.bias),
        pair_first_weight=array(pair.first.weight[0]),
        pair_first_bias=array(pair.first.bias),
    )


def main() -> None:
    """Read the command line and export."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("trained", type=Path)
    given.add_argument("--weights", type=Path, default=WEIGHTS)
    given.add_argument("--bits", type=int, choices=(8, 16), default=8, help="bits a large weight is stored in")
    args = given.parse_args()
    export(args.trained, args.weights, args.bits)
    for name in ("reader.onnx", "heads.npz"):
        print(name, (args.weights / name).stat().st_size)


if __name__ == "__main__":
    main()
