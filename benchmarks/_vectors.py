"""Vectors to measure search with: real embeddings, and copies of them shifted as real embeddings differ.

The pictures are those beside the project where there are any, else those that packages ship. Embedding them takes a
minute the first time; the result is kept in the temporary folder, by model and pictures.
"""

import hashlib
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from gallerynet.core.search.index import Vector
from gallerynet.core.vision.embedder import Embedder
from gallerynet.core.vision.preprocess import network_input
from gallerynet.settings import Settings
from tests.pictures import SHARED, packaged_photos

CROPS = 6  # of each picture, beside the whole of it
BATCH = 16


def pictures() -> list[Path]:
    found = sorted(
        path
        for name in ("labelled", "photos")
        for path in (SHARED / name).rglob("*")
        if path.suffix.lower() in {".jpg", ".jpeg"}
    )
    return found or packaged_photos()


def real_vectors() -> Vector:
    """Unit vectors of the pictures and of crops of them, shape (n, dimensions)."""
    model = Settings().model_path
    paths = pictures()
    name = hashlib.sha256("\n".join([model.name, str(CROPS), *map(str, paths)]).encode()).hexdigest()[:16]
    kept = Path(tempfile.gettempdir()) / f"gallerynet-vectors-{name}.npy"
    if not kept.exists():
        embedder = Embedder(model)
        inputs = [piece for path in paths for piece in _pieces(path)]
        batches = [np.stack(inputs[start : start + BATCH]) for start in range(0, len(inputs), BATCH)]
        with tempfile.NamedTemporaryFile(dir=kept.parent, suffix=".npy", delete=False) as file:
            np.save(file, np.concatenate([embedder.embed(batch) for batch in batches]))
        Path(file.name).replace(kept)
    vectors: Vector = np.load(kept)
    return vectors


def library_vectors(count: int, seed: int = 2) -> Vector:
    """``count`` unit vectors: the real ones first, then real ones moved by a part of the difference of two others.

    Near neighbours, far ones and the spectrum stay as they are among photographs; what is missing is the variety of so
    many different pictures.
    """
    real = real_vectors()
    random = np.random.default_rng(seed)
    vectors = np.empty((count, real.shape[1]), dtype=np.float32)
    for start in range(0, count, 8192):
        part = vectors[start : start + 8192]
        one, two, three = random.integers(0, len(real), (3, len(part)))
        amount = random.uniform(0.05, 0.7, (len(part), 1)).astype(np.float32)
        part[:] = real[one] + amount * (real[two] - real[three])
        part /= np.linalg.norm(part, axis=1, keepdims=True)
    vectors[: len(real)] = real[:count]
    return vectors


def _pieces(path: Path) -> list[NDArray[np.uint8]]:
    """The whole picture, and crops of half to nine tenths of its sides, some mirrored."""
    random = np.random.default_rng(int(hashlib.sha256(path.name.encode()).hexdigest()[:8], 16))
    with Image.open(path) as opened:
        opened.draft("RGB", (896, 896))
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    pieces = [network_input(picture)]
    for number in range(CROPS):
        width, height = (round(side * random.uniform(0.5, 0.9)) for side in picture.size)
        left, top = random.integers(0, picture.width - width + 1), random.integers(0, picture.height - height + 1)
        piece = picture.crop((int(left), int(top), int(left) + width, int(top) + height))
        pieces.append(network_input(ImageOps.mirror(piece) if number % 2 else piece))
    return pieces
