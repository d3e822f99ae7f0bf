"""Tags, and what was learned of them."""

import strawberry

from gallerynet.core.clock import Timestamp
from gallerynet.core.media.filters import TagSource
from gallerynet.core.tags import model
from gallerynet.resolvers import tags as tags_resolvers
from gallerynet.schema.fields import answered_by
from gallerynet.schema.job import Job
from gallerynet.schema.media import Media
from gallerynet.schema.node import Node


@strawberry.type(
    description="What may be expected of tagging from a confidence on. Precision is the mean confidence of what would "
    "be tagged: items that are right and not tagged by hand yet do not count as mistakes."
)
class TagCutPoint:
    min_confidence: float = strawberry.field(description="0..1")
    tagged_count: int = strawberry.field(description="Items that would be tagged.")
    precision: float = strawberry.field(description="The share of them that is right, as far as can be told.")
    recall: float = strawberry.field(description="The share of held-out examples that would be found.")


@strawberry.type(description="How a tag was learned. The measures rest on examples that were held out from training.")
class TagModel:
    version: int = strawberry.field(description="How often it was trained.")
    trained_at: Timestamp = strawberry.field(description="When it was trained last.")
    positives: int = strawberry.field(description="Examples that carry the tag.")
    negatives: int = strawberry.field(description="Rejected and unlabelled items that it was told from.")
    average_precision: float | None = strawberry.field(description="0..1; null with too few examples.")
    precision: float | None = strawberry.field(description="0..1 at minConfidence; null with too few examples.")
    recall: float | None = strawberry.field(description="0..1 at minConfidence; null with too few examples.")
    is_stale: bool = answered_by(tags_resolvers.is_stale, description="Examples have changed since training.")
    is_thin: bool = strawberry.field(
        description="The examples do not stand out from the rest of the library, or are copies of one another: "
        "nothing is tagged by them until there are more."
    )
    min_confidence: float = strawberry.field(
        description="Items get the tag from this confidence on; one half at first."
    )
    curve: list[TagCutPoint] = strawberry.field(description="What may be expected of other thresholds, rising.")


@strawberry.type(description="One of the user's own words for pictures.")
class Tag(Node):
    name: str = strawberry.field(description="Unique.")
    manual_count: int = strawberry.field(description="Items that the user gave it to.")
    auto_count: int = strawberry.field(description="Items that its model gave it to.")
    rejected_count: int = strawberry.field(
        description="How often the user said that this tag does not apply: these train the model too."
    )
    model: TagModel | None = strawberry.field(description="Null until learned.")
    review_queue: list["TagSuggestion"] = answered_by(
        tags_resolvers.review_queue,
        description="The items whose answer would teach the model most, most uncertain first.",
    )

    because: list[Media] = answered_by(
        tags_resolvers.because,
        description="The user's examples that speak most for the tag on this item, most first.",
    )

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:  # noqa: ARG003 - Strawberry's interface
        return isinstance(value, model.Tag)


@strawberry.type(description="A tag on an item.")
class MediaTag:
    tag: Tag = answered_by(tags_resolvers.tag_of, description="The tag.")
    source: TagSource = strawberry.field(description="Who gave it.")
    confidence: float | None = strawberry.field(description="Calibrated probability, 0..1; null on manual tags.")


@strawberry.type(description="An item that the user is asked about.")
class TagSuggestion:
    media: Media = strawberry.field(description="Does it carry the tag?")
    confidence: float = strawberry.field(description="What the model thinks of it, 0..1.")
    because: list[Media] = strawberry.field(description="The user's examples that speak most for it.")


@strawberry.type(description="What tagging by every learned model came to.")
class AutoTagPayload:
    before: int = strawberry.field(description="Automatic tags before.")
    after: int = strawberry.field(description="Automatic tags now.")
    models_applied: int = strawberry.field(description="How many tags were applied.")
    job: Job = strawberry.field(description="The work that was done.")


@strawberry.type(description="What learning a tag came to.")
class LearnTagPayload:
    tag: Tag = strawberry.field(description="The tag with its new model and counts.")
    tagged_count: int = strawberry.field(description="How many items carry it automatically now.")
    job: Job = strawberry.field(description="The work that was done.")


@strawberry.type(description="What undoing came to.")
class UndoTaggingPayload:
    tags: list[Tag] = strawberry.field(description="The tags that are as they were before.")
