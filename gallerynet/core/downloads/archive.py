"""A zip of stored files, as arithmetic.

Once the sizes and CRCs of the files are known, a zip that only stores them is determined to the byte: its length, and
what stands at any position. So it can be sent in part, and resumed, without ever having been written.

The format is PKWARE's APPNOTE 6.3.10; sections are named where they are followed. Zip64 fields appear where a number
does not fit the older ones, and only there.
"""

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

UTF8_NAMES = 1 << 11  # 4.4.4, bit 11
VERSION = 20
VERSION_ZIP64 = 45
MADE_ON_UNIX = 3 << 8
REGULAR_FILE = 0o100644 << 16
MAX_16 = 0xFFFF
MAX_32 = 0xFFFFFFFF
PIECE_BYTES = 2**20


class FileChanged(Exception):
    """A file is not what the archive was laid out for; what was sent of it must not be taken for whole."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the archive. ``modified`` is in seconds since 1970, ``mtime_ns`` the stored file's own time."""

    path: Path
    name: str
    size: int
    crc32: int
    modified: int
    mtime_ns: int

    def check(self) -> None:
        """Raises FileChanged unless the file is there as it was."""
        try:
            stat = self.path.stat()
        except OSError as error:
            raise FileChanged(f"{self.name} is gone.") from error
        if (stat.st_size, stat.st_mtime_ns) != (self.size, self.mtime_ns):
            raise FileChanged(f"{self.name} has changed.")


@dataclass(frozen=True)
class Archive:
    """The layout of a zip of ``entries``, in their order."""

    entries: Sequence[Entry]

    @cached_property
    def length(self) -> int:
        return self._directory_offset + len(self._directory)

    @cached_property
    def _headers(self) -> list[bytes]:
        return [_local_header(entry) for entry in self.entries]

    @cached_property
    def _offsets(self) -> list[int]:
        offsets, position = [], 0
        for header, entry in zip(self._headers, self.entries, strict=True):
            offsets.append(position)
            position += len(header) + entry.size
        return [*offsets, position]

    @property
    def _directory_offset(self) -> int:
        return self._offsets[-1]

    @cached_property
    def _directory(self) -> bytes:
        records = b"".join(
            _central_record(entry, offset) for entry, offset in zip(self.entries, self._offsets[:-1], strict=True)
        )
        return records + _end(len(self.entries), len(records), self._directory_offset)

    def check(self) -> None:
        """Raises FileChanged, before a byte is sent, if a file is not as it was."""
        for entry in self.entries:
            entry.check()

    def read(self, start: int, end: int) -> Iterator[bytes]:
        """The bytes from ``start`` to before ``end``, in pieces of some PIECE_BYTES.

        Raises FileChanged where a file turns out to be another than it was.
        """
        waiting = bytearray()
        for piece in self._pieces(start, end):
            waiting += piece
            if len(waiting) >= PIECE_BYTES:
                yield bytes(waiting)
                waiting.clear()
        if waiting:
            yield bytes(waiting)

    def _pieces(self, start: int, end: int) -> Iterator[bytes]:
        for header, entry, offset in zip(self._headers, self.entries, self._offsets[:-1], strict=True):
            data = offset + len(header)
            if offset < end and start < data:
                yield header[max(0, start - offset) : end - offset]
            if data < end and start < data + entry.size:
                yield from _read_file(entry, max(0, start - data), min(entry.size, end - data))
        if self._directory_offset < end:
            yield self._directory[max(0, start - self._directory_offset) : end - self._directory_offset]


def _read_file(entry: Entry, start: int, end: int) -> Iterator[bytes]:
    """A part of a file; the whole of it is checked against its CRC before its last piece is given."""
    entry.check()
    crc, position = 0, start
    with entry.path.open("rb", buffering=0) as file:
        file.seek(start)
        while position < end:
            piece = file.read(min(PIECE_BYTES, end - position))
            if not piece:
                raise FileChanged(f"{entry.name} has become shorter.")
            position += len(piece)
            if start == 0:
                crc = zlib.crc32(piece, crc)
                if position == entry.size and crc != entry.crc32:
                    raise FileChanged(f"{entry.name} is damaged: its bytes are not those that were uploaded.")
            yield piece


def _local_header(entry: Entry) -> bytes:
    """4.3.7, with 4.5.3 for files of 4 GiB and more."""
    name = entry.name.encode()
    is_large = entry.size >= MAX_32
    extra = _timestamp(entry)
    if is_large:
        extra += struct.pack("<HHQQ", 1, 16, entry.size, entry.size)
    shown = MAX_32 if is_large else entry.size
    return (
        struct.pack(
            "<4sHHHIIIIHH",
            b"PK\3\4",
            VERSION_ZIP64 if is_large else VERSION,
            UTF8_NAMES,
            0,
            _dos_time(entry.modified),
            entry.crc32,
            shown,
            shown,
            len(name),
            len(extra),
        )
        + name
        + extra
    )


def _central_record(entry: Entry, offset: int) -> bytes:
    """4.3.12."""
    name = entry.name.encode()
    large = [number for number in (entry.size, entry.size, offset) if number >= MAX_32]
    extra = _timestamp(entry)
    if large:
        extra += struct.pack(f"<HH{len(large)}Q", 1, 8 * len(large), *large)
    version = VERSION_ZIP64 if large else VERSION
    return (
        struct.pack(
            "<4sHHHHIIIIHHHHHII",
            b"PK\1\2",
            MADE_ON_UNIX | version,
            version,
            UTF8_NAMES,
            0,
            _dos_time(entry.modified),
            entry.crc32,
            min(entry.size, MAX_32),
            min(entry.size, MAX_32),
            len(name),
            len(extra),
            0,
            0,
            0,
            REGULAR_FILE,
            min(offset, MAX_32),
        )
        + name
        + extra
    )


def _end(count: int, size: int, offset: int) -> bytes:
    """4.3.16, behind 4.3.14 and 4.3.15 where the numbers are too large for it."""
    end = b""
    if count >= MAX_16 or size >= MAX_32 or offset >= MAX_32:
        end = struct.pack(
            "<4sQHHIIQQQQ", b"PK\6\6", 44, MADE_ON_UNIX | VERSION_ZIP64, VERSION_ZIP64, 0, 0, count, count, size, offset
        ) + struct.pack("<4sIQI", b"PK\6\7", 0, offset + size, 1)
    shown = min(count, MAX_16)
    return end + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, shown, shown, min(size, MAX_32), min(offset, MAX_32), 0)


def _dos_time(modified: int) -> int:
    """4.4.6: local time in steps of two seconds, from 1980 to 2107; here UTC stands for local."""
    moment = datetime.fromtimestamp(min(max(modified, 315_532_800), 4_354_819_198), UTC)
    date = (moment.year - 1980) << 9 | moment.month << 5 | moment.day
    return date << 16 | moment.hour << 11 | moment.minute << 5 | moment.second // 2


def _timestamp(entry: Entry) -> bytes:
    """Info-ZIP's extended timestamp, which most programs prefer: UTC to the second, where 32 bits hold it."""
    if not -(2**31) <= entry.modified < 2**31:
        return b""
    return struct.pack("<HHBi", 0x5455, 5, 1, entry.modified)
