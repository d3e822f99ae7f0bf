import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.pictures import drawn, encode
from tests.server import Server

FOLDER = Path(__file__).parent
NEEDED_NODE = (20, 19)

Script = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def node_modules() -> None:
    """The clients' packages, installed once; skips where there is no Node that can run them."""
    if _node_version() < NEEDED_NODE:
        pytest.skip("The JavaScript clients need Node 20.19 or newer.")
    subprocess.run(
        ["make", "--silent", "tests/conformance/node_modules/.package-lock.json"], cwd=FOLDER.parent.parent, check=True
    )


@pytest.fixture
def run_script(node_modules: None, server: Server, tmp_path: Path) -> Script:  # noqa: ARG001 - for its effect
    """Runs one of the scripts beside this file against the server; returns what it reports."""

    def run(name: str, seed: int = 0) -> dict[str, Any]:
        picture = tmp_path / "picture.jpg"
        picture.write_bytes(encode(drawn(seed)))
        command = ["node", str(FOLDER / name), f"{server.url}/graphql", str(picture)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    return run


def _node_version() -> tuple[int, ...]:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return (0,)
    text = subprocess.run([node, "--version"], check=True, capture_output=True, text=True).stdout
    return tuple(int(part) for part in text.strip().removeprefix("v").split("."))
