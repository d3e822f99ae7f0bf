"""What browsers play as it is, and how to come by something that they do."""

from dataclasses import dataclass

from av.audio.stream import AudioStream

from gallerynet.core.video.container import AUDIO_DECODERS, Clip

EIGHT_BITS = frozenset({"yuv420p", "yuvj420p"})
PROGRESSIVE = (0, 1)  # AVFieldOrder: unknown, progressive
MP4_VIDEO = frozenset({"h264", "vp9", "libdav1d", "av1"})
MP4_AUDIO = frozenset({"aac", "mp3", "mp3float"})
WEBM_VIDEO = frozenset({"vp8", "vp9", "libdav1d", "av1"})
WEBM_AUDIO = frozenset({"opus", "libopus", "vorbis"})


@dataclass(frozen=True)
class Plan:
    """How an MP4 that browsers play is made: what is copied as it is, what is encoded anew; no sound if None."""

    copies_video: bool
    sound: AudioStream | None
    copies_sound: bool


def plays_in_browsers(clip: Clip, mime_type: str) -> bool:
    """Whether current Chrome, Firefox and Safari play it. HEVC is left out: it depends on the machine's hardware."""
    video, sound = _decoder(clip), [stream.codec_context for stream in clip.container.streams.audio]
    sounds = {"unknown" if context is None else context.name for context in sound}
    if mime_type == "video/webm":
        return video in WEBM_VIDEO and sounds <= WEBM_AUDIO
    is_mp4 = clip.container.format.name.startswith("mov")
    return is_mp4 and video in MP4_VIDEO and _is_simple(clip) and sounds <= MP4_AUDIO


def preview_plan(clip: Clip) -> Plan:
    # AVI has no presentation times, which cannot be made up for frames that are copied.
    copies = _decoder(clip) in MP4_VIDEO and _is_simple(clip) and clip.container.format.name != "avi"
    readable = [
        stream
        for stream in clip.container.streams.audio
        if stream.codec_context is not None and stream.codec_context.name in AUDIO_DECODERS
    ]
    sound = readable[0] if readable else None
    return Plan(copies, sound, sound is not None and sound.codec_context.name in MP4_AUDIO)


def is_interlaced(clip: Clip) -> bool:
    """Whether a frame is two half pictures, one line from each in turn."""
    return clip.stream.codec_context.field_order not in PROGRESSIVE


def _is_simple(clip: Clip) -> bool:
    """Eight bits, colours at half resolution, whole frames."""
    return clip.stream.codec_context.pix_fmt in EIGHT_BITS and not is_interlaced(clip)


def _decoder(clip: Clip) -> str:
    return clip.stream.codec_context.name
