"""Every kind of still picture comes in as what it shows."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from gallerynet.core.errors import UnsupportedMedia
from gallerynet.core.ingest.colour import BACKGROUND
from gallerynet.core.ingest.decode import Decoded, decode_picture, make_large
from gallerynet.core.ingest.formats import recognise
from tests.pictures import SHARED, drawn, encode, packaged_photos
from tests.profiles import profile_of
from tests.raws import negative

pillow_heif.register_heif_opener()  # it also writes them

Pixels = NDArray[np.int64]


def decoded(folder: Path, content: bytes, name: str = "picture") -> tuple[Decoded, Pixels]:
    """The answer, and the pixels of the large thumbnail."""
    path = folder / name
    path.write_bytes(content)
    known = recognise(path, name)
    found = decode_picture(path, known.name, folder)
    if not (folder / "large.jpg").exists():
        make_large(path, known.name, folder / "large.jpg")
    with Image.open(folder / "large.jpg") as large:
        pixels = np.asarray(large.convert("RGB"), dtype=int)
    (folder / "large.jpg").unlink()
    return found, pixels


def likeness(one: NDArray[Any], other: NDArray[Any]) -> float:
    """The correlation of the greys."""
    greys = [pixels.mean(axis=2).ravel() - pixels.mean() for pixels in (one, other)]
    return float((greys[0] * greys[1]).mean() / (greys[0].std() * greys[1].std()))


def photo() -> Image.Image:
    with Image.open(packaged_photos()[1]) as opened:
        return opened.convert("RGB")


@pytest.mark.parametrize(
    ("format_name", "options", "extension", "mime_type"),
    [
        ("JPEG", {"quality": 95}, "jpg", "image/jpeg"),
        ("JPEG", {"quality": 95, "progressive": True}, "jpg", "image/jpeg"),
        ("PNG", {}, "png", "image/png"),
        ("GIF", {}, "gif", "image/gif"),
        ("WEBP", {"quality": 95}, "webp", "image/webp"),
        ("WEBP", {"lossless": True}, "webp", "image/webp"),
        ("BMP", {}, "bmp", "image/bmp"),
        ("TIFF", {}, "tif", "image/tiff"),
        ("TIFF", {"compression": "tiff_lzw"}, "tif", "image/tiff"),
        ("TIFF", {"compression": "tiff_jpeg"}, "tif", "image/tiff"),
        ("AVIF", {"quality": 90}, "avif", "image/avif"),
        ("HEIF", {"quality": 90}, "heic", "image/heic"),
    ],
)
def test_a_format_is_known_by_its_content_and_shows_its_picture(
    tmp_path: Path, format_name: str, options: dict[str, object], extension: str, mime_type: str
) -> None:
    content = encode(photo(), format_name, **options)
    (tmp_path / "probe").write_bytes(content)
    known = recognise(tmp_path / "probe", "holiday.png")  # the name is only a claim
    assert (known.extensions[0], known.mime_type) == (extension, mime_type)
    found, pixels = decoded(tmp_path, content)
    assert (found.width, found.height) == photo().size
    assert np.abs(pixels - np.asarray(photo(), dtype=int)).mean() < 8
    assert not found.is_animated


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
@pytest.mark.parametrize("flag", [3, 6, 8])
def test_a_picture_is_turned_once_whatever_its_format(tmp_path: Path, format_name: str, flag: int) -> None:
    turns = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    upright = drawn(5, (320, 240))
    exif = Image.Exif()
    exif[0x0112] = flag
    found, pixels = decoded(tmp_path, encode(upright.transpose(turns[flag]), format_name, exif=exif.tobytes()))
    assert (found.width, found.height) == (320, 240)
    assert np.abs(pixels - np.asarray(upright, dtype=int)).mean() < 12


def test_a_raw_file_is_shown_by_its_preview(tmp_path: Path) -> None:
    sensor, preview = drawn(1, (1804, 1200)), drawn(2, (1203, 800))
    found, pixels = decoded(tmp_path, negative(sensor, preview), "shot.dng")
    assert (found.width, found.height) == (1804, 1200)
    assert pixels.shape == (800, 1203, 3)
    assert np.abs(pixels - np.asarray(preview, dtype=int)).mean() < 6


def test_a_raw_file_without_a_preview_of_use_is_developed(tmp_path: Path) -> None:
    sensor = photo()
    stamp = Image.new("RGB", (160, 120), "red")
    for content in (negative(sensor), negative(sensor, stamp)):
        found, pixels = decoded(tmp_path, content, "shot.dng")
        assert (found.width, found.height) == sensor.size
        # Developing brightens what a camera had finished already: the picture is the same, its levels are not.
        assert likeness(pixels, np.asarray(sensor)) > 0.9


@pytest.mark.parametrize("with_preview", [False, True])
@pytest.mark.parametrize("flag", [3, 6, 8])
def test_a_raw_file_is_turned_once(tmp_path: Path, flag: int, with_preview: bool) -> None:
    turns = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    upright = photo().resize((1200, 800))
    stored = upright.transpose(turns[flag])
    found, pixels = decoded(tmp_path, negative(stored, stored if with_preview else None, flag), "shot.dng")
    assert (found.width, found.height) == (1200, 800)
    assert likeness(pixels, np.asarray(upright)) > 0.9


def test_a_raw_preview_that_is_upright_already_is_left_so(tmp_path: Path) -> None:
    upright = drawn(3, (800, 1200))
    found, pixels = decoded(tmp_path, negative(upright.transpose(Image.Transpose.ROTATE_90), upright, 6), "shot.dng")
    assert (found.width, found.height) == (800, 1200)
    assert np.abs(pixels - np.asarray(upright, dtype=int)).mean() < 6


def _made_by(make: bytes, compression: int = 1, photometric: int = 32803) -> bytes:
    """The directory of a TIFF whose pixels are a sensor's: enough to be told by."""
    entries = [(259, 3, 1, compression), (262, 3, 1, photometric), (271, 2, len(make), 8 + 2 + 3 * 12 + 4)]
    table = b"".join(
        tag.to_bytes(2, "little")
        + kind.to_bytes(2, "little")
        + count.to_bytes(4, "little")
        + value.to_bytes(4, "little")
        for tag, kind, count, value in entries
    )
    return b"II*\0\x08\0\0\0\x03\0" + table + bytes(4) + make


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (_made_by(b"NIKON CORPORATION\0"), "nef"),
        (_made_by(b"NIKON CORPORATION\0", 34713, 2), "nef"),
        (_made_by(b"SONY\0...", 32767, 2), "arw"),
        (b"II*\0\x10\0\0\0CR\x02\0" + bytes(60), "cr2"),
        (b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom" + bytes(60), "cr3"),
        (b"IIRO\x08\0\0\0" + bytes(60), "orf"),
        (b"IIU\0\x18\0\0\0" + bytes(60), "rw2"),
        (b"FUJIFILMCCD-RAW 0201" + bytes(60), "raf"),
    ],
)
def test_raw_files_of_each_maker_are_told_by_their_content(tmp_path: Path, content: bytes, extension: str) -> None:
    path = tmp_path / "shot"
    path.write_bytes(content)
    known = recognise(path, "shot.jpg")
    assert (known.name, known.extensions) == ("RAW", (extension,))
    with pytest.raises(UnsupportedMedia, match="damaged"):  # there is a header and no picture
        decode_picture(path, known.name, tmp_path)


