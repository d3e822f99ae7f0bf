"""Taking a video's signature: see ``signature``."""

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from PIL import Image

from gallerynet.core.video.container import Clip, scaled
from gallerynet.core.video.reader import FrameReader
from gallerynet.core.video.signature import SIDE, TOLERANCE, Signature

RATE = 8.0  # frames a second
STRETCHES = 3
STRETCH_SECONDS = 4.0
BUDGET = 4_000  # Full HD frames decoded at the most
# Leaving out the loop filter and the frames that no other needs halves the work, and is not seen at 16 x 16.
DECODER_OPTIONS = {"skip_loop_filter": "all"}


def read_signature(clip: Clip, seconds: float) -> Signature:
    """The signature of a clip that long, which has been opened with DECODER_OPTIONS."""
    reader = FrameReader(clip, BUDGET)
    clip.stream.codec_context.skip_frame = "NONREF"
    times: list[float] = []
    frames: list[NDArray[np.uint8]] = []
    for start, end in stretches(seconds):
        due = start
        frame = reader.at(start, early=TOLERANCE)
        while frame is not None and reader.time(frame) < end:
            if reader.time(frame) >= due - 0.5 / RATE:
                times.append(reader.time(frame))
                frames.append(_tiny(frame, reader.turn(frame)))
                due = max(due, reader.time(frame)) + 1 / RATE
            frame = reader.next()
    pixels = np.stack(frames) if frames else np.zeros((0, SIDE, SIDE), dtype=np.uint8)
    return Signature(np.array(times, dtype=np.float32), pixels)


def stretches(seconds: float) -> list[tuple[float, float]]:
    """The parts of a clip that its signature is taken of: from, to."""
    if seconds <= STRETCHES * STRETCH_SECONDS:
        return [(0.0, seconds)]
    centers = [(2 * part + 1) / (2 * STRETCHES) * seconds for part in range(STRETCHES)]
    return [(center - STRETCH_SECONDS / 2, center + STRETCH_SECONDS / 2) for center in centers]


def _tiny(frame: VideoFrame, turn: Image.Transpose | None) -> NDArray[np.uint8]:
    small = Image.fromarray(scaled(frame, SIDE, SIDE, "gray").to_ndarray())
    return np.asarray(small if turn is None else small.transpose(turn))
