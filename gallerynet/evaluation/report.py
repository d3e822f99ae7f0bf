"""``gallerynet evaluate``: every table of ``docs/quality.md``, in one run."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gallerynet.core.vision.embedder import Embedder
from gallerynet.evaluation import duplicates, groups, search, tags
from gallerynet.evaluation.pictures import read_labelled
from gallerynet.evaluation.split import Labelled
from gallerynet.evaluation.table import markdown

Say = Callable[[str], None]


@dataclass(frozen=True)
class Given:
    """What is measured on: a folder with a folder for each label, and its pictures, embedded."""

    folder: Path
    pictures: Labelled


@dataclass(frozen=True)
class Section:
    """``run`` gives Markdown; ``text`` says what was tried and what was missed."""

    title: str
    run: Callable[[Given, Say], str]
    text: str = ""


# In the order of the page.
SECTIONS = (
    Section("Search", lambda given, _: markdown(search.HEAD, search.search_rows(given.pictures))),
    Section("Groups", lambda given, _: markdown(groups.HEAD, groups.group_rows(given.pictures))),
    Section("The same picture", lambda given, say: duplicates.run([given.folder], say=say)),
    Section("Learned tags", lambda given, say: tags.run(given.pictures, say), tags.TEXT),
)

HEAD = """# Quality

How good search, sameness and learned tags are, with the model that ships. `make evaluate` writes this page;
`gallerynet evaluate PATH` measures on pictures of your own, a folder for each label. Nothing was tuned on the pictures
that it is scored on: every second label, by name, was there to choose by, and the others are reported.
"""


def evaluate(folder: Path, model: Path, say: Say) -> str:
    """The whole page. Raises InvalidInput for a folder that holds no labelled pictures, CannotStart for a bad model."""
    started = time.monotonic()
    embedder = Embedder(model)
    pictures = read_labelled(folder, embedder)
    count = f"{len(pictures.labels)} pictures with {len(np.unique(pictures.labels))} labels"
    say(f"Embedded {count}")
    parts = [HEAD, f"Measured on {count}, `{folder.name}`, by {embedder.manifest.name}."]
    for section in SECTIONS:
        say(f"{section.title}:")
        parts += [f"## {section.title}", section.text, section.run(Given(folder, pictures), say)]
    say(f"Done in {time.monotonic() - started:.0f} s")
    return "\n\n".join(part.strip() for part in parts if part) + "\n"
