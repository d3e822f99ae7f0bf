"""ThumbHash: a blurred picture in some 25 bytes, which a page can paint before the thumbnail arrives.

The format is Evan Wallace's (https://evanw.github.io/thumbhash/): a cosine transform of luminance, two colour
differences and alpha, quantised to four bits a coefficient. It is written here on numpy since the packages for Python
loop over pixels, which takes longer than everything else about a thumbnail together.
"""

import base64

import numpy as np
from numpy.typing import NDArray
from PIL import Image

MAX_SIDE = 100


def placeholder(image: Image.Image) -> str:
    """The ThumbHash of ``image`` in base64."""
    small = image.convert("RGBA")
    small.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.BOX)
    return base64.b64encode(thumbhash(np.asarray(small))).decode("ascii")


def thumbhash(rgba: NDArray[np.uint8]) -> bytes:
    """The ThumbHash of ``rgba``, shape (height, width, 4), sides up to 100."""
    height, width = rgba.shape[:2]
    pixels = rgba.astype(np.float64) / 255
    alpha = pixels[..., 3]
    total = alpha.sum()
    color = pixels[..., :3]
    average = (color * alpha[..., None]).sum(axis=(0, 1)) / total if total else np.zeros(3)
    red, green, blue = np.moveaxis(average * (1 - alpha[..., None]) + color * alpha[..., None], -1, 0)
    has_alpha = bool(total < width * height)
    limit = 5 if has_alpha else 7
    columns = max(1, _round(limit * width / max(width, height)))
    rows = max(1, _round(limit * height / max(width, height)))

    l_dc, l_ac, l_scale = _transform((red + green + blue) / 3, max(3, columns), max(3, rows))
    p_dc, p_ac, p_scale = _transform((red + green) / 2 - blue, 3, 3)
    q_dc, q_ac, q_scale = _transform(red - green, 3, 3)
    channels = [l_ac, p_ac, q_ac]

    is_landscape = width > height
    head = (
        _round(63 * l_dc)
        | _round(31.5 + 31.5 * p_dc) << 6
        | _round(31.5 + 31.5 * q_dc) << 12
        | _round(31 * l_scale) << 18
        | has_alpha << 23
    )
    shape = (
        (rows if is_landscape else columns) | _round(63 * p_scale) << 3 | _round(63 * q_scale) << 9 | is_landscape << 15
    )
    result = bytearray(head.to_bytes(3, "little") + shape.to_bytes(2, "little"))
    if has_alpha:
        a_dc, a_ac, a_scale = _transform(alpha, 5, 5)
        result.append(_round(15 * a_dc) | _round(15 * a_scale) << 4)
        channels.append(a_ac)
    nibbles = [_round(15 * value) for channel in channels for value in channel]
    nibbles += [0] * (len(nibbles) % 2)
    result += bytes(low | high << 4 for low, high in zip(nibbles[::2], nibbles[1::2], strict=True))
    return bytes(result)


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
