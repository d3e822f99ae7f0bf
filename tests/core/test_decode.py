import contextlib
import os
import signal
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gallerynet.core.errors import PayloadTooLarge, Unavailable, UnsupportedMedia
from gallerynet.core.ingest.decode import decode_picture
from gallerynet.core.ingest.formats import recognise
from gallerynet.core.ingest.workers import DecodeWorkers
from tests.pictures import SHARED, drawn, encode


def test_every_orientation_comes_out_upright(tmp_path: Path) -> None:
    """One picture stored in eight ways, each with the flag that says how to turn it back."""
    upright = drawn(5, (320, 240))
    turned = {
        1: upright,
        2: upright.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        3: upright.transpose(Image.Transpose.ROTATE_180),
        4: upright.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
        5: upright.transpose(Image.Transpose.TRANSPOSE),
        6: upright.transpose(Image.Transpose.ROTATE_90),
        7: upright.transpose(Image.Transpose.TRANSVERSE),
        8: upright.transpose(Image.Transpose.ROTATE_270),
    }
    expected = np.asarray(upright, dtype=int)
    for flag, stored in turned.items():
        exif = Image.Exif()
        exif[0x0112] = flag
        path = tmp_path / f"{flag}.jpg"
        path.write_bytes(encode(stored, quality=95, exif=exif))
        decoded = decode_picture(path, "JPEG", tmp_path)
        assert (decoded.width, decoded.height) == (320, 240)
        with Image.open(tmp_path / "large.jpg") as large:
            assert np.abs(np.asarray(large, dtype=int) - expected).mean() < 6


@pytest.mark.skipif(not SHARED.is_dir(), reason="the orientation samples lie beside the project only")
@pytest.mark.parametrize("name", ["Landscape", "Portrait"])
def test_the_orientation_samples_come_out_alike(tmp_path: Path, name: str) -> None:
    pictures = []
    for flag in range(9):
        decoded = decode_picture(SHARED / "orientation" / f"{name}_{flag}.jpg", "JPEG", tmp_path)
        assert (decoded.width > decoded.height) == (name == "Landscape")
        with Image.open(tmp_path / "small.jpg") as small:
            pictures.append(np.asarray(small.resize((48, 48), Image.Resampling.BOX), dtype=int))
    for picture in pictures[1:]:
        assert np.abs(picture - pictures[0]).mean() < 12


@pytest.mark.parametrize("mode", ["L", "P", "1", "RGBA", "LA", "CMYK", "I;16"])
@pytest.mark.parametrize("format_name", ["PNG", "TIFF"])
def test_every_pixel_mode_becomes_a_picture(tmp_path: Path, mode: str, format_name: str) -> None:
    if (format_name, mode) == ("PNG", "CMYK"):
        return  # there is no such PNG
    image = (
        Image.fromarray(np.asarray(drawn(6).convert("L"), dtype=np.uint16) * 257)
        if mode == "I;16"
        else drawn(6).convert(mode)
    )
    path = tmp_path / "picture"
    path.write_bytes(encode(image, format_name))
    assert recognise(path, "picture").name == format_name
    decoded = decode_picture(path, format_name, tmp_path)
    assert decoded.network_input.shape == (224, 224, 3)
    assert decoded.network_input.std() > 10


def test_transparency_lies_over_a_neutral_ground(tmp_path: Path) -> None:
    path = tmp_path / "clear.png"
    path.write_bytes(encode(Image.new("RGBA", (50, 50), (255, 0, 0, 0)), "PNG"))
    decode_picture(path, "PNG", tmp_path)
    with Image.open(tmp_path / "square.jpg") as square:
        assert square.getpixel((100, 100)) == (238, 238, 238)


def test_odd_shapes_are_pictures_too(tmp_path: Path) -> None:
    for size in ((1, 1), (65_500, 1), (1, 3000)):
        path = tmp_path / "odd.png"
        path.write_bytes(encode(Image.new("RGB", size, "blue"), "PNG"))
        decoded = decode_picture(path, "PNG", tmp_path)
        assert (decoded.width, decoded.height) == size


def test_too_many_pixels_are_refused_before_they_are_decoded(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(encode(Image.new("1", (20_000, 20_000)), "PNG"))
    with pytest.raises(PayloadTooLarge, match="20000 x 20000"):
        decode_picture(path, "PNG", tmp_path)


def _exhaust_memory() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(2**28))


def _die() -> None:
    os.kill(os.getpid(), 9)


def _square(number: int) -> int:
    return number * number


def test_a_worker_that_dies_takes_only_its_own_file() -> None:
    workers = DecodeWorkers(1)
    try:
        with pytest.raises(UnsupportedMedia, match="decoder fail"):
            workers.run(_die)
        with pytest.raises(MemoryError):
            workers.run(_exhaust_memory)
        assert workers.run(_square, 12) == 144
    finally:
        workers.close()


def test_workers_that_are_killed_while_they_wait_are_replaced() -> None:
    """As a system does that runs out of memory."""
    workers = DecodeWorkers(2)
    try:
        for _ in range(3):
            process = workers.run(os.getpid)
            os.kill(process, signal.SIGKILL)
            assert workers.run(_square, 12) == 144
            with contextlib.suppress(ProcessLookupError):
                while True:  # until it has gone, so that the next call comes when that is known
                    os.kill(process, 0)
                    time.sleep(0.05)
            assert workers.run(_square, 13) == 169
    finally:
        workers.close()
    with pytest.raises(Unavailable, match="shutting down"):
        workers.run(_square, 1)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the damaged samples lie beside the project only")
def test_damaged_files_decode_or_get_a_reason(tmp_path: Path) -> None:
    workers = DecodeWorkers(1)
    try:
        for path in sorted((SHARED / "broken").iterdir()):
            with contextlib.suppress(UnsupportedMedia, PayloadTooLarge):  # anything else fails the test
                known = recognise(path, path.name)
                assert workers.run(decode_picture, path, known.name, tmp_path).width > 0
    finally:
        workers.close()
