"""The way of a received file into the library."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from gallerynet.core.database import Database, Transaction
from gallerynet.core.database.tables import media, video_signatures
from gallerynet.core.duplicates.finder import MOMENT, Findings, Sameness, record_findings
from gallerynet.core.errors import GalleryError, NotFound
from gallerynet.core.events import EventKind, record_media
from gallerynet.core.folders import add_to_folder
from gallerynet.core.ids import Id
from gallerynet.core.ingest.dates import original_date
from gallerynet.core.ingest.decode import Decoded, decode_picture, make_large, network_input_of
from gallerynet.core.ingest.formats import Format, recognise
from gallerynet.core.ingest.metadata.beside import Beside
from gallerynet.core.ingest.receive import Received
from gallerynet.core.ingest.stills import DECODERS
from gallerynet.core.ingest.workers import DecodeWorkers
from gallerynet.core.media.changes import mark_favorites
from gallerynet.core.media.model import Media, MediaType, PlaybackState
from gallerynet.core.media.rows import find, find_many, media_from_row, select_media
from gallerynet.core.search.index import Vector
from gallerynet.core.search.recordings import Recordings
from gallerynet.core.storage import Storage
from gallerynet.core.tags.names import add_tags
from gallerynet.core.trash import restore_from_trash
from gallerynet.core.video.decode import DecodedVideo, decode_video, network_inputs_of
from gallerynet.core.vision.embedder import Embedder

THUMBNAIL_VERSION = 2
# Changes when a file that could not be decoded may be worth another try.
DECODER = ", ".join((*DECODERS, f"PyAV {version('av')}"))

# Made once: SQLAlchemy takes longer to make a statement of as many columns than SQLite to run it.
_INSERT = sa.insert(media).returning(media.c.key)


@dataclass(frozen=True, slots=True)
class Added:
    media: Media
    filename: str
    near_duplicate_of: Media | None


@dataclass(frozen=True, slots=True)
class Duplicate:
    existing: Media
    filename: str
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Rejected:
    filename: str
    code: str
    message: str


# Called within the transaction that adds an item, with its key, id and unit vector.
AddedHook = Callable[[Transaction, int, Id, Vector], None]
Outcome = Added | Duplicate | Rejected


@dataclass(frozen=True)
class Processed:
    format: Format
    decoded: Decoded
    vector: Vector


class Ingest:
    """Takes received files. Every call blocks until its file is in, or known not to be wanted."""

    def __init__(
        self,
        database: Database,
        storage: Storage,
        embedder: Embedder,
        sameness: Sameness,
        recordings: Recordings,
        workers: DecodeWorkers,
        on_added: Sequence[AddedHook] = (),
        on_stored: Sequence[Callable[[Media], None]] = (),
    ) -> None:
        self._database = database
        self._storage = storage
        self._embedder = embedder
        self._sameness = sameness
        self._recordings = recordings
        self._workers = workers
        self._on_added = on_added
        self._on_stored = on_stored

    def add(
        self, received: Received, folder_id: Id | None, allow_near_duplicates: bool, beside: Beside | None = None
    ) -> Outcome:
        """Adds the file, and puts it, or the item that it duplicates, into the folder.

        ``beside`` is what lies beside an imported file. What was staged is gone afterwards, whatever the outcome.
        Raises NotFound for an unknown folder.
        """
        try:
            outcome = self._add(received, folder_id, allow_near_duplicates, beside or Beside())
        except GalleryError as error:
            if folder_id is not None and error.code == "NOT_FOUND":
                raise
            outcome = Rejected(received.filename, error.code, str(error))
        finally:
            self._storage.discard(received.staged)
        return outcome

    def embed_picture(self, received: Received) -> Vector:
        """The unit vector of a picture or video that is searched by and not kept.

        Raises UnsupportedMedia or PayloadTooLarge.
        """
        try:
            path = received.staged.original
            known = recognise(path, received.filename)
            if known.media_type is MediaType.VIDEO:
                return self._mean_vector(self._workers.run(network_inputs_of, path, known.name))
            return self._mean_vector(self._workers.run(network_input_of, path, known.name)[np.newaxis])
        finally:
            self._storage.discard(received.staged)

    def make_large(self, item: Media) -> None:
        """Makes the large thumbnail of a picture that was taken without one, and keeps it.

        Raises NotFound where the original is missing, and what ``process`` raises.
        """
        path = self._storage.original(item.filename)
        if item.media_type is not MediaType.IMAGE or not path.exists():
            raise NotFound("There is no such thumbnail.")
        staged = self._storage.stage()
        try:
            known = recognise(path, item.original_filename)
            self._workers.run(make_large, path, known.name, staged.thumbnail("large"))
            self._storage.place_thumbnails(staged, item.id)
        finally:
            self._storage.discard(staged)
        with self._database.read() as connection:
            is_gone = not find_many(connection, [item.id])
        if is_gone:  # deleted meanwhile: its files have gone already
            self._storage.remove(item.id)

    def _add(self, received: Received, folder_id: Id | None, allow_near_duplicates: bool, beside: Beside) -> Outcome:
        known = self._same_bytes(received)
        if known is not None:
            return self._duplicate(known, received, folder_id, is_exact=True)
        processed = self.process(received.staged.original, received.filename, received.staged.thumbnails)
        findings = self._same_content(processed, received.staged.thumbnail("small"))
        identical = next((other.media for other in findings.present if other.is_identical), None)
        if identical is not None and not allow_near_duplicates:
            return self._duplicate(
                identical, received, folder_id, is_exact=identical.content_hash == received.content_hash
            )
        filename = self._storage.filename(received.staged.id, processed.format.extensions[0])
        try:
            self._storage.place(received.staged, filename)
            with self._database.write() as tx:
                key = self._insert(tx, received, processed, filename, beside)
                record_findings(tx, key, findings)
                for hook in self._on_added:
                    hook(tx, key, received.staged.id, processed.vector)
                add_tags(tx, [received.staged.id], beside.tags)
                if beside.is_favorite:
                    mark_favorites(tx, [received.staged.id])
                if folder_id is not None:
                    add_to_folder(tx, folder_id, [received.staged.id])
                added = find(tx.connection, received.staged.id)
        except sa.exc.IntegrityError:
            # The same bytes came in by another request meanwhile.
            self._storage.remove(received.staged.id)
            known = self._same_bytes(received)
            if known is None:
                raise
            return self._duplicate(known, received, folder_id, is_exact=True)
        except BaseException:
            self._storage.remove(received.staged.id)
            raise
        for stored in self._on_stored:
            stored(added)
        return Added(added, received.filename, findings.present[0].media if findings.present else None)

    def process(self, path: Path, filename: str, thumbnails: Path) -> Processed:
        """All that is made of a file: thumbnails into the folder of that name, the rest in the answer.

        Raises UnsupportedMedia or PayloadTooLarge.
        """
        known = recognise(path, filename)
        if known.media_type is MediaType.VIDEO:
            video = self._workers.run(decode_video, path, known.name, known.mime_type, thumbnails)
            return Processed(known, video, self._mean_vector(video.network_input))
        decoded = self._workers.run(decode_picture, path, known.name, thumbnails)
        return Processed(known, decoded, self._mean_vector(decoded.network_input[np.newaxis]))

    def _mean_vector(self, inputs: NDArray[np.uint8]) -> Vector:
        """The direction that these pictures have in common, shape (n, 224, 224, 3): a video is what all of it shows."""
        mean = self._embedder.embed(inputs).mean(axis=0)
        vector: Vector = mean / np.linalg.norm(mean)
        return vector

    def _same_content(self, processed: Processed, thumbnail: Path) -> Findings:
        decoded = processed.decoded
        if isinstance(decoded, DecodedVideo):
            return self._recordings.find(processed.vector, decoded.signature, decoded.duration)
        moment = decoded.metadata.exif.get(MOMENT)
        return self._sameness.find(processed.vector, decoded.perceptual_hash, thumbnail, moment)

    def _same_bytes(self, received: Received) -> Media | None:
        with self._database.read() as connection:
            row = connection.execute(select_media().where(media.c.content_hash == received.content_hash)).first()
        return None if row is None else media_from_row(row)

    def _duplicate(self, existing: Media, received: Received, folder_id: Id | None, is_exact: bool) -> Duplicate:
        """What is uploaded again is wanted: it comes back from the trash, and goes where it was sent."""
        if folder_id is not None or existing.trashed_at is not None:
            with self._database.write() as tx:
                restore_from_trash(tx, [existing])
                if folder_id is not None:
                    add_to_folder(tx, folder_id, [existing.id])
                existing = find(tx.connection, existing.id)
        return Duplicate(existing, received.filename, is_exact)

    def _insert(self, tx: Transaction, received: Received, processed: Processed, filename: str, beside: Beside) -> int:
        dates = beside.over(processed.decoded.metadata).dates
        taken, source = original_date(dates, received.filename, tx.started_at, beside.folders)
        values = {
            "id": received.staged.id,
            "filename": filename,
            "original_filename": received.filename,
            "media_type": processed.format.media_type.value,
            "mime_type": processed.format.mime_type,
            "content_hash": received.content_hash,
            "crc32": received.crc32,
            "size_bytes": received.size_bytes,
            "uploaded_at": tx.started_at,
            "original_date": taken,
            "original_date_source": source.value,
            "sidecar_json": beside.to_json(),
            **derived_columns(processed, self._embedder, beside),
        }
        key: int = tx.execute(_INSERT, values).scalar_one()
        store_derived(tx, key, processed)
        record_media(tx, EventKind.MEDIA_ADDED, [received.staged.id])
        return key


def store_derived(tx: Transaction, key: int, processed: Processed) -> None:
    """What processing yields beside the columns of ``media``: the vector, and a video's signature."""
    tx.put_vector(key, processed.vector)
    if isinstance(processed.decoded, DecodedVideo):
        row = {"media_key": key, "signature": processed.decoded.signature}
        tx.execute(sa.insert(video_signatures).prefix_with("OR REPLACE").values(row))


