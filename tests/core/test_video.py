"""What is read of a video: its frames, size, length, date and place, in every container and codec."""

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from gallerynet.core.errors import UnsupportedMedia
from gallerynet.core.ingest.formats import recognise
from gallerynet.core.media.model import DateSource
from gallerynet.core.video.container import open_video
from gallerynet.core.video.decode import DecodedVideo, decode_video
from gallerynet.core.video.facts import recorded_at
from gallerynet.core.video.frames import representative_frames
from tests.clips import Frame, film, hdr_film, plain, scene, sound_only
from tests.pictures import SHARED

ENCODINGS: list[tuple[str, str, dict[str, Any]]] = [
    ("a.mp4", "video/mp4", {"sound": "aac"}),
    ("a.mov", "video/quicktime", {"codec": "prores_ks", "pixels": "yuv422p10le"}),
    ("a.m4v", "video/x-m4v", {}),
    ("a.3gp", "video/3gpp", {"codec": "mpeg4"}),
    ("a.avi", "video/x-msvideo", {"codec": "mpeg4", "sound": "mp2"}),
    ("c.avi", "video/x-msvideo", {"codec": "msmpeg4v2"}),
    ("b.avi", "video/x-msvideo", {"codec": "mjpeg", "pixels": "yuvj420p"}),
    ("a.mkv", "video/x-matroska", {"sound": "flac"}),
    ("b.mkv", "video/x-matroska", {"codec": "libx265", "x265-params": "log-level=none"}),
    ("a.webm", "video/webm", {"codec": "libvpx", "deadline": "realtime"}),
    ("b.webm", "video/webm", {"codec": "libvpx-vp9", "deadline": "realtime", "sound": "libopus"}),
    ("a.mts", "video/mp2t", {"format_name": "mpegts", "sound": "ac3"}),
    ("b.mts", "video/mp2t", {"format_name": "mpegts", "codec": "mpeg2video"}),
    ("c.m2ts", "video/mp2t", {"format_name": "mpegts", "mpegts_m2ts_mode": "1"}),
]


def read(path: Path) -> DecodedVideo:
    known = recognise(path, path.name)
    return decode_video(path, known.name, known.mime_type, path.parent)


@pytest.mark.parametrize(("name", "mime_type", "options"), ENCODINGS, ids=[name for name, _, _ in ENCODINGS])
def test_every_container_is_read(tmp_path: Path, name: str, mime_type: str, options: dict[str, Any]) -> None:
    path = film(tmp_path / name, scene(1, 5), **options)
    assert recognise(path, name).mime_type == mime_type
    video = read(path)
    assert (video.width, video.height) == (320, 240)
    assert video.duration == pytest.approx(5, abs=0.15)
    assert video.network_input.shape == (5, 224, 224, 3)
    assert [len(part) for part in video.perceptual_hash.split("|")] == [32] * 5
    with Image.open(tmp_path / "small.jpg") as small:
        found = np.asarray(small.convert("RGB"), dtype=int)
    differences = [np.abs(found - frame).mean() for frame in scene(1, 5)]
    assert min(differences) < 12


