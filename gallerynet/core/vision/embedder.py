"""The embedding model: an ONNX file and the manifest beside it that says how to feed it."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from gallerynet.core.errors import CannotStart, InvalidInput, Unavailable
from gallerynet.core.vision.preprocess import SIDE
from gallerynet.core.vision.text import TextEmbedder, TextManifest


@dataclass(frozen=True)
class Manifest:
    """``<model>.json`` beside ``<model>.onnx``."""

    name: str
    sha256: str
    input_name: str
    output_name: str
    dimensions: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    text: TextManifest | None

    @classmethod
    def read(cls, model: Path) -> "Manifest":
        """The manifest of ``model``. Raises CannotStart where it is missing, malformed or not of that file."""
        path = model.with_suffix(".json")
        if not model.is_file():
            raise CannotStart(
                f"There is no model at {model}. MODEL_PATH names an ONNX file with its manifest beside it."
            )
        try:
            fields: dict[str, Any] = json.loads(path.read_text())
            manifest = cls(
                name=fields["name"],
                sha256=fields["sha256"],
                input_name=fields["input"]["name"],
                output_name=fields["output"]["name"],
                dimensions=fields["output"]["dimensions"],
                mean=_triple(fields["mean"]),
                std=_triple(fields["std"]),
                text=TextManifest.read(fields["text"]) if "text" in fields else None,
            )
            size = fields["input"]["size"]
        except FileNotFoundError as error:
            raise CannotStart(
                f"The model {model} has no manifest: {path} is missing. It names input, output, mean, std and sha256; "
                "the scripts that export models write one."
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise CannotStart(f"The manifest {path} cannot be read: {error!r}.") from error
        if size != SIDE:
            raise CannotStart(f"The model {model} takes pictures of {size} pixels; only {SIDE} is supported.")
        digest = hashlib.sha256(model.read_bytes()).hexdigest()
        if digest != manifest.sha256:
            raise CannotStart(
                f"The model {model} is not the file that its manifest describes (sha256 {digest[:12]}… instead of "
                f"{manifest.sha256[:12]}…). Copy it again, or write a manifest for it."
            )
        return manifest


class Embedder:
    """Turns pictures into unit vectors. Safe to call from several threads: they share one session."""

    def __init__(self, model: Path) -> None:
        self.manifest = Manifest.read(model)
        self._text = (
            None
            if self.manifest.text is None
            else TextEmbedder(self.manifest.text, model.parent, self.manifest.dimensions)
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # pictures run side by side instead
        options.log_severity_level = 3
        # Threads that spin while they wait take the cores from numpy's searches.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
            self._check()
        except CannotStart:
            raise
        except Exception as error:  # onnxruntime has an exception class for each way to fail
            raise CannotStart(f"The model {model} cannot be run: {error}.") from error
        mean, std = np.array(self.manifest.mean), np.array(self.manifest.std)
        self._scale = (1 / (255 * std)).astype(np.float32)
        self._shift = (-mean / std).astype(np.float32)

    @property
    def dimensions(self) -> int:
        return self.manifest.dimensions

    def embed(self, pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Unit vectors of shape (n, dimensions) for RGB pictures of shape (n, 224, 224, 3).

        Raises Unavailable if the network's answer has no direction (zeros, NaN or infinities).
        """
        scaled = pictures.astype(np.float32) * self._scale + self._shift
        batch = np.ascontiguousarray(scaled.transpose(0, 3, 1, 2))
        outputs = self._session.run([self.manifest.output_name], {self.manifest.input_name: batch})
        vectors = np.asarray(outputs[0], dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not (np.isfinite(lengths).all() and (lengths > 0).all()):
            raise Unavailable("The model gave no usable embedding for this picture.")
        unit: NDArray[np.float32] = vectors / lengths
        return unit

    @property
    def embeds_text(self) -> bool:
        return self._text is not None

    def embed_text(self, text: str) -> NDArray[np.float32]:
        """The unit vector of a text, near those of pictures of what it says.

        Raises InvalidInput where the model embeds pictures only, or the text says nothing.
        """
        if self._text is None:
            raise InvalidInput("The gallery's model embeds pictures only: search by a picture, or filter by words.")
        return self._text.embed(text)

    def _check(self) -> None:
        inputs = {tensor.name: tensor.shape for tensor in self._session.get_inputs()}
        outputs = {tensor.name: tensor.shape for tensor in self._session.get_outputs()}
        fed, asked = inputs.get(self.manifest.input_name), outputs.get(self.manifest.output_name)
        if fed is None or asked is None or len(inputs) != 1:
            raise CannotStart(
                f"The model's manifest names the input {self.manifest.input_name!r} and the output "
                f"{self.manifest.output_name!r}; the file has {list(inputs)} and {list(outputs)}."
            )
        if fed[1:] != [3, SIDE, SIDE] or asked[-1] != self.dimensions:
            raise CannotStart(
                f"The model takes {fed} and gives {asked}; its manifest says [batch, 3, {SIDE}, {SIDE}] and "
                f"[batch, {self.dimensions}]."
            )


def _triple(values: list[float]) -> tuple[float, float, float]:
    first, second, third = (float(value) for value in values)
    return first, second, third
