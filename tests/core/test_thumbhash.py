import numpy as np
import pytest
import thumbhash as reference
from PIL import Image

from gallerynet.core.ingest.thumbhash import placeholder, thumbhash
from tests.pictures import drawn


@pytest.mark.parametrize("size", [(100, 75), (75, 100), (64, 64), (100, 3), (1, 100)])
def test_equals_the_reference_encoder(size: tuple[int, int]) -> None:
    image = drawn(size[0] * size[1], size)
    ours = thumbhash(np.asarray(image))
    theirs = bytes(reference.rgba_to_thumb_hash(*size, np.asarray(image.convert("RGBA")).reshape(-1).tolist()))
    assert len(ours) == len(theirs)
    assert ours[:5] == theirs[:5]
    # Sums in another order may round one step apart.
    steps = [
        abs((a >> shift & 15) - (b >> shift & 15))
        for a, b in zip(ours[5:], theirs[5:], strict=True)
        for shift in (0, 4)
    ]
    assert max(steps) <= 1


def test_a_plain_picture_has_one() -> None:
    assert len(placeholder(Image.new("RGB", (3000, 10), "red"))) > 6
