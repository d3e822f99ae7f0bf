"""Finding perceptual hashes again, also those of the picture turned or mirrored.

A hash says of an 8 x 8 grid whether brightness rises to the right and downwards. So that of a turned picture needs no
picture: it is the same bits at other places, some of them the other way round.
"""

import threading
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from gallerynet.core.database import Changes, Database
from gallerynet.core.database.tables import media
from gallerynet.core.search.index import Keys

Bits = NDArray[np.uint8]
BITS = 128
DIGITS = BITS // 4


@dataclass(frozen=True)
class Alike:
    """Items whose hash is near one that was looked for: how many bits differ, and how many quarters to the left, after
    mirroring or not, make the one that was looked for lie like the item. Arrays of shape (n,)."""

    keys: Keys
    distances: NDArray[np.int64]
    quarters: NDArray[np.int64]


class Hashes:
    """The hashes of all items in memory, 16 bytes each; follows the library."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._keys = np.empty(0, dtype=np.int64)
        self._words = np.empty((0, 2), dtype=np.uint64)
        self._last = 0
        self._changed: set[int] = set()
        database.on_commit(self._follow)

    def near(self, digits: str | None, distance: int) -> Alike:
        """All items within that distance in any orientation, the trash included."""
        with self._lock:
            self._catch_up()
            keys, stored = self._keys, self._words
        return nearest(stored, keys, digits, distance)

    def _catch_up(self) -> None:
        """Reads the rows that came, and those that were processed again. Under the lock."""
        known = sa.and_(media.c.phash.is_not(None), sa.func.length(media.c.phash) == DIGITS)
        wanted = sa.or_(media.c.key > self._last, media.c.key.in_(sorted(self._changed)[:10_000]))
        if len(self._changed) > 10_000:
            wanted = sa.true()
        with self._database.read() as connection:
            newest = connection.execute(sa.select(sa.func.max(media.c.key))).scalar() or 0
            if newest == self._last and not self._changed:
                return
            rows = connection.execute(sa.select(media.c.key, media.c.phash).where(known, wanted)).all()
        self._last = newest
        self._changed.clear()
        keys = np.array([row.key for row in rows], dtype=np.int64)
        fresh = np.array([words(row.phash) for row in rows], dtype=np.uint64).reshape(-1, 2)
        kept = ~np.isin(self._keys, keys)
        self._keys = np.concatenate([self._keys[kept], keys])
        self._words = np.concatenate([self._words[kept], fresh])

    def _follow(self, changes: Changes) -> None:
        if changes.vectors or changes.removed_vectors:
            with self._lock:
                self._changed |= {key for key in changes.vectors if key <= self._last}
                if changes.removed_vectors:
                    kept = ~np.isin(self._keys, changes.removed_vectors)
                    self._keys, self._words = self._keys[kept], self._words[kept]


def nearest(stored: NDArray[np.uint64], keys: Keys, digits: str | None, distance: int) -> Alike:
    """Those of the hashes ``stored``, shape (n, 2), that lie within that distance in any orientation; nearest first."""
    wanted = read(digits)
    if wanted is None or not len(keys):
        return Alike(*(np.empty(0, dtype=np.int64) for _ in range(3)))
    high, low = np.ascontiguousarray(stored.T)
    asked = [packed(bits) for bits in orientations(wanted)]
    distances = np.stack([np.bitwise_count(high ^ one[0]) + np.bitwise_count(low ^ one[1]) for one in asked])
    found = np.flatnonzero((distances <= distance).any(axis=0))
    best = distances[:, found].argmin(axis=0)
    least = distances[best, found].astype(np.int64)
    order = np.lexsort((keys[found], least))
    return Alike(keys[found][order], least[order], best[order] % 4)


def words(digits: str) -> tuple[int, int]:
    """A hash in hex as two numbers of 64 bits."""
    return int(digits[:16], 16), int(digits[16:], 16)


def hash_distance(one: str | None, other: str | None) -> int:
    """How many bits differ; all of them where there is no hash, or one of another kind."""
    if one is None or other is None or len(one) != DIGITS or len(other) != DIGITS:
        return BITS
    return (int(one, 16) ^ int(other, 16)).bit_count()


def read(digits: str | None) -> Bits | None:
    """The bits of a hash in hex, shape (2, 8, 8): rises to the right, rises downwards. None for one of another kind."""
    if digits is None or len(digits) != DIGITS:
        return None
    return np.unpackbits(np.frombuffer(bytes.fromhex(digits), dtype=np.uint8)).reshape(2, 8, 8)


def orientations(bits: Bits) -> list[Bits]:
    """Of the picture turned to the left by no, one, two, three quarters; then of the mirrored one, likewise."""
    found = []
    for start in (bits, mirrored(bits)):
        turned = start
        for _ in range(4):
            found.append(turned)
            turned = turned_left(turned)
    return found


def mirrored(bits: Bits) -> Bits:
    """What rises to the right falls to the right in a mirror."""
    return np.stack([1 - bits[0, :, ::-1], bits[1, :, ::-1]])


def turned_left(bits: Bits) -> Bits:
    """After a quarter to the left, what was the right is above: what rose downwards rises to the right."""
    return np.stack([np.rot90(bits[1]), 1 - np.rot90(bits[0])])


def packed(bits: Bits) -> NDArray[np.uint64]:
    """As two words."""
    return np.packbits(bits).view(">u8").astype(np.uint64)
