"""Which files there are below some folders: always in the same order, each folder once."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

# What systems and storage boxes keep among people's files. Names that begin with a dot are left out too.
SYSTEM_FOLDERS = frozenset(
    {"@eadir", "#recycle", "#snapshot", "$recycle.bin", "system volume information", "lost+found", "__macosx"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """A file, and the names of the folders that it lies in: from the one that was named on."""

    path: Path
    folders: tuple[str, ...]
    is_named: bool = False  # by the user, so that it is tried whatever its extension


@dataclass(frozen=True, slots=True)
class Unreadable:
    path: Path
    reason: str


def walk(roots: Sequence[Path], without: Sequence[Path] = ()) -> Iterator[Found | Unreadable]:
    """Files by name, then folders by name. Links are followed; a folder that is reached twice is looked at once.

    ``without`` are folders to leave out: the library's own.
    """
    visited = {_identity(folder) for folder in without if folder.exists()}
    for root in roots:
        path = root.resolve()
        if path.is_dir():
            yield from _walk(path, (path.name,), visited)
        elif path.exists():
            yield Found(path, (path.parent.name,), is_named=True)
        else:
            yield Unreadable(path, "There is no such file or folder.")


def is_hidden(name: str) -> bool:
    return name.startswith(".") or name.lower() in SYSTEM_FOLDERS


def _walk(folder: Path, names: tuple[str, ...], visited: set[tuple[int, int]]) -> Iterator[Found | Unreadable]:
    try:
        identity = _identity(folder)
        if identity in visited:
            return
        visited.add(identity)
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield Unreadable(folder, f"The folder cannot be read: {error.strerror}.")
        return
    folders = []
    for entry in entries:
        if is_hidden(entry.name):
            continue
        if entry.is_dir():
            folders.append(entry.name)
        elif entry.is_file():  # neither a pipe nor a link into nowhere
            yield Found(folder / entry.name, names)
    for name in folders:
        yield from _walk(folder / name, (*names, name), visited)


def _identity(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_dev, stat.st_ino
