"""Making an MP4 that every browser plays: what can stay is copied, the rest is encoded as H.264 and AAC."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Protocol

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.filter import Graph
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame

from gallerynet.core.errors import UnsupportedMedia
from gallerynet.core.video.container import SIDEWAYS, Clip, display_matrix, open_video, scaled, shown_size
from gallerynet.core.video.playable import is_interlaced, preview_plan
from gallerynet.core.video.reader import FrameReader, duration

LONG_SIDE, SHORT_SIDE = 1_920, 1_080
FRAMES_BETWEEN_KEYS = 60  # what a player decodes in vain where its user jumps to
VIDEO_OPTIONS = {"preset": "veryfast", "crf": "23", "g": str(FRAMES_BETWEEN_KEYS)}
SOUND_RATE = 48_000
SOUND_BITS = 128_000  # a second
CLOCK = Fraction(1, 90_000)
MAX_UNDATED = 32  # packets; no codec reorders more
START_PACKETS = 500  # among which the first frame must be

# Told how much of the clip is done, 0..1.
Report = Callable[[float], None]


def make_preview(path: Path, demuxer: str, target: Path, report: Report) -> None:
    """Writes the preview of the video at ``path`` to ``target``, with its index in front.

    Raises UnsupportedMedia where the video cannot be decoded, and what ``report`` raises.
    """
    with open_video(path, demuxer) as clip:
        can_copy = preview_plan(clip).copies_video
    if can_copy:
        # Packets that the file format does not take are encoded anew after all.
        with suppress(UnsupportedMedia):
            _convert(path, demuxer, target, report, copies_video=True)
            return
    _convert(path, demuxer, target, report, copies_video=False)


class _Track(Protocol):
    """From packets of the source to packets of the preview."""

    def take(self, packet: "Packet[Stream]") -> "Iterator[Packet[Stream]]": ...

    def finish(self) -> "Iterator[Packet[Stream]]": ...


def _convert(path: Path, demuxer: str, target: Path, report: Report, copies_video: bool) -> None:
    with open_video(path, demuxer) as clip:
        seconds = duration(clip)
        plan = preview_plan(clip)
        options = {"movflags": "+faststart", "output_ts_offset": f"{-clip.start:f}"}
        with av.open(str(target.resolve()), "w", format="mp4", options=options) as output:
            tracks: dict[int, _Track] = {}
            tracks[clip.stream.index] = _Copy(output, clip.stream) if copies_video else _Video(output, clip)
            if plan.sound is not None:
                plan.sound.discard = av.stream.Discard.default
                sound = plan.sound
                tracks[sound.index] = _Copy(output, sound) if plan.copies_sound else _Sound(output, sound)
            clip.seek(0.0)
            for packet in clip.container.demux([clip.container.streams[index] for index in tracks]):
                if packet.stream.index == clip.stream.index and packet.pts is not None and seconds > 0:
                    report(min(1.0, max(0.0, clip.seconds(packet.pts) / seconds)))
                for made in tracks[packet.stream.index].take(packet):
                    output.mux(made)
            for track in tracks.values():
                for made in track.finish():
                    output.mux(made)


class _Copy:
    """Packets as they are."""

    def __init__(self, output: OutputContainer, source: Stream) -> None:
        self._stream = output.add_stream_from_template(source)
        self._undated: list[Packet[Stream]] = []

    def take(self, packet: "Packet[Stream]") -> "Iterator[Packet[Stream]]":
        """Matroska does not say when its first frames are decoded: just before the first of which it is known."""
        if packet.size == 0:
            return
        self._undated.append(packet)
        if packet.dts is None:
            if len(self._undated) > MAX_UNDATED:
                raise UnsupportedMedia("The times of the video's frames are damaged.")
            return
        for before, waiting in enumerate(reversed(self._undated)):
            waiting.dts = packet.dts - before
        for waiting in self._undated:
            waiting.stream = self._stream
            yield waiting
        self._undated.clear()

    def finish(self) -> "Iterator[Packet[Stream]]":
        yield from ()


class _Video:
    """H.264 in square pixels, no larger than Full HD, turned by its own display matrix as the source is."""

    def __init__(self, output: OutputContainer, clip: Clip) -> None:
        reader = FrameReader(clip, START_PACKETS)
        first = reader.at(0.0, early=float("inf"))
        if first is None:
            raise UnsupportedMedia("No frame of the video can be decoded. Is the copy complete?")
        self._source = clip.stream
        self._size = _preview_size(clip, reader, first)
        self._stream = output.add_stream("libx264", rate=_rate(clip), options=VIDEO_OPTIONS)
        self._stream.width, self._stream.height = self._size
        self._stream.pix_fmt = "yuv420p"
        self._stream.codec_context.time_base = CLOCK
        source, target = clip.stream.codec_context, self._stream.codec_context
        # Else players guess, and high dynamic range looks pale.
        for name in ("color_primaries", "color_trc", "colorspace"):
            setattr(target, name, getattr(source, name))
        matrix = display_matrix(first)
        if matrix is not None:
            self._stream.set_display_matrix(matrix)
        self._graph = _deinterlacer(clip) if is_interlaced(clip) else None
        self._last = -(2**62)

    def take(self, packet: "Packet[Stream]") -> "Iterator[Packet[Stream]]":
        try:
            frames = self._source.decode(packet)
        except av.FFmpegError:
            return  # a damaged stretch is left out
        for frame in frames:
            for whole in self._whole(frame):
                if whole.pts is None or whole.time_base is None:
                    continue
                pts = round(whole.pts * whole.time_base / CLOCK)
                if pts > self._last:  # the encoder takes no others
                    self._last = pts
                    picture = scaled(whole, *self._size, "yuv420p")
                    picture.pts, picture.time_base = pts, CLOCK
                    yield from self._stream.encode(picture)

    def finish(self) -> "Iterator[Packet[Stream]]":
        yield from self._stream.encode(None)

    def _whole(self, frame: VideoFrame) -> Iterator[VideoFrame]:
        if self._graph is None:
            yield frame
            return
        self._graph.vpush(frame)
        with suppress(av.BlockingIOError):
            while True:
                yield self._graph.vpull()


class _Sound:
    """AAC in mono or stereo."""

    def __init__(self, output: OutputContainer, source: AudioStream) -> None:
        self._source = source
        layout = "mono" if source.codec_context.channels == 1 else "stereo"
        self._stream = output.add_stream("aac", rate=SOUND_RATE, layout=layout)
        self._stream.bit_rate = SOUND_BITS

    def take(self, packet: "Packet[Stream]") -> "Iterator[Packet[Stream]]":
        with suppress(av.FFmpegError):  # a damaged stretch is silent
            for frame in self._source.decode(packet):
                yield from self._stream.encode(frame)

    def finish(self) -> "Iterator[Packet[Stream]]":
        yield from self._stream.encode(None)


def _preview_size(clip: Clip, reader: FrameReader, frame: VideoFrame) -> tuple[int, int]:
    """As the frames are stored, which may be sideways; even, as the codec wants."""
    turn = reader.turn(frame)
    width, height = shown_size(clip, frame, turn)
    if turn in SIDEWAYS:
        width, height = height, width
    scale = min(1.0, LONG_SIDE / max(width, height), SHORT_SIDE / min(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _rate(clip: Clip) -> Fraction:
    """Frames a second, for the encoder to reckon with; times are the source's own."""
    rate = clip.stream.average_rate
    return rate if rate and 1 <= rate <= 120 else Fraction(25)


def _deinterlacer(clip: Clip) -> Graph:
    graph = Graph()
    graph.link_nodes(graph.add_buffer(template=clip.stream), graph.add("yadif"), graph.add("buffersink")).configure()
    return graph
