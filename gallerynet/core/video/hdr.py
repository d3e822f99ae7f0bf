"""Frames with more brightness and more colours than a thumbnail can show, brought to sRGB.

Curves and matrices are those of ITU-R BT.2100 (PQ and HLG), BT.2087 (BT.2020 to BT.709) and IEC 61966-2-1 (sRGB). White
is taken to be 203 cd/m² bright, as BT.2408 recommends; what is brighter is rolled off, keeping its hue.
"""

from collections.abc import Callable

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

Values = NDArray[np.float32]

PQ, HLG = 16, 18  # transfer characteristics, as ITU-T H.273 numbers them
WHITE = 203.0  # cd/m²
HLG_PEAK = 1000.0  # cd/m² of the screen that HLG is reckoned for
KNEE = 0.6  # of white: from there on bright parts are squeezed

_TO_709 = np.array(
    [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]], dtype=np.float32
)
_LUMINANCE = np.array([0.2627, 0.6780, 0.0593], dtype=np.float32)  # of BT.2020's primaries


def is_hdr(frame: VideoFrame) -> bool:
    return int(frame.color_trc) in _LIGHT


def to_srgb(coded: NDArray[np.uint16], transfer: int) -> NDArray[np.uint8]:
    """The frame in sRGB; ``coded`` holds R'G'B' in BT.2020's primaries, full range, shape (height, width, 3)."""
    light = _LIGHT[transfer](coded.astype(np.float32) / np.float32(65_535)) / np.float32(WHITE)
    light = np.maximum(light @ _TO_709.T, 0).astype(np.float32)
    brightest = np.maximum(light.max(axis=-1, keepdims=True), np.float32(1e-6))
    light *= _rolled_off(brightest) / brightest
    encoded = np.where(light <= 0.0031308, 12.92 * light, 1.055 * np.power(light, 1 / 2.4) - 0.055)
    found: NDArray[np.uint8] = (encoded * 255 + 0.5).clip(0, 255).astype(np.uint8)
    return found


def _rolled_off(level: Values) -> Values:
    """As it is up to the knee, then ever slower towards 1."""
    room = 1 - KNEE
    found: Values = np.where(level <= KNEE, level, 1 - room * np.exp(-(level - KNEE) / room))
    return found


def _light_of_pq(coded: Values) -> Values:
    """cd/m² of values 0..1."""
    root = np.power(coded, 1 / 78.84375)
    share = np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)
    found: Values = 10_000 * np.power(share, 1 / 0.1593017578125)
    return found


def _light_of_hlg(coded: Values) -> Values:
    """cd/m² of values 0..1, on a screen of the nominal peak."""
    scene = np.where(coded <= 0.5, coded**2 / 3, (np.exp((coded - 0.55991073) / 0.17883277) + 0.28466892) / 12)
    luminance = np.maximum(scene @ _LUMINANCE, 1e-6)[..., None]
    found: Values = (HLG_PEAK * np.power(luminance, 0.2) * scene).astype(np.float32)
    return found


_LIGHT: dict[int, Callable[[Values], Values]] = {PQ: _light_of_pq, HLG: _light_of_hlg}
