"""What the benchmarks share."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from gallerynet.core.library import Library, LibraryPaths
from gallerynet.settings import Settings


@contextmanager
def empty_library(workers: int = 1) -> Iterator[Library]:
    """A new library in a folder that goes with it."""
    with tempfile.TemporaryDirectory(prefix="gallerynet-bench-") as name:
        folder = Path(name)
        paths = LibraryPaths(folder / "gallery.db", Settings().model_path, folder / "uploads", folder / "thumbnails")
        library = Library(paths, workers=workers)
        try:
            yield library
        finally:
            library.close()


def interleaved(
    rounds: int, of: Callable[[list[float]], float] = statistics.median, /, **functions: Callable[[], object]
) -> dict[str, float]:
    """Each function's seconds, the median unless told; they take turns, so that a noisy moment hits them all."""
    times: dict[str, list[float]] = {name: [] for name in functions}
    for function in functions.values():
        function()
    for _ in range(rounds):
        for name, function in functions.items():
            start = time.perf_counter()
            function()
            times[name].append(time.perf_counter() - start)
    return {name: of(found) for name, found in times.items()}


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Prints a Markdown table."""
    print("| " + " | ".join(head) + " |")
    print("|" + " --- |" * len(head))
    for row in rows:
        print("| " + " | ".join(f"{cell:.3g}" if isinstance(cell, float) else str(cell) for cell in row) + " |")


def memory_mib() -> tuple[int, int]:
    """What this process holds in memory now, and what those hold that it has started."""
    own = os.getpid()
    started = [child for path in Path("/proc/self/task").glob("*/children") for child in path.read_text().split()]
    return _resident_mib(own), sum(_resident_mib(int(child)) for child in started)


def _resident_mib(process: int) -> int:
    return int(Path(f"/proc/{process}/status").read_text().split("VmRSS:")[1].split()[0]) // 1024
