"""The frames that stand for a video: up to five, spread over all of it, none of them dark or blank."""

from dataclasses import dataclass

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from PIL import Image

from gallerynet.core.errors import UnsupportedMedia
from gallerynet.core.video.container import SIDEWAYS, Clip, scaled, shown_size
from gallerynet.core.video.hdr import is_hdr, to_srgb
from gallerynet.core.video.reader import FrameReader

FRAMES = 5
# Where in its fifth of the clip a frame is looked for; the first that shows something is taken.
PLACES = (0.5, 0.25, 0.75, 0.05, 0.95)
BUDGET = 1_500  # Full HD frames decoded at the most
DARK = 20.0  # mean grey level of 255
BLANK = 8.0  # deviation of grey levels under which there is nothing to see
MEASURED_SIDE = 64


@dataclass(frozen=True)
class ShownFrame:
    """An upright frame in RGB, in square pixels, its longer side no longer than asked for."""

    seconds: float
    image: Image.Image
    width: int  # of the video, upright
    height: int
    interest: float  # 0 where it is dark or blank; more where there is more contrast


def representative_frames(clip: Clip, seconds: float, side: int) -> list[ShownFrame]:
    """Up to five frames in the order of time, from a clip that long. Raises UnsupportedMedia where there is none.

    Dark and blank ones are given only by a clip that has no others, and then one.
    """
    reader = FrameReader(clip, BUDGET)
    span = seconds / FRAMES
    found: list[ShownFrame] = []
    dull: ShownFrame | None = None
    seen: set[float] = set()
    for part in range(FRAMES):
        for place in PLACES:
            frame = reader.at((part + place) * span, early=span / 2)
            if frame is None or reader.time(frame) in seen:
                continue
            seen.add(reader.time(frame))
            interest = _interest(frame)
            if interest > 0:
                found.append(_shown(clip, reader, frame, side, interest))
                break
            dull = dull or _shown(clip, reader, frame, side, 0.0)
    if found:
        return sorted(found, key=lambda frame: frame.seconds)
    if dull is None:  # a single frame, say, that no place came near
        reader = FrameReader(clip, BUDGET)
        frame = reader.at(0.0, early=float("inf"))
        if frame is None:
            raise UnsupportedMedia("No frame of the video can be decoded. Is the copy complete?")
        dull = _shown(clip, reader, frame, side, _interest(frame))
    return [dull]


def _colours(frame: VideoFrame, width: int, height: int) -> NDArray[np.uint8]:
    """sRGB at that size, shape (height, width, 3)."""
    if is_hdr(frame):
        coded = np.asarray(scaled(frame, width, height, "rgb48le", "LANCZOS").to_ndarray(), dtype=np.uint16)
        return to_srgb(coded, int(frame.color_trc))
    return np.asarray(scaled(frame, width, height, "rgb24", "LANCZOS").to_ndarray(), dtype=np.uint8)


def _interest(frame: VideoFrame) -> float:
    """The contrast of a frame, in grey levels; 0 for one that is dark or blank."""
    small = scaled(frame, MEASURED_SIDE, MEASURED_SIDE, "gray").to_ndarray()
    deviation = float(small.std())
    return 0.0 if float(small.mean()) < DARK or deviation < BLANK else deviation


def _shown(clip: Clip, reader: FrameReader, frame: VideoFrame, side: int, interest: float) -> ShownFrame:
    turn = reader.turn(frame)
    width, height = shown_size(clip, frame, turn)
    scale = min(1.0, side / max(width, height))
    across, down = max(1, round(width * scale)), max(1, round(height * scale))
    if turn in SIDEWAYS:
        across, down = down, across
    image = Image.fromarray(_colours(frame, across, down))
    upright = image if turn is None else image.transpose(turn)
    return ShownFrame(reader.time(frame), upright, width, height, interest)
