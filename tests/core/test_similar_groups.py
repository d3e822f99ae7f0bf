import threading
import time

import numpy as np
import pytest
import sqlalchemy as sa

from gallerynet.core.database.tables import media
from gallerynet.core.errors import Conflict
from gallerynet.core.ids import new_id
from gallerynet.core.jobs import JobKind, JobState
from gallerynet.core.library import Library, LibraryPaths
from gallerynet.core.media.filters import EVERYTHING, MediaFilter
from gallerynet.core.media.model import MediaType
from gallerynet.core.search import forests, linkage, pairs
from gallerynet.core.search.index import Vector, exact_cosines
from gallerynet.core.search.linkage import Linkage

COUNT = 240


def _vectors(seed: int, count: int = COUNT) -> Vector:
    """In chains: each is near the one before it, and less and less near the ones before that."""
    random = np.random.default_rng(seed)
    vectors = [random.standard_normal(1280)]
    for _ in range(count - 1):
        step = 2.0 if random.random() < 0.1 else random.uniform(0.1, 0.6)
        vectors.append(vectors[-1] / np.linalg.norm(vectors[-1]) + step * random.standard_normal(1280) / 1280**0.5)
    found: Vector = np.array([vector / np.linalg.norm(vector) for vector in vectors], dtype=np.float32)
    return found


def _fill(library: Library, vectors: Vector) -> None:
    """Items without files; each third one is a video."""
    with library.database.write() as tx:
        for key, vector in enumerate(vectors, 1):
            row = {
                "key": key,
                "id": new_id(),
                "filename": str(key),
                "original_filename": f"{key}.jpg",
                "media_type": "video" if key % 3 == 0 else "image",
                "mime_type": "image/jpeg",
                "size_bytes": 1,
                "uploaded_at": tx.started_at,
                "original_date": tx.started_at,
                "embedding_model": library.embedder.manifest.sha256,
            }
            tx.execute(sa.insert(media).values(row))
            tx.put_vector(key, vector)


@pytest.fixture
def filled(library: Library) -> Library:
    _fill(library, _vectors(1))
    return library


def _found(library: Library, similarity: float, wanted: MediaFilter, linked: Linkage) -> set[frozenset[int]]:
    page = library.groups.similar(similarity, wanted, 200, None, linked)
    assert not page.has_next
    assert len({group.id for group in page.groups}) == page.total_count
    return {frozenset(group.keys) for group in page.groups}


def _joined(library: Library, keys: list[int], cosine: float) -> set[frozenset[int]]:
    """Single linkage by merging whatever a pair joins."""
    _, vectors = library.index.snapshot()
    rows = {key: row for row, key in enumerate(library.index.snapshot()[0].tolist())}
    group = {key: {key} for key in keys}
    for one in keys:
        cosines = exact_cosines(vectors, vectors[rows[one]])
        for other in keys:
            if cosines[rows[other]] >= np.float32(cosine) and group[one] is not group[other]:
                group[one] |= group[other]
                for member in group[other]:
                    group[member] = group[one]
    return {frozenset(members) for members in group.values() if len(members) > 1}


@pytest.mark.parametrize("similarity", [0, 62, 80, 90, 95])
def test_groups_follow_filters_and_changes_at_every_similarity(filled: Library, similarity: float) -> None:
    cosine = similarity / 50 - 1
    pictures = MediaFilter(media_type=MediaType.IMAGE)
    everything = list(range(1, COUNT + 1))

    def expect(wanted: MediaFilter, keys: list[int]) -> None:
        assert _found(filled, similarity, wanted, Linkage.SINGLE) == _joined(filled, keys, cosine)

    expect(EVERYTHING, everything)
    expect(pictures, [key for key in everything if key % 3])
    with filled.database.write() as tx:
        for key, vector in zip(range(20, 30), _vectors(2, 10), strict=True):
            tx.put_vector(key, vector)
        tx.remove_vectors([40, 50, 51])
    left = [key for key in everything if key not in (40, 50, 51)]
    expect(EVERYTHING, left)
    expect(pictures, [key for key in left if key % 3])


