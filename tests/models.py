"""Models to test with: a tiny network of the contract, as the bytes of an ONNX file.

It is written by hand: an ONNX file is a Protocol Buffers message, the field numbers are those of onnx.proto3, and what
is needed of them is less than the package that would write it.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace

from scripts.onnx_export import DIMENSIONS, MEAN, SIDE, STD, Card, write_manifest

FLOAT, INT64 = 1, 7  # TensorProto
INT, INTS = 2, 7  # AttributeProto
GRID = 4


def make_model(folder: Path, dimensions: int = DIMENSIONS) -> Path:
    """``tiny.onnx`` with its manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / "tiny.onnx"
    model.write_bytes(tiny_network(dimensions=dimensions))
    write_manifest(model, Card("tiny", "Apache-2.0", "made by a test"), dimensions)
    return model


def tiny_network(seed: int = 0, dimensions: int = DIMENSIONS, side: int = SIDE, scale: float = 1.0) -> bytes:
    """The means of a 4 x 4 grid of each colour, projected at random to ``dimensions`` numbers, times ``scale``.

    Random projections keep angles roughly, so alike pictures have alike embeddings.
    """
    shape = (3 * GRID * GRID, dimensions)
    weights = np.random.default_rng(seed).standard_normal(shape) * scale
    cell = [side // GRID, side // GRID]
    graph = (
        _message(1, _node("AveragePool", ["input"], "means", _ints("kernel_shape", cell) + _ints("strides", cell)))
        + _message(1, _node("Flatten", ["means"], "flat", _int("axis", 1)))
        + _message(1, _node("MatMul", ["flat", "weights"], "embedding"))
        + _message(2, b"tiny")
        + _message(5, _tensor("weights", weights.astype("<f4")))
        + _message(11, _value("input", ["batch", 3, side, side]))
        + _message(12, _value("embedding", ["batch", dimensions]))
    )
    return _number(1, 8) + _message(7, graph) + _message(8, _number(2, 17))  # IR version, graph, opset


def make_pair(folder: Path, colors: Mapping[str, tuple[int, int, int]], dimensions: int = DIMENSIONS) -> Path:
    """``tiny.onnx`` with a text model and a tokenizer that know some words for colours.

    A word's embedding is that of a picture all of its colour; a text's is the mean of its words'.
    """
    model = make_model(folder, dimensions)
    weights = np.random.default_rng(0).standard_normal((3 * GRID * GRID, dimensions))
    levels = np.array([(0, 0, 0), *colors.values()]) / 255
    normalised = (levels - MEAN) / STD
    words = np.repeat(normalised, GRID * GRID, axis=1) @ weights
    words[0] = 0  # what fills up says nothing
    graph = (
        _message(1, _node("Gather", ["words", "input_ids"], "found"))
        + _message(1, _node("ReduceMean", ["found"], "text_embeds", _ints("axes", [1]) + _int("keepdims", 0)))
        + _message(2, b"words")
        + _message(5, _tensor("words", words.astype("<f4")))
        + _message(11, _value("input_ids", ["batch", "tokens"], INT64))
        + _message(12, _value("text_embeds", ["batch", dimensions]))
    )
    (folder / "words.onnx").write_bytes(_number(1, 8) + _message(7, graph) + _message(8, _number(2, 17)))
    tokenizer = Tokenizer(WordLevel({"[fill]": 0} | {word: place for place, word in enumerate(colors, 1)}, "[fill]"))
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    manifest = model.with_suffix(".json")
    fields = json.loads(manifest.read_text())
    fields["text"] = {
        "model": "words.onnx",
        "tokenizer": "tokenizer.json",
        "input": {"name": "input_ids", "length": 6, "padding": 0},
        "output": {"name": "text_embeds"},
    }
    manifest.write_text(json.dumps(fields))
    return model


def _node(operator: str, inputs: list[str], output: str, attributes: bytes = b"") -> bytes:
    return b"".join(_message(1, name.encode()) for name in inputs) + (
        _message(2, output.encode()) + _message(4, operator.encode()) + attributes
    )


def _int(name: str, value: int) -> bytes:
    return _message(5, _message(1, name.encode()) + _number(3, value) + _number(20, INT))


def _ints(name: str, values: list[int]) -> bytes:
    return _message(5, _message(1, name.encode()) + b"".join(_number(8, value) for value in values) + _number(20, INTS))


def _tensor(name: str, values: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> bytes:
    dims = b"".join(_number(1, length) for length in values.shape)
    return dims + _number(2, FLOAT) + _message(8, name.encode()) + _message(9, values.tobytes())


def _value(name: str, shape: list[int | str], kind: int = FLOAT) -> bytes:
    dims = b"".join(
        _message(1, _message(2, length.encode()) if isinstance(length, str) else _number(1, length)) for length in shape
    )
    return _message(1, name.encode()) + _message(2, _message(1, _number(1, kind) + _message(2, dims)))


def _message(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    """Seven bits a byte, lowest first, the top bit set on all but the last."""
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)
