"""What a file says of itself, and what lies beside it says of it."""

from gallerynet.core.ingest.metadata.model import Metadata
from gallerynet.core.ingest.metadata.reading import read_metadata

__all__ = ["Metadata", "read_metadata"]
