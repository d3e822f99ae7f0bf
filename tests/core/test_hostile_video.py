"""Videos that mean harm, or were harmed: each is read within bounds, or refused with a reason."""

import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from gallerynet.core.errors import PayloadTooLarge, UnsupportedMedia
from gallerynet.core.ingest.formats import recognise
from gallerynet.core.ingest.workers import DecodeWorkers
from gallerynet.core.video.decode import DecodedVideo, decode_video
from gallerynet.core.video.transcode import make_preview
from tests.clips import film, plain, scene

Refusal = (UnsupportedMedia, PayloadTooLarge)


@pytest.fixture(scope="module")
def workers() -> Iterator[DecodeWorkers]:
    started = DecodeWorkers(1)
    yield started
    started.close()


def read(workers: DecodeWorkers, path: Path) -> DecodedVideo:
    known = recognise(path, path.name)
    return workers.run(decode_video, path, known.name, known.mime_type, path.parent)


PLAYLISTS = {
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{}\n#EXT-X-ENDLIST\n",
    "concat": "ffconcat version 1.0\nfile '{}'\n",
    "dash": "<?xml version='1.0'?><MPD><Period><AdaptationSet><BaseURL>{}</BaseURL></AdaptationSet></Period></MPD>",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\na={}\n",
}


@pytest.mark.parametrize("kind", PLAYLISTS)
def test_a_playlist_under_a_video_s_name_leads_nowhere(tmp_path: Path, kind: str) -> None:
    secret = film(tmp_path / "secret.mp4", scene(1, 1))
    evil = tmp_path / "evil.mp4"
    evil.write_text(PLAYLISTS[kind].format(secret))
    with pytest.raises(UnsupportedMedia, match="no picture or video"):
        recognise(evil, evil.name)
    for demuxer in ("mov", "matroska", "avi", "mpegts"):
        with pytest.raises(UnsupportedMedia):
            decode_video(evil, demuxer, "video/mp4", tmp_path)
    assert not (tmp_path / "large.jpg").exists()


