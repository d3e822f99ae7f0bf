"""What files say of themselves, the hostile ones too."""

import io
import json
import struct
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

from gallerynet.core.ingest.metadata import Metadata, read_metadata
from gallerynet.core.ingest.metadata.exif import exposure_text
from gallerynet.core.ingest.metadata.model import MAX_ENTRIES, MAX_TOTAL
from gallerynet.core.ingest.metadata.places import parse_iso_6709
from gallerynet.core.ingest.metadata.xmp import MAX_DEPTH, parse_xmp
from gallerynet.core.media.model import DateSource, Location
from tests.pictures import drawn, encode

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def xmp(attributes: str = "", elements: str = "") -> bytes:
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}"><rdf:Description '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" '
        'xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" '
        f"{attributes}>{elements}</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def bag(*values: str) -> str:
    return f"<rdf:Bag>{''.join(f'<rdf:li>{value}</rdf:li>' for value in values)}</rdf:Bag>"


SAID = xmp(
    'xmp:Rating="4" xmp:CreateDate="2019-08-07T06:05:04.5+02:00" exif:GPSLatitude="48,51.462N" '
    'exif:GPSLongitude="2,17.67W" exif:GPSAltitude="350/10" exif:GPSAltitudeRef="1"',
    f"<dc:subject>{bag('sea', 'Sea', 'summer  holiday')}</dc:subject>"
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">At the sea</rdf:li></rdf:Alt></dc:title>',
)


def read(content: bytes, format_name: str | None) -> Metadata:
    return read_metadata(io.BytesIO(content), format_name)


def photo(**fields: object) -> Image.Exif:
    """An EXIF block with these tags: of IFD0 by name, ``gps`` and ``exif`` as tables of their own."""
    exif = Image.Exif()
    for number, value in {0x010F: "Maker", 0x0110: "Model 5"}.items():
        exif[number] = value
    for number, table in ((0x8769, fields.get("exif", {})), (0x8825, fields.get("gps", {}))):
        assert isinstance(table, dict)
        exif.get_ifd(number).update(table)
    return exif


