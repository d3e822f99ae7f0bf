"""Raw files to test with: a digital negative as a camera writes one, with a preview or without."""

import struct

import numpy as np
from PIL import Image

from tests.pictures import encode

BYTE, TEXT, SHORT, LONG, RATIONAL, SIGNED_RATIONAL = 1, 2, 3, 4, 5, 10
_CODES = {BYTE: "B", SHORT: "H", LONG: "I"}

Tag = tuple[int, int, list[int] | bytes]


def negative(image: Image.Image, preview: Image.Image | None = None, orientation: int = 1) -> bytes:
    """A DNG whose sensor saw ``image``, RGB, through a Bayer pattern."""
    pixels = np.asarray(image.convert("RGB"), dtype=np.uint16) * 64
    sensor = pixels[:, :, 1].copy()
    sensor[0::2, 0::2], sensor[1::2, 1::2] = pixels[0::2, 0::2, 0], pixels[1::2, 1::2, 2]
    common: list[Tag] = [
        (271, TEXT, b"Maker\0"),
        (272, TEXT, b"Model\0"),
        (274, SHORT, [orientation]),
        (50706, BYTE, [1, 4, 0, 0]),  # DNGVersion
        (50708, TEXT, b"Maker Model\0"),
        (50721, SIGNED_RATIONAL, _thousandths([3240, -1537, -498, -969, 1876, 41, 55, -204, 1057])),  # XYZ to sRGB
        (50728, RATIONAL, _thousandths([1000, 1000, 1000])),  # AsShotNeutral
        (50778, SHORT, [21]),  # D65
    ]
    raw = [
        *_plane(image.width, image.height, 16, compression=1, photometric=32803, samples=1),
        (33421, SHORT, [2, 2]),
        (33422, BYTE, [0, 1, 1, 2]),
        (50717, SHORT, [255 * 64]),
    ]
    if preview is None:
        return _tiff([(common + raw, sensor.astype("<u2").tobytes())])
    shown = _plane(preview.width, preview.height, 8, compression=7, photometric=6, samples=3)
    jpeg = encode(preview, quality=90)
    return _tiff(
        [(common + shown + [(254, LONG, [1])], jpeg), ([*raw, (254, LONG, [0])], sensor.astype("<u2").tobytes())]
    )


def _plane(width: int, height: int, bits: int, compression: int, photometric: int, samples: int) -> list[Tag]:
    return [
        (256, LONG, [width]),
        (257, LONG, [height]),
        (258, SHORT, [bits] * samples),
        (259, SHORT, [compression]),
        (262, SHORT, [photometric]),
        (277, SHORT, [samples]),
        (278, LONG, [height]),
    ]


def _thousandths(values: list[int]) -> list[int]:
    return [part for value in values for part in (value, 1000)]


def _tiff(planes: list[tuple[list[Tag], bytes]]) -> bytes:
    """Little-endian: the first plane's directory, the others as its sub-directories, each with one strip of data."""
    body = bytearray(b"II*\0\0\0\0\0")
    places: list[int] = []
    for number, (tags, data) in reversed(list(enumerate(planes))):
        strip = _append(body, data)
        own = [*tags, (273, LONG, [strip]), (279, LONG, [len(data)])]
        if number == 0 and places:
            own.append((330, LONG, places))
        entries = b"".join(_entry(body, *tag) for tag in sorted(own, key=lambda tag: tag[0]))
        places.insert(0, _append(body, struct.pack("<H", len(own)) + entries + bytes(4)))
    struct.pack_into("<I", body, 4, places[0])
    return bytes(body)


def _entry(body: bytearray, tag: int, kind: int, values: list[int] | bytes) -> bytes:
    if isinstance(values, bytes):
        count, data = len(values), values
    elif kind in (RATIONAL, SIGNED_RATIONAL):
        count, data = len(values) // 2, struct.pack(f"<{len(values)}{'I' if kind == RATIONAL else 'i'}", *values)
    else:
        count, data = len(values), struct.pack(f"<{len(values)}{_CODES[kind]}", *values)
    if len(data) > 4:
        data = struct.pack("<I", _append(body, data))
    return struct.pack("<HHI", tag, kind, count) + data.ljust(4, b"\0")


def _append(body: bytearray, data: bytes) -> int:
    """Adds the data at an even place, and says where that is."""
    body.extend(bytes(len(body) % 2))
    place = len(body)
    body.extend(data)
    return place
