from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gallerynet.core.database import Database
from gallerynet.core.database.migrate import migrate
from gallerynet.core.search import codes, memory, rows
from gallerynet.core.search.index import Hits, Keys, Page, Vector, exact_cosines
from gallerynet.core.search.memory import MemoryIndex
from gallerynet.core.search.table import SqliteIndex

DIMENSIONS = 16


def _unit(seed: int) -> Vector:
    """One of few directions, and some noise: equal ones, near ones and far ones."""
    random = np.random.default_rng(seed)
    vector = np.random.default_rng(seed % 7).standard_normal(DIMENSIONS) + random.standard_normal(DIMENSIONS) / 8
    unit: Vector = (vector / np.linalg.norm(vector)).astype(np.float32)
    return unit


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(tmp_path / "gallery.db")
    migrate(made)
    made.ensure_vector_table(DIMENSIONS)
    return made


def _same(one: Hits, other: Hits) -> None:
    assert one.keys.tolist() == other.keys.tolist()
    assert one.cosines.tolist() == other.cosines.tolist()
    assert (one.total, one.before) == (other.total, other.before)


def _plainly(kept: dict[int, Vector], query: Vector, minimum: float, only: Keys | None, without: Keys | None) -> Hits:
    """What a search is to find, by the plainest way."""
    cosines = {
        key: exact_cosines(vector, query)
        for key, vector in kept.items()
        if (only is None or key in only) and (without is None or key not in without)
    }
    found = sorted((-cosine, key) for key, cosine in cosines.items() if cosine >= np.float32(minimum))
    keys = np.array([key for _, key in found], dtype=np.int64)
    return Hits(keys, -np.array([cosine for cosine, _ in found], dtype=np.float32), len(found))


def _paged(hits: Hits, start: int, first: int) -> Hits:
    return Hits(hits.keys[start : start + first], hits.cosines[start : start + first], hits.total, start)


@given(
    steps=st.lists(st.tuples(st.booleans(), st.integers(1, 30), st.integers(0, 1000)), max_size=80),
    question=st.integers(0, 30),
    first=st.integers(1, 9),
    coded_from=st.sampled_from([1, 8, 1000]),
    few=st.sampled_from([1, 4, 1000]),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_index_answers_as_the_plainest_search_would(
    database: Database,
    steps: list[tuple[bool, int, int]],
    question: int,
    first: int,
    coded_from: int,
    few: int,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "BLOCK", 4)
        patch.setattr(rows, "MOVED_AT_ONCE", 1)
        patch.setattr(memory, "CODED_FROM", coded_from)
        patch.setattr(memory, "PIECE", 3)
        patch.setattr(memory, "FEW", few)
        patch.setattr(codes, "AXES", 5)
        with database.write() as tx:
            tx.remove_vectors(range(1, 31))
        followed = MemoryIndex(database, DIMENSIONS)
        kept: dict[int, Vector] = {}
        for adds, key, seed in steps:
            with database.write() as tx:
                if adds:
                    tx.put_vector(key, _unit(seed))
                    kept[key] = _unit(seed)
                else:
                    tx.remove_vectors([key])
                    kept.pop(key, None)
        if len(kept) >= coded_from:
            followed.code()
        read = MemoryIndex(database, DIMENSIONS)
        followed.wait()
        read.wait()
        for index in (followed, read, SqliteIndex(database, DIMENSIONS)):
            assert len(index) == len(kept)
            keys, vectors = index.snapshot()
            assert keys.tolist() == sorted(kept)
            assert all(np.array_equal(vector, kept[key]) for key, vector in zip(keys.tolist(), vectors, strict=True))
            assert sorted(key for block, _ in index.view().blocks() for key in block.tolist()) == sorted(kept)
            some = np.arange(1, 31, 3)
            for minimum in (-1.0, 0.0, 0.4, 0.95):
                for only, without in ((None, None), (some, None), (None, some), (np.array([2]), None)):
                    expected = _plainly(kept, _unit(question), minimum, only, without)
                    _same(index.search(_unit(question), minimum, only, without), expected)
                    after = None
                    for start in range(0, max(1, expected.total), first):
                        page = index.search(_unit(question), minimum, only, without, Page(first, after))
                        _same(page, _paged(expected, start, first))
                        if len(page.keys):
                            after = (float(page.cosines[-1]), int(page.keys[-1]))


def test_hits_come_in_a_fixed_order(database: Database) -> None:
    with database.write() as tx:
        for key in (5, 3, 9):
            tx.put_vector(key, _unit(1))
        tx.put_vector(7, _unit(2))
    hits = MemoryIndex(database, DIMENSIONS).search(_unit(1), -1, None, None)
    assert hits.keys.tolist() == [3, 5, 9, 7]
    assert hits.cosines[0] == 1


def test_more_than_sqlite_vecs_4096_are_found(database: Database) -> None:
    with database.write() as tx:
        for key in range(1, 5001):
            tx.put_vector(key, _unit(1))
    for index in (MemoryIndex(database, DIMENSIONS), SqliteIndex(database, DIMENSIONS)):
        assert len(index.search(_unit(1), 0.9, None, None).keys) == 5000


def test_codes_bound_every_cosine() -> None:
    random = np.random.default_rng(4)
    vectors = (random.standard_normal((3000, 1280)) * np.linspace(4, 0.1, 1280)).astype(np.float32)
    vectors[0] = 0
    vectors[0, 3] = 1  # one axis alone
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    basis = codes.Basis.of(vectors[:2000])
    coded = basis.encode(vectors)
    for query in (*vectors[:20], -vectors[5]):
        low, high = np.empty(3000, dtype=np.float32), np.empty(3000, dtype=np.float32)
        codes.Question.of(basis, query).bounds(coded, low, high)
        cosines = exact_cosines(vectors, query)
        assert (low <= cosines).all()
        assert (cosines <= high).all()
        assert np.median(high - low) < 1.5  # else they would say nothing


def test_a_view_stays_as_it_was(database: Database) -> None:
    with database.write() as tx:
        for key in range(1, 6):
            tx.put_vector(key, _unit(key))
    index = MemoryIndex(database, DIMENSIONS)
    view = index.view()
    with database.write() as tx:
        tx.put_vector(2, _unit(100))
        tx.remove_vectors([3])
        tx.put_vector(6, _unit(6))
    assert view.keys.tolist() == [1, 2, 3, 4, 5]
    assert np.array_equal(view.take(np.array([2, 3])), [_unit(2), _unit(3)])
    assert index.snapshot()[0].tolist() == [1, 2, 4, 5, 6]


def test_a_cosine_does_not_depend_on_who_asks_and_what_lies_beside() -> None:
    random = np.random.default_rng(5)
    vectors = random.standard_normal((500, 1280)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    for row in (0, 7, 499):
        all_at_once = exact_cosines(vectors, vectors[row])
        assert [exact_cosines(vectors[row], vector) for vector in vectors] == all_at_once.tolist()
        assert np.array_equal(exact_cosines(vectors[3:100:5], vectors[row]), all_at_once[3:100:5])
