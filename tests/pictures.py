"""Pictures to test with: real ones where they lie beside the project, else those that packages ship."""

import io
from pathlib import Path

import numpy as np
from PIL import Image

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"


def packaged_photos() -> list[Path]:
    """Photographs that scikit-image and scikit-learn ship: always there."""
    import skimage
    import sklearn

    ours = Path(skimage.__file__).parent / "data"
    theirs = Path(sklearn.__file__).parent / "datasets" / "images"
    names = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg", "motorcycle_left.png", "hubble_deep_field.jpg")
    return [*(ours / name for name in names), theirs / "china.jpg", theirs / "flower.jpg"]


def photos() -> list[Path]:
    """Camera originals where there are any, else the packaged ones."""
    folder = SHARED / "photos"
    found = sorted(path for path in folder.glob("*") if path.suffix.lower() == ".jpg") if folder.is_dir() else []
    return found or packaged_photos()


def views(path: Path, count: int) -> list[bytes]:
    """Parts of one photograph, half to four fifths of its width, as so many pictures of the same thing."""
    random = np.random.default_rng(len(path.name))
    with Image.open(path) as image:
        picture = image.convert("RGB")
    found = []
    for _ in range(count):
        width, height = (
            int(side * share) for side, share in zip(picture.size, random.uniform(0.5, 0.8, 2), strict=True)
        )
        left, top = (int(random.uniform(0, room)) for room in (picture.width - width, picture.height - height))
        part = picture.crop((left, top, left + width, top + height))
        found.append(encode(part.resize((320, 320 * height // width), Image.Resampling.BICUBIC), "JPEG", quality=90))
    return found


def half_size(path: Path) -> bytes:
    """The same picture at half its size, encoded anew."""
    with Image.open(path) as image:
        exif = image.info.get("exif", b"")
        small = image.convert("RGB").resize((image.width // 2, image.height // 2), Image.Resampling.BICUBIC)
        return encode(small, "JPEG", quality=85, exif=exif)


def encode(image: Image.Image, format_name: str = "JPEG", **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, format_name, **options)
    return target.getvalue()


def drawn(seed: int, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """A picture like no other seed's: coloured blobs on a gradient."""
    random = np.random.default_rng(seed)
    width, height = size
    y, x = np.mgrid[0:height, 0:width]
    canvas = np.stack([(x * c[0] + y * c[1]) for c in random.uniform(-0.4, 0.4, (3, 2))], axis=-1) + 128
    for _ in range(8):
        center, radius = random.uniform(0, 1, 2) * (width, height), random.uniform(10, 60)
        inside = (x - center[0]) ** 2 + (y - center[1]) ** 2 < radius**2
        canvas[inside] = random.uniform(0, 255, 3)
    return Image.fromarray(canvas.clip(0, 255).astype(np.uint8))
