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

    Raises InvalidInput, in words that say what to do, where too little is left.
    """
    if not folder.is_dir():
        raise InvalidInput(f"{folder} is no folder. {WANTED}")
    paths = sorted(path for label in folder.iterdir() if label.is_dir() for path in label.iterdir() if path.is_file())
    with ThreadPoolExecutor(THREADS) as threads:
        embedded = list(threads.map(lambda path: _embedded(path, embedder), paths))
    found = [(vector, path.parent.name) for path, vector in zip(paths, embedded, strict=True) if vector is not None]
    labels = np.array([label for _, label in found], dtype=np.str_)
    names, counts = np.unique(labels, return_counts=True)
    enough = np.isin(labels, names[counts >= FEWEST])
    if len(np.unique(labels[enough])) < LABELS:
        raise InvalidInput(f"{folder} holds too few labelled pictures. {WANTED}")
    return Labelled(np.stack([vector for vector, _ in found])[enough], labels[enough])


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
    except GalleryError:
        return None