def test_frames_are_spread_over_the_whole_clip(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", scene(1, 30), g="25")
    with open_video(path, "mov") as clip:
        times = [frame.seconds for frame in representative_frames(clip, 30.0, 320)]
    for part, time in enumerate(times):
        assert part * 6 <= time < (part + 1) * 6


def test_one_keyframe_is_enough(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", scene(1, 20), g="9999", sc_threshold="0")
    with open_video(path, "mov") as clip:
        times = [frame.seconds for frame in representative_frames(clip, 20.0, 320)]
    assert len(times) == 5
    assert times[-1] > 14


def test_dark_and_blank_frames_are_left_out(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", chain(plain(0, 8), scene(1, 3), plain(255, 8)), g="12")
    with open_video(path, "mov") as clip:
        frames = representative_frames(clip, 19.0, 320)
    assert frames
    assert all(8 <= frame.seconds <= 11 for frame in frames)
    assert all(np.asarray(frame.image).std() > 15 for frame in frames)


def test_a_clip_of_nothing_but_darkness_is_still_a_video(tmp_path: Path) -> None:
    video = read(film(tmp_path / "a.mp4", plain(0, 4)))
    assert video.network_input.shape[0] == 1
    assert (video.width, video.height) == (320, 240)


def test_a_single_frame_is_a_video(tmp_path: Path) -> None:
    video = read(film(tmp_path / "a.mp4", scene(1, 1 / 25)))
    assert video.network_input.shape[0] == 1


def corners() -> list[Frame]:
    """A red, a green and a blue corner on grey: how a picture was turned can be told from it."""
    frame = np.full((120, 200, 3), 128, dtype=np.uint8)
    frame[:40, :60], frame[:40, -60:], frame[-40:, :60] = (220, 20, 20), (20, 200, 20), (20, 20, 220)
    return [frame] * 10


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_turned_clip_stands_upright(tmp_path: Path, angle: int) -> None:
    """``turned`` is what FFmpeg calls rotation: against the clock."""
    path = film(tmp_path / "a.mp4", corners(), turned=angle)
    video = read(path)
    assert (video.width, video.height) == ((120, 200) if angle in (90, 270) else (200, 120))
    expected = np.rot90(corners()[0], angle // 90).astype(int)
    with Image.open(tmp_path / "large.jpg") as large:
        assert np.abs(np.asarray(large, dtype=int) - expected).mean() < 12


def test_pixels_that_are_not_square_are_stretched(tmp_path: Path) -> None:
    wide = read(film(tmp_path / "a.mp4", scene(1, 1, (720, 576)), pixel_shape=Fraction(64, 45)))
    assert (wide.width, wide.height) == (1024, 576)
    tall = read(film(tmp_path / "b.mp4", scene(1, 1, (720, 480)), pixel_shape=Fraction(8, 9)))
    assert (tall.width, tall.height) == (720, 540)


@pytest.mark.parametrize(
    ("transfer", "white", "grey", "sun"), [("smpte2084", 0.58, 0.38, 0.75), ("arib-std-b67", 0.75, 0.38, 1.0)]
)
def test_high_dynamic_range_looks_as_it_was_meant(
    tmp_path: Path, transfer: str, white: float, grey: float, sun: float
) -> None:
    """Codes of white and of a grey card are those of ITU-R BT.2408; sRGB shows the card's 13 % of white as 101."""
    path = hdr_film(tmp_path / "hdr.mp4", [(white,) * 3, (grey,) * 3, (sun,) * 3, (0.6, 0.3, 0.3)], transfer)
    with open_video(path, "mov") as clip:
        (frame, *_) = representative_frames(clip, 1, 320)
    colours = np.asarray(frame.image)[120, 40::80].astype(int)
    assert colours[0] == pytest.approx([237] * 3, abs=3)  # room is left for what is brighter
    assert colours[1] == pytest.approx([101] * 3, abs=4)
    assert colours[2] == pytest.approx([255] * 3, abs=3)
    assert colours[3][0] > 180
    assert colours[3][1:].max() < 80  # pale where BT.2020's colours are taken for BT.709's


def test_a_sound_recording_is_no_video(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedMedia, match="no moving picture"):
        read(sound_only(tmp_path / "a.mp4"))


def test_what_the_container_says_is_kept(tmp_path: Path) -> None:
    written = {
        "com.apple.quicktime.creationdate": "2019-07-24T11:25:40+0300",
        "com.apple.quicktime.location.ISO6709": "+32.0929+034.8620+028.516/",
        "com.apple.quicktime.make": "Apple",
        "com.apple.quicktime.model": "iPhone 6",
        "creation_time": "2019-07-24T08:26:00Z",
    }
    metadata = read(film(tmp_path / "a.mov", scene(1, 1), metadata=written)).metadata
    assert metadata.dates[0] == (
        datetime(2019, 7, 24, 11, 25, 40, tzinfo=timezone(timedelta(hours=3))),
        DateSource.CONTAINER,
    )
    assert metadata.camera is not None
    assert (metadata.camera.make, metadata.camera.model) == ("Apple", "iPhone 6")
    assert metadata.location is not None
    assert (metadata.location.latitude, metadata.location.longitude) == (32.0929, 34.862)
    assert metadata.location.altitude == 28.516
    assert metadata.exif["Video Codec"].startswith("h264")


def test_text_that_is_no_text_costs_nothing_but_itself(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", scene(1, 1), metadata={"title": "ABCDEFGH", "artist": "someone"})
    path.write_bytes(path.read_bytes().replace(b"ABCDEFGH", b"\xff\xfe\xe4BC\x80\xffH"))
    exif = read(path).metadata.exif
    assert exif["Container artist"] == "someone"


def test_dates_with_zones_and_clocks_that_were_never_set() -> None:
    assert recorded_at("2024-02-29T12:00:00+0530") == datetime(
        2024, 2, 29, 12, tzinfo=timezone(timedelta(hours=5, minutes=30))
    )
    assert recorded_at("2024-02-29 12:00:00") == datetime(2024, 2, 29, 12, tzinfo=UTC)
    for never in ("1904-01-01T00:00:00.000000Z", "1970-01-01T00:00:00Z", "2001-01-01T00:00:00Z", "yesterday", ""):
        assert recorded_at(never) is None


@pytest.mark.skipif(not SHARED.is_dir(), reason="the samples lie beside the project only")
def test_the_samples_of_cameras_are_read(tmp_path: Path) -> None:
    for name, size, seconds, place in (
        ("with-gps.mov", (320, 568), 4.0, (32.0929, 34.862)),
        ("with-gps.mp4", (1920, 1080), 0.17, (51.4169, -0.0806)),
        ("100_0306.avi", (320, 240), 2.73, None),
        ("bottle-detection.mp4", (640, 360), 39.85, None),
    ):
        path = SHARED / "formats" / name
        known = recognise(path, name)
        video = decode_video(path, known.name, known.mime_type, tmp_path)
        assert (video.width, video.height) == size
        assert video.duration == pytest.approx(seconds, abs=0.05)
        found = video.metadata.location
        assert (found and (found.latitude, found.longitude)) == place
