"""What is worth comparing with a picture: what looks alike by embedding or by hash, the likeliest first."""

from collections.abc import Sequence

from gallerynet.core.duplicates.hashes import Alike

MIN_COSINE = 0.7  # all but 1 in 1000 of edits that no hash finds, and 1 in 300 of pairs of other photographs
BY_EMBEDDING = 64
MAX_DISTANCE = 24  # bits of 128
BY_HASH = 32


def choose(near: Sequence[int], alike: Alike) -> dict[int, list[int]]:
    """Keys by the quarters to the left that the picture is to be turned before it is compared with them.

    ``near`` are keys by falling cosine: those lie like the picture, or mirrored.
    """
    chosen: dict[int, dict[int, None]] = {0: dict.fromkeys(near[:BY_EMBEDDING])}
    for key, quarters in zip(alike.keys[:BY_HASH].tolist(), alike.quarters[:BY_HASH].tolist(), strict=True):
        chosen.setdefault(quarters, {})[key] = None
    return {quarters: sorted(keys) for quarters, keys in chosen.items() if keys}