def test_tighter_groups_lie_within_those_of_single_links(filled: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    single = _found(filled, 90, EVERYTHING, Linkage.SINGLE)
    keys, vectors = filled.index.snapshot()
    cosines = {key: exact_cosines(vectors, vector) for key, vector in zip(keys.tolist(), vectors, strict=True)}

    def inner(group: frozenset[int]) -> Vector:
        members = np.array(sorted(group))
        return np.array([cosines[key][members - 1] for key in members.tolist()])[np.triu_indices(len(members), 1)]

    for kind, bound in ((Linkage.COMPLETE, np.min), (Linkage.AVERAGE, lambda found: found.max())):
        tight = _found(filled, 90, EVERYTHING, kind)
        assert tight != single
        assert all(any(group <= whole for whole in single) for group in tight)
        assert all(bound(inner(group)) >= np.float32(0.8) for group in tight)
    monkeypatch.setattr(linkage, "LARGEST", 5)
    complete = _found(filled, 89.9, EVERYTHING, Linkage.COMPLETE)
    assert max(map(len, complete)) <= 5
    assert all(inner(group).min() >= np.float32(0.798) for group in complete)


def test_much_work_is_a_job_that_can_be_ended(filled: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forests, "AT_ONCE", 0)
    monkeypatch.setattr(pairs, "TILE_ROWS", 16)
    monkeypatch.setattr(pairs, "TILE_COLUMNS", 16)
    errors: list[str] = []
    slow = threading.Event()
    ask = pairs.Tile.edges

    def edges(tile: pairs.Tile, useful: pairs.Useful) -> object:
        slow.wait(0.2)
        return ask(tile, useful)

    def question() -> None:
        try:
            filled.groups.similar(90, EVERYTHING, 60, None)
        except Conflict as error:
            errors.append(str(error))

    with monkeypatch.context() as patch:
        patch.setattr(pairs.Tile, "edges", edges)
        asking = threading.Thread(target=question)
        asking.start()
        deadline = time.monotonic() + 20
        while not (running := filled.jobs.all([JobState.RUNNING])) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert running[0].kind is JobKind.SIMILAR_GROUPS
        assert filled.jobs.cancel(running[0].id).state is JobState.CANCELLED
        slow.set()
        asking.join()
    assert len(errors) == 1
    assert "Ask for the groups again" in errors[0]
    page = filled.groups.similar(90, EVERYTHING, 60, None)
    assert {frozenset(group.keys) for group in page.groups} == _joined(filled, list(range(1, COUNT + 1)), 0.8)
    done = filled.jobs.all([JobState.SUCCEEDED])
    assert [job.kind for job in done] == [JobKind.SIMILAR_GROUPS]


def test_the_forest_is_stored_and_never_taken_for_that_of_other_vectors(library_paths: LibraryPaths) -> None:
    first = Library(library_paths, workers=1)
    _fill(first, _vectors(1))
    before = _found(first, 90, EVERYTHING, Linkage.SINGLE)
    first.close()

    second = Library(library_paths, workers=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs.Tile, "edges", None)  # nothing is compared again
        assert _found(second, 90, EVERYTHING, Linkage.SINGLE) == before
    second.close()

    # Another program changes vectors behind the gallery's back.
    third = Library(library_paths, workers=1)
    with third.database.write() as tx:
        for key, vector in zip(range(100, 120), _vectors(7, 20), strict=True):
            tx.put_vector(key, vector)
    third.close()
    fourth = Library(library_paths, workers=1)
    after = _found(fourth, 90, EVERYTHING, Linkage.SINGLE)
    assert after == _joined(fourth, list(range(1, COUNT + 1)), 0.8)
    assert after != before
    fourth.close()
