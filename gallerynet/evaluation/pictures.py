"""Labelled pictures from a folder: a folder for each label, whose name is the label."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from gallerynet.core.errors import GalleryError, InvalidInput
from gallerynet.core.ingest.decode import network_input_of
from gallerynet.core.ingest.formats import recognise
from gallerynet.core.media.model import MediaType
from gallerynet.core.search.index import Vector
from gallerynet.core.vision.embedder import Embedder
from gallerynet.evaluation.split import Labelled

THREADS = 2
FEWEST = 8  # pictures of a label that is scored
LABELS = 4  # at least: two to choose by, two to report


def read_labelled(folder: Path, embedder: Embedder) -> Labelled:
    """Embeds the pictures; other files, and labels with too few pictures, are passed over.

    Raises InvalidInput, in words that say what to do, where too little is left or may be read.
    """
    if not folder.is_dir():
        raise InvalidInput(f"{folder} is no folder. {WANTED}")
    try:
        labels = [label for label in sorted(folder.iterdir()) if label.is_dir()]
        paths = [path for label in labels for path in sorted(label.iterdir()) if path.is_file()]
    except OSError as error:
        raise InvalidInput(f"{error.filename} cannot be read: {error.strerror}. {WANTED}") from error
    with ThreadPoolExecutor(THREADS) as threads:
        embedded = list(threads.map(lambda path: _embedded(path, embedder), paths))
    found = [(vector, path.parent.name) for path, vector in zip(paths, embedded, strict=True) if vector is not None]
    names = np.array([name for _, name in found], dtype=np.str_)
    known, counts = np.unique(names, return_counts=True)
    enough = np.isin(names, known[counts >= FEWEST])
    usable = int((counts >= FEWEST).sum())
    if usable < LABELS:
        unread = len(paths) - len(found)
        raise InvalidInput(
            f"{folder} holds {len(labels)} {'folder' if len(labels) == 1 else 'folders'}, "
            f"{usable} of them with {FEWEST} pictures or more"
            f"{f'; {unread} of {len(paths)} files are no pictures that can be read' if unread else ''}. {WANTED}"
        )
    return Labelled(np.stack([vector for vector, _ in found])[enough], names[enough])


WANTED = (
    f"Give a folder that holds a folder for each label, named by it, with {FEWEST} pictures or more; "
    f"{LABELS} labels at least."
)


def _embedded(path: Path, embedder: Embedder) -> Vector | None:
    try:
        known = recognise(path, path.name)
        if known.media_type is not MediaType.IMAGE:
            return None
        vector: Vector = embedder.embed(network_input_of(path, known.name)[np.newaxis])[0]
        return vector
    except (GalleryError, OSError):
        return None
