"""The seam for models that embed text: a pair of small ONNX files that agree about colours."""

import dataclasses
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gallerynet.core.errors import CannotStart, InvalidInput
from gallerynet.core.library import LibraryPaths
from gallerynet.core.vision.embedder import Embedder
from tests.models import make_model, make_pair
from tests.pictures import encode
from tests.server import GraphQLErrors, Server

COLORS = {"red": (220, 20, 20), "green": (20, 200, 30), "blue": (10, 30, 230), "yellow": (240, 230, 20)}


def test_words_find_what_they_say(tmp_path: Path) -> None:
    model = make_pair(tmp_path / "models", COLORS)
    folder = tmp_path / "server"
    folder.mkdir()
    server = Server(folder, MODEL_PATH=str(model))
    assert server.client.run("{ server { model { embedsText } } }")["server"]["model"]["embedsText"] is True
    ids = {
        word: server.client.add(f"{number}.png", encode(Image.new("RGB", (300, 300), color), "PNG"))
        for number, (word, color) in enumerate(COLORS.items())
    }
    query = """query($text: String!, $after: String) {
      similarMedia(reference: { text: $text }, minSimilarity: 0, first: 1, after: $after) {
        edges { cursor similarity node { id } } totalCount referenceId
      }
    }"""
    for word, identity in ids.items():
        found = server.client.run(query, text=f"something {word.upper()}")["similarMedia"]
        assert found["edges"][0]["node"]["id"] == identity
        assert found["edges"][0]["similarity"] > 99
        assert found["totalCount"] == len(COLORS)
        again = server.client.run(
            "query($id: ID!) { similarMedia(reference: { referenceId: $id }, minSimilarity: 99) { totalCount } }",
            id=found["referenceId"],
        )
        assert again["similarMedia"]["totalCount"] == 1
    for text in ("  ", "word " * 300):
        with pytest.raises(GraphQLErrors) as caught:
            server.client.run(query, text=text)
        assert caught.value.code == "BAD_USER_INPUT"
    assert server.stop() == 0
    assert (folder / "stderr.log").read_text() == ""


def test_a_model_for_pictures_says_that_it_takes_no_text(tmp_path: Path) -> None:
    embedder = Embedder(make_model(tmp_path))
    assert not embedder.embeds_text
    with pytest.raises(InvalidInput, match="pictures only"):
        embedder.embed_text("red")


def test_a_mask_is_fed_where_the_manifest_names_one(tmp_path: Path) -> None:
    model = make_pair(tmp_path, COLORS)
    plain = Embedder(model).embed_text("red")
    assert np.linalg.norm(plain) == pytest.approx(1, abs=1e-6)
    _change(model, lambda text: text["input"].update(mask="attention_mask"))
    with pytest.raises(CannotStart, match="attention_mask"):
        Embedder(model)  # this network has no such input, and onnxruntime says so: it was fed


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "no text model": (lambda folder: (folder / "words.onnx").unlink(), r"words\.onnx cannot be run"),
    "no tokenizer": (lambda folder: (folder / "tokenizer.json").unlink(), r"tokenizer\.json .* cannot be read"),
    "a broken tokenizer": (lambda folder: (folder / "tokenizer.json").write_text("{"), "cannot be read"),
    "another output": (lambda folder: _change(folder / "tiny.onnx", lambda text: text["output"].update(name="x")), "x"),
    "no length": (lambda folder: _change(folder / "tiny.onnx", lambda text: text["input"].pop("length")), "length"),
    "of another pair": (lambda folder: _swap(folder), "not of one pair"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_pair_that_does_not_fit_stops_the_start_with_a_reason(fault: str, library_paths: LibraryPaths) -> None:
    folder = library_paths.database.parent / "models"
    spoil, reason = FAULTS[fault]
    model = make_pair(folder, COLORS)
    spoil(folder)
    paths = dataclasses.replace(library_paths, model=model)
    with pytest.raises(CannotStart) as caught:
        Embedder(paths.model)
    assert re.search(reason, str(caught.value))


def test_without_the_package_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = make_pair(tmp_path, COLORS)
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(CannotStart, match=r"pip install 'gallerynet\[text\]'"):
        Embedder(model)


def _change(model: Path, change: Callable[[dict[str, dict[str, object]]], object]) -> None:
    manifest = model.with_suffix(".json")
    fields = json.loads(manifest.read_text())
    change(fields["text"])
    manifest.write_text(json.dumps(fields))


def _swap(folder: Path) -> None:
    """The text model of a pair with shorter embeddings."""
    make_pair(folder / "other", COLORS, dimensions=64)
    (folder / "other" / "words.onnx").replace(folder / "words.onnx")
