"""Resumable upload, by the client that browsers and Node use for tus."""

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.conformance.conftest import FOLDER
from tests.pictures import encode
from tests.server import Server, stored_files

pytestmark = pytest.mark.usefixtures("node_modules")


def noise(seed: int) -> bytes:
    """A picture of some megabytes, which none of another seed looks like."""
    random = np.random.default_rng(seed)
    coarse = random.integers(0, 255, (12, 16, 3), dtype=np.uint8)
    grain = random.integers(-20, 20, (900, 1200, 3))
    picture = np.asarray(Image.fromarray(coarse).resize((1200, 900), Image.Resampling.BICUBIC), dtype=int)
    return encode(Image.fromarray((picture + grain).clip(0, 255).astype(np.uint8)), "PNG")


def send(server: Server, path: Path, mode: str, argument: str = "") -> dict[str, Any]:
    command = ["node", str(FOLDER / "tus.mjs"), server.url, str(path), mode, argument]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_line_that_breaks(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(noise(1))
    found = send(server, path, "broken")
    assert found["broken"] == 3
    assert found["retries"] >= 3
    assert found["outcome"]["__typename"] == "UploadedMedia"
    assert found["outcome"]["media"]["contentHash"] == hashlib.sha256(path.read_bytes()).hexdigest()
    original = server.client.http.get(f"/originals/{found['outcome']['media']['id']}").content
    assert original == path.read_bytes()
    again = send(server, path, "whole")["outcome"]
    assert (again["__typename"], again["isExact"]) == ("DuplicateMedia", True)


def test_a_restart_in_the_middle(tmp_path: Path) -> None:
    (tmp_path / "server").mkdir()
    server = Server(tmp_path / "server")
    path = tmp_path / "picture.png"
    path.write_bytes(noise(2))
    for ending in (server.stop, server.kill):
        begun = send(server, path, "begin")
        assert 0 < begun["accepted"] < len(path.read_bytes())
        ending()
        server.restart()
        found = send(server, path, "resume", begun["url"])
        assert found["outcome"]["__typename"] in ("UploadedMedia", "DuplicateMedia")
    assert len([name for name in stored_files(server.uploads) if not name.startswith(".")]) == 1
    assert not [name for name in stored_files(server.uploads) if name.endswith("/data")]
    assert server.stop() == 0


def test_another_hash_than_was_said_is_refused(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(noise(3))
    found = send(server, path, "wrong")["outcome"]
    assert found["__typename"] == "RejectedUpload"
    assert "SHA-256" in found["message"]
    assert send(server, path, "creation")["outcome"]["__typename"] == "UploadedMedia"
