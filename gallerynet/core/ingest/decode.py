"""From the bytes of a picture to all that the library keeps of it. Runs in a worker process: see ``workers``."""

import warnings
from dataclasses import dataclass
from pathlib import Path

import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from gallerynet.core.errors import GalleryError, PayloadTooLarge, UnsupportedMedia
from gallerynet.core.ingest.metadata import Metadata, read_metadata
from gallerynet.core.ingest.thumbhash import placeholder
from gallerynet.core.vision.preprocess import network_input

Image.MAX_IMAGE_PIXELS = None  # checked here, by format and with a sentence of ours

# Pixels held in full at once. A JPEG is decoded at a fraction of its size, so it may have more.
MAX_PIXELS = 120_000_000
MAX_JPEG_PIXELS = 400_000_000

SQUARE, SMALL, LARGE = 224, 480, 1600
JPEG_QUALITY = 82
BACKGROUND = (238, 238, 238)  # under transparent pixels: neither light nor dark subjects vanish on it

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Decoded:
    width: int  # after orientation, of the original
    height: int
    metadata: Metadata
    perceptual_hash: str
    placeholder: str
    sharpness: float
    network_input: NDArray[np.uint8]


def decode_picture(path: Path, format_name: str, thumbnails: Path) -> Decoded:
    """Decodes the picture once and writes its three thumbnails into the folder ``thumbnails``.

    Raises UnsupportedMedia where it is damaged, PayloadTooLarge where it has too many pixels.
    """
    image, width, height = _load(path, format_name)
    small = save_thumbnails(image, thumbnails)
    return Decoded(
        width=width,
        height=height,
        metadata=read_metadata(path, format_name),
        perceptual_hash=double_gradient_hash(small),
        placeholder=placeholder(small),
        sharpness=sharpness(small),
        network_input=network_input(image),
    )


def save_thumbnails(image: Image.Image, thumbnails: Path) -> Image.Image:
    """Writes the three thumbnails of an upright picture into that folder; returns the small one."""
    large = _fit(image, LARGE)
    small = _fit(large, SMALL)
    for size, thumbnail in (("large", large), ("small", small), ("square", _square(large, SQUARE))):
        thumbnail.save(thumbnails / f"{size}.jpg", quality=JPEG_QUALITY)
    return small


def network_input_of(path: Path, format_name: str) -> NDArray[np.uint8]:
    """What the embedder takes, of a picture that is searched by and not kept. Raises like ``decode_picture``."""
    return network_input(_load(path, format_name)[0])


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


def _load(path: Path, format_name: str) -> tuple[Image.Image, int, int]:
    """The upright picture in RGB, at a scale that serves every thumbnail, and the original's upright size."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about odd metadata; sizes are checked here
            with Image.open(path, formats=[format_name]) as opened:
                width, height = opened.size
                _check_size(width, height, MAX_JPEG_PIXELS if format_name == "JPEG" else MAX_PIXELS)
                _draft(opened)
                opened.load()
                orientation = _orientation(opened)
                image = _to_rgb(opened)
    except GalleryError:
        raise
    except MemoryError as error:
        raise PayloadTooLarge("The picture needs more memory than one may take. Make it smaller first.") from error
    except UnidentifiedImageError as error:
        raise UnsupportedMedia("The picture is damaged: its first bytes cannot be read.") from error
    except Exception as error:  # decoders raise whatever their format's code comes upon
        reason = "it ends too early" if "truncated" in str(error).lower() else "it cannot be decoded"
        raise UnsupportedMedia(f"The picture is damaged: {reason}. Is the copy complete?") from error
    if orientation in _UPRIGHT:
        image = image.transpose(_UPRIGHT[orientation])
    return image, *((height, width) if orientation >= 5 else (width, height))


def _check_size(width: int, height: int, limit: int) -> None:
    if width * height > limit:
        raise PayloadTooLarge(
            f"The picture has {width} x {height} pixels; up to {limit // 1_000_000} megapixels are taken of its kind."
        )


def _draft(image: Image.Image) -> None:
    """Lets a JPEG decode at the smallest scale from which the large thumbnail and the embedding lose nothing."""
    width, height = image.size
    scale = max(LARGE / max(width, height), 448 / min(width, height))
    if scale < 1:
        image.draft("RGB", (int(width * scale), int(height * scale)))


def _orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(0x0112, 1)
    except Exception:  # noqa: BLE001, RUF100 - an unreadable EXIF block says nothing about which way is up
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _to_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        backdrop = Image.new("RGB", rgba.size, BACKGROUND)
        backdrop.paste(rgba, mask=rgba.getchannel("A"))
        return backdrop
    return image.convert("RGB")


def _fit(image: Image.Image, side: int) -> Image.Image:
    scale = side / max(image.size)
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS)


def _square(image: Image.Image, side: int) -> Image.Image:
    edge = min(image.size)
    left, top = (image.width - edge) // 2, (image.height - edge) // 2
    return image.resize((side, side), Image.Resampling.LANCZOS, box=(left, top, left + edge, top + edge))
