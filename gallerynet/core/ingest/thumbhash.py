"""ThumbHash: a blurred picture in some 25 bytes, which a page can paint before the thumbnail arrives.

The format is Evan Wallace's (https://evanw.github.io/thumbhash/): a cosine transform of luminance and two colour
differences, quantised to four bits a coefficient. It is written here on numpy since the packages for Python loop over
pixels, which takes longer than everything else about a thumbnail together. Our pictures have no alpha.
"""

import base64

import numpy as np
from numpy.typing import NDArray
from PIL import Image

MAX_SIDE = 100


def placeholder(image: Image.Image) -> str:
    """The ThumbHash of an RGB picture in base64."""
    small = image.copy()
    small.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.BOX)
    return base64.b64encode(thumbhash(np.asarray(small))).decode("ascii")


def thumbhash(rgb: NDArray[np.uint8]) -> bytes:
    """The ThumbHash of ``rgb``, shape (height, width, 3), sides up to 100."""
    height, width = rgb.shape[:2]
    red, green, blue = np.moveaxis(rgb / 255, -1, 0)
    columns = max(1, _round(7 * width / max(width, height)))
    rows = max(1, _round(7 * height / max(width, height)))
    l_dc, l_ac, l_scale = _transform((red + green + blue) / 3, max(3, columns), max(3, rows))
    p_dc, p_ac, p_scale = _transform((red + green) / 2 - blue, 3, 3)
    q_dc, q_ac, q_scale = _transform(red - green, 3, 3)
    is_landscape = width > height
    head = (
        _round(63 * l_dc)
        | _round(31.5 + 31.5 * p_dc) << 6
        | _round(31.5 + 31.5 * q_dc) << 12
        | _round(31 * l_scale) << 18
    )
    shape = (
        (rows if is_landscape else columns) | _round(63 * p_scale) << 3 | _round(63 * q_scale) << 9 | is_landscape << 15
    )
    nibbles = [_round(15 * value) for value in (*l_ac, *p_ac, *q_ac)]
    nibbles += [0] * (len(nibbles) % 2)
    packed = bytes(low | high << 4 for low, high in zip(nibbles[::2], nibbles[1::2], strict=True))
    found: bytes = head.to_bytes(3, "little") + shape.to_bytes(2, "little") + packed
    return found


def _transform(channel: NDArray[np.float64], columns: int, rows: int) -> tuple[float, list[float], float]:
    """The mean of ``channel``, its other low frequencies scaled to 0..1, and their scale."""
    height, width = channel.shape
    across = np.cos(np.pi / width * np.arange(columns)[:, None] * (np.arange(width) + 0.5))
    down = np.cos(np.pi / height * np.arange(rows)[:, None] * (np.arange(height) + 0.5))
    frequencies = down @ channel @ across.T / channel.size
    kept = [
        float(frequencies[y, x])
        for y in range(rows)
        for x in range(columns)
        if x * rows < columns * (rows - y) and (x or y)
    ]
    scale = max((abs(value) for value in kept), default=0.0)
    if scale > 0:
        kept = [0.5 + 0.5 / scale * value for value in kept]
    return float(frequencies[0, 0]), kept, scale


def _round(value: float) -> int:
    return int(np.floor(value + 0.5))
