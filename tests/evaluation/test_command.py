"""``gallerynet evaluate`` as a user runs it."""

import colorsys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image, ImageDraw

from gallerynet.cli import main


def _evaluate(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)])


def _draw(folder: Path, labels: int, each: int) -> None:
    """Of each label shapes of one colour, of another size and elsewhere in each picture."""
    for number in range(labels):
        random = np.random.default_rng(number)
        color = tuple(int(255 * level) for level in colorsys.hsv_to_rgb(number / labels, 0.9, 0.9))
        (folder / f"label {number}").mkdir(parents=True)
        for place in range(each):
            ground = random.integers(0, 256, (*random.integers(1, 9, 2), 3), dtype=np.uint8)
            image = Image.fromarray(ground).resize((160, 120), random.choice([0, 2, 3]))
            draw = ImageDraw.Draw(image)
            for _ in range(3):
                x, y, side = random.integers((0, 0, 20), (120, 80, 60)).tolist()
                (draw.ellipse if number % 2 else draw.rectangle)((x, y, x + side, y + side), fill=color)
            image.save(folder / f"label {number}" / f"{place}.png")


def test_every_section_is_written(tmp_path: Path) -> None:
    _draw(tmp_path / "drawn", labels=4, each=8)
    (tmp_path / "drawn" / "label 0" / "notes.txt").write_text("not a picture")
    page = tmp_path / "page.md"
    result = _evaluate(tmp_path / "drawn", "--output", page)
    assert result.exit_code == 0, result.output
    text = page.read_text(encoding="utf-8")
    assert "32 pictures with 4 labels, `drawn`" in text
    for heading in ("## Search", "## Groups", "## The same picture", "## Learned tags"):
        assert heading in text
    for row in ("| crop 20 % |", "| GalleryNet |", "| original |", "| the review queue |", "| AVERAGE |"):
        assert row in text
    assert "nan" not in text
    assert "TODO" not in text


@pytest.mark.parametrize(
    ("labels", "each", "said"),
    [(0, 0, "holds 0 folders"), (1, 8, "holds 1 folder,"), (4, 3, "0 of them with 8 pictures or more")],
)
def test_too_little_to_measure_on_is_told(tmp_path: Path, labels: int, each: int, said: str) -> None:
    (tmp_path / "drawn").mkdir()
    _draw(tmp_path / "drawn", labels, each)
    result = _evaluate(tmp_path / "drawn")
    assert result.exit_code == 1
    assert said in result.output
    assert "Give a folder that holds a folder for each label" in result.output


def test_files_that_are_no_pictures_are_counted(tmp_path: Path) -> None:
    for label in "abcd":
        (tmp_path / label).mkdir()
        for number in range(8):
            (tmp_path / label / f"{number}.jpg").write_bytes(b"\xff\xd8\xff\xe0 and no more")
    result = _evaluate(tmp_path)
    assert result.exit_code == 1
    assert "32 of 32 files are no pictures that can be read" in result.output


def test_paths_that_are_none_are_told_before_anything_is_measured(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for arguments, said in (
        ((file,), f"{file} is no folder"),
        ((tmp_path / "missing",), "is no folder"),
        ((tmp_path, "--more", file), f"{file} is no folder"),
        ((tmp_path, "--output", tmp_path), "cannot be written"),
        ((tmp_path, "--output", tmp_path / "no" / "page.md"), "cannot be written"),
        ((tmp_path, "--model", tmp_path / "none.onnx"), "none.onnx"),
    ):
        result = _evaluate(*arguments)
        assert result.exit_code == 1
        assert said in result.output
