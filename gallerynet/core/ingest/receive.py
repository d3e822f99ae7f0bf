"""Files on their way in: written once, to the volume they will live on, and hashed as they come."""

import hashlib
import shutil
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gallerynet.core.errors import PayloadTooLarge
from gallerynet.core.storage import Staged, Storage

MAX_FILE_BYTES = 10 * 2**30
MAX_NAME = 255
PIECE = 2**20


@dataclass(frozen=True)
class Received:
    """A file that is there in full, staged but not looked into yet."""

    staged: Staged
    filename: str  # what its owner calls it: a text to show, never a path to use
    size_bytes: int
    content_hash: str
    crc32: int


class Receiver:
    """Takes one file in pieces. Blocking: meant to be called from a thread."""

    def __init__(self, storage: Storage, filename: str, max_bytes: int = MAX_FILE_BYTES) -> None:
        self._storage = storage
        self._filename = safe_name(filename)
        self._max_bytes = max_bytes
        self._staged = storage.stage()
        self._file: BinaryIO = self._staged.original.open("xb")
        self._sha256 = hashlib.sha256()
        self._crc32 = 0
        self._size = 0

    def write(self, piece: bytes) -> None:
        """Takes the next piece. Raises PayloadTooLarge beyond the limit."""
        self._size += len(piece)
        if self._size > self._max_bytes:
            raise PayloadTooLarge(
                f"{self._filename} is larger than {self._max_bytes // 2**20} MiB, which is the limit."
            )
        self._sha256.update(piece)
        self._crc32 = zlib.crc32(piece, self._crc32)
        self._file.write(piece)

    def finish(self) -> Received:
        self._file.close()
        return Received(self._staged, self._filename, self._size, self._sha256.hexdigest(), self._crc32)

    def take(self, path: Path) -> None:
        """Takes all of a file on a disk of ours."""
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                self.write(piece)

    def abandon(self) -> None:
        """Forgets the file; nothing of it stays."""
        self._file.close()
        self._storage.discard(self._staged)


def receive_linked(storage: Storage, path: Path, filename: str) -> Received:
    """Takes a file of the library's own disk, which stays where it is too; hashes what the disk gives back."""
    staged = storage.stage()
    try:
        try:
            staged.original.hardlink_to(path)
        except OSError:  # a file system without links
            shutil.copyfile(path, staged.original)
        sha256, crc32, size = hashlib.sha256(), 0, 0
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                sha256.update(piece)
                crc32 = zlib.crc32(piece, crc32)
                size += len(piece)
    except BaseException:
        storage.discard(staged)
        raise
    return Received(staged, safe_name(filename), size, sha256.hexdigest(), crc32)


def safe_name(name: str) -> str:
    """The last part of a path of any system, without what cannot be shown, no longer than a file's name may be."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(character for character in last if character.isprintable()).strip()
    if shown in ("", ".", ".."):
        return "unnamed"
    stem, dot, extension = shown.rpartition(".")
    while len(shown.encode()) > MAX_NAME:
        stem = stem[:-1] if dot else ""
        shown = f"{stem}{dot}{extension}" if stem else shown[: MAX_NAME // 4]
    return shown
