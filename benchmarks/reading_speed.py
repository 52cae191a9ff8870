"""Words a second and memory of reading: `python benchmarks/reading_speed.py [ARTICLES]`.

PolNeAR dev's articles (first annotator) are read on two cores, one thread in each of two spawned processes, by
- the bare encoder: the shipped graph cut off after its last layer, over the very windows that a reading runs,
- a whole reading, every layer of it,
- a spaCy pipeline of the small English model's shape with fresh weights (tagger, parser and names; where spaCy is
  installed: `pip install --group bench`), which costs the same as a trained one.
Each is warmed up first and its quickest of RUNS runs is told. Memory is the resident size of one process while it reads
more and more accounts.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import Any

CORPORA = Path(os.environ.get("TELLINGS_CORPORA", "../shared/corpora"))
PROCESSES = 2
RUNS = 3
BARE = "TELLINGS_BARE_ENCODER"  # names the bare encoder's file for the processes


def articles(count: int) -> list[str]:
    """The texts of PolNeAR dev, first annotator."""
    from tellings.evaluate.corpora import polnear

    return [text.text for text in polnear(CORPORA / "polnear" / "dev.jsonl") if text.first][:count]


def read_one(text: str) -> int:
    """A whole reading."""
    from tellings.ingest import account_from_text
    from tellings.reading import read

    return len(next(read([account_from_text(text)])).statements)


def encode_one(text: str) -> int:
    """The encoder alone, over the windows of a reading."""
    import numpy as np

    from tellings.reading.layout import layout
    from tellings.reading.tokens import CLS, SEP
    from tellings.reading.windows import windows

    cut = layout(text)
    for window in windows(cut.tokens, cut.sentence_of):
        count = window.last - window.first
        ids = np.zeros((1, window.length), dtype=np.int64)
        ids[0, 0], ids[0, count + 1] = CLS, SEP
        ids[0, 1 : count + 1] = cut.tokens.ids[window.first : window.last]
        features = np.zeros_like(ids)
        features[0, 1 : count + 1] = cut.tokens.features[window.first : window.last]
        mask = (np.arange(window.length) < count + 2).astype(np.int64)[None]
        _bare().run(None, {"ids": ids, "features": features, "mask": mask})
    return 0


@cache
def _bare() -> Any:  # noqa: ANN401 - onnxruntime ships no types
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(os.environ[BARE], options, providers=["CPUExecutionProvider"])


def bare_encoder(path: Path) -> None:
    """Write the shipped graph up to the encoder's last layer."""
    from importlib.resources import files

    import onnx

    model = onnx.load(str(files("tellings.weights").joinpath("reader.onnx")))
    graph = model.graph
    made = {node.output[0]: node for node in graph.node}
    scores = next(node for node in graph.node if "scores.bias" in node.input)
    states = next(made[name] for name in scores.input if name in made).input[0]
    needed, kept = [states], []
    while needed:
        node = made.get(needed.pop())
        if node is not None and node not in kept:
            kept.append(node)
            needed += node.input
    nodes = [node for node in graph.node if node in kept]
    del graph.node[:]
    graph.node.extend(nodes)
    del graph.output[:]
    graph.output.append(onnx.helper.make_tensor_value_info(states, onnx.TensorProto.FLOAT, None))
    onnx.save(model, path)


def spacy_one(text: str) -> int:
    """A pipeline of the small English model's shape."""
    return len(_spacy()(text))


@cache
def _spacy() -> Any:  # noqa: ANN401 - a benchmark's peer
    import spacy
    from spacy.training import Example

    sizes = {"width": 96, "depth": 4, "window_size": 1, "maxout_pieces": 3}
    attributes = ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"]

    def embedded() -> dict[str, Any]:
        return {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": 96,
                "attrs": attributes,
                "rows": [5000, 1000, 2500, 2500, 50, 50],
                "include_static_vectors": False,
            },
            "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", **sizes},
        }

    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
    }
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": embedded()})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    nlp.add_pipe("parser", config={"model": {**parser, "tok2vec": listener}})
    nlp.add_pipe("ner", config={"model": {**parser, "state_type": "ner", "tok2vec": embedded()}})
    words = ["Ana", "saw", "the", "hall"]
    labelled = {
        "words": words,
        "tags": ["NNP", "VBD", "DT", "NN"],
        "heads": [1, 1, 3, 1],
        "deps": ["nsubj", "ROOT", "det", "obj"],
        "entities": [(0, 3, "PERSON")],
    }
    examples = [Example.from_dict(nlp.make_doc("Ana saw the hall"), labelled)]
    for label in ("CC", "CD", "IN", "JJ", "MD", "NNS", "PRP", "RB", "TO", "VB", "VBG", "VBN", "VBP", "VBZ", "WDT"):
        nlp.get_pipe("tagger").add_label(label)
    for label in ("amod", "advmod", "aux", "prep", "pobj", "conj", "cc", "compound", "punct", "xcomp", "ccomp"):
        nlp.get_pipe("parser").add_label(label)
    for label in ("ORG", "GPE", "DATE", "CARDINAL", "MONEY", "NORP", "PERCENT", "TIME", "EVENT", "LAW"):
        nlp.get_pipe("ner").add_label(label)
    nlp.initialize(lambda: examples)
    return nlp


def words_a_second(one: Callable[[str], int], texts: list[str]) -> float:
    """The quickest of some runs over all texts, processes warmed up."""
    words = sum(len(text.split()) for text in texts)
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        list(pool.map(one, texts[: 2 * PROCESSES]))
        seconds = []
        for _ in range(RUNS):
            began = time.perf_counter()
            list(pool.map(one, texts))
            seconds.append(time.perf_counter() - began)
    return words / min(seconds)


def memory(texts: list[str], counts: tuple[int, ...] = (1, 50, 200, 400)) -> list[tuple[int, float]]:
    """Megabytes resident in one process after reading so many accounts."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found, done = [], 0
        for count in counts:
            many = [texts[i % len(texts)] for i in range(done, count)]
            list(pool.map(read_one, many))
            done = count
            found.append((count, pool.submit(_resident).result()))
    return found


def _resident() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the table."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    texts = articles(int(sys.argv[1]) if len(sys.argv) > 1 else 84)
    print(f"{len(texts)} articles, {sum(len(t.split()) for t in texts)} words, {PROCESSES} processes")
    with tempfile.TemporaryDirectory() as folder:
        os.environ[BARE] = str(Path(folder) / "bare.onnx")
        bare_encoder(Path(os.environ[BARE]))
        bare = words_a_second(encode_one, texts)
    whole = words_a_second(read_one, texts)
    print(f"{'bare encoder':<28}{bare:>10.0f} words/s")
    print(f"{'whole reading':<28}{whole:>10.0f} words/s   {whole / bare:.2f} of the bare encoder")
    if find_spec("spacy"):
        print(f"{'spaCy, small English shape':<28}{words_a_second(spacy_one, texts):>10.0f} words/s")
    for count, megabytes in memory(texts):
        print(f"after {count:>4} accounts{megabytes:>10.0f} MB")


if __name__ == "__main__":
    main()
