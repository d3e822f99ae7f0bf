"""Libraries of items without files, to measure what needs none."""

import sqlalchemy as sa

from gallerynet.core.database.tables import favorites, media
from gallerynet.core.ids import new_id
from gallerynet.core.library import Library
from gallerynet.core.search.index import Vector
from gallerynet.core.search.memory import MemoryIndex

FAVOURITE = 10  # each so many-th item is one


def fill(library: Library, vectors: Vector) -> None:
    """A row and a vector for each, with the keys 1 to n."""
    model = library.embedder.manifest.sha256
    for first in range(0, len(vectors), 20_000):
        part = vectors[first : first + 20_000]
        with library.database.write() as tx:
            now = tx.started_at
            rows = []
            for key in range(first + 1, first + len(part) + 1):
                identity = new_id()
                rows.append(
                    {
                        "key": key,
                        "id": identity,
                        "filename": identity,
                        "original_filename": f"{key}.jpg",
                        "mime_type": "image/jpeg",
                        "width": 4000,
                        "height": 3000,
                        "size_bytes": key,
                        "uploaded_at": now,
                        "original_date": now,
                        "embedding_model": model,
                    }
                )
            tx.execute(sa.insert(media), rows)
            liked = [{"media_id": row["id"], "created_at": now} for row in rows[::FAVOURITE]]
            tx.execute(sa.insert(favorites), liked)
            for number, vector in enumerate(part, first + 1):
                tx.put_vector(number, vector)


def wait_for_codes(library: Library) -> None:
    """Until the index, where it is in memory, has found the codes of a large library."""
    if isinstance(library.index, MemoryIndex):
        library.index.wait()
