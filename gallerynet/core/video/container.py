"""Opening a video so that it reaches nothing but itself.

The demuxer is the one that the file's first bytes show, whatever the name says; it is handed an open file and may open
no other, so a playlist, a reference movie or a segment list leads nowhere. Decoders come from a list.
"""

import errno
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Never

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from gallerynet.core.errors import GalleryError, PayloadTooLarge, Unavailable, UnsupportedMedia

# What cameras, phones and the usual programs write. Everything else that FFmpeg knows is attack surface.
VIDEO_DECODERS = frozenset[str]().union(
    ("h264", "hevc", "vp8", "vp9", "libdav1d", "av1", "mpeg4", "msmpeg4", "msmpeg4v2", "mpeg1video", "mpeg2video"),
    ("h263", "mjpeg", "prores", "dnxhd", "dvvideo"),
)
AUDIO_DECODERS = frozenset[str]().union(
    ("aac", "mp2", "mp2float", "mp3", "mp3float", "ac3", "eac3", "opus", "libopus", "vorbis", "flac", "alac"),
    ("amrnb", "amrwb", "libopencore_amrnb", "libopencore_amrwb", "adpcm_ima_qt", "adpcm_ima_wav", "adpcm_ms"),
    ("pcm_alaw", "pcm_mulaw", "pcm_bluray", "pcm_dvd", "pcm_u8", "pcm_s8", "pcm_s16le", "pcm_s16be", "pcm_s24le"),
    ("pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_f32le", "pcm_f32be"),
)
UNSPECIFIED = 2  # AVColorSpace
MAX_STREAMS = 100
MAX_PIXELS = 50_000_000  # of a frame; 8K has 33 million
MAX_SECONDS = 7 * 24 * 60 * 60.0
BUFFER_BYTES = 2**18

# Text that is no UTF-8 costs nothing but itself; from version 19 on PyAV sees to that by itself.
_TOLERANT: dict[str, Any] = {"metadata_errors": "replace"} if int(av.__version__.split(".")[0]) < 19 else {}

_DAMAGED = "The video is damaged: {}. Is the copy complete?"


@dataclass(frozen=True)
class Clip:
    """An open video and the stream of it that is shown."""

    container: InputContainer
    stream: VideoStream
    start: float  # seconds, of the first frame: other times are counted from here

    def ticks(self, seconds: float) -> int:
        """A time of ours as the stream counts it."""
        return round((self.start + seconds) / self.time_base)

    def seek(self, seconds: float) -> bool:
        """Goes to the keyframe before that time; False where the file cannot be sought in."""
        # Well before the first frame, which is decoded before it is shown; AVI knows no such time.
        for ticks in [self.ticks(seconds)] if seconds > 0 else [self.ticks(-10), self.ticks(0)]:
            with suppress(av.FFmpegError):
                self.container.seek(ticks, stream=self.stream)
                return True
        return False

    def seconds(self, ticks: int) -> float:
        return float(ticks * self.time_base) - self.start

    @property
    def time_base(self) -> Fraction:
        return self.stream.time_base or Fraction(1, 1000)

    @property
    def pixel_shape(self) -> Fraction:
        """A pixel's width by its height; 1 where the file says nothing, or nothing sensible."""
        ratio = self.stream.sample_aspect_ratio
        return ratio if ratio and Fraction(1, 8) <= ratio <= 8 else Fraction(1)


@contextmanager
def open_video(path: Path, demuxer: str, decoder_options: Mapping[str, str] | None = None) -> Iterator[Clip]:
    """The video at ``path``, which is of the format ``demuxer``; what goes wrong with it inside the block as well
    raises UnsupportedMedia in words for the user, PayloadTooLarge, or Unavailable where the disk is full."""
    try:
        with path.open("rb") as file, _open(file, demuxer) as container:
            stream = _shown_stream(container)
            stream.codec_context.options = {"max_pixels": str(MAX_PIXELS), **(decoder_options or {})}
            stream.codec_context.thread_count = 1  # workers are as many as cores already
            for other in container.streams:
                if other.index != stream.index:
                    other.discard = av.stream.Discard.all
            first = stream.start_time
            yield Clip(container, stream, float(first * stream.time_base) if first and stream.time_base else 0.0)
    except GalleryError:
        raise
    except MemoryError as error:
        raise PayloadTooLarge("The video needs more memory than one may take. Make it smaller first.") from error
    except (av.FFmpegError, ValueError, ArithmeticError, LookupError) as error:
        if isinstance(error, av.FFmpegError) and error.errno == errno.ENOSPC:
            raise Unavailable("The server's disk is full. Make room, then try again.") from error
        raise UnsupportedMedia(_DAMAGED.format("it cannot be decoded")) from error


