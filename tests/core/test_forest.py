from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gallerynet.core.search import forest, pairs
from gallerynet.core.search.forest import Forest
from gallerynet.core.search.index import Keys, Vector, View, exact_cosines

FLOOR = 0.3


class Given(dict[int, Vector]):
    """A library in the test's hands."""

    def view(self, block: int) -> View:
        def blocks() -> Iterator[tuple[Keys, Vector]]:
            keys = np.array(list(self), dtype=np.int64)
            for start in range(0, len(keys), block):
                part = keys[start : start + block]
                yield part, np.array([self[key] for key in part.tolist()])

        return View(len(next(iter(self.values()), [])), blocks)

    def groups(self, cosine: float) -> set[frozenset[int]]:
        """By following links one by one."""
        linked = {
            key: {other for other in self if exact_cosines(self[key], self[other]) >= np.float32(cosine)}
            for key in self
        }
        left, found = set(self), set()
        while left:
            reached, waiting = set(), [left.pop()]
            while waiting:
                key = waiting.pop()
                reached.add(key)
                waiting += linked[key] - reached
                reached |= linked[key]
            left -= reached
            if len(reached) > 1:
                found.add(frozenset(reached))
        return found


def _no_report(done: int, total: int) -> None:
    assert 0 <= done < total


def _unit(random: np.random.Generator, dimensions: int) -> Vector:
    vector = random.standard_normal(dimensions).astype(np.float32)
    made: Vector = vector / np.linalg.norm(vector)
    return made


@given(
    seed=st.integers(0, 100_000),
    count=st.integers(0, 30),
    dimensions=st.sampled_from([2, 3, 6, 12]),
    coded=st.booleans(),
    many=st.sampled_from([0, 3, 1000]),
)
@settings(max_examples=40, deadline=None)
def test_groups_are_those_of_brute_force_after_every_change(
    seed: int, count: int, dimensions: int, coded: bool, many: int
) -> None:
    random = np.random.default_rng(seed)
    library = Given()
    for key in random.permutation(1000)[:count].tolist():
        library[key] = _unit(random, dimensions)
    for key in list(library)[::5]:  # some are equal, or nearly
        library[key] = library[next(iter(library))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "TILE_ROWS", 4)
        patch.setattr(pairs, "TILE_COLUMNS", 6)
        patch.setattr(pairs, "MANY_BY_CODES", many)
        patch.setattr(pairs, "MANY", many)
        patch.setattr(forest, "MERGED_AT", 10)
        patch.setattr(forest, "LADDER_FROM", 5)
        patch.setattr(forest, "CODED_FROM", -1 if coded else 10**9)
        kept = Forest.empty(FLOOR)
        changed: list[int] = []
        for _ in range(4):
            wanted = np.array(sorted(library), dtype=np.int64)
            kept = kept.following(library.view(7), wanted, np.array(changed, dtype=np.int64), _no_report)
            assert kept.keys.tolist() == wanted.tolist()
            assert len(kept.cosines) <= max(0, len(wanted) - 1)
            for cosine in (FLOOR, 0.5, 0.8, 0.95, 0.999):
                found = kept.groups(cosine)
                assert all((np.diff(keys) > 0).all() for keys in found)
                assert {frozenset(keys.tolist()) for keys in found} == library.groups(cosine)
            changed = random.permutation(list(library))[: int(random.integers(0, 4))].tolist()
            for key in changed:
                library[key] = _unit(random, dimensions)
            for key in random.permutation(list(library))[: int(random.integers(0, 6))].tolist():
                del library[key]
            for key in random.permutation(1000)[: int(random.integers(0, 6))].tolist():
                if key not in library:
                    library[key] = _unit(random, dimensions)
                    changed.append(key)  # it may have been there before, as another


def test_a_forest_keeps_what_it_has_when_the_work_is_ended() -> None:
    random = np.random.default_rng(1)
    library = Given({key: _unit(random, 4) for key in range(50)})
    keys = np.arange(50)
    none = np.empty(0, dtype=np.int64)
    before = Forest.empty(FLOOR).following(library.view(9), keys[:20], none, _no_report)
    links = before.cosines.tolist()

    class Ended(Exception):
        pass

    def end(done: int, total: int) -> None:
        assert done < total
        raise Ended

    with pytest.raises(Ended):
        before.following(library.view(9), keys, none, end)
    assert before.keys.tolist() == list(range(20))
    assert before.cosines.tolist() == links


@pytest.mark.parametrize("cosine", [0.6, 0.75, 0.9])
def test_photographs_are_grouped_as_scipy_groups_them(cosine: float) -> None:
    """Thousands of vectors with the spectrum of photographs, through codes and tiles of their real size."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    random = np.random.default_rng(8)
    spectrum = np.arange(1, 1281, dtype=np.float32) ** -0.6
    centers = random.standard_normal((150, 1280)) * spectrum
    amounts = random.uniform(0.2, 1.2, (3000, 1))
    vectors = centers[random.integers(0, 150, 3000)] + amounts * random.standard_normal((3000, 1280)) * spectrum
    vectors += 0.5 * spectrum * random.standard_normal(1280)
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    keys = np.arange(3000)
    view = View(1280, lambda: iter([(keys[:1700], vectors[:1700]), (keys[1700:], vectors[1700:])]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forest, "CODED_FROM", 0)
        found = Forest.empty(0.6).following(view, keys, keys[:0], _no_report).groups(cosine)
    near = vectors.astype(np.float64) @ vectors.T.astype(np.float64) >= cosine - 5e-7
    _, labels = connected_components(csr_array(near), directed=False)
    sizes = np.bincount(labels)
    expected = {frozenset(np.flatnonzero(labels == label).tolist()) for label in np.flatnonzero(sizes > 1)}
    assert {frozenset(group.tolist()) for group in found} == expected
    assert 1 < len(expected) < 3000
