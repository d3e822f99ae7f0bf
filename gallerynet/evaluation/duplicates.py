"""How well copies are found, and how often other pictures are taken for them: by us, and by others in the same run."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gallerynet.core.duplicates.candidates import MAX_DISTANCE, MIN_COSINE, choose
from gallerynet.core.duplicates.compare import Shot, compare, rough_places
from gallerynet.core.duplicates.hashes import nearest, words
from gallerynet.core.vision.embedder import Embedder
from gallerynet.evaluation import others
from gallerynet.evaluation.aims import Aim, aims_table
from gallerynet.evaluation.copies import CLIPS, ORIGINAL, Copy, find_sources, prepared
from gallerynet.evaluation.edits import EDITS
from gallerynet.evaluation.table import markdown
from gallerynet.settings import Settings

TUNED_ON, REPORTED_ON = 0, 1
# Files of Caltech-101 that show one picture, found by looking: the first digits of their SHA-256.
TWINS: tuple[frozenset[str], ...] = (
    frozenset({"c96eb769825d", "829c51737be4", "1e74e0f7e9cc", "92641e238941"}),  # one drawing of a stop sign
    frozenset({"f8a39fc17380", "b39a4387330f"}),  # a leopard, and the same mirrored
    frozenset({"5178a2baa8a5", "3e7580c3b4cb"}),  # a drawn pyramid, cropped
    frozenset({"4210bc2410a7", "4427d3e4008c"}),
    frozenset({"6aab3851a3da", "31515376256c"}),
)
HARDEST = "crop 20 %"
FLAT = ("plain", "sky", "text")
KINDS = ("photo", "edited photo", *FLAT, "burst", "frame")
Truth = NDArray[np.bool_]
TEXT = """
Copies are made of photographs by 18 edits, and each is looked up among all originals, as an upload is in a library.
Recall is the share of copies whose original is found; a mistake is another picture that is taken for the same. Bursts
are shots of one scene in which something moves and the camera shakes, frames come from clips, half a second apart;
neither has the times that real cameras note, which tell shots apart. The other finders run with their defaults on the
same files; none of them reads the flag that says which way is up. czkawka is given copies with their own originals
only.

