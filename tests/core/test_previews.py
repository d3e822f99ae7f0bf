"""What browsers cannot play is made playable: in the background, one at a time, and again if it goes missing."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from gallerynet.core.errors import Unavailable
from gallerynet.core.ids import Id
from gallerynet.core.ingest.pipeline import Added
from gallerynet.core.ingest.receive import Receiver
from gallerynet.core.job_notes import Note, NoteCode
from gallerynet.core.jobs import Job, JobKind, JobState
from gallerynet.core.library import Library, LibraryPaths
from gallerynet.core.media.model import Media, PlaybackState
from gallerynet.core.media.rows import find
from gallerynet.core.video.container import open_video
from gallerynet.core.video.hdr import HLG
from gallerynet.core.video.playable import plays_in_browsers, preview_plan
from gallerynet.core.video.reader import duration
from gallerynet.core.video.transcode import make_preview
from tests.clips import film, hdr_film, scene
from tests.server import stored_files

SECONDS = 180


def add(library: Library, path: Path) -> Media:
    receiver = Receiver(library.storage, path.name)
    receiver.write(path.read_bytes())
    outcome = library.ingest.add(receiver.finish(), None, allow_near_duplicates=True)
    assert isinstance(outcome, Added), outcome
    return outcome.media


def item(library: Library, identity: Id) -> Media:
    with library.database.read() as connection:
        return find(connection, identity)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def jobs(library: Library) -> list[Job]:
    return [job for job in library.jobs.all() if job.kind is JobKind.VIDEO_PREVIEW]


def wait_for_jobs(library: Library) -> None:
    wait_for(lambda: all(job.is_finished for job in library.jobs.all()))


@pytest.mark.parametrize(
    ("name", "options", "is_copied"),
    [
        ("a.mkv", {"sound": "flac"}, True),
        ("a.mts", {"format_name": "mpegts", "sound": "ac3"}, True),
        ("a.mov", {"sound": "pcm_s16le"}, True),
        ("a.avi", {"codec": "mpeg4", "sound": "mp2"}, False),
        ("b.avi", {"codec": "mjpeg", "pixels": "yuvj422p"}, False),
        ("a.mp4", {"codec": "libx265", "x265-params": "log-level=none", "turned": 90}, False),
        ("b.mov", {"codec": "prores_ks", "pixels": "yuv422p10le"}, False),
        ("b.mts", {"format_name": "mpegts", "codec": "mpeg2video", "flags": "+ildct+ilme"}, False),
    ],
)
def test_a_preview_plays_and_lasts_as_long(tmp_path: Path, name: str, options: dict[str, Any], is_copied: bool) -> None:
    path = film(tmp_path / name, scene(1, 5), **options)
    demuxer = {".mkv": "matroska", ".mts": "mpegts", ".avi": "avi"}.get(path.suffix, "mov")
    with open_video(path, demuxer) as clip:
        assert not plays_in_browsers(clip, "video/mp4")
        assert preview_plan(clip).copies_video == is_copied
    preview = tmp_path / "preview.mp4"
    shares: list[float] = []
    make_preview(path, demuxer, preview, shares.append)
    with open_video(preview, "mov") as clip:
        assert plays_in_browsers(clip, "video/mp4")
        assert duration(clip) == pytest.approx(5, abs=0.15)
        assert clip.start == pytest.approx(0, abs=0.1)
        assert bool(clip.container.streams.audio) == ("sound" in options)
        clip.seek(0)
        frames = sum(1 for _ in clip.container.decode(clip.stream))
    assert frames == pytest.approx(125, abs=2)
    assert shares[-1] == pytest.approx(1, abs=0.1)
    content = preview.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_a_preview_says_which_colours_it_is_in(tmp_path: Path) -> None:
    path = hdr_film(tmp_path / "hdr.mp4", [(0.5, 0.4, 0.3)], "arib-std-b67")
    make_preview(path, "mov", tmp_path / "preview.mp4", lambda _: None)
    with open_video(tmp_path / "preview.mp4", "mov") as clip:
        (frame, *_) = clip.container.decode(clip.stream)
        assert (frame.color_primaries, frame.color_trc, frame.colorspace) == (9, HLG, 9)


def test_what_browsers_play_is_left_as_it_is(library: Library, tmp_path: Path) -> None:
    playable: list[tuple[str, dict[str, Any]]] = [
        ("a.mp4", {"sound": "aac"}),
        ("a.mov", {"sound": "aac"}),
        ("a.webm", {"codec": "libvpx-vp9", "sound": "libopus", "deadline": "realtime"}),
    ]
    for name, options in playable:
        added = add(library, film(tmp_path / name, scene(len(name), 2), **options))
        assert added.playback_state is PlaybackState.ORIGINAL
    assert jobs(library) == []


def test_a_preview_is_made_told_of_and_goes_with_its_item(library: Library, tmp_path: Path) -> None:
    added = add(library, film(tmp_path / "a.avi", scene(1, 3), codec="mpeg4"))
    assert added.playback_state is PlaybackState.WAITING
    wait_for_jobs(library)
    assert item(library, added.id).playback_state is PlaybackState.PREVIEW
    (job,) = jobs(library)
    assert (job.state, job.done, job.total) == (JobState.SUCCEEDED, 1, 1)
    preview = library.storage.preview(added.id)
    assert preview.exists()
    library.trash.delete([added.id], permanently=True)
    assert not preview.exists()
    assert stored_files(library.storage.thumbnails) == []


def test_a_preview_that_went_missing_is_made_again(library: Library, tmp_path: Path) -> None:
    added = add(library, film(tmp_path / "a.avi", scene(1, 2), codec="mpeg4"))
    wait_for_jobs(library)
    library.storage.preview(added.id).unlink()
    library.jobs.queue(JobKind.REPAIR)
    wait_for(lambda: len(jobs(library)) == 2)
    wait_for_jobs(library)
    assert item(library, added.id).playback_state is PlaybackState.PREVIEW
    assert library.storage.preview(added.id).exists()


def test_what_cannot_be_made_playable_says_why(library: Library, tmp_path: Path) -> None:
    library.jobs.register(JobKind.VIDEO_PREVIEW, lambda _: Note(NoteCode.AT_ITEM))  # the job itself comes below
    added = add(library, film(tmp_path / "a.avi", scene(1, 2), codec="mpeg4"))
    wait_for_jobs(library)
    library.storage.original(added.filename).write_bytes(b"RIFF\0\0\0\0AVI " + bytes(10_000))
    library.jobs.register(JobKind.VIDEO_PREVIEW, library.previews.make_all)
    library.previews.queue()
    wait_for_jobs(library)
    failed = item(library, added.id)
    assert failed.playback_state is PlaybackState.FAILED
    assert failed.processing_error is not None
    assert "playable" in failed.processing_error
    assert not library.storage.preview(added.id).exists()


def test_a_cancelled_job_leaves_no_process_and_no_file(library: Library, tmp_path: Path) -> None:
    added = add(library, film(tmp_path / "a.avi", scene(1, 20, (640, 480)), codec="mjpeg", pixels="yuvj420p"))
    wait_for(lambda: any(job.state is JobState.RUNNING and job.message for job in jobs(library)))
    before = children()
    assert library.jobs.cancel(jobs(library)[0].id).state is JobState.CANCELLED
    assert len(children()) == len(before) - 1
    assert item(library, added.id).playback_state is PlaybackState.WAITING
    assert not library.storage.preview(added.id).exists()
    assert not any(name.endswith(".mp4") for name in stored_files(library.storage.thumbnails))
    library.previews.queue()
    wait_for_jobs(library)
    assert item(library, added.id).playback_state is PlaybackState.PREVIEW


def test_a_restart_takes_up_what_was_interrupted(library_paths: LibraryPaths, tmp_path: Path) -> None:
    library = Library(library_paths, workers=1)
    added = add(library, film(tmp_path / "a.avi", scene(1, 20, (640, 480)), codec="mjpeg", pixels="yuvj420p"))
    wait_for(lambda: any(job.state is JobState.RUNNING and job.message for job in jobs(library)))
    library.close()
    again = Library(library_paths, workers=1)
    try:
        assert [job.state for job in jobs(again)] == [JobState.QUEUED]
        again.jobs.start()
        wait_for_jobs(again)
        assert item(again, added.id).playback_state is PlaybackState.PREVIEW
    finally:
        again.close()


def children() -> list[int]:
    """The processes that this one started and that still run."""
    found = []
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that has ended meanwhile
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


def test_a_full_disk_is_not_the_video_s_fault(tmp_path: Path) -> None:
    path = film(tmp_path / "a.avi", scene(1, 3), codec="mpeg4")
    with pytest.raises(Unavailable, match="full"):
        make_preview(path, "avi", Path("/dev/full"), lambda _: None)