def test_a_raw_file_of_an_unknown_maker_is_no_postage_stamp(tmp_path: Path) -> None:
    path = tmp_path / "shot.pef"
    path.write_bytes(_made_by(b"PENTAX Corporation\0"))
    with pytest.raises(UnsupportedMedia, match="raw file of a kind"):
        recognise(path, "shot.pef")


@pytest.mark.parametrize("format_name", ["GIF", "WEBP", "PNG", "AVIF"])
def test_an_animation_shows_its_first_frame(tmp_path: Path, format_name: str) -> None:
    frames = [drawn(seed) for seed in range(4)]
    content = encode(frames[0], format_name, save_all=True, append_images=frames[1:], duration=100)
    found, pixels = decoded(tmp_path, content)
    assert found.is_animated
    assert np.abs(pixels - np.asarray(frames[0], dtype=int)).mean() < 10


@pytest.mark.parametrize("name", ["Display P3", "Adobe RGB"])
@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF", "HEIF"])
def test_wide_colours_are_brought_to_srgb(tmp_path: Path, format_name: str, name: str) -> None:
    """A colour that sRGB has as well, written in the wider space, comes out as itself."""
    profile = ImageCms.ImageCmsProfile(io.BytesIO(profile_of(name)))
    patch = Image.new("RGB", (200, 200), (200, 90, 60))
    wide = ImageCms.profileToProfile(patch, ImageCms.createProfile("sRGB"), profile)
    assert wide is not None
    assert np.abs(np.asarray(wide, dtype=int) - np.asarray(patch, dtype=int)).max() > 10
    _, pixels = decoded(tmp_path, encode(wide, format_name, icc_profile=profile_of(name)))
    assert np.abs(pixels.mean(axis=(0, 1)) - (200, 90, 60)).max() <= 4


@pytest.mark.parametrize("profile", [b"nonsense", bytes(200), profile_of("Display P3")[:300]])
def test_a_broken_profile_is_ignored(tmp_path: Path, profile: bytes) -> None:
    _, pixels = decoded(tmp_path, encode(Image.new("RGB", (200, 200), (200, 90, 60)), "PNG", icc_profile=profile))
    assert np.abs(pixels - (200, 90, 60)).max() <= 3