def oriented(frame: VideoFrame) -> Image.Transpose | None:
    """How a decoded frame is to be turned and mirrored to stand as it is shown."""
    matrix = display_matrix(frame)
    if matrix is None:
        return None
    right_and_down = (matrix[0], matrix[1], matrix[3], matrix[4])
    a, b, c, d = (int(np.sign(value)) if abs(value) > 2**15 else 0 for value in right_and_down)
    return _TURNS.get((a, b, c, d))


def display_matrix(frame: VideoFrame) -> list[int] | None:
    """Nine numbers, row by row; those that turn are 16.16 fixed point."""
    found: Any = frame.side_data.get("DISPLAYMATRIX")
    values = np.frombuffer(b"" if found is None else bytes(found), dtype="<i4")
    return [int(value) for value in values] if len(values) == 9 else None


# By what becomes of a step to the right (x, y) and of a step down (x, y).
_TURNS = {
    (0, 1, -1, 0): Image.Transpose.ROTATE_270,
    (-1, 0, 0, -1): Image.Transpose.ROTATE_180,
    (0, -1, 1, 0): Image.Transpose.ROTATE_90,
    (-1, 0, 0, 1): Image.Transpose.FLIP_LEFT_RIGHT,
    (1, 0, 0, -1): Image.Transpose.FLIP_TOP_BOTTOM,
    (0, 1, 1, 0): Image.Transpose.TRANSPOSE,
    (0, -1, -1, 0): Image.Transpose.TRANSVERSE,
}
SIDEWAYS = frozenset(
    {Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270, Image.Transpose.TRANSPOSE, Image.Transpose.TRANSVERSE}
)


def shown_size(clip: Clip, frame: VideoFrame, turn: Image.Transpose | None) -> tuple[int, int]:
    """Width and height in square pixels, upright. A pixel that is not square is stretched, never squeezed."""
    shape = float(clip.pixel_shape)
    width, height = round(frame.width * max(1.0, shape)), round(frame.height * max(1.0, 1 / shape))
    return (height, width) if turn in SIDEWAYS else (width, height)


def scaled(frame: VideoFrame, width: int, height: int, pixels: str, interpolation: str = "AREA") -> VideoFrame:
    """The frame at that size, in the pixel format ``pixels``; without the threads that each would start and keep."""
    # Of high definition that does not name its colours, players take these to be meant.
    is_unnamed = pixels == "rgb24" and frame.colorspace == UNSPECIFIED and frame.height >= 720
    colours = "ITU709" if is_unnamed else None
    return frame.reformat(width, height, pixels, colours, interpolation=interpolation, threads=1)


def _open(file: Any, demuxer: str) -> InputContainer:
    options = {
        "protocol_whitelist": "none",
        "format_whitelist": demuxer,
        "codec_whitelist": ",".join(sorted(VIDEO_DECODERS | AUDIO_DECODERS)),
        "max_streams": str(MAX_STREAMS),
    }
    container: InputContainer = av.open(
        file,
        "r",
        format=demuxer,
        options=options,
        buffer_size=BUFFER_BYTES,
        io_open=_refuse,
        **_TOLERANT,
    )
    return container


def _refuse(url: str, flags: int, options: object) -> Never:  # noqa: ARG001 - PyAV's interface
    raise PermissionError("A video may open no other file.")


def _shown_stream(container: InputContainer) -> VideoStream:
    """The largest moving picture; covers of albums are none."""
    streams = [
        stream for stream in container.streams.video if not stream.disposition & av.stream.Disposition.attached_pic
    ]
    if not streams:
        raise UnsupportedMedia("There is no moving picture in this file. Is it a sound recording?")
    readable = [stream for stream in streams if _decoder(stream) in VIDEO_DECODERS]
    if not readable:
        name = _decoder(streams[0]) or "unknown to us"
        raise UnsupportedMedia(f"The video's codec ({name}) is not supported. Convert it to H.264 first.")
    stream = max(readable, key=lambda found: (found.width * found.height, -found.index))
    if stream.width * stream.height > MAX_PIXELS:
        raise PayloadTooLarge(
            f"The video has {stream.width} x {stream.height} pixels; up to {MAX_PIXELS // 1_000_000} megapixels are "
            "taken."
        )
    return stream


def _decoder(stream: VideoStream) -> str | None:
    context: Any = stream.codec_context  # there is none where FFmpeg has no decoder
    return None if context is None else context.name


def plausible(seconds: float) -> bool:
    return math.isfinite(seconds) and 0 < seconds <= MAX_SECONDS