def derived_columns(processed: Processed, embedder: Embedder, beside: Beside) -> dict[str, Any]:
    """The columns of ``media`` that processing fills, and would fill again with the same."""
    decoded, metadata = processed.decoded, beside.over(processed.decoded.metadata)
    camera, location = metadata.camera, metadata.location
    video = decoded if isinstance(decoded, DecodedVideo) else None
    return {
        "phash": decoded.perceptual_hash,
        "duration": video and video.duration,
        "playback_state": video and _first_playback_state(video).value,
        "width": decoded.width,
        "height": decoded.height,
        "placeholder": decoded.placeholder,
        "sharpness": decoded.sharpness,
        "is_animated": decoded.is_animated,
        "exif_json": json.dumps(metadata.exif, ensure_ascii=False) if metadata.exif else None,
        "words": metadata.words,
        "camera_make": camera and camera.make,
        "camera_model": camera and camera.model,
        "lens": camera and camera.lens,
        "iso": camera and camera.iso,
        "aperture": camera and camera.aperture,
        "exposure_time": camera and camera.exposure_time,
        "focal_length": camera and camera.focal_length,
        "latitude": location and location.latitude,
        "longitude": location and location.longitude,
        "altitude": location and location.altitude,
        "thumbnail_version": THUMBNAIL_VERSION,
        "embedding_model": embedder.manifest.sha256,
        "decoded_by": DECODER,
        "processing_error": None,
    }


def _first_playback_state(video: DecodedVideo) -> PlaybackState:
    return PlaybackState.ORIGINAL if video.plays_in_browsers else PlaybackState.WAITING
