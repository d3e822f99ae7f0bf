"""What duplicates are looked for in: originals, their edited copies, and pictures that only seem the same."""

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageOps

from gallerynet.core.duplicates.sketch import Look, look_at
from gallerynet.core.ingest.decode import decode_picture
from gallerynet.core.search.index import Vector
from gallerynet.core.vision.embedder import Embedder
from gallerynet.evaluation.edits import EDITS, PLAIN, burst, encode, page, sky
from gallerynet.evaluation.packaged import packaged_photos

ORIGINAL = "original"
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
CLIPS = (".mp4", ".mov", ".avi")
EDITED_PER_LABEL = 6
BURST_EVERY = 5  # pictures that no copies are made of
LARGEST = 1600  # pixels of the longer side that copies are made of


@dataclass(frozen=True)
class Source:
    """A picture's file; ``kind`` is ``photo``, or what it stands for among those that only seem the same."""

    path: Path
    kind: str
    is_edited: bool  # whether copies of it are made


@dataclass(frozen=True)
class Copy:
    """One file as the library would know it. ``source`` numbers the picture that it shows."""

    source: int
    name: str
    digest: str  # the first digits of its SHA-256
    kind: str
    edit: str
    file: Path
    perceptual_hash: str
    vector: Vector
    look: Look


def find_sources(folders: Sequence[Path], half: int | None) -> list[Source]:
    """The photographs in these folders and in packages; a folder of a folder is a label.

    ``half`` 0 or 1 takes every other label, and every other of the pictures without one: thresholds are chosen on one
    half, and reported on the other.
    """
    labels = sorted(path for folder in folders for path in folder.iterdir() if path.is_dir())
    loose = sorted(path for folder in folders for path in folder.iterdir() if path.suffix.lower() in PICTURES)
    loose += packaged_photos()
    step = slice(None) if half is None else slice(half, None, 2)
    found = [Source(path, "photo", True) for path in loose[step]]
    for label in labels[step]:
        inside = sorted(path for path in label.iterdir() if path.suffix.lower() in PICTURES)
        found += [Source(path, "photo", number < EDITED_PER_LABEL) for number, path in enumerate(inside)]
    return found


@contextmanager
def prepared(sources: Sequence[Source], clips: Sequence[Path], embedder: Embedder) -> Iterator[list[Copy]]:
    """Originals, copies and pictures that only seem the same, their files in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="gallerynet-evaluate-") as name:
        folder = Path(name)
        random = np.random.default_rng(5)
        made = list(enumerate(_hard_negatives(sources, clips, random), start=len(sources)))

        def draw(entry: tuple[int, tuple[str, bytes]]) -> Copy:
            number, (kind, content) = entry
            return _known(folder, number, kind, content, ORIGINAL, embedder)

        with ThreadPoolExecutor(2) as threads:
            edited = threads.map(partial(_versions, folder, embedder=embedder), range(len(sources)), sources)
            drawn = threads.map(draw, made)
            yield [copy for versions in edited for copy in versions] + list(drawn)


def _versions(folder: Path, number: int, source: Source, embedder: Embedder) -> list[Copy]:
    with Image.open(source.path) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGB")
    known = partial(_known, folder, number, source.kind)
    name = f"{source.path.parent.name}/{source.path.name}"
    found = [known(source.path.read_bytes(), ORIGINAL, embedder, name)]
    if source.is_edited:
        random = np.random.default_rng(int.from_bytes(hashlib.sha256(source.path.name.encode()).digest()[:4]))
        image.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
        found += [known(edit(image, random), what, embedder, name) for what, edit in EDITS.items()]
    return found


def _known(folder: Path, number: int, kind: str, content: bytes, edit: str, embedder: Embedder, name: str = "") -> Copy:
    """All that the library makes of a file."""
    place = folder / f"{number} {edit}"
    place.mkdir()
    file = place / "original"
    file.write_bytes(content)
    with Image.open(file) as image:
        format_name = image.format or ""
    named = file.rename(place / f"original.{format_name.lower()}")
    decoded = decode_picture(named, format_name, place)
    vector = embedder.embed(decoded.network_input[np.newaxis])[0]
    unit: Vector = vector / np.linalg.norm(vector)
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Copy(number, name, digest, kind, edit, named, decoded.perceptual_hash, unit, look_at(place / "small.jpg"))


def _hard_negatives(
    sources: Sequence[Source], clips: Sequence[Path], random: np.random.Generator
) -> Iterator[tuple[str, bytes]]:
    for draw in PLAIN:
        yield "plain", encode(draw())
    for _ in range(10):
        yield "sky", encode(sky(random))
    for _ in range(12):
        yield "text", encode(page(random))
    # Not of pictures with copies: a copy would be of the same scene as the shots.
    for source in [source for source in sources if not source.is_edited][::BURST_EVERY]:
        with Image.open(source.path) as opened:
            image = ImageOps.exif_transpose(opened).convert("RGB")
        image.thumbnail((LARGEST, LARGEST))
        for shot in burst(image, random, 4):
            yield f"burst {source.path}", encode(shot)
    for clip in clips:
        for frame in _frames(clip):
            yield f"frame {clip.name}", encode(frame)


def _frames(clip: Path, count: int = 12, apart: float = 0.5) -> Iterator[Image.Image]:
    last = -apart
    with av.open(str(clip)) as container:
        for frame in container.decode(video=0):
            if frame.time is not None and frame.time >= last + apart:
                last = frame.time
                count -= 1
                yield Image.fromarray(frame.to_ndarray(format="rgb24"))
                if count == 0:
                    return
