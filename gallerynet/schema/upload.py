"""What becomes of an uploaded file."""

from typing import Annotated

import strawberry

from gallerynet.core.ingest import pipeline
from gallerynet.schema.media import Media


@strawberry.type(description="The file is in the library.")
class UploadedMedia:
    media: Media = strawberry.field(description="The new item.")
    filename: str = strawberry.field(description="The file's name in the request.")
    near_duplicate_of: Media | None = strawberry.field(description="An alike picture that was there before, if any.")

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:  # noqa: ARG003 - Strawberry's interface
        return isinstance(value, pipeline.Added)


@strawberry.type(
    description="The same bytes are in the library, or (unless allowed) the same picture by perceptual hash. Nothing "
    "was stored; with folderId the one that is there joins the folder."
)
class DuplicateMedia:
    existing: Media = strawberry.field(description="The item that is there.")
    filename: str = strawberry.field(description="The file's name in the request.")
    is_exact: bool = strawberry.field(description="Whether the bytes are the same.")

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:  # noqa: ARG003 - Strawberry's interface
        return isinstance(value, pipeline.Duplicate)


@strawberry.type(description="The file was not taken; nothing of it stays.")
class RejectedUpload:
    filename: str = strawberry.field(description="The file's name in the request.")
    code: str = strawberry.field(description="One of the error codes, such as UNSUPPORTED_MEDIA.")
    message: str = strawberry.field(description="Why, and what to do about it.")

    @classmethod
    def is_type_of(cls, value: object, info: object) -> bool:  # noqa: ARG003 - Strawberry's interface
        return isinstance(value, pipeline.Rejected)


UploadResult = Annotated[
    UploadedMedia | DuplicateMedia | RejectedUpload,
    strawberry.union("UploadResult", description="The outcome for one file: a request can hold good and bad ones."),
]
