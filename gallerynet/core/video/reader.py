"""Frames at wanted times, by seeking; bounded in what it decodes, whatever the file claims."""

from collections.abc import Iterator

import av
from av.video.frame import VideoFrame

from gallerynet.core.video.container import MAX_PIXELS, Clip, plausible

MAX_BAD_PACKETS = 200
MAX_TAIL_PACKETS = 20_000  # of a last stretch without keyframes
LAST_RESORT_PACKETS = 2_000_000  # of a file that tells its length nowhere, read and not decoded


class FrameReader:
    """Hands out frames of a clip; ``budget`` is how many it may decode in all."""

    def __init__(self, clip: Clip, budget: int) -> None:
        self._clip = clip
        self._budget = budget
        self._bad = 0
        self._frames: Iterator[VideoFrame] | None = None
        self._position = -1.0
        # A transport stream has no index of keyframes: one sought in its midst begins with the next.
        self._steps_back = (0, 1, 4, 16) if clip.container.format.name == "mpegts" else (0,)

    @property
    def is_exhausted(self) -> bool:
        return self._budget <= 0 or self._bad > MAX_BAD_PACKETS

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

    def _onward(self, seconds: float) -> VideoFrame | None:
        return next((frame for frame in self if self.time(frame) >= seconds), None)

    def __iter__(self) -> Iterator[VideoFrame]:
        """The frames from here on, as long as the budget lasts."""
        if self._frames is None:
            self._frames = self._decode()
        for frame in self._frames:
            self._position = self.time(frame)
            yield frame
        self._frames = None

    def time(self, frame: VideoFrame) -> float:
        return self._position if frame.pts is None else self._clip.seconds(frame.pts)

    def _is_shortly_before(self, seconds: float) -> bool:
        """Whether decoding on is less than seeking back to the keyframe before that time."""
        if self._frames is None or not self._position <= seconds:
            return False
        key = self._keyframe_before(seconds)
        return seconds - self._position < 0.5 if key is None else key <= self._position

    def _keyframe_before(self, seconds: float) -> float | None:
        """By the file's index, where it has one."""
        entries = self._clip.stream.index_entries
        place = entries.search_timestamp(self._clip.ticks(seconds)) if len(entries) else -1
        return None if place < 0 else self._clip.seconds(entries[place].timestamp)

    def _seek(self, seconds: float) -> None:
        self._frames = None
        try:
            self._clip.container.seek(self._clip.ticks(max(0.0, seconds)), stream=self._clip.stream)
        except av.FFmpegError:
            self._bad += 1  # where seeking fails, what follows is read on

    def _decode(self) -> Iterator[VideoFrame]:
        stream = self._clip.stream
        packets = self._clip.container.demux(stream)
        while not self.is_exhausted:
            try:
                packet = next(packets)
                frames = stream.decode(packet)
            except (StopIteration, EOFError):
                return
            except av.FFmpegError:
                self._bad += 1
                continue
            self._budget -= 1
            for frame in frames:
                if frame.width * frame.height <= MAX_PIXELS:
                    yield frame


def duration(clip: Clip) -> float:
    """Seconds, to the end of the last frame. What the file claims is held against what can be found at its end."""
    claims = (
        clip.container.duration and clip.container.duration / av.time_base,
        clip.stream.duration and float(clip.stream.duration * clip.time_base),
    )
    claimed = max((claim for claim in claims if plausible(claim)), default=None)
    if claimed is None:
        return _end(clip, LAST_RESORT_PACKETS)
    try:
        clip.container.seek(clip.ticks(claimed), stream=clip.stream)
        found = _end(clip, MAX_TAIL_PACKETS)
    except av.FFmpegError:
        found = 0.0
    # Sound may go on behind the last frame; half the claim missing is a lie.
    return claimed if found > claimed / 2 else found


def _end(clip: Clip, packets: int) -> float:
    """Where the frames end, read on from here."""
    last = 0.0
    stream = clip.container.demux(clip.stream)
    for _ in range(packets):
        try:
            packet = next(stream)
        except (StopIteration, av.FFmpegError):
            break
        if packet.pts is not None:
            end = clip.seconds(packet.pts + (packet.duration or 0))
            last = max(last, end) if plausible(end) else last
    return last
