"""``gallerynet check`` from the command line, beside a server."""

import os
import subprocess
import sys
from pathlib import Path

from tests.pictures import drawn, encode
from tests.server import Server


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "gallerynet", "check", *arguments],
        cwd=folder,
        env=os.environ | {"DATABASE_PATH": "gallery.db", "UPLOAD_DIR": "uploads", "THUMBNAIL_DIR": "thumbnails"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_library_is_checked_while_it_is_served(server: Server) -> None:
    names = [server.client.add(f"{seed}.jpg", encode(drawn(seed))) for seed in range(3)]
    assert run(server.folder) == (0, "3 items checked, and everything is there.\n", "")
    url = server.client.run("query($i: ID!) { mediaItem(id: $i) { originalUrl } }", i=names[1])
    original = next(path for path in server.uploads.rglob(f"{names[1]}*"))
    content = original.read_bytes()
    original.write_bytes(content[:-100] + b"\0" * 100)
    assert run(server.folder, "--quick")[0] == 0
    code, said, errors = run(server.folder)
    assert (code, errors) == (1, "")
    assert "Originals changed: 1" in said
    assert names[1] in said
    assert url["mediaItem"]["originalUrl"]  # nothing was taken from the library
    original.write_bytes(content)
    assert run(server.folder)[0] == 0


def test_a_place_without_a_library_is_left_as_it_is(tmp_path: Path) -> None:
    code, said, errors = run(tmp_path)
    assert (code, said) == (1, "")
    assert "There is no library in gallery.db" in errors
    assert list(tmp_path.iterdir()) == []
