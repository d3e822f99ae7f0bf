"""Camera raw files: by the preview that the camera put in, else developed, large ones at half their size."""

import io
from pathlib import Path

import rawpy
from PIL import Image

from gallerynet.core.errors import PayloadTooLarge

MAX_PIXELS = 250_000_000  # of the sensor; it is never held in full
MIN_PREVIEW = 1000  # pixels of the longer side: a smaller one is no match for developing it

# LibRaw's codes for how the camera was held.
_TURNS = {3: Image.Transpose.ROTATE_180, 5: Image.Transpose.ROTATE_90, 6: Image.Transpose.ROTATE_270}


def open_raw(path: Path) -> tuple[Image.Image, int, int, Image.Transpose | None]:
    """The picture, the sensor's upright size, and how the picture is still to be turned.

    The picture is a JPEG that is not decoded yet, or RGB; a flag of its own says nothing, since LibRaw puts one in.
    Raises PayloadTooLarge, and what LibRaw raises.
    """
    with rawpy.imread(str(path)) as raw:
        sizes = raw.sizes
        if sizes.raw_width * sizes.raw_height > MAX_PIXELS:
            raise PayloadTooLarge(
                f"The picture has {sizes.raw_width} x {sizes.raw_height} pixels; up to {MAX_PIXELS // 1_000_000} "
                "megapixels are taken of its kind."
            )
        width, height = (sizes.height, sizes.width) if sizes.flip in (5, 6) else (sizes.width, sizes.height)
        preview = _preview(raw)
        if preview is None:
            developed = raw.postprocess(half_size=max(width, height) >= 2 * MIN_PREVIEW, use_camera_wb=True)
            return Image.fromarray(developed), width, height, None
    is_turned = sizes.flip in (5, 6) and width != height and (preview.width > preview.height) == (width > height)
    return preview, width, height, None if is_turned else _TURNS.get(sizes.flip)


def _preview(raw: rawpy.RawPy) -> Image.Image | None:
    try:
        thumbnail = raw.extract_thumb()
        if isinstance(thumbnail.data, bytes):
            preview: Image.Image = Image.open(io.BytesIO(thumbnail.data), formats=["JPEG"])
        else:
            preview = Image.fromarray(thumbnail.data)
    except (rawpy.LibRawError, OSError, ValueError):
        return None
    sensor = max(raw.sizes.width, raw.sizes.height)
    return preview if max(preview.size) >= min(MIN_PREVIEW, sensor // 2) else None


def embedded_jpeg(path: Path) -> bytes | None:
    """The camera's preview as it is in the file, metadata and all; None where there is none or it cannot be read."""
    try:
        with rawpy.imread(str(path)) as raw:
            data = raw.extract_thumb().data
    except (rawpy.LibRawError, OSError, ValueError):
        return None
    return data if isinstance(data, bytes) else None
