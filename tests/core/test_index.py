from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gallerynet.core.database import Database
from gallerynet.core.database.migrate import migrate
from gallerynet.core.search.index import Hits, MemoryIndex, SqliteIndex, Vector

DIMENSIONS = 16


def _unit(seed: int) -> Vector:
    vector = np.random.default_rng(seed).standard_normal(DIMENSIONS).astype(np.float32)
    unit: Vector = vector / np.linalg.norm(vector)
    return unit


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(tmp_path / "gallery.db")
    migrate(made)
    made.ensure_vector_table(DIMENSIONS)
    return made


def _same(one: Hits, other: Hits) -> None:
    assert sorted(one.keys.tolist()) == sorted(other.keys.tolist())
    assert np.abs(one.cosines - other.cosines).max(initial=0) < 1e-5


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 12), st.integers(0, 1000)), max_size=40), st.integers(0, 9))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_memory_and_table_answer_alike_whatever_happens(
    database: Database, steps: list[tuple[bool, int, int]], question: int
) -> None:
    with database.write() as tx:
        tx.remove_vectors(range(1, 13))
    memory, table = MemoryIndex(database, DIMENSIONS), SqliteIndex(database, DIMENSIONS)
    for adds, key, seed in steps:
        with database.write() as tx:
            if adds:
                tx.put_vector(key, _unit(seed))
            else:
                tx.remove_vectors([key])
    assert len(memory) == len(table)
    for minimum in (-1.0, 0.0, 0.4):
        only = np.arange(1, 13, 2)
        for limits in ((None, None), (only, None), (None, only)):
            _same(memory.search(_unit(question), minimum, *limits), table.search(_unit(question), minimum, *limits))
    keys, vectors = memory.snapshot()
    assert np.array_equal(keys, table.snapshot()[0])
    assert np.array_equal(vectors, table.snapshot()[1])
    reopened = MemoryIndex(database, DIMENSIONS)
    assert np.array_equal(reopened.snapshot()[1], vectors)


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