@pytest.mark.parametrize("format_name", ["JPEG", "TIFF"])
def test_printers_inks_come_out_as_colours(tmp_path: Path, format_name: str) -> None:
    """Pillow writes such a JPEG as Adobe does, inverted."""
    _, pixels = decoded(tmp_path, encode(Image.new("CMYK", (100, 100), (0, 255, 255, 0)), format_name))
    assert np.abs(pixels - (255, 0, 0)).max() <= 4


RAMP = np.tile(np.linspace(0, 1, 256), (64, 1))


@pytest.mark.parametrize(
    ("image", "format_name"),
    [
        (Image.fromarray((RAMP * 65_535).astype(np.uint16)), "PNG"),
        (Image.fromarray((RAMP * 65_535).astype(np.uint16)), "TIFF"),
        (Image.fromarray((RAMP * 65_535).astype(np.int32)), "TIFF"),
        (Image.fromarray(RAMP.astype(np.float32)), "TIFF"),
        (Image.fromarray((RAMP * 255).astype(np.float32)), "TIFF"),
        (Image.fromarray((RAMP * 255).astype(np.uint8)).convert("LA"), "PNG"),
        (Image.fromarray((RAMP * 255).astype(np.uint8)).convert("P"), "PNG"),
        (Image.fromarray((RAMP * 255).astype(np.uint8)), "TIFF"),
    ],
    ids=["16 bit PNG", "16 bit TIFF", "32 bit TIFF", "float TIFF to 1", "float TIFF to 255", "LA", "P", "L"],
)
def test_every_depth_keeps_its_levels(tmp_path: Path, image: Image.Image, format_name: str) -> None:
    _, pixels = decoded(tmp_path, encode(image, format_name))
    assert np.abs(pixels - (RAMP * 255)[:, :, None]).max() <= 4


def test_a_float_picture_with_holes_is_a_picture(tmp_path: Path) -> None:
    values = RAMP.astype(np.float32)
    values[:8], values[8:16], values[16:24] = np.nan, np.inf, -np.inf
    _, pixels = decoded(tmp_path, encode(Image.fromarray(values), "TIFF"))
    assert np.abs(pixels[40:] - (RAMP[40:] * 255)[:, :, None]).max() <= 4


@pytest.mark.parametrize(
    ("image", "options"),
    [
        (Image.new("RGB", (64, 64), "red").quantize(2), {"transparency": 0}),
        (Image.new("RGB", (64, 64), (1, 2, 3)), {"transparency": (1, 2, 3)}),
        (Image.new("L", (64, 64), 7), {"transparency": 7}),
        (Image.new("1", (64, 64), 1), {"transparency": 1}),
        (Image.new("LA", (64, 64), (0, 0)), {}),
        (Image.new("RGBA", (64, 64), (255, 0, 0, 0)), {}),
    ],
    ids=["P", "RGB", "L", "1", "LA", "RGBA"],
)
def test_what_is_transparent_shows_the_neutral_ground(
    tmp_path: Path, image: Image.Image, options: dict[str, object]
) -> None:
    _, pixels = decoded(tmp_path, encode(image, "PNG", **options))
    assert np.abs(pixels - BACKGROUND).max() <= 2


def test_the_large_thumbnail_is_as_large_whenever_it_is_made(tmp_path: Path) -> None:
    """Of a JPEG it is made later than of a PNG, and is the same."""
    original = photo().resize((2600, 1950), Image.Resampling.BICUBIC)
    shown = []
    for format_name, is_made_at_once in (("JPEG", False), ("PNG", True)):
        path = tmp_path / "picture"
        path.write_bytes(encode(original, format_name))
        decode_picture(path, format_name, tmp_path)
        assert (tmp_path / "large.jpg").exists() == is_made_at_once
        make_large(path, format_name, tmp_path / "large.jpg")
        with Image.open(tmp_path / "large.jpg") as large:
            shown.append(np.asarray(large, dtype=int))
    assert shown[0].shape == shown[1].shape == (1200, 1600, 3)
    assert np.abs(shown[0] - shown[1]).mean() < 3


@pytest.mark.skipif(not SHARED.is_dir(), reason="samples of the formats lie beside the project only")
def test_the_samples_of_the_formats_are_taken(tmp_path: Path) -> None:
    taken = {}
    for path in sorted((SHARED / "formats").iterdir()):
        try:
            known = recognise(path, path.name)
        except UnsupportedMedia:
            continue
        if known.mime_type.startswith("image/"):
            found = decode_picture(path, known.name, tmp_path)
            taken[path.name] = (known.extensions[0], found.width, found.height, found.is_animated)
    assert taken == {
        "Alpha Lossy (1).webp": ("webp", 400, 301, False),
        "Animation Lossy.webp": ("webp", 320, 240, True),
        "HTC Desire.webp": ("webp", 776, 909, False),
        "IMG_2927.HEIC": ("heic", 3024, 4032, False),
        "Issue 649.avif": ("avif", 5472, 3648, False),
        "cheers_1440x960.heic": ("heic", 1440, 960, False),
    }
