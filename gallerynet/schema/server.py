"""The server itself."""

import strawberry

from gallerynet.schema.scalars import ByteCount


@strawberry.type(description="The network that turns pictures into embeddings.")
class EmbeddingModel:
    name: str = strawberry.field(description="By its manifest.")
    dimensions: int = strawberry.field(description="Length of an embedding.")
    sha256: str = strawberry.field(description="Of the model's file, hex.")
    embeds_text: bool = strawberry.field(description="Whether similarMedia takes a text.")


@strawberry.type(description="What the server holds, and what it takes. Counts leave the trash out.")
class ServerInfo:
    version: str = strawberry.field(description="GalleryNet's version.")
    total_files: int = strawberry.field(description="Items.")
    total_images: int = strawberry.field(description="Pictures.")
    total_videos: int = strawberry.field(description="Videos.")
    total_size_bytes: ByteCount = strawberry.field(description="Of all originals.")
    disk_free_bytes: ByteCount = strawberry.field(description="Free where originals are kept.")
    disk_total_bytes: ByteCount = strawberry.field(description="The size of that disk.")
    trashed_files: int = strawberry.field(description="Items in the trash.")
    model: EmbeddingModel = strawberry.field(description="The embedding model in use.")
    accepted_extensions: list[str] = strawberry.field(
        description="Extensions that upload takes, lower case, without the dot."
    )
    max_upload_bytes: ByteCount = strawberry.field(description="The largest file taken.")
    max_files_per_upload: int = strawberry.field(description="The most files in one request.")
