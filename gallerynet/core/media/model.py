"""What is known of one picture or video."""

from dataclasses import dataclass
from enum import Enum

from gallerynet.core.clock import Timestamp
from gallerynet.core.ids import Id


class MediaType(Enum):
    IMAGE = "image"
    VIDEO = "video"


class DateSource(Enum):
    """Where an item's original date comes from, most trusted last."""

    UPLOAD = "UPLOAD"
    FILENAME = "FILENAME"
    CONTAINER = "CONTAINER"
    EXIF = "EXIF"
    SIDECAR = "SIDECAR"
    USER = "USER"


PREVIEW_VERSION = 1  # of the recipe; part of a preview's address, behind which nothing ever changes


class PlaybackState(Enum):
    """What a browser is given of a video: as it is, nothing yet, something made of it, nothing ever."""

    ORIGINAL = "original"
    WAITING = "waiting"
    PREVIEW = "preview"
    FAILED = "failed"


class ThumbnailSize(Enum):
    SQUARE = "square"
    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Camera:
    make: str | None
    model: str | None
    lens: str | None
    iso: int | None
    aperture: float | None
    exposure_time: str | None
    focal_length: float | None

    def is_known(self) -> bool:
        return any(value is not None for value in (self.make, self.model, self.lens, self.iso, self.aperture))


@dataclass(frozen=True, slots=True)
class Location:
    """Degrees north and east; metres above the sea."""

    latitude: float
    longitude: float
    altitude: float | None


@dataclass(frozen=True, slots=True)
class Media:
    """An item as lists show it. Tags, folders and the EXIF table are read apart, for many items at once."""

    key: int
    id: Id
    filename: str
    original_filename: str
    media_type: MediaType
    mime_type: str
    width: int | None
    height: int | None
    duration: float | None
    is_animated: bool
    size_bytes: int
    original_date: Timestamp
    original_date_source: DateSource
    uploaded_at: Timestamp
    content_hash: str
    perceptual_hash: str | None
    is_favorite: bool
    trashed_at: Timestamp | None
    is_searchable: bool
    processing_error: str | None
    placeholder: str | None
    thumbnail_version: int
    playback_state: PlaybackState | None  # of videos
    camera: Camera | None
    location: Location | None
