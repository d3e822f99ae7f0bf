"""The other half of a model that embeds words where it embeds what they say: a second ONNX file and a tokenizer."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from gallerynet.core.errors import CannotStart, InvalidInput, Unavailable

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST = 1_000  # characters; models read some dozens of tokens


@dataclass(frozen=True)
class TextManifest:
    """The part ``text`` of a model's manifest. The files lie beside it."""

    model: str
    tokenizer: str
    input_name: str
    mask_name: str | None  # of a second input, 1 for each token and 0 for each that fills up
    output_name: str
    length: int  # tokens
    padding: int  # the token that fills up

    @classmethod
    def read(cls, fields: dict[str, Any]) -> "TextManifest":
        """Raises KeyError and TypeError for what is missing or of another kind."""
        return cls(
            model=fields["model"],
            tokenizer=fields["tokenizer"],
            input_name=fields["input"]["name"],
            mask_name=fields["input"].get("mask"),
            output_name=fields["output"]["name"],
            length=int(fields["input"]["length"]),
            padding=int(fields["input"].get("padding", 0)),
        )


class TextEmbedder:
    """Turns words into unit vectors among those of pictures. Safe to call from several threads."""

    def __init__(self, manifest: TextManifest, folder: Path, dimensions: int) -> None:
        """Raises CannotStart where a file is missing or is not what the manifest says."""
        self._manifest = manifest
        self._tokenizer = _tokenizer(folder / manifest.tokenizer, manifest)
        model = folder / manifest.model
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
            found = len(self._run("a"))
        except Exception as error:  # onnxruntime has an exception class for each way to fail
            raise CannotStart(f"The text model {model} cannot be run: {error}") from error
        if found != dimensions:
            raise CannotStart(
                f"The text model {model} gives {found} numbers and the model for pictures {dimensions}: "
                "they are not of one pair."
            )

    def embed(self, text: str) -> NDArray[np.float32]:
        """Raises InvalidInput for a text that says nothing, Unavailable if the answer has no direction."""
        if not text.strip() or len(text) > LONGEST:
            raise InvalidInput(f"A text to search by has 1 to {LONGEST} characters.")
        vector = self._run(text.strip())
        length = np.linalg.norm(vector)
        if not (np.isfinite(length) and length > 0):
            raise Unavailable("The model gave no usable embedding for this text.")
        unit: NDArray[np.float32] = vector / length
        return unit

    def _run(self, text: str) -> NDArray[np.float32]:
        encoded = self._tokenizer.encode(text)
        feed = {self._manifest.input_name: np.array([encoded.ids], dtype=np.int64)}
        if self._manifest.mask_name is not None:
            feed[self._manifest.mask_name] = np.array([encoded.attention_mask], dtype=np.int64)
        outputs = self._session.run([self._manifest.output_name], feed)
        vector: NDArray[np.float32] = np.asarray(outputs[0], dtype=np.float32)[0]
        return vector


def _tokenizer(path: Path, manifest: TextManifest) -> "Tokenizer":
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise CannotStart(
            "The model embeds text too, for which the package tokenizers is needed: pip install 'gallerynet[text]'."
        ) from error
    try:
        tokenizer = Tokenizer.from_str(path.read_text())
    except Exception as error:  # tokenizers raises Exception itself
        raise CannotStart(f"The tokenizer {path} of the text model cannot be read: {error}.") from error
    tokenizer.enable_truncation(manifest.length)
    tokenizer.enable_padding(length=manifest.length, pad_id=manifest.padding)
    return tokenizer
