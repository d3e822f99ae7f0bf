"""The library's forests: made in the background, kept up with every change, stored for the next start."""

import hashlib
import threading
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import sqlalchemy as sa

from gallerynet.core.database import Changes, Database
from gallerynet.core.database.tables import similarity_forest
from gallerynet.core.errors import Conflict
from gallerynet.core.job_notes import Counted, Note, NoteCode
from gallerynet.core.jobs import JobKind, Jobs, Progress
from gallerynet.core.media.filters import EVERYTHING, MediaFilter
from gallerynet.core.search.filtered import FilteredKeys
from gallerynet.core.search.forest import Forest, Report
from gallerynet.core.search.index import VectorIndex, View

# Cosines from which links are kept: that of the lowest which is not above what is asked. Each is much more work than
# the one before; below the first, groups are of little use.
FLOORS = (0.6, 0.2, -1.0)
KEPT = 6  # forests
AT_ONCE = 150_000_000  # comparisons for which nobody is made to watch a job: about a second


@dataclass
class _Kept:
    """A forest, and the items whose vectors have changed since."""

    forest: Forest
    version: int = -1
    changed: set[int] = field(default_factory=set)


@dataclass
class _Request:
    wanted: MediaFilter
    floor: float
    done: threading.Event = field(default_factory=threading.Event)
    forest: Forest | None = None  # once it is done, unless it was cancelled


class Forests:
    """One for each filter and floor that is asked for. Whoever asks waits; much work is a job that can be ended."""

    def __init__(self, database: Database, index: VectorIndex, filtered: FilteredKeys, jobs: Jobs, model: str) -> None:
        self._database = database
        self._index = index
        self._filtered = filtered
        self._jobs = jobs
        self._model = model
        self._kept: dict[tuple[MediaFilter, float], _Kept] = {}
        self._requests: list[_Request] = []
        self._working = threading.Lock()  # one forest at a time: it takes every core
        self._lock = threading.Lock()
        database.on_commit(self._follow)
        jobs.register(JobKind.SIMILAR_GROUPS, self._work)

    def of(self, wanted: MediaFilter, min_cosine: float) -> Forest:
        """A forest of these items as they are now, from that cosine or a lower one up.

        Raises Conflict where its making was cancelled.
        """
        floor = next(floor for floor in FLOORS if floor <= min_cosine)
        kept = self._find(wanted, floor)
        if kept.version == self._filtered.version:
            return kept.forest
        keys = self._filtered.of(wanted)
        new = len(np.setdiff1d(keys, kept.forest.keys)) + len(kept.changed)
        if new * len(keys) <= AT_ONCE:
            return self._update(wanted, floor, _unwatched)
        request = _Request(wanted, floor)
        with self._lock:
            self._requests.append(request)
        job = self._jobs.queue(JobKind.SIMILAR_GROUPS)
        while not request.done.wait(timeout=1) and not self._jobs.find(job.id).is_finished:
            pass
        with self._lock:
            self._requests = [other for other in self._requests if other is not request]
        if request.forest is None:
            raise Conflict("Grouping was ended before it was done. Ask for the groups again to start it anew.")
        return request.forest

    def _work(self, progress: Progress) -> Note:
        """The job: what somebody waits for. After a restart nobody does."""
        with self._lock:
            requests, self._requests = self._requests, []
        report = partial(progress.report, note=Note(NoteCode.COMPARING))
        links = 0
        try:
            for request in requests:
                request.forest = self._update(request.wanted, request.floor, report)
                links += len(request.forest.cosines)
        finally:
            for request in requests:
                request.done.set()
        return Note(NoteCode.LINKED, {Counted.LINKS: links})

    def _update(self, wanted: MediaFilter, floor: float, report: Report) -> Forest:
        with self._working:
            kept = self._find(wanted, floor)
            with self._lock:
                version, changed = self._filtered.version, kept.changed
                kept.changed = set()  # what changes from here on changes again
            try:
                view = self._index.view()
                keys = self._filtered.of(wanted)
                if kept.version < 0 and (wanted, floor) == (EVERYTHING, FLOORS[0]):
                    kept.forest, differing = self._stored(view)
                    changed |= differing
                before = kept.forest
                forest = before.following(view, keys, np.array(sorted(changed), dtype=np.int64), report)
            except BaseException:
                with self._lock:
                    kept.changed |= changed
                raise
            with self._lock:
                kept.forest, kept.version = forest, version
            if (wanted, floor) == (EVERYTHING, FLOORS[0]) and _differ(before, forest):
                self._store(forest, view)
            return forest

    def _find(self, wanted: MediaFilter, floor: float) -> _Kept:
        with self._lock:
            known = self._kept.pop((wanted, floor), None) or _Kept(Forest.empty(floor))
            while len(self._kept) >= KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[wanted, floor] = known  # the latest asked for goes last
            return known

    def _follow(self, changes: Changes) -> None:
        touched = {*changes.vectors, *changes.removed_vectors}
        if touched:
            with self._lock:
                for kept in self._kept.values():
                    kept.changed |= touched

    def _stored(self, view: View) -> tuple[Forest, set[int]]:
        """What an earlier run has stored, and the items whose vectors are others now."""
        with self._database.read() as connection:
            row = connection.execute(
                sa.select(similarity_forest).where(similarity_forest.c.embedding_model == self._model)
            ).first()
        if row is None or row.floor != FLOORS[0]:
            return Forest.empty(FLOORS[0]), set()
        keys, first, second = (np.frombuffer(blob, dtype="<i8") for blob in (row.keys, row.first_keys, row.second_keys))
        forest = Forest(row.floor, keys, first, second, np.frombuffer(row.cosines, dtype="<f4"))
        then = dict(zip(keys.tolist(), np.frombuffer(row.checksums, dtype="<u8").tolist(), strict=True))
        return forest, {key for key, now in _checksums(view).items() if then.get(key, now) != now}

    def _store(self, forest: Forest, view: View) -> None:
        """Beside it a checksum of each vector, so that it is never taken for that of others."""
        now = _checksums(view)
        values = {
            "embedding_model": self._model,
            "floor": forest.floor,
            "keys": forest.keys.astype("<i8").tobytes(),
            "checksums": np.array([now[key] for key in forest.keys.tolist()], dtype="<u8").tobytes(),
            "first_keys": forest.first.astype("<i8").tobytes(),
            "second_keys": forest.second.astype("<i8").tobytes(),
            "cosines": forest.cosines.astype("<f4").tobytes(),
        }
        with self._database.write() as tx:
            tx.execute(sa.delete(similarity_forest))
            tx.execute(sa.insert(similarity_forest).values(values))


def _unwatched(done: int, total: int) -> None:
    """Nobody is told of work that is over in a moment."""


def _differ(before: Forest, after: Forest) -> bool:
    """By so much that the next start would take noticeably longer without it."""
    return len(np.setxor1d(before.keys, after.keys)) * 100 > len(after.keys)


def _checksums(view: View) -> dict[int, int]:
    return {
        key: int.from_bytes(hashlib.blake2b(vector.tobytes(), digest_size=8).digest(), "little")
        for keys, vectors in view.blocks()
        for key, vector in zip(keys.tolist(), vectors, strict=True)
    }