Files of the labelled pictures that show one picture twice, found by looking, are no mistake when they are taken for
each other. Frames of a camera that stands still, before which hardly anything moves, are taken for copies: as
pictures they are. How it works and what was tried: decision [21](decisions/0021-sameness.md). The scan of an upload
against 100,000 items is in [performance](performance.md).
"""
Accepted = NDArray[np.bool_]  # shape (copies, originals)


@dataclass(frozen=True)
class Finder:
    name: str
    accepted: Accepted


@dataclass(frozen=True)
class Measured:
    """Ours, with what it cost."""

    accepted: Accepted
    candidates: int
    milliseconds: float  # a candidate, of processor time, in one thread


def run(folders: Sequence[Path], half: int | None = REPORTED_ON, say: Callable[[str], None] = lambda _: None) -> str:
    """The tables, as Markdown. ``folders`` hold pictures, or folders of pictures, and clips."""
    sources = find_sources(folders, half)
    clips = sorted(path for folder in folders for path in folder.iterdir() if path.suffix.lower() in CLIPS)
    say(f"{len(sources)} photographs, copies of {sum(source.is_edited for source in sources)}")
    with prepared(sources, clips, Embedder(Settings().model_path)) as copies:
        originals = [copy for copy in copies if copy.edit == ORIGINAL]
        say(f"{len(copies)} files prepared")
        ours = measure(copies, originals)
        say(f"{ours.candidates} candidates compared")
        finders = [Finder("GalleryNet", ours.accepted)]
        cosines = np.stack([copy.vector for copy in copies]) @ np.stack([copy.vector for copy in originals]).T
        finders.append(Finder("cosine .90", cosines >= 0.9))
        finders += [Finder(name, accepted) for name, accepted in others.find(copies, originals)]
        pairs = len(copies) * (len(originals) - 1)
        notes = [
            f"{len(originals)} different pictures, {len(copies) - len(originals)} edited copies, {pairs:,} pairs of "
            f"different pictures; {ours.candidates:,} pairs compared, {ours.milliseconds:.1f} ms of one core each.",
            *_mistakes(copies, originals, ours.accepted),
        ]
        missing = [f"Not installed, and not compared with: {name}." for name in others.missing()]
        tables = [_by_edit(copies, originals, finders), _by_kind(copies, originals, finders)]
        return "\n\n".join([aims_table(_aims(copies, originals, ours)), *tables, *notes, *missing])


def measure(copies: Sequence[Copy], originals: Sequence[Copy]) -> Measured:
    """Looks each copy up among the originals, as an upload is looked up in a library."""
    keys = np.arange(len(originals))
    vectors = np.stack([copy.vector for copy in originals])
    hashes = np.array([words(copy.perceptual_hash) for copy in originals], dtype=np.uint64)
    accepted = np.zeros((len(copies), len(originals)), dtype=bool)
    count, start = 0, time.thread_time()
    for row, copy in enumerate(copies):
        cosines = vectors @ copy.vector
        near = keys[cosines >= MIN_COSINE]
        near = near[np.argsort(-cosines[near])].tolist()
        wanted = choose(near, nearest(hashes, keys, copy.perceptual_hash, MAX_DISTANCE))
        for quarters, chosen in wanted.items():
            shot = Shot(copy.look.turned(quarters), None)
            known = [originals[key] for key in chosen]
            for other, places in zip(
                known, rough_places(shot.look.sketch, [one.look.sketch for one in known]), strict=True
            ):
                if other is not copy:
                    count += 1
                    accepted[row, other.source] |= compare(shot, Shot(other.look, None), places) is not None
    spent = time.thread_time() - start
    return Measured(accepted, count, 1000 * spent / max(count, 1))


def _aims(copies: Sequence[Copy], originals: Sequence[Copy], ours: Measured) -> list[Aim]:
    recalls = _recalls(copies, originals, ours.accepted)
    worst = min((name for name in EDITS if name != HARDEST), key=lambda name: recalls[name])
    wrong = {kind: int((ours.accepted & among).sum()) for kind, among in _different(copies, originals).items()}
    return [
        Aim("recall over all edits, %", 97, recalls["all"]),
        Aim(f"recall of each edit but {HARDEST}, %: the worst is {worst}", 90, recalls[worst]),
        Aim("pairs of photographs taken for the same", 0, wrong["photo"], is_most=True),
        Aim("of edited photographs with others", 0, wrong["edited photo"], is_most=True),
        Aim("of plain colours, skies, pages of text", 0, sum(wrong[kind] for kind in FLAT), is_most=True),
        Aim("milliseconds of one core for a candidate", 5, ours.milliseconds, is_most=True),
    ]


def _by_edit(copies: Sequence[Copy], originals: Sequence[Copy], finders: Sequence[Finder]) -> str:
    """Recall in percent; for ours how many other pictures the copies were taken for, and precision with them."""
    right = _right(copies, originals)
    recalls = [_recalls(copies, originals, one.accepted) for one in finders]
    rows = []
    for name, chosen in _by_name(copies).items():
        found = finders[0].accepted[chosen]
        precision = 100 * float((found & right[chosen]).sum()) / max(1, int(found.sum()))
        rows.append([name, *(f"{recall[name]:.1f}" for recall in recalls), f"{precision:.1f}"])
    return markdown(["edit", *(f"{one.name}, recall %" for one in finders), "GalleryNet, precision %"], rows)


def _recalls(copies: Sequence[Copy], originals: Sequence[Copy], accepted: Accepted) -> dict[str, float]:
    """In percent, of each edit and of all: copies that are taken for the original they were made of."""
    found = accepted[np.arange(len(copies)), _columns(copies, originals)]
    return {name: 100 * float(found[chosen].mean()) for name, chosen in _by_name(copies).items()}


def _by_name(copies: Sequence[Copy]) -> dict[str, Truth]:
    """Which copies were made by each edit, and by any."""
    edits = np.array([copy.edit for copy in copies])
    return {name: edits == name for name in EDITS} | {"all": edits != ORIGINAL}


def _columns(copies: Sequence[Copy], originals: Sequence[Copy]) -> NDArray[np.int64]:
    """For each copy the place of its own original."""
    place = {one.source: column for column, one in enumerate(originals)}
    return np.array([place[copy.source] for copy in copies])


def _by_kind(copies: Sequence[Copy], originals: Sequence[Copy], finders: Sequence[Finder]) -> str:
    rows = [
        [
            kind,
            f"{int(among.sum()):,}",
            *(
                "-" if one.name == "czkawka" and kind == "edited photo" else int((one.accepted & among).sum())
                for one in finders
            ),
        ]
        for kind, among in _different(copies, originals).items()
    ]
    return markdown(["pairs of", "how many", *(f"{one.name}, wrong" for one in finders)], rows)


def _different(copies: Sequence[Copy], originals: Sequence[Copy]) -> dict[str, Accepted]:
    """Pairs of different pictures, by what both are: shots of one burst, frames of one clip. Originals count once."""
    same = _right(copies, originals)
    theirs = np.array([one.kind for one in originals])
    alike = np.array([copy.kind for copy in copies])[:, None] == theirs
    unedited = np.array([copy.edit == ORIGINAL for copy in copies])
    each_once = np.array([copy.source for copy in copies])[:, None] < np.array([one.source for one in originals])
    found = {}
    for kind in KINDS:
        among = ~same & alike & np.array([name.split()[0] == kind.split()[-1] for name in theirs])
        found[kind] = among & (~unedited[:, None] if kind == "edited photo" else unedited[:, None] & each_once)
    return found


def _right(copies: Sequence[Copy], originals: Sequence[Copy]) -> Accepted:
    """Which picture each copy shows: its own, or one that is the same though it came as another file."""
    families = [next((number for number, family in enumerate(TWINS) if one.digest in family), -1) for one in originals]
    numbers = np.array([-1 - place if family < 0 else family for place, family in enumerate(families)])
    right: Accepted = numbers[_columns(copies, originals)][:, None] == numbers
    return right


def _mistakes(copies: Sequence[Copy], originals: Sequence[Copy], accepted: Accepted) -> list[str]:
    """Each pair of photographs that was taken for the same, to be looked at."""
    wrong = accepted & ~_right(copies, originals)
    found: dict[tuple[str, str], list[str]] = {}
    for row, column in np.argwhere(wrong).tolist():
        one, other = copies[row], originals[column]
        if one.kind == other.kind == "photo":
            names = sorted(f"{item.name} ({item.digest})" for item in (originals[one.source], other))
            found.setdefault((names[0], names[1]), []).append(one.edit)
    return [f"Taken for the same: {one}, {other}: {len(edits)} times." for (one, other), edits in found.items()]
