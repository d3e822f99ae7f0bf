"""Photographs that Python packages ship: what there is to measure on where nothing else is."""

import importlib.util
from pathlib import Path

import numpy as np
from PIL import Image

PACKAGED = {
    "skimage/data": (
        "astronaut",
        "brick",
        "camera",
        "cell",
        "chelsea",
        "coffee",
        "coins",
        "grass",
        "gravel",
        "ihc",
        "moon",
    ),
    "sklearn/datasets/images": ("china", "flower"),
}
PARTS = 20
SHARES = (0.4, 0.7)  # of the sides of a photograph


def packaged_photos() -> list[Path]:
    """Of the packages that are installed."""
    found: list[Path] = []
    for place, stems in PACKAGED.items():
        package, _, inside = place.partition("/")
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.origin is not None:
            for stem in stems:
                found += sorted((Path(spec.origin).parent / inside).glob(f"{stem}.*"))
    return found


def write_parts(folder: Path) -> None:
    """A folder for each photograph, with parts of it as so many pictures of one thing."""
    random = np.random.default_rng(7)
    for photo in packaged_photos():
        (folder / photo.stem).mkdir()
        with Image.open(photo) as opened:
            image = opened.convert("RGB")
        for number in range(PARTS):
            width, height = (int(side * random.uniform(*SHARES)) for side in image.size)
            left, top = (int(random.integers(0, room + 1)) for room in (image.width - width, image.height - height))
            part = image.crop((left, top, left + width, top + height))
            part.save(folder / photo.stem / f"{number}.jpg", quality=90)
