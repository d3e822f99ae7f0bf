"""From the bytes of a picture to all that the library keeps of it. Runs in a worker process: see ``workers``."""

import io
from dataclasses import dataclass
from pathlib import Path

import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gallerynet.core.ingest.formats import RAW
from gallerynet.core.ingest.metadata import Metadata, read_metadata
from gallerynet.core.ingest.raw import embedded_jpeg
from gallerynet.core.ingest.stills import LARGE, load_still
from gallerynet.core.ingest.thumbhash import placeholder
from gallerynet.core.vision.preprocess import network_input

SMALL = 480
JPEG_QUALITY = 82


@dataclass(frozen=True)
class Decoded:
    width: int  # after orientation, of the original
    height: int
    metadata: Metadata
    perceptual_hash: str
    placeholder: str
    sharpness: float
    network_input: NDArray[np.uint8]
    is_animated: bool


def decode_picture(path: Path, format_name: str, thumbnails: Path) -> Decoded:
    """Decodes the picture once and writes its thumbnails into the folder ``thumbnails``.

    The large one is left for ``make_large`` where decoding it now would cost more: that is a JPEG's, which decodes at a
    fraction of its size. Raises UnsupportedMedia where the picture is damaged, PayloadTooLarge where it has too many
    pixels.
    """
    still = load_still(path, format_name, SMALL)
    small = _fit(still.image, SMALL)
    central = network_input(still.image)
    made = {"small": small, "square": Image.fromarray(central)}
    if not still.is_draft or max(still.image.size) >= LARGE:
        made["large"] = _fit(still.image, LARGE)
    for size, thumbnail in made.items():
        _save(thumbnail, thumbnails / f"{size}.jpg")
    return Decoded(
        width=still.width,
        height=still.height,
        metadata=_metadata(path, format_name),
        perceptual_hash=double_gradient_hash(small),
        placeholder=placeholder(small),
        sharpness=sharpness(small),
        network_input=central,
        is_animated=still.is_animated,
    )


def make_large(path: Path, format_name: str, thumbnail: Path) -> None:
    """Writes the large thumbnail of a picture. Raises like ``decode_picture``."""
    _save(_fit(load_still(path, format_name, LARGE).image, LARGE), thumbnail)


def save_thumbnails(image: Image.Image, thumbnails: Path) -> Image.Image:
    """Writes the three thumbnails of a video's upright frame into that folder; returns the small one."""
    small = _fit(image, SMALL)
    square = Image.fromarray(network_input(image))
    for size, thumbnail in (("large", _fit(image, LARGE)), ("small", small), ("square", square)):
        _save(thumbnail, thumbnails / f"{size}.jpg")
    return small


def network_input_of(path: Path, format_name: str) -> NDArray[np.uint8]:
    """What the embedder takes, of a picture that is searched by and not kept. Raises like ``decode_picture``."""
    return network_input(load_still(path, format_name, SMALL).image)


def double_gradient_hash(image: Image.Image) -> str:
    """128 bits in hex: whether brightness falls from column to column and from row to row of a 8 x 8 picture."""
    grey = image.convert("L")
    return f"{imagehash.dhash(grey)}{imagehash.dhash_vertical(grey)}"


def sharpness(image: Image.Image) -> float:
    """The variance of the Laplacian by that of the grey picture: falls with blur, and is left alone by contrast."""
    grey = np.asarray(image.convert("L"), dtype=np.float32)
    if min(grey.shape) < 3:
        return 0.0
    inner = grey[1:-1, 1:-1]
    laplacian = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:] - 4 * inner
    return float(laplacian.var() / max(float(grey.var()), 1.0))


def _metadata(path: Path, format_name: str) -> Metadata:
    if format_name != RAW:
        return read_metadata(path, format_name)
    metadata = read_metadata(path)
    preview = None if metadata.exif else embedded_jpeg(path)  # for the makers that wear no TIFF's clothes
    return metadata if preview is None else read_metadata(io.BytesIO(preview), "JPEG")


def _fit(image: Image.Image, side: int) -> Image.Image:
    scale = side / max(image.size)
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    # Whole fractions by boxes, the rest by the filter: half the time, and no eye tells it from the filter alone.
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=1)


def _save(thumbnail: Image.Image, path: Path) -> None:
    thumbnail.save(path, "JPEG", quality=JPEG_QUALITY)