def atoms(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The atoms of an MP4, or of one of its atoms that hold others: kind, body."""
    place = 0
    while place < len(content):
        size, kind = struct.unpack(">I4s", content[place : place + 8])
        yield kind, content[place + 8 : place + size]
        place += size


def with_reference(content: bytes, reference: bytes) -> bytes:
    """The same MP4, the entry of its data references replaced."""
    parts = []
    for kind, body in atoms(content):
        if kind in (b"moov", b"trak", b"mdia", b"minf", b"dinf"):
            body = with_reference(body, reference)
        elif kind == b"dref":
            body = body[:8] + reference
        parts.append(struct.pack(">I4s", 8 + len(body), kind) + body)
    return b"".join(parts)


def test_a_movie_that_refers_to_another_file_does_not_read_it(workers: DecodeWorkers, tmp_path: Path) -> None:
    """QuickTime may keep its frames elsewhere, by an alias with an absolute path."""
    secret = film(tmp_path / "secret.mp4", scene(7, 2))
    name = str(secret).encode()
    alias = bytes(10) + bytes([1]) + b"/".ljust(27, b"\0") + bytes(12) + bytes([10]) + b"secret.mp4".ljust(63, b"\0")
    alias += bytes(16) + struct.pack(">HH", 1, 1) + bytes(16)
    alias += struct.pack(">HH", 2, len(name)) + name + bytes(len(name) % 2) + struct.pack(">HH", 0xFFFF, 0)
    reference = struct.pack(">I4sI", 12 + len(alias), b"alis", 0) + alias
    own = film(tmp_path / "own.mov", plain(60, 2))
    evil = tmp_path / "evil.mov"
    evil.write_bytes(with_reference(own.read_bytes(), reference))
    with suppress(UnsupportedMedia):
        read(workers, evil)
        with Image.open(tmp_path / "large.jpg") as large:
            assert np.asarray(large).std() < 3


def test_a_frame_that_claims_to_be_enormous_is_not_decoded(workers: DecodeWorkers, tmp_path: Path) -> None:
    path = film(tmp_path / "a.webm", scene(1, 1), codec="libvpx", deadline="realtime")
    content = path.read_bytes()
    small = b"\x9d\x01\x2a" + struct.pack("<HH", 320, 240)
    assert small in content
    path.write_bytes(content.replace(small, b"\x9d\x01\x2a" + struct.pack("<HH", 16_383, 16_383)))
    with pytest.raises(Refusal):
        read(workers, path)


def test_a_header_that_lies_about_the_size_is_not_believed(workers: DecodeWorkers, tmp_path: Path) -> None:
    path = film(tmp_path / "a.avi", scene(1, 1), codec="mpeg4")
    content = path.read_bytes()
    place = content.index(b"strf") + 8 + 4
    path.write_bytes(content[:place] + struct.pack("<ii", 20_000, 20_000) + content[place + 8 :])
    video = read(workers, path)
    assert (video.width, video.height) == (320, 240)


def test_a_length_that_is_a_lie_is_found_out(workers: DecodeWorkers, tmp_path: Path) -> None:
    path = film(tmp_path / "a.avi", scene(1, 5), codec="mpeg4")
    content = bytearray(path.read_bytes())
    for header, offset in ((b"avih", 8 + 16), (b"strh", 8 + 32)):
        place = content.index(header) + offset
        content[place : place + 4] = struct.pack("<I", 25 * 60 * 60 * 24)
    path.write_bytes(content)
    assert read(workers, path).duration == pytest.approx(5, abs=0.2)


def test_a_stream_without_length_or_index_is_measured(workers: DecodeWorkers, tmp_path: Path) -> None:
    with av.open(str(tmp_path / "live.webm"), "w", options={"live": "1"}) as container:
        stream = container.add_stream("libvpx", rate=25, options={"deadline": "realtime"})
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for frame in scene(1, 5):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")))
        container.mux(stream.encode(None))
    video = read(workers, tmp_path / "live.webm")
    assert video.duration == pytest.approx(5, abs=0.2)
    assert len(video.network_input) >= 2


def test_an_index_that_lies_costs_frames_and_nothing_else(workers: DecodeWorkers, tmp_path: Path) -> None:
    content = film(tmp_path / "a.mp4", scene(1, 5), g="12").read_bytes()
    for table, width in ((b"stco", 4), (b"stss", 4), (b"stts", 8), (b"stsz", 4), (b"ctts", 8)):
        for value in (0, 0x7FFFFFFF, 0xFFFFFFFF):
            changed = bytearray(content)
            place = content.index(table) + 12
            changed[place : place + 2 * width] = struct.pack(">I", value) * (width // 2)
            path = tmp_path / "b.mp4"
            path.write_bytes(changed)
            with suppress(*Refusal):
                assert read(workers, path).duration < 8 * 24 * 60 * 60


def test_a_picture_that_changes_its_size_is_read(workers: DecodeWorkers, tmp_path: Path) -> None:
    """Transport streams may be joined end to end."""
    parts = [
        film(tmp_path / f"{number}.ts", scene(number, 2, size), format_name="mpegts").read_bytes()
        for number, size in enumerate([(320, 240), (640, 360), (160, 120)])
    ]
    path = tmp_path / "a.mts"
    path.write_bytes(b"".join(parts))
    video = read(workers, path)
    assert (video.width, video.height) in {(320, 240), (640, 360), (160, 120)}
    make_preview(path, "mpegts", tmp_path / "preview.mp4", lambda _: None)
    assert (tmp_path / "preview.mp4").stat().st_size > 0


def test_attachments_and_data_are_left_alone(workers: DecodeWorkers, tmp_path: Path) -> None:
    path = tmp_path / "a.mkv"
    with av.open(str(path), "w") as container:
        for number in range(5):
            container.add_attachment(f"../../../tmp/evil{number}.sh", "application/x-sh", b"#!/bin/sh\n" * 1_000)
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for frame in scene(1, 2):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")))
        container.mux(stream.encode(None))
    assert read(workers, path).width == 320
    assert sorted(found.name for found in tmp_path.iterdir()) == ["a.mkv", "large.jpg", "small.jpg", "square.jpg"]


def test_what_lies_far_from_any_keyframe_is_not_decoded_for(workers: DecodeWorkers, tmp_path: Path) -> None:
    """A few bytes a frame and one keyframe in half an hour: decoding to its end would take the worker's minute."""
    path = film(tmp_path / "a.mp4", plain(90, 1_800, (64, 64)), g="99999", preset="ultrafast")
    video = read(workers, path)
    assert video.duration == pytest.approx(1_800, abs=1)


def test_a_file_of_zeros_behind_a_header_is_refused(workers: DecodeWorkers, tmp_path: Path) -> None:
    for name, header in (
        ("a.mp4", b"\0\0\0\x18ftypisom\0\0\0\0isommp42"),
        ("a.avi", b"RIFF\xff\xff\xff\x7fAVI LIST"),
        ("a.mkv", b"\x1aE\xdf\xa3\x93\x42\x82\x88matroska"),
        ("a.mts", b"\x47" + bytes(187)),
    ):
        path = tmp_path / name
        path.write_bytes(header + bytes(100_000) if name != "a.mts" else header * 500)
        with pytest.raises(Refusal):
            read(workers, path)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mp4", {"sound": "aac"}),
        ("a.avi", {"codec": "mpeg4", "sound": "mp2"}),
        ("b.avi", {"codec": "mjpeg", "pixels": "yuvj420p"}),
        ("a.webm", {"codec": "libvpx-vp9", "deadline": "realtime"}),
        ("a.mkv", {"codec": "libx265", "x265-params": "log-level=none"}),
        ("a.mts", {"format_name": "mpegts", "codec": "mpeg2video"}),
    ],
)
def test_damaged_files_are_read_or_refused(
    workers: DecodeWorkers, tmp_path: Path, name: str, options: dict[str, Any]
) -> None:
    """Anything but a refusal with a reason fails; so does a worker that cannot go on."""
    whole = film(tmp_path / name, scene(1, 1, (96, 64)), **options).read_bytes()
    random = np.random.default_rng(len(whole))
    path = tmp_path / f"damaged{Path(name).suffix}"
    read_at_all = 0
    for number in range(60):
        damaged = bytearray(whole)
        if number % 3 == 0:
            del damaged[int(random.integers(16, len(whole))) :]
        else:
            # Every other time in the first kilobyte or the last, where headers and indexes are.
            low, high = [(16, len(whole)), (16, 1_024), (len(whole) - 2_048, len(whole))][number % 3]
            for place in random.integers(max(16, low), high, 1 + number // 2):
                damaged[place] ^= 1 << int(random.integers(8))
        path.write_bytes(damaged)
        with suppress(*Refusal):
            read(workers, path)
            read_at_all += 1
    assert read_at_all > 0
    (tmp_path / name).write_bytes(whole)
    assert read(workers, tmp_path / name).width == 96
