import pytest

from gallerynet.core.clock import Timestamp
from gallerynet.core.ingest.dates import original_date
from gallerynet.core.media.model import DateSource

UPLOADED = Timestamp("2024-06-01T12:00:00.000Z")


@pytest.mark.parametrize(
    ("exif", "expected"),
    [
        ({"EXIF DateTimeOriginal": "2019:08:07 06:05:04"}, "2019-08-07T06:05:04.000Z"),
        ({"EXIF DateTimeOriginal": "2019-08-07 06:05:04"}, "2019-08-07T06:05:04.000Z"),
        (
            {"EXIF DateTimeOriginal": "2019:08:07 06:05:04", "EXIF OffsetTimeOriginal": "+02:00"},
            "2019-08-07T04:05:04.000Z",
        ),
        (
            {"EXIF DateTimeOriginal": "2019:08:07 06:05:04", "EXIF SubSecTimeOriginal": "15"},
            "2019-08-07T06:05:04.150Z",
        ),
        (
            {"EXIF DateTimeDigitized": "2018:01:01 00:00:00", "Image DateTime": "2020:01:01 00:00:00"},
            "2018-01-01T00:00:00.000Z",
        ),
        (
            {"EXIF DateTimeOriginal": "0000:00:00 00:00:00", "Image DateTime": "2020:01:01 00:00:00"},
            "2020-01-01T00:00:00.000Z",
        ),
    ],
)
def test_exif_comes_first_and_in_its_order(exif: dict[str, str], expected: str) -> None:
    assert original_date(exif, "IMG_20110101_000000.jpg", UPLOADED) == (expected, DateSource.EXIF)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IMG_20240115_134530.jpg", "2024-01-15T13:45:30.000Z"),
        ("PXL_20240115_134530123.jpg", "2024-01-15T13:45:30.000Z"),
        ("20240115134530.jpg", "2024-01-15T13:45:30.000Z"),
        ("IMG-20240115-WA0001.jpg", "2024-01-15T00:00:00.000Z"),
        ("Screenshot 2024-01-15 at 13.45.30.png", "2024-01-15T13:45:30.000Z"),
        ("2024-01-15 holiday.jpg", "2024-01-15T00:00:00.000Z"),
        ("IMG_1234_20240115.jpg", "2024-01-15T00:00:00.000Z"),
        ("20240115_994530.jpg", "2024-01-15T00:00:00.000Z"),
    ],
)
def test_a_name_is_read_where_exif_is_silent(name: str, expected: str) -> None:
    assert original_date({}, name, UPLOADED) == (expected, DateSource.FILENAME)


@pytest.mark.parametrize(
    ("exif", "name"),
    [
        ({}, "holiday.jpg"),
        ({}, "DSC_0042.jpg"),
        ({}, "99999999_999999.jpg"),
        ({}, "20990101_000000.jpg"),
        ({}, "17000101.jpg"),
        ({}, "1700101512345.jpg"),
        ({"EXIF DateTimeOriginal": "2031:01:01 00:00:00"}, "x.jpg"),
        ({"EXIF DateTimeOriginal": "garbage"}, "x.jpg"),
    ],
)
def test_what_cannot_be_is_not_believed(exif: dict[str, str], name: str) -> None:
    assert original_date(exif, name, UPLOADED) == (UPLOADED, DateSource.UPLOAD)
