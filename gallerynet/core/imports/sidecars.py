"""The files beside a picture that speak of it: XMP sidecars, and the JSON of Google Takeout.

Takeout names its JSON after the picture, ``IMG_1.jpg.supplemental-metadata.json``; cuts what is longer than 46
characters before ``.json``; counts twins behind the picture's extension, ``IMG_1.jpg(2).json`` for ``IMG_1(2).jpg``;
and has none for what was edited or for the video of a live photo, which share that of the picture.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from gallerynet.core.imports.walk import Found
from gallerynet.core.ingest.metadata.beside import Beside, from_takeout, from_xmp

MAX_XMP, MAX_JSON = 4 * 2**20, 2**20

_SUFFIX = ".supplemental-metadata"
_LONGEST = 46
_TWIN = re.compile(r"\((\d+)\)$")
# What Takeout appends in its languages; others of its languages use the English word.
_EDITED = re.compile(
    r"-(?:edited|bearbeitet|modifié|modificato|editado|editada|bewerkt|edytowane|redigerad|redigeret|editat|編集済み)"
    r"(?=\(\d+\)$|$)",
    re.IGNORECASE,
)
_LIVE_VIDEOS = (".mp4", ".mov", ".mp")
_LIVE_PICTURES = (".heic", ".jpg", ".jpeg", ".png")


class Neighbours:
    """Finds what lies beside a file. Folders are asked one after the other, so the listing of the last is kept."""

    def __init__(self) -> None:
        self._listing: tuple[Path, dict[str, str]] | None = None

    def beside(self, found: Found) -> Beside:
        """What the sidecars of the file say, XMP before Takeout; those that cannot be read say nothing."""
        names = self._names(found.path.parent)
        said = Beside(folders=found.folders)
        for name in xmp_names(found.path.name):
            if name.lower() in names and (packet := _read(found.path.with_name(names[name.lower()]), MAX_XMP)):
                said = said.merged(from_xmp(packet))
        for name in takeout_names(found.path.name, list(names.values())):
            packet = _read(found.path.with_name(name), MAX_JSON)
            takeout = None if packet is None else from_takeout(packet)
            if takeout is not None:
                return said.merged(takeout)
        return said

    def _names(self, folder: Path) -> dict[str, str]:
        """Of the XMP and JSON files in it, by their names in lower case."""
        listing = self._listing
        if listing is None or listing[0] != folder:
            found = sorted(entry.name for entry in folder.iterdir())
            names = {name.lower(): name for name in found if name.lower().endswith((".xmp", ".json"))}
            listing = self._listing = (folder, names)
        return listing[1]


def xmp_names(name: str) -> list[str]:
    """``IMG.jpg.xmp``, of this file alone; ``IMG.xmp``, of all that share its stem."""
    return [f"{name}.xmp", f"{Path(name).stem}.xmp"]


def takeout_names(name: str, neighbours: Sequence[str]) -> Iterator[str]:
    """Those among the names in a folder that may be the JSON of the file ``name``, the surest first."""
    extension = Path(name).suffix
    stem, twin = _without_twin(Path(name).stem)
    unedited = _EDITED.sub("", stem)
    start = unedited[: _LONGEST - len("(99)")]
    described = [
        (found, *_without_twin(found[: -len(".json")]))
        for found in neighbours
        if found.startswith(start) and found.lower().endswith(".json")
    ]
    titles = list(dict.fromkeys((f"{stem}{extension}", f"{unedited}{extension}")))
    if extension.lower() in _LIVE_VIDEOS:
        titles += sorted({title for _, base, _ in described for title in _live_pictures(base, stem)})
    for title in titles:
        matching = [(len(base), found) for found, base, number in described if number == twin and _is_of(base, title)]
        yield from (found for _, found in sorted(matching, reverse=True))


def _without_twin(text: str) -> tuple[str, str]:
    """``IMG_1.jpg(2)`` without its number, and the number."""
    match = _TWIN.search(text)
    return (text, "") if match is None else (text[: match.start()], match[1])


def _is_of(base: str, title: str) -> bool:
    """Whether a JSON of that name, without its extension, is cut off no sooner than it may be."""
    whole = f"{title}{_SUFFIX}"
    return whole.startswith(base) and len(base) >= min(len(title), _LONGEST - len("(99)"))


def _live_pictures(base: str, stem: str) -> Iterator[str]:
    """The picture that the JSON is of, where it shares the stem of a video."""
    for extension in _LIVE_PICTURES:
        if base.lower().startswith(f"{stem}{extension}".lower()):
            yield base[: len(stem) + len(extension)]


def _read(path: Path, limit: int) -> bytes | None:
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError:
        return None
    return content if len(content) <= limit else None
