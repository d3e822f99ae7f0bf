"""Files that are made to do harm get an answer, and cost nothing but themselves."""

import struct
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from gallerynet.core.errors import GalleryError, PayloadTooLarge, UnsupportedMedia
from gallerynet.core.ingest.decode import Decoded, decode_picture
from gallerynet.core.ingest.formats import recognise
from gallerynet.core.ingest.pipeline import Added, Rejected
from gallerynet.core.ingest.receive import Receiver, safe_name
from gallerynet.core.ingest.workers import DecodeWorkers
from gallerynet.core.library import Library
from tests.mutations import mutations, seeds
from tests.pictures import drawn, encode
from tests.raws import negative
from tests.server import stored_files


@pytest.fixture(scope="module")
def workers() -> Iterator[DecodeWorkers]:
    made = DecodeWorkers(1)
    yield made
    made.close()


def decode(workers: DecodeWorkers, folder: Path, content: bytes) -> Decoded:
    path = folder / "picture"
    path.write_bytes(content)
    return workers.run(decode_picture, path, recognise(path, "picture").name, folder)


def _patched(content: bytes, place: int, layout: str, *values: int) -> bytes:
    damaged = bytearray(content)
    struct.pack_into(layout, damaged, place, *values)
    return bytes(damaged)


def _bomb(extension: str) -> bytes:
    """A small file that claims to be an enormous picture."""
    content = seeds()[extension]
    match extension:
        case "jpg":
            return _patched(content, content.index(b"\xff\xc0") + 5, ">HH", 65_500, 65_500)
        case "png":
            return _patched_png(seeds()["palette.png"], 60_000, 60_000)
        case "gif":
            return _patched(encode(drawn(1, (96, 64)), "GIF"), 6, "<HH", 65_535, 65_535)
        case "webp":
            content = encode(drawn(1, (96, 64)), "WEBP", lossless=True)
            return _patched(content, content.index(b"VP8L") + 9, "<I", (16_383 - 1) << 14 | 16_383 - 1)
        case "bmp":
            return _patched(content, 18, "<ii", 60_000, 60_000)
        case "tif":
            return encode(Image.new("1", (12_000, 12_000)), "TIFF", compression="group4")
        case _:
            return _patched(content, content.index(b"ispe") + 8, ">II", 60_000, 60_000)


def _patched_png(content: bytes, width: int, height: int) -> bytes:
    head = content[12:16] + struct.pack(">II", width, height) + content[24:29]
    return content[:12] + head + struct.pack(">I", zlib.crc32(head)) + content[33:]


@pytest.mark.parametrize("extension", ["jpg", "png", "gif", "webp", "bmp", "tif"])
def test_a_decompression_bomb_is_refused_by_its_size(workers: DecodeWorkers, tmp_path: Path, extension: str) -> None:
    with pytest.raises(PayloadTooLarge, match="megapixels are taken"):
        decode(workers, tmp_path, _bomb(extension))
    assert list(tmp_path.glob("*.jpg")) == []


@pytest.mark.parametrize("extension", ["avif", "heic"])
def test_a_bomb_in_boxes_is_refused(workers: DecodeWorkers, tmp_path: Path, extension: str) -> None:
    """Their libraries have limits of their own, which come first."""
    with pytest.raises((PayloadTooLarge, UnsupportedMedia)):
        decode(workers, tmp_path, _bomb(extension))


def test_a_raw_bomb_is_refused_by_its_size(workers: DecodeWorkers, tmp_path: Path) -> None:
    content = negative(drawn(1, (96, 64)))
    width, height = (struct.pack("<HHII", tag, 4, 1, value) for tag, value in ((256, 96), (257, 64)))
    content = content.replace(width, width[:8] + struct.pack("<I", 60_000))
    content = content.replace(height, height[:8] + struct.pack("<I", 60_000))
    with pytest.raises((PayloadTooLarge, UnsupportedMedia)):
        decode(workers, tmp_path, content)


def test_a_bomb_in_a_raw_files_preview_is_refused(workers: DecodeWorkers, tmp_path: Path) -> None:
    preview = encode(drawn(2, (1200, 800)), quality=90)
    content = negative(drawn(1, (1204, 800)), drawn(2, (1200, 800)))
    start = content.index(preview[:200])
    frame = content.index(b"\xff\xc0", start) + 5
    with pytest.raises(PayloadTooLarge, match="megapixels"):
        decode(workers, tmp_path, _patched(content, frame, ">HH", 65_500, 65_500))


@pytest.mark.parametrize("format_name", ["GIF", "WEBP", "PNG", "AVIF"])
def test_an_endless_animation_costs_its_first_frame(workers: DecodeWorkers, tmp_path: Path, format_name: str) -> None:
    """What comes after that frame is never decoded: it may as well be nonsense."""
    frames = [drawn(seed, (64, 64)) for seed in range(40)]
    content = encode(frames[0], format_name, save_all=True, append_images=frames[1:], duration=10, loop=0)
    assert decode(workers, tmp_path, content[:-60] + bytes(40) + content[-20:]).is_animated


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF"])
@pytest.mark.parametrize("is_wide", [True, False])
def test_a_line_of_pixels_is_a_picture(workers: DecodeWorkers, tmp_path: Path, format_name: str, is_wide: bool) -> None:
    length = 16_383 if format_name == "WEBP" else 65_500
    size = (length, 1) if is_wide else (1, length)
    try:
        found = decode(workers, tmp_path, encode(Image.new("RGB", size, "blue"), format_name))
    except UnsupportedMedia:
        assert format_name == "AVIF"  # its decoder has limits of its own
    else:
        assert (found.width, found.height) == size


