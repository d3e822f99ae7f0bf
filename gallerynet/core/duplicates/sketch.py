"""What two pictures are compared by: small grey versions of them, the smallest of which is kept for every item."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import uniform_filter

Grey = NDArray[np.float32]

SIDE = 32  # pixels, the longer side of a sketch
DETAIL = 128  # of the version that decides
SMOOTH = (
    3.0  # grey levels of texture from which there is something to align; a clear sky has 0.4, 1 photograph in 100 < 13
)

# Each pixel is told by how it differs from its surroundings, in deviations of them: shadows and edges count alike.
WINDOW = 7
NOISE = 16.0  # variance that counts as none


@dataclass(frozen=True)
class Sketch:
    """``pixels`` grey levels, shape (height, width), the longer side SIDE."""

    pixels: NDArray[np.uint8]

    def to_bytes(self) -> bytes:
        return bytes(self.pixels.shape) + self.pixels.tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Sketch":
        return cls(np.frombuffer(stored, dtype=np.uint8, offset=2).reshape(stored[0], stored[1]))

    @cached_property
    def is_smooth(self) -> bool:
        """Whether nothing is left of it once its shading is taken away: a plain colour, a clear sky."""
        return texture(self.pixels.astype(np.float32)) < SMOOTH

    def turned(self, quarters: int) -> "Sketch":
        """Turned to the left by that many right angles."""
        return Sketch(np.rot90(self.pixels, quarters)) if quarters else self


@dataclass(frozen=True)
class Look:
    """A picture to compare with others, levels 0..255; the longer side of ``detail`` has DETAIL pixels."""

    sketch: Sketch
    detail: Grey
    thumbnail: Path

    @cached_property
    def half(self) -> Grey:
        height, width = (max(6, side // 2) for side in self.detail.shape)
        image = Image.fromarray(self.detail).resize((width, height), Image.Resampling.BOX)
        return np.asarray(image)

    @cached_property
    def colors(self) -> NDArray[np.float32]:
        """Means of a grid of 8 x 8, shape (8, 8, 3)."""
        with Image.open(self.thumbnail, formats=["JPEG"]) as image:
            small = image.convert("RGB").resize((8, 8), Image.Resampling.BOX)
        return np.asarray(small, dtype=np.float32)

    def turned(self, quarters: int) -> "Look":
        """Turned to the left by that many right angles."""
        if not quarters:
            return self
        return Look(self.sketch.turned(quarters), np.ascontiguousarray(np.rot90(self.detail, quarters)), self.thumbnail)


def look_at(thumbnail: Path) -> Look:
    """Reads a thumbnail. Raises OSError where there is none, or none that can be read."""
    with Image.open(thumbnail, formats=["JPEG"]) as image:
        image.draft("L", _fitted(image.size, 2 * DETAIL + 1))
        grey = image.convert("L")
    detail = grey.resize(_fitted(grey.size, DETAIL), Image.Resampling.HAMMING)
    sketch = detail.resize(_fitted(grey.size, SIDE), Image.Resampling.HAMMING)
    return Look(Sketch(np.asarray(sketch)), np.asarray(detail, dtype=np.float32), thumbnail)


def normalised(pixels: NDArray[np.uint8]) -> Grey:
    """How each pixel differs from its surroundings; the squares of all add up to 1."""
    grey = pixels.astype(np.float32)
    around = grey - uniform_filter(grey, WINDOW, mode="nearest")
    spread = uniform_filter(around * around, WINDOW, mode="nearest")
    told = around / np.sqrt(spread + NOISE)
    scaled: Grey = told / max(float(np.sqrt((told * told).sum())), 1e-6)
    return scaled


def texture(grey: Grey) -> float:
    """The deviation, in grey levels, of what a quadratic surface does not explain."""
    y, x = (np.linspace(-1, 1, side, dtype=np.float32) for side in grey.shape)
    across, down = np.meshgrid(x, y)
    terms = np.stack([np.ones_like(across), across, down, across * down, across**2, down**2], axis=-1).reshape(-1, 6)
    levels = grey.reshape(-1)
    weights = np.linalg.solve(terms.T @ terms, terms.T @ levels)
    return float((levels - terms @ weights).std())


def _fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    """A size of the same shape with that longer side; nothing is thinner than a fifth of it, so that windows fit."""
    scale = side / max(size)
    width, height = (max(side // 5, round(length * scale)) for length in size)
    return width, height
