"""Reading a video of one hour (1080p30, keyframes up to 8 s apart) by seeking, against the bare work: the same seeks
and one decoded frame after each. And how long previews take to make."""

import tempfile
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks._tools import interleaved, table
from gallerynet.core.video.container import open_video
from gallerynet.core.video.decode import decode_video
from gallerynet.core.video.frames import representative_frames
from gallerynet.core.video.reader import duration
from gallerynet.core.video.sampling import DECODER_OPTIONS, read_signature
from gallerynet.core.video.transcode import make_preview

SIZE = (1920, 1080)
SECONDS = 60
TIMES = 60
ROUNDS = 5


def run() -> None:
    with tempfile.TemporaryDirectory(prefix="gallerynet-bench-") as name:
        folder = Path(name)
        minute = film(folder / "minute.mp4", "libx264", {"preset": "veryfast", "crf": "23"})
        hour = repeated(minute, folder / "hour.mp4", TIMES)
        _reading(hour, folder)
        _previews(folder)


def _reading(hour: Path, folder: Path) -> None:
    with open_video(hour, "mov") as clip:
        places = [frame.seconds for frame in representative_frames(clip, duration(clip), 1_600)]

    def bare() -> None:
        with av.open(str(hour)) as container:
            stream = container.streams.video[0]
            stream.codec_context.thread_count = 1
            for seconds in places:
                container.seek(round(seconds * av.time_base))
                next(container.decode(stream)).reformat(1_600, 900, "rgb24", threads=1)

    def frames() -> None:
        with open_video(hour, "mov") as clip:
            representative_frames(clip, duration(clip), 1_600)

    def signature() -> None:
        with open_video(hour, "mov", DECODER_OPTIONS) as clip:
            read_signature(clip, SECONDS * TIMES)

    def whole() -> None:
        decode_video(hour, "mov", "video/mp4", folder)

    times = interleaved(ROUNDS, bare=bare, frames=frames, signature=signature, whole=whole)
    rows = [(what, times[key], times[key] / times["bare"]) for what, key in READING]
    table([f"one hour, {hour.stat().st_size / 2**20:.0f} MiB", "s", "to the bare seeks"], rows)


READING = (
    ("five seeks and frames, bare", "bare"),
    ("length and representative frames", "frames"),
    ("signature", "signature"),
    ("all of it, thumbnails written", "whole"),
)


def _previews(folder: Path) -> None:
    rows = []
    for name, codec, options in (
        ("h264.mkv", "libx264", {"preset": "veryfast"}),
        ("mpeg4.avi", "mpeg4", {"qscale": "4"}),
        ("hevc.mp4", "libx265", {"preset": "ultrafast", "x265-params": "log-level=none"}),
    ):
        source = film(folder / name, codec, options, seconds=10)
        demuxer = {".mkv": "matroska", ".avi": "avi"}.get(source.suffix, "mov")
        start = time.perf_counter()
        make_preview(source, demuxer, folder / "preview.mp4", lambda _: None)
        rows.append((name, 10 / (time.perf_counter() - start)))
    print()
    table(["preview of 10 s, 1080p", "times as fast as it plays"], rows)


def film(path: Path, codec: str, options: dict[str, str], seconds: int = SECONDS) -> Path:
    """A camera that moves over a coarse picture, with a sensor's noise."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=30, options=options)
        if not isinstance(stream, av.VideoStream):
            raise TypeError(f"{codec} encodes no video.")
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        for pixels in _moving(seconds * 30):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode(None))
    return path


def _moving(count: int) -> Iterator[NDArray[np.uint8]]:
    width, height = SIZE
    random = np.random.default_rng(1)
    coarse = Image.fromarray(random.integers(0, 255, (60, 100, 3), dtype=np.uint8))
    wide = np.asarray(coarse.resize((2 * width, 2 * height), Image.Resampling.BICUBIC)).astype(np.int16)
    noise = random.normal(0, 3, (height + 64, width + 64, 1)).astype(np.int16)
    for number in range(count):
        left, top = int(width / 2 * (1 + np.sin(number / 210))), int(height / 2 * (1 + np.cos(number / 270)))
        across, down = random.integers(0, 64, 2)
        grain = noise[down : down + height, across : across + width]
        yield (wide[top : top + height, left : left + width] + grain).clip(0, 255).astype(np.uint8)


def repeated(source: Path, target: Path, times: int) -> Path:
    """The same packets again and again: an hour without the hour that encoding it would take."""
    with av.open(str(source)) as container, av.open(str(target), "w") as output:
        stream = container.streams.video[0]
        copy = output.add_stream_from_template(stream)
        packets = [packet for packet in container.demux(stream) if packet.size]
        span = max((packet.pts or 0) + (packet.duration or 0) for packet in packets)
        for number in range(times):
            for packet in packets:
                again = av.Packet(bytes(packet))
                again.pts = (packet.pts or 0) + number * span
                again.dts = (packet.dts or 0) + number * span
                again.duration, again.is_keyframe = packet.duration, packet.is_keyframe
                again.time_base = stream.time_base or Fraction(1, 15_360)
                again.stream = copy
                output.mux(again)
    return target