def _exif(*directory: bytes, first: int = 8) -> bytes:
    return b"Exif\0\0MM\0*" + struct.pack(">I", first) + b"".join(directory)


LOOPS = {
    "next is itself": _exif(struct.pack(">H", 1), struct.pack(">HHII", 0x0112, 3, 1, 1 << 16), struct.pack(">I", 8)),
    "sub-directory is itself": _exif(struct.pack(">H", 1), struct.pack(">HHII", 0x8769, 4, 1, 8), bytes(4)),
    "GPS and EXIF point at each other": _exif(
        struct.pack(">H", 2), struct.pack(">HHIIHHII", 0x8769, 4, 1, 8, 0x8825, 4, 1, 8), struct.pack(">I", 8)
    ),
    "65,535 entries": _exif(b"\xff\xff", struct.pack(">HHII", 0x010E, 2, 0xFFFFFFFF, 8) * 5_000),
    "text without end": _exif(struct.pack(">H", 1), struct.pack(">HHII", 0x010E, 2, 0xFFFFFFF0, 0), bytes(4)),
    "full": _exif(struct.pack(">H", 1), struct.pack(">HHII", 0x010E, 2, 65_000, 26), bytes(4), b"x" * 65_000),
}


@pytest.mark.parametrize("exif", LOOPS.values(), ids=LOOPS.keys())
@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP"])
def test_metadata_that_loops_or_swells_costs_no_picture(
    workers: DecodeWorkers, tmp_path: Path, format_name: str, exif: bytes
) -> None:
    found = decode(workers, tmp_path, encode(drawn(1, (64, 48)), format_name, exif=exif))
    assert (found.width, found.height) == (64, 48)
    assert all(len(text) <= 1_000 for text in found.metadata.exif.values())


def test_a_tiff_whose_directories_loop_ends(workers: DecodeWorkers, tmp_path: Path) -> None:
    entry = struct.pack("<HHII", 0x014A, 4, 1, 8)  # its sub-directory is itself
    with pytest.raises(UnsupportedMedia):
        decode(workers, tmp_path, b"II*\0\x08\0\0\0\x01\0" + entry + struct.pack("<I", 8))


def _burn() -> None:
    while True:
        pass


def test_what_eats_the_processor_is_given_up(tmp_path: Path) -> None:
    hasty = DecodeWorkers(1, wall_seconds=30, cpu_seconds=1)
    try:
        for _ in range(2):  # each file has a second of its own
            with pytest.raises(UnsupportedMedia, match="too long"):
                hasty.run(_burn)
            assert decode(hasty, tmp_path, encode(drawn(1))).width == 320
    finally:
        hasty.close()


def test_what_hangs_is_given_up(tmp_path: Path) -> None:
    hasty = DecodeWorkers(1, wall_seconds=1)
    try:
        with pytest.raises(UnsupportedMedia, match="too long"):
            hasty.run(time.sleep, 60)
        assert decode(hasty, tmp_path, encode(drawn(1))).width == 320
    finally:
        hasty.close()


def test_damaged_files_leave_a_library_whole(library: Library) -> None:
    """Each is taken or refused with a sentence, and of the refused nothing is left."""
    outcomes: Counter[type] = Counter()
    for name, content in mutations(340, seed=1):
        receiver = Receiver(library.storage, name)
        receiver.write(content)
        outcome = library.ingest.add(receiver.finish(), None, allow_near_duplicates=True)
        outcomes[type(outcome)] += 1
        if isinstance(outcome, Rejected):
            assert outcome.filename == name
            assert outcome.message.endswith((".", "?"))
    assert outcomes[Added] > 20
    assert outcomes[Rejected] > 100
    stored = stored_files(library.storage.uploads)
    assert len(stored) == outcomes[Added] == library.statistics().total_files


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("..", "unnamed"),
        ("nul\0byte.jpg", "nulbyte.jpg"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("\u200f\u200ename.png", "name.png"),
        ("line\r\nbreak.jpg", "linebreak.jpg"),
        ("n" * 300 + ".jpg", "n" * 251 + ".jpg"),
        ("\u6f22" * 300 + ".jpg", "\u6f22" * 83 + ".jpg"),
        ("", "unnamed"),
        (" \t ", "unnamed"),
    ],
)
def test_a_name_is_a_text_to_show(library: Library, given: str, shown: str) -> None:
    assert safe_name(given) == shown
    receiver = Receiver(library.storage, given)
    receiver.write(encode(drawn(1)))
    outcome = library.ingest.add(receiver.finish(), None, allow_near_duplicates=False)
    assert isinstance(outcome, Added)
    assert outcome.media.original_filename == shown
    (stored,) = stored_files(library.storage.uploads)
    assert stored == f"{outcome.media.id[:2]}/{outcome.media.id[2:4]}/{outcome.media.id}.jpg"


def test_no_decoder_is_asked_for_what_is_not_listed(tmp_path: Path) -> None:
    """Pillow opens dozens of kinds by itself; ours are a list."""
    for format_name in ("PPM", "TGA", "ICO", "PCX", "SGI", "EPS", "PDF", "JPEG2000"):
        path = tmp_path / "picture.png"
        path.write_bytes(encode(drawn(1, (32, 32)), format_name))
        with pytest.raises(GalleryError, match="no picture or video that we know"):
            recognise(path, path.name)
