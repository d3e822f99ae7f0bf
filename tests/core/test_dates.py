import pytest

from gallerynet.core.clock import Timestamp
from gallerynet.core.ingest.dates import exif_dates, iso_date, original_date
from gallerynet.core.media.model import DateSource

UPLOADED = Timestamp("2024-06-01T12:00:00.000Z")


def dated(exif: dict[str, str], name: str, *folders: str) -> tuple[str, DateSource]:
    taken, written = exif_dates(exif)
    return original_date([(moment, DateSource.EXIF) for moment in (*taken, *written)], name, UPLOADED, folders)


@pytest.mark.parametrize(
    ("exif", "expected"),
    [
        ({"EXIF DateTimeOriginal": "2019:08:07 06:05:04"}, "2019-08-07T06:05:04.000Z"),
        ({"EXIF DateTimeOriginal": "2019-08-07 06:05:04"}, "2019-08-07T06:05:04.000Z"),
        (
            {"EXIF DateTimeOriginal": "2019:08:07 06:05:04", "EXIF OffsetTimeOriginal": "+02:00"},
            "2019-08-07T04:05:04.000Z",
        ),
        ({"EXIF DateTimeOriginal": "2019-08-07T06:05:04-04:00"}, "2019-08-07T10:05:04.000Z"),
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
    assert dated(exif, "IMG_20110101_000000.jpg") == (expected, DateSource.EXIF)


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
        ("MVIMG_20240115_134530.jpg", "2024-01-15T13:45:30.000Z"),
        ("VID_20240115_134530.mp4", "2024-01-15T13:45:30.000Z"),
        ("VID-20240115-WA0001.mp4", "2024-01-15T00:00:00.000Z"),
        ("20240115-134530.jpg", "2024-01-15T13:45:30.000Z"),
        ("20240115_134530(0).jpg", "2024-01-15T13:45:30.000Z"),
        ("2024-01-15 13.45.30-1.jpg", "2024-01-15T13:45:30.000Z"),
        ("WhatsApp Image 2024-01-15 at 13.45.30.jpeg", "2024-01-15T13:45:30.000Z"),
        ("WhatsApp Image 2024-01-15 at 13.45.30 (1).jpeg", "2024-01-15T13:45:30.000Z"),
        ("WhatsApp Video 2024-01-15 at 1.45.30 PM.mp4", "2024-01-15T13:45:30.000Z"),
        ("Screenshot 2024-01-15 at 12.05.30\u202fAM.png", "2024-01-15T00:05:30.000Z"),
        ("Screenshot_20240115-134530.png", "2024-01-15T13:45:30.000Z"),
        ("Screenshot_20240115-134530_Maps.jpg", "2024-01-15T13:45:30.000Z"),
        ("Screenshot_2024-01-15-13-45-30-123_org.app.jpg", "2024-01-15T13:45:30.000Z"),
        ("signal-2024-01-15-134530.jpg", "2024-01-15T13:45:30.000Z"),
        ("signal-2024-01-15-13-45-30-123.jpg", "2024-01-15T13:45:30.000Z"),
        ("photo_2024-01-15_13-45-30.jpg", "2024-01-15T13:45:30.000Z"),
        ("photo_7@15-01-2024_13-45-30.jpg", "2024-01-15T13:45:30.000Z"),
        ("mmexport1705326330123.jpg", "2024-01-15T13:45:30.123Z"),
        ("FB_IMG_1705326330123.jpg", "2024-01-15T13:45:30.123Z"),
    ],
)
def test_a_name_is_read_where_exif_is_silent(name: str, expected: str) -> None:
    assert dated({}, name) == (expected, DateSource.FILENAME)


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
    assert dated(exif, name) == (UPLOADED, DateSource.UPLOAD)


@pytest.mark.parametrize(
    ("folders", "expected"),
    [
        (("Pictures", "2023-12-24 Christmas"), "2023-12-24T00:00:00.000Z"),
        (("Pictures", "2023", "12", "24"), "2023-12-24T00:00:00.000Z"),
        (("2023", "2023-12"), "2023-12-01T00:00:00.000Z"),
        (("2023", "12", "raw"), "2023-12-01T00:00:00.000Z"),
        (("2022-01-01", "20231224"), "2023-12-24T00:00:00.000Z"),
    ],
)
def test_folders_are_read_where_the_name_is_silent(folders: tuple[str, ...], expected: str) -> None:
    assert dated({}, "DSC_0042.jpg", *folders) == (expected, DateSource.FILENAME)
    assert dated({}, "IMG_20200202_101112.jpg", *folders)[0] == "2020-02-02T10:11:12.000Z"


@pytest.mark.parametrize("folders", [("Canon", "1920x1080"), ("2099", "01"), ("100CANON",), ()])
def test_other_folders_say_nothing(folders: tuple[str, ...]) -> None:
    assert dated({}, "DSC_0042.jpg", *folders) == (UPLOADED, DateSource.UPLOAD)


def test_the_next_source_is_asked_where_one_cannot_be_believed() -> None:
    exif = {"EXIF DateTimeOriginal": "1700:01:01 00:00:00", "EXIF DateTimeDigitized": "2031:01:01 00:00:00"}
    assert dated(exif | {"Image DateTime": "2020:01:01 00:00:00"}, "x.jpg")[0] == "2020-01-01T00:00:00.000Z"
    assert dated(exif, "IMG_20240115_134530.jpg") == ("2024-01-15T13:45:30.000Z", DateSource.FILENAME)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-08-07T06:05:04.25+02:00", "2019-08-07T04:05:04.250000+00:00"),
        ("2019-08-07T06:05:04Z", "2019-08-07T06:05:04+00:00"),
        ("2019-08-07T06:05-0530", "2019-08-07T11:35:00+00:00"),
        ("2019-08-07", "2019-08-07T00:00:00+00:00"),
        ("2019-08", "2019-08-01T00:00:00+00:00"),
        ("2019", "2019-01-01T00:00:00+00:00"),
        ("2019-13-01", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
    ],
)
def test_dates_as_xmp_has_them(text: str, expected: str | None) -> None:
    found = iso_date(text)
    assert (None if found is None else found.isoformat()) == expected
