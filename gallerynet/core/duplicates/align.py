"""Laying one picture exactly over another, and judging whether the two are the same.

From a rough place on, Gauss-Newton steps find shift and scale, together with the brightness and contrast that make the
pictures most equal (the method of Lucas and Kanade, with gain and offset). Of copies, what is left then is little all
over; of other shots of one scene, much in some places.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gallerynet.core.duplicates.place import Place
from gallerynet.core.duplicates.sketch import Grey, Look

MIN_SIDE = 12  # pixels of an overlap
STEPS = {True: 4, False: 3}  # at half the detail, then at all of it
STILL = 0.03  # pixels: a step that is shorter is the last
LONGEST = np.array([0.05, 0.05, 3.0, 3.0])  # step: scales, pixels
MAX_SCALE = 2.4
MAX_STRETCH = 1.2  # of one side by the other
WORTH_MORE = 0.6  # correlation at half the detail under which the rest is spared
GRID = 6  # blocks along each side
WITHOUT_WORST = 27  # blocks, of 36


@dataclass(frozen=True)
class Fit:
    """How well two pictures agree where they overlap. Correlations are -1..1.

    ``correlation`` is that of all pixels, ``texture`` the mean of the blocks' own weighted by their contrast,
    ``trimmed`` that of all pixels but those of the worst quarter of the blocks; ``worst`` is the largest mean square
    difference of a block, in variances of the picture. ``overlap`` is the share of the smaller picture, ``offset`` how
    far the edges of the two lie apart, as a share of the sides.
    """

    overlap: float
    offset: float
    correlation: float
    texture: float
    trimmed: float
    worst: float


def fit(one: Look, other: Look, place: Place) -> Fit | None:
    """The agreement after the best alignment near that place, or None where there is none."""
    start = np.array([place.across, place.down, place.left, place.top])
    for halved in (True, False):
        mine, theirs = (one.half, other.half) if halved else (one.detail, other.detail)
        if place.is_mirrored:
            mine = mine[:, ::-1]
        unit = _unit(mine, theirs)
        shape = _refined(mine, theirs, start * unit, STEPS[halved])
        if shape is None:
            return None
        start = shape / unit
        judged = _judged(mine, theirs, shape)
        if judged is None or (halved and judged.correlation < WORTH_MORE):
            return None
    return judged


def _unit(one: Grey, other: Grey) -> NDArray[np.float64]:
    """What makes pixels of scales and shifts that are told in shares of the sides."""
    (height, width), (down, across) = one.shape, other.shape
    return np.array([across / width, down / height, across, down])


def _refined(one: Grey, other: Grey, shape: NDArray[np.float64], steps: int) -> NDArray[np.float64] | None:
    for _ in range(steps):
        overlap = _overlap(one, other, shape)
        if overlap is None:
            return None
        laid = _laid(one, other, shape)[overlap]
        down, across = np.gradient(laid)
        y, x = (np.arange(part.start, part.stop, dtype=np.float32) + 0.5 for part in overlap)
        terms = np.stack(
            [across * x, down * y[:, None], across, down, laid - laid.mean(), np.ones_like(laid)], axis=-1
        ).reshape(-1, 6)
        squares = (terms.T @ terms).astype(np.float64)
        squares[np.diag_indices(6)] += 1e-3
        solution = np.linalg.solve(squares, terms.T @ one[overlap].reshape(-1))
        gain = solution[4]
        if gain < 0.05:
            return None
        # The gradients are those of the picture as laid: a step in its own pixels is larger by its scale.
        step = solution[:4] / gain * shape[[0, 1, 0, 1]]
        shape = shape + np.clip(step, -LONGEST, LONGEST)
        if np.abs(step[2:]).max() < STILL:
            break
    scales = shape[:2]
    if scales.min() <= 1 / MAX_SCALE or scales.max() >= MAX_SCALE or scales.max() / scales.min() > MAX_STRETCH:
        return None
    return shape


def _laid(one: Grey, other: Grey, shape: NDArray[np.float64]) -> Grey:
    """The other as it lies over the one: its pixels at the places of the one's."""
    across, down, left, top = (float(number) for number in shape)
    image = Image.fromarray(other).transform(
        (one.shape[1], one.shape[0]), Image.Transform.AFFINE, (across, 0, left, 0, down, top), Image.Resampling.BILINEAR
    )
    return np.asarray(image)


