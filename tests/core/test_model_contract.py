"""Any model of the contract works, and one that is not of it is refused in words."""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from gallerynet.core.errors import CannotStart, InvalidInput, NotFound, Unavailable
from gallerynet.core.ingest.pipeline import Added
from gallerynet.core.ingest.receive import Received, Receiver
from gallerynet.core.library import Library, LibraryPaths
from gallerynet.core.media.model import Media
from gallerynet.core.media.rows import find
from gallerynet.core.vision.embedder import Embedder
from gallerynet.core.vision.preprocess import SIDE, network_input
from scripts.onnx_export import DIMENSIONS
from tests.models import make_model, tiny_network
from tests.pictures import drawn, encode, half_size


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return make_model(tmp_path / "models")


def pictures(count: int) -> NDArray[np.uint8]:
    return np.stack([network_input(drawn(seed)) for seed in range(count)])


def change_manifest(model: Path, **fields: Any) -> None:
    path = model.with_suffix(".json")
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def replace_network(model: Path, content: bytes) -> None:
    """Puts another file in the model's place, and its sha256 into the manifest."""
    model.write_bytes(content)
    change_manifest(model, sha256=hashlib.sha256(content).hexdigest())


# The embedder


def test_a_model_is_loaded_by_its_manifest_and_gives_unit_vectors(model: Path) -> None:
    embedder = Embedder(model)
    assert embedder.manifest.name == "tiny"
    assert embedder.manifest.sha256 == hashlib.sha256(model.read_bytes()).hexdigest()
    assert embedder.dimensions == DIMENSIONS
    vectors = embedder.embed(pictures(3))
    assert vectors.shape == (3, DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert (vectors @ vectors.T)[np.triu_indices(3, 1)].max() < 0.99


def test_a_picture_is_normalised_as_the_manifest_says(model: Path) -> None:
    change_manifest(model, mean=[0.5, 0.25, 0.0], std=[0.5, 0.25, 1.0])
    levels = pictures(1)
    cells = levels[0].reshape(4, SIDE // 4, 4, SIDE // 4, 3).mean(axis=(1, 3)) / 255
    flat = ((cells - [0.5, 0.25, 0.0]) / [0.5, 0.25, 1.0]).transpose(2, 0, 1).reshape(-1)
    weights = np.random.default_rng(0).standard_normal((48, DIMENSIONS))
    expected = flat @ weights
    expected /= np.linalg.norm(expected)
    assert Embedder(model).embed(levels)[0] == pytest.approx(expected, abs=1e-5)


def test_the_batch_makes_no_difference(model: Path) -> None:
    embedder = Embedder(model)
    together = embedder.embed(pictures(4))
    alone = np.concatenate([embedder.embed(picture[np.newaxis]) for picture in pictures(4)])
    assert together == pytest.approx(alone, abs=1e-6)


@pytest.mark.parametrize("scale", [0.0, np.inf])
def test_an_embedding_without_a_direction_is_refused(model: Path, scale: float) -> None:
    replace_network(model, tiny_network(scale=scale))
    with pytest.raises(Unavailable, match="no usable embedding"), np.errstate(invalid="ignore"):
        Embedder(model).embed(pictures(1))


# What is refused. Each case damages a good model; the sentence must name the file and what is wrong with it.


def manifest_with(**fields: Any) -> Callable[[Path], None]:
    return lambda model: change_manifest(model, **fields)


def manifest_content(content: bytes) -> Callable[[Path], None]:
    def damage(model: Path) -> None:
        model.with_suffix(".json").write_bytes(content)

    return damage


def network(content: bytes) -> Callable[[Path], None]:
    return lambda model: replace_network(model, content)


def swap(model: Path) -> None:
    model.write_bytes(tiny_network(seed=99))


def cut_short(model: Path) -> None:
    model.write_bytes(model.read_bytes()[:-1000])


REFUSED: dict[str, tuple[Callable[[Path], None], str]] = {
    "no model": (lambda model: model.unlink(), r"There is no model at .*tiny\.onnx\. MODEL_PATH names"),
    "no manifest": (lambda model: model.with_suffix(".json").unlink(), r"has no manifest: .*tiny\.json is missing"),
    "another file": (
        swap,
        r"tiny\.onnx is not the file that its manifest describes \(sha256 [0-9a-f]{12}… instead of",
    ),
    "cut short": (cut_short, r"tiny\.onnx is not the file that its manifest describes"),
    "no ONNX at all": (network(b"This is a letter, not a network. " * 100), r"tiny\.onnx cannot be run: "),
    "empty file": (network(b""), r"tiny\.onnx cannot be run: "),
    "manifest for larger pictures": (
        manifest_with(input={"name": "input", "size": 256}),
        r"takes pictures of 256 pixels; only 224 is supported",
    ),
    "network for smaller pictures": (
        network(tiny_network(side=192)),
        r"takes \['batch', 3, 192, 192\] .* its manifest says \[batch, 3, 224, 224\]",
    ),
    "network of fewer dimensions": (
        network(tiny_network(dimensions=512)),
        r"gives \['batch', 512\]; its manifest says .*\[batch, 1280\]",
    ),
    "manifest of fewer dimensions": (
        manifest_with(output={"name": "embedding", "dimensions": 512}),
        r"gives \['batch', 1280\]; its manifest says .*\[batch, 512\]",
    ),
    "unknown input": (
        manifest_with(input={"name": "image", "size": 224}),
        r"names the input 'image' and the output 'embedding'; the file has \['input'\]",
    ),
    "unknown output": (
        manifest_with(output={"name": "logits", "dimensions": 1280}),
        r"the output 'logits'; the file has \['input'\] and \['embedding'\]",
    ),
    "manifest no JSON": (manifest_content(b"{name: tiny"), r"The manifest .*tiny\.json cannot be read"),
    "manifest no text": (manifest_content(b"\xff\xfe\x00"), r"The manifest .*tiny\.json cannot be read"),
    "manifest a list": (manifest_content(b"[]"), r"The manifest .*tiny\.json cannot be read"),
    "manifest without fields": (manifest_content(b"{}"), r"cannot be read: KeyError\('name'\)"),
    "manifest with two means": (manifest_with(mean=[0.5, 0.5]), r"The manifest .*tiny\.json cannot be read"),
    "manifest with words for numbers": (manifest_with(std=["a", "b", "c"]), r"The manifest .*tiny\.json cannot be"),
    "manifest without an input": (manifest_with(input=None), r"The manifest .*tiny\.json cannot be read"),
}


@pytest.mark.parametrize(("damage", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_of_the_contract_is_refused(model: Path, damage: Callable[[Path], None], sentence: str) -> None:
    damage(model)
    with pytest.raises(CannotStart, match=sentence) as caught:
        Embedder(model)
    assert str(caught.value).endswith(".")


def test_a_library_does_not_begin_without_its_model(library_paths: LibraryPaths, tmp_path: Path) -> None:
    paths = dataclasses.replace(library_paths, model=tmp_path / "nowhere.onnx")
    with pytest.raises(CannotStart, match="There is no model"):
        Library(paths, workers=1)
    assert not paths.database.exists()
    assert not paths.uploads.exists()


# A whole library


@contextmanager
def opened(paths: LibraryPaths, index_in_memory: bool = True) -> Iterator[Library]:
    library = Library(paths, index_in_memory, workers=1)
    try:
        yield library
    finally:
        library.close()


def received(library: Library, name: str, content: bytes) -> Received:
    receiver = Receiver(library.storage, name)
    receiver.write(content)
    return receiver.finish()


def add(library: Library, name: str, image: Image.Image) -> Media:
    outcome = library.ingest.add(received(library, name, encode(image)), None, allow_near_duplicates=False)
    assert isinstance(outcome, Added), outcome
    return outcome.media


def read(library: Library, item: Media) -> Media:
    with library.database.read() as connection:
        return find(connection, item.id)


def search(library: Library, picture: bytes) -> list[str]:
    """The ids of all items with an embedding, those most like the picture first."""
    vector = library.ingest.embed_picture(received(library, "query.jpg", picture))
    page = library.likeness.similar(library.likeness.remember(vector), 0, 200, None)
    assert page.total_count == len(page.items)
    return [found.node.id for found in page.items]


@pytest.mark.parametrize("index_in_memory", [True, False], ids=["memory", "sqlite"])
@pytest.mark.parametrize("dimensions", [DIMENSIONS, 96])
def test_another_model_serves_a_library(
    library_paths: LibraryPaths, tmp_path: Path, dimensions: int, index_in_memory: bool
) -> None:
    paths = dataclasses.replace(library_paths, model=make_model(tmp_path / "models", dimensions=dimensions))
    with opened(paths, index_in_memory) as library:
        items = [add(library, f"{seed}.jpg", drawn(seed)) for seed in range(6)]
        assert all(item.is_searchable for item in items)
    with opened(paths, index_in_memory) as library:  # the same model again: nothing is forgotten
        assert len(library.index) == len(items)
        for seed, item in enumerate(items):
            original = tmp_path / f"{seed}.png"
            drawn(seed).save(original)
            found = search(library, half_size(original))
            assert found[0] == item.id
            assert sorted(found) == sorted(item.id for item in items)


@pytest.mark.parametrize("index_in_memory", [True, False], ids=["memory", "sqlite"])
@pytest.mark.parametrize("dimensions", [DIMENSIONS, 96])
def test_vectors_of_another_model_are_not_mixed_in(
    library_paths: LibraryPaths, tmp_path: Path, dimensions: int, index_in_memory: bool
) -> None:
    with opened(library_paths, index_in_memory) as library:
        old = [add(library, f"old {seed}.jpg", drawn(seed)) for seed in range(3)]
        assert all(item.is_searchable for item in old)
        assert len(library.index) == 3

    other = dataclasses.replace(library_paths, model=make_model(tmp_path / "models", dimensions=dimensions))
    with opened(other, index_in_memory) as library:
        assert len(library.index) == 0
        assert not any(read(library, item).is_searchable for item in old)
        with pytest.raises(InvalidInput, match=r"old 0\.jpg could not be analysed"):
            library.likeness.by_item(old[0].id)
        assert search(library, encode(drawn(0))) == []
        new = add(library, "new.jpg", drawn(7))
        assert search(library, encode(drawn(0))) == [new.id]
        assert library.storage.original(old[0].filename).is_file()

    with opened(library_paths, index_in_memory) as library:  # and back to the model that ships
        items = [read(library, item) for item in (*old, new)]
        searchable = [item.id for item in items if item.is_searchable]
        assert sorted(search(library, encode(drawn(7)))) == sorted(searchable)
        assert new.id not in searchable
        # A table for vectors of another length has no room for the old ones.
        assert len(searchable) == (len(old) if dimensions == DIMENSIONS else 0)


@pytest.mark.parametrize("dimensions", [DIMENSIONS, 96])
def test_a_reference_of_another_model_is_not_searched_by(
    library_paths: LibraryPaths, tmp_path: Path, dimensions: int
) -> None:
    with opened(library_paths) as library:
        vector = library.ingest.embed_picture(received(library, "query.jpg", encode(drawn(0))))
        reference = library.likeness.remember(vector)
        assert library.likeness.by_reference(reference.id).id == reference.id
    with opened(library_paths) as library:  # a restart alone forgets nothing
        assert library.likeness.by_reference(reference.id).id == reference.id

    other = dataclasses.replace(library_paths, model=make_model(tmp_path / "models", dimensions=dimensions))
    with opened(other) as library, pytest.raises(NotFound, match=r"no longer kept\. Upload it again"):
        library.likeness.by_reference(reference.id)
