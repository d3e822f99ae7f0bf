"""A process that changes vectors and is killed: what the index reads afterwards is what the database holds."""

import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from gallerynet.core.database import Database
from gallerynet.core.database.migrate import migrate
from gallerynet.core.search.index import Vector
from gallerynet.core.search.memory import MemoryIndex
from gallerynet.core.search.table import SqliteIndex

DIMENSIONS = 32
KEYS = 400

# Says each change after its commit: "+key seed" or "-key".
CHANGES = """
import sys
from pathlib import Path
import numpy as np
from gallerynet.core.database import Database
from gallerynet.core.search.memory import MemoryIndex
from tests.core.test_index_crash import DIMENSIONS, KEYS, unit

database = Database(Path(sys.argv[1]))
index = MemoryIndex(database, DIMENSIONS)
random = np.random.default_rng(int(sys.argv[2]))
while True:
    key, seed = int(random.integers(1, KEYS)), int(random.integers(1_000_000))
    with database.write() as tx:
        if random.random() < 0.6:
            tx.put_vector(key, unit(seed))
            line = f"+{key} {seed}"
        else:
            tx.remove_vectors([key])
            line = f"-{key}"
    print(line, flush=True)
"""


def unit(seed: int) -> Vector:
    vector = np.random.default_rng(seed).standard_normal(DIMENSIONS).astype(np.float32)
    made: Vector = vector / np.linalg.norm(vector)
    return made


def test_after_a_kill_the_index_is_what_the_database_holds(tmp_path: Path) -> None:
    path = tmp_path / "gallery.db"
    database = Database(path)
    migrate(database)
    database.ensure_vector_table(DIMENSIONS)
    told: dict[int, int] = {}
    for round_number in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", CHANGES, str(path), str(round_number)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(100)]
        time.sleep(0.01 * round_number)
        process.kill()
        lines += process.stdout.readlines()
        process.stdout.close()
        process.wait()
        last = 0
        for line in lines:
            if not line.endswith("\n"):
                continue  # cut in the middle
            last, *seed = map(int, line[1:].split())
            if seed:
                told[last] = seed[0]
            else:
                told.pop(last, None)
        index = MemoryIndex(database, DIMENSIONS)
        keys, vectors = index.snapshot()
        assert np.array_equal(keys, SqliteIndex(database, DIMENSIONS).snapshot()[0])
        # One change may be committed and not told.
        differing = {key for key in {*keys.tolist(), *told} if _held(index, key) != _wanted(told, key)}
        assert len(differing) <= 1
        for key in differing:
            held = index.get(key)
            told.pop(key, None)
            with database.write() as tx:
                tx.remove_vectors([key])
            assert held is None or abs(float(np.linalg.norm(held)) - 1) < 1e-5
        for query in vectors[:5]:
            one = index.search(query, -1, None, None)
            other = SqliteIndex(database, DIMENSIONS).search(query, -1, None, None)
            assert one.keys.tolist() == other.keys.tolist()
            assert one.cosines.tolist() == other.cosines.tolist()
    database.close()


def _held(index: MemoryIndex, key: int) -> bytes | None:
    vector = index.get(key)
    return None if vector is None else vector.tobytes()


def _wanted(told: dict[int, int], key: int) -> bytes | None:
    return unit(told[key]).tobytes() if key in told else None
