"""Which camera's raw file it is that wears a TIFF's header; read as a TIFF it would yield a postage stamp.

Only directories are read, as many as a camera writes, so that a file that loops or lies about its length ends soon.
"""

import struct
from pathlib import Path
from typing import BinaryIO

MAX_ENTRIES = 512
MAX_DIRECTORIES = 16

COMPRESSION, PHOTOMETRIC, MAKE, SUB_DIRECTORIES, DNG_VERSION = 0x103, 0x106, 0x10F, 0x14A, 0xC612
SENSOR_PHOTOMETRICS = {32803, 34892}  # colour filter array, linear raw
MAKER_COMPRESSIONS = {32767, 34713, 65535}  # Sony, Nikon, Pentax
KINDS = {"NIKON": "nef", "SONY": "arw"}

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 13: 4}  # bytes, text, short, long, directory
_CODES = {1: "B", 3: "H", 4: "I", 13: "I"}

Entries = dict[int, tuple[int, ...] | bytes]


def tiff_kind(path: Path) -> str | None:
    """``cr2``, ``dng``, ``nef`` or ``arw``; ``raw`` for another maker's; None for a TIFF that is a picture."""
    with path.open("rb") as file:
        order = ">" if file.read(2) == b"MM" else "<"
        file.seek(4)
        waiting, seen, is_raw, make = list(_unpack(file, order, "I")), 0, False, ""
        if file.read(2) == b"CR":
            return "cr2"
        while waiting and seen < MAX_DIRECTORIES:
            entries = _directory(file, order, waiting.pop(0))
            seen += 1
            if DNG_VERSION in entries:
                return "dng"
            make = make or _text(entries.get(MAKE))
            is_raw |= bool(
                SENSOR_PHOTOMETRICS.intersection(entries.get(PHOTOMETRIC, ()))
                or MAKER_COMPRESSIONS.intersection(entries.get(COMPRESSION, ()))
            )
            waiting += [place for place in entries.get(SUB_DIRECTORIES, ()) if place]
    return KINDS.get(make.upper().split(" ")[0], "raw") if is_raw else None


def _directory(file: BinaryIO, order: str, place: int) -> Entries:
    file.seek(place)
    count = min(next(iter(_unpack(file, order, "H")), 0), MAX_ENTRIES)
    table = file.read(12 * count)
    wanted = {COMPRESSION, PHOTOMETRIC, MAKE, SUB_DIRECTORIES, DNG_VERSION}
    heads = [struct.unpack_from(f"{order}HHI4s", table, 12 * number) for number in range(len(table) // 12)]
    return {tag: _values(file, order, kind, length, inline) for tag, kind, length, inline in heads if tag in wanted}


def _values(file: BinaryIO, order: str, kind: int, count: int, inline: bytes) -> tuple[int, ...] | bytes:
    count = min(count, MAX_DIRECTORIES if kind != 2 else 64)
    size = _SIZES.get(kind, 0) * count
    data = inline[:size]
    if size > 4:
        file.seek(struct.unpack(f"{order}I", inline)[0])
        data = file.read(size)
    if kind not in _CODES or len(data) < size:
        return data
    return struct.unpack(f"{order}{count}{_CODES[kind]}", data)


def _text(value: tuple[int, ...] | bytes | None) -> str:
    return value.split(b"\0")[0].decode("ascii", "replace").strip() if isinstance(value, bytes) else ""


def _unpack(file: BinaryIO, order: str, layout: str) -> tuple[int, ...]:
    """The next numbers of the file; none where it ends before."""
    size = struct.calcsize(order + layout)
    data = file.read(size)
    return struct.unpack(order + layout, data) if len(data) == size else ()
