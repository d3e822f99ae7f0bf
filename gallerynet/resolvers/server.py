"""The server itself: what it holds, and what it takes."""

from dataclasses import dataclass

from gallerynet import __version__
from gallerynet.core.ingest.formats import accepted_extensions
from gallerynet.core.ingest.receive import MAX_FILE_BYTES
from gallerynet.resolvers.context import Info

MAX_FILES_PER_UPLOAD = 1_000


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    name: str
    dimensions: int
    sha256: str
    embeds_text: bool


@dataclass(frozen=True, slots=True)
class ServerInfo:
    version: str
    total_files: int
    total_images: int
    total_videos: int
    total_size_bytes: int
    disk_free_bytes: int
    disk_total_bytes: int
    trashed_files: int
    model: EmbeddingModel
    accepted_extensions: list[str]
    max_upload_bytes: int
    max_files_per_upload: int


async def server(info: Info) -> ServerInfo:
    library = info.context.library
    manifest = library.embedder.manifest
    found = await info.context.run(library.statistics)
    return ServerInfo(
        version=__version__,
        total_files=found.total_files,
        total_images=found.total_images,
        total_videos=found.total_videos,
        total_size_bytes=found.total_size_bytes,
        disk_free_bytes=found.disk_free_bytes,
        disk_total_bytes=found.disk_total_bytes,
        trashed_files=found.trashed_files,
        model=EmbeddingModel(manifest.name, manifest.dimensions, manifest.sha256, library.embedder.embeds_text),
        accepted_extensions=accepted_extensions(),
        max_upload_bytes=MAX_FILE_BYTES,
        max_files_per_upload=MAX_FILES_PER_UPLOAD,
    )
