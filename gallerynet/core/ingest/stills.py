"""From a file to an upright picture in sRGB, decoded once and at the smallest scale that serves."""

import warnings
from dataclasses import dataclass
from pathlib import Path

import PIL
import pillow_heif
import rawpy
from PIL import Image, UnidentifiedImageError

from gallerynet.core.errors import GalleryError, PayloadTooLarge, UnsupportedMedia
from gallerynet.core.ingest.colour import plain_mode, to_srgb
from gallerynet.core.ingest.formats import RAW
from gallerynet.core.ingest.raw import open_raw

Image.MAX_IMAGE_PIXELS = None  # checked here, by format and with a sentence of ours
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)

# Changes when a picture that could not be decoded may be worth another try; the first is what is done here.
DECODERS = (
    "stills 2",
    f"Pillow {PIL.__version__}",
    f"libheif {pillow_heif.libheif_version()}",
    f"LibRaw {'.'.join(str(part) for part in rawpy.libraw_version)}",
)

# Pixels held in full at once. A JPEG is decoded at a fraction of its size, so it may have more.
MAX_PIXELS = 120_000_000
MAX_JPEG_PIXELS = 400_000_000

LARGE = 1600  # of the longer side: the largest thumbnail's
NETWORK_SIDE = 448  # of the shorter side: the network's 224 lose nothing from there
PLAYED = frozenset({"GIF", "WEBP", "PNG", "AVIF"})  # browsers play those that have several frames

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
class Still:
    image: Image.Image  # upright, RGB in sRGB
    width: int  # upright, of the original
    height: int
    is_animated: bool
    is_draft: bool  # decoded at a fraction of its size, for the ``side`` that was asked for


def load_still(path: Path, format_name: str, side: int) -> Still:
    """The picture with ``LARGE`` pixels along its longer side, or ``side`` if that is faster, as it is with a JPEG.

    Or all that it has, where that is less; along the other side ``NETWORK_SIDE`` at least. Of animations, the first
    frame. Raises UnsupportedMedia where it is damaged, PayloadTooLarge where it has too many pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about odd metadata; sizes are checked here
            return _load(path, format_name, side)
    except GalleryError:
        raise
    except MemoryError as error:
        raise PayloadTooLarge("The picture needs more memory than one may take. Make it smaller first.") from error
    except UnidentifiedImageError as error:
        raise UnsupportedMedia(
            "The picture is damaged, or of a rare kind of its format: its first bytes cannot be read."
        ) from error
    except Exception as error:  # decoders raise whatever their format's code comes upon
        text = str(error).lower()
        reason = "it ends too early" if "truncated" in text or "end of file" in text else "it cannot be decoded"
        raise UnsupportedMedia(f"The picture is damaged: {reason}. Is the copy complete?") from error


def _load(path: Path, format_name: str, side: int) -> Still:
    if format_name == RAW:
        opened, width, height, turn = open_raw(path)
    else:
        opened, turn = Image.open(path, formats=[format_name]), None
        width, height = opened.size
    with opened:
        _check_size(opened)
        is_draft = _draft(opened, side)
        opened.load()
        orientation = 1 if format_name == RAW else _orientation(opened)
        image = plain_mode(opened)
        if not is_draft:
            image = _reduced(image, LARGE)
        image = to_srgb(image, opened.info.get("icc_profile"))
        is_animated = opened.format in PLAYED and _has_frames(opened)
    turn = _UPRIGHT.get(orientation, turn)
    if turn is not None:
        image = image.transpose(turn)
    if orientation >= 5:
        width, height = height, width
    return Still(image, width, height, is_animated, is_draft)


def _check_size(image: Image.Image) -> None:
    limit = MAX_JPEG_PIXELS if image.format in ("JPEG", "MPO") else MAX_PIXELS
    if image.width * image.height > limit:
        raise PayloadTooLarge(
            f"The picture has {image.width} x {image.height} pixels; up to {limit // 1_000_000} megapixels are taken "
            "of its kind."
        )


def _draft(image: Image.Image, side: int) -> bool:
    """Has a JPEG decoded at a fraction of its size, if one serves; whether it will be."""
    size, scale = image.size, _scale(image.size, side)
    if scale < 1:
        image.draft("RGB", (int(image.width * scale), int(image.height * scale)))
    return image.size != size


def _scale(size: tuple[int, int], side: int) -> float:
    """The fraction of its size at which a picture serves; 1 or more where all of it is needed."""
    return max(side / max(size), NETWORK_SIDE / min(size))


def _reduced(image: Image.Image, side: int) -> Image.Image:
    """A whole fraction of the picture, half as large again as what is needed, so that resampling it loses nothing."""
    factor = int(1 / (1.5 * _scale(image.size, side)))
    return image.reduce(factor) if factor > 1 else image


def _orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(0x0112, 1)
    except Exception:  # noqa: BLE001, RUF100 - an unreadable EXIF block says nothing about which way is up
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _has_frames(image: Image.Image) -> bool:
    try:
        return bool(getattr(image, "is_animated", False))
    except Exception:  # noqa: BLE001, RUF100 - what follows the first frame is nobody's concern here
        return False
