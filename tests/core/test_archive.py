import io
import shutil
import subprocess
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gallerynet.core.downloads import plans
from gallerynet.core.downloads.archive import Archive, Entry, FileChanged
from gallerynet.core.downloads.names import UniqueNames, portable

NOON = int(datetime(2021, 5, 6, 12, 34, 56, tzinfo=UTC).timestamp())


def _entry(path: Path, content: bytes, name: str | None = None, modified: int = NOON) -> Entry:
    path.write_bytes(content)
    return Entry(path, name or path.name, len(content), zlib.crc32(content), modified, path.stat().st_mtime_ns)


def _whole(archive: Archive) -> bytes:
    return b"".join(archive.read(0, archive.length))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    contents = [b"", b"x", bytes(range(256)) * 9000, "grüße".encode()]
    return Archive([_entry(tmp_path / f"ü{number}.bin", content) for number, content in enumerate(contents)])


def test_python_reads_it(archive: Archive) -> None:
    whole = _whole(archive)
    assert len(whole) == archive.length
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        assert opened.testzip() is None
        for info, entry in zip(opened.infolist(), archive.entries, strict=True):
            assert info.filename == entry.name
            assert opened.read(info) == entry.path.read_bytes()
            assert info.date_time == (2021, 5, 6, 12, 34, 56)


@pytest.mark.parametrize("command", [["unzip", "-tq"], ["7z", "t", "-bso0"]])
def test_other_programs_read_it(archive: Archive, tmp_path: Path, command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    path = tmp_path / "all.zip"
    path.write_bytes(_whole(archive))
    assert subprocess.run([*command, str(path)], check=False, capture_output=True).returncode == 0


@given(data=st.data())
def test_any_part_of_it_is_the_same_part(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("part")
    archive = Archive([_entry(folder / f"{number}", bytes([number]) * number * 7) for number in range(5)])
    whole = _whole(archive)
    start = data.draw(st.integers(0, archive.length))
    end = data.draw(st.integers(start, archive.length))
    assert b"".join(archive.read(start, end)) == whole[start:end]


def test_files_beyond_4_gib_use_zip64(tmp_path: Path) -> None:
    """Headers only: the data of the large file is left out, as a hole in the file that Python opens."""
    size = 5 * 2**30
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(size)
    entries = [
        Entry(large, "large.bin", size, 0, NOON, large.stat().st_mtime_ns),
        _entry(tmp_path / "small.txt", b"behind it"),
    ]
    archive = Archive(entries)
    target = tmp_path / "all.zip"
    head = 200
    with target.open("wb") as file:
        file.write(b"".join(archive.read(0, head)))
        file.seek(archive.length - 1000)
        file.write(b"".join(archive.read(archive.length - 1000, archive.length)))
    with zipfile.ZipFile(target) as opened:
        infos = opened.infolist()
        assert [info.file_size for info in infos] == [size, 9]
        assert opened.read(infos[1]) == b"behind it"
        assert infos[0].header_offset == 0
        with opened.open(infos[0]) as stream:
            assert stream.read(10) == bytes(10)


def test_more_than_65535_files_use_zip64(tmp_path: Path) -> None:
    one = _entry(tmp_path / "one", b"1")
    entries = [Entry(one.path, f"{number}", 1, one.crc32, NOON, one.mtime_ns) for number in range(66_000)]
    with zipfile.ZipFile(io.BytesIO(_whole(Archive(entries)))) as opened:
        assert len(opened.infolist()) == 66_000
        assert opened.read("65999") == b"1"


def test_a_changed_file_is_noticed_before_and_during(archive: Archive) -> None:
    archive.check()
    target = archive.entries[2]
    content = target.path.read_bytes()
    pieces = archive.read(0, archive.length)
    target.path.write_bytes(content[:-1])
    with pytest.raises(FileChanged):
        archive.check()
    with pytest.raises(FileChanged):
        list(pieces)
    target.path.unlink()
    with pytest.raises(FileChanged, match="gone"):
        archive.check()


def test_rotten_bits_are_not_sent_as_whole(tmp_path: Path) -> None:
    entry = _entry(tmp_path / "x", b"a" * 3_000_000)
    rotten = Entry(entry.path, entry.name, entry.size, entry.crc32 ^ 1, NOON, entry.mtime_ns)
    with pytest.raises(FileChanged, match="damaged"):
        list(Archive([rotten]).read(0, Archive([rotten]).length))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("holiday.jpg", "holiday.jpg"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ('a<b>c:d"e|f?g*h.jpg', "a_b_c_d_e_f_g_h.jpg"),
        ("CON.jpg", "_CON.jpg"),
        ("lpt1", "_lpt1"),
        ("ends. ", "ends"),
        ("...", "unnamed"),
        ("", "unnamed"),
        ("line\nbreak\0.jpg", "line_break_.jpg"),
        ("u\u0308ber.jpg", "über.jpg"),
    ],
)
def test_names_fit_every_system(name: str, expected: str) -> None:
    assert portable(name) == expected


@given(st.lists(st.text(max_size=300), max_size=20))
def test_names_are_unique_whatever_they_were(wanted: list[str]) -> None:
    names = UniqueNames()
    given_out = [names.take(name) for name in wanted]
    assert len({name.casefold() for name in given_out}) == len(wanted)
    assert all(0 < len(name.encode()) <= 220 and "/" not in name for name in given_out)


def test_parts_are_disjoint_and_stay_below_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "MAX_PART_BYTES", 5_000)
    sizes = [1000, 2000, 3000, 9000, 100, 4000, 50]
    entries = [_entry(tmp_path / f"{number}", b"x" * size) for number, size in enumerate(sizes)]
    parts = list(plans.split_into_parts(entries))
    assert [entry for part in parts for entry in part] == entries
    assert all(Archive(part).length <= 5_000 or len(part) == 1 for part in parts)
    assert [9000] in [[entry.size for entry in part] for part in parts]
