"""Videos to test with, made by the encoders that come with the decoders."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer
from numpy.typing import NDArray
from PIL import Image

Frame = NDArray[np.uint8]

RATE = 25
MP4 = (".mp4", ".mov", ".m4v", ".3gp")
_TAGS = {"movflags": "use_metadata_tags"}


def scene(
    seed: int, seconds: float = 4.0, size: tuple[int, int] = (320, 240), start: float = 0.0, rate: int = RATE
) -> Iterator[Frame]:
    """A camera that moves over a picture like no other seed's, from that moment on."""
    wide = _picture(seed, (size[0] * 2, size[1] * 2))
    for number in range(round(seconds * rate)):
        moment = start + number / rate
        left = int(size[0] / 2 * (1 + np.sin(moment / 1.7 + seed)))
        top = int(size[1] / 2 * (1 + np.cos(moment / 2.3)))
        yield wide[top : top + size[1], left : left + size[0]]


def tripod(seed: int, walk: int, seconds: float = 4.0, size: tuple[int, int] = (320, 240)) -> Iterator[Frame]:
    """Always the same view for a seed; a bright ball goes through it on a way of its own for each ``walk``."""
    view = _picture(seed, size)
    random = np.random.default_rng(walk)
    phases, speeds = random.uniform(0, 6.28, 2), random.uniform(1, 2.5, 2)
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    for number in range(round(seconds * RATE)):
        moment = number / RATE
        center = [(0.5 + 0.4 * np.sin(phases[i] + speeds[i] * moment)) * size[i] for i in range(2)]
        frame = view.copy()
        frame[(x - center[0]) ** 2 + (y - center[1]) ** 2 < (size[1] / 8) ** 2] = (250, 240, 90)
        yield frame


def plain(level: int, seconds: float, size: tuple[int, int] = (320, 240)) -> Iterator[Frame]:
    """Nothing to see."""
    for _ in range(round(seconds * RATE)):
        yield np.full((size[1], size[0], 3), level, dtype=np.uint8)


def film(
    path: Path,
    frames: Iterable[Frame],
    codec: str = "libx264",
    size: tuple[int, int] | None = None,
    rate: int = RATE,
    sound: str | None = None,
    turned: int = 0,
    pixel_shape: Fraction | None = None,
    metadata: dict[str, str] | None = None,
    format_name: str | None = None,
    pixels: str = "yuv420p",
    **options: str,
) -> Path:
    """Encodes the frames; ``turned`` is the angle in a display matrix, ``options`` are the encoder's."""
    with av.open(str(path), "w", format=format_name, options=_TAGS if path.suffix in MP4 else {}) as container:
        container.metadata.update(metadata or {})
        audio = _add_sound(container, sound) if sound else None
        stream = container.add_stream(codec, rate=rate, options=options)
        assert isinstance(stream, av.VideoStream)
        stream.pix_fmt = pixels
        if pixel_shape is not None:
            stream.sample_aspect_ratio = pixel_shape
        if turned:
            stream.set_display_rotation(turned)
        count = 0
        for pixel_values in frames:
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixel_values), format="rgb24")
            if size is not None:
                frame = frame.reformat(*size, interpolation="AREA")
            if count == 0:
                stream.width, stream.height = frame.width, frame.height
            count += 1
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if audio is not None:
            _write_tone(container, audio, count / rate)
    return path


def sound_only(path: Path, codec: str = "aac") -> Path:
    """Two seconds of a tone, and nothing to see."""
    with av.open(str(path), "w") as container:
        _write_tone(container, _add_sound(container, codec), 2)
    return path


def _add_sound(container: OutputContainer, codec: str) -> av.AudioStream:
    stream = container.add_stream(codec, rate=48_000)
    assert isinstance(stream, av.AudioStream)
    return stream


def _write_tone(container: OutputContainer, stream: av.AudioStream, seconds: float) -> None:
    size = stream.codec_context.frame_size or 1_024
    for start in range(0, round(seconds * 48_000), size):
        wave = np.sin(2 * np.pi * 440 * (start + np.arange(size)) / 48_000) * 8_000
        frame = av.AudioFrame.from_ndarray(wave.astype(np.int16)[np.newaxis], format="s16", layout="mono")
        frame.sample_rate, frame.pts = 48_000, start
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def _picture(seed: int, size: tuple[int, int]) -> Frame:
    random = np.random.default_rng(seed)
    coarse = Image.fromarray(random.integers(20, 235, (size[1] // 30 + 2, size[0] // 30 + 2, 3), dtype=np.uint8))
    return np.asarray(coarse.resize(size, Image.Resampling.BICUBIC))


def hdr_film(path: Path, coded: list[tuple[float, float, float]], transfer: str) -> Path:
    """A second of upright stripes in BT.2020, of R'G'B' values from 0 to 1 as the curve ``transfer`` codes them."""
    stripe = np.repeat(np.array(coded), 320 // len(coded), axis=0)
    picture = np.broadcast_to(np.round(stripe * 65_535), (240, 320, 3)).astype(np.uint16)
    named = f"log-level=none:qp=4:transfer={transfer}:colorprim=bt2020:colormatrix=bt2020nc"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx265", rate=RATE, options={"x265-params": named})
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p10le"
        for number in range(RATE):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb48le")
            frame = frame.reformat(format="yuv420p10le", dst_colorspace="BT2020")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
