"""A tool that finds out a schema without introspection, from what servers suggest and complain of."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.server import Client, Server

ROOT = Path(__file__).parents[2]
# Installed by itself: it declares a package that stands in the way of Python's own asyncio.
TOOL = ROOT / ".venv" / "guesser"
PASSWORD = "correct horse battery staple"  # noqa: S105 - of this test
SCRIPT = "from clairvoyance.cli import cli; cli()"


def test_a_stranger_cannot_guess_the_schema(tmp_path: Path) -> None:
    sdl = (ROOT / "docs" / "schema.graphql").read_text()
    types = set(re.findall(r"^(?:type|interface|input|enum|union|scalar) (\w+)", sdl, re.MULTILINE))
    queries = re.search(r"^type Query \{$(.*?)^\}$", sdl, re.MULTILINE | re.DOTALL)
    assert queries is not None
    words = tmp_path / "words"
    words.write_text("\n".join(re.findall(r"^  (\w+)[(:]", queries[1], re.MULTILINE)))
    server = Server(tmp_path, GALLERY_PASSWORD=PASSWORD)
    try:
        with Client(server.url) as browser:
            browser.run("mutation($p: String!) { login(password: $p) { session { isAuthenticated } } }", p=PASSWORD)
            cookie = f"Cookie: gallery_session={browser.http.cookies['gallery_session']}"
        as_owner = _guess(server, words, tmp_path / "owner.json", "-H", cookie)
        as_stranger = _guess(server, words, tmp_path / "stranger.json")
    finally:
        assert server.stop() == 0
    assert {"MediaConnection", "Folder"} <= as_owner  # which it can, with these words and from what is complained of
    assert not as_stranger & types - {"Query", "Mutation", "Subscription"}


def _guess(server: Server, words: Path, found: Path, *options: str) -> set[str]:
    """The names of the types that the tool comes upon; none where it gives up."""
    subprocess.run(
        [sys.executable, "-c", SCRIPT, f"{server.url}/graphql", "-w", str(words), "-o", str(found), *options],
        env=os.environ | {"PYTHONPATH": str(TOOL)},
        capture_output=True,
        timeout=120,
        check=False,
    )
    if not found.exists():
        return set()
    return {kind["name"] for kind in json.loads(found.read_text())["data"]["__schema"]["types"]}
