"""Looking a new picture up among 100,000 items, against numpy's bare product of the same vectors with its vector."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import sqlalchemy as sa
from PIL import Image

from benchmarks._library import fill
from benchmarks._tools import empty_library, interleaved, table
from benchmarks._vectors import library_vectors
from gallerynet.core.database.tables import media, sketches
from gallerynet.core.duplicates.align import fit
from gallerynet.core.duplicates.candidates import BY_EMBEDDING
from gallerynet.core.duplicates.compare import METHOD
from gallerynet.core.duplicates.finder import Sameness
from gallerynet.core.duplicates.place import Probe
from gallerynet.core.duplicates.sketch import Sketch, look_at
from gallerynet.core.library import Library

COUNT = 100_000
SIDE = (24, 32)


def run() -> None:
    with empty_library() as library, tempfile.TemporaryDirectory() as name:
        vectors = library_vectors(COUNT)
        fill(library, vectors)
        random = np.random.default_rng(3)
        _draw(library, random)
        sameness = Sameness(library.database, library.storage, library.index)
        thumbnail = _thumbnail(Path(name) / "new.jpg", random)
        hashed = "00" * 16
        # A picture like no other, and one among as many alike ones as are compared.
        middle = vectors[0]
        crowded = middle + np.float32(0.3) * vectors[:BY_EMBEDDING]
        crowded /= np.linalg.norm(crowded, axis=1, keepdims=True)
        with library.database.write() as tx:
            for key in range(BY_EMBEDDING):
                tx.put_vector(key + 1, crowded[key])
        lonely = random.standard_normal(vectors.shape[1:]).astype(np.float32)
        lonely /= np.linalg.norm(lonely)
        times = interleaved(
            9,
            product=lambda: vectors @ middle,
            lonely=lambda: sameness.find(lonely, hashed, thumbnail),
            crowded=lambda: sameness.find(middle, hashed, thumbnail),
        )
        floor = times["product"]
        rows = [[step, 1000 * seconds, f"{seconds / floor:.2f}"] for step, seconds in times.items()]
        table(["look-up", "ms", "ratio"], rows)
        print()
        table(["a candidate", "ms of processor time"], _steps(thumbnail))


def _steps(thumbnail: Path) -> list[list[object]]:
    one = look_at(thumbnail)
    probe = Probe(one.sketch)
    (places,) = probe.find([one.sketch])
    return [
        ["sketches compared", _cost(lambda: probe.find([one.sketch]))],
        ["thumbnail read", _cost(lambda: look_at(thumbnail))],
        ["aligned and judged", _cost(lambda: fit(one, look_at(thumbnail), places[0]))],
    ]


def _cost(function: Callable[[], object], rounds: int = 40) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        function()
        best = min(best, time.process_time() - start)
    return 1000 * best


def _draw(library: Library, random: np.random.Generator) -> None:
    """Sketches and hashes of noise for all items, as if they had been compared."""
    pixels = random.integers(0, 256, (COUNT, *SIDE), dtype=np.uint8)
    digits = [random.bytes(16).hex() for _ in range(COUNT)]
    with library.database.write() as tx:
        tx.execute(
            sa.insert(sketches),
            [
                {"media_key": key + 1, "method": METHOD, "pixels": Sketch(pixels[key]).to_bytes()}
                for key in range(COUNT)
            ],
        )
        tx.execute(
            sa.update(media).where(media.c.key == sa.bindparam("item")).values(phash=sa.bindparam("digits")),
            [{"item": key + 1, "digits": digits[key]} for key in range(COUNT)],
        )


def _thumbnail(path: Path, random: np.random.Generator) -> Path:
    coarse = Image.fromarray(random.integers(0, 256, (18, 24, 3), dtype=np.uint8))
    coarse.resize((480, 360), Image.Resampling.BICUBIC).save(path, quality=82)
    return path