def test_camera_exposure_and_place() -> None:
    exif = photo(
        exif={
            0x829A: IFDRational(833, 100000),
            0x829D: IFDRational(28, 10),
            0x8827: 200,
            0x920A: IFDRational(50, 1),
            0xA434: "A lens",
            0x9003: "2019:08:07 06:05:04",
            0x9291: "15",
            0x9011: "+02:00",
        },
        gps={
            1: "S",
            2: (IFDRational(31), IFDRational(46), IFDRational(1)),
            3: "E",
            4: (IFDRational(35), IFDRational(30), IFDRational(0)),
            5: b"\x01",
            6: IFDRational(4305, 10),
        },
    )
    for format_name in ("JPEG", "PNG", "WEBP", "AVIF"):
        found = read(encode(drawn(1), format_name, exif=exif), format_name)
        assert found.camera is not None
        assert (found.camera.make, found.camera.model, found.camera.lens) == ("Maker", "Model 5", "A lens")
        assert (found.camera.exposure_time, found.camera.aperture) == ("1/120", 2.8)
        assert (found.camera.iso, found.camera.focal_length) == (200, 50)
        assert found.location is not None
        assert found.location.latitude == pytest.approx(-31.76694, abs=1e-5)
        assert (found.location.longitude, found.location.altitude) == (35.5, -430.5)  # at the Dead Sea
        assert found.dates[0][0].isoformat() == "2019-08-07T04:05:04.150000+00:00"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (833 / 100000, "1/120"),
        (1 / 8000, "1/8000"),
        (10 / 2500, "1/250"),
        (0.25, "1/4"),
        (0.5, "0.5"),
        (1.0, "1"),
        (1.3, "1.3"),
        (30.0, "30"),
        (0.0, None),
        (-1.0, None),
    ],
)
def test_exposure_as_photographers_write_it(seconds: float, text: str | None) -> None:
    assert exposure_text(seconds) == text


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("+48.8577+002.2950+035.500/", Location(48.8577, 2.295, 35.5)),
        ("-31.7669+035.5000-430.5/", Location(-31.7669, 35.5, -430.5)),
        ("+27.5916+086.5640/", Location(27.5916, 86.564, None)),
        ("+4851.462+00217.670/", Location(48.8577, 2.29450, None)),
        ("+40.20361-075.00417CRSWGS_84/", Location(40.20361, -75.00417, None)),
        ("+485127+0021742/", Location(48.85750, 2.295, None)),
        ("+00.0000+000.0000/", None),
        ("+95.0000+002.2950/", None),
        ("nowhere", None),
    ],
)
def test_places_as_quicktime_has_them(text: str, place: Location | None) -> None:
    found = parse_iso_6709(text)
    if place is None:
        assert found is None
    else:
        assert found is not None
        assert (found.latitude, found.longitude) == pytest.approx((place.latitude, place.longitude), abs=1e-4)
        assert found.altitude == place.altitude


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_xmp_is_read_from_every_container(format_name: str) -> None:
    if format_name == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_itxt("XML:com.adobe.xmp", SAID.decode())
        content = encode(drawn(1), "PNG", pnginfo=text)
    elif format_name == "TIFF":
        content = encode(drawn(1), "TIFF", tiffinfo={700: SAID})
    else:
        content = encode(drawn(1), format_name, xmp=SAID)
    found = read(content, format_name)
    assert found.exif["XMP dc:subject"] == "sea, Sea, summer  holiday"
    assert found.exif["XMP xmp:Rating"] == "4"
    assert found.words == "At the sea\nsea\nsummer holiday"
    assert found.location is not None
    assert found.location.longitude == pytest.approx(-2.2945)
    assert found.location.altitude == -35
    assert (found.dates[0][0].isoformat(), found.dates[0][1]) == ("2019-08-07T04:05:04.500000+00:00", DateSource.EXIF)


def iptc(*records: tuple[int, bytes]) -> bytes:
    """A JPEG with an IPTC block, as Photoshop writes it."""
    block = b"".join(struct.pack(">BBBH", 0x1C, 2, field, len(text)) + text for field, text in records)
    resource = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(block)) + block + b"\x00" * (len(block) % 2)
    segment = b"Photoshop 3.0\x00" + resource
    jpeg = encode(drawn(1))
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]


def test_iptc() -> None:
    found = read(
        iptc((25, b"harbour"), (25, "Möwe".encode()), (120, b"A caption"), (55, b"20190807"), (60, b"060504+0200")),
        "JPEG",
    )
    assert found.exif == {
        "IPTC Caption": "A caption",
        "IPTC DateCreated": "20190807",
        "IPTC Keywords": "harbour, Möwe",
        "IPTC TimeCreated": "060504+0200",
    }
    assert found.words == "A caption\nharbour\nMöwe"
    assert found.dates[0][0].isoformat() == "2019-08-07T04:05:04+00:00"


def test_png_text() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Description", "a drawn\x00 thing\u202e")
    text.add_text("Creation Time", "2019:08:07 06:05:04")
    found = read(encode(drawn(1), "PNG", pnginfo=text), "PNG")
    assert found.exif == {"Text Creation Time": "2019:08:07 06:05:04", "Text Description": "a drawn thing"}
    assert found.words == "a drawn thing"
    assert found.dates[0][0].isoformat() == "2019-08-07T06:05:04+00:00"


def test_xmp_fills_in_what_exif_leaves_open() -> None:
    said = xmp('tiff:Make="Another" tiff:Model="M" aux:Lens="The lens" exif:FNumber="28/10" exif:ExposureTime="1/50"')
    (camera, alone) = (
        read(encode(drawn(1), exif=photo(), xmp=said), "JPEG").camera,
        read(encode(drawn(1), xmp=said), "JPEG").camera,
    )
    assert camera is not None
    assert alone is not None
    assert (camera.make, camera.lens, camera.aperture) == ("Maker", "The lens", 2.8)
    assert (alone.make, alone.exposure_time) == ("Another", "1/50")


