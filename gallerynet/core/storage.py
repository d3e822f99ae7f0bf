"""The files of the library: originals, which are never altered, and thumbnails and previews, which can be made anew.

A new item's files are written into a staging folder on the volume that they will live on, named by the item's id. The
original is synced, all are renamed into place, then the rows are committed, then the staging folder goes. So a staging
folder that a crash leaves behind names the one item whose files may lie about without rows, and ``sweep`` looks at
those alone.
"""

import fcntl
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from gallerynet.core.errors import CannotStart
from gallerynet.core.ids import Id, new_id, parse_id

THUMBNAIL_SUFFIXES = {"square": "", "small": "-small", "large": "-large"}
STAGING = ".incoming"
# Bytes of the disk that are left free: a full disk is no good to the database, nor to anyone else.
RESERVE = 500 * 2**20


@dataclass(frozen=True)
class Staged:
    """One item's place while it is not in the library yet."""

    id: Id
    original: Path
    thumbnails: Path

    def thumbnail(self, size: str) -> Path:
        return self.thumbnails / f"{size}.jpg"


class Storage:
    """Where files lie. Relative names are sharded by id: ``ab/cd/<id>.<ext>``."""

    def __init__(self, uploads: Path, thumbnails: Path) -> None:
        self.uploads = uploads
        self.thumbnails = thumbnails
        if uploads.resolve() == thumbnails.resolve():
            raise CannotStart("UPLOAD_DIR and THUMBNAIL_DIR are one folder: give each its own.")
        self.run, self._lock = self._begin()

    def original(self, filename: str) -> Path:
        return self.uploads / filename

    def thumbnail(self, identity: Id, size: str) -> Path:
        return self.thumbnails / _shard(identity) / f"{identity}{THUMBNAIL_SUFFIXES[size]}.jpg"

    def preview(self, identity: Id) -> Path:
        """What browsers play of a video that they cannot; of most items there is none."""
        return self.thumbnails / _shard(identity) / f"{identity}.mp4"

    def filename(self, identity: Id, extension: str) -> str:
        return f"{_shard(identity)}/{identity}.{extension}"

    def stage(self) -> Staged:
        """A fresh staging place for one item."""
        identity = new_id()
        uploads, thumbnails = (self._staging(root) / identity for root in (self.uploads, self.thumbnails))
        uploads.mkdir()
        thumbnails.mkdir()
        return Staged(identity, uploads / "original", thumbnails)

    def place(self, staged: Staged, filename: str) -> None:
        """Renames the staged files into place; once this returns the original survives a power cut.

        Thumbnails are not waited for: one that a power cut takes is found missing or empty, and made again.
        """
        target = self.original(filename)
        target.parent.mkdir(parents=True, exist_ok=True)
        _sync(staged.original)
        staged.original.rename(target)
        _sync(target.parent)
        self.place_thumbnails(staged, staged.id)

    def place_thumbnails(self, staged: Staged, identity: Id) -> None:
        """Renames staged thumbnails, those that there are, into the place of those of another item."""
        for size in THUMBNAIL_SUFFIXES:
            if staged.thumbnail(size).exists():
                target = self.thumbnail(identity, size)
                target.parent.mkdir(parents=True, exist_ok=True)
                staged.thumbnail(size).rename(target)

    def place_preview(self, made: Path, identity: Id) -> None:
        """Renames a finished preview into its item's place."""
        target = self.preview(identity)
        target.parent.mkdir(parents=True, exist_ok=True)
        _sync(made)
        made.rename(target)

    def has_thumbnails(self, identity: Id) -> bool:
        """Whether there are those that every item has; the large one may be made when it is asked for."""
        return all(self.has_thumbnail(identity, size) for size in ("square", "small"))

    def has_thumbnail(self, identity: Id, size: str) -> bool:
        try:
            return self.thumbnail(identity, size).stat().st_size > 0  # none is what a power cut may leave
        except FileNotFoundError:
            return False

    def discard(self, staged: Staged) -> None:
        """Removes the staging place with all that is left in it."""
        for folder in (staged.thumbnails, staged.original.parent):
            try:
                folder.rmdir()
            except OSError:  # something is left in it, or it has gone
                shutil.rmtree(folder, ignore_errors=True)

    def remove(self, identity: Id) -> None:
        """Deletes the files of an item, whichever of them there are."""
        for path in (self.uploads / _shard(identity)).glob(f"{identity}.*"):
            path.unlink(missing_ok=True)
        for size in THUMBNAIL_SUFFIXES:
            self.thumbnail(identity, size).unlink(missing_ok=True)
        self.preview(identity).unlink(missing_ok=True)
        for root in (self.uploads, self.thumbnails):
            folder = root / _shard(identity)
            with suppress(OSError):  # not empty, or not there
                folder.rmdir()
                folder.parent.rmdir()

    def sweep(self, is_known: Callable[[Id], bool]) -> int:
        """Clears what runs that ended without cleaning up left behind; returns how many items that were.

        ``is_known`` says whether an id has its row. Staging folders of programs that still run are left alone.
        """
        swept = 0
        for run in (self.uploads / STAGING).iterdir():
            lock = None if run.name == self.run else _try_lock(run / "lock")
            if lock is None:
                continue
            for folder in run.iterdir():
                identity = parse_id(folder.name)
                if identity is not None:
                    swept += 1
                    if not is_known(identity):
                        self.remove(identity)
            for root in (self.thumbnails, self.uploads):
                shutil.rmtree(root / STAGING / run.name, ignore_errors=True)
            lock.close()
        return swept

    def has_room(self, size_bytes: int, reserve_bytes: int = RESERVE) -> bool:
        """Whether that much fits on the disk of originals, and leaves the reserve."""
        return shutil.disk_usage(self.uploads).free >= size_bytes + reserve_bytes

    def is_running(self, run: str) -> bool:
        """Whether the program of that ``run`` still has this folder open: its lock ends with its process."""
        try:
            lock = None if run == self.run else _try_lock(self.uploads / STAGING / run / "lock", "rb")
        except FileNotFoundError:
            return False
        if lock is not None:
            lock.close()
        return lock is None

    def close(self) -> None:
        for root in (self.uploads, self.thumbnails):
            shutil.rmtree(self._staging(root), ignore_errors=True)
        self._lock.close()

    def _begin(self) -> tuple[Id, BinaryIO]:
        """The name of this run, with its staging folders and its lock."""
        while True:
            run = new_id()
            for root in (self.uploads, self.thumbnails):
                try:
                    (root / STAGING / run).mkdir(parents=True)
                except OSError as error:
                    raise CannotStart(
                        f"Cannot write to the folder {root}: {error.strerror}. "
                        "Give GalleryNet a folder that it may write to by UPLOAD_DIR and THUMBNAIL_DIR."
                    ) from error
            with suppress(FileNotFoundError):
                lock = _lock(self.uploads / STAGING / run / "lock")
                # A sweep of another program may have come between the folder and its lock.
                if (self.uploads / STAGING / run / "lock").exists():
                    return run, lock
                lock.close()

    def _staging(self, root: Path) -> Path:
        return root / STAGING / self.run


def holds_originals(uploads: Path) -> bool:
    """Whether there are originals in that folder, but for those of an upload that a crash cut off."""
    unfinished = {path.name for path in uploads.glob(f"{STAGING}/*/*")}
    return any(path.stem not in unfinished for path in uploads.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"))


def _shard(identity: Id) -> str:
    return f"{identity[:2]}/{identity[2:4]}"


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lock(path: Path) -> BinaryIO:
    handle = path.open("wb")
    fcntl.flock(handle, fcntl.LOCK_EX)
    return handle


def _try_lock(path: Path, mode: Literal["rb", "wb"] = "wb") -> BinaryIO | None:
    """The lock, or None where a program that runs has it."""
    handle = path.open(mode)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle
