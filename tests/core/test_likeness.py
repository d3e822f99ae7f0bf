import numpy as np
import pytest
import sqlalchemy as sa

from gallerynet.core.database.tables import media
from gallerynet.core.errors import InvalidInput, NotFound
from gallerynet.core.ids import new_id
from gallerynet.core.library import Library
from gallerynet.core.media.filters import EVERYTHING, MediaFilter
from gallerynet.core.search.likeness import similarity

COUNT = 700


@pytest.fixture
def filled(library: Library) -> Library:
    """Items without files, with random vectors; each second one is trashed or a video."""
    random = np.random.default_rng(6)
    vectors = random.standard_normal((COUNT, 1280)).astype(np.float32) + 0.4
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors[10:20] = vectors[10]  # equals, told apart by their keys
    with library.database.write() as tx:
        rows = [
            {
                "key": key,
                "id": new_id(),
                "filename": str(key),
                "original_filename": f"{key}.jpg",
                "media_type": "video" if key % 4 == 0 else "image",
                "mime_type": "image/jpeg",
                "size_bytes": 1,
                "uploaded_at": tx.started_at,
                "original_date": tx.started_at,
                "trashed_at": tx.started_at if key % 4 == 2 else None,
                "embedding_model": library.embedder.manifest.sha256,
            }
            for key in range(1, COUNT + 1)
        ]
        tx.execute(sa.insert(media), rows)
        for key in range(1, COUNT + 1):
            tx.put_vector(key, vectors[key - 1])
    return library


@pytest.mark.parametrize("wanted", [EVERYTHING, MediaFilter(trashed=True), MediaFilter(text="7")])
def test_pages_go_on_to_the_last_in_the_true_order(filled: Library, wanted: MediaFilter) -> None:
    with filled.database.read() as connection:
        identity = connection.execute(sa.select(media.c.id).where(media.c.key == 11)).scalar_one()
    reference = filled.likeness.by_item(identity)
    keys: list[int] = []
    similarities: list[float] = []
    after = None
    while True:
        page = filled.likeness.similar(reference, 0, 60, after, wanted)
        keys += [item.node.key for item in page.items]
        similarities += [item.similarity for item in page.items]
        if not page.has_next:
            break
        after = page.items[-1].cursor
    others = filled.lists.count(wanted) - (1 if wanted == EVERYTHING else 0)  # itself is in no other of these lists
    assert len(keys) == len(set(keys)) == page.total_count == others
    assert 11 not in keys
    assert similarities == sorted(similarities, reverse=True)
    for key, shown in zip(keys[:50], similarities[:50], strict=True):
        vector = filled.index.get(key)
        assert vector is not None
        assert shown == pytest.approx(similarity(float(vector @ reference.vector)), abs=1e-3)


def test_a_reference_is_remembered_by_its_id(filled: Library) -> None:
    vector = filled.index.get(5)
    assert vector is not None
    kept = filled.likeness.remember(vector)
    again = filled.likeness.by_reference(kept.id)
    assert np.array_equal(again.vector, vector)
    assert filled.likeness.similar(again, 99.9, 10, None).items[0].node.key == 5
    with pytest.raises(NotFound):
        filled.likeness.by_reference(new_id())
    with pytest.raises(InvalidInput):
        filled.likeness.similar(again, 100.5, 10, None)
