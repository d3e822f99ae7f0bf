"""Small valid files of every still format, and damage done to them."""

from collections.abc import Iterator

import numpy as np
import pillow_heif

from tests.pictures import drawn, encode
from tests.raws import negative

pillow_heif.register_heif_opener()  # it also writes them


def seeds() -> dict[str, bytes]:
    """A file by its extension."""
    picture, frames = drawn(1, (96, 64)), [drawn(seed, (96, 64)) for seed in (2, 3)]
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    return {
        "jpg": encode(picture, exif=exif),
        "progressive.jpg": encode(picture, progressive=True),
        "cmyk.jpg": encode(picture.convert("CMYK")),
        "png": encode(picture, "PNG", save_all=True, append_images=frames, exif=exif),
        "palette.png": encode(picture.quantize(16), "PNG", transparency=1),
        "gif": encode(picture, "GIF", save_all=True, append_images=frames),
        "webp": encode(picture, "WEBP", exif=exif),
        "animated.webp": encode(picture.convert("RGBA"), "WEBP", save_all=True, append_images=frames, lossless=True),
        "bmp": encode(picture, "BMP"),
        "tif": encode(picture, "TIFF"),
        "lzw.tif": encode(picture, "TIFF", compression="tiff_lzw"),
        "jpeg.tif": encode(picture, "TIFF", compression="tiff_jpeg"),
        "float.tif": encode(picture.convert("F"), "TIFF", compression="tiff_deflate"),
        "avif": encode(picture, "AVIF"),
        "heic": encode(picture, "HEIF"),
        "dng": negative(picture),
        "preview.dng": negative(picture, drawn(4, (48, 32))),
    }


def mutations(count: int, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """Names and damaged files, the formats in turn: bits flipped, bytes set to extremes, pieces lost, doubled, cut."""
    random = np.random.default_rng(seed)
    originals = list(seeds().items())
    for number in range(count):
        extension, content = originals[number % len(originals)]
        yield f"{number}.{extension}", _damage(content, random)


def _damage(content: bytes, random: np.random.Generator) -> bytes:
    damaged = bytearray(content)
    # Half of the blows hit the head, where sizes and places are written.
    reach = min(len(content), 400) if random.random() < 0.5 else len(content)
    for _ in range(int(random.integers(1, 9))):
        place = int(random.integers(reach)) % len(damaged)
        match int(random.integers(6)):
            case 0 | 1:
                damaged[place] ^= 1 << int(random.integers(8))
            case 2:
                damaged[place] = int(random.choice([0, 1, 0x7F, 0x80, 0xFF]))
            case 3:
                damaged[place : place + 4] = random.bytes(4)
            case 4:
                length = int(random.integers(1, 64))
                damaged[place:place] = damaged[place : place + length]
            case _:
                del damaged[place : place + int(random.integers(1, 64))]
        if len(damaged) < 64:
            break
    if random.random() < 0.2:
        del damaged[int(random.integers(1, len(damaged) + 1)) :]
    return bytes(damaged)