# Hostile blocks: each must end soon, cost the picture nothing, and leave no more than is kept of any file.


def ifd(entries: list[bytes], following: int) -> bytes:
    return struct.pack("<H", len(entries)) + b"".join(entries) + struct.pack("<I", following)


def entry(tag: int, kind: int, count: int, value: int) -> bytes:
    return struct.pack("<HHII", tag, kind, count, value)


HEAD = b"II*\x00\x08\x00\x00\x00"
MAKE = entry(0x010F, 2, 4, int.from_bytes(b"Abc\x00", "little"))
HOSTILE = {
    "points at itself": HEAD + ifd([MAKE], 8),
    "sub-block is its own": HEAD + ifd([MAKE, entry(0x8769, 4, 1, 8)], 0),
    "places in a circle": HEAD + ifd([MAKE, entry(0x8825, 4, 1, 8), entry(0xA005, 4, 1, 8)], 0),
    "endless notes": HEAD
    + ifd([MAKE, entry(0x8769, 4, 1, 40)], 0)
    + b"\x00" * 8
    + ifd([entry(0x927C, 7, 2**32 - 1, 8)], 0),
    "many large texts": HEAD + ifd([entry(0x8000 + n, 2, 2**31, 8) for n in range(20_000)], 0) + b"x" * 2**20,
    "a chain of blocks": HEAD + b"".join(ifd([entry(0x9000, 3, 900, 0)] * 20, 8 + (n + 1) * 246) for n in range(2_000)),
    "sub-blocks without end": HEAD + ifd([entry(0x014A, 4, 999, 8)], 0),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_exif_ends_soon_and_stays_small(tmp_path: Path, name: str) -> None:
    """That it ends at all is the test: without the budget the endless notes take an hour."""
    path = tmp_path / "hostile.tif"
    path.write_bytes(HOSTILE[name])
    found = read_metadata(path, None)
    assert len(found.exif) <= MAX_ENTRIES
    assert len(json.dumps(found.exif, ensure_ascii=False)) < 2 * MAX_TOTAL


def test_what_surrounds_endless_notes_is_kept() -> None:
    assert read(HOSTILE["endless notes"], None).exif["Image Make"] == "Abc"


def test_the_total_is_bounded() -> None:
    text = PngImagePlugin.PngInfo()
    for number in range(900):
        text.add_text(f"key {number:03}", "ä" * 5_000)
    found = read(encode(drawn(1), "PNG", pnginfo=text, exif=photo()), "PNG")
    assert sum(len(name) + len(value) for name, value in found.exif.items()) <= MAX_TOTAL
    assert found.exif["Image Make"] == "Maker"


@pytest.mark.parametrize(
    "packet",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + SAID,
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">' + SAID,
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'.encode(
            "utf-16"
        ),
        b"<a>" * (MAX_DEPTH + 1) + b"</a>" * (MAX_DEPTH + 1),
        b"<a>" * 500_000,
        SAID[:-20],
        b"\x00\xff\xfe",
        b"",
        SAID.ljust(5 * 2**20) + b" ",
    ],
)
def test_hostile_xmp_says_nothing(packet: bytes) -> None:
    assert parse_xmp(packet).properties == {}


def test_structures_in_xmp_are_passed_over() -> None:
    nested = xmp(
        elements=f'<exif:Flash rdf:parseType="Resource"><exif:Fired>True</exif:Fired></exif:Flash>'
        f"<lr:hierarchicalSubject>{bag('Places|Rome', 'Anna')}</lr:hierarchicalSubject>"
    )
    found = parse_xmp(nested)
    assert found.properties == {"lr:hierarchicalSubject": ["Places|Rome", "Anna"]}
    assert found.keywords() == ["Rome", "Anna"]
