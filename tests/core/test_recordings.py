"""The same recording is found again, another one is not."""

from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from gallerynet.core.ingest.formats import recognise
from gallerynet.core.ingest.pipeline import Added, Duplicate, Outcome
from gallerynet.core.ingest.receive import Receiver
from gallerynet.core.library import Library
from gallerynet.core.video.decode import decode_video
from gallerynet.core.video.signature import Signature, compare
from tests.clips import film, plain, scene, tripod

SECONDS = 20.0


def signature(path: Path) -> Signature:
    known = recognise(path, path.name)
    return Signature.from_bytes(decode_video(path, known.name, known.mime_type, path.parent).signature)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Signature:
    return signature(film(tmp_path_factory.mktemp("recording") / "a.mp4", scene(1, SECONDS)))


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("half.mp4", {"size": (160, 120)}),
        ("poor.mp4", {"crf": "40"}),
        ("slow.mp4", {"rate": 10}),
        ("fast.mp4", {"rate": 30}),
        ("long.mp4", {"g": "9999"}),
        ("a.webm", {"codec": "libvpx", "deadline": "realtime"}),
        ("a.avi", {"codec": "mpeg4", "sound": "mp2"}),
        ("a.mts", {"format_name": "mpegts", "sound": "ac3"}),
    ],
)
def test_encoded_anew_it_is_the_same(tmp_path: Path, recording: Signature, name: str, options: dict[str, Any]) -> None:
    frames = scene(1, SECONDS, rate=options.get("rate", 25))
    same = compare(recording, signature(film(tmp_path / name, frames, **options)))
    assert same is not None
    assert same.is_certain
    assert abs(same.shift) < 0.1


@pytest.mark.parametrize(("start", "end"), [(0.3, 0.0), (1.77, 0.0), (0.0, 2.0), (1.1, 0.9), (2.4, 0.0)])
def test_trimmed_a_little_it_is_the_same(tmp_path: Path, recording: Signature, start: float, end: float) -> None:
    trimmed = film(tmp_path / "a.mp4", scene(1, SECONDS - start - end, start=start), crf="30")
    same = compare(recording, signature(trimmed))
    assert same is not None
    assert same.shift == pytest.approx(start, abs=0.1)


def test_another_part_of_a_long_take_is_another_recording(tmp_path: Path, recording: Signature) -> None:
    assert compare(recording, signature(film(tmp_path / "a.mp4", scene(1, SECONDS, start=7)))) is None


def test_a_shared_black_start_is_nothing_shared(tmp_path: Path) -> None:
    one, other = (signature(film(tmp_path / f"{seed}.mp4", chain(plain(0, 8), scene(seed, 4)))) for seed in (3, 4))
    assert compare(one, other) is None


def test_nothing_but_black_tells_nothing(tmp_path: Path) -> None:
    one, other = (signature(film(tmp_path / f"{level}.mp4", plain(level, 4))) for level in (0, 1))
    assert compare(one, other) is None


def test_a_shared_opening_does_not_make_the_rest_the_same(tmp_path: Path) -> None:
    one, other = (signature(film(tmp_path / f"{seed}.mp4", chain(scene(9, 6), scene(seed, 6)))) for seed in (3, 4))
    assert compare(one, other) is None


def test_two_clips_of_one_scene_from_a_tripod_are_two(tmp_path: Path) -> None:
    one, other = (signature(film(tmp_path / f"{walk}.mp4", tripod(3, walk, 12))) for walk in (1, 2))
    again = signature(film(tmp_path / "again.mp4", tripod(3, 1, 12), size=(200, 150), crf="38"))
    assert compare(one, other) is None
    assert compare(one, again) is not None


def test_a_signature_survives_being_stored(recording: Signature) -> None:
    stored = Signature.from_bytes(recording.to_bytes())
    assert (stored.times == recording.times).all()
    assert (stored.frames == recording.frames).all()


def add(library: Library, path: Path, allow: bool = False) -> Outcome:
    receiver = Receiver(library.storage, path.name)
    receiver.write(path.read_bytes())
    return library.ingest.add(receiver.finish(), None, allow_near_duplicates=allow)


def test_uploads_of_one_recording_are_refused_or_named(library: Library, tmp_path: Path) -> None:
    first = add(library, film(tmp_path / "first.mp4", scene(1, 10)))
    assert isinstance(first, Added)
    smaller = film(tmp_path / "smaller.webm", scene(1, 10), codec="libvpx", size=(160, 120), deadline="realtime")
    refused = add(library, smaller)
    assert isinstance(refused, Duplicate)
    assert refused.existing.id == first.media.id
    trimmed = add(library, film(tmp_path / "trimmed.mp4", scene(1, 8.8, start=1.2)))
    assert isinstance(trimmed, Added)
    assert trimmed.near_duplicate_of is not None
    assert trimmed.near_duplicate_of.id == first.media.id
    wanted = add(library, smaller, allow=True)
    assert isinstance(wanted, Added)
    other = add(library, film(tmp_path / "other.mp4", scene(2, 10)))
    assert isinstance(other, Added)
    assert other.near_duplicate_of is None
    (group,) = library.duplicates.page(10, None).groups
    assert set(group.keys) == {first.media.key, trimmed.media.key, wanted.media.key}
