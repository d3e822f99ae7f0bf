"""``gallerynet evaluate``: every table of ``docs/quality.md``, in one run."""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from gallerynet.core.errors import InvalidInput
from gallerynet.core.vision.embedder import Embedder
from gallerynet.evaluation import duplicates, groups, search, tags
from gallerynet.evaluation.packaged import packaged_photos, write_parts
from gallerynet.evaluation.pictures import read_labelled
from gallerynet.evaluation.split import Labelled
from gallerynet.evaluation.table import markdown

Say = Callable[[str], None]


@dataclass(frozen=True)
class Given:
    """Labelled pictures, embedded, and the folders whose pictures and clips copies are looked for in."""

    pictures: Labelled
    folders: Sequence[Path]


@dataclass(frozen=True)
class Section:
    """``run`` gives Markdown; ``text`` says what was tried and what was missed."""

    title: str
    run: Callable[[Given, Say], str]
    text: str


# In the order of the page.
SECTIONS = (
    Section("Search", lambda given, _: markdown(search.HEAD, search.search_rows(given.pictures)), search.TEXT),
    Section("Groups", lambda given, _: markdown(groups.HEAD, groups.group_rows(given.pictures)), groups.TEXT),
    Section("The same picture", lambda given, say: duplicates.run(given.folders, say=say), duplicates.TEXT),
    Section("Learned tags", lambda given, say: tags.run(given.pictures, say), tags.TEXT),
)

HEAD = """# Quality

How good search, sameness and learned tags are, with the model that ships. `make evaluate` writes this page;
`gallerynet evaluate PATH` measures on pictures of your own, a folder for each label. Nothing was tuned on the pictures
that it is scored on: every second label, by name, was there to choose by, and the others are reported. Other finders of
duplicates are measured beside ours where they are installed: `pip install --no-deps czkawka imagededup`.
"""


def evaluate(folder: Path | None, more: Sequence[Path], model: Path, say: Say) -> str:
    """The whole page. ``more`` are folders of pictures and clips without labels, for sameness alone.

    Without ``folder`` the labels are photographs of packages, and their pictures parts of them. Raises InvalidInput
    for a folder that holds no labelled pictures, CannotStart for a bad model.
    """
    for other in more:
        if not other.is_dir():
            raise InvalidInput(f"{other} is no folder. Give folders of pictures and clips.")
    started = time.monotonic()
    embedder = Embedder(model)
    with tempfile.TemporaryDirectory(prefix="gallerynet-evaluate-") as name:
        if folder is None:
            write_parts(Path(name))
        pictures = read_labelled(folder or Path(name), embedder)
    count = f"{len(pictures.labels)} pictures with {len(np.unique(pictures.labels))} labels"
    say(f"Embedded {count}")
    given = Given(pictures, [*([folder] if folder else []), *more])
    source = f"`{folder.name}`" if folder else f"parts of {len(packaged_photos())} photographs that packages ship"
    parts = [HEAD, f"Measured on {count}, {source}, by {embedder.manifest.name}."]
    # Many small products: threads that wait for each other would cost more than they bring.
    with threadpool_limits(1):
        for section in SECTIONS:
            say(f"{section.title}: {time.monotonic() - started:.0f} s")
            parts += [f"## {section.title}", section.text, section.run(given, say)]
    say(f"Done in {time.monotonic() - started:.0f} s")
    return "\n\n".join(part.strip() for part in parts if part) + "\n"
