"""12-megapixel JPEGs through the whole of ingest: received, decoded, embedded, stored.

The floor is what nobody could leave out: decoding at the scale that is needed, the network's input, one inference;
bare, and in threads. Both take turns in one run. The large thumbnail, made when first asked for, stands by itself.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from benchmarks._tools import empty_library, interleaved, table
from gallerynet.core.ids import Id
from gallerynet.core.ingest.decode import SMALL, decode_picture, make_large
from gallerynet.core.ingest.pipeline import Added
from gallerynet.core.ingest.receive import Receiver
from gallerynet.core.ingest.stills import load_still
from gallerynet.core.library import Library
from gallerynet.core.vision.embedder import Embedder
from gallerynet.core.vision.preprocess import network_input
from gallerynet.settings import Settings
from tests.pictures import encode, packaged_photos

ROUNDS, PICTURES = 3, 48  # so many pictures a round
SIZE = (4000, 3000)


def run() -> None:
    rows = []
    for cores in (1, 2):
        # A process of its own, since a core given up is not given back to threads that run already.
        answer = subprocess.run(
            [sys.executable, "-m", "benchmarks.ingest", str(cores)], check=True, capture_output=True, text=True
        )
        rows.append((cores, *json.loads(answer.stdout)))
    slowest = rows[0][1]
    table(
        ["cores", "images/s", "to one core", "the floor's images/s", "share of the floor"],
        [(cores, rate, rate / slowest, floor, rate / floor) for cores, rate, floor in rows],
    )
    print()
    _print_stages(camera_like(1)[0])


def camera_like(count: int) -> list[bytes]:
    """JPEGs of some 2 MB with the detail and the noise of photographs, each of four others: no two look the same."""
    random = np.random.default_rng(1)
    noise = random.normal(0, 6, (SIZE[1], SIZE[0], 3)).astype(np.int16)
    half = (SIZE[0] // 2, SIZE[1] // 2)
    photos = []
    for path in packaged_photos():
        with Image.open(path) as opened:
            photos.append(opened.convert("RGB"))
    pictures = []
    for _ in range(count):
        canvas = Image.new("RGB", SIZE)
        for corner in ((0, 0), (0, half[1]), (half[0], 0), half):
            photo = photos[int(random.integers(len(photos)))]
            width, height = (int(side * random.uniform(0.3, 0.8)) for side in photo.size)
            left, top = int(random.integers(photo.width - width)), int(random.integers(photo.height - height))
            cut = photo.resize(half, Image.Resampling.BICUBIC, box=(left, top, left + width, top + height))
            canvas.paste(cut, corner)
        pixels = np.asarray(canvas, dtype=np.int16) + np.roll(noise, int(random.integers(4000)), axis=1)
        pictures.append(encode(Image.fromarray(pixels.clip(0, 255).astype(np.uint8)), quality=85))
    return pictures


def measure(cores: int) -> tuple[float, float]:
    """Images a second through ingest and through its floor, on that many cores; the best round of each."""
    os.sched_setaffinity(0, set(range(cores)))
    pictures = camera_like(PICTURES)
    with (
        empty_library(workers=cores) as library,
        TemporaryDirectory() as name,
        ThreadPoolExecutor(4 * cores) as threads,
        ThreadPoolExecutor(cores) as few,
    ):
        files = [_written(Path(name), picture) for picture in pictures]
        rates, floors = [], []
        for _ in range(ROUNDS + 1):
            added: list[Id] = []
            rates.append(_rate(threads, partial(_add, library, added), pictures))
            library.trash.delete(added, permanently=True)
            floors.append(_rate(few, partial(_bare, library.embedder), files))
    return max(rates[1:]), max(floors[1:])  # the first round warms up


def _rate(threads: ThreadPoolExecutor, function: Callable[..., object], items: Sequence[object]) -> float:
    start = time.perf_counter()
    list(threads.map(function, items))
    return len(items) / (time.perf_counter() - start)


def _add(library: Library, added: list[Id], picture: bytes) -> None:
    receiver = Receiver(library.storage, "picture.jpg")
    receiver.write(picture)
    outcome = library.ingest.add(receiver.finish(), None, allow_near_duplicates=True)
    if not isinstance(outcome, Added):
        raise TypeError(f"The benchmark's picture was not taken: {outcome}")
    added.append(outcome.media.id)


def _bare(embedder: Embedder, path: Path) -> None:
    with Image.open(path, formats=["JPEG"]) as image:
        image.draft("RGB", (600, 448))
        image.load()
        embedder.embed(network_input(image)[np.newaxis])


def _written(folder: Path, picture: bytes) -> Path:
    path = folder / f"{len(list(folder.iterdir()))}.jpg"
    path.write_bytes(picture)
    return path


def _print_stages(picture: bytes) -> None:
    embedder = Embedder(Settings().model_path)
    with TemporaryDirectory() as name, empty_library() as library:
        folder = Path(name)
        path = _written(folder, picture)
        image = load_still(path, "JPEG", SMALL).image
        pixels = network_input(image)[np.newaxis]
        number = iter(range(10_000))

        def receive() -> None:
            receiver = Receiver(library.storage, "picture.jpg")
            receiver.write(picture)
            library.storage.discard(receiver.finish().staged)

        times = interleaved(
            15,
            received=receive,
            decoded=lambda: load_still(path, "JPEG", SMALL),
            network_input=lambda: network_input(image),
            in_the_worker=lambda: decode_picture(path, "JPEG", folder),
            inference=lambda: embedder.embed(pixels),
            a_batch_of_8=lambda: embedder.embed(np.repeat(pixels, 8, axis=0)),
            in_all=lambda: _add(library, [], picture + b"%d" % next(number)),
            the_large_thumbnail=lambda: make_large(path, "JPEG", folder / "large.jpg"),
        )
    whole = times["in_all"]
    labels = {
        "received": "receiving: SHA-256, CRC, writing",
        "decoded": "decoding",
        "network_input": "the network's input",
        "in_the_worker": "both, with thumbnails, hash, placeholder and metadata",
        "inference": "inference",
        "a_batch_of_8": "inference of a batch of 8, each",
        "in_all": "all of it, one after the other, with rows and files",
        "the_large_thumbnail": "later: the large thumbnail",
    }
    times["a_batch_of_8"] /= 8
    table(["stage", "ms", "share"], [(labels[key], 1000 * times[key], times[key] / whole) for key in labels])


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
