"""What the scripts that make models share: a network becomes an ONNX file, with the manifest that the product reads.

The contract of every model is the one that ``gallerynet.core.vision.embedder`` loads: input ``input``, float32 of shape
(batch, 3, 224, 224), RGB scaled to 0..1 and normalised by MEAN and STD; output ``embedding``, float32 of shape
(batch, 1280), of any length. The same weights and versions give the same bytes.

Only ``write_manifest`` works without PyTorch: the libraries are imported where they are needed.
"""

import hashlib
import io
import json
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

SIDE = 224
DIMENSIONS = 1280
MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)
OPSET = 17

# Of an exported network's answers from PyTorch's, as a part of the largest: rounding stays a hundred times below.
TOLERANCE = 1e-3


@dataclass(frozen=True)
class Card:
    """What is to be known of a model: ``metadata`` goes into the ONNX file, all else into the manifest."""

    name: str
    licence: str
    origin: str
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Exported:
    sha256: str
    size_bytes: int
    difference: float  # largest, of any number of an embedding, between onnxruntime and PyTorch


@dataclass(frozen=True)
class Comparison:
    """Of two models on the same pictures: the largest difference of any number, and the smallest cosine."""

    difference: float
    cosine: float


def export(network: "torch.nn.Module", target: Path, card: Card) -> Exported:
    """Writes ``target`` and the manifest beside it, making its folder. Changes the network's batch norms.

    Raises ValueError where the file's answers are not PyTorch's, and writes nothing then.
    """
    import onnx
    import torch

    network.eval()
    normalise_batch_norms(network)
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it is deprecated, and says what it does not fold
        torch.onnx.export(
            network,
            (torch.zeros(1, 3, SIDE, SIDE),),
            buffer,
            input_names=["input"],
            output_names=["embedding"],
            dynamic_axes={"input": {0: "batch"}, "embedding": {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,  # the newer exporter names and folds otherwise: the shipped model is this one's
        )
    model = onnx.load_from_string(buffer.getvalue())
    for key, value in card.metadata.items():
        model.metadata_props.add(key=key, value=value)
    onnx.checker.check_model(model)
    content: bytes = model.SerializeToString(deterministic=True)
    difference = _difference_from(network, content)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    unfinished.write_bytes(content)
    unfinished.replace(target)  # whoever reads meanwhile gets the old file or the new one, whole
    return Exported(write_manifest(target, card), len(content), difference)


def write_manifest(model: Path, card: Card, dimensions: int = DIMENSIONS) -> str:
    """Writes ``<model>.json`` beside ``<model>.onnx``, which must be there; returns the model's sha256 in hex."""
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    manifest = {
        "name": card.name,
        "sha256": digest,
        "input": {"name": "input", "size": SIDE},
        "output": {"name": "embedding", "dimensions": dimensions},
        "mean": MEAN,
        "std": STD,
        "licence": card.licence,
        "origin": card.origin,
    }
    model.with_suffix(".json").write_text(json.dumps(manifest, indent=2) + "\n")
    return digest


def normalise_batch_norms(network: "torch.nn.Module") -> None:
    """Rewrites every 2-d batch norm to variance 1 and epsilon 0, its scale divided by the root instead.

    The exporter folds batch norms into convolutions, and takes the roots of the variances by PyTorch's vector square
    root. That one is an ulp off for some numbers, for others on other processors: the bytes depended on the machine.
    NumPy rounds roots correctly, and the root of 1 is 1 everywhere.
    """
    import torch

    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            root = np.sqrt(module.running_var.numpy() + np.float32(module.eps))
            module.weight.data = torch.from_numpy(module.weight.detach().numpy() / root)
            module.running_var.fill_(1)
            module.eps = 0.0


def compare(one: Path, other: Path) -> Comparison:
    """Runs two models of the contract on 16 pictures of noise."""
    pictures = _noise(16)
    answers = [_run(path.read_bytes(), pictures).astype(np.float64) for path in (one, other)]
    unit = [vectors / np.linalg.norm(vectors, axis=1, keepdims=True) for vectors in answers]
    cosines = (unit[0] * unit[1]).sum(axis=1)
    return Comparison(float(np.abs(answers[0] - answers[1]).max()), float(cosines.min()))


def _difference_from(network: "torch.nn.Module", content: bytes) -> float:
    import torch

    largest = 0.0
    for count in (1, 3):  # the batch axis is free only if both go through
        pictures = _noise(count)
        with torch.no_grad():
            expected: NDArray[np.float32] = network(torch.from_numpy(pictures)).numpy()
        answer = _run(content, pictures)
        if answer.shape != (count, DIMENSIONS) or answer.shape != expected.shape:
            raise ValueError(
                f"{count} pictures gave embeddings of shape {answer.shape}, PyTorch's are {expected.shape}."
            )
        difference = float(np.abs(answer - expected).max())
        if not difference <= TOLERANCE * float(np.abs(expected).max()):
            raise ValueError(
                f"The exported network's answers are up to {difference:g} from PyTorch's: the export is bad."
            )
        largest = max(largest, difference)
    return largest


def _noise(count: int) -> NDArray[np.float32]:
    return np.random.default_rng(0).standard_normal((count, 3, SIDE, SIDE), dtype=np.float32)


def _run(content: bytes, pictures: NDArray[np.float32]) -> NDArray[np.float32]:
    import onnxruntime

    session: Any = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    answer: NDArray[np.float32] = session.run(["embedding"], {"input": pictures})[0]
    return answer
