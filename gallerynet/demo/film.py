"""A short film of the demo: a camera that moves over a drawn picture."""

import io
from datetime import datetime

import av
import numpy as np
from PIL import Image

RATE = 25
ENCODER = {"preset": "veryfast", "crf": "26"}


def film(picture: Image.Image, size: tuple[int, int], seconds: float, taken: datetime) -> bytes:
    """An MP4 that browsers play. ``picture`` is larger than ``size``."""
    target = io.BytesIO()
    count = round(seconds * RATE)
    across, down = picture.width - size[0], picture.height - size[1]
    options = {"movflags": "use_metadata_tags"}
    with av.open(target, "w", format="mp4", options=options) as container:
        container.metadata["creation_time"] = f"{taken:%Y-%m-%dT%H:%M:%SZ}"
        stream = container.add_stream("libx264", rate=RATE, options=ENCODER)
        stream.width, stream.height, stream.pix_fmt = size[0], size[1], "yuv420p"
        for number in range(count):
            way = 0.5 - 0.5 * np.cos(np.pi * number / count)
            left, top = round(across * way), round(down * (1 - way))
            view = np.asarray(picture.crop((left, top, left + size[0], top + size[1])))
            container.mux(stream.encode(av.VideoFrame.from_ndarray(view, format="rgb24")))
        container.mux(stream.encode(None))
    return target.getvalue()
