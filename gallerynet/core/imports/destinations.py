"""The folders of the library that imported files go into."""

import threading
from collections import defaultdict

from gallerynet.core.errors import NotFound
from gallerynet.core.folders import MAX_NAME, Folders
from gallerynet.core.ids import Id
from gallerynet.core.imports.walk import Found

AT_ONCE = 100  # a folder is changed, and everyone told of it, once for so many items


class Destinations:
    """Puts items into folders by name, made when the first item goes in. Many at once: ``flush`` ends it."""

    def __init__(self, folders: Folders, name: str | None, from_directories: bool) -> None:
        self._folders = folders
        self._name = name
        self._from_directories = from_directories
        self._waiting: defaultdict[str, list[Id]] = defaultdict(list)
        self._lock = threading.Lock()

    def name_for(self, found: Found) -> str | None:
        """The folder that the file goes into, by name; None for none."""
        if self._name is not None:
            return self._name
        if not self._from_directories:
            return None
        # The path below the folder that was named; what lies straight in that goes by its own name.
        name = "/".join(found.folders[1:] or found.folders).encode(errors="replace").decode()
        return name[-MAX_NAME:].strip() or None

    def put(self, found: Found, item: Id) -> None:
        name = self.name_for(found)
        if name is None:
            return
        with self._lock:
            self._waiting[name].append(item)
            if len(self._waiting[name]) >= AT_ONCE:
                self._move(name, self._waiting.pop(name))

    def flush(self) -> None:
        with self._lock:
            for name in list(self._waiting):
                self._move(name, self._waiting.pop(name))

    def _move(self, name: str, items: list[Id]) -> None:
        folder = next((known for known in self._folders.all() if known.name == name), None)
        if folder is None:
            folder = self._folders.create(name)
        try:
            self._folders.add(folder.id, items)
        except NotFound:  # deleted meanwhile, the folder or one of the items
            return