def _overlap(one: Grey, other: Grey, shape: NDArray[np.float64]) -> tuple[slice, slice] | None:
    """Rows and columns of the one whose pixels lie within the other; None where they are few."""
    parts = []
    for axis in (0, 1):
        scale, shift = shape[1 - axis], shape[3 - axis]
        first = np.ceil((0.5 - shift) / scale - 0.5)
        last = np.floor((other.shape[axis] - 0.5 - shift) / scale - 0.5)
        parts.append(slice(int(max(0, first)), int(min(one.shape[axis], last + 1))))
    if min(part.stop - part.start for part in parts) < MIN_SIDE:
        return None
    return parts[0], parts[1]


def _judged(one: Grey, other: Grey, shape: NDArray[np.float64]) -> Fit | None:
    overlap = _overlap(one, other, shape)
    if overlap is None:
        return None
    mine, theirs = one[overlap], _laid(one, other, shape)[overlap]
    share = mine.size / min(one.size, other.size / (shape[0] * shape[1]))
    scales, shifts = np.split(shape / _unit(one, other), 2)
    offset = np.abs(np.concatenate([shifts, shifts + scales - 1])).max()
    mine, theirs = ((grey - grey.mean()) / max(float(grey.std()), 1e-6) for grey in (mine, theirs))
    counts = _block_sums(np.ones_like(mine))
    sums = [_block_sums(part) / counts for part in (mine, theirs)]
    squares = [_block_sums(part * part) / counts for part in (mine, theirs)]
    products = _block_sums(mine * theirs) / counts
    variances = [np.maximum(square - mean * mean, 0) for square, mean in zip(squares, sums, strict=True)]
    contrast = np.sqrt(variances[0] * variances[1])
    own = (products - sums[0] * sums[1]) / np.sqrt(variances[0] * variances[1] + 1e-4)
    differences = squares[0] + squares[1] - 2 * products
    kept = np.argsort(differences)[:WITHOUT_WORST]
    return Fit(
        overlap=float(share),
        offset=float(offset),
        correlation=float((products * counts).sum() / counts.sum()),
        texture=float((own * contrast).sum() / max(float(contrast.sum()), 1e-6)),
        trimmed=_correlation(*(part[kept] for part in (counts, *sums, *squares, products))),
        worst=float(differences.max()),
    )


def _block_sums(values: Grey) -> NDArray[np.float64]:
    """Of a grid of GRID x GRID blocks, in a row."""
    rows, columns = (np.linspace(0, side, GRID + 1).astype(int)[:-1] for side in values.shape)
    sums: NDArray[np.float64] = np.add.reduceat(np.add.reduceat(values, rows, axis=0), columns, axis=1)
    return sums.reshape(-1).astype(np.float64)


def _correlation(
    counts: NDArray[np.float64],
    mean: NDArray[np.float64],
    other_mean: NDArray[np.float64],
    square: NDArray[np.float64],
    other_square: NDArray[np.float64],
    product: NDArray[np.float64],
) -> float:
    """Of the pixels of these blocks, from the blocks' means."""
    total = counts.sum()
    means = (counts * mean).sum() / total, (counts * other_mean).sum() / total
    variances = [
        (counts * part).sum() / total - middle**2 for part, middle in zip((square, other_square), means, strict=True)
    ]
    covariance = (counts * product).sum() / total - means[0] * means[1]
    return float(covariance / np.sqrt(max(float(variances[0] * variances[1]), 1e-9)))
