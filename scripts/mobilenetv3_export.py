"""Makes the model that the specification names: MobileNetV3-Large, ImageNet weights, without its classifier.

Its weights come from a model hub. Where there is none, ``--random-weights`` makes a network of the same shape that
knows nothing, to try the way through the program with.

Run from the repository's root, in an environment of its own (scripts/README.md):
``python -m scripts.mobilenetv3_export``
"""

import argparse
import logging
import time
from pathlib import Path
from typing import Any

from scripts.onnx_export import MEAN, STD, Card, export

NAME = "mobilenetv3_large_100"  # what timm calls it
OUTPUT = Path("data") / "models" / "mobilenetv3.onnx"
RANDOM_OUTPUT = Path("data") / "models" / "mobilenetv3_random.onnx"
SEED = 0


def card(random_weights: bool) -> Card:
    """Random weights are called so everywhere: nobody shall take them for the real ones."""
    return Card(
        name="mobilenetv3-large-100-1280" + ("-random" if random_weights else ""),
        licence="Apache-2.0",
        origin=(
            f"MobileNetV3-Large with random weights (seed {SEED}), for tests only (scripts/mobilenetv3_export.py)"
            if random_weights
            else f"MobileNetV3-Large, timm's {NAME} with its ImageNet weights (scripts/mobilenetv3_export.py)"
        ),
        metadata={
            "model": NAME,
            "trained_on": "nothing" if random_weights else "ImageNet-1k",
            "licence": "Apache-2.0",
            "source": "random weights" if random_weights else "timm",
            "mean": ",".join(map(str, MEAN)),
            "std": ",".join(map(str, STD)),
            "layout": "NCHW RGB",
        },
    )


def import_timm() -> Any:
    """timm, also where torchvision's compiled part was built for another PyTorch and does not load.

    timm needs torchvision's Python only. That one describes two operators when it is imported, and stops where the
    compiled part has not declared them; declared without an implementation, they can be described, and nobody calls
    them.
    """
    import torch

    try:
        import timm
    except RuntimeError:
        for operator in ("nms", "qnms"):
            schema = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
            torch.library.define(f"torchvision::{operator}", schema)
        import timm
    return timm


def build(random_weights: bool) -> Any:
    """The network as a torch.nn.Module of the contract. Raises OSError where the hub cannot be reached."""
    import torch

    timm = import_timm()
    torch.manual_seed(SEED)
    return timm.create_model(NAME, pretrained=not random_weights, num_classes=0)


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the MobileNetV3-Large model.")
    parser.add_argument("--output", type=Path, help=f"the ONNX file to write ({OUTPUT}, or {RANDOM_OUTPUT})")
    parser.add_argument("--random-weights", action="store_true", help="do without the hub: a model for tests only")
    arguments = parser.parse_args()
    random_weights: bool = arguments.random_weights
    output: Path = arguments.output or (RANDOM_OUTPUT if random_weights else OUTPUT)
    if not random_weights:
        print("Fetching the weights from the model hub; where there is none, this gives up after a minute.", flush=True)
        logging.disable(logging.WARNING)  # the libraries report each of their tries
    began = time.monotonic()
    try:
        network = build(random_weights)
    except OSError as error:
        raise SystemExit(
            "No weights: the model hub cannot be reached from here. Run this on a machine with a network, or with "
            "--random-weights for a model to test with."
        ) from error
    result = export(network, output, card(random_weights))
    print(f"{output}: {result.size_bytes:,} bytes, sha256 {result.sha256}, in {time.monotonic() - began:.1f} s")
    print(f"Its embeddings are at most {result.difference:.2g} from PyTorch's.")


if __name__ == "__main__":
    main()
