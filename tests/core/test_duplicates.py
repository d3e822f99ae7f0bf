from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageEnhance

from gallerynet.core.duplicates.align import Fit, fit
from gallerynet.core.duplicates.compare import Shot, compare, rough_places
from gallerynet.core.duplicates.compare import is_same as agrees
from gallerynet.core.duplicates.groups import joined
from gallerynet.core.duplicates.hashes import mirrored, nearest, orientations, read, turned_left, words
from gallerynet.core.duplicates.sketch import Look, Sketch, look_at
from gallerynet.core.ingest.decode import double_gradient_hash
from tests.pictures import drawn, packaged_photos


def look(folder: Path, image: Image.Image) -> Look:
    path = folder / f"{len(list(folder.iterdir()))}.jpg"
    small = image.convert("RGB")
    small.thumbnail((480, 480))
    small.save(path, quality=82)
    return look_at(path)


def is_same(one: Look, other: Look, moments: tuple[str | None, str | None] = (None, None)) -> bool:
    (places,) = rough_places(one.sketch, [other.sketch])
    return compare(Shot(one, moments[0]), Shot(other, moments[1]), places) is not None


bits = st.binary(min_size=16, max_size=16).map(lambda content: read(content.hex()))


@given(bits)
def test_four_quarters_and_two_mirrors_change_no_hash(one: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> None:
    turned = one
    for _ in range(4):
        turned = turned_left(turned)
    assert (turned == one).all()
    assert (mirrored(mirrored(one)) == one).all()
    assert (turned_left(mirrored(turned_left(mirrored(one)))) == one).all()


@pytest.mark.parametrize("path", packaged_photos(), ids=lambda path: path.name)
def test_the_hash_of_a_turned_picture_is_told_from_its_own(path: Path) -> None:
    with Image.open(path) as opened:
        grey = opened.convert("L")
    told = read(double_gradient_hash(grey))
    assert told is not None
    for number, expected in enumerate(orientations(told)):
        picture = grey.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if number >= 4 else grey
        real = read(double_gradient_hash(picture.rotate(90 * (number % 4), expand=True)))
        assert real is not None
        assert int((real != expected).sum()) <= 20  # equal levels rise neither way


def test_a_hash_is_found_with_the_quarters_that_turn_the_picture_to_the_other() -> None:
    picture = Image.open(packaged_photos()[1]).convert("L")
    turned = [double_gradient_hash(picture.rotate(90 * quarters, expand=True)) for quarters in range(4)]
    stored = np.array([words(digits) for digits in turned], dtype=np.uint64)
    found = nearest(stored, np.arange(4), double_gradient_hash(picture), 20)
    assert dict(zip(found.keys.tolist(), found.quarters.tolist(), strict=True)) == {0: 0, 1: 1, 2: 2, 3: 3}
    assert not len(nearest(stored, np.arange(4), "ff", 20).keys)  # a hash of another kind
    assert not len(nearest(stored, np.arange(4), None, 20).keys)


pairs = st.lists(st.tuples(st.integers(0, 9), st.integers(10, 19)), max_size=25)


@given(pairs, st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)).filter(lambda pair: pair[0] < pair[1])))
def test_groups_never_hold_two_that_are_not_the_same(
    found: list[tuple[int, int]], distinct: list[tuple[int, int]]
) -> None:
    groups = joined(found, set(distinct))
    assert not [pair for group in groups for pair in combinations(sorted(group), 2) if pair in set(distinct)]
    keys = [key for group in groups for key in group]
    assert len(keys) == len(set(keys))
    place = {key: number for number, group in enumerate(groups) for key in group}
    for one, other in found:
        if place.get(one, -1 - one) != place.get(other, -1 - other):  # then something kept them apart
            sides = [groups[place[key]] if key in place else [key] for key in (one, other)]
            assert any((min(a, b), max(a, b)) in set(distinct) for a in sides[0] for b in sides[1])


@given(st.integers(7, 32), st.integers(0, 1000))
def test_a_sketch_survives_being_stored(height: int, seed: int) -> None:
    sketch = Sketch(np.random.default_rng(seed).integers(0, 256, (height, 32), dtype=np.uint8))
    assert (Sketch.from_bytes(sketch.to_bytes()).pixels == sketch.pixels).all()


