"""Whether two pictures are the same one, kept twice: edited, not merely alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from gallerynet.core.duplicates.align import Fit, fit
from gallerynet.core.duplicates.place import Place, Probe
from gallerynet.core.duplicates.sketch import Look, Sketch

# Changes when pairs that were found, or not found, before may come out otherwise.
METHOD = 2

MIN_ROUGH = 0.4  # correlation of sketches; of edits 1 in 1000 lies below it, of alike photographs half

# A copy agrees everywhere. Of edits 99 % are beyond .94, .90 and within .67; of different photographs none comes to
# .84, .84, and shots of one scene differ by 1.08 and more where something moved.
MIN_OVERLAP = 0.8  # two cuts of one picture may have less in common; then little speaks for them
MIN_CORRELATION = 0.9
MIN_TEXTURE = 0.86
MAX_WORST = 0.95

# Where one is a part of the other, or lies beside it, it may be the next shot as well, and must agree better. Of 829
# pairs of shots in bursts 3 then pass for one picture, and 13 without; of crops and screenshots 99 % pass.
MIN_MOVED_CORRELATION = 0.93
MIN_MOVED_TEXTURE = 0.9
MAX_MOVED_WORST = 0.5

# A copy that something was written over agrees elsewhere, and lies exactly over the other: a next shot hardly ever.
MAX_OFFSET = 0.005  # share of the sides
MIN_MARKED_CORRELATION = 0.72
MIN_MARKED_TEXTURE = 0.74
MIN_TRIMMED = 0.9

# Where cameras noted different moments, only what is the same to the last leaf is the same picture.
MIN_EXACT = 0.995
MAX_EXACT_WORST = 0.05

# Without texture there are only colours, in levels of 255.
MAX_COLOR_DIFFERENCE = 1.5
MAX_SHAPE_DIFFERENCE = 1.02

# An upload that is this much the same is refused as the seed asks: levels of 32 x 32 pixels. Copies of 48 photographs
# at half the size stay within 1.9 and 19, those at JPEG quality 40 within 1.1 and 9.
MAX_MEAN_DIFFERENCE = 3.0
MAX_DIFFERENCE = 24.0


@dataclass(frozen=True)
class Shot:
    """A picture, and the moment of capture that its camera noted in it, if any."""

    look: Look
    moment: str | None


def rough_places(sketch: Sketch, others: Sequence[Sketch]) -> list[list[Place]]:
    """For each of the others the places that are worth a closer look."""
    found = Probe(sketch).find(others)
    return [[place for place in places if place.correlation >= MIN_ROUGH] for places in found]


def compare(one: Shot, other: Shot, places: Iterable[Place]) -> float | None:
    """The correlation of two pictures that are the same, or None where they are not."""
    if one.look.sketch.is_smooth or other.look.sketch.is_smooth:
        return _compare_colors(one.look, other.look)
    best: Fit | None = None
    for place in places:
        found = fit(one.look, other.look, place)
        if found is not None and (best is None or found.correlation > best.correlation):
            best = found
        if best is not None and best.correlation >= MIN_CORRELATION:
            break
    if best is None or not is_same(best):
        return None
    differ = one.moment is not None and other.moment is not None and one.moment != other.moment
    exact = best.offset <= MAX_OFFSET and best.correlation >= MIN_EXACT and best.worst <= MAX_EXACT_WORST
    if differ and not exact:
        return None
    return best.correlation


def is_same(found: Fit) -> bool:
    """Whether pictures that agree this well are the same one."""
    lies_exactly = found.offset <= MAX_OFFSET
    clean = (
        found.overlap >= MIN_OVERLAP
        and found.correlation >= (MIN_CORRELATION if lies_exactly else MIN_MOVED_CORRELATION)
        and found.texture >= (MIN_TEXTURE if lies_exactly else MIN_MOVED_TEXTURE)
        and found.worst <= (MAX_WORST if lies_exactly else MAX_MOVED_WORST)
    )
    marked = (
        lies_exactly
        and found.correlation >= MIN_MARKED_CORRELATION
        and found.texture >= MIN_MARKED_TEXTURE
        and found.trimmed >= MIN_TRIMMED
    )
    return clean or marked


def is_identical(one: Look, other: Look) -> bool:
    """Whether hardly a pixel differs: the same picture at another size or quality, and nothing done to it."""
    mine, theirs = (_coarse(look) for look in (one, other))
    difference = np.abs(mine - theirs)
    return bool(difference.mean() <= MAX_MEAN_DIFFERENCE and difference.max() <= MAX_DIFFERENCE)


def _compare_colors(one: Look, other: Look) -> float | None:
    shapes = [look.detail.shape[1] / look.detail.shape[0] for look in (one, other)]
    if not (one.sketch.is_smooth and other.sketch.is_smooth) or max(shapes) > MAX_SHAPE_DIFFERENCE * min(shapes):
        return None
    difference = float(np.abs(one.colors - other.colors).max())
    return 1.0 if difference <= MAX_COLOR_DIFFERENCE else None


def _coarse(look: Look) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """32 x 32, in colour."""
    with Image.open(look.thumbnail, formats=["JPEG"]) as image:
        small = image.convert("RGB").resize((32, 32), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float32)
