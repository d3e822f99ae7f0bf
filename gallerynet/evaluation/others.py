"""Other finders of duplicates, where they are installed (the extra ``evaluation``), with their defaults."""

import contextlib
import importlib
import importlib.util
import io
import sys
import types
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gallerynet.evaluation.copies import Copy

MAX_DISTANCE = 10  # bits of 64: the default of imagededup


def find(copies: Sequence[Copy], originals: Sequence[Copy]) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """The name of each finder, and which of the originals it takes each copy for, shape (copies, originals)."""
    hashing = _imagededup()
    for name in ("PHash", "DHash") if hashing is not None else ():
        method = getattr(hashing, name)(verbose=False)
        bits = np.stack([_bits(method.encode_image(image_array=_pixels(copy.file))) for copy in copies])
        own = np.stack([bits[row] for row, copy in enumerate(copies) if any(copy is one for one in originals)])
        distances = bits.sum(axis=1)[:, None] + own.sum(axis=1)[None] - 2 * bits @ own.T
        yield f"imagededup {name}", distances <= MAX_DISTANCE
    if importlib.util.find_spec("czkawka") is not None:
        yield "czkawka", _czkawka(copies, originals)


def missing() -> list[str]:
    return [name for name in ("imagededup", "czkawka") if importlib.util.find_spec(name) is None]


def _czkawka(copies: Sequence[Copy], originals: Sequence[Copy]) -> NDArray[np.bool_]:
    """Copies are compared with their own original alone, originals with each other: every pair costs it memory."""
    finder = importlib.import_module("czkawka").ImageSimilarity()
    rows = {copy.file.resolve(): row for row, copy in enumerate(copies)}
    columns = {copy.file.resolve(): column for column, copy in enumerate(originals)}
    accepted = np.zeros((len(copies), len(originals)), dtype=bool)
    families = [list(family) for _, family in groupby(copies, lambda copy: copy.source)]
    for family in [*families, originals]:
        for one, other, distance in finder.compute_distances([copy.file for copy in family]):
            for first, second in ((one, other), (other, one)):
                if distance <= MAX_DISTANCE and Path(second).resolve() in columns:
                    accepted[rows[Path(first).resolve()], columns[Path(second).resolve()]] = True
    return accepted


def _imagededup() -> Any:
    """Its hashes alone: the package itself imports PyTorch, two gigabytes that its hashes have no need of."""
    found = importlib.util.find_spec("imagededup")
    if found is None or not found.submodule_search_locations:
        return None
    for part in ("methods", "utils"):
        package = types.ModuleType(f"imagededup.{part}")
        package.__path__ = [str(Path(found.submodule_search_locations[0]) / part)]
        sys.modules.setdefault(package.__name__, package)
    with contextlib.redirect_stderr(io.StringIO()):
        return importlib.import_module("imagededup.methods.hashing")


def _pixels(file: Path) -> NDArray[np.uint8]:
    """As it reads them: without a look at the flag that says which way is up."""
    with Image.open(file) as image:
        return np.asarray(image.convert("RGB"))


def _bits(digits: str) -> NDArray[np.float32]:
    return np.unpackbits(np.frombuffer(bytes.fromhex(digits), dtype=np.uint8)).astype(np.float32)
