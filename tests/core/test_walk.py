"""Which files an import finds, and what lies beside them."""

import os
from pathlib import Path

import pytest

from gallerynet.core.imports.sidecars import Neighbours, takeout_names
from gallerynet.core.imports.walk import Found, Unreadable, walk


def touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_files_come_in_order_each_once_and_nothing_hidden(tmp_path: Path) -> None:
    root = tmp_path / "photos"
    touch(
        root / "b.jpg",
        root / "a.jpg",
        root / "2024" / "Rome" / "c.jpg",
        root / ".hidden.jpg",
        root / ".trash" / "d.jpg",
        root / "@eaDir" / "e.jpg",
        root / "uploads" / "own.jpg",
    )
    (root / "2024" / "Rome" / "up").symlink_to(root)
    (root / "nowhere.jpg").symlink_to(tmp_path / "missing.jpg")
    os.mkfifo(root / "pipe.jpg")
    found = list(walk([root, root / "2024"], without=[root / "uploads"]))
    assert found == [
        Found(root / "a.jpg", ("photos",)),
        Found(root / "b.jpg", ("photos",)),
        Found(root / "2024" / "Rome" / "c.jpg", ("photos", "2024", "Rome")),
    ]


def test_what_is_named_is_found_and_what_is_not_there_is_said(tmp_path: Path) -> None:
    touch(tmp_path / "odd.name")
    one, missing = walk([tmp_path / "odd.name", tmp_path / "gone"])
    assert one == Found(tmp_path / "odd.name", (tmp_path.name,), is_named=True)
    assert isinstance(missing, Unreadable)
    assert "no such file" in missing.reason


LONG = "a" * 60


@pytest.mark.parametrize(
    ("name", "json"),
    [
        ("IMG_1.jpg", "IMG_1.jpg.json"),
        ("IMG_1.jpg", "IMG_1.jpg.supplemental-metadata.json"),
        ("IMG_1.jpg", "IMG_1.jpg.supplemental-meta.json"),
        ("IMG_1.jpg", "IMG_1.jpg.s.json"),
        ("IMG_1(2).jpg", "IMG_1.jpg(2).json"),
        ("IMG_1(2).jpg", "IMG_1.jpg.supplemental-metadata(2).json"),
        ("IMG_1-edited.jpg", "IMG_1.jpg.json"),
        ("IMG_1-bearbeitet.jpg", "IMG_1.jpg.supplemental-metadata.json"),
        ("IMG_1-edited(2).jpg", "IMG_1.jpg(2).json"),
        ("IMG_1.MP4", "IMG_1.HEIC.json"),
        ("IMG_1.mov", "IMG_1.JPG.supplemental-metadata.json"),
        (f"{LONG[:47]}.jpg", f"{LONG[:46]}.json"),
        (f"{LONG[:40]}.jpg", f"{LONG[:40]}.jpg.s.json"),
    ],
)
def test_the_names_that_takeout_gives(name: str, json: str) -> None:
    others = ["IMG_10.jpg.json", "IMG_1.jpg(3).json", "IMG_1.gif.json", "metadata.json", "IMG_1.jpg"]
    assert list(takeout_names(name, [*others, json])) == [json]


def test_twins_are_not_confused() -> None:
    names = ["IMG_1.jpg.json", "IMG_1.jpg(1).json", "IMG_11.jpg.json"]
    assert list(takeout_names("IMG_1.jpg", names)) == ["IMG_1.jpg.json"]
    assert list(takeout_names("IMG_1(1).jpg", names)) == ["IMG_1.jpg(1).json"]
    assert list(takeout_names("IMG_11.jpg", names)) == ["IMG_11.jpg.json"]
    assert list(takeout_names("IMG_2.jpg", names)) == []


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"{}",
        b"no json",
        b"[" * 100_000,
        b'{"photoTakenTime": 5, "geoData": {"latitude": "x"}, "people": 3, "favorited": "yes", "description": null}',
        b'{"photoTakenTime": {"timestamp": "99999999999999999999"}, "geoData": {"latitude": 1e999, "longitude": 0}}',
        b'{"photoTakenTime": {"timestamp": null}}'.ljust(2**20 + 1),
    ],
)
def test_json_that_is_not_what_it_seems_says_nothing(tmp_path: Path, content: bytes) -> None:
    touch(tmp_path / "a.jpg")
    (tmp_path / "a.jpg.json").write_bytes(content)
    said = Neighbours().beside(Found(tmp_path / "a.jpg", ("here",)))
    assert (said.dates, said.location, said.is_favorite, said.tags) == ((), None, False, ())
    assert (dict(said.entries), said.words, said.folders) == ({}, None, ("here",))
