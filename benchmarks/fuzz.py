"""Damaged pictures through the whole of ingest: the server's side stays up, its memory flat, its folders tidy.

``FUZZ_FILES`` says how many; 10,000 unless told.
"""

import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from benchmarks._tools import empty_library, memory_mib, table
from gallerynet.core.ingest.pipeline import Added, Duplicate, Rejected
from gallerynet.core.ingest.receive import Receiver
from gallerynet.core.library import Library
from tests.mutations import mutations

CHECKS = 10


def run() -> None:
    count = int(os.environ.get("FUZZ_FILES", "10000"))
    outcomes: Counter[str] = Counter()
    rows = []
    with (
        empty_library(workers=os.cpu_count() or 1) as library,
        ThreadPoolExecutor((os.cpu_count() or 1) + 1) as threads,
    ):
        start = time.perf_counter()
        waiting = list(mutations(count))
        for begin in range(0, count, -(-count // CHECKS)):
            batch = waiting[begin : begin + -(-count // CHECKS)]
            outcomes.update(threads.map(lambda file: _add(library, *file), batch))
            stray = _stray_files(library)
            rows.append((begin + len(batch), *memory_mib(), stray))
        seconds = time.perf_counter() - start
    table(["files", "server, MiB", "workers, MiB", "stray files"], rows)
    print(f"\n{count / seconds:.0f} files/s")
    table(["outcome", "files"], outcomes.most_common())


def _add(library: Library, name: str, content: bytes) -> str:
    receiver = Receiver(library.storage, name)
    receiver.write(content)
    outcome = library.ingest.add(receiver.finish(), None, allow_near_duplicates=True)
    match outcome:
        case Added():
            return "taken"
        case Duplicate():
            return "known already"
        case Rejected():
            return outcome.message


def _stray_files(library: Library) -> int:
    """Files of neither an item nor the lock of this run."""
    with library.database.read() as connection:
        known = {row[0] for row in connection.exec_driver_sql("SELECT lower(hex(id)) FROM media")}
    return sum(
        path.name != "lock" and path.name.replace("-", "")[:32] not in known
        for root in (library.storage.uploads, library.storage.thumbnails)
        for path in root.rglob("*")
        if path.is_file()
    )
