"""Whatever a file's pixels mean, as sRGB of eight bits."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

BACKGROUND = (238, 238, 238)  # under transparent pixels: neither light nor dark subjects vanish on it
MAX_PROFILE_BYTES = 4 * 2**20

_SRGB = ImageCms.createProfile("sRGB")
_SOURCES = ("RGB", "L", "CMYK", "LAB")  # what a profile can be of


def plain_mode(image: Image.Image) -> Image.Image:
    """The picture in RGB, RGBA, L, CMYK or LAB, which can be resampled; colours are not touched yet."""
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("I", "F"):
        return Image.fromarray(_stretched(np.asarray(image, dtype=np.float32)))
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    return image if image.mode in _SOURCES else image.convert("L" if image.mode == "1" else "RGB")


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB in sRGB of a picture in one of the plain modes, over a neutral ground where it is transparent.

    A profile that is broken, or not of such a picture, says nothing: its colours are taken for sRGB.
    """
    if image.mode != "RGBA":
        return _converted(image, profile)
    backdrop = Image.new("RGB", image.size, BACKGROUND)
    backdrop.paste(_converted(image.convert("RGB"), profile), mask=image.getchannel("A"))
    return backdrop


def _converted(image: Image.Image, profile: bytes | None) -> Image.Image:
    source = ImageCms.createProfile("LAB") if image.mode == "LAB" else _opened(profile)
    if source is not None:
        try:
            converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, ValueError, OSError):
            converted = None
        if converted is not None:
            return converted
    return image.convert("RGB")


def _opened(profile: bytes | None) -> ImageCms.ImageCmsProfile | None:
    """The profile; None where there is none, it cannot be read, or it is sRGB by name."""
    if not profile or len(profile) > MAX_PROFILE_BYTES:
        return None
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        name = ImageCms.getProfileDescription(opened)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    return None if name.strip().startswith("sRGB") else opened


def _stretched(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Levels of unknown range, as pictures with 32 bits a pixel have: 0..1, 0..255 and 0..65535 are taken as such."""
    finite = np.nan_to_num(values, nan=0, posinf=0, neginf=0)
    low, high = float(finite.min()), float(finite.max())
    for full in (1, 255, 65_535):
        if low >= 0 and high <= full:
            low, high = 0, full
            break
    scaled = (finite - np.float32(low)) * np.float32(255 / max(high - low, 1e-12))
    levels: NDArray[np.uint8] = scaled.clip(0, 255).astype(np.uint8)
    return levels
