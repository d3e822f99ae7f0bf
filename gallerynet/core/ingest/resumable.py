"""Uploads that can break off and go on: each a folder of its own, which a restart of the server leaves alone.

``uploads/.partial/<id>`` holds ``info.json``, what was announced; ``data``, whose length is how far it got; at the end
``outcome.json``, what came of it, and no data any more. Every piece says where it belongs, and a piece that belongs
elsewhere than to the end is refused: so nothing has to be locked for as long as a connection hangs.
"""

import errno
import json
import os
import shutil
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gallerynet.core.errors import Conflict, GalleryError, InvalidInput, NotFound, PayloadTooLarge, Unavailable
from gallerynet.core.folders import Folders
from gallerynet.core.ids import Id, new_id, parse_id
from gallerynet.core.ingest.pipeline import Added, Duplicate, Ingest, Outcome, Rejected
from gallerynet.core.ingest.receive import MAX_FILE_BYTES, receive_linked, safe_name
from gallerynet.core.storage import RESERVE, Storage

PARTIAL = ".partial"
LIFETIME_SECONDS = 7 * 24 * 60 * 60  # since the last piece
MAX_OPEN = 100

Answer = dict[str, Any]


@dataclass(frozen=True)
class Announced:
    """What the client says of the file that it begins to send."""

    size_bytes: int
    filename: str
    content_hash: str | None = None  # SHA-256 in hex, checked at the end
    folder_id: Id | None = None
    allow_near_duplicates: bool = False


@dataclass(frozen=True)
class Partial:
    id: Id
    announced: Announced
    offset: int
    expires_at: float  # seconds since 1970
    answer: Answer | None  # what came of it, in the shape of the API's UploadResult

    @property
    def is_complete(self) -> bool:
        return self.offset == self.announced.size_bytes


class ResumableUploads:
    """Every call blocks, and may be made from any thread."""

    def __init__(self, storage: Storage, ingest: Ingest, folders: Folders, reserve_bytes: int = RESERVE) -> None:
        self._storage = storage
        self._ingest = ingest
        self._folders = folders
        self._reserve_bytes = reserve_bytes
        self._root = storage.uploads / PARTIAL
        self._locks: defaultdict[Id, threading.Lock] = defaultdict(threading.Lock)
        self._creating = threading.Lock()
        self.sweep()

    def create(self, announced: Announced) -> Partial:
        """Raises PayloadTooLarge, NotFound for a folder, Unavailable with too much under way or no room."""
        if announced.size_bytes > MAX_FILE_BYTES:
            raise PayloadTooLarge(f"The file is larger than {MAX_FILE_BYTES // 2**20} MiB, which is the limit.")
        if announced.folder_id is not None:
            self._folders.find(announced.folder_id)
        with self._creating:
            self.sweep()
            unfinished = [found for found in self._all() if found.answer is None]
            if len(unfinished) >= MAX_OPEN:
                raise Unavailable(f"{MAX_OPEN} uploads are unfinished already. Finish or end some of them first.")
            still_to_come = sum(found.announced.size_bytes - found.offset for found in unfinished)
            if not self._storage.has_room(announced.size_bytes + still_to_come, self._reserve_bytes):
                raise Unavailable("The server's disk has no room for this file. Make room there, then try again.")
            folder = self._root / new_id()
            folder.mkdir(parents=True)
            (folder / "data").touch()
            _write_whole(folder / "info.json", asdict(announced))
        return self.find(Id(folder.name))

    def find(self, identity: Id) -> Partial:
        """Raises NotFound, also for one that has expired."""
        found = self._read(self._root / identity)
        if found is None or found.expires_at < time.time():
            raise NotFound("There is no such upload. It may have expired: send the file again.")
        return found

    def append(self, identity: Id, offset: int, piece: bytes) -> int:
        """Puts the piece at the end, which must be at ``offset``; returns where the end is now.

        Raises NotFound, Conflict for another offset, PayloadTooLarge beyond what was announced, Unavailable on a full
        disk.
        """
        with self._locks[identity]:
            found = self.find(identity)
            if found.offset != offset or found.answer is not None:
                raise Conflict(f"The upload is at {found.offset}, not at {offset}.")
            if offset + len(piece) > found.announced.size_bytes:
                raise PayloadTooLarge(f"The file was announced with {found.announced.size_bytes} bytes, and has more.")
            data = self._root / identity / "data"
            try:
                with data.open("r+b") as file:
                    file.seek(offset)
                    file.write(piece)
            except OSError as error:
                os.truncate(data, offset)
                if error.errno in (errno.ENOSPC, errno.EDQUOT):
                    raise Unavailable(
                        "The server's disk is full. What was sent is kept: go on once there is room."
                    ) from error
                raise
            return offset + len(piece)

    def sync(self, identity: Id) -> None:
        """Once this returns, what was appended survives a power cut."""
        try:
            with (self._root / identity / "data").open("rb") as file:
                os.fsync(file.fileno())
        except FileNotFoundError:  # ended meanwhile
            return

    def finish(self, identity: Id) -> Answer:
        """Takes a complete file into the library, once; returns what came of it. Raises NotFound and Conflict."""
        with self._locks[identity]:
            found = self.find(identity)
            if found.answer is not None:
                return found.answer
            if not found.is_complete:
                raise Conflict(f"{found.announced.size_bytes - found.offset} bytes of the file are still to come.")
            answer = _answer(self._take(found))
            folder = self._root / identity
            _write_whole(folder / "outcome.json", answer)
            (folder / "data").unlink(missing_ok=True)
            return answer

    def remove(self, identity: Id) -> None:
        """Ends the upload; nothing of it stays. Raises NotFound."""
        with self._locks[identity]:
            self.find(identity)
            shutil.rmtree(self._root / identity)
        self._locks.pop(identity, None)

    def sweep(self) -> int:
        """Removes what has been abandoned; returns how many uploads that were."""
        oldest = time.time() - LIFETIME_SECONDS
        # A folder that says nothing of itself is what a crash left as it was made.
        expired = [folder for folder in self._folders_on_disk() if self._touched_at(folder) < oldest]
        for folder in expired:
            shutil.rmtree(folder, ignore_errors=True)
            self._locks.pop(Id(folder.name), None)
        return len(expired)

    def _take(self, found: Partial) -> Outcome:
        announced = found.announced
        try:
            received = receive_linked(self._storage, self._root / found.id / "data", announced.filename)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise Unavailable(
                    "The server's disk is full. The file is kept: ask again once there is room."
                ) from error
            raise
        if announced.content_hash not in (None, received.content_hash):
            self._storage.discard(received.staged)
            sentence = "What arrived is not the file that was sent: its SHA-256 differs. Send it again."
            return Rejected(announced.filename, InvalidInput.code, sentence)
        try:
            return self._ingest.add(received, announced.folder_id, announced.allow_near_duplicates)
        except GalleryError as error:  # the folder has gone meanwhile
            return Rejected(announced.filename, error.code, str(error))

    def _all(self) -> list[Partial]:
        return [found for folder in self._folders_on_disk() if (found := self._read(folder)) is not None]

    def _folders_on_disk(self) -> list[Path]:
        return list(self._root.iterdir()) if self._root.is_dir() else []

    def _touched_at(self, folder: Path) -> float:
        found = self._read(folder)
        return folder.stat().st_mtime if found is None else found.expires_at - LIFETIME_SECONDS

    def _read(self, folder: Path) -> Partial | None:
        identity = parse_id(folder.name)
        try:
            announced = Announced(**json.loads((folder / "info.json").read_bytes()))
            outcome, data = folder / "outcome.json", folder / "data"
            answer = json.loads(outcome.read_bytes()) if outcome.exists() else None
            stat = (data if answer is None else outcome).stat()
        except FileNotFoundError:
            return None
        offset = announced.size_bytes if answer is not None else stat.st_size
        return (
            None if identity is None else Partial(identity, announced, offset, stat.st_mtime + LIFETIME_SECONDS, answer)
        )


