"""Fills an empty library, on the same way that uploads go."""

from collections.abc import Callable

from gallerynet.core.errors import Conflict
from gallerynet.core.ids import Id
from gallerynet.core.ingest.pipeline import Added, Duplicate, Rejected
from gallerynet.core.ingest.receive import Receiver
from gallerynet.core.job_notes import Counted, Note, NoteCode
from gallerynet.core.jobs import JobKind, Progress
from gallerynet.core.library import Library
from gallerynet.core.media.filters import EVERYTHING
from gallerynet.core.media.listing import NEWEST_FIRST
from gallerynet.core.words import counted
from gallerynet.demo.collection import TOTAL, Picture, pictures

# Steps done, of how many, and what it is at.
Report = Callable[[int, int, Note], None]

# Tag, the kind that it means, and how many are tagged by hand: the others are left to learning.
TAGS = (("mountains", "mountains", 7), ("boats", "sea", 7))
FOLDERS = (("By the sea", ("sea",)), ("Up and away", ("mountains", "balloons")), ("Favourite prints", ("photograph",)))


def require_empty(library: Library) -> None:
    """Raises Conflict where there is anything: nobody's library gets pictures that are not theirs."""
    found = library.statistics()
    count = found.total_files + found.trashed_files
    if count > 0:
        raise Conflict(
            f"The demo fills an empty library only; this one has {counted(count, 'item')}. "
            "Give DATABASE_PATH, UPLOAD_DIR and THUMBNAIL_DIR other places to try it there."
        )


def register(library: Library) -> None:
    """Lets the library's jobs fill it."""

    def run(progress: Progress) -> Note:
        return Note(NoteCode.FILLED, {Counted.PICTURES: fill(library, progress.report)})

    library.jobs.register(JobKind.DEMO, run)


def fill(library: Library, report: Report) -> int:
    """Adds pictures, folders, favourites and learned tags; returns how many pictures. What is there already stays."""
    ids: dict[str, list[Id]] = {}
    there = {item.original_filename: item.id for item in library.lists.window(EVERYTHING, NEWEST_FIRST, 0, TOTAL)}
    count = 0
    for picture in pictures():
        report(count, TOTAL, Note(NoteCode.ADDING, name=picture.name))
        # By name, since no encoder of films promises the same bytes twice.
        identity = there.get(picture.name) or _add(library, picture)
        ids.setdefault(picture.kind, []).append(identity)
        count += 1
    report(count, count, Note(NoteCode.ARRANGING))
    _arrange(library, ids)
    return count


def _add(library: Library, picture: Picture) -> Id:
    receiver = Receiver(library.storage, picture.name)
    receiver.write(picture.make())
    match library.ingest.add(receiver.finish(), None, allow_near_duplicates=True):
        case Added(media=media) | Duplicate(existing=media):
            return media.id
        case Rejected(message=message):  # the pictures are ours: this is a mistake of the program
            raise RuntimeError(f"{picture.name}: {message}")


def _arrange(library: Library, ids: dict[str, list[Id]]) -> None:
    made = {folder.name for folder in library.folders.all()}
    for name, kinds in FOLDERS:
        if name not in made:
            folder = library.folders.create(name)
            library.folders.add(folder.id, [identity for kind in kinds for identity in ids[kind]])
    for name, kind, count in TAGS:
        library.tags.edit(ids[kind][:count], [name], [])
        library.learner.learn(name)
    library.media.set_favorite([*ids["photograph"][:3], *ids["balloons"][::2], *ids["stars"][:2]], True)
