"""``similarGroups`` over embeddings of photographs, through the whole of core; nothing but time and memory is shown."""

import resource
import time
from collections.abc import Callable

from benchmarks._library import fill, wait_for_codes
from benchmarks._tools import empty_library, table
from benchmarks._vectors import library_vectors
from gallerynet.core.library import Library
from gallerynet.core.media.filters import EVERYTHING
from gallerynet.core.search.linkage import Linkage

SIZES = (10_000, 100_000)


def run() -> None:
    rows: list[list[object]] = []
    for count in SIZES:
        with empty_library() as library:
            vectors = library_vectors(count)
            fill(library, vectors)
            wait_for_codes(library)
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            first = _seconds(lambda: library.groups.similar(80, EVERYTHING, 60, None))
            memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
            moved = max(_seconds(_ask(library, percent)) for percent in (82, 85, 88, 90, 93, 95, 98))
            tight = _seconds(lambda: library.groups.similar(90, EVERYTHING, 60, None, Linkage.AVERAGE))
            with library.database.write() as tx:
                tx.put_vector(1, vectors[1])
                tx.remove_vectors([3])
            changed = _seconds(_ask(library, 90))
            rows.append([count, first, memory, 1000 * moved, tight, 1000 * changed])
    table(
        ["items", "first answer, s", "memory more, MiB", "slider moved, ms", "average linkage at 90 %, s",
         "after a change, ms"],
        rows,
    )  # fmt: skip


def _ask(library: Library, percent: float) -> Callable[[], object]:
    return lambda: library.groups.similar(percent, EVERYTHING, 60, None)


def _seconds(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start
