"""What is known of a tag."""

from dataclasses import dataclass

from gallerynet.core.clock import Timestamp
from gallerynet.core.ids import Id
from gallerynet.core.media.filters import TagSource
from gallerynet.core.media.model import Media
from gallerynet.core.tags.cut import CutPoint


@dataclass(frozen=True, slots=True)
class TagModel:
    """How a tag was learned. The three measures rest on examples that were held out; None with too few of them."""

    tag_key: int
    version: int
    trained_at: Timestamp
    positives: int
    negatives: int
    average_precision: float | None
    precision: float | None
    recall: float | None
    is_thin: bool
    min_confidence: float
    curve: list[CutPoint]


@dataclass(frozen=True, slots=True)
class Tag:
    key: int
    id: Id
    name: str
    manual_count: int
    auto_count: int
    rejected_count: int
    model: TagModel | None


@dataclass(frozen=True, slots=True)
class MediaTag:
    """A tag on an item; the confidence is a calibrated probability, and None on manual tags."""

    tag_key: int
    source: TagSource
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An item to ask the user about, with the examples that speak most for the tag on it."""

    media: Media
    confidence: float
    because: list[Media]
