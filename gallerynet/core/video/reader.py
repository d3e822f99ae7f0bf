"""Frames at wanted times, by seeking; bounded in what it decodes, whatever the file claims."""

from collections import deque
from collections.abc import Iterator

import av
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from gallerynet.core.video.container import MAX_PIXELS, Clip, oriented, plausible

FULL_HD = 1_920 * 1_080
MAX_BAD_PACKETS = 200
MAX_TAIL_PACKETS = 20_000  # of a last stretch without keyframes
LAST_RESORT_PACKETS = 2_000_000  # of a file that tells its length nowhere, read and not decoded


class FrameReader:
    """Hands out frames of a clip; ``budget`` is how many packets it may decode in all, fewer if they are larger."""

    def __init__(self, clip: Clip, budget: int) -> None:
        self._clip = clip
        self._budget = round(budget * min(1.0, FULL_HD / max(1, clip.stream.width * clip.stream.height)))
        self._bad = 0
        self._packets: Iterator[Packet[VideoStream]] | None = None
        self._decoded: deque[VideoFrame] = deque()
        self._position = -1.0
        self._turn: tuple[Image.Transpose | None] | None = None
        # A transport stream has no index of keyframes: one sought in its midst begins with the next.
        self._steps_back = (0, 1, 4, 16) if clip.container.format.name == "mpegts" else (0,)

    def at(self, seconds: float, early: float) -> VideoFrame | None:
        """The first frame not more than ``early`` seconds before that time; None behind the end."""
        if self._is_shortly_before(seconds):
            return self._onward(seconds - early)
        frame = None
        for back in self._steps_back:
            self._seek(seconds - back)
            frame = self._onward(seconds - early)
            if frame is not None and self.time(frame) <= seconds + early:
                break
        return frame

    def next(self) -> VideoFrame | None:
        """The frame that follows; None at the end, and once the budget is spent."""
        while not self._decoded and self._budget > 0 and self._bad <= MAX_BAD_PACKETS:
            if self._packets is None:
                self._packets = self._clip.container.demux(self._clip.stream)
            try:
                frames = self._clip.stream.decode(next(self._packets))
            except (StopIteration, EOFError):
                break
            except (av.FFmpegError, LookupError):  # PyAV stumbles over streams that come up midway
                self._bad += 1
                continue
            self._budget -= 1
            self._decoded.extend(frame for frame in frames if frame.width * frame.height <= MAX_PIXELS)
        if not self._decoded:
            self._packets = None
            return None
        frame = self._decoded.popleft()
        self._position = self.time(frame)
        return frame

    def time(self, frame: VideoFrame) -> float:
        return self._position if frame.pts is None else self._clip.seconds(frame.pts)

    def turn(self, frame: VideoFrame) -> Image.Transpose | None:
        """How frames of the clip are turned and mirrored to stand as they are shown.

        Asked of the first frame alone: one that has been asked is kept in memory until Python looks for cycles.
        """
        if self._turn is None:
            self._turn = (oriented(frame),)
        return self._turn[0]

    def _onward(self, seconds: float) -> VideoFrame | None:
        while (frame := self.next()) is not None and self.time(frame) < seconds:
            pass
        return frame

    def _is_shortly_before(self, seconds: float) -> bool:
        """Whether decoding on is less than seeking back to the keyframe before that time."""
        if self._packets is None or self._position > seconds:
            return False
        key = self._keyframe_before(seconds)
        return seconds - self._position < 0.5 if key is None else key <= self._position

    def _keyframe_before(self, seconds: float) -> float | None:
        """By the file's index, where it has one."""
        entries = self._clip.stream.index_entries
        place = entries.search_timestamp(self._clip.ticks(seconds)) if len(entries) else -1
        return None if place < 0 else self._clip.seconds(entries[place].timestamp)

    def _seek(self, seconds: float) -> None:
        self._packets = None
        self._decoded.clear()
        if not self._clip.seek(seconds):
            self._bad += 1  # what follows is read on


def duration(clip: Clip) -> float:
    """Seconds, to the end of the last frame. What the file claims is held against what can be found at its end."""
    claims = ((clip.container.duration or 0) / av.time_base, float((clip.stream.duration or 0) * clip.time_base))
    claimed = max((claim for claim in claims if plausible(claim)), default=None)
    if claimed is None:
        return _end(clip, LAST_RESORT_PACKETS)[0]
    clip.seek(claimed)
    found, is_end = _end(clip, MAX_TAIL_PACKETS)
    # Sound may go on behind the last frame; half the claim missing is a lie.
    return found if is_end and found < claimed / 2 else claimed


def _end(clip: Clip, packets: int) -> tuple[float, bool]:
    """How far the frames go, read on from here, and whether that is all of them."""
    last = 0.0
    stream = clip.container.demux(clip.stream)
    for _ in range(packets):
        try:
            packet = next(stream)
        except (StopIteration, av.FFmpegError, LookupError):
            return last, True
        if packet.pts is not None:
            end = clip.seconds(packet.pts + (packet.duration or 0))
            last = max(last, end) if plausible(end) else last
    return last, False
