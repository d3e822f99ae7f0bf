"""Files as they appear below some folders, once they are completely written."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from watchfiles import Change, watch

from gallerynet.core.imports.walk import Found, Unreadable, is_hidden, walk

SETTLED_SECONDS = 2.0  # without a change of size or time: whoever copies is done, or has stopped
LOOK_MS = 500


class Watcher:
    """Watches from the first iteration on; the first batch is everything that is there."""

    def __init__(self, roots: Sequence[Path], without: Sequence[Path]) -> None:
        self._roots = [root.resolve() for root in roots]
        self._without = [folder.resolve() for folder in without]
        self._waiting: dict[Path, tuple[int, int, float]] = {}

    def batches(self) -> Iterator[list[Found | Unreadable]]:
        is_first = True
        for changes in watch(*self._roots, rust_timeout=LOOK_MS, yield_on_timeout=True, watch_filter=None):
            if is_first:  # what comes from now on is told, so nothing falls between the two
                is_first = False
                yield self._there_already()
            for change, name in changes:
                if change is not Change.deleted:
                    self._note(Path(name))
            settled = self._settled()
            if settled:
                yield [found for found in map(self._found, settled) if found is not None]

    def _there_already(self) -> list[Found | Unreadable]:
        """But for what is being written at this moment."""
        complete: list[Found | Unreadable] = []
        for found in walk(self._roots, self._without):
            if isinstance(found, Found) and _age(found.path) < SETTLED_SECONDS:
                self._note(found.path)
            else:
                complete.append(found)
        return complete

    def _note(self, path: Path) -> None:
        """A folder that was moved here is told of once, for all that is in it."""
        below = walk([path], self._without) if path.is_dir() else [Found(path, ())]
        for found in below:
            if isinstance(found, Found):
                self._waiting.setdefault(found.path, (-1, -1, time.monotonic()))

    def _settled(self) -> list[Path]:
        now = time.monotonic()
        done = []
        for path, (size, modified, since) in list(self._waiting.items()):
            try:
                stat = path.stat()
            except OSError:  # gone again, as the temporary files of those who copy go
                del self._waiting[path]
                continue
            if (stat.st_size, stat.st_mtime_ns) != (size, modified):
                self._waiting[path] = (stat.st_size, stat.st_mtime_ns, now)
            elif now - since >= SETTLED_SECONDS:
                del self._waiting[path]
                done.append(path)
        return sorted(done)

    def _found(self, path: Path) -> Found | None:
        if not path.is_file() or any(path.is_relative_to(folder) for folder in self._without):
            return None
        for root in self._roots:
            if path.is_relative_to(root):
                below = path.relative_to(root).parts
                return None if any(map(is_hidden, below)) else Found(path, (root.name, *below[:-1]))
        return None


def _age(path: Path) -> float:
    """Seconds since it was written; files of the future are old."""
    try:
        return abs(time.time() - path.stat().st_mtime)
    except OSError:
        return SETTLED_SECONDS