def announced_by(metadata: Mapping[str, str], size_bytes: int) -> Announced:
    """From what a client says in texts. Raises InvalidInput."""
    content_hash = metadata.get("sha256") or None
    if content_hash is not None and (
        len(content_hash) != 64 or not set(content_hash.lower()) <= set("0123456789abcdef")
    ):
        raise InvalidInput("sha256 must be the file's SHA-256 in 64 hexadecimal digits.")
    folder = metadata.get("folderId") or None
    folder_id = None if folder is None else parse_id(folder)
    if folder is not None and folder_id is None:
        raise NotFound(f"There is no folder with the id {folder}.")
    return Announced(
        size_bytes,
        safe_name(metadata.get("filename") or metadata.get("name") or ""),
        content_hash and content_hash.lower(),
        folder_id,
        metadata.get("allowNearDuplicates", "").lower() == "true",
    )


def _answer(outcome: Outcome) -> Answer:
    match outcome:
        case Added():
            near = outcome.near_duplicate_of
            media = {"id": outcome.media.id, "contentHash": outcome.media.content_hash}
            return {
                "__typename": "UploadedMedia",
                "filename": outcome.filename,
                "media": media,
                "nearDuplicateOf": near and {"id": near.id},
            }
        case Duplicate():
            existing = {"id": outcome.existing.id, "contentHash": outcome.existing.content_hash}
            return {
                "__typename": "DuplicateMedia",
                "filename": outcome.filename,
                "existing": existing,
                "isExact": outcome.is_exact,
            }
        case Rejected():
            return {
                "__typename": "RejectedUpload",
                "filename": outcome.filename,
                "code": outcome.code,
                "message": outcome.message,
            }


def _write_whole(path: Path, content: Mapping[str, Any]) -> None:
    """All of it or nothing, whatever happens meanwhile."""
    unfinished = path.with_suffix(".new")
    with unfinished.open("w") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
