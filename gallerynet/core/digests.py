"""What a file's bytes are known by again."""

import hashlib
import zlib
from pathlib import Path

PIECE = 2**20


def sha256_of(path: Path) -> str:
    """In hex. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digests_of(path: Path) -> tuple[str, int]:
    """SHA-256 in hex and CRC-32, by reading once. Raises OSError."""
    sha256, crc = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            sha256.update(piece)
            crc = zlib.crc32(piece, crc)
    return sha256.hexdigest(), crc
