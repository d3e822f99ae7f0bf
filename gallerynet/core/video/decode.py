"""From the bytes of a video to all that the library keeps of it. Runs in a worker process."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gallerynet.core.ingest.decode import Decoded, double_gradient_hash, save_thumbnails, sharpness
from gallerynet.core.ingest.stills import LARGE
from gallerynet.core.ingest.thumbhash import placeholder
from gallerynet.core.video.container import open_video
from gallerynet.core.video.facts import read_facts
from gallerynet.core.video.frames import ShownFrame, representative_frames
from gallerynet.core.video.playable import plays_in_browsers
from gallerynet.core.video.reader import duration
from gallerynet.core.video.sampling import DECODER_OPTIONS, read_signature
from gallerynet.core.vision.preprocess import network_input


@dataclass(frozen=True)
class DecodedVideo(Decoded):
    """``network_input`` holds all representative frames, shape (n, 224, 224, 3); their hashes are joined by ``|``."""

    duration: float  # seconds
    signature: bytes
    plays_in_browsers: bool


def decode_video(path: Path, demuxer: str, mime_type: str, thumbnails: Path) -> DecodedVideo:
    """Reads the video by seeking, and writes thumbnails of its best frame into the folder ``thumbnails``.

    Raises UnsupportedMedia where it is damaged or none, PayloadTooLarge where its frames have too many pixels.
    """
    with open_video(path, demuxer) as clip:
        seconds = duration(clip)
        frames = representative_frames(clip, seconds, LARGE)
        metadata = read_facts(clip)
        is_playable = plays_in_browsers(clip, mime_type)
    with open_video(path, demuxer, DECODER_OPTIONS) as clip:
        signature = read_signature(clip, seconds)
    best = max(frames, key=lambda frame: frame.interest)
    small = save_thumbnails(best.image, thumbnails)
    return DecodedVideo(
        width=best.width,
        height=best.height,
        metadata=metadata,
        perceptual_hash="|".join(double_gradient_hash(frame.image) for frame in frames),
        placeholder=placeholder(small),
        sharpness=sharpness(small),
        network_input=_network_inputs(frames),
        is_animated=False,
        duration=seconds,
        signature=signature.to_bytes(),
        plays_in_browsers=is_playable,
    )


def network_inputs_of(path: Path, demuxer: str) -> NDArray[np.uint8]:
    """What the embedder takes, of a video that is searched by and not kept. Raises like ``decode_video``."""
    with open_video(path, demuxer) as clip:
        return _network_inputs(representative_frames(clip, duration(clip), LARGE))


def _network_inputs(frames: list[ShownFrame]) -> NDArray[np.uint8]:
    return np.stack([network_input(frame.image) for frame in frames])