@pytest.mark.parametrize("is_mirrored", [False, True])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_part_is_laid_where_it_was_cut_out(tmp_path: Path, seed: int, is_mirrored: bool) -> None:
    with Image.open(packaged_photos()[seed]) as opened:
        picture = opened.convert("RGB").resize((480, 360))
    left, top, width, height = 31, 22, 384, 288
    part = picture.crop((left, top, left + width, top + height))
    if is_mirrored:
        part = part.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    one, other = look(tmp_path, part), look(tmp_path, picture)
    ((place, *_),) = rough_places(one.sketch, [other.sketch])
    assert place.is_mirrored is is_mirrored
    found = fit(one, other, place)
    assert found is not None
    assert found.correlation > 0.95
    assert found.overlap > 0.97
    assert found.offset == pytest.approx(max(1 - (left + width) / 480, left / 480, top / 360, 1 - 310 / 360), abs=0.01)


@given(seed=st.integers(0, 500), other=st.integers(501, 1000))
@settings(max_examples=15, deadline=None)
def test_drawn_pictures_are_themselves_and_no_others(
    tmp_path_factory: pytest.TempPathFactory, seed: int, other: int
) -> None:
    folder = tmp_path_factory.mktemp("drawn")
    picture = drawn(seed)
    brighter = look(folder, ImageEnhance.Brightness(picture).enhance(0.8))
    assert is_same(look(folder, picture), brighter)
    assert not is_same(look(folder, drawn(other)), brighter)


def test_what_is_written_over_a_copy_leaves_it_one_and_what_moves_does_not(tmp_path: Path) -> None:
    with Image.open(packaged_photos()[1]) as opened:
        picture = opened.convert("RGB").resize((480, 320))
    marked = picture.copy()
    marked.paste((250, 250, 250), (330, 280, 470, 310))
    assert is_same(look(tmp_path, picture), look(tmp_path, marked))
    # The next shot: the hand has moved a little, and so has what was before the camera.
    subject = drawn(3, (120, 120))
    shots = []
    for step in (0, 1):
        scene = picture.crop((10 * step, 6 * step, 460 + 10 * step, 300 + 6 * step))
        scene.paste(subject, (60 + 90 * step, 80 + 40 * step))
        shots.append(look(tmp_path, scene))
    assert not is_same(shots[0], shots[1])


def test_moments_that_cameras_noted_tell_shots_apart(tmp_path: Path) -> None:
    with Image.open(packaged_photos()[1]) as opened:
        picture = opened.convert("RGB").resize((480, 320))
    one, other = look(tmp_path, picture), look(tmp_path, picture.crop((10, 8, 476, 318)))
    assert is_same(one, other)
    assert is_same(one, other, ("2024:05:01 12:00:00", "2024:05:01 12:00:00"))
    assert is_same(one, other, ("2024:05:01 12:00:00", None))
    assert not is_same(one, other, ("2024:05:01 12:00:00", "2024:05:01 12:00:02"))
    assert is_same(one, one, ("2024:05:01 12:00:00", "2031:05:01 12:00:02"))


def test_plain_pictures_are_compared_by_their_colours(tmp_path: Path) -> None:
    plain = [look(tmp_path, Image.new("RGB", (480, 360), color)) for color in ("#204080", "#204080", "#2a4a8a")]
    assert is_same(plain[0], plain[1])
    assert not is_same(plain[0], plain[2])
    assert not is_same(plain[0], look(tmp_path, Image.new("RGB", (360, 480), "#204080")))
    assert not is_same(plain[0], look(tmp_path, drawn(1, (480, 360))))


def test_what_lies_elsewhere_has_to_agree_better() -> None:
    agreeing = {"overlap": 0.98, "correlation": 0.91, "texture": 0.88, "trimmed": 0.85, "worst": 0.8}
    assert agrees(Fit(offset=0.001, **agreeing))
    assert not agrees(Fit(offset=0.03, **agreeing))
    assert agrees(Fit(offset=0.03, **agreeing | {"correlation": 0.95, "texture": 0.92, "worst": 0.3}))
